from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from leukoviewer.core.geometry import Vector, Verdict, WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.errors import NoBrainError, PackageError, RefusedError
from leukoviewer.inference.fitness import refuse_unsuitable
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Task
from leukoviewer.packages.provenance import TrainingRange
from leukoviewer.packages.training_range import range_warnings
from tests.inference.conftest import head_volume
from tests.preprocessing.conftest import build_volume

KNOWN = TrainingRange((2.5, 5.0), (2.5, 6.0), ("H30s", "FC21"))
INSIDE: dict[str, Any] = {"report": {"thicknesses_mm": (5.0,), "spacing_mm": 5.0}, "kernel": "h30s"}


@pytest.mark.parametrize(
    ("series", "told"),
    [
        ({}, []),
        ({"report": {"thicknesses_mm": (2.1, 5.4), "spacing_mm": 6.4}}, []),
        ({"report": {"thicknesses_mm": (0.6, 5.0, 8.0)}}, ["0.6, 8 mm thick; the model was trained on 2.5 to 5 mm"]),
        ({"report": {"spacing_mm": 0.62}}, ["0.62 mm apart; the model was trained on 2.5 to 6 mm"]),
        ({"kernel": "BONE"}, [r"kernel BONE is not among those of the model's training \(H30s, FC21\)"]),
        ({"kernel": ""}, ["which the header does not name"]),
        ({"report": {"thicknesses_mm": (9.0,), "spacing_mm": 9.0}, "kernel": "B"}, ["thick", "apart", "kernel"]),
    ],
)
def test_what_lies_outside_the_training_is_told_with_numbers(series: dict[str, Any], told: list[str]) -> None:
    report = {**INSIDE["report"], **series.get("report", {})}
    volume = head_volume(report=report, kernel=series.get("kernel", INSIDE["kernel"]))
    warnings = range_warnings(volume.series, KNOWN)
    assert len(warnings) == len(told)
    for warning, words in zip(warnings, told, strict=True):
        assert warning.code is WarningCode.OUTSIDE_TRAINING_RANGE
        assert re.search(words, warning.message)


def test_a_model_that_does_not_know_its_range_warns_of_nothing() -> None:
    volume = head_volume(report={"thicknesses_mm": (40.0,), "spacing_mm": 40.0}, kernel="any")
    assert range_warnings(volume.series, TrainingRange()) == ()


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), None),
        ((1.0, 0.0, 0.0), (0.0, 0.9483, -0.3173), None),
        ((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0), "rows run to R, columns to A"),
        ((-1.0, 0.0, 0.0), (0.0, 1.0, 0.0), "rows run to R, columns to P"),
        ((0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), "rows run to P, columns to R"),
    ],
    ids=["usual", "tilted", "prone", "mirrored", "on the side"],
)
def test_slices_that_lie_otherwise_than_the_models_are_told(row: Vector, column: Vector, told: str | None) -> None:
    series = head_volume(5).series
    slices = tuple(
        replace(one, plane=replace(one.plane, row_direction=row, column_direction=column)) for one in series.slices
    )
    messages = [warning.message for warning in range_warnings(replace(series, slices=slices), TrainingRange())]
    assert len(messages) == (told is not None)
    assert told is None or told in messages[0]


def test_a_head_is_scored(head: Volume, tiny_package: Package) -> None:
    finish(refuse_unsuitable(head, tiny_package))


@pytest.mark.parametrize("verdict", [Verdict.STACK_2D, Verdict.REFUSED])
def test_what_is_no_volume_is_refused_with_the_gates_reason(verdict: Verdict, tiny_package: Package) -> None:
    volume = head_volume(report={"verdict": verdict, "reason": "Its slices lie at one place."})
    with pytest.raises(RefusedError, match=r"Its slices lie at one place\."):
        finish(refuse_unsuitable(volume, tiny_package))


def test_a_series_without_brain_is_refused_with_the_reason(tiny_package: Package) -> None:
    air = build_volume(np.full((4, 64, 64), -1000, np.int16))
    with pytest.raises(NoBrainError, match="No brain was found"):
        finish(refuse_unsuitable(air, tiny_package))


def test_a_task_of_a_later_version_is_refused(head: Volume, tiny_package: Package) -> None:
    later = replace(tiny_package, manifest=replace(tiny_package.manifest, task=Task.SEGMENTATION))
    with pytest.raises(PackageError, match="does not run models for segmentation"):
        finish(refuse_unsuitable(head, later))
