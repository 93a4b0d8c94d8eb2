"""Feedback in the real window: by keys, panel and menu; undone, kept, found again, exported, read by the trainer."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from leukoviewer import paths
from leukoviewer.core.feedback import Judgment, Label
from leukoviewer.core.measurements import Kind
from leukoviewer.ui.judging_result import NOTHING
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, analyzed
from tests.ui.reader.conftest import Make
from trainer.data.sources.registry import open_source, rule_of

NO_KEY, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def open_result(reader: Make, qtbot: QtBot) -> Viewer:
    """A window with a positive result to be seen."""
    viewer = reader(first=False)
    analyzed(viewer, qtbot)
    return viewer


def _said(viewer: Viewer) -> object:
    result = viewer.session.result
    assert result is not None
    return viewer.session.feedback.of(result.series_uid, result.package.id)


def _files() -> list[Path]:
    return sorted((paths.user_data() / "feedback").glob("*.json"))


def test_keys_judge_and_label_and_the_same_key_takes_it_back(open_result: Viewer) -> None:
    window, panel = open_result.window, open_result.window.feedback_panel
    assert panel.isVisible()
    assert panel.slice.button("negative").toolTip() == "This slice is negative (Shift+Y)"
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Y, SHIFT)
    QTest.keyClick(window, Qt.Key.Key_Down)
    QTest.keyClick(window, Qt.Key.Key_U)
    said = _said(open_result)
    view = open_result.session.view
    assert view is not None
    labels = [(one.slice_index, one.label) for one in said.slices]  # type: ignore[attr-defined]
    assert labels == [(view.slice_index - 1, Label.NEGATIVE), (view.slice_index, Label.UNSURE)]
    assert said.judgment is Judgment.ACCEPTED  # type: ignore[attr-defined]
    assert (panel.judgment.value, panel.slice.value) == ("accepted", "unsure")
    assert panel._count.text() == "2 slices labeled"
    QTest.keyClick(window, Qt.Key.Key_U)
    assert panel.slice.value == ""
    QTest.keyClick(window, Qt.Key.Key_Return, CTRL | SHIFT)
    assert panel.judgment.value == "rejected"
    QTest.keyClick(window, Qt.Key.Key_Up)
    assert panel.slice.value == "negative"


def test_one_undo_goes_back_over_measurements_and_feedback(open_result: Viewer) -> None:
    session, actions = open_result.session, open_result.actions
    actions["feedback.patient_negative"].trigger()
    open_result.measuring._on_drawn(Kind.LENGTH, ((2.0, 2.0), (2.0, 9.0)))
    actions["feedback.slice_positive"].trigger()
    state = [(len(session.measurements.shown), _said(open_result))]
    for _ in range(3):
        actions["edit.undo"].trigger()
        state.append((len(session.measurements.shown), _said(open_result)))
    counts = [(measured, len(said.slices), said.patient) for measured, said in state]  # type: ignore[attr-defined]
    assert counts == [(1, 1, Label.NEGATIVE), (1, 0, Label.NEGATIVE), (0, 0, Label.NEGATIVE), (0, 0, None)]
    for _ in range(3):
        actions["edit.redo"].trigger()
    assert (len(session.measurements.shown), _said(open_result)) == state[0]
    actions["edit.undo"].trigger()
    actions["feedback.accept"].trigger()
    actions["edit.redo"].trigger()
    assert _said(open_result).slices == ()  # type: ignore[attr-defined]
    (file,) = _files()
    (entry,) = json.loads(file.read_text())["entries"]
    assert (entry["judgment"], entry["patient"], entry["slices"]) == ("accepted", "negative", [])


def test_what_was_said_is_there_again_and_only_on_its_own_series(
    open_result: Viewer, reader: Make, qtbot: QtBot
) -> None:
    panel = open_result.window.feedback_panel
    open_result.actions["feedback.comment"].trigger()
    QTest.keyClicks(panel.comment, "motion, y and u")
    # The series is left while the comment is being written: it belongs to the one that was shown.
    open_result.actions["series.next"].trigger()
    qtbot.waitUntil(lambda: open_result.workflow.is_idle, timeout=WAIT_MS)
    assert not panel.isVisible()
    analyzed(open_result, qtbot)
    assert panel.comment.text() == ""
    open_result.close()
    again = reader(first=False)
    analyzed(again, qtbot)
    assert again.window.feedback_panel.comment.text() == "motion, y and u"


def test_what_is_not_on_the_screen_is_not_taken_back(open_result: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    open_result.actions["feedback.slice_positive"].trigger()
    said = _said(open_result)
    (file,) = _files()
    kept = file.read_text(encoding="utf-8")
    write_phantom(tmp_path / "other", slices=10, patient_id="X-9", series="9", study="9")
    with qtbot.waitSignal(open_result.workflow.loaded, timeout=WAIT_MS):
        open_result.opening.open(tmp_path / "other")
    assert open_result.session.result is None
    open_result.actions["edit.undo"].trigger()
    assert file.read_text(encoding="utf-8") == kept
    assert said is not None


def test_what_two_windows_say_of_one_result_is_brought_together(
    open_result: Viewer, reader: Make, qtbot: QtBot
) -> None:
    other = reader(first=False)
    analyzed(other, qtbot)
    first, second = open_result.reader.judging, other.reader.judging
    first.label_slice(2, Label.POSITIVE)
    first.label_slice(3, Label.POSITIVE)
    second.label_slice(3, Label.NEGATIVE)
    second.label_slice(5, Label.UNSURE)
    second.panel.patient_labeled.emit("negative")
    first.panel.judged.emit("rejected")
    first.panel.commented.emit("motion")
    said = _said(open_result)
    assert {one.slice_index: one.label for one in said.slices} == {  # type: ignore[attr-defined]
        2: Label.POSITIVE, 3: Label.NEGATIVE, 5: Label.UNSURE,
    }  # fmt: skip
    assert (said.patient, said.judgment) == (Label.NEGATIVE, Judgment.REJECTED)  # type: ignore[attr-defined]
    assert first.panel.patient.value == "negative"
    (file,) = _files()
    (entry,) = json.loads(file.read_text())["entries"]
    assert (entry["patient"], entry["judgment"], entry["comment"]) == ("negative", "rejected", "motion")
    assert len(entry["slices"]) == 3
    # Undo takes back what was said here alone; the other window sees it as soon as it is looked at.
    for _ in range(4):
        open_result.actions["edit.undo"].trigger()
    other._look_again(Qt.ApplicationState.ApplicationActive)
    left = _said(other)
    assert {one.slice_index: one.label for one in left.slices} == {  # type: ignore[attr-defined]
        3: Label.NEGATIVE, 5: Label.UNSURE,
    }  # fmt: skip
    assert (left.patient, left.judgment, left.comment) == (Label.NEGATIVE, None, "")  # type: ignore[attr-defined]
    assert left == _said(open_result)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_labels_come_by_right_click_on_ribbon_and_table(open_result: Viewer, qtbot: QtBot) -> None:
    ribbon = open_result.window.ribbon
    left, right = ribbon.layout_px.span(4)
    ribbon.customContextMenuRequested.emit(QPoint(round((left + right) / 2), 10))
    _menu_entry(open_result, "Slice 5 is negative").trigger()
    assert "Your label: negative" in ribbon.tip_at(QPointF((left + right) / 2, 10))
    assert "Your label" not in ribbon.tip_at(QPointF(right + 5, 10))
    marked = ribbon.grab().toImage()
    open_result.actions["edit.undo"].trigger()
    assert "Your label" not in ribbon.tip_at(QPointF((left + right) / 2, 10))
    assert ribbon.grab().toImage() != marked
    open_result.actions["edit.redo"].trigger()
    open_result.actions["model.table"].trigger()
    table = open_result.results.tabling.table
    model = table.view.model()
    column = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())].index("Yours")
    assert model.index(4, column).data() == "negative"
    assert model.index(5, column).data() == ""
    at = table.view.visualRect(model.index(2, 0)).center()
    table.view.viewport().customContextMenuRequested.emit(at)
    _menu_entry(open_result, "Slice 3 is not decided").trigger()
    assert model.index(2, column).data() == "not decided"
    assert [one.slice_index for one in _said(open_result).slices] == [2, 4]  # type: ignore[attr-defined]


def _menu_entry(viewer: Viewer, text: str) -> object:
    menu = viewer.window.findChildren(QMenu, "feedbackMenu")[-1]
    menu.close()
    return next(action for action in menu.actions() if action.text() == text)


def test_nothing_can_be_said_of_a_sealed_result(ready: Viewer) -> None:
    assert not ready.window.feedback_panel.isVisible()
    for name in ("feedback.accept", "feedback.slice_positive", "feedback.comment", "feedback.patient_unsure"):
        ready.window.message_bar.clear()
        ready.actions[name].trigger()
        assert ready.window.message_bar.text == SEALED
    assert _files() == []


def test_a_torn_file_is_told_and_kept_aside(open_result: Viewer, reader: Make, qtbot: QtBot) -> None:
    open_result.actions["feedback.accept"].trigger()
    open_result.close()
    (file,) = _files()
    file.write_bytes(b"\x00torn")
    again = reader(first=False)
    analyzed(again, qtbot)
    assert "Your feedback on this study cannot be read" in again.window.message_bar.text
    again.actions["feedback.reject"].trigger()
    assert file.with_name(f"{file.stem}.unreadable-1.json").read_bytes() == b"\x00torn"
    assert json.loads(file.read_text())["entries"][0]["judgment"] == "rejected"


def test_the_trainer_reads_the_export_as_the_labels_that_were_given(
    reader: Make, head_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    other = tmp_path / "other patient"
    write_phantom(other, slices=12, patient_id="OTHER", series="other", study="other")
    out = tmp_path / "labels.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(out), ""))
    viewer = reader(first=False)
    viewer.actions["file.export_feedback"].trigger()
    assert viewer.window.message_bar.text == NOTHING
    analyzed(viewer, qtbot)
    viewer.actions["feedback.reject"].trigger()
    viewer.actions["feedback.patient_negative"].trigger()
    viewer.actions["feedback.slice_negative"].trigger()
    first = viewer.session.series
    viewer.opening.open(other)
    qtbot.waitUntil(lambda: viewer.session.series is not first and viewer.workflow.is_idle, timeout=WAIT_MS)
    analyzed(viewer, qtbot)
    viewer.actions["feedback.accept"].trigger()
    second = viewer.session.series
    viewer.actions["file.export_feedback"].trigger()
    assert first is not None
    assert second is not None
    assert viewer.window.message_bar.text.startswith("Feedback on 2 series was saved; 0 of them")
    cases = open_source(out, "auto", rule=rule_of("x", "")).cases
    labels = {case.series_uid: (case.label, case.folder.resolve()) for case in cases}
    assert labels == {
        first.series_uid: (0, (head_folder / "a").resolve()),
        second.series_uid: (1, other.resolve()),
    }
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert {row["judgment"] for row in rows} == {"rejected", "accepted"}
    (labeled,) = [row for row in rows if row["slice_label"]]
    view_index = first.middle
    assert (labeled["slice_index"], labeled["slice_label"]) == (str(view_index), "negative")
    # Only the folder may name the patient; a full disk leaves the old table.
    assert "OTHER" not in out.read_text()
    old = out.read_bytes()
    monkeypatch.setattr(Path, "replace", _full)
    viewer.actions["file.export_feedback"].trigger()
    assert out.read_bytes() == old
    assert "No space left on device" in viewer.window.message_bar.text


def _full(_self: Path, _target: Path) -> Path:
    raise OSError(28, "No space left on device")
