"""Gives a package other saved measurements: its card, its manifest's figures and its evaluations are made anew.

Weights, graph and golden case stay the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from leukoviewer.core.progress import Work
from leukoviewer.errors import CannotWriteError, UsageError
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.packages.archive import Package, open_package, write_package
from leukoviewer.packages.manifest import CARD, PACKAGE_FILES, Layout
from trainer.data.cache import fill
from trainer.data.cases import CaseSet
from trainer.data.scores import ScoreTable
from trainer.data.splits import Split
from trainer.evaluation import metrics
from trainer.evaluation.cohort import may_be_scored, score
from trainer.evaluation.patient_calibration import statistic
from trainer.experiments.rundir import RunFolder
from trainer.export_card import card
from trainer.export_evaluations import NOTES, PRECISION, Evaluations
from trainer.export_weights import Precision


def rebuilt(package: Package, evaluations: Evaluations) -> Package:
    """Write the package again with these evaluations, in its place; the same evaluations give the same bytes.

    Raises
    ------
    CannotWriteError
        The folder cannot be written; the package is what it was.
    """
    found = evaluations.metrics()
    manifest = replace(package.manifest, metrics=found) if found else package.manifest
    contents = {name: (package.folder / name).read_bytes() for name in PACKAGE_FILES}
    contents |= {CARD: card(manifest, evaluations).encode("utf-8"), **evaluations.contents()}
    folder = package.folder
    try:
        with tempfile.TemporaryDirectory(prefix=".rebuilt.", dir=folder.parent) as hidden:
            write_package(Path(hidden) / "new", manifest, contents)
            folder.rename(Path(hidden) / "old")
            try:
                (Path(hidden) / "new").rename(folder)
            except OSError:
                (Path(hidden) / "old").rename(folder)
                raise
    except OSError as error:
        message = f"{folder} cannot be written ({error.strerror or error}); close programs that use it."
        raise CannotWriteError(message, thing=folder) from error
    return open_package(folder)


def with_evaluations(package: Package, paths: Iterable[Path], *, notes: tuple[str, ...] = ()) -> Package:
    """Add files of ``leuko-trainer evaluate`` or ``probes`` to a package, and notes in place of those before.

    Raises
    ------
    UsageError
        A file measures another model or is none of the trainer's.
    CannotWriteError
        The folder cannot be written.
    """
    evaluations = Evaluations.of(package).with_files(paths, package)
    if notes:
        evaluations = evaluations.with_value("notes", {"schema": NOTES, "notes": list(notes)})
    return rebuilt(package, evaluations)


def measured_precision(
    package: Package, run: RunFolder, found: CaseSet, cache: Path, *, precision: Precision, workers: int = 1
) -> Work[dict[str, Any]]:
    """Score the run's test side with the stored weights and hold the scores against those of its checkpoint.

    Raises
    ------
    UsageError
        The cohort lacks patients of the run's test side, or the run has no saved scores.
    """
    before = ScoreTable.read(run.scores("test"))
    cases, _ = may_be_scored(found, package, Split.read(run.split))
    content = yield from fill(
        [case for case in cases if case.id in set(before.patients)], package.recipe, cache, workers=workers
    )
    after = yield from score(OnnxEngine(package), package, content, content.cases)
    same = (
        before.patients == after.patients
        and np.array_equal(before.patient, after.patient)
        and np.array_equal(before.slice, after.slice)
    )
    if not same:
        raise UsageError("The cohort is not the one of the run's test scores; its precision cannot be measured.")
    labels = before.patient_label
    one, other = (metrics.auc(labels, statistic(scores)) for scores in (before, after))
    return {
        "schema": PRECISION,
        "stored": str(precision),
        "layout": str(Layout(package.manifest.layout)),
        "patients": len(labels),
        "auc_float32": _rounded(one),
        "auc_stored": _rounded(other),
        "auc_loss": _rounded(one - other),
        "largest_logit_difference": _rounded(float(np.abs(before.logit - after.logit).max())),
    }


def remove(package: Package) -> None:
    """Remove a package that was just written and could not be finished."""
    shutil.rmtree(package.folder)


def _rounded(value: float) -> float | None:
    return round(value, 6) if np.isfinite(value) else None
