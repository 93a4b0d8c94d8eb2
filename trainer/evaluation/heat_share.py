"""Where a heatmap points: its share in and near the true lesions of simulated patients, and whether its peak hits.

The heatmap is the viewer's own: the pipeline's map, projected to the native pixels, on the scan's one scale. Near means
within 10 mm, measured in the plane by the pixel spacing and across slices by their distance along the normal.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.errors import UsageError
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from leukoviewer.preprocessing.projection import project
from trainer.data.cache import open_volume
from trainer.data.cases import Case
from trainer.evaluation.bootstrap import Index, over_patients
from trainer.evaluation.cohort import Sampling
from trainer.simulation.recruit import PatientRecord
from trainer.simulation.storage import truth_places

REACH_MM = 10.0
# The viewer paints heat from this share of the scan's largest value on, unless it is told otherwise.
PAINTED = 0.3
# Denser than air and foam: what heat spread evenly over the head would cover.
_HEAD_HU = -300
# What reading a damaged truth may end in: not only its zip archive, what is compressed in it as well.
_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, TypeError, NotImplementedError)
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SliceHeat:
    """One slice of one patient.

    Attributes
    ----------
    case_id : str
        The patient.
    slice : int
        Native index, superior first.
    score : float
        As the viewer shows it.
    is_true_positive : bool
        The slice shows the disease and is called, in a patient that is called.
    total, inside : float
        Heat over the slice, and near the lesion.
    painted, painted_inside : float
        The same of the heat that the viewer paints.
    is_hit : bool
        Whether the hottest pixel lies near the lesion.
    even : float
        Share of the head's area that lies near the lesion: what heat spread evenly would have inside.
    """

    case_id: str
    slice: int
    score: float
    is_true_positive: bool
    total: float
    inside: float
    painted: float
    painted_inside: float
    is_hit: bool
    even: float


@dataclass(frozen=True, slots=True, eq=False)
class Lesion:
    """The truth of one patient, superior first.

    Attributes
    ----------
    mask : array of bool, shape (slices, rows, columns)
        White-matter disease.
    shows : array of bool, shape (slices,)
        Slices that show it.
    """

    mask: Mask
    shows: Mask


def read_lesion(root: Path, record: PatientRecord) -> Lesion:
    """Read a patient's truth.

    Raises
    ------
    UsageError
        It cannot be read.
    """
    arrays, description = truth_places(root, record)
    try:
        # NumPy leaves a damaged file open.
        with arrays.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            _, _, columns = (int(n) for n in held["shape"])
            mask = np.unpackbits(held["lesion"], axis=-1, count=columns).astype(np.bool_)
        labels = json.loads(description.read_text(encoding="utf-8"))["slice_labels"]
        return Lesion(mask[::-1], np.array(labels[::-1], dtype=np.bool_))
    except (OSError, *_DAMAGES) as error:
        raise UsageError("The truth of a patient cannot be read; simulate the cohort again.", thing=arrays) from error


def near(
    mask: Mask, *, heights_mm: Sequence[float], spacing_mm: tuple[float, float], reach_mm: float = REACH_MM
) -> Mask:
    """What lies within a distance of a mask.

    Parameters
    ----------
    mask : array of bool, shape (slices, rows, columns)
        Any slices; they need not be evenly spaced.
    heights_mm : sequence of float
        Place of each slice along the normal.
    spacing_mm : (float, float)
        Between rows, between columns.
    """
    from scipy import ndimage

    found = np.zeros_like(mask)
    for index in np.flatnonzero(mask.any(axis=(1, 2))).tolist():
        distance = ndimage.distance_transform_edt(~mask[index], sampling=spacing_mm)
        for other, height in enumerate(heights_mm):
            apart = abs(height - heights_mm[index])
            if apart <= reach_mm:
                found[other] |= distance <= np.sqrt(reach_mm**2 - apart**2)
    return found


def of_patient(case_id: str, volume: Volume, lesion: Lesion, analysis: Analysis) -> list[SliceHeat]:
    """Heat of every scored slice against the lesion.

    Raises
    ------
    UsageError
        The truth is of another picture, or the series states no geometry.
    """
    planes = [header.plane for header in volume.series.slices]
    known = [plane for plane in planes if plane is not None]
    if lesion.mask.shape != volume.hu.shape or len(known) != len(planes):
        raise UsageError("The truth of a patient does not fit its pictures; simulate the cohort again.", thing=case_id)
    spacing = known[0].spacing_mm
    around = near(lesion.mask, heights_mm=[p.along_normal_mm for p in known], spacing_mm=(spacing[0], spacing[1]))
    called = analysis.vote().is_positive
    floor = PAINTED * analysis.map_scale
    scores = analysis.by_native()
    rows = []
    for index in np.flatnonzero(np.isfinite(scores)).tolist():
        raw = analysis.map_of(index)
        if raw is None:
            continue
        heat = project(raw, analysis.mapping).astype(np.float64)
        shown, close, head = np.where(heat >= floor, heat, 0), around[index], volume.hu[index] > _HEAD_HU
        is_called = called and bool(lesion.shows[index]) and scores[index] >= analysis.slice_threshold
        rows.append(
            SliceHeat(
                case_id,
                index,
                float(scores[index]),
                is_called,
                total=float(heat.sum()),
                inside=float(heat[close].sum()),
                painted=float(shown.sum()),
                painted_inside=float(shown[close].sum()),
                is_hit=bool(heat.max() > 0 and close.flat[int(heat.argmax())]),
                even=float(close[head].sum() / max(1, head.sum())),
            )
        )
    return rows


def of_cohort(
    root: Path, cases: Sequence[tuple[Case, PatientRecord]], package: Package, *, device: str = "auto"
) -> Work[list[SliceHeat]]:
    """Run the viewer's pipeline on patients and hold its heatmaps against their truth; yields after each."""
    rows: list[SliceHeat] = []
    for done, (case, record) in enumerate(cases):
        yield Progress(done, len(cases), "Comparing heatmaps with lesions")
        volume = open_volume(case.folder)
        analysis = finish(analyze(volume, package, device=device))
        rows += of_patient(case.id, volume, read_lesion(root, record), analysis)
    yield Progress(len(cases), len(cases), "Comparing heatmaps with lesions")
    return rows


def summary(rows: Sequence[SliceHeat], sampling: Sampling) -> dict[str, Any]:
    """Shares near the lesion on true positives: of each patient's heat, then the mean over patients.

    ``slices`` counts the slices that show the disease and are called; ``scan`` all slices of those patients.
    """
    hits = [row for row in rows if row.is_true_positive]
    ids = sorted({row.case_id for row in hits})
    scan = [row for row in rows if row.case_id in set(ids)]
    return {
        "reach_mm": REACH_MM,
        "painted_from": PAINTED,
        "patients": len(ids),
        "slices": len(hits),
        "energy_inside": _mean(hits, ids, "inside", "total", sampling),
        "energy_inside_of_painted": _mean(hits, ids, "painted_inside", "painted", sampling),
        "energy_inside_whole_scan": _mean(scan, ids, "inside", "total", sampling),
        "even_heat_inside": _mean(hits, ids, "even", None, sampling),
        "pointing_game": _mean(hits, ids, "is_hit", None, sampling),
    }


def _mean(
    rows: Sequence[SliceHeat], ids: Sequence[str], part: str, whole: str | None, sampling: Sampling
) -> dict[str, float | None]:
    if not ids:
        return {"value": None, "low": None, "high": None}
    top, bottom = dict.fromkeys(ids, 0.0), dict.fromkeys(ids, 0.0)
    for row in rows:
        top[row.case_id] += float(getattr(row, part))
        bottom[row.case_id] += 1.0 if whole is None else float(getattr(row, whole))
    shares = np.array([top[name] / bottom[name] if bottom[name] > 0 else 0.0 for name in ids])

    def mean(sample: Index) -> float:
        return float(shares[sample].mean())

    drawn = over_patients(mean, len(ids), resamples=sampling.resamples, confidence=sampling.confidence)
    return drawn.to_json()
