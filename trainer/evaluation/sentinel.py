"""The leakage sentinel: with labels permuted by patient, what is learnt must tell nothing about held-out patients.

A pipeline that leaks (a patient on two sides, slices under two ids, a loader that writes the label into the picture)
still tells the permuted labels apart. Labels are permuted before anything is trained, by patient; cases that share a
mark are one patient here whatever their ids say. Within each side the permuted label is spread evenly over the true
ones, so that a network that finds the disease all the same gains nothing by it.

Whether the score of held-out patients lies above chance is judged exactly: their permuted labels are as good as any
other order of them, so the AUC is compared with those of many such orders (a permutation test, which asks nothing of
the model).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from leukoviewer.errors import UsageError
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.splits import PARTS, Split
from trainer.evaluation.bootstrap import Index, Interval, over_patients
from trainer.evaluation.metrics import accuracy, auc

_ORDERS = 2000
# One in a hundred clean runs is called a leak; with several runs at this level the doubt is worth a look.
_LEVEL = 0.01
# When chance alone may reach such an AUC, a leak could hide in it.
_BLIND = 0.85


class Verdict(StrEnum):
    """What the sentinel says."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one learner reached on held-out patients with permuted labels.

    Attributes
    ----------
    learner : str
        What was trained.
    auc, accuracy : Interval
        By patient, with the interval over resampled patients; the accuracy at the threshold that splits the patients
        as their labels do.
    chance_high : float
        The AUC that chance alone stays below in 99 of 100 orders of the labels.
    p : float
        Share of the orders of the labels that reach this AUC.
    patients : int
        How many were held out.
    """

    learner: str
    auc: Interval
    accuracy: Interval
    chance_high: float
    p: float
    patients: int

    @property
    def verdict(self) -> Verdict:
        """Failed above chance; undecided where the patients are too few to tell."""
        if self.p < _LEVEL:
            return Verdict.FAILED
        return Verdict.UNDECIDED if self.chance_high > _BLIND else Verdict.PASSED

    def to_json(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "learner": self.learner,
            "verdict": self.verdict.value,
            "auc": self.auc.to_json(),
            "accuracy": self.accuracy.to_json(),
            "chance_high": round(self.chance_high, 4),
            "p": round(self.p, 5),
            "patients": self.patients,
        }


def permuted(content: CacheContent, split: Split, *, seed: int = 0) -> CacheContent:
    """The same cases with labels permuted by patient.

    Raises
    ------
    UsageError
        A side holds too few patients for two permuted labels.
    """
    labels = permuted_labels(content.cases, split, seed=seed)
    return replace(content, cases=tuple(replace(case, label=labels[case.case_id]) for case in content.cases))


def permuted_labels(cases: Sequence[PreparedCase], split: Split, *, seed: int = 0) -> Mapping[str, int]:
    """A label by chance for each case: one for each group of cases that are one patient or share any mark.

    Raises
    ------
    UsageError
        A side holds too few patients for two permuted labels.
    """
    chance = np.random.default_rng(seed)
    side = {case_id: part for part in PARTS for case_id in split.parts[part]}
    strata: dict[tuple[str, int], list[list[PreparedCase]]] = defaultdict(list)
    for group in _groups([case for case in cases if case.case_id in side]):
        part = min((side[case.case_id] for case in group), key=PARTS.index)
        strata[part, max(case.label for case in group)].append(group)
    labels = {case.case_id: case.label for case in cases}
    for part in PARTS:
        count = {label: len(strata[part, label]) for label in (0, 1)}
        share = count[1] / max(1, sum(count.values()))
        for label in (0, 1):
            for group, drawn in zip(strata[part, label], _drawn(count[label], share, chance), strict=True):
                labels.update({case.case_id: drawn for case in group})
    for part in PARTS:
        held = [labels[case.case_id] for case in cases if side.get(case.case_id) == part]
        if len(set(held)) < 2:
            raise UsageError(
                f"The {part} side holds too few patients for the sentinel's permuted labels; give it more patients.",
                thing=part,
            )
    return labels


def judge(
    learner: str, scores: Mapping[str, float], cases: Sequence[PreparedCase], *, seed: int = 0, resamples: int = _ORDERS
) -> Finding:
    """Hold the scores of held-out patients against chance.

    Parameters
    ----------
    learner : str
        What was trained.
    scores : mapping of str to float
        One score a case.
    cases : sequence of PreparedCase
        The held-out cases with their permuted labels; those of one patient count once, by the mean of their scores.
    seed, resamples : int
        Of the orders of the labels and of the bootstrap.

    Raises
    ------
    UsageError
        The held-out patients carry one label alone.
    """
    people = _groups(cases)
    labels = np.array([group[0].label for group in people], dtype=np.int64)
    values = np.array([np.mean([scores[case.case_id] for case in group]) for group in people], dtype=np.float64)
    if len(set(labels.tolist())) < 2:
        raise UsageError("The held-out patients carry one permuted label alone; the sentinel needs more patients.")
    reached = auc(labels, values)
    chance = np.random.default_rng(seed)
    orders = np.array([auc(chance.permutation(labels), values) for _ in range(resamples)])
    called = values >= np.sort(values)[-int(labels.sum())]
    count = len(labels)
    return Finding(
        learner=learner,
        auc=_interval(lambda chosen: auc(labels[chosen], values[chosen]), count, resamples, seed),
        accuracy=_interval(lambda chosen: accuracy(labels[chosen], called[chosen]), count, resamples, seed),
        chance_high=float(np.quantile(orders, 1 - _LEVEL)),
        p=float((1 + np.count_nonzero(orders >= reached - 1e-12)) / (1 + resamples)),
        patients=count,
    )


def _interval(figure: Callable[[Index], float], count: int, resamples: int, seed: int) -> Interval:
    return over_patients(figure, count, resamples=resamples, confidence=0.95, seed=seed)


def _drawn(count: int, share: float, chance: np.random.Generator) -> NDArray[np.int64]:
    """So many labels of which ``share`` are 1, in a random order; a fraction is rounded by chance."""
    wanted = count * share
    ones = int(wanted) + int(chance.random() < wanted - int(wanted))
    return chance.permutation(np.repeat([1, 0], [ones, count - ones]).astype(np.int64))


def _groups(cases: Sequence[PreparedCase]) -> list[list[PreparedCase]]:
    """Cases that are one patient or share a mark, directly or through others, in the order of their first."""
    parent = list(range(len(cases)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    first: dict[str, int] = {}
    for index, case in enumerate(cases):
        for mark in (f"patient:{case.patient}", *case.marks):
            parent[root(index)] = root(first.setdefault(mark, index))
    groups: dict[int, list[PreparedCase]] = defaultdict(list)
    for index, case in enumerate(cases):
        groups[root(index)].append(case)
    return list(groups.values())
