"""Reader-first mode in the real window: nothing of a sealed result leaks, an opinion opens it, both are kept."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from leukoviewer import paths
from leukoviewer.core import study_record
from leukoviewer.core.opinions import OPINIONS
from leukoviewer.ui.reader_first import COMES, OFF, PEEKED, WAITS
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.snapshot import png_of
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, analyzed
from tests.ui.reader.conftest import Make

# What differs from one window to another without telling anything.
_TEXTS = ("text", "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "windowTitle",
          "placeholderText", "title", "format")  # fmt: skip
_ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.CheckStateRole,
    Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.ForegroundRole,
)  # fmt: skip


def told_by(viewer: Viewer) -> dict[str, object]:
    """All that the window tells in any way: texts, states, tables, actions, the slice shown, the pictures."""
    found: dict[str, object] = {}
    png_of(viewer.window)  # Layouts settle: scroll bars come and go until then.
    # Dialogs are children of the window, whether they are open or not.
    for number, widget in enumerate([viewer.window, *viewer.window.findChildren(QWidget)]):
        for key, value in _state(widget):
            found[f"{number} {type(widget).__name__} {widget.objectName()}: {key}"] = value
    for name, action in viewer.actions.items():
        found[f"action {name}"] = (action.isEnabled(), action.isChecked(), action.text(), action.toolTip())
    view = viewer.session.view
    found["slice"] = None if view is None else view.slice_index
    found["ribbon"] = _picture(viewer.window.ribbon)
    found["view"] = _picture(viewer.window.slice_view)
    found["clipboard"] = QApplication.clipboard().text()
    return found


def _state(widget: QWidget) -> Iterator[tuple[str, object]]:
    yield "shown", (widget.isVisible(), widget.isEnabled())
    for key in _TEXTS:
        value = getattr(widget, key, None)
        if callable(value):
            yield key, str(value())
    if isinstance(widget, QAbstractSlider | QProgressBar):
        yield "value", (widget.value(), widget.minimum(), widget.maximum())
    if isinstance(widget, QAbstractSpinBox):
        yield "spin", widget.text()
    if isinstance(widget, QComboBox):
        yield "choice", (widget.currentText(), [widget.itemText(i) for i in range(widget.count())])
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield "cells", [[str(index.data(role)) for role in _ROLES] for index in _cells(widget.model())]


def _cells(model: QAbstractItemModel) -> Iterator[QModelIndex]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    return (model.index(row, column) for row in range(model.rowCount()) for column in range(columns))


def _picture(widget: QWidget) -> bytes:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(image.constBits())


def _asked_everything(viewer: Viewer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the window tells after each action that could tell of a result, and the files that it leaves."""
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(folder / "out"), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(folder))
    found: dict[str, object] = {}
    for name in (
        "model.table", "model.compare", "heatmap.honesty", "view.fidelity", "suspicious.next", "suspicious.previous",
        "disputed.next", "heatmap.toggle", "heatmap.toggle", "heatmap.more", "model.reset_limits", "file.report",
        "file.dicom_results", "feedback.accept", "feedback.slice_positive", "feedback.comment", "file.export_feedback",
        "view.study", "file.save_picture", "reader.statistics", "layout.two", "layout.one",
        "file.export",
    ):  # fmt: skip
        viewer.window.message_bar.clear()
        viewer.actions[name].trigger()
        QApplication.processEvents()
        view = viewer.session.view
        found[name] = (viewer.window.message_bar.text, None if view is None else view.slice_index)
    # The windows that were opened stand open still.
    found |= told_by(viewer)
    for number, file in enumerate(sorted(folder.rglob("*"))):
        found[f"file {number}"] = (file.name, file.read_bytes())
    return found


def _differing(one: dict[str, object], other: dict[str, object]) -> list[str]:
    return [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]


@pytest.mark.timeout(180)
def test_nothing_tells_one_sealed_result_from_another(
    reader: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told = []
    for score in (0.02, 0.98):
        viewer = reader(score)
        assert viewer.session.has_sealed_result
        before = told_by(viewer)
        asked = _asked_everything(viewer, tmp_path / str(score), monkeypatch)
        # A result of the same patient with other scores, once it is open: the search finds what it looks for.
        viewer.window.opinion_panel.noted.emit("yes", 3)
        qtbot.waitUntil(lambda viewer=viewer: viewer.workflow.is_idle, timeout=WAIT_MS)  # type: ignore[misc]
        told.append((before, asked, told_by(viewer)))
        viewer.close()
        viewer.window.hide()
        viewer.window.setParent(None)
        (paths.user_data() / "opinions").rename(tmp_path / f"opinions-{score}")
    (before, asked, opened), (other_before, other_asked, other_opened) = told
    assert "\n".join(_differing(before, other_before)) == ""
    assert "\n".join(_differing(asked, other_asked)) == ""
    differing = " ".join(_differing(opened, other_opened))
    for place in ("ribbon", "view", "voteLine: text", "sliceLine: text", "cells"):
        assert place in differing, place


def test_an_opinion_by_keyboard_opens_the_result_at_once_and_is_kept(ready: Viewer, qtbot: QtBot) -> None:
    window, panel = ready.window, ready.window.opinion_panel
    assert window.findings._slice.text() == SEALED
    assert panel._state.text() == WAITS
    assert not window.overlay_panel.isVisible()
    assert ready.session.result is None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_P)
    assert panel.answers.button("yes").hasFocus()
    assert not panel.note_button.isEnabled()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        QTest.keyClick(window.focusWidget(), key)
    panel.confidences.focus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(window.focusWidget(), key)
    assert ready.session.result is not None
    assert "positive" in window.findings._vote.text()
    assert window.overlay_panel.isVisible()
    assert window.focusWidget() is window.slice_view
    assert panel._told.text() == "No, confidence 4 of 5"
    (file,) = (paths.user_data() / "opinions").glob("*.json")
    kept = json.loads(file.read_text())
    assert [(one["answer"], one["confidence"]) for one in kept["opinions"]] == [("no", 4)]
    assert kept["opinions"][0]["at"].endswith("+00:00")
    result = ready.session.result
    (seen,) = kept["results"]
    assert (seen["package_id"], seen["is_positive"], seen["positive"]) == (result.package.id, True, len(result.scores))
    assert seen["at"] >= kept["opinions"][0]["at"]
    assert ready.session.series is not None
    assert ready.session.series.patient.patient_id not in file.read_text()


def test_a_changed_opinion_stands_beside_the_first_and_both_come_back(ready: Viewer, reader: Make) -> None:
    panel = ready.window.opinion_panel
    panel.noted.emit("no", 2)
    ready.actions["reader.note"].trigger()
    panel.answers.button("unsure").click()
    panel.cancel_button.click()
    assert (panel.is_asking, panel.answers.value) == (False, "no")
    ready.actions["reader.note"].trigger()
    assert panel.is_asking
    panel.answers.button("yes").click()
    panel.note_button.click()
    assert panel._told.text() == "Yes, confidence 2 of 5\nat first: No, 2 of 5"
    ready.close()
    again = reader()
    assert again.session.result is not None
    assert again.window.opinion_panel._told.text() == "Yes, confidence 2 of 5\nat first: No, 2 of 5"


def test_two_windows_on_one_study_keep_one_row_of_opinions(ready: Viewer, reader: Make) -> None:
    other = reader()
    ready.window.opinion_panel.noted.emit("no", 2)
    other.window.opinion_panel.noted.emit("yes", 4)
    (file,) = (paths.user_data() / "opinions").glob("*.json")
    kept = json.loads(file.read_text())
    assert [(one["answer"], one["confidence"]) for one in kept["opinions"]] == [("no", 2), ("yes", 4)]
    assert "at first: No, 2 of 5" in other.window.opinion_panel._told.text()
    ready._look_again(Qt.ApplicationState.ApplicationActive)
    assert ready.window.opinion_panel._told.text() == other.window.opinion_panel._told.text()


def test_an_opinion_of_another_window_opens_the_seal_when_this_one_is_looked_at(ready: Viewer, reader: Make) -> None:
    other = reader()
    other.window.opinion_panel.noted.emit("no", 2)
    assert ready.session.result is None
    ready._look_again(Qt.ApplicationState.ApplicationActive)
    assert ready.session.result is not None


def test_what_is_chosen_and_not_noted_stays_while_the_result_comes(reader: Make, qtbot: QtBot) -> None:
    viewer = reader()
    panel = viewer.window.opinion_panel
    panel.answers.button("unsure").click()
    viewer.workflow.analyze()
    assert viewer.workflow.is_analyzing
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    assert panel.answers.value == "unsure"
    assert viewer.session.result is None


def test_the_switch_is_remembered_and_switching_off_opens_what_waits_as_unasked(ready: Viewer, reader: Make) -> None:
    ready.actions["reader.first"].trigger()
    assert not ready.actions["reader.first"].isChecked()
    assert ready.session.result is not None
    assert ready.window.message_bar.text == PEEKED
    assert not ready.window.opinion_panel.isVisible()
    assert not ready.store.value.reader_first
    (file,) = (paths.user_data() / "opinions").glob("*.json")
    assert json.loads(file.read_text())["opened_unasked"] is True
    ready.close()
    again = reader()
    assert again.session.result is not None
    assert again.window.opinion_panel._state.text() == PEEKED


def test_a_result_seen_before_the_mode_is_not_sealed_and_an_opinion_on_it_is_not_blind(
    reader: Make, qtbot: QtBot
) -> None:
    viewer = reader(first=False)
    assert viewer.session.result is None
    assert not viewer.session.has_sealed_result
    viewer.actions["reader.note"].trigger()
    assert viewer.window.message_bar.text == OFF
    analyzed(viewer, qtbot)
    viewer.actions["reader.first"].trigger()
    assert viewer.session.result is not None
    viewer.window.opinion_panel.noted.emit("yes", 5)
    (file,) = (paths.user_data() / "opinions").glob("*.json")
    assert json.loads(file.read_text())["opened_unasked"] is True


def test_an_opinion_before_the_result_opens_it_as_it_comes(reader: Make, qtbot: QtBot) -> None:
    viewer = reader(first=False)
    viewer.reader.first.set_on(True)
    assert viewer.window.opinion_panel._state.text() == COMES
    viewer.window.opinion_panel.noted.emit("yes", 1)
    qtbot.waitUntil(lambda: viewer.session.result is not None, timeout=WAIT_MS)
    (file,) = (paths.user_data() / "opinions").glob("*.json")
    kept = json.loads(file.read_text())
    assert (len(kept["opinions"]), len(kept["results"]), kept["opened_unasked"]) == (1, 1, False)


def test_a_torn_record_is_told_kept_and_the_study_sealed_anew(ready: Viewer, reader: Make) -> None:
    ready.window.opinion_panel.noted.emit("yes", 1)
    (file,) = (paths.user_data() / "opinions").glob("*.json")
    ready.close()
    file.write_text("{")
    again = reader()
    assert "Your opinion on this study cannot be read" in again.window.message_bar.text
    assert file.with_name(f"{file.stem}.unreadable-1.json").read_text() == "{"
    assert again.session.has_sealed_result


def test_the_statistics_tell_agreement_switches_and_confidence_and_go_out_as_csv(
    ready: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.actions["reader.statistics"].trigger()
    dialog = ready.reader.statistics.window
    assert "No case counts yet" in dialog.told
    assert not dialog.export_button.isEnabled()
    ready.window.opinion_panel.noted.emit("no", 4)
    ready.window.opinion_panel.noted.emit("yes", 4)
    ready.actions["reader.statistics"].trigger()
    assert "agreed with the model in 0 of 1; after it in 1 of 1" in dialog.told
    assert "toward the model: 1. Changed away from it: 0" in dialog.told
    assert dialog.chart.isVisible()
    labels = [(bar.label, bar.parts) for bar in dialog.chart._bars]
    assert labels[:2] == [("Before", (0, 0, 1)), ("After", (1, 0, 0))]
    assert ("Confidence 4", (0, 0, 1)) in labels
    file = tmp_path / "mine.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(file), ""))
    dialog.export_button.click()
    (row,) = csv.DictReader(file.read_text().splitlines())
    assert (row["first_answer"], row["final_answer"], row["switch"]) == ("no", "yes", "toward the model")
    assert re.fullmatch(r"[0-9a-f]{32}", row["case"])
    old = file.read_text()
    monkeypatch.setattr(Path, "replace", _full)
    dialog.export_button.click()
    assert file.read_text() == old
    assert "cannot be written" in ready.window.message_bar.text
    assert [one.name for one in tmp_path.iterdir()] == ["mine.csv"]


def _full(_self: Path, _target: Path) -> Path:
    raise OSError(28, "No space left on device")


def test_an_opinion_on_a_study_opened_beside_is_known_and_not_written_over(
    reader: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    who = {"patient_id": "P-1", "rows": 64, "columns": 56, "slices": 10}
    write_phantom(tmp_path / "prior", study="prior", series="old", **who)
    write_phantom(tmp_path / "now", **who)
    before = reader(folder=tmp_path / "prior")
    series = before.session.series
    assert series is not None
    before.reader.first._on_noted("no", 4)
    record = study_record.file_of(OPINIONS, study_record.study_of(series))
    kept = record.read_text(encoding="utf-8")
    before.close()

    after = reader(folder=tmp_path / "now")
    with qtbot.waitSignal(after.opening_beside.opened, timeout=WAIT_MS):
        after.opening_beside.open(tmp_path / "prior")
    (pane,) = after.layouts.panes
    qtbot.waitUntil(lambda: pane.session.volume is not None and after.workflow.is_idle, timeout=WAIT_MS)
    after.layouts.activate(pane)
    shown = after.session.series
    assert shown is not None
    assert shown.series_uid == series.series_uid
    assert not after.session.seal.covers(shown.key)
    assert '"no"' in kept
    after.reader.first._on_noted("yes", 1)
    told = record.read_text(encoding="utf-8")
    assert '"no"' in told
    assert '"yes"' in told
