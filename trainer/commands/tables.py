"""``leuko-trainer tables``: the paper's tables of a grid, rebuilt from the scores of its runs alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer.errors import UsageError
from trainer.commands.run_arguments import add_cache, cache_of

if TYPE_CHECKING:
    from leukoviewer.core.progress import Work
    from trainer.evaluation.rebuild import GridResult


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "tables",
        help="rebuild the paper's tables and the report of a grid from its scores",
        description="Rebuilds Tables 1 and 2 in the paper's layout with the paper's values beside ours, figures by "
        "patient with intervals, calibration and comparisons, as text, Markdown, CSV, JSON and an HTML report. Reads "
        "scores and logs alone: no weights, no images. A grid that is finished in part is shown as such.",
    )
    parser.add_argument("grid", type=Path, metavar="GRID", help="folder of leuko-trainer grid")
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="where the files are written (default: tables in the grid's folder)"
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="the grid's patients: draws the heatmap panels that its best runs do not keep yet (needs their weights)",
    )
    add_cache(parser)
    parser.add_argument(
        "--resamples",
        type=int,
        default=1000,
        metavar="N",
        help="draws of patients behind the intervals (default: %(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from trainer.commands.progress_bar import with_bar
    from trainer.evaluation.grid_folder import GridFolder
    from trainer.evaluation.grid_page import write_page
    from trainer.evaluation.rebuild import rebuild
    from trainer.evaluation.table_files import to_plain, write_tables

    if args.resamples < 100:
        raise UsageError("Intervals need at least 100 draws; choose --resamples 100 or more.", thing=args.resamples)
    out = args.out or args.grid / "tables"
    result = with_bar(rebuild(GridFolder.read(args.grid), resamples=args.resamples))
    files = write_tables(result, out)
    if args.data is not None:
        with_bar(_panels(args, result))
    page = write_page(result, out)
    sys.stdout.write(to_plain(result))
    names = ", ".join(path.name for path in files)
    sys.stdout.write(f"\nThe report: {page}; beside it {names}.\n")
    return 0


def _panels(args: argparse.Namespace, result: GridResult) -> Work[int]:
    from trainer.experiments.grid_place import GridPlace
    from trainer.grid_panels import draw_panels
    from trainer.one_run import open_cases

    found = open_cases(args.data, GridPlace(args.grid).read().shared)
    return draw_panels(result, found, args.data, cache=cache_of(args))
