"""Models run in the real window: scores, vote, ribbon, heatmap, stop, switch, refusal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from leukoviewer.packages.archive import Package
from leukoviewer.ui.values import Cutoffs, Tasks
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, Gate, analyzed, begun, gated_analysis, opened
from tests.ui.on_window import expected_frame, frame, index_of, press


def test_the_model_stays_named_when_the_panels_are_hidden(reading: Viewer, with_model: Package, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    notes = []
    for _ in range(2):
        bar = reading.window.slice_view._overlay.bar
        assert bar is not None
        notes.append(bar.note)
        qtbot.mouseDClick(reading.window.slice_view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert notes == ["", "tiny 1.0, trained on nothing: random weights"]
    assert with_model.ref.name == "tiny"


def test_a_held_key_does_not_begin_the_same_run_anew(gated: Viewer, gate: Gate, qtbot: QtBot) -> None:
    started: list[bool] = []
    gated.workflow.analyzing_changed.connect(started.append)
    for _ in range(3):
        press(gated, Qt.Key.Key_M)
    assert started == [True]
    with qtbot.waitSignal(gated.workflow.analyzed, timeout=WAIT_MS):
        gate.open()


def test_a_run_shows_scores_vote_ribbon_and_heatmap(reading: Viewer, with_model: Package, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    (row,) = reading.window.ribbon.rows
    np.testing.assert_array_equal(row.scores, result.by_native())
    assert row.threshold == result.slice_threshold
    findings = reading.window.findings
    assert findings._slice.text().startswith(f"Slice {index_of(reading) + 1}: score ")
    assert findings._vote.text() == f"{result.vote().sentence[0].upper()}{result.vote().sentence[1:]}."
    assert with_model.ref.version in findings._source.text()
    assert "nothing: random weights" in reading.window.model_panel._facts.text()
    for index in range(len(result.scores)):
        reading.reading.go_to(index)
        np.testing.assert_array_equal(frame(reading), expected_frame(reading, heat=True))


def test_the_heatmap_goes_off_and_on_by_key(reading: Viewer, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    hottest = int(np.argmax([plane.max() for plane in result.maps]))
    reading.reading.go_to(result.scores[hottest].native[0])
    with_heat = frame(reading)
    press(reading, Qt.Key.Key_G)
    without = frame(reading)
    assert not reading.session.style.visible
    assert not reading.actions["heatmap.toggle"].isChecked()
    assert not np.array_equal(with_heat, without)
    np.testing.assert_array_equal(without, expected_frame(reading, heat=False))
    press(reading, Qt.Key.Key_G)
    np.testing.assert_array_equal(frame(reading), with_heat)


def test_brackets_change_the_opacity_and_the_panel_follows(reading: Viewer) -> None:
    press(reading, Qt.Key.Key_BracketRight)
    assert reading.session.style.opacity == pytest.approx(0.40)
    assert reading.window.overlay_panel._opacity.value() == 40
    for _ in range(20):
        press(reading, Qt.Key.Key_BracketLeft)
    assert reading.session.style.opacity == 0


def test_n_goes_from_one_suspicious_slice_to_the_next(reading: Viewer, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    scores = result.by_native()
    reading.session.set_cutoffs(Cutoffs(float(np.sort(scores)[-3]), 4))
    suspicious = sorted(int(i) for i in np.argsort(scores)[-3:])
    reading.reading.first()
    start = [i for i in suspicious if i > 0] + [i for i in suspicious if i == 0]
    for expected in start:
        press(reading, Qt.Key.Key_N)
        assert index_of(reading) == expected
    press(reading, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert index_of(reading) == start[-2]


def test_n_without_a_result_says_what_to_do(reading: Viewer) -> None:
    press(reading, Qt.Key.Key_N)
    assert "run the model first" in reading.window.message_bar.text


def test_a_threshold_that_no_slice_reaches_is_told(reading: Viewer, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    reading.session.set_cutoffs(Cutoffs(1.0, 4))
    press(reading, Qt.Key.Key_N)
    assert "No slice reaches" in reading.window.message_bar.text


def test_a_click_on_the_ribbon_goes_to_the_slice(reading: Viewer, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    ribbon = reading.window.ribbon
    cell = ribbon.layout_px.cell(7, ribbon.layout_px.row(0))
    qtbot.mouseClick(ribbon, Qt.MouseButton.LeftButton, pos=cell.center().toPoint())
    assert index_of(reading) == 7
    assert reading.window.findings._slice.text().startswith("Slice 8")


def test_the_threshold_moves_the_vote_live_and_goes_back(reading: Viewer, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    findings, ribbon = reading.window.findings, reading.window.ribbon
    findings._threshold.setValue(0)
    assert findings._vote.text().startswith(f"{len(result.scores)} of {len(result.scores)} slices positive")
    assert ribbon.rows[0].threshold == 0
    assert findings._reset.isEnabled()
    ribbon.threshold_moved.emit(0.99)
    assert reading.session.cutoffs == Cutoffs(0.99, 4)
    assert findings._threshold.value() == 99
    findings._needed.setValue(2)
    assert reading.session.cutoffs == Cutoffs(0.99, 2)
    findings._reset.click()
    assert reading.session.cutoffs == Cutoffs(result.slice_threshold, result.vote_needed)
    assert not findings._reset.isEnabled()


def test_switching_the_series_during_a_run_never_shows_the_old_result(gated: Viewer, gate: Gate, qtbot: QtBot) -> None:
    gated.actions["model.run"].trigger()
    assert gate.reached.wait(15)
    assert gated.window.model_panel._stop.isVisible()
    assert gated.session.catalog is not None
    assert gated.session.series is not None
    other = next(s.key for s in gated.session.catalog.volumes if s.key != gated.session.series.key)
    gated.window.series_list.series_asked.emit(other)
    gate.open()
    qtbot.waitUntil(lambda: gated.workflow.is_idle and gated.session.volume is not None, timeout=WAIT_MS)
    assert gated.session.series.key == other
    assert gated.session.result is None
    assert gated.window.ribbon.rows == ()
    assert not gated.window.model_panel._stop.isVisible()
    np.testing.assert_array_equal(frame(gated), expected_frame(gated, heat=False))
    assert "stopped" in gated.window.message_bar.text


def test_a_result_stays_with_its_series(reading: Viewer, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    assert reading.session.catalog is not None
    assert reading.session.series is not None
    first = reading.session.series.key
    other = next(s.key for s in reading.session.catalog.volumes if s.key != first)
    for key, shown in ((other, None), (first, result)):
        with qtbot.waitSignal(reading.workflow.loaded, timeout=WAIT_MS):
            reading.workflow.show_series(key)
        assert reading.session.result is shown
        assert len(reading.window.ribbon.rows) == (0 if shown is None else 1)


def test_the_picture_keeps_answering_while_a_model_runs(gated: Viewer, gate: Gate, qtbot: QtBot) -> None:
    gated.actions["model.run"].trigger()
    assert gate.reached.wait(15)
    gated.reading.first()
    for expected in range(1, 8):
        press(gated, Qt.Key.Key_Down)
        assert index_of(gated) == expected
        np.testing.assert_array_equal(frame(gated), expected_frame(gated, heat=False))
    with qtbot.waitSignal(gated.workflow.analyzed, timeout=WAIT_MS):
        gate.open()
    assert index_of(gated) == 7


def test_stop_ends_the_run(gated: Viewer, gate: Gate, qtbot: QtBot) -> None:
    gated.window.model_panel._run.click()
    assert gate.reached.wait(15)
    with qtbot.waitSignal(gated.workflow.note, timeout=WAIT_MS):
        gated.window.model_panel._stop.click()
        gate.open()
    assert gated.session.result is None
    assert gated.window.model_panel._run.isVisible()


def test_a_head_without_brain_shows_why_and_no_score(viewer: Viewer, plastic_folder: Path, qtbot: QtBot) -> None:
    opened(viewer, plastic_folder, qtbot)
    with qtbot.waitSignal(viewer.workflow.failed, timeout=WAIT_MS):
        viewer.window.model_panel._run.click()
    assert "brain" in viewer.window.message_bar.text
    assert viewer.window.findings._slice.text() == viewer.window.message_bar.text
    assert viewer.window.ribbon.rows == ()


def test_a_refusal_of_one_series_does_not_stand_over_another_one(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    write_phantom(tmp_path / "a", brain=False, series="plastic", slices=12)
    write_phantom(tmp_path / "b", series="head", slices=6)
    opened(viewer, tmp_path, qtbot)
    session, bar, ribbon = viewer.session, viewer.window.message_bar, viewer.window.ribbon
    assert session.catalog is not None
    plastic, head = sorted(
        (series.key for series in session.catalog.series), key=lambda key: len(_slices(viewer, key))
    )[::-1]
    for key in (head, plastic):
        viewer.workflow.show_series(key)
        qtbot.waitUntil(lambda: session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    with qtbot.waitSignal(viewer.workflow.failed, timeout=WAIT_MS):
        viewer.window.model_panel._run.click()
    assert "brain" in bar.text
    assert ribbon._hint == session.refusal
    viewer.workflow.show_series(head)
    assert bar.text == ""
    assert "brain" not in ribbon._hint
    qtbot.waitUntil(lambda: session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert ribbon._hint.startswith("Run the model")


def _slices(viewer: Viewer, key: str) -> tuple[object, ...]:
    assert viewer.session.catalog is not None
    series = viewer.session.catalog.find(key)
    return () if series is None else series.slices


@pytest.mark.usefixtures("with_model")
def test_stopping_a_second_run_does_not_deny_the_first_result(
    viewers: Callable[..., Viewer], head_folder: Path, gate: Gate, qtbot: QtBot, tasks: Tasks
) -> None:
    held = gated_analysis(tasks, gate)
    runs: list[int] = []

    def analyze(volume, package_id, device):  # type: ignore[no-untyped-def]
        runs.append(1)
        return (held if len(runs) > 1 else tasks.analyze)(volume, package_id, device)

    viewer = opened(begun(viewers(analyze=analyze), qtbot), head_folder, qtbot)
    result = analyzed(viewer, qtbot)
    viewer.actions["model.run"].trigger()
    assert gate.reached.wait(15)
    with qtbot.waitSignal(viewer.workflow.note, timeout=WAIT_MS) as told:
        viewer.window.model_panel._stop.click()
        gate.open()
    assert told.args == ["The model was stopped; the result before it still stands."]
    assert viewer.session.result is result


def test_the_scout_cannot_be_scored(reading: Viewer, qtbot: QtBot) -> None:
    assert reading.session.catalog is not None
    scout = next(s for s in reading.session.catalog.series if not s.is_volume)
    with qtbot.waitSignal(reading.workflow.loaded, timeout=WAIT_MS):
        reading.workflow.show_series(scout.key)
    assert not reading.window.model_panel._run.isEnabled()
    assert "cannot be scored" in reading.window.model_panel._run.toolTip()
    assert reading.window.findings._slice.text().startswith("Not scored: ")
