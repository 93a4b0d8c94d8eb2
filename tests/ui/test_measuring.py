"""Measuring through the real window: draw, select, drag, undo, list, export, found again on reopening."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QListWidget
from pytestqt.qtbot import QtBot

from leukoviewer import paths
from leukoviewer.core.measurement_file import file_of, load
from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.core.window import BRAIN
from leukoviewer.display.orientation import Turn
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.mark_painter import point_of, spot_of
from tests.phantom import marker_hu, write_capture, write_phantom, write_scout
from tests.ui.conftest import begun, opened

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
KEYS = {
    Kind.LENGTH: "L", Kind.ANGLE: "A", Kind.RECTANGLE: "B", Kind.ELLIPSE: "E", Kind.FREEHAND: "F",
}  # fmt: skip
TURNS = [Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A tilted head whose pixels are not square."""
    write_phantom(tmp_path / "dicom", slices=5, rows=80, columns=64, spacing_mm=(2.0, 3.0), tilt_deg=12.0)
    return tmp_path / "dicom"


@pytest.fixture
def measuring(viewer: Viewer, folder: Path, qtbot: QtBot) -> Viewer:
    opened(viewer, folder, qtbot)
    # So that a px of the mouse is a fine part of a pixel.
    viewer.window.slice_view.setFocus()
    return viewer


def _spot(viewer: Viewer, row: float, column: float) -> QPoint:
    return spot_of((row, column), viewer.window.slice_view.viewport).toPoint()


def _drag(viewer: Viewer, *points: tuple[float, float]) -> None:
    """Press at the first point, go along the others, release at the last."""
    view = viewer.window.slice_view
    spots = [_spot(viewer, *point) for point in points]
    QTest.mousePress(view, LEFT, pos=spots[0])
    for spot in spots[1:]:
        QTest.mouseMove(view, spot)
    QTest.mouseRelease(view, LEFT, pos=spots[-1])


def _draw(viewer: Viewer, kind: Kind, *points: tuple[float, float]) -> Measurement:
    """Draw with the tool of the key and put the tool away."""
    before = {one.id for one in viewer.session.measurements.shown}
    QTest.keyClick(viewer.window, KEYS[kind])
    assert viewer.measuring.tool is kind
    if kind is Kind.ANGLE:
        _drag(viewer, *points[:2])
        QTest.mouseMove(viewer.window.slice_view, _spot(viewer, *points[2]))
        QTest.mouseClick(viewer.window.slice_view, LEFT, pos=_spot(viewer, *points[2]))
    else:
        _drag(viewer, *points)
    QTest.keyClick(viewer.window, Qt.Key.Key_Escape)
    assert viewer.measuring.tool is None
    (one,) = [one for one in viewer.session.measurements.shown if one.id not in before]
    return one


def _px_mm(viewer: Viewer) -> float:
    """What the mouse can miss: one px of the screen."""
    return 1.5 / viewer.window.slice_view.viewport.px_per_mm


def _lines(viewer: Viewer, one: Measurement) -> tuple[str, ...]:
    return next(mark.lines for mark in viewer.window.slice_view.layer.marks if mark.id == one.id)


def _titles(viewer: Viewer) -> list[str]:
    return [row.title for row in viewer.window.measurement_list.rows]


def _shown(viewer: Viewer) -> tuple[Measurement, ...]:
    return viewer.session.measurements.shown


def _slice(viewer: Viewer) -> int:
    assert viewer.session.view is not None
    return viewer.session.view.slice_index


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_a_drawn_length_is_true_in_mm_however_the_picture_is_laid(measuring: Viewer, turn: Turn) -> None:
    session = measuring.session
    assert session.view is not None
    session.set_view(session.view.with_turn(turn))
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (40.0, 50.0))
    length_mm = math.hypot(30 * 2.0, 40 * 3.0)
    said = float(_lines(measuring, one)[0].removesuffix(" mm"))
    assert said == pytest.approx(length_mm, abs=2 * _px_mm(measuring))
    assert one.points[0] == pytest.approx((10, 10), abs=_px_mm(measuring) / 2)
    assert _titles(measuring) == [f"3:  Length  {said:.1f} mm"]


def test_every_area_tells_its_size_and_hu(measuring: Viewer) -> None:
    drawn = {
        kind: _draw(measuring, kind, *points)
        for kind, points in {
            Kind.RECTANGLE: ((0.6, 0.6), (4.4, 4.4)),
            Kind.ELLIPSE: ((20.0, 20.0), (60.0, 44.0)),
            Kind.FREEHAND: ((10.0, 10.0), (10.0, 50.0), (30.0, 50.0), (30.0, 10.0)),
        }.items()
    }
    index = _slice(measuring)
    assert _lines(measuring, drawn[Kind.RECTANGLE])[1] == f"mean {marker_hu(index):.1f} ± 0.0 HU"
    sizes = {kind: _lines(measuring, one)[0] for kind, one in drawn.items()}
    for kind, area_cm2 in {Kind.ELLIPSE: math.pi * 40 * 36 / 100, Kind.FREEHAND: 40 * 120 / 100}.items():
        assert float(sizes[kind].removesuffix(" cm²")) == pytest.approx(area_cm2, rel=0.03)
    assert measuring.window.measurement_list.isVisible()
    assert measuring.window.measurement_list._histogram.isVisible()


def test_an_angle_is_drawn_by_a_drag_and_a_click(measuring: Viewer) -> None:
    one = _draw(measuring, Kind.ANGLE, (10.0, 40.0), (40.0, 10.0), (40.0, 40.0))
    said = float(_lines(measuring, one)[0].removesuffix("°"))
    assert said == pytest.approx(math.degrees(math.atan2(60, 90)), abs=1.0)


def test_clicks_draw_too_and_a_click_at_one_place_draws_nothing(measuring: Viewer) -> None:
    view = measuring.window.slice_view
    QTest.keyClick(measuring.window, "L")
    for point in ((10.0, 10.0), (10.0, 10.0)):
        QTest.mouseClick(view, LEFT, pos=_spot(measuring, *point))
    assert _shown(measuring) == ()
    QTest.mouseClick(view, LEFT, pos=_spot(measuring, 20, 20))
    QTest.mouseMove(view, _spot(measuring, 20, 35))
    assert view.layer.marks[-1].lines
    QTest.mouseClick(view, LEFT, pos=_spot(measuring, 20, 40))
    assert [one.kind for one in _shown(measuring)] == [Kind.LENGTH]


def test_escape_drops_the_draft_then_the_tool(measuring: Viewer) -> None:
    view = measuring.window.slice_view
    QTest.keyClick(measuring.window, "L")
    QTest.mouseClick(view, LEFT, pos=_spot(measuring, 20, 20))
    QTest.keyClick(measuring.window, Qt.Key.Key_Escape)
    assert (view.layer.marks, measuring.measuring.tool) == ((), Kind.LENGTH)
    assert measuring.actions["measure.length"].isChecked()
    QTest.keyClick(measuring.window, Qt.Key.Key_Escape)
    assert measuring.measuring.tool is None
    assert not measuring.actions["measure.length"].isChecked()
    assert not measuring.measuring.leave()


def test_a_tool_is_put_away_by_its_own_key_and_replaced_by_another(measuring: Viewer) -> None:
    for key, tool in (("L", Kind.LENGTH), ("E", Kind.ELLIPSE), ("E", None)):
        QTest.keyClick(measuring.window, key)
        assert measuring.measuring.tool is tool
        checked = [kind for kind in Kind if measuring.actions[f"measure.{kind.value}"].isChecked()]
        assert checked == ([] if tool is None else [tool])


def test_zoom_and_pan_and_window_go_on_while_a_tool_is_active(measuring: Viewer) -> None:
    view = measuring.window.slice_view
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (40.0, 50.0))
    QTest.keyClick(measuring.window, "L")
    before = spot_of(one.points[0], view.viewport)
    QTest.mousePress(view, RIGHT, pos=QPoint(200, 200))
    QTest.mouseMove(view, QPoint(200, 120))
    QTest.mouseRelease(view, RIGHT, pos=QPoint(200, 120))
    after = spot_of(one.points[0], view.viewport)
    assert after != before
    assert point_of(after, view.viewport) == pytest.approx(one.points[0])
    assert _shown(measuring) == (one,)
    assert measuring.session.view is not None
    assert measuring.session.view.window == BRAIN


def test_without_a_tool_the_left_drag_windows_beside_measurements_and_moves_on_them(measuring: Viewer) -> None:
    one = _draw(measuring, Kind.RECTANGLE, (20.0, 20.0), (40.0, 40.0))
    _drag(measuring, (60.0, 10.0), (65.0, 20.0))
    assert measuring.session.view is not None
    assert measuring.session.view.window != BRAIN
    assert measuring.session.measurements.selected == ""
    _drag(measuring, (20.0, 30.0), (25.0, 38.0))
    (moved,) = _shown(measuring)
    assert measuring.session.measurements.selected == one.id
    assert np.subtract(moved.points, one.points) == pytest.approx(np.array([[5, 8], [5, 8]]), abs=0.5)


def test_a_handle_changes_the_shape_and_the_words_follow_while_it_is_held(measuring: Viewer) -> None:
    view = measuring.window.slice_view
    one = _draw(measuring, Kind.LENGTH, (20.0, 20.0), (20.0, 40.0))
    QTest.mousePress(view, LEFT, pos=_spot(measuring, 20, 40))
    QTest.mouseMove(view, _spot(measuring, 20, 50))
    held = float(_lines(measuring, one)[0].removesuffix(" mm"))
    assert held == pytest.approx(90, abs=2 * _px_mm(measuring))
    assert _shown(measuring) == (one,)
    QTest.mouseRelease(view, LEFT, pos=_spot(measuring, 20, 50))
    assert _shown(measuring)[0].points[0] == one.points[0]
    assert _shown(measuring)[0].points[1] == pytest.approx((20, 50), abs=0.5)


def test_a_drag_that_leaves_the_picture_ends_at_its_edge(measuring: Viewer) -> None:
    one = _draw(measuring, Kind.RECTANGLE, (10.0, 10.0), (-30.0, -30.0))
    assert one.points[1] == (-0.5, -0.5)


def test_changes_are_undone_and_redone_by_keys_and_shown_where_they_were(measuring: Viewer) -> None:
    window = measuring.window
    first = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    QTest.keyClick(window, Qt.Key.Key_End)
    second = _draw(measuring, Kind.ELLIPSE, (20.0, 20.0), (50.0, 50.0))
    QTest.keyClick(window, Qt.Key.Key_Delete)
    assert _shown(measuring) == (first,)
    QTest.keyClick(window, Qt.Key.Key_Home)
    QTest.keyClick(window, "Z", Qt.KeyboardModifier.ControlModifier)
    assert (_shown(measuring), _slice(measuring)) == ((first, second), 4)
    for _ in range(3):
        QTest.keyClick(window, "Z", Qt.KeyboardModifier.ControlModifier)
    assert (_shown(measuring), _slice(measuring)) == ((), 2)
    for _ in range(2):
        QTest.keyClick(window, "Y", Qt.KeyboardModifier.ControlModifier)
    assert _shown(measuring) == (first, second)
    _draw(measuring, Kind.LENGTH, (30.0, 10.0), (30.0, 40.0))
    assert not measuring.session.measurements.can_redo


def test_delete_without_a_selection_takes_nothing(measuring: Viewer) -> None:
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    QTest.mouseClick(measuring.window.slice_view, LEFT, pos=_spot(measuring, 60, 60))
    QTest.keyClick(measuring.window, Qt.Key.Key_Delete)
    assert _shown(measuring) == (one,)


def test_only_the_shown_slice_carries_its_measurements(measuring: Viewer) -> None:
    _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    QTest.keyClick(measuring.window, Qt.Key.Key_Down)
    assert measuring.window.slice_view.layer.marks == ()
    QTest.keyClick(measuring.window, Qt.Key.Key_Up)
    assert len(measuring.window.slice_view.layer.marks) == 1


def test_scrolling_drops_what_is_being_drawn(measuring: Viewer) -> None:
    QTest.keyClick(measuring.window, "L")
    QTest.mouseClick(measuring.window.slice_view, LEFT, pos=_spot(measuring, 20, 20))
    QTest.keyClick(measuring.window, Qt.Key.Key_Down)
    assert measuring.window.slice_view.layer.marks == ()


def test_the_list_takes_no_room_when_empty_and_jumps_to_what_is_chosen(measuring: Viewer) -> None:
    panel = measuring.window.measurement_list
    assert not panel.isVisible()
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    QTest.keyClick(measuring.window, Qt.Key.Key_Home)
    _draw(measuring, Kind.ELLIPSE, (20.0, 20.0), (50.0, 50.0))
    assert [title[:9] for title in _titles(measuring)] == ["1:  Ellip", "3:  Lengt"]
    rows = panel.findChild(QListWidget)
    assert rows is not None
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualItemRect(rows.item(1)).center())
    assert _slice(measuring) == 2
    assert measuring.session.measurements.selected == one.id
    for _ in range(2):
        measuring.measuring.undo()
    assert not panel.isVisible()


def test_keys_go_from_one_measurement_to_the_next_and_around(measuring: Viewer) -> None:
    QTest.keyClick(measuring.window, "J")
    assert measuring.session.measurements.selected == ""
    first = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    QTest.keyClick(measuring.window, Qt.Key.Key_End)
    second = _draw(measuring, Kind.LENGTH, (20.0, 10.0), (20.0, 40.0))
    measuring.session.measurements.select("")
    for modifier, expected in (
        (Qt.KeyboardModifier.NoModifier, first),
        (Qt.KeyboardModifier.NoModifier, second),
        (Qt.KeyboardModifier.NoModifier, first),
        (Qt.KeyboardModifier.ShiftModifier, second),
    ):
        QTest.keyClick(measuring.window, "J", modifier)
        assert measuring.session.measurements.selected == expected.id
        assert _slice(measuring) == expected.slice_index


def test_an_arrow_asks_for_its_words_and_they_can_be_changed(measuring: Viewer, qtbot: QtBot) -> None:
    QTest.keyClick(measuring.window, "A", Qt.KeyboardModifier.ShiftModifier)
    assert measuring.measuring.tool is Kind.ARROW
    _drag(measuring, (30.0, 30.0), (20.0, 10.0))
    assert len(_shown(measuring)) == 1
    for text, typed in (("old lacune?", "old  lacune? "), ("no", "no")):
        dialog = measuring.window.findChildren(QInputDialog)[-1]
        dialog.setTextValue(typed)
        dialog.accept()
        (one,) = _shown(measuring)
        assert (one.kind, one.text, _lines(measuring, one)) == (Kind.ARROW, text, (text,))
        qtbot.waitUntil(lambda: not measuring.window.findChildren(QInputDialog))
        if text != "no":
            measuring.actions["measure.text"].trigger()


def test_words_for_a_measurement_of_another_series_are_not_taken_without_a_word(
    measuring: Viewer, tmp_path: Path, qtbot: QtBot
) -> None:
    """While the dialog stands there, another folder may come."""
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    measuring.session.measurements.select(one.id)
    measuring.actions["measure.text"].trigger()
    (dialog,) = measuring.window.findChildren(QInputDialog)
    write_phantom(tmp_path / "other", slices=5, series="9", study="9")
    opened(measuring, tmp_path / "other", qtbot)
    dialog.setTextValue("lacune")
    dialog.accept()
    assert "Another series is shown now, so nothing was saved" in measuring.window.message_bar.text
    assert _shown(measuring) == ()


def test_measurements_are_found_again_on_reopening_without_the_patient_in_the_file(
    measuring: Viewer, viewers: Callable[..., Viewer], folder: Path, qtbot: QtBot
) -> None:
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    (file,) = (paths.user_data() / "measurements").iterdir()
    for secret in ("Phantom", "PHANTOM-1", str(folder)):
        assert secret not in file.name + file.read_text(encoding="utf-8")
    again = opened(begun(viewers(), qtbot), folder, qtbot)
    assert _shown(again) == (one,)
    assert _lines(again, one) == _lines(measuring, one)
    assert _titles(again) == _titles(measuring)
    assert again.window.message_bar.text == ""


def test_two_windows_on_one_series_keep_each_others_measurements(
    measuring: Viewer, viewers: Callable[..., Viewer], folder: Path, qtbot: QtBot
) -> None:
    other = opened(begun(viewers(), qtbot), folder, qtbot)
    second = _draw(other, Kind.LENGTH, (20.0, 10.0), (20.0, 40.0))
    measuring.session.measurements.add(replace(second, id="first"))
    measuring.session.measurements.remove("first")
    (file,) = (paths.user_data() / "measurements").iterdir()
    assert load(file).measurements == (second,)


def test_what_two_windows_change_on_one_series_is_brought_together(
    measuring: Viewer, viewers: Callable[..., Viewer], folder: Path, qtbot: QtBot
) -> None:
    book = measuring.session.measurements
    kept, moved, gone = (_draw(measuring, Kind.LENGTH, (row, 10.0), (row, 40.0)) for row in (20.0, 40.0, 60.0))
    other = opened(begun(viewers(), qtbot), folder, qtbot)
    beside = other.session.measurements
    beside.replace(moved.with_text("theirs"))
    beside.remove(gone.id)
    book.replace(kept.with_text("mine"))
    saved = {one.id: one.text for one in load(file_of(measuring.session.series)).measurements}
    assert saved == {kept.id: "mine", moved.id: "theirs"}
    assert {one.id: one.text for one in _shown(measuring)} == saved
    # Undo takes back what was done here, never what was done there.
    measuring.actions["edit.undo"].trigger()
    assert {one.id: one.text for one in _shown(measuring)} == {kept.id: "", moved.id: "theirs"}
    other._look_again(Qt.ApplicationState.ApplicationActive)
    assert _shown(other) == _shown(measuring)


def test_a_file_that_is_taken_away_takes_no_measurement_with_it(measuring: Viewer) -> None:
    first = _draw(measuring, Kind.LENGTH, (20.0, 10.0), (20.0, 40.0))
    file = file_of(measuring.session.series)
    file.unlink()
    second = _draw(measuring, Kind.LENGTH, (30.0, 10.0), (30.0, 40.0))
    assert load(file).measurements == (first, second)


def test_a_file_that_may_not_be_read_any_more_is_told_and_not_written_over(measuring: Viewer) -> None:
    _draw(measuring, Kind.LENGTH, (20.0, 10.0), (20.0, 40.0))
    file = file_of(measuring.session.series)
    content, aside = file.read_text(), file.rename(file.with_suffix(".kept"))
    # A folder in its place fails to open for every user, also for root.
    file.mkdir()
    _draw(measuring, Kind.LENGTH, (30.0, 10.0), (30.0, 40.0))
    assert "will not be saved this time" in measuring.window.message_bar.text
    file.rmdir()
    aside.rename(file)
    _draw(measuring, Kind.LENGTH, (40.0, 10.0), (40.0, 40.0))
    assert file.read_text() == content
    assert len(_shown(measuring)) == 3


def test_looking_at_a_series_leaves_no_file(measuring: Viewer) -> None:
    assert not (paths.user_data() / "measurements").exists()


def test_a_window_that_only_makes_a_picture_leaves_no_trace(
    with_model: Package, viewers: Callable[..., Viewer], folder: Path, qtbot: QtBot
) -> None:
    viewer = viewers(Settings(notice_accepted=NOTICE_VERSION))
    viewer.measuring._keep = False
    opened(begun(viewer, qtbot), folder, qtbot)
    _draw(viewer, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    assert not (paths.user_data() / "measurements").exists()


def test_a_damaged_file_is_told_and_kept_and_new_measurements_are_saved(
    viewer: Viewer, folder: Path, qtbot: QtBot
) -> None:
    opened(viewer, folder, qtbot)
    assert viewer.session.series is not None
    file = file_of(viewer.session.series)
    file.parent.mkdir(parents=True)
    file.write_text('{"schema": "leukoviewer.measurements/9"}')
    viewer.session.measurements._pages.clear()
    opened(viewer, folder, qtbot)
    assert "kept as" in viewer.window.message_bar.text
    _draw(viewer, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    assert len(json.loads(file.read_text())["measurements"]) == 1
    assert [path.read_text()[:12] for path in file.parent.glob("*unreadable*")] == ['{"schema": "']


def test_a_full_disk_is_told_and_the_measurement_stays(measuring: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    assert "No space left" in measuring.window.message_bar.text
    assert _shown(measuring) == (one,)


def test_the_table_is_exported_and_a_failure_is_one_sentence(
    measuring: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measuring.measuring.export()
    assert "no measurements" in measuring.window.message_bar.text
    measuring.window.message_bar.clear()
    _draw(measuring, Kind.RECTANGLE, (0.6, 0.6), (4.4, 4.4))
    target = tmp_path / "table"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    measuring.actions["file.export_measurements"].trigger()
    (row,) = csv.DictReader(io.StringIO(target.with_suffix(".csv").read_text(encoding="utf-8")))
    assert (row["slice"], row["kind"], row["mean"], row["unit"]) == ("2", "rectangle", f"{marker_hu(2)}.00", "HU")
    assert measuring.window.message_bar.text == ""
    target = tmp_path / "dicom" / next(path.name for path in (tmp_path / "dicom").iterdir()) / "x"
    measuring.actions["file.export_measurements"].trigger()
    assert "cannot be written" in measuring.window.message_bar.text


def test_a_picture_without_distances_cannot_be_measured(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    write_capture(tmp_path)
    opened(viewer, tmp_path, qtbot)
    QTest.keyClick(viewer.window, "L")
    assert viewer.measuring.tool is None
    assert not viewer.actions["measure.length"].isChecked()
    assert "distances" in viewer.window.message_bar.text


def test_a_projection_is_not_measured_but_may_be_pointed_at(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    write_scout(tmp_path)
    opened(viewer, tmp_path, qtbot)
    QTest.keyClick(viewer.window, "E")
    assert viewer.measuring.tool is None
    assert "projection" in viewer.window.message_bar.text
    QTest.keyClick(viewer.window, "A", Qt.KeyboardModifier.ShiftModifier)
    assert viewer.measuring.tool is Kind.ARROW


def test_measurements_of_images_that_are_not_open_are_kept(measuring: Viewer) -> None:
    book, series = measuring.session.measurements, measuring.session.series
    assert series is not None
    foreign = Measurement("z", Kind.LENGTH, ((1.0, 1.0), (5.0, 5.0)), "9.9.9")
    book.show_page("other", series, found=(foreign,))
    one = _draw(measuring, Kind.LENGTH, (10.0, 10.0), (10.0, 40.0))
    assert (book.shown, book.everything) == ((one,), (foreign, one))


def test_a_selected_measurement_is_painted_over_the_picture(measuring: Viewer) -> None:
    view = measuring.window.slice_view
    before = view.grab().toImage()
    one = _draw(measuring, Kind.LENGTH, (40.0, 10.0), (40.0, 50.0))
    middle = spot_of((40.0, 30.0), view.viewport)
    after = view.grab().toImage()
    assert _light(after, middle) > _light(before, middle) + 50
    measuring.session.measurements.remove(one.id)
    view.set_readout("")
    assert view.grab().toImage() == before


def _light(image: QImage, at: QPointF) -> int:
    scale = image.devicePixelRatio()
    x, y = round(at.x() * scale), round(at.y() * scale)
    return max(image.pixelColor(x, y + step).lightness() for step in (-1, 0, 1))


def test_the_same_measurement_on_another_index_is_found_by_its_image(measuring: Viewer) -> None:
    book, series = measuring.session.measurements, measuring.session.series
    assert series is not None
    stored = Measurement("z", Kind.LENGTH, ((1.0, 1.0), (5.0, 5.0)), series.slices[3].sop_instance_uid, slice_index=0)
    book.show_page("other", series, found=(stored, replace(stored, id="y", slice_index=99)))
    assert [one.slice_index for one in book.shown] == [3, 3]
