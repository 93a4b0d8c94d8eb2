"""The recruit table: countable, reproducible, with the confounder of the paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import numpy as np
import pytest

from leukoviewer.errors import UsageError
from tests.trainer.simulation.records import record_of
from trainer.simulation.protocol import PROTOCOLS
from trainer.simulation.recruit import (
    DISTRACTORS,
    LESION_ML,
    PLANS,
    CohortPlan,
    PatientRecord,
    findings_like,
    from_csv,
    recruit,
    to_csv,
)
from trainer.simulation.scanner import SCANNERS


@pytest.fixture(scope="module")
def many() -> tuple[PatientRecord, ...]:
    return recruit("paper", patients=3000, seed=11)


def _rank_auc(positive: np.ndarray, value: np.ndarray) -> float:
    ranks = value.argsort().argsort() + 1
    n = int(positive.sum())
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(positive) - n)))


def test_the_same_seed_recruits_the_same_patients() -> None:
    assert recruit("paper", patients=20, seed=5) == recruit("paper", patients=20, seed=5)


def test_a_smaller_cohort_is_the_beginning_of_a_larger_one() -> None:
    assert recruit("paper", patients=30, seed=5)[:10] == recruit("paper", patients=10, seed=5)


def test_another_seed_recruits_others() -> None:
    assert recruit("paper", patients=20, seed=5) != recruit("paper", patients=20, seed=6)


def test_ids_are_unique_across_cohorts_and_seeds() -> None:
    ids = [r.id for cohort in PLANS for seed in (0, 1, 99_999) for r in recruit(cohort, patients=50, seed=seed)]
    assert len(ids) == len(set(ids)) == 150 * len(PLANS)
    assert all(len(i) == 11 and i.isdigit() for i in ids)


def test_the_prevalence_is_the_papers(many: tuple[PatientRecord, ...]) -> None:
    assert np.mean([r.positive for r in many]) == pytest.approx(633 / 1244, abs=0.03)


def test_the_external_cohort_is_older_and_has_fewer_patients_with_the_disease(many: tuple[PatientRecord, ...]) -> None:
    external = recruit("external", patients=2000, seed=11)
    assert np.mean([r.positive for r in external]) == pytest.approx(0.20, abs=0.03)
    healthy = [np.mean([r.age for r in cohort if not r.positive]) for cohort in (many, external)]
    assert healthy[1] > healthy[0] + 2
    assert not {r.scanner for r in external} & {r.scanner for r in many}
    assert not {r.protocol for r in external} & {r.protocol for r in many}


@pytest.mark.parametrize(
    ("cohort", "named"),
    [
        ("external", {"name", "digit", "prevalence", "ages", "scanners", "protocols"}),
        ("stress", {"name", "digit", "scanners", "protocols", "artefacts"}),
        ("mimics", {"name", "digit", "prevalence", "ages", "scanners", "wanted"}),
    ],
)
def test_a_cohort_differs_from_the_papers_in_what_it_names_alone(cohort: str, named: set[str]) -> None:
    paper, other = PLANS["paper"], PLANS[cohort]
    assert {f.name for f in fields(CohortPlan) if getattr(paper, f.name) != getattr(other, f.name)} == named


@pytest.mark.parametrize("cohort", ["external", "stress"])
def test_patients_of_other_cohorts_are_else_like_those_of_the_paper(
    cohort: str, many: tuple[PatientRecord, ...]
) -> None:
    """Within the label and at the paper's ages: grades, volumes, sex, atrophy and findings have the same shares."""
    others = recruit(cohort, patients=6000, seed=12)
    assert {r.cohort for r in others} == {cohort}
    pairs = [[[r for r in group if r.grade == grade] for group in (many, others)] for grade in range(4)]
    for grade, (own, theirs) in enumerate(pairs):
        assert np.mean([r.sex == "F" for r in theirs]) == pytest.approx(np.mean([r.sex == "F" for r in own]), abs=0.09)
        if grade:
            volumes = [np.median([r.lesion_ml for r in group]) for group in (own, theirs)]
            assert volumes[1] == pytest.approx(volumes[0], rel=0.12)
            shares = [len(group) / sum(len(pair[i]) for pair in pairs[1:]) for i, group in enumerate((own, theirs))]
            assert shares[1] == pytest.approx(shares[0], abs=0.05)
    of_one_age = [[r for r in group if not r.positive and 64 <= r.age <= 76] for group in (many, others)]
    atrophy = [np.mean([r.atrophy >= 0.35 for r in group]) for group in of_one_age]
    assert atrophy[1] == pytest.approx(atrophy[0], abs=0.07)
    artefacts = {"motion", "shunt"} if cohort == "stress" else set()
    for name in set(DISTRACTORS) - artefacts:
        met = [np.mean([name in r.distractors for r in group]) for group in of_one_age]
        assert met[1] == pytest.approx(met[0], abs=0.07), name
    for name in artefacts:
        met = [np.mean([name in r.distractors for r in group]) for group in of_one_age]
        assert met[1] > 3 * met[0], name


def test_a_stress_cohort_has_odd_geometry_and_scanners_that_the_paper_lacks(many: tuple[PatientRecord, ...]) -> None:
    stress = recruit("stress", patients=2000, seed=11)
    assert not {r.scanner for r in stress} & {r.scanner for r in many}
    assert np.mean([r.protocol in {"steep", "thin_125", "thick_8"} for r in stress]) == pytest.approx(0.6, abs=0.05)
    assert not {"steep", "thin_125", "thick_8"} & {r.protocol for r in many}


def test_nobody_of_the_mimics_has_the_disease_and_all_have_what_looks_like_it() -> None:
    mimics = recruit("mimics", patients=1000, seed=3)
    assert not any(r.positive for r in mimics)
    kinds = {word: [any(word in name for name in r.distractors) for r in mimics] for word in ("infarct", "hemorrhage")}
    assert all(a or b for a, b in zip(*kinds.values(), strict=True))
    assert all(0.45 < np.mean(has) < 0.75 for has in kinds.values())
    met = {name for r in mimics for name in r.distractors}
    assert met == set(DISTRACTORS)
    assert all(r.distractors == tuple(n for n in DISTRACTORS if n in r.distractors) for r in mimics)
    assert 0.3 < np.mean([r.scanner == "low-dose" for r in mimics]) < 0.4


@pytest.mark.parametrize(("word", "count"), [("infarct", 2), ("hemorrhage", 5), ("hemorrhage_epidural", 1)])
def test_kinds_of_findings_are_named_by_a_word(word: str, count: int) -> None:
    assert len(findings_like(word)) == count


def test_a_kind_without_findings_is_refused() -> None:
    with pytest.raises(UsageError, match="no finding named 'headache'; choose one of calcified_pineal"):
        findings_like("headache")


def test_atrophy_goes_with_the_disease_but_does_not_give_it_away(many: tuple[PatientRecord, ...]) -> None:
    positive = np.array([r.positive for r in many])
    atrophy = np.array([r.atrophy for r in many])
    assert 0.80 <= (atrophy[positive] >= 0.35).mean() <= 0.90
    assert 0.50 <= (atrophy[~positive] >= 0.35).mean() <= 0.66
    assert 0.55 < _rank_auc(positive, atrophy) <= 0.70


@pytest.mark.parametrize(("grade", "median"), [(1, 4.0), (2, 21.0), (3, 48.0)])
def test_lesion_volumes_follow_their_grade(many: tuple[PatientRecord, ...], grade: int, median: float) -> None:
    volumes = np.array([r.lesion_ml for r in many if r.grade == grade])
    assert np.median(volumes) == pytest.approx(median, rel=0.12)
    assert volumes.min() >= LESION_ML[grade][2]
    assert volumes.max() <= LESION_ML[grade][3]


def test_without_the_disease_there_are_at_most_thin_caps(many: tuple[PatientRecord, ...]) -> None:
    volumes = np.array([r.lesion_ml for r in many if r.grade == 0])
    assert volumes.max() <= 1.2
    assert 0.2 < (volumes > 0).mean() < 0.7


def test_ages_and_sexes_are_possible(many: tuple[PatientRecord, ...]) -> None:
    assert all(40 <= r.age <= 95 for r in many)
    assert set(Counter(r.sex for r in many)) == {"F", "M"}


def test_every_finding_is_met_and_named(many: tuple[PatientRecord, ...]) -> None:
    met = Counter(name for r in many for name in r.distractors)
    assert set(met) == set(DISTRACTORS)
    assert met["calcified_pineal"] / len(many) == pytest.approx(0.72, abs=0.05)


@pytest.mark.parametrize("cohort", PLANS)
def test_every_plan_names_scanners_and_protocols_that_exist(cohort: str) -> None:
    assert set(PLANS[cohort].scanners) <= set(SCANNERS)
    assert set(PLANS[cohort].protocols) <= set(PROTOCOLS)


def test_the_table_is_read_back_as_it_was(many: tuple[PatientRecord, ...]) -> None:
    assert from_csv(to_csv(many)) == many


def test_the_table_has_one_row_a_patient() -> None:
    lines = to_csv(recruit("stress", patients=7, seed=2)).splitlines()
    assert len(lines) == 8
    assert lines[0].startswith("id,cohort,age,sex,grade,lesion_ml,atrophy,distractors,scanner,protocol,seed")


@pytest.mark.parametrize(
    "text",
    ["id,age\n1,2\n", "id,cohort,age,sex,grade,lesion_ml,atrophy,distractors,scanner,protocol,seed\n1,paper,x\n"],
)
def test_a_damaged_table_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match="recruit table cannot be read"):
        from_csv(text)


@pytest.mark.parametrize(
    ("cohort", "patients", "seed", "says"),
    [
        ("papers", 10, 0, "no cohort named 'papers'"),
        ("paper", 0, 0, "between 1 and 99999"),
        ("paper", 100_000, 0, "between 1 and 99999"),
        ("paper", 10, -1, "seed must lie between"),
        ("paper", 10, 100_000, "seed must lie between"),
    ],
)
def test_an_impossible_request_is_refused(cohort: str, patients: int, seed: int, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        recruit(cohort, patients=patients, seed=seed)


@pytest.mark.parametrize("change", [{"grade": 4}, {"atrophy": 1.2}, {"lesion_ml": -1.0}])
def test_an_impossible_record_cannot_be_made(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="impossible patient record"):
        record_of(**change)
