"""What ``train`` and ``pretrain`` have in common on the command line."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def add_run_arguments(parser: argparse.ArgumentParser, *, preset: str | None = None) -> None:
    """Add the run's folder, its experiment, the cache, the processes and resuming."""
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="folder of the run")
    parser.add_argument(
        "--experiment", default="leukoencephalopathy", metavar="NAME|FILE", help="definition (default: %(default)s)"
    )
    shown = "" if preset is None else " (default: %(default)s)"
    parser.add_argument(
        "--preset", default=preset, metavar="NAME", help=f"a preset of the definition, e.g. paper or bundled{shown}"
    )
    parser.add_argument(
        "--set", action="append", default=[], dest="changes", metavar="KEY=VALUE", help="change one setting (repeat)"
    )
    parser.add_argument("--cache", type=Path, metavar="DIR", help="prepared stacks (default: the user's cache folder)")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="W", help="processes that prepare (default: all)"
    )
    parser.add_argument("--resume", action="store_true", help="carry on a stopped run with its own settings")


def cache_of(args: argparse.Namespace) -> Path:
    """Where prepared stacks are kept."""
    from leukoviewer import paths

    chosen: Path | None = args.cache
    return chosen or paths.user_cache() / "stacks"
