"""``leuko-trainer pretrain``: starting weights for networks that cannot begin with ImageNet's."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "pretrain",
        help="teach a network where things lie on simulated patients, as a start for training",
        description="Draws simulated patients of no cohort, shows a network the places of their disease, of what is "
        "dark like it and of blood, and leaves starting weights for leuko-trainer train --start.",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="folder of the run")
    parser.add_argument(
        "--patients", type=int, default=400, metavar="N", help="patients to draw (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="of the patients (default: %(default)s)")
    parser.add_argument("--cohort", default="paper", metavar="NAME", help="what they are like (default: %(default)s)")
    parser.add_argument(
        "--prevalence", type=float, default=0.6, metavar="P", help="share with the disease (default: %(default)s)"
    )
    parser.add_argument(
        "--experiment", default="leukoencephalopathy", metavar="NAME|FILE", help="definition (default: %(default)s)"
    )
    parser.add_argument(
        "--preset", default="bundled-start", metavar="NAME", help="a preset of the definition (default: %(default)s)"
    )
    parser.add_argument(
        "--set", action="append", default=[], dest="changes", metavar="KEY=VALUE", help="change one setting (repeat)"
    )
    parser.add_argument("--cache", type=Path, metavar="DIR", help="drawn patients (default: the user's cache folder)")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="W", help="processes that draw (default: all)"
    )
    parser.add_argument("--resume", action="store_true", help="carry on a stopped run with its own settings")


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from leukoviewer import paths
    from leukoviewer.errors import UsageError
    from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
    from trainer.commands.progress_bar import with_bar
    from trainer.experiments.config import load
    from trainer.experiments.rundir import RunFolder
    from trainer.simulation.endless import EndlessSource
    from trainer.simulation.pool import fill_pool

    folder = RunFolder(args.out)
    if args.resume:
        config, noted = folder.read_config()
        recipe, drawn = Recipe.from_json(noted["recipe"]), noted["pool"]
    else:
        config = load(args.experiment, preset=args.preset, changes=args.changes)
        if config.data.recipe not in BUILTIN:
            raise UsageError(f"There is no recipe {config.data.recipe!r}; choose one of {', '.join(BUILTIN)}.")
        recipe = BUILTIN[config.data.recipe]
        drawn = _drawn(args)
    source = EndlessSource(recipe, drawn["cohort"], drawn["seed"], drawn["prevalence"])
    if not args.resume:
        folder.begin(config, about={"recipe": recipe.to_json(), "recipe_digest": recipe.digest, "pool": drawn})
    cache = args.cache or paths.user_cache() / "stacks"
    pool = with_bar(fill_pool(source, drawn["patients"], cache, workers=args.workers), "Drawing the patients")

    from trainer.training.pretrain import pretrain

    file = pretrain(config, recipe, pool, run=folder.path, stream=sys.stderr)
    sys.stdout.write(f"The starting weights are in {file}; use them with leuko-trainer train --start {folder.path}.\n")
    return 0


def _drawn(args: argparse.Namespace) -> dict[str, str | int | float]:
    """What makes the patients again."""
    from trainer.simulation.cohort import SIMULATOR_VERSION

    return {
        "cohort": args.cohort,
        "seed": args.seed,
        "prevalence": args.prevalence,
        "patients": args.patients,
        "simulator_version": SIMULATOR_VERSION,
    }
