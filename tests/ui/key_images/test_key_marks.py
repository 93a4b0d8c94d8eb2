"""Key images through the real window: marked, listed, gone through, undone, kept with the study, never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from leukoviewer.core.key_images import SHELF
from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.core.study_record import file_of, load, study_of
from leukoviewer.display.corner_text import KEY_IMAGE
from leukoviewer.ui.key_marks import NONE_YET
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, opened

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier,
)  # fmt: skip


def press(viewer: Viewer, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key over the whole window."""
    QTest.keyClick(viewer.window, key, modifiers)


def mark(viewer: Viewer, *slices: int) -> None:
    """Go to these slices and mark each; of two windows only the active one takes keys."""
    for index in slices:
        viewer.reading.go_to(index)
        viewer.actions["model.key_image"].trigger()


def index(viewer: Viewer) -> int:
    """The slice on the screen."""
    assert viewer.session.view is not None
    return viewer.session.view.slice_index


def key_file(viewer: Viewer) -> Path:
    """Where the key images of the open study are kept."""
    assert viewer.session.series is not None
    return file_of(SHELF, study_of(viewer.session.series))


def kept(viewer: Viewer) -> list[int]:
    """Slices in the file."""
    return sorted(key.slice_index for key in load(SHELF, key_file(viewer)).value or ())


def corner(view: SliceView) -> tuple[str, ...]:
    """Lines of the lower right corner."""
    return view._overlay.texts.bottom_right


def entries(viewer: Viewer) -> QListWidget:
    """The list in the left panel."""
    found = viewer.window.key_image_list.findChild(QListWidget)
    assert isinstance(found, QListWidget)
    return found


def test_k_marks_and_unmarks_on_slice_ribbon_and_list(reading: Viewer) -> None:
    window, at = reading.window, index(reading)
    assert not window.key_image_list.isVisible()
    before = window.ribbon.grab().toImage()
    press(reading, Qt.Key.Key_K)
    assert corner(window.slice_view)[0] == KEY_IMAGE
    assert window.key_image_list.isVisible()
    assert reading.session.series is not None
    position = reading.session.series.position_mm[at]
    assert window.key_image_list.titles == (f"★ Slice {at + 1}, {position:.1f} mm",)
    assert not entries(reading).item(0).icon().isNull()
    assert "Key image" in window.ribbon.tip_at(QPointF(sum(window.ribbon.layout_px.span(at)) / 2, 10))
    assert _bright(window.ribbon.grab().toImage(), reading) > _bright(before, reading)
    press(reading, Qt.Key.Key_Down)
    assert KEY_IMAGE not in corner(window.slice_view)
    press(reading, Qt.Key.Key_Up)
    press(reading, Qt.Key.Key_K)
    assert KEY_IMAGE not in corner(window.slice_view)
    assert not window.key_image_list.isVisible()
    assert window.ribbon.grab().toImage() == before


def _bright(image: QImage, viewer: Viewer) -> int:
    """How many px of the ribbon's track are as light as the star."""
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(gray.constBits(), np.uint8).reshape(gray.height(), gray.bytesPerLine())
    track = viewer.window.ribbon.layout_px.track.toRect()
    return int((rows[track.top() : track.bottom(), track.left() : track.right()] > 190).sum())


def test_keys_and_list_go_through_the_key_images(reading: Viewer) -> None:
    press(reading, Qt.Key.Key_K, SHIFT)
    assert reading.window.message_bar.text == NONE_YET
    mark(reading, 2, 9, 5)
    reading.reading.go_to(4)
    passed = []
    for modifiers in (SHIFT, SHIFT, SHIFT, CTRL, CTRL):
        press(reading, Qt.Key.Key_K, modifiers)
        passed.append(index(reading))
    assert passed == [5, 9, 2, 9, 5]
    entries(reading).setCurrentRow(0)
    assert index(reading) == 2


def test_undo_and_redo_go_through_marks_and_measurements_in_one_row(reading: Viewer) -> None:
    session = reading.session
    assert session.series is not None
    key, book = session.series.key, session.measurements
    mark(reading, 2)
    uid = session.series.slices[6].sop_instance_uid
    book.add(Measurement("m", Kind.LENGTH, ((0.0, 0.0), (9.0, 9.0)), uid, slice_index=6))
    mark(reading, 8)
    states = []
    for _ in range(3):
        press(reading, Qt.Key.Key_Z, CTRL)
        states.append((session.key_images.of(key), len(book.shown), index(reading)))
    assert states == [((2,), 1, 8), ((2,), 0, 6), ((), 0, 2)]
    assert kept(reading) == []
    for _ in range(3):
        press(reading, Qt.Key.Key_Y, CTRL)
    assert (session.key_images.of(key), len(book.shown), index(reading)) == ((2, 8), 1, 8)
    assert kept(reading) == [2, 8]


def test_they_are_found_again_by_another_window(
    reading: Viewer, viewers: Callable[..., Viewer], head_folder: Path, qtbot: QtBot
) -> None:
    mark(reading, 1, 7)
    again = opened(viewers(), head_folder, qtbot)
    assert again.key_marks.slices == (1, 7)
    assert not again.session.measurements.can_undo
    again.reading.go_to(7)
    assert corner(again.window.slice_view)[0] == KEY_IMAGE
    # Both windows mark: neither loses what the other one marked.
    mark(again, 3)
    mark(reading, 10)
    assert kept(reading) == [1, 3, 7, 10]
    # Nor does a mark come back that the other one took away, and undo takes back nothing of the other.
    mark(reading, 7)
    mark(again, 1)  # each mark again takes it away
    assert kept(reading) == [3, 10]
    assert again.key_marks.slices == (3, 10)
    again.actions["edit.undo"].trigger()
    assert kept(reading) == [1, 3, 10]
    reading._look_again(Qt.ApplicationState.ApplicationActive)
    assert reading.key_marks.slices == (1, 3, 10)


def test_each_series_has_its_own_and_the_studys_file_holds_all(reading: Viewer, qtbot: QtBot) -> None:
    mark(reading, 4)
    session = reading.session
    assert session.catalog is not None
    assert session.series is not None
    shown = session.series.key
    reading.workflow.show_series(next(one.key for one in session.catalog.series if one.is_volume and one.key != shown))
    qtbot.waitUntil(lambda: reading.session.volume is not None and reading.workflow.is_idle, timeout=WAIT_MS)
    assert reading.key_marks.slices == ()
    mark(reading, 1)
    assert kept(reading) == [1, 4]
    assert len({key.series_uid for key in load(SHELF, key_file(reading)).value or ()}) == 2


def test_a_view_beside_the_active_one_shows_the_star_too(reading: Viewer) -> None:
    mark(reading, 5)
    press(reading, Qt.Key.Key_W)
    (pane,) = reading.layouts.panes
    assert corner(pane.view)[0] == KEY_IMAGE
    press(reading, Qt.Key.Key_Down)
    assert KEY_IMAGE not in corner(pane.view)


def test_a_damaged_file_is_told_in_a_sentence_and_nothing_is_lost(
    viewer: Viewer, viewers: Callable[..., Viewer], tmp_path: Path, qtbot: QtBot
) -> None:
    write_phantom(tmp_path, slices=4)
    opened(viewer, tmp_path, qtbot)
    mark(viewer, 1)
    file = key_file(viewer)
    file.write_text(file.read_text()[:40])
    again = opened(viewers(), tmp_path, qtbot)
    assert again.window.message_bar.text.startswith("The file with the key images of this study cannot be read")
    assert again.key_marks.slices == ()
    mark(again, 2)
    assert kept(again) == [2]
    assert len(file.with_name(f"{file.stem}.unreadable-1.json").read_text()) == 40


def test_a_full_disk_is_told_and_the_marks_stay_in_the_window(reading: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(reading, 1)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        mark(reading, 2)
    assert "No space left on device" in reading.window.message_bar.text
    assert reading.key_marks.slices == (1, 2)
    assert kept(reading) == [1]
    mark(reading, 3)
    assert kept(reading) == [1, 2, 3]


def test_a_file_that_may_not_be_read_any_more_is_not_written_over(reading: Viewer) -> None:
    mark(reading, 1)
    file = key_file(reading)
    content = file.read_text()
    aside = file.rename(file.with_suffix(".kept"))
    # A folder in its place fails to open for every user, also for root.
    file.mkdir()
    mark(reading, 2)
    assert "nothing new of it will be saved" in reading.window.message_bar.text
    assert reading.key_marks.slices == (1, 2)
    file.rmdir()
    aside.rename(file)
    mark(reading, 3)
    assert file.read_text() == content


def test_without_a_scan_nothing_can_be_marked(viewer: Viewer) -> None:
    press(viewer, Qt.Key.Key_K)
    press(viewer, Qt.Key.Key_K, CTRL)
    assert viewer.key_marks.slices == ()
    assert viewer.window.message_bar.text == NONE_YET
