"""Opinions: the first one before a result, the last one after it, and what makes a case count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leukoviewer.core import study_record
from leukoviewer.core.opinions import OPINIONS, Answer, CaseOpinions, OpenedResult, Opinion
from tests.display import scene

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE


def _at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def _result(minutes: int = 1, package: str = "a-1") -> OpenedResult:
    return OpenedResult(package, "0" * 64, is_positive=True, positive=9, scored=30, needed=4, at=_at(minutes))


def test_the_first_opinion_stands_once_a_result_was_seen() -> None:
    case = CaseOpinions().with_opinion(Opinion(NO, 2, _at(0))).with_opinion(Opinion(UNSURE, 3, _at(1)))
    assert case.opinions == (Opinion(UNSURE, 3, _at(1)),)
    case = case.with_result(_result(2)).with_opinion(Opinion(YES, 4, _at(3))).with_opinion(Opinion(NO, 4, _at(4)))
    assert case.first == Opinion(UNSURE, 3, _at(1))
    assert case.final == Opinion(NO, 4, _at(4))
    assert len(case.opinions) == 3


def test_the_same_opinion_again_changes_nothing() -> None:
    case = CaseOpinions().with_opinion(Opinion(NO, 2, _at(0))).with_result(_result())
    assert case.with_opinion(Opinion(NO, 2, _at(9))) is case


def test_of_one_package_the_first_result_is_kept() -> None:
    case = CaseOpinions().with_result(_result(1)).with_result(_result(2)).with_result(_result(3, "b-1"))
    assert [(one.package_id, one.at) for one in case.results] == [("a-1", _at(1)), ("b-1", _at(3))]


def test_what_was_opened_without_an_opinion_has_no_first_one() -> None:
    case = CaseOpinions().opened_without()
    assert case.is_open
    later = case.with_result(_result()).with_opinion(Opinion(YES, 5, _at(2)))
    assert later.first is None
    assert later.final == Opinion(YES, 5, _at(2))
    noted = CaseOpinions().with_opinion(Opinion(YES, 5, _at(0)))
    assert noted.opened_without() is noted


def test_a_result_is_kept_with_the_vote_at_the_packages_own_limits() -> None:
    result = scene.analysis(scene.volume(4))
    kept, vote = OpenedResult.of(result, START), result.vote()
    assert (kept.package_id, kept.package_sha256) == (result.package.id, result.package.sha256)
    assert (kept.is_positive, kept.positive, kept.scored, kept.needed) == (
        vote.is_positive, vote.positive, vote.scored, vote.needed,
    )  # fmt: skip


@pytest.mark.parametrize("confidence", [0, 6])
def test_confidence_goes_from_1_to_5(confidence: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        Opinion(YES, confidence, START)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Opinion(YES, 1, START.replace(tzinfo=None))


def test_all_of_a_case_comes_back_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path))
    case = CaseOpinions().with_opinion(Opinion(NO, 2, _at(0))).with_result(_result())
    case = case.with_opinion(Opinion(YES, 4, _at(3)))
    path = study_record.file_of(OPINIONS, "study")
    for one in (case, CaseOpinions().opened_without(), CaseOpinions()):
        study_record.save(OPINIONS, path, one)
        assert study_record.load(OPINIONS, path).value == one


@pytest.mark.parametrize(
    ("old", "new"),
    [('"no"', '"maybe"'), ('"confidence": 2', '"confidence": 9'), ('"positive": 9', '"positive": "9"'), ("+00:00", "")],
)
def test_a_changed_file_is_not_believed(old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path))
    path = study_record.file_of(OPINIONS, "study")
    case = CaseOpinions().with_opinion(Opinion(NO, 2, _at(0))).with_result(_result())
    study_record.save(OPINIONS, path, case)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = study_record.load(OPINIONS, path)
    assert found.value is None
    assert "Your opinion on this study" in found.note
