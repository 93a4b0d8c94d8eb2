"""The fingerprint of a data set: counts, geometry, scanners, HU, prevalence, duplicates and what was refused."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.cases import CaseSet, counted
from trainer.data.fingerprint_facts import PERCENTILES, CaseFacts

SCHEMA = "leukoviewer.fingerprint/1"
# Of what two cases may hold the same, from who it is to the very pixels.
KINDS = ("patient", "study", "series", "instance", "pixels")

_NUMBERS: tuple[tuple[str, Callable[[CaseFacts], float]], ...] = (
    ("slices", lambda facts: facts.slices),
    ("pixel_mm", lambda facts: facts.pixel_mm),
    ("step_mm", lambda facts: facts.step_mm),
    ("thickness_mm", lambda facts: max(facts.thicknesses_mm, default=0.0)),
    ("tilt_deg", lambda facts: abs(facts.tilt_deg)),
    ("kvp", lambda facts: facts.kvp),
    ("age_years", lambda facts: facts.age_years),
)
# Where 0 means that the files do not say.
_UNKNOWN_AT_ZERO = frozenset({"pixel_mm", "step_mm", "thickness_mm", "kvp", "age_years"})
_CATEGORIES: tuple[tuple[str, Callable[[CaseFacts], str]], ...] = (
    ("matrix", lambda facts: f"{facts.rows} x {facts.columns}"),
    ("thicknesses_mm", lambda facts: " and ".join(f"{mm:g}" for mm in facts.thicknesses_mm)),
    ("kernel", lambda facts: facts.kernel),
    ("manufacturer", lambda facts: facts.manufacturer),
    ("model", lambda facts: facts.model),
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two cases have in common.

    Attributes
    ----------
    kind : str
        One of :data:`KINDS`.
    case_id, other_id : str
        The cases.
    count : int
        How many marks of the kind; slices, for instances and pixels.
    same_label : bool
        Whether the two have one label.
    """

    kind: str
    case_id: str = field(repr=False)
    other_id: str = field(repr=False)
    count: int
    same_label: bool


def find_shared(cases: Sequence[PreparedCase]) -> tuple[Shared, ...]:
    """Every pair of cases that holds the same patient, study, series, instance or picture, by kind.

    Of several cases with one mark each is paired with the first.
    """
    holders: dict[tuple[str, str], list[PreparedCase]] = defaultdict(list)
    for case in cases:
        for mark in _marks(case):
            holders[mark].append(case)
    pairs: Counter[tuple[str, int, int]] = Counter()
    place = {id(case): index for index, case in enumerate(cases)}
    for (kind, _), held in holders.items():
        for other in held[1:]:
            pairs[kind, place[id(held[0])], place[id(other)]] += 1
    ordered = sorted(pairs, key=lambda pair: (KINDS.index(pair[0]), *pair[1:]))
    return tuple(
        Shared(kind, cases[a].case_id, cases[b].case_id, pairs[kind, a, b], cases[a].label == cases[b].label)
        for kind, a, b in ordered
    )


def fingerprint(found: CaseSet, contents: Sequence[CacheContent]) -> dict[str, Any]:
    """Describe a data set.

    Parameters
    ----------
    found : CaseSet
        What the source found.
    contents : sequence of CacheContent
        The same cases prepared, by one or more recipes.

    Returns
    -------
    dict
        The JSON form, schema :data:`SCHEMA`; it names no case.
    """
    cases = _once(contents)
    labels = np.array([case.label for case in cases], dtype=bool)
    facts = [case.facts for case in cases]
    return {
        "schema": SCHEMA,
        "description": found.description,
        "simulated": found.simulated,
        "patients": {
            "found": len(found.cases) + len(found.unusable),
            "usable": len(cases),
            "persons": len({case.patient for case in cases}),
            "positive": int(labels.sum()),
            "prevalence": round(float(labels.mean()), 4),
            "left_out": len(found.unusable) + len(dict(refused(contents))),
            "with_unreadable_slices": sum(one is not None and one.broken > 0 for one in facts),
        },
        "recipes": [
            {"folder": content.folder.name, "scored_slices": sum(len(case.scored) for case in content.cases)}
            for content in contents
        ],
        "numbers": _numbers(facts, labels),
        "hu": _hu(facts),
        "categories": _categories(facts, labels),
        "warnings": _warnings(facts, labels),
        "shared": _shared(find_shared(cases)),
        "left_out": [
            {"reason": reason, "patients": count}
            for reason, count in sorted(counted((*found.unusable, *refused(contents))), key=lambda pair: -pair[1])
        ],
    }


def refused(contents: Iterable[CacheContent]) -> tuple[tuple[str, str], ...]:
    """The cases that at least one recipe cannot use, each with the first reason."""
    reasons: dict[str, str] = {}
    for case_id, reason in chain.from_iterable(content.refused for content in contents):
        reasons.setdefault(case_id, reason)
    return tuple(reasons.items())


def _once(contents: Sequence[CacheContent]) -> tuple[PreparedCase, ...]:
    cases: dict[str, PreparedCase] = {}
    for case in chain.from_iterable(content.cases for content in contents):
        cases.setdefault(case.case_id, case)
    return tuple(cases.values())


def _marks(case: PreparedCase) -> Iterable[tuple[str, str]]:
    yield "patient", case.patient
    if case.facts is not None and case.facts.series:
        yield "series", case.facts.series
    for mark in case.marks:
        kind, _, value = mark.partition(":")
        yield kind, value


def _numbers(facts: Sequence[CaseFacts | None], labels: np.ndarray[Any, Any]) -> dict[str, dict[str, float | int]]:
    """Of each number its spread, and the medians of both labels: where they differ much lies a shortcut."""
    described: dict[str, dict[str, float | int]] = {}
    for name, read in _NUMBERS:
        values = np.array([np.nan if one is None else read(one) for one in facts], dtype=np.float64)
        if name in _UNKNOWN_AT_ZERO:
            values[values == 0] = np.nan
        described[name] = _spread(values, labels)
    return {name: spread for name, spread in described.items() if spread["known"]}


def _spread(values: np.ndarray[Any, Any], labels: np.ndarray[Any, Any]) -> dict[str, float | int]:
    known = np.isfinite(values)
    if not known.any():
        return {"known": 0}
    low, fifth, median, high_fifth, high = np.percentile(values[known], (0, 5, 50, 95, 100))
    named = {"min": low, "p5": fifth, "median": median, "p95": high_fifth, "max": high}
    for name, side in (("median_with", labels), ("median_without", ~labels)):
        if (known & side).any():
            named[name] = np.median(values[known & side])
    return {"known": int(known.sum()), **{name: round(float(value), 3) for name, value in named.items()}}


def _hu(facts: Sequence[CaseFacts | None]) -> dict[str, dict[str, list[float]]]:
    """Median over patients of each patient's percentiles, with the lowest and the highest patient."""
    described: dict[str, dict[str, list[float]]] = {}
    for name in ("head_hu", "tissue_hu"):
        rows = [getattr(one, name) for one in facts if one is not None and getattr(one, name)]
        if rows:
            table = np.array(rows, dtype=np.float64)
            described[name] = {
                "percentiles": list(PERCENTILES),
                "median": np.median(table, axis=0).round(1).tolist(),
                "lowest": table.min(axis=0).tolist(),
                "highest": table.max(axis=0).tolist(),
            }
    return described


def _categories(
    facts: Sequence[CaseFacts | None], labels: np.ndarray[Any, Any]
) -> dict[str, list[dict[str, str | int]]]:
    return {
        name: _tally((read(one), bool(label)) for one, label in zip(facts, labels, strict=True) if one is not None)
        for name, read in _CATEGORIES
    }


def _warnings(facts: Sequence[CaseFacts | None], labels: np.ndarray[Any, Any]) -> list[dict[str, str | int]]:
    held = ((one.warnings if one is not None else (), bool(label)) for one, label in zip(facts, labels, strict=True))
    return _tally((name, label) for names, label in held for name in names)


def _tally(pairs: Iterable[tuple[str, bool]]) -> list[dict[str, str | int]]:
    """Patients and positive ones by value, the most frequent first."""
    total: Counter[str] = Counter()
    positive: Counter[str] = Counter()
    for stated, label in pairs:
        value = stated or "not stated"
        total[value] += 1
        positive[value] += label
    return [
        {"value": v, "patients": total[v], "positive": positive[v]} for v in sorted(total, key=lambda v: (-total[v], v))
    ]


def _shared(pairs: Sequence[Shared]) -> list[dict[str, Any]]:
    described: list[Mapping[str, Any]] = []
    for kind in KINDS:
        held = [pair for pair in pairs if pair.kind == kind]
        if held:
            cases = {pair.case_id for pair in held} | {pair.other_id for pair in held}
            unlike = sum(not pair.same_label for pair in held)
            described.append(
                {"kind": kind, "patients": len(cases), "marks": sum(p.count for p in held), "unlike_labels": unlike}
            )
    return [dict(one) for one in described]
