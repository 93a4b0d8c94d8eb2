"""``leuko-trainer probes``: what atrophy, the skull or the scanner alone would score, to stand beside a model."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.commands.prepare import add_data_arguments, cases_of, recipe_named

if TYPE_CHECKING:
    from trainer.data.cache import CacheContent
    from trainer.data.splits import Split


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "probes",
        help="measure what shortcuts alone would score",
        description="Trains simple classifiers on atrophy alone, the skull alone and the scanner alone, tests them on "
        "the split's test side, and writes DIR/probes.json. DIR may be a run or a grid, whose split is then used.",
    )
    add_data_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write, e.g. a run or a grid")
    parser.add_argument(
        "--split", type=Path, metavar="FILE", help="a stored split (default: that of DIR, else a new one)"
    )


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from leukoviewer import atomic
    from trainer.commands.progress_bar import with_bar
    from trainer.commands.run_arguments import cache_of
    from trainer.data.cache import fill
    from trainer.evaluation.probes import probing

    found = cases_of(args).with_both()
    content = with_bar(fill(found.cases, recipe_named("A"), cache_of(args), workers=args.workers))
    described = with_bar(probing(content, _split(args, content)))
    atomic.write_json(args.out / "probes.json", described)
    for probe in described["probes"]:
        sys.stdout.write(
            f"{probe['name']}: AUC {_number(probe['auc'])} ({_number(probe['low'])} to {_number(probe['high'])}) of "
            f"{probe['patients']} test patients, {_number(probe['cross_validated'])} cross-validated on the others "
            f"({probe['what']})\n"
        )
    return 0


def _split(args: argparse.Namespace, content: CacheContent) -> Split:
    """The split that is named or lies in DIR, else the one of every experiment."""
    from trainer.experiments.config import ExperimentConfig
    from trainer.one_run import split_of

    stored = args.split or args.out / "split.json"
    return split_of(ExperimentConfig(), content, stored=stored if args.split or stored.is_file() else None)


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"
