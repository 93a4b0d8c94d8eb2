"""``leuko-trainer export``: from a finished run to a model package for the viewer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "export",
        help="make a model package of a finished run",
        description="Writes DIR/NAME-VERSION: weights, ONNX graph, golden case, card, license and manifest.",
    )
    parser.add_argument("run", type=Path, metavar="RUN", help="folder of the run")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of packages")
    parser.add_argument("--name", required=True, metavar="NAME", help="lower-case words joined by '-'")
    parser.add_argument("--version", required=True, metavar="V", help="numbers joined by '.', e.g. 0.1")
    parser.add_argument(
        "--note", action="append", default=[], metavar="TEXT", help="a known failure or limit for the card (repeat)"
    )


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from trainer.export import export

    package = export(args.run, args.out, name=args.name, version=args.version, notes=tuple(args.note))
    size = sum(path.stat().st_size for path in package.folder.iterdir())
    sys.stdout.write(f"{package.id}: {size / 1e6:.1f} MB in {package.folder}, manifest {package.sha256}\n")
    return 0
