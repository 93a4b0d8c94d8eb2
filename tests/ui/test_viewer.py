"""The real window on real folders: open, scroll, window, run, heatmap, ribbon, several models, errors, settings."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.core.window import BRAIN, PRESETS, Window
from leukoviewer.display.compose import compose
from leukoviewer.packages.archive import Package
from leukoviewer.preprocessing.projection import project
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.messages import Kind
from leukoviewer.ui.values import Cutoffs, Tasks
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.notice import NoticeDialog
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, Gate, analyzed, begun, gated_analysis, gated_loading, opened

ACCEPTED = Settings(notice_accepted=NOTICE_VERSION)


def _index(viewer: Viewer) -> int:
    assert viewer.session.view is not None
    return viewer.session.view.slice_index


def _window(viewer: Viewer) -> Window:
    assert viewer.session.view is not None
    return viewer.session.view.window


def _press(viewer: Viewer, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(viewer.window, key, modifiers)


def _frame(viewer: Viewer) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The pixels that the slice view was given, as red, green, blue."""
    pixels = viewer.window.slice_view._pixels
    assert pixels is not None
    return np.stack([(pixels >> shift).astype(np.uint8) for shift in (16, 8, 0)], axis=-1)


def _expected(viewer: Viewer, *, heat: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The frame composed from the volume and the result, without the window."""
    session = viewer.session
    assert session.view is not None
    assert session.volume is not None
    plane = None
    if heat and session.result is not None:
        raw = session.result.map_of(session.view.slice_index)
        assert raw is not None
        plane = project(raw, session.result.mapping) / np.float32(session.result.map_scale)
    hu = session.volume.hu[session.view.slice_index]
    return compose(hu, session.view.window, heat=plane, style=session.view.heatmap, inverted=session.view.inverted)


# Opening


def test_the_start_page_gives_way_to_the_picture(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    assert not viewer.window.is_reading
    opened(viewer, head_folder, qtbot)
    assert viewer.window.is_reading
    assert len(viewer.window.series_list.keys) == 3
    np.testing.assert_array_equal(_frame(viewer), _expected(viewer, heat=False))


def test_a_slice_that_is_not_read_yet_shows_no_other_slice(
    viewers: Callable[..., Viewer], head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = viewers(load=gated_loading(tasks, gate))
    viewer.opening.open(head_folder)
    qtbot.waitUntil(lambda: viewer.session.loaded_count == 1, timeout=WAIT_MS)
    assert viewer.window.slice_view._pixels is not None
    assert viewer.window.slice_view.notice is None
    _press(viewer, Qt.Key.Key_Home)
    assert viewer.window.slice_view._pixels is None
    notice = viewer.window.slice_view.notice
    assert notice is not None
    assert notice.text == "Loading slice 1 …"
    gate.open()
    qtbot.waitUntil(lambda: viewer.session.volume is not None, timeout=WAIT_MS)
    assert viewer.window.slice_view.notice is None
    np.testing.assert_array_equal(_frame(viewer), _expected(viewer, heat=False))


@pytest.mark.parametrize("name", ["a", "a/slice_000.dcm"])
def test_a_dropped_folder_or_file_opens(viewer: Viewer, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    phantom = write_phantom(tmp_path / "a", slices=6)
    target = tmp_path / "a" if name == "a" else phantom.files[0]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target))])
    position, actions, buttons = QPoint(50, 50), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(position, actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewer.window, entered)
    assert entered.isAccepted()
    dropped = QDropEvent(QPointF(position), actions, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewer.window, dropped)
    qtbot.waitUntil(lambda: viewer.session.volume is not None, timeout=WAIT_MS)
    assert len(viewer.session.volume or ()) == 6


def test_dropped_text_is_not_taken(viewer: Viewer) -> None:
    data = QMimeData()
    data.setText("hello")
    event = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(viewer.window, event)
    assert not event.isAccepted()


def test_opened_folders_are_remembered_and_open_again(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    opened(viewer, head_folder, qtbot)
    assert settings.load()[0].recent == (str(head_folder),)
    entry = viewer.window.recent_menu.actions()[0]
    assert entry.text() == str(head_folder)
    viewer.session.open_catalog(replace(viewer.session.catalog, series=()))  # type: ignore[type-var]
    entry.trigger()
    qtbot.waitUntil(lambda: viewer.session.volume is not None, timeout=WAIT_MS)


def test_a_recent_folder_is_written_as_it_is_named(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers(replace(ACCEPTED, recent=("/scans/A&B",)))
    assert viewer.window.recent_menu.actions()[0].text().replace("&&", "&") == "/scans/A&B"
    assert "&&" in viewer.window.recent_menu.actions()[0].text()
    assert viewer.window.recent_menu.toolTipsVisible()


def test_the_recent_list_can_be_cleared_and_switched_off(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    opened(viewer, head_folder, qtbot)
    menu = {action.text(): action for action in viewer.window.recent_menu.actions()}
    menu["Clear this list"].trigger()
    assert settings.load()[0].recent == ()
    menu = {action.text(): action for action in viewer.window.recent_menu.actions()}
    menu["Remember opened folders"].trigger()
    opened(viewer, head_folder, qtbot)
    loaded, _ = settings.load()
    assert loaded.recent == ()
    assert not loaded.keep_recent


def test_a_recent_folder_that_is_gone_is_told_and_forgotten(viewers: Callable[..., Viewer], tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    viewer = viewers(replace(ACCEPTED, recent=(str(gone),)))
    viewer.window.recent_menu.actions()[0].trigger()
    assert viewer.window.message_bar.text == "gone is no longer there; choose another folder."
    assert viewer.store.value.recent == ()


def test_a_place_that_cannot_be_reached_is_told(viewer: Viewer) -> None:
    viewer.window.dropped.emit(Path("/") / ("x" * 5000))
    assert viewer.window.message_bar.text.endswith("cannot be reached; check its permissions and the connection.")
    assert viewer.workflow.is_idle


def test_an_unreadable_folder_is_told_in_the_bar(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    with qtbot.waitSignal(viewer.workflow.failed, timeout=WAIT_MS):
        viewer.opening.open(tmp_path)
    assert viewer.window.message_bar.kind is Kind.ERROR
    assert viewer.window.message_bar.text.endswith(".")
    assert not viewer.window.is_reading


@pytest.mark.parametrize("orientation", ["axial", "prone", ((1, 0, 0), (0, -1, 0)), ((0, 1, 0), (1, 0, 0))], ids=str)
def test_the_patients_right_is_at_the_left_however_the_file_is_written(
    viewer: Viewer, tmp_path: Path, qtbot: QtBot, orientation: object
) -> None:
    phantom = write_phantom(tmp_path, slices=5, orientation=orientation, rows=64, columns=64)
    opened(viewer, tmp_path, qtbot)
    view, session = viewer.window.slice_view, viewer.session
    letters = view.letters
    assert (letters.left, letters.right, letters.top, letters.bottom) == ("R", "L", "A", "P")
    assert session.series is not None
    plane = session.series.slices[_index(viewer)].plane
    assert plane is not None
    scale = view.viewport.px_per_mm
    # Under the cursor lies what the letters say: 30 mm to the left of the middle is 30 mm to the patient's right.
    places = []
    for x_mm, y_mm in ((-30, -20), (30, 20)):
        at = view.viewport.pixel_at(QPointF(view.width() / 2 + x_mm * scale, view.height() / 2 + y_mm * scale))
        assert at is not None
        places.append(plane.point_mm(*at))
    np.testing.assert_allclose((places[1] - places[0])[:2], (60, 40), atol=2 * max(plane.spacing_mm))
    # The small picture in the list lies the same way.
    turn = session.view.turn if session.view else None
    thumbnail = session.thumbnail(session.series.key)
    assert turn is not None
    assert thumbnail is not None
    item = viewer.window.series_list._list.item(0).data(Qt.ItemDataRole.DecorationRole).toImage()
    sharp = QImage(item).convertToFormat(QImage.Format.Format_Grayscale8)
    laid = turn.apply(thumbnail)
    rows, columns = laid.shape
    seen = [
        [
            sharp.pixelColor(
                round((x + 0.5) * sharp.width() / columns - 0.5), round((y + 0.5) * sharp.height() / rows - 0.5)
            ).red()
            for x in range(columns)
        ]
        for y in range(rows)
    ]
    assert np.corrcoef(np.array(seen).ravel(), laid.ravel())[0, 1] > 0.9
    assert len(phantom.files) == 5


# Reading


@pytest.mark.parametrize(
    ("key", "modifier", "start", "expected"),
    [
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 3, 4),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 3, 2),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, 0, 10),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, 11, 1),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 5, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 5, -1),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 0, 0),
    ],
)
def test_keys_scroll(reading: Viewer, key: Qt.Key, modifier: Qt.KeyboardModifier, start: int, expected: int) -> None:
    reading.reading.go_to(start)
    _press(reading, key, modifier)
    assert reading.session.volume is not None
    assert _index(reading) == (expected if expected >= 0 else len(reading.session.volume) - 1)
    assert reading.window.ribbon.current == _index(reading)
    np.testing.assert_array_equal(_frame(reading), _expected(reading, heat=False))


def test_the_wheel_scrolls(reading: Viewer) -> None:
    start, view = _index(reading), reading.window.slice_view
    for delta, expected in ((-120, start + 1), (120, start), (240, start - 2)):
        event = QWheelEvent(
            QPointF(100, 100), QPointF(100, 100), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view, event)
        assert _index(reading) == expected


def test_dragging_changes_the_window_and_the_panel_follows(reading: Viewer, qtbot: QtBot) -> None:
    view = reading.window.slice_view
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    qtbot.mouseMove(view, QPoint(264, 216))
    QTest.mouseMove(view, QPoint(264, 216))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(264, 216))
    window = _window(reading)
    assert window.width > BRAIN.width
    assert window.center != BRAIN.center
    assert window.name == ""
    assert reading.window.window_panel._width.value() == round(window.width)
    np.testing.assert_array_equal(_frame(reading), _expected(reading, heat=False))


def test_digits_choose_presets(reading: Viewer) -> None:
    for number, preset in enumerate(PRESETS, start=1):
        _press(reading, Qt.Key(Qt.Key.Key_0.value + number))
        assert _window(reading) == preset
        checked = [name for name, button in reading.window.window_panel._buttons.items() if button.isChecked()]
        assert checked == [preset.name]


def test_eight_is_the_files_own_window_and_zero_the_automatic_one(reading: Viewer) -> None:
    _press(reading, Qt.Key.Key_3)
    _press(reading, Qt.Key.Key_8)
    assert reading.session.series is not None
    assert _window(reading) == reading.session.series.windows[0]
    _press(reading, Qt.Key.Key_0)
    assert _window(reading).name == "Automatic"


def test_typing_into_a_field_does_not_choose_a_preset(reading: Viewer, qtbot: QtBot) -> None:
    field = reading.window.window_panel._width
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "150")
    assert _window(reading) == BRAIN
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (_window(reading).width, _window(reading).center) == (150, BRAIN.center)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_lead_from_a_field_back_to_the_keys_of_the_picture(
    reading: Viewer, qtbot: QtBot, key: Qt.Key
) -> None:
    field = reading.window.window_panel._center
    reading.window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=WAIT_MS)
    qtbot.keyClick(field, key)
    assert not field.hasFocus()
    QTest.keyClick(reading.window.focusWidget() or reading.window, Qt.Key.Key_6)
    assert _window(reading) == PRESETS[5]


@pytest.mark.parametrize("name", ["_slice", "_warnings"])
def test_a_click_on_a_text_leaves_the_keys_to_the_picture(reading: Viewer, qtbot: QtBot, name: str) -> None:
    label = getattr(reading.window.findings, name)
    label.setText("A line that can be selected.")
    label.show()
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton, pos=label.rect().center())
    for key, expected in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1)):
        QTest.keyClick(reading.window.focusWidget() or reading.window, key)
        assert _index(reading) == expected


def test_closing_the_window_does_not_wait_for_the_work(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = opened(begun(viewers(analyze=gated_analysis(tasks, gate)), qtbot), head_folder, qtbot)
    viewer.actions["model.run"].trigger()
    assert gate.reached.wait(15)
    viewer.window.close()
    assert not viewer.window.isVisible()
    assert not viewer.workflow.is_analyzing
    gate.open()


def test_invert_and_reset(reading: Viewer) -> None:
    _press(reading, Qt.Key.Key_I)
    assert reading.session.view is not None
    assert reading.session.view.inverted
    assert reading.actions["view.invert"].isChecked()
    assert reading.window.window_panel._invert.isChecked()
    np.testing.assert_array_equal(_frame(reading), _expected(reading, heat=False))
    _press(reading, Qt.Key.Key_6)
    reading.window.slice_view.zoom_in()
    before = _index(reading)
    _press(reading, Qt.Key.Key_R)
    assert not reading.session.view.inverted
    assert _window(reading) == BRAIN
    assert reading.window.slice_view.viewport.zoom == 1
    assert _index(reading) == before


def test_page_keys_change_the_series(reading: Viewer, qtbot: QtBot) -> None:
    keys = reading.window.series_list.keys
    assert reading.session.series is not None
    place = keys.index(reading.session.series.key)
    steps = (Qt.Key.Key_PageDown, 1) if place == 0 else (Qt.Key.Key_PageUp, -1)
    with qtbot.waitSignal(reading.workflow.loaded, timeout=WAIT_MS):
        _press(reading, steps[0])
    assert reading.session.series.key == keys[place + steps[1]]
    shown = reading.window.series_list._list.currentItem()
    assert shown.data(Qt.ItemDataRole.UserRole).key == reading.session.series.key


def test_cine_runs_round_and_stops(reading: Viewer, qtbot: QtBot) -> None:
    reading.reading.last()
    _press(reading, Qt.Key.Key_C)
    assert reading.actions["view.cine"].isChecked()
    qtbot.waitUntil(lambda: _index(reading) == 1, timeout=WAIT_MS)
    _press(reading, Qt.Key.Key_C)
    assert not reading.reading.cine.is_running
    assert not reading.actions["view.cine"].isChecked()


def test_the_value_under_the_cursor_is_the_hounsfield_unit_of_the_volume(reading: Viewer) -> None:
    reading.window.slice_view.cursor_moved.emit((30, 20))
    assert reading.session.volume is not None
    value = int(reading.session.volume.hu[_index(reading), 30, 20])
    assert reading.window._cursor_label.text().startswith(f"{value} HU")
    assert " mm" in reading.window._cursor_label.text()
    reading.window.slice_view.cursor_moved.emit(None)
    assert reading.window._cursor_label.text() == ""


def test_full_screen_by_key_and_back_by_escape(reading: Viewer) -> None:
    _press(reading, Qt.Key.Key_F11)
    assert reading.window.isFullScreen()
    assert reading.actions["view.full_screen"].isChecked()
    _press(reading, Qt.Key.Key_Escape)
    assert not reading.window.isFullScreen()
    assert not reading.actions["view.full_screen"].isChecked()


def test_a_double_click_gives_the_picture_all_room(reading: Viewer, qtbot: QtBot) -> None:
    view = reading.window.slice_view
    width = view.width()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.waitUntil(lambda: view.width() > width, timeout=WAIT_MS)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    qtbot.waitUntil(lambda: view.width() == width, timeout=WAIT_MS)


def test_full_screen_brings_a_maximized_window_back_maximized(reading: Viewer) -> None:
    reading.window.setWindowState(Qt.WindowState.WindowMaximized)
    reading.actions["view.full_screen"].trigger()
    assert reading.window.isFullScreen()
    reading.actions["view.full_screen"].trigger()
    assert reading.window.isMaximized()
    assert not reading.window.isFullScreen()


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_a_right_click_offers_the_usual_actions(reading: Viewer, qtbot: QtBot) -> None:
    qtbot.mouseClick(reading.window.slice_view, Qt.MouseButton.RightButton, pos=QPoint(90, 90))
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    offered = {action.objectName() for action in menu.actions()}
    assert {"window.preset2", "view.reset", "view.invert", "heatmap.toggle", "model.run", "model.key_image"} <= offered
    next(action for action in menu.actions() if action.objectName() == "window.preset2").trigger()
    assert _window(reading) == PRESETS[1]
    menu.close()


def test_a_scout_is_not_told_from_vertex_to_base(reading: Viewer, qtbot: QtBot) -> None:
    assert reading.window.ribbon._ends == ("vertex", "base")
    assert reading.session.catalog is not None
    scout = next(s for s in reading.session.catalog.series if not s.is_volume)
    with qtbot.waitSignal(reading.workflow.loaded, timeout=WAIT_MS):
        reading.workflow.show_series(scout.key)
    assert reading.window.ribbon._ends == ("first", "last")


# Models


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


def test_a_held_key_does_not_begin_the_same_run_anew(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = opened(begun(viewers(analyze=gated_analysis(tasks, gate)), qtbot), head_folder, qtbot)
    started: list[bool] = []
    viewer.workflow.analyzing_changed.connect(started.append)
    for _ in range(3):
        _press(viewer, Qt.Key.Key_M)
    assert started == [True]
    with qtbot.waitSignal(viewer.workflow.analyzed, timeout=WAIT_MS):
        gate.open()


def test_a_run_shows_scores_vote_ribbon_and_heatmap(reading: Viewer, with_model: Package, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    (row,) = reading.window.ribbon.rows
    np.testing.assert_array_equal(row.scores, result.by_native())
    assert row.threshold == result.slice_threshold
    findings = reading.window.findings
    assert findings._slice.text().startswith(f"Slice {_index(reading) + 1}: score ")
    assert findings._vote.text() == f"{result.vote().sentence[0].upper()}{result.vote().sentence[1:]}."
    assert with_model.ref.version in findings._source.text()
    assert "nothing: random weights" in reading.window.model_panel._facts.text()
    for index in range(len(result.scores)):
        reading.reading.go_to(index)
        np.testing.assert_array_equal(_frame(reading), _expected(reading, heat=True))


def test_the_heatmap_goes_off_and_on_by_key(reading: Viewer, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    hottest = int(np.argmax([plane.max() for plane in result.maps]))
    reading.reading.go_to(result.scores[hottest].native[0])
    with_heat = _frame(reading)
    _press(reading, Qt.Key.Key_G)
    without = _frame(reading)
    assert not reading.session.style.visible
    assert not reading.actions["heatmap.toggle"].isChecked()
    assert not np.array_equal(with_heat, without)
    np.testing.assert_array_equal(without, _expected(reading, heat=False))
    _press(reading, Qt.Key.Key_G)
    np.testing.assert_array_equal(_frame(reading), with_heat)


def test_brackets_change_the_opacity_and_the_panel_follows(reading: Viewer) -> None:
    _press(reading, Qt.Key.Key_BracketRight)
    assert reading.session.style.opacity == pytest.approx(0.40)
    assert reading.window.overlay_panel._opacity.value() == 40
    for _ in range(20):
        _press(reading, Qt.Key.Key_BracketLeft)
    assert reading.session.style.opacity == 0


def test_n_goes_from_one_suspicious_slice_to_the_next(reading: Viewer, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    scores = result.by_native()
    reading.session.set_cutoffs(Cutoffs(float(np.sort(scores)[-3]), 4))
    suspicious = sorted(int(i) for i in np.argsort(scores)[-3:])
    reading.reading.first()
    start = [i for i in suspicious if i > 0] + [i for i in suspicious if i == 0]
    for expected in start:
        _press(reading, Qt.Key.Key_N)
        assert _index(reading) == expected
    _press(reading, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert _index(reading) == start[-2]


def test_n_without_a_result_says_what_to_do(reading: Viewer) -> None:
    _press(reading, Qt.Key.Key_N)
    assert "run the model first" in reading.window.message_bar.text


def test_a_threshold_that_no_slice_reaches_is_told(reading: Viewer, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    reading.session.set_cutoffs(Cutoffs(1.0, 4))
    _press(reading, Qt.Key.Key_N)
    assert "No slice reaches" in reading.window.message_bar.text


def test_a_click_on_the_ribbon_goes_to_the_slice(reading: Viewer, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    ribbon = reading.window.ribbon
    cell = ribbon.layout_px.cell(7, ribbon.layout_px.row(0))
    qtbot.mouseClick(ribbon, Qt.MouseButton.LeftButton, pos=cell.center().toPoint())
    assert _index(reading) == 7
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


def test_switching_the_series_during_a_run_never_shows_the_old_result(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = opened(begun(viewers(analyze=gated_analysis(tasks, gate)), qtbot), head_folder, qtbot)
    viewer.actions["model.run"].trigger()
    assert gate.reached.wait(15)
    assert viewer.window.model_panel._stop.isVisible()
    assert viewer.session.catalog is not None
    assert viewer.session.series is not None
    other = next(s.key for s in viewer.session.catalog.volumes if s.key != viewer.session.series.key)
    viewer.window.series_list.series_asked.emit(other)
    gate.open()
    qtbot.waitUntil(lambda: viewer.workflow.is_idle and viewer.session.volume is not None, timeout=WAIT_MS)
    assert viewer.session.series.key == other
    assert viewer.session.result is None
    assert viewer.window.ribbon.rows == ()
    assert not viewer.window.model_panel._stop.isVisible()
    np.testing.assert_array_equal(_frame(viewer), _expected(viewer, heat=False))
    assert "stopped" in viewer.window.message_bar.text


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


def test_the_picture_keeps_answering_while_a_model_runs(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = opened(begun(viewers(analyze=gated_analysis(tasks, gate)), qtbot), head_folder, qtbot)
    viewer.actions["model.run"].trigger()
    assert gate.reached.wait(15)
    viewer.reading.first()
    for expected in range(1, 8):
        _press(viewer, Qt.Key.Key_Down)
        assert _index(viewer) == expected
        np.testing.assert_array_equal(_frame(viewer), _expected(viewer, heat=False))
    with qtbot.waitSignal(viewer.workflow.analyzed, timeout=WAIT_MS):
        gate.open()
    assert _index(viewer) == 7


def test_stop_ends_the_run(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    viewer = opened(begun(viewers(analyze=gated_analysis(tasks, gate)), qtbot), head_folder, qtbot)
    viewer.window.model_panel._run.click()
    assert gate.reached.wait(15)
    with qtbot.waitSignal(viewer.workflow.note, timeout=WAIT_MS):
        viewer.window.model_panel._stop.click()
        gate.open()
    assert viewer.session.result is None
    assert viewer.window.model_panel._run.isVisible()


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


def test_stopping_a_second_run_does_not_deny_the_first_result(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
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


# Settings, notice, references


def test_choices_and_sizes_come_back(viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot) -> None:
    first = begun(viewers(), qtbot)
    first.session.set_style(first.session.style.with_opacity(0.6).with_colormap("viridis").with_threshold(0.1))
    first.window.model_panel.device_asked.emit("cpu")
    first.actions["window.swap_drag"].trigger()
    first.window.resize(1100, 700)
    first.close()
    saved, note = settings.load()
    assert note == ""
    second = begun(viewers(saved), qtbot)
    assert (second.session.style.opacity, second.session.style.threshold) == (0.6, 0.1)
    assert second.session.style.colormap == "viridis"
    assert second.session.device == "cpu"
    assert second.window.slice_view._swaps_drag
    assert second.store.value.package_id == ""
    second.window.model_panel.model_asked.emit(with_model.id)
    assert settings.load()[0].package_id == with_model.id


def test_settings_of_nonsense_sizes_do_no_harm(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers(replace(ACCEPTED, window_geometry="not base64 ü", window_layout="AAAA", heatmap_colormap="jet"))
    assert viewer.window.isVisible()
    assert viewer.session.style.colormap == "inferno"


def test_the_notice_is_accepted_once(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers(Settings())
    dialog = viewer.show_notice(to_accept=True)
    assert dialog.isModal()
    dialog.accept()
    assert not settings.load()[0].notice_is_due


def test_leaving_the_notice_leaves_the_program(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers(Settings())
    viewer.show_notice(to_accept=True).reject()
    assert not viewer.window.isVisible()
    assert viewer.store.value.notice_is_due


def test_help_and_notice_open_from_the_menu(viewer: Viewer, qtbot: QtBot) -> None:
    _press(viewer, Qt.Key.Key_F1)
    sheet = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "keySheet" and w.isVisible())
    sheet.close()
    viewer.actions["help.notice"].trigger()
    notice = next(w for w in QApplication.topLevelWidgets() if isinstance(w, NoticeDialog) and w.isVisible())
    notice.close()


def test_a_settings_folder_that_cannot_be_written_is_told_once_and_stops_nothing(
    viewers: Callable[..., Viewer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = viewers()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path / "file"))
    viewer.window.model_panel.device_asked.emit("cpu")
    assert viewer.window.message_bar.kind is Kind.ERROR
    assert viewer.store.value.device == "cpu"


def test_the_window_is_saved_as_a_picture(reading: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "deep" / "picture"
    monkeypatch.setattr("leukoviewer.ui.viewer.QFileDialog.getSaveFileName", lambda *_: (str(target), "PNG (*.png)"))
    reading.actions["file.save_picture"].trigger()
    image = QImage(str(target.with_suffix(".png")))
    assert (image.width(), image.height()) == (1280, 800)


def test_a_thousand_signals_lose_no_references(reading: Viewer) -> None:
    values = (True, False, None)

    def emit() -> None:
        for index in range(1000):
            reading.session.view_changed.emit()
            reading.window.slice_view.cursor_moved.emit(None)
            reading.window.model_panel.run_asked.emit() if index < 0 else None
            reading.window.window_panel.set_inverted(index % 2 == 0)

    emit()
    gc.collect()
    before = [sys.getrefcount(value) for value in values]
    emit()
    gc.collect()
    after = [sys.getrefcount(value) for value in values]
    # Counts of singletons move by a few with any import or cache; a loss would be a thousand.
    assert all(abs(b - a) < 100 for a, b in zip(before, after, strict=True)), (before, after)
