"""Pictures, pages, films and series without their patient out of the real window."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray
from PIL import Image
from pydicom.uid import RLELossless
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from leukoviewer.core.clean_file import CleanFile
from leukoviewer.core.measurements import Kind as MeasurementKind
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Series
from leukoviewer.display.compose import compose
from leukoviewer.ui import export_wish
from leukoviewer.ui.export_wish import ExportWish, Kind, Which
from leukoviewer.ui.export_works import REMOVED
from leukoviewer.ui.values import ModelChoice, Tasks
from leukoviewer.ui.viewer import Viewer
from tests.display import scene
from tests.phantom import write_capture, write_phantom
from tests.ui.conftest import WAIT_MS, Gate, opened

MARKS = ("Zwitscher", "Kanaria", "KANARIE-730915")


def pixels(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.array(image.convert("RGB"))


def saved(viewer: Viewer, qtbot: QtBot, path: Path, wish: ExportWish) -> None:
    with qtbot.waitSignal(viewer.sharing.saved, timeout=WAIT_MS):
        viewer.sharing.save(path, wish)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def viewer(viewers: Callable[..., Viewer]) -> Viewer:
    """A window without models: what is saved of a result does not ask how it came about."""
    return viewers()


@pytest.fixture
def reading(viewer: Viewer, head_folder: Path, qtbot: QtBot) -> Viewer:
    return opened(viewer, head_folder, qtbot)


def scored(viewer: Viewer) -> Analysis:
    """The window once it has a result for the shown series."""
    assert viewer.session.volume is not None
    scores = {index: 0.1 + 0.08 * index for index in range(1, 10)}
    made = scene.analysis(viewer.session.volume, scores)
    viewer.session.set_models((ModelChoice(made.package.id, made.package),), "")
    viewer.session.add_result(made)
    assert viewer.session.result is made
    return made


@pytest.fixture
def canary(viewer: Viewer, qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory) -> Viewer:
    """A patient with a name to be found again, with a series, a second one and a captured picture."""
    folder = tmp_path_factory.mktemp("canary")
    who = {"patient_name": "Zwitscher^Kanaria", "patient_id": "KANARIE-730915"}
    write_phantom(folder / "a", slices=5, description="Kanaria head", series_number=2, **who)
    write_phantom(folder / "b", slices=4, series="second", series_number=3, **who)
    write_capture(folder / "c", **who)
    return opened(viewer, folder, qtbot)


# The dialog


def test_without_a_series_a_sentence_says_what_to_do(viewer: Viewer) -> None:
    viewer.actions["file.export"].trigger()
    assert viewer.window.message_bar.text == "Open a folder with a head CT first."
    assert viewer.sharing.dialog is None


def test_the_key_opens_a_dialog_that_previews_what_is_chosen(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClick(reading.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = reading.sharing.dialog
    assert dialog is not None
    assert not dialog.preview.pixmap().isNull()
    assert not dialog.named.isChecked()
    assert not dialog.heatmap.isEnabled()
    assert dialog.speed.isHidden()
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.MONTAGE))
    assert dialog.preview.pixmap().isNull()
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull(), timeout=WAIT_MS)
    assert "14 slices on 1 page" in dialog.facts.text() or "12 slices on 1 page" in dialog.facts.text()
    dialog.which.setCurrentIndex(dialog.which.findData(Which.KEY))
    assert not save.isEnabled()
    assert "K" in dialog.facts.text()
    dialog.which.setCurrentIndex(dialog.which.findData(Which.EVERY))
    dialog.step.setValue(5)
    dialog.columns.setValue(2)
    assert dialog.step.isVisible()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "page"), ""))
    with qtbot.waitSignal(reading.sharing.saved, timeout=WAIT_MS):
        save.click()
    assert names(tmp_path) == ["page.png"]
    assert pixels(tmp_path / "page.png").shape[1] == 2 * 258
    assert "page.png" in reading.window.message_bar.text


def test_of_dicom_the_dialog_tells_what_will_go(canary: Viewer, qtbot: QtBot) -> None:
    canary.actions["file.export"].trigger()
    dialog = canary.sharing.dialog
    assert dialog is not None
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.DICOM))
    qtbot.waitUntil(lambda: dialog.preview.text().startswith("Removed:"), timeout=WAIT_MS)
    assert "PS3.15" in dialog.preview.text()
    assert dialog.words.isHidden()
    dialog.reject()
    assert canary.sharing.dialog is None


# The view


def test_a_view_with_stored_pixels_is_the_slice_itself(reading: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    session = reading.session
    assert session.view is not None
    assert session.volume is not None
    session.set_view(session.view.with_turn(session.view.turn.rotated(1)).with_inverted(inverted=True))
    saved(reading, qtbot, tmp_path / "slice", ExportWish(stored_pixels=True, words=False))
    frame = compose(session.volume.hu[session.view.slice_index], session.view.window, inverted=True)
    np.testing.assert_array_equal(pixels(tmp_path / "slice.png"), session.view.turn.apply(frame))


def test_a_view_as_on_the_screen_has_its_size_zoom_and_measurements(
    reading: Viewer, qtbot: QtBot, tmp_path: Path
) -> None:
    view, session = reading.window.slice_view, reading.session
    view.zoom_in()
    assert session.view is not None
    assert session.series is not None
    reading.measuring._on_drawn(MeasurementKind.LENGTH, ((10.0, 10.0), (60.0, 60.0)))
    saved(reading, qtbot, tmp_path / "first.png", ExportWish())  # the sentence on it takes room from the view
    saved(reading, qtbot, tmp_path / "with.png", ExportWish())
    saved(reading, qtbot, tmp_path / "without.png", ExportWish(words=False))
    marked, plain = pixels(tmp_path / "with.png"), pixels(tmp_path / "without.png")
    ratio = view.devicePixelRatioF()
    assert marked.shape[:2] == (round(view.height() * ratio), round(view.width() * ratio))
    assert 0.001 < (marked != plain).any(axis=2).mean() < 0.2


def test_the_patient_stands_in_a_picture_only_when_asked_for(canary: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    saved(canary, qtbot, tmp_path / "first.png", ExportWish())  # the sentence on it takes room from the view
    saved(canary, qtbot, tmp_path / "nobody.png", ExportWish())
    saved(canary, qtbot, tmp_path / "named.png", ExportWish(named=True))
    saved(canary, qtbot, tmp_path / "bare.png", ExportWish(words=False))
    nobody, named, bare = (pixels(tmp_path / f"{name}.png") for name in ("nobody", "named", "bare"))
    corner = slice(0, 60), slice(0, nobody.shape[1] // 3)
    np.testing.assert_array_equal(nobody[corner], bare[corner])
    assert (named[corner] != bare[corner]).any(axis=2).mean() > 0.02
    assert all(mark.encode() not in (tmp_path / "nobody.png").read_bytes() for mark in MARKS)


def test_a_broken_slice_is_not_saved_as_if_it_were_one(
    viewer: Viewer, qtbot: QtBot, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    phantom = write_phantom(tmp_path_factory.mktemp("broken"), slices=5, transfer_syntax=RLELossless)
    path = phantom.files[2]
    path.write_bytes(path.read_bytes()[:-400])
    opened(viewer, path.parent, qtbot)
    assert viewer.session.volume is not None
    (index,) = viewer.session.volume.broken
    viewer.reading.go_to(index)
    saved(viewer, qtbot, tmp_path / "broken.png", ExportWish())
    middle = pixels(tmp_path / "broken.png")
    height, width = middle.shape[:2]
    assert middle[height // 2 - 12 : height // 2 + 12, width // 4 : -width // 4].max() > 100


def test_names_to_begin_with_tell_no_patient(canary: Viewer) -> None:
    for kind in Kind:
        assert not any(mark in export_wish.file_name(canary.session, ExportWish(kind)) for mark in MARKS)


# Stacks


def test_a_film_shows_the_slices_in_order_with_or_without_heat(reading: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    scored(reading)
    reading.session.set_style(replace(reading.session.style, threshold=0.0))
    wish = ExportWish(Kind.GIF, Which.EVERY, step=4, side_px=128, frames_per_s=20, words=False)
    saved(reading, qtbot, tmp_path / "hot.gif", wish)
    saved(reading, qtbot, tmp_path / "cold.gif", replace(wish, heatmap=False))
    volume, view = reading.session.volume, reading.session.view
    assert volume is not None
    assert view is not None
    with Image.open(tmp_path / "cold.gif") as cold, Image.open(tmp_path / "hot.gif") as hot:
        assert cold.n_frames == hot.n_frames == len(range(0, len(volume), 4))
        assert cold.info["duration"] == 50
        assert hot.size[1] > cold.size[1]
        frame = np.array(cold.convert("L")).astype(float)
    assert frame.mean() == pytest.approx(compose(volume.hu[0], view.window).mean(), abs=2)


def test_a_movie_is_saved_whole(reading: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    cv2 = pytest.importorskip("cv2", reason="OpenCV is not installed")
    wish = ExportWish(Kind.MP4, side_px=128, frames_per_s=8)
    saved(reading, qtbot, tmp_path / "stack.mp4", wish)
    reader = cv2.VideoCapture(str(tmp_path / "stack.mp4"))
    assert reader.get(cv2.CAP_PROP_FPS) == pytest.approx(8)
    reader.release()
    assert names(tmp_path) == ["stack.mp4"]


def test_without_opencv_the_dialog_says_how_to_get_movies(reading: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_wish, "can_make_movies", lambda: False)
    reading.actions["file.export"].trigger()
    dialog = reading.sharing.dialog
    assert dialog is not None
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.MP4))
    assert "pip install leukoviewer[movie]" in dialog.facts.text()
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()
    dialog.reject()


def test_positive_and_key_slices_are_those_of_the_window(reading: Viewer, qtbot: QtBot) -> None:
    session = reading.session
    assert session.series is not None
    positive, key = ExportWish(Kind.MONTAGE, Which.POSITIVE), ExportWish(Kind.MONTAGE, Which.KEY)
    assert "run the model" in export_wish.problem_of(session, positive)
    result = scored(reading)
    threshold = float(np.nanmedian(result.by_native()))
    assert session.cutoffs is not None
    session.set_cutoffs(replace(session.cutoffs, slice_threshold=threshold))
    with np.errstate(invalid="ignore"):
        expected = np.flatnonzero(result.by_native() >= threshold)
    assert export_wish.slices_of(session, positive) == tuple(expected)
    session.key_images.toggle(session.series.key, 3)
    assert export_wish.slices_of(session, key) == (3,)


def test_what_is_sealed_is_not_told_by_the_slices_that_are_positive(reading: Viewer) -> None:
    scored(reading)
    reading.session.seal.set_on(on=True)
    reading.session.seal._open.clear()
    assert reading.session.explanation is None
    wish = ExportWish(Kind.MONTAGE, Which.POSITIVE)
    assert export_wish.slices_of(reading.session, wish) == ()
    assert "sealed" in export_wish.problem_of(reading.session, wish)


@pytest.mark.parametrize(
    ("wish", "taken"), [(ExportWish(), "a 1.5.png"), (ExportWish(Kind.MONTAGE, rows=1), "a 1.5-2.png")]
)
def test_a_file_that_nobody_was_asked_about_is_not_replaced(
    reading: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: ExportWish, taken: str
) -> None:
    (tmp_path / taken).write_bytes(b"old")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a 1.5"), ""))
    reading.sharing._choose_place(replace(wish, columns=4))
    assert reading.window.message_bar.text == f"{taken} is there already; choose another name."
    assert names(tmp_path) == [taken]


def test_more_slices_than_a_page_holds_go_on_further_pages(reading: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    wish = ExportWish(Kind.MONTAGE, rows=2, columns=4, side_px=128, words=False)
    saved(reading, qtbot, tmp_path / "page.png", wish)
    assert names(tmp_path) == ["page-1.png", "page-2.png"]


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (ExportWish(Kind.MONTAGE, side_px=8192), "million pixels"),
        (ExportWish(Kind.GIF, side_px=16384), "GB of memory"),
    ],
)
def test_what_is_too_large_is_told_before_it_is_begun(reading: Viewer, wish: ExportWish, told: str) -> None:
    assert told in export_wish.problem_of(reading.session, wish)


# DICOM


def test_a_study_is_saved_without_its_patient_and_what_cannot_be_is_told(
    canary: Viewer, qtbot: QtBot, tmp_path: Path
) -> None:
    saved(canary, qtbot, tmp_path, ExportWish(Kind.DICOM, whole_study=True))
    (folder,) = tmp_path.iterdir()
    files = names(folder)
    assert len(files) == 5 + 4 + 1
    assert REMOVED in files
    for name in (folder.name, *files):
        assert not any(mark.lower() in name.lower() for mark in MARKS)
    for name in files:
        data = (folder / name).read_bytes().lower()
        assert not any(mark.lower().encode() in data for mark in MARKS)
    read = [pydicom.dcmread(path) for path in folder.rglob("*.dcm")]
    assert len({one.StudyInstanceUID for one in read}) == len({one.PatientID for one in read}) == 1
    assert len({one.SeriesInstanceUID for one in read}) == 2
    assert "Left out: 1 series" in canary.window.message_bar.text
    assert "captured pictures" in canary.window.message_bar.text


def test_the_shown_series_alone_opens_again_with_the_same_slices(canary: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    shown = canary.session.volume
    assert shown is not None
    saved(canary, qtbot, tmp_path, ExportWish(Kind.DICOM))
    opened(canary, tmp_path, qtbot)
    qtbot.waitUntil(lambda: canary.session.volume is not shown and canary.workflow.is_idle, timeout=WAIT_MS)
    again = canary.session.volume
    assert again is not None
    np.testing.assert_array_equal(again.hu, shown.hu)
    assert again.series.patient.name.startswith("ANON")


def test_captured_pictures_alone_are_refused_and_leave_nothing(canary: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    catalog = canary.session.catalog
    assert catalog is not None
    capture = next(one for one in catalog.series if one.kind.value == "secondary_capture")
    canary.workflow.show_series(capture.key)
    with qtbot.waitSignal(canary.sharing.failed, timeout=WAIT_MS):
        canary.sharing.save(tmp_path, ExportWish(Kind.DICOM))
    assert "captured pictures" in canary.window.message_bar.text
    assert list(tmp_path.iterdir()) == []


# Faults


@pytest.mark.parametrize(
    ("kind", "step"), [(Kind.VIEW, "open"), (Kind.MONTAGE, "fsync"), (Kind.GIF, "fsync"), (Kind.DICOM, "fsync")]
)
def test_on_a_full_disk_the_old_file_stays_and_nothing_is_left(
    reading: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind, step: str
) -> None:
    path = tmp_path / export_wish.file_name(reading.session, ExportWish(kind))
    path.write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    wish = ExportWish(kind, Which.EVERY, step=6, side_px=128)
    with monkeypatch.context() as patch:
        patch.setattr(os, step, refuse)
        reading.sharing.save(tmp_path if kind is Kind.DICOM else path, wish)
        while reading.sharing.is_busy:
            QTest.qWait(5)
    assert "No space left" in reading.window.message_bar.text
    assert names(tmp_path) == [path.name]
    assert path.read_bytes() == b"old"


def test_a_movie_that_the_disk_cuts_off_is_told_and_the_old_one_stays(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cv2 = pytest.importorskip("cv2", reason="OpenCV is not installed")
    (tmp_path / "stack.mp4").write_bytes(b"old")
    real = cv2.VideoWriter

    class Full:
        """Writes three frames and says nothing of the others, as the encoder does when the disk is full."""

        fourcc = staticmethod(real.fourcc)

        def __init__(self, *how: object) -> None:
            self._writer, self._left = real(*how), 3
            self.isOpened, self.release = self._writer.isOpened, self._writer.release

        def write(self, frame: object) -> None:
            self._left -= 1
            if self._left >= 0:
                self._writer.write(frame)

    monkeypatch.setattr(cv2, "VideoWriter", Full)
    with qtbot.waitSignal(reading.sharing.failed, timeout=WAIT_MS):
        reading.sharing.save(tmp_path / "stack.mp4", ExportWish(Kind.MP4, side_px=128))
    assert "disk is full" in reading.window.message_bar.text
    assert names(tmp_path) == ["stack.mp4"]
    assert (tmp_path / "stack.mp4").read_bytes() == b"old"


def test_esc_stops_saving_and_leaves_nothing(
    viewers: Callable[..., Viewer], head_folder: Path, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    gate = Gate()

    def clean(series: Series) -> Work[None]:
        work = tasks.clean(series)
        yield Progress(1, 9, "", CleanFile("0001.dcm", b"first"))
        gate.wait()
        yield from work

    viewer = opened(viewers(clean=clean), head_folder, qtbot)
    viewer.sharing.save(tmp_path, ExportWish(Kind.DICOM))
    qtbot.waitUntil(gate.reached.is_set, timeout=WAIT_MS)
    QTest.keyClick(viewer.window, Qt.Key.Key_Escape)
    gate.open()
    qtbot.waitUntil(lambda: not viewer.sharing.is_busy, timeout=WAIT_MS)
    assert "nothing was written" in viewer.window.message_bar.text
    assert list(tmp_path.iterdir()) == []
