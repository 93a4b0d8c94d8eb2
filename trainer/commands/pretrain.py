"""``leuko-trainer pretrain``: starting weights for networks that cannot begin with ImageNet's."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from trainer.commands.run_arguments import add_run_arguments, cache_of


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "pretrain",
        help="teach a network where things lie on simulated patients, as a start for training",
        description="Draws simulated patients of no cohort, shows a network the places of their disease, of what is "
        "dark like it and of blood, and leaves starting weights for leuko-trainer train --start.",
    )
    parser.add_argument(
        "--patients", type=int, default=400, metavar="N", help="patients to draw (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="of the patients (default: %(default)s)")
    parser.add_argument("--cohort", default="paper", metavar="NAME", help="what they are like (default: %(default)s)")
    parser.add_argument(
        "--prevalence", type=float, default=0.6, metavar="P", help="share with the disease (default: %(default)s)"
    )
    parser.add_argument(
        "--besides",
        type=_counted,
        action="append",
        default=[],
        metavar="NAME=N",
        help="so many patients of another kind of cohort too, for instance stress=100; may be given again",
    )
    add_run_arguments(parser, preset="bundled-start")


def _counted(text: str) -> tuple[str, int]:
    name, _, count = text.partition("=")
    if not name or not count.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not like stress=100")
    return name, int(count)


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from leukoviewer.preprocessing.recipe import Recipe
    from trainer.commands.progress_bar import with_bar
    from trainer.experiments.config import load
    from trainer.experiments.recipes import recipe_of
    from trainer.experiments.rundir import RunFolder
    from trainer.simulation.endless import EndlessSource
    from trainer.simulation.pool import Pool, fill_pool

    folder = RunFolder(args.out)
    if args.resume:
        config, noted = folder.read_config()
        recipe, drawn = Recipe.from_json(noted["recipe"]), noted["pool"]
        _check_version(drawn)
    else:
        config = load(args.experiment, preset=args.preset, changes=args.changes)
        recipe, drawn = recipe_of(config), _drawn(args)
    kinds = {drawn["cohort"]: drawn["patients"], **drawn.get("besides", {})}
    sources = [
        (EndlessSource(recipe, name, drawn["seed"], drawn["prevalence"]), count) for name, count in kinds.items()
    ]
    if not args.resume:
        folder.begin(config, about={"recipe": recipe.to_json(), "recipe_digest": recipe.digest, "pool": drawn})
    pools = [with_bar(fill_pool(source, count, cache_of(args), workers=args.workers)) for source, count in sources]

    from trainer.evaluation.metrics import auc
    from trainer.training.pretrain import pretrain

    file = pretrain(config, recipe, Pool.joined(pools), run=folder.path, rank=auc, stream=sys.stderr)
    sys.stdout.write(f"The starting weights are in {file}; use them with leuko-trainer train --start {folder.path}.\n")
    return 0


def _check_version(drawn: dict[str, Any]) -> None:
    """Another version of the simulator would draw other patients under the same numbers."""
    from leukoviewer.errors import UsageError
    from trainer.simulation.cohort import SIMULATOR_VERSION

    if drawn["simulator_version"] != SIMULATOR_VERSION:
        raise UsageError(
            f"The run was begun with patients of the simulator's version {drawn['simulator_version']}, this is version "
            f"{SIMULATOR_VERSION}; begin a new run."
        )


def _drawn(args: argparse.Namespace) -> dict[str, Any]:
    """What makes the patients again."""
    from trainer.simulation.cohort import SIMULATOR_VERSION

    return {
        "cohort": args.cohort,
        "seed": args.seed,
        "prevalence": args.prevalence,
        "patients": args.patients,
        "besides": dict(args.besides),
        "simulator_version": SIMULATOR_VERSION,
    }
