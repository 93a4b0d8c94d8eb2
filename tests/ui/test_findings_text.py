"""What the findings panel says in every state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, Verdict, WarningCode
from leukoviewer.core.results import SliceScore
from leukoviewer.core.series import Catalog
from leukoviewer.ui import findings_text
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import Cutoffs, ModelChoice
from tests.display import scene


@pytest.fixture
def session() -> Session:
    session = Session()
    session.set_models((ModelChoice(scene.PACKAGE.id, scene.PACKAGE),), "")
    session.open_catalog(Catalog((scene.series(4),)))
    session.show_series("1.2.3")
    session.set_volume(scene.volume(4))
    return session


def test_without_a_scan_nothing_is_said() -> None:
    assert findings_text.text_of(Session()) == findings_text.FindingsText()


def test_without_a_result_the_warnings_stand_already(session: Session) -> None:
    text = findings_text.text_of(session)
    assert text.slice_line == findings_text.NO_RESULT
    assert not text.has_score
    assert text.vote_line == ""
    assert text.warnings == ("The gantry is tilted by 18.5 degrees.",)


def test_a_result_tells_score_vote_source_and_warnings(session: Session) -> None:
    extra = SeriesWarning(WarningCode.OUTSIDE_TRAINING_RANGE, "Thicker than what the model knows.")
    session.add_result(replace(scene.analysis(scene.volume(4)), warnings=(*scene.series().report.warnings, extra)))
    text = findings_text.text_of(session)
    assert text.slice_line == "Slice 3: score 0.50, positive"
    assert text.slice_positive
    assert text.vote_line == "2 of 4 slices positive, more than 0 needed: positive."
    assert text.vote_positive
    assert text.source_line == "leuko-tiny 1.2, trained on simulated patients; onnxruntime on cpu, 0.8 s."
    assert text.warnings == ("The gantry is tilted by 18.5 degrees.", "Thicker than what the model knows.")


def test_the_limits_of_the_reader_decide(session: Session) -> None:
    session.add_result(scene.analysis(scene.volume(4)))
    session.set_cutoffs(Cutoffs(0.6, 1))
    text = findings_text.text_of(session)
    assert text.slice_line == "Slice 3: score 0.50, negative"
    assert not text.slice_positive
    assert text.vote_line == (
        "1 of 4 slices positive, more than 1 needed: negative. "
        "This is at your threshold; at the package's own (0.50, more than 0) it is positive."
    )
    assert not text.vote_positive


def test_a_slice_that_was_not_scored_says_so(session: Session) -> None:
    session.add_result(scene.analysis(scene.volume(4), {0: 0.9, 1: 0.8}))
    text = findings_text.text_of(session)
    assert text.slice_line == "Slice 3: not scored; this model looks at slices 1 to 2 of 4."
    assert not text.has_score
    session.add_result(scene.analysis(scene.volume(4), {0: 0.9, 3: 0.8}))
    assert findings_text.text_of(session).slice_line == "Slice 3: not scored by this model."


def test_a_refusal_of_the_model_stands_in_place_of_a_score(session: Session) -> None:
    session.add_refusal("1.2.3", scene.PACKAGE.id, "There is no brain in this series.")
    assert findings_text.text_of(session).slice_line == "There is no brain in this series."


def test_a_series_that_is_no_volume_says_why_and_has_no_score() -> None:
    session = Session()
    report = GeometryReport(Verdict.REFUSED, "Its slices differ in size.")
    session.open_catalog(Catalog((replace(scene.series(2), report=report),)))
    session.show_series("1.2.3")
    text = findings_text.text_of(session)
    assert text.slice_line == "Not scored: Its slices differ in size."
    assert text.vote_line == text.source_line == ""


@pytest.mark.parametrize(
    ("score", "calibrated", "expected"),
    [
        (0.731, False, "Slice 5: score 0.73, negative"),
        (0.731, True, "Slice 5: probability 0.73, negative"),
    ],
)
def test_a_score_is_a_probability_only_when_calibrated(score: float, calibrated: bool, expected: str) -> None:
    assert (
        findings_text.slice_line(4, SliceScore(4, (4,), 1.0, score), threshold=0.9, calibrated=calibrated) == expected
    )


@pytest.mark.parametrize(
    ("score", "threshold", "expected"),
    [
        (0.731, 0.5, "0.73"),
        (0.5296, 0.53, "0.5296"),
        (0.534, 0.5349, "0.534"),
        (0.524, 0.53, "0.52"),
        (0.5, 0.5, "0.50"),
        (0.9999999, 1.0, "0.99"),
        (0.998, 0.5, "0.99"),
    ],
)
def test_a_negative_score_does_not_look_like_the_threshold(score: float, threshold: float, expected: str) -> None:
    assert findings_text.shown_score(score, threshold) == expected


def test_one_score_stands_for_all_slices_of_its_slab() -> None:
    result = scene.with_slab(scene.analysis(scene.volume(4)))
    assert findings_text.score_of(result, 1) is findings_text.score_of(result, 0)


def test_no_text_tells_the_patient(session: Session) -> None:
    session.add_result(scene.analysis(scene.volume(4)))
    assert scene.SECRET not in str(findings_text.text_of(session))


@pytest.mark.parametrize(
    ("probability", "told"),
    [(0.9999, "above 99 %"), (1.0, "above 99 %"), (0.0, "below 1 %"), (0.5, "50 %"), (0.987, "99 %"), (0.012, "1 %")],
)
def test_a_calibrated_probability_is_never_told_as_certainty(probability: float, told: str) -> None:
    result = replace(
        scene.analysis(scene.volume(4)), patient_probability=probability, patient_calibrated_on="validation patients"
    )
    assert f"Calibrated probability of the patient: {told} (fitted on" in findings_text.patient_line(result)


@pytest.mark.parametrize(
    ("calibrated", "native", "line"),
    [
        (False, (13, 14), "Slice 14 (14 to 15 count as one): score 0.85, positive"),
        (True, (12, 13, 14), "Slice 14 (13 to 15 count as one): probability 0.85, positive"),
        (False, (13,), "Slice 14: score 0.85, positive"),
    ],
)
def test_slices_that_the_model_averaged_are_told_with_each_of_them(
    calibrated: bool, native: tuple[int, ...], line: str
) -> None:
    score = SliceScore(9, native, 1.7346, 0.85)
    assert findings_text.slice_line(13, score, threshold=0.3, calibrated=calibrated) == line
