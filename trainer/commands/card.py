"""``leuko-trainer card``: writes a package's card anew from saved evaluations."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "card",
        help="write a package's card anew from saved evaluations",
        description="Puts evaluations into the package and writes its card and its manifest's figures from all that it "
        "holds. Without any, the card is written from those that the package holds already.",
    )
    parser.add_argument("package", type=Path, metavar="PACKAGE", help="folder of the package")
    parser.add_argument(
        "--evaluations",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="files of leuko-trainer evaluate and probes (probes.json)",
    )
    parser.add_argument(
        "--note", action="append", default=[], metavar="TEXT", help="a known failure or limit, in place of those before"
    )
    parser.add_argument("--archive", type=Path, metavar="FILE", help="also write the package as one file (.zip)")


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from leukoviewer.packages.archive import open_package
    from leukoviewer.packages.install import pack
    from trainer.export_rebuilt import with_evaluations

    package = with_evaluations(open_package(args.package), args.evaluations, notes=tuple(args.note))
    if args.archive is not None:
        pack(package, args.archive)
    held = ", ".join(package.evaluations()) or "no evaluation"
    sys.stdout.write(f"{package.id}: card written from {held}; manifest {package.sha256}\n")
    return 0
