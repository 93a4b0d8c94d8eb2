"""What the reader measured stands in pages and films where it was drawn, with its values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from pytestqt.qtbot import QtBot

from leukoviewer.core.measurements import Kind as Shape
from leukoviewer.core.measurements import Points
from leukoviewer.core.window import Window
from leukoviewer.display.orientation import Turn
from leukoviewer.display.pictures import RESEARCH_USE, PictureStyle, slice_picture
from leukoviewer.ui import marks_in_pictures
from leukoviewer.ui.export_wish import ExportWish, Kind, Which
from leukoviewer.ui.marks_in_pictures import marks_in
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.export_dialog import ExportDialog
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, opened

TURNS = [Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4)]
# Pixels of the stored slice that shine in every slice of the phantom.
FIRST, SECOND = (20, 12), (55, 50)
SHINE_HU = 2500


def shining(data: Any, _index: int) -> None:
    stored = data.pixel_array.copy()
    for at in (FIRST, SECOND):
        stored[at] = SHINE_HU - int(data.RescaleIntercept)
    data.PixelData = stored.tobytes()


@pytest.fixture(scope="module", params=[(1.0, 2.0), (1.5, 1.0)], ids=["wide pixels", "high pixels"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shining")
    write_phantom(folder, slices=4, rows=80, columns=64, spacing_mm=request.param, tilt_deg=10.0, edit=shining)
    return folder


@pytest.fixture
def reading(viewers: Callable[..., Viewer], folder: Path, qtbot: QtBot) -> Viewer:
    return opened(viewers(), folder, qtbot)


def draw(viewer: Viewer, index: int, shape: Shape, points: Points) -> None:
    viewer.reading.go_to(index)
    viewer.measuring._on_drawn(shape, points)
    viewer.measuring.set_tool(shape, on=False)


def saved(viewer: Viewer, qtbot: QtBot, path: Path, wish: ExportWish) -> NDArray[np.uint8]:
    with qtbot.waitSignal(viewer.sharing.saved, timeout=WAIT_MS):
        viewer.sharing.save(path, wish)
    with Image.open(path) as image:
        return np.array(image.convert("RGB"))


def corners(lit: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Top, left, bottom and right of what is lit."""
    rows, columns = np.nonzero(lit)
    return np.array([rows.min(), columns.min(), rows.max(), columns.max()], dtype=np.float64)


def test_a_line_ends_where_the_pixels_under_its_ends_are_seen_however_the_slice_is_laid(
    reading: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = reading.session
    assert session.volume is not None
    draw(reading, 2, Shape.LENGTH, (FIRST, SECOND))
    monkeypatch.setattr(marks_in_pictures, "caption", lambda *_, **__: ())
    for turn in TURNS:
        style = PictureStyle(Window(SHINE_HU, 1), turn=turn, words=False)
        picture = slice_picture(session.volume, 2, style=style, longest_px=800)
        marks = marks_in(session, (0, 1, 2, 3), turn=turn, longest_px=800)
        assert list(marks) == [2]
        assert marks[2].shape[:2] == picture.shape[:2]
        pixels = picture[..., 0] > 127
        middle = picture.shape[0] / 2
        ends = [corners(pixels & (np.arange(len(pixels))[:, None] < middle)),
                corners(pixels & (np.arange(len(pixels))[:, None] >= middle))]  # fmt: skip
        centers = np.array([((one[0] + one[2]) / 2, (one[1] + one[3]) / 2) for one in ends])
        expected = np.concatenate([centers.min(axis=0), centers.max(axis=0)])
        # The line is 3 px wide with its shadow; a pixel of the slice takes 5 px at least.
        np.testing.assert_allclose(corners(marks[2][..., 3] > 127), expected, atol=2.5)


def test_a_film_and_a_page_show_each_measurement_on_its_slice_alone(
    reading: Viewer, qtbot: QtBot, tmp_path: Path
) -> None:
    draw(reading, 1, Shape.ELLIPSE, ((20.0, 20.0), (40.0, 40.0)))
    wish = ExportWish(Kind.MONTAGE, columns=2, side_px=256)
    plain = saved(reading, qtbot, tmp_path / "plain.png", ExportWish(
        Kind.MONTAGE, columns=2, side_px=256, measurements=False))  # fmt: skip
    drawn = saved(reading, qtbot, tmp_path / "drawn.png", wish)
    _, left, bottom, right = corners((plain != drawn).any(axis=2))
    assert left >= 258
    assert bottom < 258
    assert right - left > 30
    film = ExportWish(Kind.GIF, Which.EVERY, step=1, side_px=256)
    saved(reading, qtbot, tmp_path / "film.gif", film)
    blue = []
    with Image.open(tmp_path / "film.gif") as image:
        for frame in range(image.n_frames):
            image.seek(frame)
            colors = np.array(image.convert("RGB")).astype(int)[:-40]
            blue.append(int(((colors[..., 2] - colors[..., 0]) > 60).sum()))
    assert blue[1] > 100
    assert blue[0] == blue[2] == blue[3] == 0


def test_values_stand_beside_it_and_small_pictures_leave_the_statistics_out(reading: Viewer) -> None:
    draw(reading, 1, Shape.RECTANGLE, ((30.0, 20.0), (50.0, 40.0)))
    large, small = (marks_in(reading.session, (1,), turn=Turn(), longest_px=side)[1] for side in (512, 256))
    # The words lie beside the shape: three lines in the large picture, one in the small one.
    grounds = [int(((mark[..., 3] > 150) & (mark[..., 3] < 190)).sum()) for mark in (large, small)]
    assert grounds[0] > 3 * grounds[1] > 0


def test_values_leave_the_color_bar_free(reading: Viewer) -> None:
    draw(reading, 1, Shape.LENGTH, ((30.0, 20.0), (30.0, 60.0)))
    marks = [marks_in(reading.session, (1,), turn=Turn(), longest_px=512, right_px=room)[1] for room in (0, 80)]
    words = [corners((one[..., 3] > 150) & (one[..., 3] < 190)) for one in marks]
    assert words[1][3] <= marks[1].shape[1] - 80


def test_the_preview_shows_them_and_the_dialog_can_leave_them_out(reading: Viewer, qtbot: QtBot) -> None:
    draw(reading, 1, Shape.ELLIPSE, ((20.0, 20.0), (40.0, 40.0)))
    reading.actions["file.export"].trigger()
    dialog = reading.sharing.dialog
    assert isinstance(dialog, ExportDialog)
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.MONTAGE))
    assert dialog.measurements.isVisible()
    assert dialog.measurements.isChecked()
    shown = []
    for on in (True, False):
        dialog.measurements.setChecked(on)
        qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull(), timeout=WAIT_MS)
        shown.append(dialog.preview.pixmap().toImage())
    assert shown[0] != shown[1]
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.DICOM))
    assert dialog.measurements.isHidden()
    dialog.reject()


def blue(picture: NDArray[np.uint8]) -> int:
    """How much of a measurement's color is seen."""
    colors = picture.astype(int)
    return int(((colors[..., 2] - colors[..., 0]) > 60).sum())


@pytest.mark.parametrize("stored_pixels", [False, True])
def test_a_view_shows_measurements_with_or_without_words_and_words_without_measurements(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, stored_pixels: bool
) -> None:
    draw(reading, 1, Shape.LENGTH, (FIRST, SECOND))
    seen = {}
    for words in (False, True):
        for measurements in (False, True):
            wish = ExportWish(words=words, measurements=measurements, stored_pixels=stored_pixels)
            seen[words, measurements] = saved(reading, qtbot, tmp_path / "view.png", wish)
    assert blue(seen[True, False]) == blue(seen[False, False]) == 0
    assert blue(seen[False, True]) > 100
    assert blue(seen[True, True]) > 100


def test_a_view_with_anything_of_the_program_in_it_says_research_use(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(SliceView, "set_corner_texts", lambda _, texts: told.extend(texts.bottom_left))
    draw(reading, 1, Shape.LENGTH, (FIRST, SECOND))
    for words, measurements, expected in ((True, False, True), (False, True, True), (False, False, False)):
        told.clear()
        saved(reading, qtbot, tmp_path / "view.png", ExportWish(words=words, measurements=measurements))
        assert (RESEARCH_USE in told) is expected
