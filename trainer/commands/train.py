"""``leuko-trainer train``: from a folder of patients to a run folder with checkpoints, scores and figures."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leukoviewer.errors import UsageError
from trainer.commands.run_arguments import add_run_arguments, cache_of

if TYPE_CHECKING:
    from trainer.experiments.rundir import RunFolder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "train",
        help="train and evaluate a model",
        description="Prepares the patients once, splits them by patient, trains, and evaluates on the held-out ones.",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="simulated cohort or hospital set")
    parser.add_argument(
        "--start", type=Path, metavar="RUN", help="begin with the weights of this run of leuko-trainer pretrain"
    )
    parser.add_argument("--split", type=Path, metavar="FILE", help="use a stored split instead of making one")
    add_run_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from trainer.commands.progress_bar import with_bar
    from trainer.data.cache import fill
    from trainer.experiments.config import load
    from trainer.experiments.recipes import recipe_of
    from trainer.experiments.rundir import RunFolder
    from trainer.one_run import about_run, carry_out, open_cases
    from trainer.training.processes import is_first

    folder = RunFolder(args.out)
    if args.resume:
        config, _ = folder.carried_on(args.changes)
    else:
        start = [] if args.start is None else ["model.pretrained=false", f"model.start={json.dumps(str(args.start))}"]
        config = load(args.experiment, preset=args.preset, changes=[*start, *args.changes])
    recipe = recipe_of(config)
    found = open_cases(args.data, config)
    first = is_first(config.optimize)
    if not args.resume and first:
        folder.begin(config, about=about_run(config, recipe, found))
    content = with_bar(fill(found.cases, recipe, cache_of(args), workers=args.workers))
    try:
        figures = carry_out(folder, config, content, split_file=args.split)
    except UsageError:
        # Too few patients, another cohort's split: the corrected command must not find its own folder in the way.
        if first and not args.resume:
            folder.take_back()
        raise
    if first:
        _tell_figures(folder, figures)
    return 0


def _tell_figures(folder: RunFolder, figures: dict[str, Any]) -> None:
    point = figures["operating_point"]
    for part in ("validation", "test"):
        patient, by_slice = figures[part]["patient"], figures[part]["slice"]
        auc = patient["auc"]
        sys.stdout.write(
            f"{part}: patient AUC {_number(auc['value'])} ({_number(auc['low'])} to {_number(auc['high'])}), "
            f"sensitivity {_number(patient['sensitivity']['value'])}, "
            f"specificity {_number(patient['specificity']['value'])}; slice AUC {_number(by_slice['auc']['value'])}\n"
        )
    sys.stdout.write(
        f"A slice is positive from {point['slice_threshold']:.2f}, a patient with more than {point['needed']} of them; "
        f"all in {folder.path}.\n"
    )


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"
