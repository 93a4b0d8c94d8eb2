"""The seal: what was seen stays open, what comes later is sealed by study, and the session tells nothing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Catalog
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import ModelChoice
from tests.display import scene


def _result(key: str) -> Analysis:
    return replace(scene.analysis(scene.volume(4)), series_key=key)


@pytest.fixture
def session() -> Session:
    """Two series of one study and one of another; the first is shown."""
    first = replace(scene.series(4), study_uid="1.7")
    others = (replace(first, key="second", series_uid="second"), replace(first, key="third", study_uid="1.8"))
    session = Session()
    session.open_catalog(Catalog((first, *others)))
    session.set_models((ModelChoice(scene.PACKAGE.id, scene.PACKAGE),), "")
    session.show_series("1.2.3")
    return session


def test_a_sealed_result_is_told_by_nothing_until_its_study_is_opened(session: Session) -> None:
    session.seal.set_on(on=True)
    session.add_result(_result("1.2.3"))
    told = (session.result, session.explanation, session.explanation_of("1.2.3"), session.cutoffs, session.vote)
    assert told == (None,) * 5
    assert session.results_of_series() == ()
    assert session.has_sealed_result
    opened: list[object] = []
    session.result_changed.connect(lambda: opened.append(session.result))
    session.seal.open(session.seal.study("1.2.3"))
    assert len(opened) == 1
    assert opened[0] is session.result is not None
    assert session.vote is not None


def test_all_series_of_a_study_open_together_and_no_others(session: Session) -> None:
    session.seal.set_on(on=True)
    for key in ("1.2.3", "second", "third"):
        session.add_result(_result(key))
    session.seal.open(session.seal.study("1.2.3"))
    assert session.explanation_of("second") is not None
    assert session.explanation_of("third") is None
    assert session.sealed == {"third"}


def test_what_was_seen_before_is_not_sealed_anew(session: Session) -> None:
    session.add_result(_result("1.2.3"))
    session.seal.set_on(on=True)
    assert session.result is not None
    session.add_result(_result("third"))
    assert session.sealed == {"third"}


def test_without_the_seal_all_is_open_again(session: Session) -> None:
    session.seal.set_on(on=True)
    session.add_result(_result("1.2.3"))
    session.seal.set_on(on=False)
    assert session.result is not None
    assert not session.has_sealed_result


def test_a_series_of_no_known_study_is_sealed_by_itself(session: Session) -> None:
    session.seal.set_on(on=True)
    assert session.seal.covers("unknown")
    session.seal.open("unknown")
    assert not session.seal.covers("unknown")
    assert session.seal.covers("1.2.3")
