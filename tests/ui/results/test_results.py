"""Results of two packages in the real window: rows, live thresholds, the findings table, key images, disagreement."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.ui import findings_text
from leukoviewer.ui.values import Cutoffs
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.findings import SLICE_THRESHOLD, YOUR_THRESHOLD
from tests.ui.conftest import analyzed
from tests.ui.results.conftest import BY_PATIENT, OTHER, TINY

NO_KEY, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def judged(both: Viewer, qtbot: QtBot) -> Viewer:
    """Both packages were run; ``other-2.0`` is the chosen one."""
    analyzed(both, qtbot)
    both.session.choose_model(OTHER)
    analyzed(both, qtbot)
    return both


def test_a_second_package_gets_a_row_of_its_own_and_the_first_keeps_its_result(judged: Viewer) -> None:
    ribbon, session = judged.window.ribbon, judged.session
    first, second = session.results_of_series()
    assert [row.label for row in ribbon.rows] == ["other 2.0", "tiny 1.0"]
    assert {first.package.id, second.package.id} == {TINY, OTHER}
    for row, result in zip(ribbon.rows, session.results_of_series(), strict=True):
        np.testing.assert_array_equal(row.scores, result.by_native())
        assert (row.own, row.is_moved) == (result.slice_threshold, False)
        # This recipe takes the head's slices one by one into its 30: the place is told beside the score.
        assert row.stack == tuple(result.mapping.stack_index(i) for i in range(len(row.scores)))
    left, right = ribbon.layout_px.span(5)
    tip = ribbon.tip_at(QPointF((left + right) / 2, 10))
    place = second.mapping.stack_index(5)
    assert place is not None
    assert f"(slice {place + 1} of {second.mapping.stack_shape[0]} that the model sees)" in tip


def test_a_moved_threshold_is_yours_everywhere_until_one_click_gives_the_packages_back(judged: Viewer) -> None:
    findings, ribbon, session = judged.window.findings, judged.window.ribbon, judged.session
    assert findings._threshold.mark == 60
    assert findings._threshold_name.text() == SLICE_THRESHOLD
    findings._threshold.setValue(30)
    assert session.cutoffs == Cutoffs(0.3, 2)
    assert findings._threshold_name.text() == YOUR_THRESHOLD
    assert "This is at your threshold; at the package's own (0.60, more than 2)" in findings._vote.text()
    assert [row.is_moved for row in ribbon.rows] == [True, False]
    assert findings._threshold.mark == 60
    expected = sum(score.score >= 0.3 for score in session.result.scores)  # type: ignore[union-attr]
    assert findings._vote.text().startswith(f"{expected} of ")
    judged.actions["model.reset_limits"].trigger()
    assert session.cutoffs == Cutoffs(0.6, 2)
    assert findings._threshold_name.text() == SLICE_THRESHOLD
    assert not any(row.is_moved for row in ribbon.rows)


def test_the_calibrated_probability_of_the_patient_stands_beside_the_vote_with_its_provenance(judged: Viewer) -> None:
    session, findings = judged.session, judged.window.findings
    result = session.result
    assert result is not None
    logits = np.sort([score.logit for score in result.scores])[-int(np.ceil(0.25 * len(result.scores))) :]
    expected = 1 / (1 + np.exp(-(BY_PATIENT.slope * logits.mean() + BY_PATIENT.offset)))
    assert result.patient_probability == pytest.approx(expected)
    assert f"{100 * expected:.0f} %" in findings._patient.text()
    assert "simulated patients" in findings._patient.text()
    findings._threshold.setValue(1)
    assert f"{100 * expected:.0f} %" in findings._patient.text()
    session.choose_model(TINY)
    assert not findings._patient.isVisible()


def test_the_table_tells_every_slice_and_follows_the_session(judged: Viewer) -> None:
    judged.actions["model.table"].trigger()
    table, session = judged.results.tabling.table, judged.session
    model = table.view.model()
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert heads == ["Slice", "mm", f"Score, {OTHER}", f"Score, {TINY}", "Positive", "Model's slice", "Key"]
    assert model.rowCount() == len(session.volume or ())
    scores = session.results_of_series()[0].by_native()
    told = [model.index(row, 2).data() for row in range(model.rowCount())]
    expected = ["not scored" if np.isnan(s) else findings_text.shown_score(float(s), 0.6) for s in scores]
    assert told == expected
    assert OTHER in table.patient_text
    assert "Calibrated probability" in table.patient_text
    session.set_cutoffs(Cutoffs(0.0, 2))
    assert "your threshold" in table.patient_text
    assert session.view is not None
    assert table.view.currentIndex().row() == session.view.slice_index


def test_the_table_sorts_by_score_and_jumps(judged: Viewer, qtbot: QtBot) -> None:
    judged.actions["model.table"].trigger()
    table, session = judged.results.tabling.table, judged.session
    table.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    scores = np.nan_to_num(session.results_of_series()[0].by_native(), nan=-1)
    assert np.all(np.diff(scores[list(table.order())]) <= 0)
    table.view.setCurrentIndex(table.view.model().index(0, 0))
    assert session.view is not None
    assert session.view.slice_index == table.order()[0]
    table.activateWindow()
    table.view.setFocus()
    qtbot.waitUntil(table.isActiveWindow)
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    assert session.view.slice_index == table.order()[1]
    # Scrolling in the picture marks the row, whatever the order is.
    session.set_view(session.view.with_slice(3))
    assert table.order()[table.view.currentIndex().row()] == 3


def test_key_images_are_marked_by_key_and_by_tick(judged: Viewer) -> None:
    session = judged.session
    assert session.series is not None
    assert session.view is not None
    judged.actions["model.table"].trigger()
    at, key = session.view.slice_index, session.series.key
    QTest.keyClick(judged.window, Qt.Key.Key_K)
    assert session.key_images.of(key) == (at,)
    model = judged.results.tabling.table.view.model()
    last = model.columnCount() - 1
    assert model.index(at, last).data() == "key image"
    assert model.setData(model.index(1, last), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert session.key_images.of(key) == tuple(sorted({at, 1}))
    QTest.keyClick(judged.window, Qt.Key.Key_K)
    assert session.key_images.of(key) == (1,)


def test_slices_and_patient_are_marked_where_the_packages_disagree(judged: Viewer) -> None:
    session, ribbon = judged.session, judged.window.ribbon
    session.set_cutoffs(Cutoffs(0.0, 0))
    session.choose_model(TINY)
    session.set_cutoffs(Cutoffs(1.0, 0))
    scored = np.flatnonzero(np.isfinite(session.results_of_series()[0].by_native()))
    assert ribbon._disputed == frozenset(scored.tolist())
    judged.actions["model.table"].trigger()
    warning = judged.results.tabling.table._warning.text()
    assert f"positive by {OTHER}, negative by {TINY}" in warning
    model = judged.results.tabling.table.view.model()
    assert model.index(int(scored[0]), 4).data() == "◆ 1 of 2 disagree"
    session.set_cutoffs(Cutoffs(0.0, 0))
    assert ribbon._disputed == frozenset()
    assert not judged.results.tabling.table._warning.isVisible()


def test_n_goes_over_the_chosen_packages_slices(judged: Viewer) -> None:
    session = judged.session
    for package in (TINY, OTHER):
        session.choose_model(package)
        scores = session.results_of_series()[0 if package == OTHER else 1].by_native()
        session.set_cutoffs(Cutoffs(float(np.sort(scores[np.isfinite(scores)])[-2]), 0))
        assert session.cutoffs is not None
        positive = set(np.flatnonzero(scores >= session.cutoffs.slice_threshold).tolist())
        found = set()
        for _ in positive:
            QTest.keyClick(judged.window, Qt.Key.Key_N, NO_KEY)
            assert session.view is not None
            found.add(session.view.slice_index)
        assert found == positive
        QTest.keyClick(judged.window, Qt.Key.Key_N, SHIFT)
        assert session.view is not None
        assert session.view.slice_index in positive
