"""The real window as a whole: sides of the patient, what is kept, notice, closing, references."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.messages import Kind
from leukoviewer.ui.snapshot import png_of
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.notice import NoticeDialog
from tests.phantom import write_phantom
from tests.ui.conftest import Gate, begun, opened
from tests.ui.on_window import index_of, press

ACCEPTED = Settings(notice_accepted=NOTICE_VERSION)


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
    plane = session.series.slices[index_of(viewer)].plane
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


def test_closing_the_window_does_not_wait_for_the_work(gated: Viewer, gate: Gate) -> None:
    gated.actions["model.run"].trigger()
    assert gate.reached.wait(15)
    gated.window.close()
    assert not gated.window.isVisible()
    assert not gated.workflow.is_analyzing
    gate.open()


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
    press(viewer, Qt.Key.Key_F1)
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


def test_a_picture_of_the_window_shows_what_was_there_when_it_was_asked_for(
    reading: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the dialog stands there, another folder may come and bring another patient."""
    target = tmp_path / "picture.png"

    def named(*_: object) -> tuple[str, str]:
        reading.window.slice_view.set_frame(None)
        return str(target), ""

    before = png_of(reading.window)
    monkeypatch.setattr("leukoviewer.ui.viewer.QFileDialog.getSaveFileName", named)
    reading.save_picture()
    assert target.read_bytes() == before
    assert png_of(reading.window) != before


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
