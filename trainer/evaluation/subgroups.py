"""How a model does on parts of a cohort: by grade, atrophy, findings, slices, kernel and noise, with false alarms."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.evaluation import metrics
from trainer.evaluation.cohort import Judged, Sampling, interval
from trainer.evaluation.cohort_records import Known
from trainer.simulation.recruit import DISTRACTORS

# From here on a patient's JSON speaks of atrophy.
ATROPHY = 0.35
# Edges of the groups of slice thickness, in mm.
_THICKNESS_MM = (0.0, 3.0, 5.0, math.inf)
_Z_95 = 1.959964
_DECIMALS = 6
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """A part of a cohort.

    Attributes
    ----------
    by, name : str
        What it is divided by, and which part it is.
    members : array of bool, shape (patients,)
        Who belongs to it.
    """

    by: str
    name: str
    members: Mask


def groups(known: Sequence[Known], thickness_mm: Sequence[float]) -> list[Group]:
    """All parts of a cohort; those of a grade hold the patients without the disease too, to be told apart from."""
    record = [one.record for one in known]
    grade = np.array([one.grade for one in record])
    atrophy = np.array([one.atrophy >= ATROPHY for one in record])
    noise = np.array([one.noise_hu for one in known])
    low, high = np.quantile(noise, (1 / 3, 2 / 3))
    thick = np.asarray(thickness_mm, dtype=np.float64)
    found = [Group("grade", f"grade {g} against none", (grade == g) | (grade == 0)) for g in (1, 2, 3)]
    found += [Group("atrophy", "with atrophy", atrophy), Group("atrophy", "without atrophy", ~atrophy)]
    found += [Group("finding", name.replace("_", " "), _has(known, (name,))) for name in DISTRACTORS]
    found += [Group("thickness", _span(a, b), (thick > a) & (thick <= b)) for a, b in itertools.pairwise(_THICKNESS_MM)]
    kernels = [one.kernel for one in known]
    found += [Group("kernel", name, np.array([k == name for k in kernels])) for name in sorted(set(kernels))]
    found += [
        Group("noise", f"low, up to {low:.2f} HU", noise <= low),
        Group("noise", f"middle, up to {high:.2f} HU", (noise > low) & (noise <= high)),
        Group("noise", f"heavy, above {high:.2f} HU", noise > high),
    ]
    return found


def table(judged: Judged, parts: Sequence[Group], sampling: Sampling) -> list[dict[str, Any]]:
    """One row a part that holds anybody: counts, AUC, sensitivity and false-positive rate with their intervals."""
    return [_row(judged, part, sampling) for part in parts if part.members.any()]


def false_alarms(judged: Judged, known: Sequence[Known]) -> dict[str, dict[str, Any]]:
    """False-positive rate of patients without the disease who have something else instead."""
    noise = np.array([one.noise_hu for one in known])
    atrophy = np.array([one.record.atrophy >= ATROPHY for one in known])
    wanted: Mapping[str, Mask] = {
        "all": np.ones(len(known), dtype=np.bool_),
        "atrophy": atrophy,
        "infarct": _has(known, ("old_infarct", "acute_infarct")),
        "hemorrhage": _has(known, tuple(name for name in DISTRACTORS if name.startswith("hemorrhage"))),
        "heavy noise": noise > np.quantile(noise, 2 / 3),
    }
    healthy = judged.labels == 0
    return {name: share(judged.calls[mask & healthy]) for name, mask in wanted.items()}


def share(called: Mask) -> dict[str, Any]:
    """A share with its count and its interval by Wilson (1927), which holds for few patients too."""
    count = len(called)
    if not count:
        return {"value": None, "low": None, "high": None, "called": 0, "patients": 0}
    value = float(called.mean())
    spread = 1 + _Z_95**2 / count
    middle = (value + _Z_95**2 / (2 * count)) / spread
    half = _Z_95 * math.sqrt(value * (1 - value) / count + _Z_95**2 / (4 * count**2)) / spread
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    numbers = {"value": value, "low": low, "high": high}
    rounded = {name: round(number, _DECIMALS) for name, number in numbers.items()}
    return {**rounded, "called": int(called.sum()), "patients": count}


def _row(judged: Judged, part: Group, sampling: Sampling) -> dict[str, Any]:
    labels, calls = judged.labels[part.members], judged.calls[part.members]
    values = judged.patient[part.members]
    return {
        "by": part.by,
        "name": part.name,
        "positive": int(labels.sum()),
        "negative": int((labels == 0).sum()),
        "auc": interval(metrics.auc, labels, values, sampling=sampling),
        "sensitivity": share(calls[labels == 1]),
        "false_positive_rate": share(calls[labels == 0]),
    }


def _has(known: Sequence[Known], names: tuple[str, ...]) -> Mask:
    return np.array([any(name in one.record.distractors for name in names) for one in known])


def _span(low: float, high: float) -> str:
    if low == 0:
        return f"up to {high:g} mm"
    return f"above {low:g} mm" if math.isinf(high) else f"above {low:g} to {high:g} mm"
