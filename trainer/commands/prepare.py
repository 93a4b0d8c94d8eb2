"""``leuko-trainer prepare``: checks every patient, describes the data set, and fills the cache of stacks."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer.errors import UsageError
from trainer.commands.run_arguments import add_preparing, cache_of

if TYPE_CHECKING:
    from leukoviewer.preprocessing.recipe import Recipe
    from trainer.data.cases import CaseSet
    from trainer.experiments.config import DataConfig

# The paper's letters.
LETTERS = {"A": "leuko-a", "B": "leuko-b", "C": "leuko-c"}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "prepare",
        help="check the patients, describe the data and fill the cache",
        description="Looks at every patient with the viewer's own gate, prints a fingerprint of the data, and keeps "
        "the prepared stacks. Stopped, it carries on where it was; several processes may fill one cache together.",
    )
    add_data_arguments(parser)
    parser.add_argument(
        "--recipe",
        action="append",
        default=[],
        dest="recipes",
        metavar="A|B|C|ID",
        help="the paper's preprocessing, or another by its id (repeat; default: A)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="write fingerprint.json, fingerprint.md and lists there"
    )


def add_data_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where the patients are, how they are labelled, the cache and the processes."""
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR|CSV", help="simulated cohort, hospital set, or CSV of folders"
    )
    add_label_arguments(parser)
    add_preparing(parser)


def add_label_arguments(parser: argparse._ActionsContainer) -> None:
    """Add how patients are labelled; what is not given is left to :func:`cases_of`."""
    from trainer.experiments.config import DataConfig

    usual = DataConfig()
    parser.add_argument("--source", metavar="KIND", help="auto, simulated, hospital or csv (default: auto)")
    parser.add_argument("--labels", metavar="CSV", help="labels of a hospital set: columns id and label")
    words = "regular expression of a hospital's findings {} the disease (default: {})"
    parser.add_argument("--positive", metavar="RE", help=words.format("with", usual.positive))
    parser.add_argument("--negative", metavar="RE", help=words.format("without", usual.negative))


def cases_of(args: argparse.Namespace, usual: DataConfig | None = None) -> CaseSet:
    """The patients of ``--data``, labelled as the arguments say.

    Parameters
    ----------
    args : Namespace
        With what :func:`add_label_arguments` adds.
    usual : DataConfig, optional
        Holds where an argument is not given, e.g. the settings of a run; by default those of every experiment.
    """
    from trainer.data.sources.registry import open_source, rule_of
    from trainer.experiments.config import DataConfig

    names = ("source", "labels", "positive", "negative")
    given = {name: getattr(args, name) for name in names if getattr(args, name) is not None}
    data = dataclasses.replace(usual or DataConfig(), **given)
    return open_source(args.data, data.source, rule=rule_of(data.positive, data.negative, labels=data.labels))


def recipe_named(name: str) -> Recipe:
    """A built-in recipe by the paper's letter or by its id.

    Raises
    ------
    UsageError
        There is none of this name.
    """
    from leukoviewer.preprocessing.recipe import BUILTIN

    found = BUILTIN.get(LETTERS.get(name.upper(), name))
    if found is None:
        known = ", ".join((*LETTERS, *BUILTIN))
        raise UsageError(f"There is no recipe {name!r}; choose one of {known}.", thing=name)
    return found


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from trainer.commands.progress_bar import with_bar
    from trainer.data.cache import fill
    from trainer.data.fingerprint import find_shared, fingerprint, refused
    from trainer.data.fingerprint_text import as_markdown, as_text, tables, write_lists

    recipes = [recipe_named(name) for name in dict.fromkeys(args.recipes or ["A"])]
    found = cases_of(args).with_both()
    cache = cache_of(args)
    _tell_need(len(found.cases), recipes, cache)
    contents = [with_bar(fill(found.cases, recipe, cache, workers=args.workers)) for recipe in recipes]
    described = fingerprint(found, contents)
    shown = tables(described)
    sys.stdout.write(as_text(shown))
    if args.out is not None:
        from leukoviewer import atomic

        atomic.write_json(args.out / "fingerprint.json", described)
        atomic.write_text(args.out / "fingerprint.md", as_markdown(shown, title="Fingerprint of the data"))
        write_lists(args.out, left_out=(*found.unusable, *refused(contents)), shared=find_shared(contents[0].cases))
        sys.stdout.write(f"In {args.out}: fingerprint.json, fingerprint.md, left_out.csv, shared.csv.\n")
    return 0


def _tell_need(patients: int, recipes: list[Recipe], cache: Path) -> None:
    """How much room the stacks take, before anything is prepared."""
    import shutil

    place = next(path for path in (cache.absolute(), *cache.absolute().parents) if path.exists())
    pixels = sum((recipe.depth or 0) * recipe.plane_shape[0] * recipe.plane_shape[1] for recipe in recipes)
    needed, free = 4 * patients * pixels / 1e9, shutil.disk_usage(place).free / 1e9
    sys.stderr.write(f"{patients} patients; their stacks take {needed:.2f} GB in {cache} ({free:.1f} GB are free).\n")
