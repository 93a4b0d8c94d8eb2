"""What a result file says: ``result.json`` (schema ``leukoviewer.result/1``) and the rows of ``scores.csv``.

The JSON schema is ``resources/schemas/result-1.schema.json``. Slices are counted from 0, superior first. Names, ids and
dates of the patient are left out unless they are asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from leukoviewer.core.csv_text import RFC_4180, csv_text
from leukoviewer.core.geometry import SeriesWarning
from leukoviewer.core.results import Analysis, PackageRef, SliceScore, Vote
from leukoviewer.core.series import Patient, Series
from leukoviewer.core.volume import Volume
from leukoviewer.display.heat import cell_mm

SCHEMA = "leukoviewer.result/1"
# After the wording of 21 CFR 892.2090 (b)(1): never a replacement for the reader's own complete review.
DISCLAIMER = (
    "Research use, not for diagnosis. The output is not intended to replace a complete review of the images "
    "by a clinician, nor any other diagnostic test."
)
CSV_COLUMNS = ("index", "position_mm", "SOPInstanceUID", "logit", "score", "positive")

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is written on every file.

    Attributes
    ----------
    software_version : str
        Of this program.
    created : datetime
        When the file was made; written in UTC.
    with_patient : bool
        Whether name, id, birth date and study date go into the file.
    """

    software_version: str
    created: datetime
    with_patient: bool = False


def scored(analysis: Analysis, volume: Volume, *, stamp: Stamp, vote: Vote | None = None) -> Json:
    """The content of ``result.json`` for a series that was scored.

    Parameters
    ----------
    analysis : Analysis
        The model's result.
    volume : Volume
        The series that was scored.
    stamp : Stamp
        Software, time, privacy.
    vote : Vote, optional
        At limits that were moved by hand; by default at the package's own.

    Raises
    ------
    ValueError
        The result belongs to another series.
    """
    _check(analysis, volume.series)
    vote = vote or analysis.vote()
    return {
        **_head(volume.series, volume.warnings, stamp, status="scored"),
        "package": _package(analysis.package),
        "simulated": analysis.package.simulated,
        "engine": {"name": analysis.engine, "device": analysis.device},
        "recipe": {"id": analysis.recipe_id, "digest": analysis.recipe_digest},
        "calibrated": analysis.calibrated,
        "scores": _scores(analysis, volume.series, vote.slice_threshold),
        "unscored_slices": _unscored(analysis),
        "vote": _vote(vote),
        "heatmap": _heatmap(analysis, volume.spacing_mm),
        "model_warnings": _warnings(analysis.warnings),
        "timings_s": {stage: round(seconds, 4) for stage, seconds in analysis.timings_s},
        "refusal": None,
    }


def refused(
    series: Series,
    reason: str,
    *,
    stamp: Stamp,
    package: PackageRef | None = None,
    warnings: tuple[SeriesWarning, ...] = (),
) -> Json:
    """The content of ``result.json`` for a series that must not be scored: the reason, no scores.

    Parameters
    ----------
    series : Series
        The refused series.
    reason : str
        Why, as a sentence.
    stamp : Stamp
        Software, time, privacy.
    package : PackageRef, optional
        The model that was asked for, if one was.
    warnings : tuple of SeriesWarning
        Those of the loaded volume; by default those of the geometry gate.
    """
    if not reason:
        raise ValueError("a refusal needs its reason")
    return {
        **_head(series, warnings or series.report.warnings, stamp, status="refused"),
        "package": None if package is None else _package(package),
        "simulated": None if package is None else package.simulated,
        "engine": None,
        "recipe": None,
        "calibrated": None,
        "scores": [],
        "unscored_slices": list(range(len(series.slices))),
        "vote": None,
        "heatmap": None,
        "model_warnings": [],
        "timings_s": {},
        "refusal": {"reason": reason},
    }


def score_rows(analysis: Analysis, series: Series, *, threshold: float | None = None) -> list[tuple[str, ...]]:
    """Rows of ``scores.csv``, one a scored native slice, superior first; columns as in :data:`CSV_COLUMNS`."""
    limit = analysis.slice_threshold if threshold is None else threshold
    return [
        (str(index), _text(position), uid, f"{item.logit:.6f}", f"{item.score:.6f}", str(item.score >= limit).lower())
        for index, position, uid, item in _by_native(analysis, series)
    ]


def scores_csv(rows: Iterable[tuple[str, ...]]) -> str:
    """``scores.csv`` with its header line, RFC 4180."""
    return csv_text(CSV_COLUMNS, rows, line_end=RFC_4180)


def _check(analysis: Analysis, series: Series) -> None:
    if analysis.series_key != series.key or analysis.mapping.native_shape[0] != len(series.slices):
        raise ValueError("the result belongs to another series")


def _head(series: Series, warnings: tuple[SeriesWarning, ...], stamp: Stamp, *, status: str) -> Json:
    report = series.report
    head: Json = {
        "schema": SCHEMA,
        "status": status,
        "disclaimer": DISCLAIMER,
        "software": {"name": "LeukoViewer", "version": stamp.software_version},
        "created": stamp.created.astimezone(UTC).isoformat(timespec="seconds"),
        "series": _series(series),
        "geometry": {
            "verdict": report.verdict.value,
            "reason": report.reason,
            "tilt_deg": round(report.tilt_deg, 3),
            "spacing_mm": _rounded(report.spacing_mm),
            "steps_mm": [round(step, 4) for step in report.steps_mm],
            "thicknesses_mm": list(report.thicknesses_mm),
        },
        "warnings": _warnings(warnings),
    }
    if stamp.with_patient:
        head["patient"] = _patient(series.patient, series.study_date)
    return head


def _series(series: Series) -> Json:
    first = series.slices[0]
    return {
        "series_uid": series.series_uid,
        "study_uid": series.study_uid,
        "key": series.key,
        "number": series.series_number,
        "description": series.description,
        "modality": series.modality,
        "manufacturer": series.manufacturer,
        "model_name": series.model_name,
        "kernel": series.kernel,
        "slices": len(series.slices),
        "rows": first.pixels.rows,
        "columns": first.pixels.columns,
        "pixel_spacing_mm": None if first.plane is None else list(first.plane.spacing_mm),
    }


def _patient(patient: Patient, study_date: str) -> Json:
    return {
        "name": patient.name,
        "id": patient.patient_id,
        "birth_date": patient.birth_date,
        "sex": patient.sex,
        "age_years": patient.age_years,
        "study_date": study_date,
    }


def _package(package: PackageRef) -> Json:
    return {
        "id": package.id,
        "name": package.name,
        "version": package.version,
        "sha256": package.sha256,
        "task": package.task,
        "architecture": package.architecture,
        "trained_on": package.trained_on,
        "simulated": package.simulated,
        "training_run": package.training_run,
    }


def _warnings(warnings: tuple[SeriesWarning, ...]) -> list[Json]:
    return [{"code": w.code.value, "message": w.message, "slices": list(w.slices)} for w in warnings]


def _by_native(analysis: Analysis, series: Series) -> list[tuple[int, float | None, str, SliceScore]]:
    positions = series.position_mm
    pairs = sorted(((index, item) for item in analysis.scores for index in item.native), key=lambda pair: pair[0])
    return [(i, _rounded(positions[i]), series.slices[i].sop_instance_uid, item) for i, item in pairs]


def _scores(analysis: Analysis, series: Series, threshold: float) -> list[Json]:
    return [
        {
            "index": index,
            "position_mm": position,
            "sop_instance_uid": uid,
            "stack_index": item.stack_index,
            "logit": round(item.logit, 6),
            "score": round(item.score, 6),
            "positive": item.score >= threshold,
        }
        for index, position, uid, item in _by_native(analysis, series)
    ]


def _unscored(analysis: Analysis) -> list[int]:
    return [index for index, score in enumerate(analysis.by_native().tolist()) if math.isnan(score)]


def _vote(vote: Vote) -> Json:
    return {
        "scored": vote.scored,
        "positive": vote.positive,
        "slice_threshold": vote.slice_threshold,
        "needed": vote.needed,
        "is_positive": vote.is_positive,
        "sentence": vote.sentence,
    }


def _heatmap(analysis: Analysis, spacing_mm: tuple[float, float] | None) -> Json:
    return {
        "method": analysis.heatmap_method,
        "scale": analysis.map_scale,
        "cells": list(analysis.maps.shape[1:]),
        "cell_mm": None if spacing_mm is None else [round(size, 2) for size in cell_mm(analysis, spacing_mm)],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
