"""One run, from patients to scores and figures: what ``leuko-trainer train`` and each cell of a grid do."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from leukoviewer.preprocessing.recipe import Recipe
    from trainer.data.cache import CacheContent, PreparedCase
    from trainer.data.cases import CaseSet
    from trainer.data.splits import Split
    from trainer.experiments.config import ExperimentConfig
    from trainer.experiments.rundir import RunFolder


def open_cases(root: Path, config: ExperimentConfig) -> CaseSet:
    """Find the patients of a folder, some with and some without the disease, labelled as the experiment says.

    Raises
    ------
    UsageError
        The folder holds no such data or patients of one kind alone, or the rule of the labels cannot be read.
    """
    from trainer.data.sources.registry import open_source, rule_of

    rule = rule_of(config.data.positive, config.data.negative, labels=config.data.labels)
    return open_source(root, config.data.source, rule=rule).with_both()


def about_run(config: ExperimentConfig, recipe: Recipe, found: CaseSet) -> dict[str, Any]:
    """What a run notes at its start beside its configuration: recipe, data, starting weights."""
    from trainer.training.start import about_start

    return {
        "recipe": recipe.to_json(),
        "recipe_digest": recipe.digest,
        "data": about_data(found),
        **about_start(config.model.start),
    }


def split_of(config: ExperimentConfig, content: CacheContent, *, stored: Path | None = None) -> Split:
    """The stored split, or the one that the experiment's shares and salt make of the prepared patients.

    Raises
    ------
    LeakError
        A patient, study, instance or picture stands on two sides.
    UsageError
        The stored split cannot be read, or there are too few patients.
    """
    from trainer.data.splits import Split, check_classes, check_no_leak, split_by_patient

    members = [case.member() for case in content.cases]
    if stored is not None:
        split = Split.read(stored)
        check_classes(split, members)
    else:
        shares = (config.data.shares[0], config.data.shares[1], config.data.shares[2])
        split = split_by_patient(members, shares=shares, salt=config.data.split_salt)
    check_no_leak(split, members)
    return split


def carry_out(
    folder: RunFolder,
    config: ExperimentConfig,
    content: CacheContent,
    *,
    split_file: Path | None = None,
    stream: TextIO | None = None,
) -> dict[str, Any]:
    """Split, train (or carry on from the last checkpoint), score the held-out patients; return the figures.

    Parameters
    ----------
    folder : RunFolder
        A begun run; its own split is used again when it has one.
    config : ExperimentConfig
        The run's.
    content : CacheContent
        The patients prepared by the run's recipe.
    split_file : Path, optional
        A stored split to use instead.
    stream : text stream, optional
        One line an epoch is written to it; standard error by default.

    Returns
    -------
    dict
        The figures; empty in a process that only helps to train, and writes nothing.

    Raises
    ------
    LeakError
        The split leaks; nothing is trained.
    """
    from trainer.evaluation.report import judge
    from trainer.experiments.recipes import recipe_of
    from trainer.training.fit import Sides, fit
    from trainer.training.processes import is_first

    first = is_first(config.optimize)
    told = sys.stderr if stream is None else stream
    split = split_of(config, content, stored=split_file or (folder.split if folder.split.is_file() else None))
    parts = _cases_of(split, content)
    if first:
        split.write(folder.split)
        train, validation, test = (len(parts[part]) for part in ("train", "validation", "test"))
        told.write(f"{train} patients to train, {validation} to validate, {test} to test.\n")
        told.flush()
    sides = Sides(content, parts["train"], parts["validation"])
    best = fit(config, recipe_of(config), sides, run=folder.path, judge=judge, stream=told)
    return _judged(folder, config, content, split=split, parts=parts, best=best) if first else {}


def _cases_of(split: Split, content: CacheContent) -> dict[str, tuple[PreparedCase, ...]]:
    """The prepared patients of each side; those that could not be prepared are left out."""
    by_id = {case.case_id: case for case in content.cases}
    return {part: tuple(by_id[i] for i in ids if i in by_id) for part, ids in split.parts.items()}


def _judged(
    folder: RunFolder,
    config: ExperimentConfig,
    content: CacheContent,
    *,
    split: Split,
    parts: Mapping[str, tuple[PreparedCase, ...]],
    best: Path,
) -> dict[str, Any]:
    """Score the held-out patients by the best checkpoint; scores and figures are stored, the figures last."""
    from leukoviewer import atomic
    from trainer.evaluation.report import evaluate
    from trainer.experiments.recipes import recipe_of
    from trainer.training.fit import score

    recipe = recipe_of(config)
    tables = {}
    for part in ("validation", "test"):
        tables[part] = score(config, recipe, content, parts[part], best)
        tables[part].write(folder.scores(part))
    figures = evaluate(
        tables["validation"],
        tables["test"],
        least_sensitivity=config.evaluate.sensitivity,
        resamples=config.evaluate.resamples,
        confidence=config.evaluate.confidence,
        slice_temperature=config.evaluate.slice_temperature,
    )
    span = training_range(config, parts["train"], validation=parts["validation"])
    about = {
        "split_sha256": split.sha256,
        "train_patients": len(parts["train"]),
        "training_range": {**span, "left_out": dict(content.left_out)},
    }
    atomic.write_json(folder.metrics, {**figures, **about})
    return figures


def about_data(found: CaseSet) -> dict[str, Any]:
    """What is noted of the patients: how many, of which kind, how many cannot be used and why."""
    return {
        "description": found.description,
        "simulated": found.simulated,
        "patients": len(found.cases),
        "positive": sum(case.label for case in found.cases),
        "left_out": dict(found.left_out),
        **({"cohort": dict(found.cohort)} if found.cohort else {}),
    }


def training_range(
    config: ExperimentConfig, train: Sequence[PreparedCase], *, validation: Sequence[PreparedCase]
) -> dict[str, Any]:
    """What the series were like that a model is made for: outside of it a result is a guess.

    It is the range of the patients on the training side alone: what a held-out patient was like, nothing has learned.
    Where a start is read out as it is (no epochs), the network learned on a pool, and nothing here but its operating
    point and calibration, which validation chooses: then it is the range of the patients on that side.
    """
    cases = train if config.optimize.epochs > 0 else validation
    thickness = [case.thickness_mm for case in cases if case.thickness_mm > 0]
    spacing = [case.spacing_mm for case in cases if case.spacing_mm > 0]
    return {
        "thickness_mm": [min(thickness), max(thickness)] if thickness else None,
        "spacing_mm": [min(spacing), max(spacing)] if spacing else None,
        "kernels": sorted({case.kernel for case in cases if case.kernel}),
    }
