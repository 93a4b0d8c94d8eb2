"""Tests of the report: what it tells, how much of the patient, and that text of the scan cannot break it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.results import Analysis
from leukoviewer.core.score_text import score_text
from leukoviewer.core.series import Patient
from leukoviewer.core.volume import Volume
from leukoviewer.display.report import DISCLAIMER, Stamp
from leukoviewer.display.report_content import MARKED, SUSPICIOUS, PatientData, Report, initials, key_slices, record
from leukoviewer.display.report_page import page
from leukoviewer.display.score_chart import SIZE_PX, score_chart
from tests.display import scene

STAMP = Stamp("1.2.3", datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
PATIENT = Patient(name="Canary^Jane Ann", patient_id="ID-4711", birth_date="19500203", sex="F", age_years=70)
NAMES = ("Canary", "Jane", "4711", "19500203")


@pytest.fixture(scope="module")
def volume() -> Volume:
    """Four slices of a named patient whose description is hostile."""
    plain = scene.volume()
    series = replace(plain.series, patient=PATIENT, study_date="20200101", description="<script>alert(1)</script>&")
    return replace(plain, series=series)


@pytest.fixture(scope="module")
def analysis(volume: Volume) -> Analysis:
    """A result of the four slices."""
    return scene.analysis(volume)


def _report(volume: Volume, analysis: Analysis, data: PatientData = PatientData.NONE) -> Report:
    return Report(volume, analysis, STAMP, analysis.vote(), data, key_slices(analysis, marked=(1,), count=2))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Doe^John", "J. D."), ("Doe^John^Q", "J. Q. D."), ("Doe", "D."), ("", ""), ("Doe, John", "J. D."),
     ("Yamada^Tarou=山田^太郎", "T. Y.")],
)  # fmt: skip
def test_initials_put_the_family_name_last(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_key_slices_are_the_most_suspicious_and_the_marked_ones_in_order(analysis: Analysis) -> None:
    found = key_slices(analysis, marked=(0, 3, 99), count=2)
    assert [(one.index, one.reason) for one in found] == [
        (0, MARKED), (2, SUSPICIOUS), (3, f"{SUSPICIOUS}, {MARKED}")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "told", "hidden"),
    [
        (PatientData.FULL, ("Canary Jane Ann", "ID-4711", "19500203", "20200101"), ()),
        (PatientData.INITIALS, ("J. A. C.", "70 years"), (*NAMES, "20200101")),
        (PatientData.NONE, (), (*NAMES, "20200101", "J. A. C.", "70 years")),
    ],
)
def test_a_report_tells_as_much_of_the_patient_as_wished(
    volume: Volume, analysis: Analysis, data: PatientData, told: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    content = _report(volume, analysis, data)
    html = re.sub(r"base64,[^\"]*", "", finish(page(content)))
    text = json.dumps(record(content))
    assert all(word in html and word in text for word in told)
    assert not any(word in html or word in text for word in hidden)


def test_a_page_holds_everything_and_escapes_the_text_of_the_scan(volume: Volume, analysis: Analysis) -> None:
    content = _report(volume, analysis)
    html = finish(page(content))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    package = analysis.package
    for word in (DISCLAIMER, package.sha256, package.training_run, analysis.engine, analysis.vote().sentence):
        assert word in html
    assert html.count("<img") == 1 + 2 * len(content.key_slices)
    assert not {'src="http', "<link"} & set(html.split())


def test_a_score_near_one_reads_in_the_report_as_it_does_in_the_window(volume: Volume) -> None:
    html = finish(page(_report(volume, scene.analysis(volume, {0: 0.998, 1: 0.1}))))
    assert f"score {score_text(0.998)}" in html
    assert ">1.00<" not in html


def test_slices_that_count_as_one_are_told_beside_the_vote(volume: Volume, analysis: Analysis) -> None:
    told = "The 4 slices of the scan count as 3: the model averages those that lie close."
    assert told not in finish(page(_report(volume, analysis)))
    mapping = replace(analysis.mapping, native=((0, 1), (2,), (), (3,)))
    assert told in finish(page(_report(volume, replace(analysis, mapping=mapping))))


def test_limits_that_were_moved_are_told_beside_the_packages_own(volume: Volume, analysis: Analysis) -> None:
    moved = replace(_report(volume, analysis), vote=analysis.vote(slice_threshold=0.01, needed=0))
    assert "The reader moved the limits" in finish(page(moved))
    assert record(moved)["vote_moved"] is True
    assert "The reader moved" not in finish(page(_report(volume, analysis)))


def test_a_report_on_another_series_is_refused(volume: Volume, analysis: Analysis) -> None:
    with pytest.raises(ValueError, match="another series"):
        _report(volume, replace(analysis, series_key="other"))


def test_bars_stand_as_high_as_their_scores_and_unseen_slices_have_none() -> None:
    picture = score_chart(np.array([1.0, 0.5, np.nan, 0.0]), threshold=0.9)
    assert picture.shape == (SIZE_PX[1], SIZE_PX[0], 3)
    column = [(64 + (i + 0.5) * (SIZE_PX[0] - 160) / 4) for i in range(4)]
    saturated = [int((np.ptp(picture[:, round(x)].astype(int), axis=1) > 60).sum()) for x in column]
    room = SIZE_PX[1] - 52 - 14
    assert saturated[0] == pytest.approx(room, abs=4)
    assert saturated[1] == pytest.approx(room / 2, abs=4)
    assert saturated[2] == 0
    assert 2 <= saturated[3] <= 5
