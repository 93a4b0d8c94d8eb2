"""Compares two cohorts like with like: they may differ in what their plans name, and in nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from trainer.simulation.recruit import DISTRACTORS, PLANS, CohortPlan, PatientRecord, wanted_findings
from trainer.simulation.report.figures import INSIDE, OUTSIDE, SHOWN, Figure, Values, column, finite
from trainer.simulation.report.patients import Described, Measured
from trainer.simulation.report.table_figures import ATROPHY

# Of some thirty measures, none passes this by chance (two-sided 0.0005 each).
SURE_Z = 3.5
_LEAST = 2

Stratum = Hashable


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure in two cohorts.

    Attributes
    ----------
    first, second : float
        Plain means.
    alike : float
        Second less first among patients who are alike in what the measure depends on; NaN where none are.
    z : float
        The same in standard errors.
    """

    first: float
    second: float
    alike: float
    z: float

    @property
    def is_sure(self) -> bool:
        """Whether chance is no explanation."""
        return abs(self.z) > SURE_Z


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure of a patient and what it may depend on.

    Attributes
    ----------
    key, title : str
        Short name, name for a reader.
    value : callable
        The number of a patient (NaN: none).
    alike : callable
        Patients with the same answer are compared.
    named : frozenset of str
        Fields of `CohortPlan` that may change the measure among patients who are alike.
    """

    key: str
    title: str
    value: Callable[..., float]
    alike: Callable[..., Stratum]
    named: frozenset[str] = frozenset()


def _record(one: PatientRecord | Described | Measured) -> PatientRecord:
    return one if isinstance(one, PatientRecord) else one.record


def _everyone(_one: object) -> Stratum:
    return 0


def _same_label_and_age(one: PatientRecord) -> Stratum:
    return one.positive, one.age // 5


def _same_grade_and_age(one: PatientRecord) -> Stratum:
    return one.grade, one.age // 5


def _same_grade(one: PatientRecord | Described) -> Stratum:
    return _record(one).grade


def _same_atrophy(one: Measured) -> Stratum:
    return int(one.record.atrophy * 5), one.record.sex


def _has(name: str) -> Callable[[PatientRecord], float]:
    return lambda one: float(name in one.distractors)


def _may_change(finding: str) -> frozenset[str]:
    """Fields of a plan that may change how often a finding is met."""
    artefacts = {"artefacts"} if finding in {"motion", "shunt"} else set()
    is_wanted = any(finding in wanted_findings(plan) for plan in PLANS.values())
    return frozenset(artefacts | ({"wanted"} if is_wanted else set()))


_PROTOCOLS, _SCANNERS = frozenset({"protocols"}), frozenset({"scanners"})

IN_TABLE: tuple[Compared, ...] = (
    Compared("positive", "Share with the disease", lambda r: float(r.positive), _everyone, frozenset({"prevalence"})),
    *(
        Compared(
            f"grade_{grade}",
            f"Grade {grade} among the ill",
            lambda r, grade=grade: float(r.grade == grade) if r.positive else math.nan,
            _everyone,
            frozenset({"grades"}),
        )
        for grade in (1, 2, 3)
    ),
    Compared("age", "Age", lambda r: float(r.age), lambda r: r.positive, frozenset({"ages"})),
    Compared("women", "Share of women", lambda r: float(r.sex == "F"), _everyone),
    Compared("atrophy", "Atrophy", lambda r: float(r.atrophy >= ATROPHY), _same_label_and_age, frozenset({"atrophy"})),
    Compared("atrophy_degree", "Degree of atrophy", lambda r: r.atrophy, _same_label_and_age, frozenset({"atrophy"})),
    Compared(
        "lesion_asked",
        "Volume asked (logarithm)",
        lambda r: math.log(r.lesion_ml) if r.grade else math.nan,
        _same_grade,
    ),
    *(
        Compared(
            f"finding_{name}",
            name.replace("_", " ").capitalize(),
            _has(name),
            _same_grade_and_age,
            _may_change(name),
        )
        for name in DISTRACTORS
    ),
)
IN_TRUTH: tuple[Compared, ...] = (
    Compared("slices", "Number of slices", lambda d: float(d.slices), _everyone, _PROTOCOLS),
    Compared("tilt", "Tilt in degrees, without its sign", lambda d: abs(d.tilt_deg), _everyone, _PROTOCOLS),
)
IN_PICTURE: tuple[Compared, ...] = (
    Compared("noise", "Noise in HU", lambda m: m.measures.noise_hu, _everyone, _SCANNERS | _PROTOCOLS),
    Compared("noise_grain", "Mean frequency of the noise per mm", lambda m: m.measures.grain, _everyone, _SCANNERS),
    Compared("white_hu", "White matter in HU", lambda m: m.measures.white_hu, _same_grade, _SCANNERS),
    Compared(
        "contrast", "Grey less white in HU", lambda m: m.measures.contrast_hu, _same_grade, _SCANNERS | _PROTOCOLS
    ),
    Compared(
        "contrast_painted",
        "Grey less white in HU, pure tissue",
        lambda m: m.known.grey_painted_hu - m.known.white_painted_hu if m.known else math.nan,
        _everyone,
    ),
    Compared(
        "ventricles", "Ventricles in mL, true", lambda m: m.known.ventricle_ml if m.known else math.nan, _same_atrophy
    ),
)


def changed_fields(first: CohortPlan, second: CohortPlan) -> frozenset[str]:
    """Names of what two plans state differently: the measures in which their cohorts are meant to differ."""
    names = (f.name for f in fields(CohortPlan) if f.name not in {"name", "digit"})
    return frozenset(name for name in names if getattr(first, name) != getattr(second, name))


def difference(compared: Compared, first: Sequence[object], second: Sequence[object]) -> Difference:
    """Compare a measure, stratum by stratum, each weighted by how much it can tell (Mantel and Haenszel)."""
    sides = [_by_stratum(compared, side) for side in (first, second)]
    top = bottom = variance = 0.0
    for stratum in sides[0].keys() & sides[1].keys():
        one, other = sides[0][stratum], sides[1][stratum]
        if min(one.size, other.size) < _LEAST:
            continue
        weight = one.size * other.size / (one.size + other.size)
        # Both sides share their variance if they do not differ; a stratum without any hit has not none, but little.
        pooled = float(np.concatenate([one, other]).var(ddof=1))
        top += weight * float(other.mean() - one.mean())
        bottom += weight
        variance += weight**2 * pooled * (1 / one.size + 1 / other.size)
    means = [float(np.concatenate(list(side.values())).mean()) if side else math.nan for side in sides]
    if bottom == 0:
        return Difference(means[0], means[1], math.nan, math.nan)
    if variance <= 0:
        same = abs(top) < 1e-12
        return Difference(means[0], means[1], top / bottom, 0.0 if same else math.copysign(math.inf, top))
    return Difference(means[0], means[1], top / bottom, top / math.sqrt(variance))


def _by_stratum(compared: Compared, side: Sequence[object]) -> dict[Stratum, Values]:
    held: dict[Stratum, list[float]] = {}
    for one in side:
        value = compared.value(one)
        if math.isfinite(value):
            held.setdefault(compared.alike(one), []).append(value)
    return {stratum: column(values) for stratum, values in held.items()}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two cohorts: its name and what is known of its patients."""

    name: str
    records: tuple[PatientRecord, ...]
    finished: tuple[Described, ...] = ()
    measured: tuple[Measured, ...] = ()


def compare(first: Side, second: Side) -> list[Figure]:
    """Return a figure a measure: whether it differs, and whether it may."""
    changed = changed_fields(PLANS[first.name], PLANS[second.name])
    group = f"{second.name} against {first.name}"
    figures = [_named(group, changed)]
    parts: Mapping[tuple[Compared, ...], tuple[Sequence[object], Sequence[object]]] = {
        IN_TABLE: (first.records, second.records),
        IN_TRUTH: (first.finished, second.finished),
        IN_PICTURE: (first.measured, second.measured),
    }
    for measures, (one, other) in parts.items():
        figures += [_judge(group, m, difference(m, one, other), changed) for m in measures if one and other]
    return figures


def _named(group: str, changed: frozenset[str]) -> Figure:
    words = ", ".join(sorted(changed)) or "nothing"
    return Figure("named", group, "What the plans state differently", words, reason="read from the plans themselves")


def _judge(group: str, measure: Compared, found: Difference, changed: frozenset[str]) -> Figure:
    named = measure.named & changed
    if not math.isfinite(found.alike):
        verdict, reason = SHOWN, "no patients are alike enough to be compared"
    elif found.is_sure and not named:
        verdict, reason = OUTSIDE, "differs though the plans do not name it"
    elif named and not found.is_sure:
        verdict, reason = SHOWN, f"named ({', '.join(sorted(named))}), but not seen in so few patients"
    else:
        verdict, reason = INSIDE, f"differs, as named ({', '.join(sorted(named))})" if named else ""
    words = f"{found.first:.3g} and {found.second:.3g}; "
    words += f"like with like {found.alike:+.3g} ({found.z:+.1f} SE)" if math.isfinite(found.alike) else "none alike"
    numbers = {n: finite(getattr(found, n)) for n in ("first", "second", "alike", "z")}
    allowed = "may differ" if named else f"alike (at most {SURE_Z:g} standard errors)"
    return Figure(
        measure.key, group, measure.title, words, numbers, allowed, "design: the cohorts' plans", verdict, reason
    )
