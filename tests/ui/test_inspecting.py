"""DICOM tags and study information through the real window on real files."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.core.attributes import FileAttributes
from leukoviewer.core.progress import Work
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.dicom_tags import DicomTags
from tests.phantom import write_enhanced, write_phantom
from tests.ui.conftest import HEADS, WAIT_MS, Gate, gated_loading, opened


def _press(viewer: Viewer, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for the main window, where the reader clicked before."""
    viewer.window.activateWindow()
    QApplication.processEvents()
    assert QApplication.activeWindow() is viewer.window
    QTest.keyClick(viewer.window, key, modifiers)


def _tags(viewer: Viewer, qtbot: QtBot) -> DicomTags:
    """The window with the tags once it is opened by its key and filled."""
    _press(viewer, Qt.Key.Key_T)
    _settled(viewer, qtbot)
    return viewer.inspecting.tags


def _settled(viewer: Viewer, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)


def _value(dialog: DicomTags, keyword: str) -> str:
    nodes = [dialog._found.node(index) for index in dialog._found.indexes()]
    return next(node.cells[3] for node in nodes if node.cells[1] == keyword)


def _shown(viewer: Viewer) -> Path:
    assert viewer.session.series is not None
    assert viewer.session.view is not None
    return viewer.session.series.slices[viewer.session.view.slice_index].path


def _info(viewer: Viewer) -> str:
    _press(viewer, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    return viewer.inspecting.study.text


def test_the_tags_are_those_of_the_shown_slice_and_follow_it(reading: Viewer, qtbot: QtBot) -> None:
    dialog = _tags(reading, qtbot)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.title == f"Slice 7 of 12: {_shown(reading).name}"
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home):
        _press(reading, key)
        _settled(reading, qtbot)
        data = pydicom.dcmread(_shown(reading), stop_before_pixels=True)
        assert _value(dialog, "SOPInstanceUID") == data.SOPInstanceUID
        assert _value(dialog, "InstanceNumber") == f"{data.InstanceNumber}"
    assert _value(dialog, "PixelData") == "pixel data, not loaded (8,192 bytes)"
    assert dialog.title.startswith("Slice 1 of 12: ")


def test_running_through_the_slices_ends_at_the_last_one(reading: Viewer, qtbot: QtBot) -> None:
    dialog = _tags(reading, qtbot)
    for _ in range(5):
        _press(reading, Qt.Key.Key_Up)
    _settled(reading, qtbot)
    assert dialog.title == f"Slice 2 of 12: {_shown(reading).name}"
    assert _value(dialog, "SOPInstanceUID") == pydicom.dcmread(_shown(reading)).SOPInstanceUID


def test_another_series_shows_its_own_tags_and_information(reading: Viewer, qtbot: QtBot) -> None:
    dialog = _tags(reading, qtbot)
    assert HEADS["first"] in _info(reading)
    _press(reading, Qt.Key.Key_PageDown)
    _settled(reading, qtbot)
    assert _value(dialog, "SeriesDescription") == HEADS["second"]
    assert HEADS["second"] in reading.inspecting.study.text
    assert "4.00 mm" in reading.inspecting.study.text


def test_nothing_is_read_while_the_window_is_closed(viewers: Callable[..., Viewer], tasks: Tasks, head_folder: Path,
                                                    qtbot: QtBot) -> None:  # fmt: skip
    read: list[Path] = []

    def attributes(path: Path) -> Work[FileAttributes]:
        read.append(path)
        return (yield from tasks.attributes(path))

    viewer = opened(viewers(attributes=attributes), head_folder, qtbot)
    assert read == []
    dialog = _tags(viewer, qtbot)
    dialog.close()
    _press(viewer, Qt.Key.Key_Down)
    _settled(viewer, qtbot)
    assert len(read) == 1
    assert _tags(viewer, qtbot).title == f"Slice 8 of 12: {_shown(viewer).name}"
    assert len(read) == 2


def test_a_slow_file_leaves_the_window_free_and_is_dropped_when_another_is_asked(
    viewers: Callable[..., Viewer], tasks: Tasks, head_folder: Path, qtbot: QtBot
) -> None:
    gate, slow = Gate(), []

    def attributes(path: Path) -> Work[FileAttributes]:
        work = tasks.attributes(path)
        try:
            yield next(work)
            if not slow:
                slow.append(path)
                gate.wait()
            return (yield from work)
        finally:
            work.close()

    viewer = opened(viewers(attributes=attributes), head_folder, qtbot)
    _press(viewer, Qt.Key.Key_T)
    qtbot.waitUntil(gate.reached.is_set, timeout=WAIT_MS)
    assert viewer.inspecting.tags.title == f"Slice 7 of 12: {slow[0].name} is being read"
    _press(viewer, Qt.Key.Key_Down)
    gate.open()
    _settled(viewer, qtbot)
    assert viewer.inspecting.tags.title == f"Slice 8 of 12: {_shown(viewer).name}"
    assert _value(viewer.inspecting.tags, "SOPInstanceUID") == pydicom.dcmread(_shown(viewer)).SOPInstanceUID


def test_frames_of_one_file_share_their_tags(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    file = write_enhanced(tmp_path, slices=6).files[0]
    opened(viewer, tmp_path, qtbot)
    dialog = _tags(viewer, qtbot)
    assert dialog.title.endswith(f" of {file.name}")
    assert dialog.title.startswith("Slice 4 of 6: frame ")
    _press(viewer, Qt.Key.Key_Down)
    assert dialog.title.startswith("Slice 5 of 6: frame ")
    assert viewer.workflow.is_idle
    QTest.keyClicks(dialog._search, "planepositionsequence imageposition")
    assert dialog._count.text() == "0 attributes"
    dialog.search("ImagePositionPatient")
    assert dialog._count.text() == "13 attributes"
    info = _info(viewer)
    assert "Frames\n6" in info


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "The file of this slice is no longer there; open the folder again."),
        (b"broken", "The attributes of this slice cannot be read (not DICOM); choose another slice."),
    ],
)
def test_a_file_that_changed_under_the_window_is_told_in_its_own_window(
    viewer: Viewer, tmp_path: Path, qtbot: QtBot, *, caplog: pytest.LogCaptureFixture, content: bytes | None,
    expected: str,
) -> None:  # fmt: skip
    write_phantom(tmp_path, slices=5, patient_name="Sekret^Jane")
    opened(viewer, tmp_path, qtbot)
    path = _shown(viewer)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with caplog.at_level(logging.DEBUG):
        dialog = _tags(viewer, qtbot)
        assert dialog.note == expected
        assert dialog._found.rowCount() == 0
        assert viewer.window.message_bar.text == ""
        _press(viewer, Qt.Key.Key_Down)
        _settled(viewer, qtbot)
    assert dialog.note == ""
    assert _value(dialog, "PatientName") == "Sekret^Jane"
    assert "Sekret" not in caplog.text


def test_both_windows_open_without_a_scan_and_empty_with_the_next_one(
    viewer: Viewer, head_folder: Path, qtbot: QtBot
) -> None:
    dialog = _tags(viewer, qtbot)
    assert dialog.title == "No slice is shown."
    assert _info(viewer) == ""
    opened(viewer, head_folder, qtbot)
    assert _value(dialog, "SeriesDescription") == HEADS["first"]
    assert "Phantom, Head" in viewer.inspecting.study.text


def test_sizes_are_remembered_and_no_patient_with_them(
    viewers: Callable[..., Viewer], head_folder: Path, qtbot: QtBot
) -> None:
    viewer = opened(viewers(), head_folder, qtbot)
    dialog = _tags(viewer, qtbot)
    dialog.search("Phantom")
    _info(viewer)
    dialog.resize(700, 500)
    viewer.inspecting.study.resize(540, 480)
    dialog.close()
    viewer.window.close()
    saved, note = settings.load()
    assert note == ""
    other = viewers(saved)
    other.inspecting.show_tags()
    other.inspecting.show_study()
    assert (other.inspecting.tags.width(), other.inspecting.tags.height()) == (700, 500)
    assert (other.inspecting.study.width(), other.inspecting.study.height()) == (540, 480)
    assert "phantom" not in settings.file().read_text().lower().replace(str(head_folder).lower(), "")


def test_the_information_is_copied_as_text(reading: Viewer) -> None:
    _info(reading)
    reading.inspecting.study.copy_all()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("Patient\n  Name ")
    assert "Phantom, Head" in text
    assert text.count("\n\n") == 5


def test_the_information_tells_when_the_slices_are_read(
    viewers: Callable[..., Viewer], tasks: Tasks, head_folder: Path, qtbot: QtBot
) -> None:
    gate = Gate()
    viewer = viewers(load=gated_loading(tasks, gate))
    viewer.opening.open(head_folder)
    qtbot.waitUntil(gate.reached.is_set, timeout=WAIT_MS)
    assert "Read\nnot yet" in _info(viewer)
    gate.open()
    qtbot.waitUntil(lambda: viewer.session.volume is not None, timeout=WAIT_MS)
    assert "Read\n12 of 12" in viewer.inspecting.study.text
