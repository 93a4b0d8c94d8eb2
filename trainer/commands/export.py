"""``leuko-trainer export``: from a finished run to a model package for the viewer."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer.errors import LeukoError, UsageError
from trainer.commands.run_arguments import add_preparing, cache_of

if TYPE_CHECKING:
    from leukoviewer.packages.archive import Package
    from trainer.export_weights import Precision


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
    parser.add_argument(
        "--precision",
        choices=("float32", "float16", "int8"),
        default="float16",
        help="how weights are stored; int8 needs --data (default: %(default)s)",
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="COHORT",
        help="the run's cohort: measures there what the precision costs",
    )
    add_preparing(parser)
    parser.add_argument("--archive", type=Path, metavar="FILE", help="also write the package as one file (.zip)")


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from leukoviewer.packages.install import pack
    from trainer.export import export
    from trainer.export_weights import Precision

    precision = Precision(args.precision)
    if precision is Precision.INT8 and args.data is None:
        raise UsageError("What 8 bits cost must be measured; name the run's cohort with --data COHORT.")
    package = export(
        args.run, args.out, name=args.name, version=args.version, notes=tuple(args.note), precision=precision
    )
    if args.data is not None:
        package = _measured(args, package, precision)
    if args.archive is not None:
        pack(package, args.archive)
    sys.stdout.write(f"{package.id}: {package.size / 1e6:.1f} MB in {package.folder}, manifest {package.sha256}\n")
    return 0


def _measured(args: argparse.Namespace, package: Package, precision: Precision) -> Package:
    """The package with what its precision costs; it is removed where that cannot be measured."""
    from trainer.commands.progress_bar import with_bar
    from trainer.experiments.rundir import RunFolder
    from trainer.export_evaluations import Evaluations
    from trainer.export_rebuilt import measured_precision, rebuilt, remove
    from trainer.one_run import open_cases

    folder = RunFolder(args.run)
    try:
        found = open_cases(args.data, folder.read_config()[0])
        work = measured_precision(package, folder, found, cache_of(args), precision=precision, workers=args.workers)
        cost = with_bar(work)
    except (LeukoError, KeyboardInterrupt):
        remove(package)
        raise
    return rebuilt(package, Evaluations.of(package).with_value("precision", cost))
