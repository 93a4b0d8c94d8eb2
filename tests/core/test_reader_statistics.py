"""The reader's statistics: who agrees before and after, who switches which way, and what does not count."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest

from leukoviewer.core.opinions import Answer, CaseOpinions, OpenedResult, Opinion
from leukoviewer.core.reader_statistics import Accord, Counts, Switch, judged, statistics_of, table

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
YES, NO, UNSURE = Answer.YES, Answer.NO, Answer.UNSURE


def _case(first: Answer, final: Answer, *, positive: bool, confidence: int = 3) -> CaseOpinions:
    result = OpenedResult("a-1", "0" * 64, positive, 9 if positive else 0, 30, 4, START + timedelta(minutes=1))
    case = CaseOpinions().with_opinion(Opinion(first, confidence, START)).with_result(result)
    return case.with_opinion(Opinion(final, confidence, START + timedelta(minutes=2)))


@pytest.mark.parametrize(
    ("first", "final", "positive", "accords", "switch"),
    [
        (YES, YES, True, (Accord.AGREES, Accord.AGREES), Switch.NONE),
        (YES, YES, False, (Accord.DISAGREES, Accord.DISAGREES), Switch.NONE),
        (NO, YES, True, (Accord.DISAGREES, Accord.AGREES), Switch.TOWARD),
        (UNSURE, YES, True, (Accord.UNSURE, Accord.AGREES), Switch.TOWARD),
        (YES, UNSURE, False, (Accord.DISAGREES, Accord.UNSURE), Switch.TOWARD),
        (NO, YES, False, (Accord.AGREES, Accord.DISAGREES), Switch.AWAY),
        (NO, UNSURE, False, (Accord.AGREES, Accord.UNSURE), Switch.AWAY),
        (UNSURE, YES, False, (Accord.UNSURE, Accord.DISAGREES), Switch.AWAY),
        (UNSURE, UNSURE, True, (Accord.UNSURE, Accord.UNSURE), Switch.NONE),
    ],
)
def test_a_case_is_judged_beside_the_models_vote(
    first: Answer, final: Answer, positive: bool, accords: tuple[Accord, Accord], switch: Switch
) -> None:
    found = judged(_case(first, final, positive=positive))
    assert found is not None
    assert (found.first, found.final) == accords
    assert found.switch is switch


def test_the_first_result_that_was_seen_is_what_counts() -> None:
    other = OpenedResult("b-1", "1" * 64, is_positive=False, positive=0, scored=30, needed=4, at=START)
    found = judged(_case(YES, YES, positive=True).with_result(other))
    assert found is not None
    assert found.first is Accord.AGREES


def test_cases_are_counted_by_agreement_switch_and_confidence() -> None:
    cases = [
        _case(YES, YES, positive=True, confidence=5),
        _case(NO, YES, positive=True, confidence=2),
        _case(NO, YES, positive=False, confidence=2),
        _case(UNSURE, UNSURE, positive=True, confidence=1),
        CaseOpinions().opened_without(),
        CaseOpinions().with_opinion(Opinion(YES, 3, START)),
    ]
    found = statistics_of(cases, unreadable=2)
    assert found.cases == 4
    assert found.before == Counts(2, 1, 1)
    assert found.after == Counts(2, 1, 1)
    assert (found.toward, found.away) == (1, 1)
    assert [one.first.total for one in found.by_confidence] == [1, 2, 0, 0, 1]
    assert (found.by_confidence[1].toward, found.by_confidence[1].away) == (1, 1)
    assert (found.opened_unasked, found.waiting, found.unreadable) == (1, 1, 2)


def test_an_opinion_after_a_peek_does_not_count() -> None:
    case = CaseOpinions().opened_without().with_opinion(Opinion(YES, 3, START))
    case = case.with_result(OpenedResult("a-1", "0", is_positive=True, positive=9, scored=30, needed=4, at=START))
    assert judged(case) is None
    assert statistics_of([case]).cases == 0


def test_the_table_has_one_row_a_case_with_both_opinions_and_the_vote() -> None:
    cases = [("one", _case(NO, YES, positive=True, confidence=4)), ("two", CaseOpinions().opened_without())]
    first, second = csv.DictReader(table(cases).splitlines())
    assert first == {
        "case": "one", "first_answer": "no", "first_confidence": "4", "first_utc": "2026-05-04T12:00:00+00:00",
        "final_answer": "yes", "final_confidence": "4", "final_utc": "2026-05-04T12:02:00+00:00", "package": "a-1",
        "model_vote": "positive", "positive_slices": "9", "scored_slices": "30", "needed": "4",
        "opened_utc": "2026-05-04T12:01:00+00:00", "agreement_before": "disagrees", "agreement_after": "agrees",
        "switch": "toward the model", "opened_without_opinion": "0",
    }  # fmt: skip
    assert second["case"] == "two"
    assert second["opened_without_opinion"] == "1"
    assert set(second.values()) == {"two", "1", ""}
