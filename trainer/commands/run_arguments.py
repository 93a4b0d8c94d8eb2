"""What several commands have in common on the command line."""

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
    add_changes(parser)
    add_preparing(parser)
    parser.add_argument("--resume", action="store_true", help="carry on a stopped run with its own settings")


def add_cache(parser: argparse.ArgumentParser) -> None:
    """Add where prepared stacks are kept; :func:`cache_of` reads it."""
    parser.add_argument("--cache", type=Path, metavar="DIR", help="prepared stacks (default: the user's cache folder)")


def add_preparing(parser: argparse.ArgumentParser) -> None:
    """Add where prepared stacks are kept, and how many processes prepare them."""
    add_cache(parser)
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="W", help="processes that prepare (default: all)"
    )


def add_changes(parser: argparse.ArgumentParser) -> None:
    """Add single changes of an experiment, later ones winning: ``--set``, and ``--init`` by a word of its own."""
    parser.add_argument(
        "--set", action="append", default=[], dest="changes", metavar="KEY=VALUE", help="change one setting (repeat)"
    )
    parser.add_argument(
        "--init",
        action="append",
        default=[],
        dest="changes",
        type=_initial,
        metavar="imagenet|random",
        help="what the network begins with: ImageNet weights (fetched by timm) or random ones",
    )


def _initial(word: str) -> str:
    changes = {"imagenet": "model.pretrained=true", "random": "model.pretrained=false"}
    if word not in changes:
        raise argparse.ArgumentTypeError(f"{word!r} is neither imagenet nor random")
    return changes[word]


def cache_of(args: argparse.Namespace) -> Path:
    """Where prepared stacks are kept."""
    from leukoviewer import paths

    chosen: Path | None = args.cache
    return chosen or paths.user_cache() / "stacks"
