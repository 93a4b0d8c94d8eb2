"""Where the models that were run on a series disagree (pure functions)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import Analysis
from leukoviewer.ui.language import plural, tr
from leukoviewer.ui.values import Cutoffs

Judged = tuple[Analysis, Cutoffs]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What several models say differently.

    Attributes
    ----------
    slices : tuple of int
        Native slices that at least one model calls positive and at least one negative; each model at its own limits
        as the reader has them. Slices that fewer than two models scored are never among them.
    patient : bool
        Whether the votes differ.
    sentence : str
        In words; empty with fewer than two results.
    """

    slices: tuple[int, ...] = ()
    patient: bool = False
    sentence: str = ""


def between(judged: Sequence[Judged]) -> Disagreement:
    """Compare results of one series."""
    if len(judged) < 2:
        return Disagreement()
    positive, scored = counts(judged)
    slices = tuple(int(i) for i in np.flatnonzero((positive > 0) & (positive < scored)))
    votes = [is_positive(result, limits) for result, limits in judged]
    differs = len(set(votes)) > 1
    return Disagreement(slices, differs, _sentence(judged, votes, len(slices)))


def counts(judged: Sequence[Judged]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each native slice by how many models it is positive, and by how many it was scored."""
    scores = np.stack([result.by_native() for result, _ in judged])
    limits = np.array([cutoffs.slice_threshold for _, cutoffs in judged])[:, None]
    with np.errstate(invalid="ignore"):
        positive: NDArray[np.int64] = (scores >= limits).sum(axis=0)
    return positive, np.isfinite(scores).sum(axis=0)


def is_positive(result: Analysis, limits: Cutoffs) -> bool:
    """A model's vote at the reader's limits."""
    return result.vote(slice_threshold=limits.slice_threshold, needed=limits.needed).is_positive


def _sentence(judged: Sequence[Judged], votes: Sequence[bool], slices: int) -> str:
    where = plural(slices, "on {} slice", "on {} slices") if slices else tr("on no slice")
    if len(set(votes)) == 1:
        verdict = tr("positive") if votes[0] else tr("negative")
        words = tr("{} models agree that the patient is {}; they disagree {}.")
        return words.format(len(votes), verdict, where)
    names = {
        vote: [r.package.id for (r, _), v in zip(judged, votes, strict=True) if v is vote] for vote in (True, False)
    }
    both = tr("{} and {}")
    joined = {vote: reduce(both.format, ids) for vote, ids in names.items()}
    words = tr("The models disagree on the patient: positive by {}, negative by {}; they disagree {}.")
    return words.format(joined[True], joined[False], where)
