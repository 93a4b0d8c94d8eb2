"""Recruits a cohort: one record a patient from a seed, before anything is simulated: readable and countable."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from leukoviewer.core.csv_text import csv_text
from leukoviewer.errors import UsageError
from trainer.simulation.draws import Draws, seed_of

MOST_PATIENTS = 99_999
MOST_SEED = 99_999

# Median lesion volume by grade in mL and its spread (Chen 2018: about 4, 21 and 48 mL), with the limits of each grade.
LESION_ML: Mapping[int, tuple[float, float, float, float]] = {
    1: (4.0, 0.40, 1.8, 9.0),
    2: (21.0, 0.28, 9.5, 33.0),
    3: (48.0, 0.30, 33.0, 110.0),
}

# Probability at 65 years and its growth by decade (calcifications: Tabriz n=1569, Kwak n=2877; infarcts and bleeding:
# chosen so that each kind is met in a cohort of a thousand).
DISTRACTORS: Mapping[str, tuple[float, float]] = {
    "calcified_pineal": (0.70, 0.05),
    "calcified_choroid": (0.60, 0.06),
    "calcified_falx": (0.14, 0.03),
    "calcified_basal_ganglia": (0.05, 0.015),
    "calcified_artery": (0.25, 0.10),
    "old_infarct": (0.14, 0.03),
    "lacunes": (0.16, 0.05),
    "perivascular_spaces": (0.15, 0.05),
    "acute_infarct": (0.06, 0.01),
    "hemorrhage_intraparenchymal": (0.030, 0.005),
    "hemorrhage_subdural": (0.030, 0.008),
    "hemorrhage_subarachnoid": (0.015, 0.0),
    "hemorrhage_intraventricular": (0.010, 0.0),
    "hemorrhage_epidural": (0.006, 0.0),
    "hyperdense_artery": (0.03, 0.0),
    "shunt": (0.012, 0.0),
    "motion": (0.05, 0.015),
}


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """What a cohort is drawn from.

    Parameters
    ----------
    name : str
        Its name on the command line.
    digit : int
        First digit of its patients' ids: ids are unique across cohorts and seeds.
    prevalence : float
        Share of patients with leukoencephalopathy.
    grades : mapping of int to float
        Share of the grades among the positives.
    ages : tuple of float
        Mean age of negatives and of positives, in years.
    atrophy : tuple of float
        Probability of atrophy of negatives and of positives: the confounder (paper: 80-90 % of patients have both).
    scanners, protocols : mapping of str to float
        Weights of the scanner profiles and scan protocols.
    artefacts : float
        Factor on the probability of motion and devices.
    wanted : tuple of str
        Kinds of findings of which every patient has one: its name or a word of it (``infarct``).
    """

    name: str
    digit: int
    prevalence: float
    grades: Mapping[int, float]
    ages: tuple[float, float]
    atrophy: tuple[float, float]
    scanners: Mapping[str, float]
    protocols: Mapping[str, float]
    artefacts: float = 1.0
    wanted: tuple[str, ...] = ()


_SITE_SCANNERS = {"site-a": 0.55, "site-b": 0.30, "site-c": 0.15}
_SITE_PROTOCOLS = {
    "mixed_4_7": 0.32,
    "thick_5": 0.34,
    "thick_5_wide": 0.06,
    "mixed_3_6": 0.12,
    "thick_4": 0.10,
    "thick_6": 0.06,
}
_GRADES = {1: 0.35, 2: 0.35, 3: 0.30}

PLANS: Mapping[str, CohortPlan] = {
    plan.name: plan
    for plan in (
        # The paper's hospital: 633 of 1,244 patients with the disease.
        CohortPlan("paper", 1, 633 / 1244, _GRADES, (67.0, 71.5), (0.62, 0.83), _SITE_SCANNERS, _SITE_PROTOCOLS),
        CohortPlan(
            "external",
            2,
            0.20,
            _GRADES,
            (71.0, 75.0),
            (0.62, 0.83),
            {"elsewhere": 1.0},
            {"thick_25": 0.5, "thick_3": 0.5},
        ),
        CohortPlan(
            "stress",
            3,
            633 / 1244,
            _GRADES,
            (67.0, 71.5),
            (0.62, 0.83),
            {"low-dose": 0.4, "sharp": 0.3, "off-calibration": 0.3},
            {"mixed_4_7": 0.2, "thick_8": 0.2, "steep": 0.3, "thin_125": 0.1, "thick_5_wide": 0.2},
            artefacts=6.0,
        ),
        # Nobody with the disease, everybody with something that a model may take for it: how many it calls in error.
        CohortPlan(
            "mimics",
            7,
            0.0,
            _GRADES,
            (71.0, 71.0),
            (0.62, 0.83),
            {"site-a": 0.25, "site-b": 0.15, "site-c": 0.25, "low-dose": 0.35},
            _SITE_PROTOCOLS,
            wanted=("infarct", "hemorrhage"),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """One simulated patient before the simulation.

    Parameters
    ----------
    id : str
        Eleven digits: cohort, seed, number.
    cohort : str
        Name of the cohort.
    age : int
        Years, 40 to 95.
    sex : str
        ``"F"`` or ``"M"``.
    grade : int
        White-matter disease, 0 (none or the thin caps of normal aging) to 3 (confluent).
    lesion_ml : float
        Target volume of the disease in mL.
    atrophy : float
        Loss of brain tissue, 0 (none) to 1 (severe).
    distractors : tuple of str
        Further findings, keys of `DISTRACTORS`.
    scanner, protocol : str
        Names of the scanner profile and the scan protocol.
    seed : int
        Seed of everything that is drawn for the patient.
    """

    id: str
    cohort: str
    age: int
    sex: str
    grade: int
    lesion_ml: float
    atrophy: float
    distractors: tuple[str, ...]
    scanner: str
    protocol: str
    seed: int = field(repr=False)

    def __post_init__(self) -> None:
        if self.grade not in range(4) or not 0 <= self.atrophy <= 1 or self.lesion_ml < 0:
            raise ValueError(f"impossible patient record {self.id}")

    @property
    def positive(self) -> bool:
        """Whether the patient counts as having leukoencephalopathy."""
        return self.grade > 0


def recruit(cohort: str, *, patients: int, seed: int) -> tuple[PatientRecord, ...]:
    """Draw the records of a cohort; the first n of a larger cohort with the same seed are the same patients.

    Parameters
    ----------
    cohort : str
        A key of `PLANS`.
    patients, seed : int
        Size, and the seed of all draws.

    Raises
    ------
    UsageError
        When the cohort is unknown or a number is out of range.
    """
    if not 1 <= patients <= MOST_PATIENTS:
        raise UsageError(f"The number of patients must lie between 1 and {MOST_PATIENTS}.", thing=patients)
    plan = plan_of(cohort, seed=seed)
    return tuple(draw_record(plan, seed=seed, number=number) for number in range(1, patients + 1))


def plan_of(cohort: str, *, seed: int) -> CohortPlan:
    """Return the plan of a cohort that is to be drawn with a seed.

    Raises
    ------
    UsageError
        When the cohort is unknown or the seed is out of range.
    """
    if cohort not in PLANS:
        raise UsageError(f"There is no cohort named {cohort!r}; choose one of {', '.join(PLANS)}.", thing=cohort)
    if not 0 <= seed <= MOST_SEED:
        raise UsageError(f"The seed must lie between 0 and {MOST_SEED}.", thing=seed)
    return PLANS[cohort]


def draw_record(plan: CohortPlan, *, seed: int, number: int) -> PatientRecord:
    """Draw one patient of a plan: the same for the same name of the plan, seed and number."""
    draws = Draws("recruit", plan.name, seed, number)
    grade = int(draws.choice({str(g): w for g, w in plan.grades.items()})) if draws.chance(plan.prevalence) else 0
    age = round(min(95.0, max(40.0, draws.normal(plan.ages[grade > 0], 10.5))))
    atrophy = _atrophy(draws, age, probability=plan.atrophy[grade > 0])
    found = tuple(name for name in DISTRACTORS if draws.chance(_probability(plan, name, age, grade)))
    record = PatientRecord(
        id=f"{plan.digit}{seed:05d}{number:05d}",
        cohort=plan.name,
        age=age,
        sex="F" if draws.chance(0.52) else "M",
        grade=grade,
        lesion_ml=_volume(draws, grade, age),
        atrophy=atrophy,
        distractors=found,
        scanner=draws.choice(dict(plan.scanners)),
        protocol=draws.choice(dict(plan.protocols)),
        seed=seed_of("patient", plan.name, seed, number),
    )
    return _with_one_of(record, plan.wanted) if plan.wanted else record


def findings_like(word: str) -> tuple[str, ...]:
    """Names of the findings of a kind: that name itself, or all that hold the word.

    Raises
    ------
    UsageError
        There is none.
    """
    found = tuple(name for name in DISTRACTORS if word == name or word in name.split("_"))
    if not found:
        raise UsageError(f"There is no finding named {word!r}; choose one of {', '.join(DISTRACTORS)}.", thing=word)
    return found


def wanted_findings(plan: CohortPlan) -> frozenset[str]:
    """Names of the findings of which every patient of a plan has one; none where chance alone gives them."""
    return frozenset(name for word in plan.wanted for name in findings_like(word))


def _with_one_of(record: PatientRecord, wanted: tuple[str, ...]) -> PatientRecord:
    """The patient with a finding of one of the kinds, which chance takes; as it is where it has such a one."""
    index = Draws(record.seed, "wanted kind").integer(0, len(wanted) - 1)
    names = findings_like(wanted[index])
    if set(record.distractors) & set(names):
        return record
    chosen = Draws(record.seed, "wanted finding").choice({name: DISTRACTORS[name][0] for name in names})
    return replace(record, distractors=tuple(n for n in DISTRACTORS if n == chosen or n in record.distractors))


def _atrophy(draws: Draws, age: int, *, probability: float) -> float:
    """Atrophy from age, with the label's weak pull: older patients pass the limit of 0.35 more often."""
    odds = math.log(probability / (1 - probability)) + 0.045 * (age - 69)
    present = draws.chance(1 / (1 + math.exp(-odds)))
    grown = 0.12 * draws.normal(0, 1) + 0.010 * (age - 69)
    if present:
        return round(min(1.0, max(0.35, 0.58 + grown)), 3)
    return round(min(0.349, max(0.0, 0.18 + grown)), 3)


def _volume(draws: Draws, grade: int, age: int) -> float:
    """Target lesion volume in mL; without the disease none or the thin caps that come with age."""
    if grade == 0:
        caps = draws.chance(min(0.8, max(0.1, 0.4 + 0.02 * (age - 65))))
        return round(draws.uniform(0.15, 1.2), 2) if caps else 0.0
    median, spread, low, high = LESION_ML[grade]
    return round(min(high, max(low, median * math.exp(draws.normal(0, spread)))), 2)


def _probability(plan: CohortPlan, name: str, age: int, grade: int) -> float:
    base, growth = DISTRACTORS[name]
    chance = base + growth * (age - 65) / 10
    if name == "lacunes":
        chance *= 1.0 + 0.25 * grade
    if name in {"motion", "shunt"}:
        chance *= plan.artefacts
    return min(0.95, max(0.0, chance))


COLUMNS = tuple(f.name for f in fields(PatientRecord))


def to_csv(records: Sequence[PatientRecord]) -> str:
    """Return the recruit table as CSV text: one row a patient, distractors joined by a semicolon."""
    values = ([getattr(record, name) for name in COLUMNS] for record in records)
    return csv_text(COLUMNS, ([";".join(v) if isinstance(v, tuple) else v for v in row] for row in values))


def from_csv(text: str) -> tuple[PatientRecord, ...]:
    """Return the records of a recruit table written by `to_csv`.

    Raises
    ------
    UsageError
        When the text is not such a table.
    """
    try:
        return tuple(
            PatientRecord(
                id=row["id"],
                cohort=row["cohort"],
                age=int(row["age"]),
                sex=row["sex"],
                grade=int(row["grade"]),
                lesion_ml=float(row["lesion_ml"]),
                atrophy=float(row["atrophy"]),
                distractors=tuple(filter(None, row["distractors"].split(";"))),
                scanner=row["scanner"],
                protocol=row["protocol"],
                seed=int(row["seed"]),
            )
            for row in csv.DictReader(io.StringIO(text))
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UsageError("The recruit table cannot be read; simulate the cohort again into an empty folder.") from error
