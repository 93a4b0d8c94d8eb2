"""One real scan through a model: scores by slice, the vote, and the share of the heatmap by what lies under it.

There is no truth beside a real scan. Its tissues are told apart by the picture alone: the skull is dense, and what it
encloses is fluid, dark white matter, white matter or gray matter by its HU smoothed over 1 mm. A rim below the skull,
where fluid and cortex mix, is counted by itself, and so is a given rectangle in some slices (an old infarct).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.projection import project

# Upper edges in HU of fluid, of white matter that is too dark, and of white matter (gray matter is 37 to 45).
_FLUID_HU, _DARK_HU, _WHITE_HU = 12.0, 25.0, 32.0
_SKULL_HU = 200.0
_SMOOTH_MM = 1.0
_RIM_MM = 7.0
_CLOSED_PX = 3
# In reading order; disease of the white matter should light up the first.
CLASSES = (
    "dark white matter",
    "white matter",
    "ventricles and fluid",
    "gray matter",
    "infarct",
    "rim below the skull",
    "skull",
    "outside the head",
)
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A region in some slices, by instance number; rows and columns of the picture, ends included."""

    slices: tuple[int, int]
    rows: tuple[int, int]
    columns: tuple[int, int]


def look(
    volume: Volume, analysis: Analysis, *, diseased: tuple[int, int] | None = None, infarct: Rectangle | None = None
) -> dict[str, Any]:
    """What a result says of a scan.

    Parameters
    ----------
    diseased : (int, int), optional
        First and last instance number of the slices that show the disease.
    infarct : Rectangle, optional
        Where something else is dark.

    Raises
    ------
    UsageError
        The series states no pixel spacing, or none of its slices has such a number.
    """
    if volume.spacing_mm is None:
        raise UsageError("The series states no pixel spacing; its heatmap cannot be held against tissues.")
    numbers = [header.instance_number or index + 1 for index, header in enumerate(volume.series.slices)]
    inside = _within(diseased, numbers)
    if diseased is not None and not inside.any():
        raise UsageError("No slice of the scan has such a number; instance numbers are meant.", thing=diseased)
    logits = {native: item.logit for item in analysis.scores for native in item.native}
    scores = analysis.by_native()
    rows = [
        {"slice": numbers[i], "logit": round(logits[i], 4), "score": round(float(scores[i]), 4)} for i in sorted(logits)
    ]
    vote = analysis.vote()
    heat = {index: _shares(volume, analysis, index, infarct, numbers[index]) for index in sorted(logits)}
    found: dict[str, Any] = {
        "vote": {"positive": vote.positive, "scored": vote.scored, "needed": vote.needed, "verdict": vote.is_positive},
        "slices": rows,
        "heat": _joined(heat),
    }
    if diseased is not None:
        shown = [logits[i] for i in logits if inside[i]]
        others = [logits[i] for i in logits if not inside[i]]
        found["diseased"] = {
            "slices": list(diseased),
            "mean_logit": _mean(shown),
            "mean_logit_of_others": _mean(others),
            "heat": _joined({i: heat[i] for i in heat if inside[i]}),
        }
    return found


def _within(span: tuple[int, int] | None, numbers: list[int]) -> Mask:
    return np.array([span is not None and span[0] <= number <= span[1] for number in numbers], dtype=np.bool_)


def _mean(values: list[float]) -> float | None:
    return round(float(np.mean(values)), 4) if values else None


def _shares(
    volume: Volume, analysis: Analysis, index: int, infarct: Rectangle | None, number: int
) -> Mapping[str, float]:
    """Heat of one slice by what lies under it, and over all of it."""
    raw = analysis.map_of(index)
    if raw is None:
        return dict.fromkeys(CLASSES, 0.0)
    heat = project(raw, analysis.mapping).astype(np.float64)
    kinds = tissues(volume.hu[index].astype(np.float32), volume.spacing_mm or (1.0, 1.0))
    if infarct is not None and infarct.slices[0] <= number <= infarct.slices[1]:
        box = (slice(infarct.rows[0], infarct.rows[1] + 1), slice(infarct.columns[0], infarct.columns[1] + 1))
        kinds[box] = CLASSES.index("infarct")
    sums = np.bincount(kinds.ravel(), heat.ravel(), minlength=len(CLASSES))
    return dict(zip(CLASSES, sums.tolist(), strict=True))


def tissues(hu: NDArray[np.float32], spacing_mm: tuple[float, float]) -> NDArray[np.int64]:
    """Which of :data:`CLASSES` each pixel of a slice is, as positions; nothing is called infarct here."""
    from scipy import ndimage

    bone = ndimage.binary_closing(np.pad(hu > _SKULL_HU, 8), iterations=_CLOSED_PX)[8:-8, 8:-8]
    inside = ndimage.binary_fill_holes(bone) & ~bone
    depth = ndimage.distance_transform_edt(inside, sampling=spacing_mm)
    smooth = ndimage.gaussian_filter(np.clip(hu, -50, 100), [_SMOOTH_MM / mm for mm in spacing_mm])
    kinds: NDArray[np.int64] = np.full(hu.shape, CLASSES.index("outside the head"), dtype=np.int64)
    for upper, name in (
        (np.inf, "gray matter"),
        (_WHITE_HU, "white matter"),
        (_DARK_HU, "dark white matter"),
        (_FLUID_HU, "ventricles and fluid"),
    ):
        kinds[inside & (smooth < upper)] = CLASSES.index(name)
    kinds[inside & (depth < _RIM_MM)] = CLASSES.index("rim below the skull")
    kinds[bone] = CLASSES.index("skull")
    return kinds


def _joined(heat: Mapping[int, Mapping[str, float]]) -> dict[str, float]:
    """Shares of all heat of some slices."""
    sums = {name: sum(row[name] for row in heat.values()) for name in CLASSES}
    total = sum(sums.values())
    return {name: round(value / total, 4) if total > 0 else 0.0 for name, value in sums.items()}
