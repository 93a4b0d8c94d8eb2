"""How much the scores of one scan move when nothing that matters changes: flip, rotation, noise, storing, shifts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import AIR_HU, Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.dicom.writer import CtHeader, write_ct_series
from leukoviewer.errors import UsageError
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from leukoviewer.packages.provenance import mean_of_highest
from trainer.evaluation.report import TOP_SHARE

_ROTATIONS_DEG = (-5.0, -2.0, 2.0, 5.0)
_NOISE_HU = (2.0, 4.0)
_SHIFT_MM = 1.0
_RANGE_HU = (-1024, 3071)


def run(volume: Volume, package: Package, *, device: str = "auto") -> Work[dict[str, Any]]:
    """Score a scan as it is and changed; yields after each.

    Returns
    -------
    dict
        ``unchanged``; ``changed``, one row a change; ``spread``: over all of them the range of the patient's logit
        (mean of its highest quarter) and of the positive slices, and the largest move of a slice's logit.
    """
    base = finish(analyze(volume, package, device=device))
    rows: list[dict[str, Any]] = []
    changes = list(_changes(volume))
    for done, (name, changed) in enumerate(changes):
        yield Progress(done, len(changes), "Scoring changed scans")
        rows.append({"change": name, **_compared(base, finish(analyze(changed, package, device=device)))})
    yield Progress(len(changes), len(changes), "Scoring changed scans")
    return {"unchanged": _told(base), "changed": rows, "spread": _spread(_told(base), rows)}


def _changes(volume: Volume) -> Iterator[tuple[str, Volume]]:
    from scipy import ndimage

    hu = volume.hu
    yield "left and right exchanged", _with(volume, hu[:, :, ::-1])
    for degrees in _ROTATIONS_DEG:
        turned = ndimage.rotate(hu.astype(np.float32), degrees, (2, 1), reshape=False, order=1, cval=AIR_HU)
        yield f"rotated by {degrees:+.0f} degrees", _with(volume, turned)
    chance = np.random.default_rng(0)
    for sigma in _NOISE_HU:
        noise = chance.normal(0, sigma, hu.shape).astype(np.float32)
        yield f"noise of {sigma:.0f} HU added", _with(volume, np.where(hu > AIR_HU, hu + noise, hu))
    spacing = volume.spacing_mm
    if spacing is None:
        raise UsageError("The series states no pixel spacing; it cannot be shifted by millimeters.")
    for name, rows_mm, columns_mm in (("down", 1, 0), ("up", -1, 0), ("right", 0, 1), ("left", 0, -1)):
        by = (0, rows_mm * _SHIFT_MM / spacing[0], columns_mm * _SHIFT_MM / spacing[1])
        moved = ndimage.shift(hu.astype(np.float32), by, order=1, cval=AIR_HU)
        yield f"shifted by 1 mm {name}", _with(volume, moved)
    yield "stored again as DICOM in 16 bits", stored_again(volume)


def _with(volume: Volume, hu: NDArray[Any]) -> Volume:
    """The volume with other values, whole HU in its own type as a scanner would store them."""
    whole = np.rint(np.clip(hu, *_RANGE_HU)).astype(volume.hu.dtype)
    return replace(volume, hu=np.ascontiguousarray(whole), padding=None)


def stored_again(volume: Volume) -> Volume:
    """Write a volume as DICOM files with another intercept, compressed without loss, and load them as the viewer does.

    Raises
    ------
    UsageError
        The series states no geometry.
    """
    planes = [header.plane for header in reversed(volume.series.slices)]
    known = [plane for plane in planes if plane is not None]
    if len(known) != len(planes):
        raise UsageError("The series states no geometry; it cannot be stored again.")
    header = CtHeader(
        uid_seed="stored again",
        patient_id="",
        patient_name="",
        age=0,
        sex="O",
        study_date="20000101",
        manufacturer="",
        model="",
        kernel=volume.series.kernel,
        tilt_deg=volume.series.report.tilt_deg or 0.0,
        intercept=-1024.0,
    )
    stored = (np.clip(np.rint(volume.hu[::-1]), *_RANGE_HU) + 1024).astype(np.int16)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_ct_series(folder, stored, planes=known, header=header, transfer_syntax="rle")
        series = finish(discover(folder)).series[0]
        return finish(load(series))


def _told(analysis: Analysis) -> dict[str, Any]:
    vote = analysis.vote()
    logits = np.array([item.logit for item in analysis.scores])
    return {
        "patient_logit": round(mean_of_highest(logits, share=TOP_SHARE), 4),
        "positive_slices": vote.positive,
        "scored_slices": vote.scored,
        "positive": vote.is_positive,
    }


def _compared(base: Analysis, other: Analysis) -> dict[str, Any]:
    native = {item.native: item.logit for item in base.scores}
    moves = np.array([item.logit - native[item.native] for item in other.scores if item.native in native])
    found: dict[str, float | None] = {"largest_move": None, "mean_move": None}
    if len(moves):
        found = {"largest_move": round(float(np.abs(moves).max()), 4), "mean_move": round(float(moves.mean()), 4)}
    return {**_told(other), **found}


def _spread(base: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    every = [base, *rows]
    logits = [row["patient_logit"] for row in every]
    counts = [row["positive_slices"] for row in every]
    moves = [row["largest_move"] for row in rows if row["largest_move"] is not None]
    return {
        "patient_logit": [min(logits), max(logits)],
        "positive_slices": [min(counts), max(counts)],
        "largest_move_of_a_slice": max(moves, default=None),
        "same_verdict": all(row["positive"] == base["positive"] for row in rows),
    }
