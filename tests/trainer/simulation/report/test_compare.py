"""Cohorts differ in what their plans name, and in nothing else; a slip would be seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.trainer.simulation.report.conftest import made_up
from trainer.simulation.recruit import PLANS, PatientRecord, recruit, wanted_findings
from trainer.simulation.report.compare import IN_PICTURE, Side, changed_fields, compare, difference
from trainer.simulation.report.figures import INSIDE, OUTSIDE, Figure

PATIENTS = 1500


@pytest.fixture(scope="module")
def sides() -> dict[str, Side]:
    return {name: Side(name, recruit(name, patients=PATIENTS, seed=6)) for name in PLANS}


def _by_key(figures: list[Figure]) -> dict[str, Figure]:
    return {figure.key: figure for figure in figures}


@pytest.mark.parametrize(
    ("other", "differ"),
    [
        ("external", {"positive", "age"}),
        ("stress", {"finding_motion", "finding_shunt"}),
        ("mimics", {"positive", "age", *(f"finding_{name}" for name in wanted_findings(PLANS["mimics"]))}),
    ],
)
def test_the_cohorts_differ_in_what_they_name_alone(sides: dict[str, Side], other: str, differ: set[str]) -> None:
    figures = _by_key(compare(sides["paper"], sides[other]))
    assert [key for key, figure in figures.items() if figure.verdict == OUTSIDE] == []
    assert {key for key, figure in figures.items() if figure.reason.startswith("differs, as named")} == differ


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ("external", {"prevalence", "ages", "scanners", "protocols"}),
        ("stress", {"artefacts", "scanners", "protocols"}),
        ("mimics", {"prevalence", "ages", "scanners", "wanted"}),
        ("paper", set()),
    ],
)
def test_what_a_cohort_names_is_read_from_its_plan(other: str, named: set[str]) -> None:
    assert changed_fields(PLANS["paper"], PLANS[other]) == named


def _women(record: PatientRecord) -> PatientRecord:
    return replace(record, sex="F" if record.id[-1] in "1234567" else record.sex)


@pytest.mark.parametrize(
    ("key", "slip"),
    [
        ("women", _women),
        ("lesion_asked", lambda r: replace(r, lesion_ml=r.lesion_ml * 1.2)),
        ("atrophy_degree", lambda r: replace(r, atrophy=min(1.0, r.atrophy + 0.05))),
        ("finding_old_infarct", lambda r: replace(r, distractors=(*r.distractors, "old_infarct"))),
    ],
)
def test_a_slip_is_seen_though_the_ages_differ(sides: dict[str, Side], key: str, slip) -> None:  # type: ignore[no-untyped-def]
    other = replace(sides["external"], records=tuple(slip(r) for r in sides["external"].records))
    figures = _by_key(compare(sides["paper"], other))
    assert figures[key].verdict == OUTSIDE
    assert figures[key].reason == "differs though the plans do not name it"


def test_older_patients_alone_do_not_make_a_finding_more_frequent(sides: dict[str, Side]) -> None:
    young = tuple(r for r in sides["paper"].records if r.age < 72)
    old = tuple(r for r in sides["paper"].records if r.age > 60)
    figure = _by_key(compare(Side("paper", young), Side("paper", old)))["finding_calcified_artery"]
    assert figure.verdict == INSIDE
    assert figure.numbers["second"] > figure.numbers["first"] + 0.04  # type: ignore[operator]


def test_a_scanner_may_change_noise_but_not_the_ventricles() -> None:
    chance = np.random.default_rng(0)
    paper, stress = recruit("paper", patients=80, seed=1), recruit("stress", patients=80, seed=1)
    one = tuple(made_up(r, noise_hu=chance.normal(4, 0.5), ventricle_ml=chance.normal(37, 5)) for r in paper)
    other = tuple(made_up(r, noise_hu=chance.normal(8, 0.5), ventricle_ml=chance.normal(50, 5)) for r in stress)
    figures = _by_key(compare(Side("paper", paper, measured=one), Side("stress", stress, measured=other)))
    assert figures["noise"].reason == "differs, as named (protocols, scanners)"
    assert figures["ventricles"].verdict == OUTSIDE


def test_no_patients_alike_is_no_verdict(sides: dict[str, Side]) -> None:
    (measure,) = (m for m in IN_PICTURE if m.key == "noise")
    assert not difference(measure, [], []).is_sure
