"""``leuko-trainer pretrain``: starting weights for networks that cannot begin with ImageNet's."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.commands.run_arguments import add_run_arguments, cache_of

if TYPE_CHECKING:
    from trainer.experiments.config import ExperimentConfig
    from trainer.simulation.pool import PoolPart

_KEYS = {"seed": int, "prevalence": float, "finding": str}


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
        type=_part,
        action="append",
        default=[],
        metavar="NAME=N[,KEY=VALUE...]",
        help="so many patients of another kind of cohort too, for instance stress=100; keys are seed, prevalence and "
        "finding (all have one of it: paper=100,finding=hemorrhage); may be given again",
    )
    parser.add_argument("--start", type=Path, metavar="RUN", help="go on from the weights of this run of pretrain")
    add_run_arguments(parser, preset="bundled-start")


def _part(text: str) -> dict[str, Any]:
    """What ``--besides`` names; what it leaves open is as of the main part."""
    first, *more = text.split(",")
    name, _, count = first.partition("=")
    named = dict(word.split("=", 1) for word in more if "=" in word)
    if not name or not count.isdecimal() or len(named) < len(more) or set(named) - set(_KEYS):
        raise argparse.ArgumentTypeError(f"{text!r} is not like stress=100 or stress=100,seed=3,prevalence=0.4")
    try:
        return {"cohort": name, "patients": int(count), **{key: _KEYS[key](value) for key, value in named.items()}}
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} holds what is no number: {error}") from error


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from leukoviewer.preprocessing.recipe import Recipe
    from trainer.commands.progress_bar import with_bar
    from trainer.experiments.config import load
    from trainer.experiments.recipes import recipe_of
    from trainer.experiments.rundir import RunFolder
    from trainer.simulation.pool import Pool, PoolPart, fill_pool
    from trainer.training.start import about_start

    folder = RunFolder(args.out)
    if args.resume:
        _, noted = folder.read_config()
        _check_version(noted["pool"])
        config, _ = folder.carried_on(args.changes)
        recipe = Recipe.from_json(noted["recipe"])
        parts = [PoolPart(**part) for part in noted["pool"]["parts"]]
    else:
        start = [] if args.start is None else ["model.pretrained=false", f"model.start={json.dumps(str(args.start))}"]
        config = load(args.experiment, preset=args.preset, changes=[*start, *args.changes])
        recipe, parts = recipe_of(config), _parts(args)
    _check_epochs(config)
    sources = [part.source(recipe) for part in parts]
    if not args.resume:
        about = {"recipe": recipe.to_json(), "recipe_digest": recipe.digest, "pool": _drawn(parts)}
        folder.begin(config, about={**about, **about_start(config.model.start)})
    pool = Pool.joined(
        [
            with_bar(fill_pool(source, part.patients, cache_of(args), workers=args.workers))
            for source, part in zip(sources, parts, strict=True)
        ]
    )

    from trainer.evaluation.metrics import auc
    from trainer.training.pretrain import pretrain

    file = pretrain(config, recipe, pool, run=folder.path, rank=auc, stream=sys.stderr)
    sys.stdout.write(f"The starting weights are in {file}; use them with leuko-trainer train --start {folder.path}.\n")
    return 0


def _check_epochs(config: ExperimentConfig) -> None:
    """Weights that are read out as they are (no epochs) are a wish for ``train``."""
    from leukoviewer.errors import UsageError

    if config.optimize.epochs == 0:
        raise UsageError("pretrain needs at least one epoch; set optimize.epochs to 1 or more.")


def _check_version(drawn: dict[str, Any]) -> None:
    """Another version of the simulator would draw other patients under the same numbers."""
    from leukoviewer.errors import UsageError
    from trainer.simulation.cohort import SIMULATOR_VERSION

    if drawn["simulator_version"] != SIMULATOR_VERSION:
        raise UsageError(
            f"The run was begun with patients of the simulator's version {drawn['simulator_version']}, this is version "
            f"{SIMULATOR_VERSION}; begin a new run."
        )


def _parts(args: argparse.Namespace) -> list[PoolPart]:
    from trainer.simulation.pool import PoolPart

    common = {"seed": args.seed, "prevalence": args.prevalence}
    return [PoolPart(args.cohort, args.patients, **common), *(PoolPart(**{**common, **part}) for part in args.besides)]


def _drawn(parts: list[PoolPart]) -> dict[str, Any]:
    """What makes the patients again."""
    from trainer.simulation.cohort import SIMULATOR_VERSION

    return {"parts": [dataclasses.asdict(part) for part in parts], "simulator_version": SIMULATOR_VERSION}
