"""The slice view: what it paints."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from leukoviewer.core.measurements import Kind
from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.measurement_marks import Mark
from leukoviewer.display.orientation import EdgeLetters, Turn
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.widgets.color_bar import ColorBar
from leukoviewer.ui.widgets.slice_overlay import Notice
from leukoviewer.ui.widgets.slice_view import SliceView
from tests.display import scene
from tests.ui.widgets.picture import grabbed
from tests.ui.widgets.quartered import SIZE, levels, quarters


def test_without_a_slice_the_view_is_black(view: SliceView) -> None:
    assert grabbed(view).max() == 0


@pytest.mark.parametrize("kind", ["gray", "color", "packed"])
def test_gray_color_and_packed_frames_are_painted_alike(view: SliceView, kind: str) -> None:
    gray = quarters()
    packed = gray.astype(np.uint32) * np.uint32(0x010101) | np.uint32(0xFF000000)
    view.set_frame({"gray": gray, "color": np.repeat(gray[..., None], 3, axis=2), "packed": packed}[kind])
    assert levels(view) == [50, 100, 150, 200]


def test_colors_are_not_exchanged(view: SliceView) -> None:
    picture = np.zeros((10, 10, 3), dtype=np.uint8)
    picture[...] = (200, 100, 20)
    view.set_frame(picture)
    assert grabbed(view)[200, 200].tolist() == [200, 100, 20]
    view.set_frame(np.full((10, 10), 0xFFC86414, dtype=np.uint32))
    assert grabbed(view)[200, 200].tolist() == [200, 100, 20]


def test_a_frame_that_is_not_contiguous_is_shown_as_it_is(view: SliceView) -> None:
    view.set_frame(quarters()[:, ::-1])
    assert levels(view) == [100, 50, 200, 150]


@pytest.mark.parametrize(
    "frame", [np.zeros((4, 4, 4), np.uint8), np.zeros((4, 4), np.uint16), np.zeros((4, 4, 3), np.uint32)]
)
def test_pixels_of_another_kind_are_refused(view: SliceView, frame: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="a frame is gray"):
        view.set_frame(frame)


@pytest.mark.parametrize(
    ("turn", "expected"),
    [
        (Turn(), [50, 100, 150, 200]),
        (Turn(1), [150, 50, 200, 100]),
        (Turn(2), [200, 150, 100, 50]),
        (Turn(3), [100, 200, 50, 150]),
        (Turn(0, mirrored=True), [100, 50, 200, 150]),
        (Turn(1, mirrored=True), [200, 100, 150, 50]),
    ],
    ids=str,
)
def test_flips_and_rotations_are_painted(view: SliceView, turn: Turn, expected: list[int]) -> None:
    view.set_frame(quarters())
    view.set_geometry(scene.plane(), turn=turn)
    assert levels(view) == expected


def test_pixels_are_drawn_in_mm(view: SliceView) -> None:
    view.set_frame(np.full((100, 100), 255, dtype=np.uint8))
    view.set_geometry(scene.plane(spacing_mm=(1.0, 0.5)))
    lit = grabbed(view)[100].min(axis=1) > 250
    # 100 mm high and 50 mm wide: half the widget's width.
    assert int(lit.sum()) == SIZE // 2
    assert lit[101:299].all()


@pytest.mark.parametrize("smooth", [False, True])
def test_pixels_are_squares_or_smooth(view: SliceView, smooth: bool) -> None:
    view.set_frame(np.array([[0, 200], [0, 200]], dtype=np.uint8))
    view.set_smooth(smooth)
    between = set(grabbed(view)[100, :, 0].tolist()) - {0, 200}
    assert bool(between) == smooth


def test_letters_follow_plane_and_turn(view: SliceView) -> None:
    view.set_geometry(scene.plane())
    assert view.letters == EdgeLetters("R", "L", "A", "P")
    view.set_geometry(scene.plane(), turn=Turn(0, mirrored=True))
    assert view.letters == EdgeLetters("L", "R", "A", "P")
    view.set_geometry(None)
    assert view.letters == EdgeLetters()


@pytest.mark.parametrize(
    ("region", "what"),
    [
        (np.s_[180:220, 0:30], "left letter"),
        (np.s_[180:220, 370:400], "right letter"),
        (np.s_[0:30, 180:220], "top letter"),
        (np.s_[370:400, 180:220], "bottom letter"),
        (np.s_[340:372, 130:270], "scale bar"),
    ],
)
def test_letters_and_scale_bar_stand_at_their_edges_with_geometry_alone(
    view: SliceView, region: tuple[slice, slice], what: str
) -> None:
    view.set_frame(np.zeros((100, 100), dtype=np.uint8))
    assert grabbed(view)[region].max() == 0
    view.set_geometry(scene.plane())
    assert grabbed(view)[region].max() > 150, what


@pytest.mark.parametrize(
    ("corner", "region"),
    [
        ("top_left", np.s_[:40, :120]),
        ("top_right", np.s_[:40, 280:]),
        ("bottom_left", np.s_[360:, :120]),
        ("bottom_right", np.s_[360:, 280:]),
    ],
)
def test_each_corner_text_stands_in_its_corner(view: SliceView, corner: str, region: tuple[slice, slice]) -> None:
    view.set_corner_texts(CornerTexts(**{corner: ("Slice 3 / 9",)}))
    picture = grabbed(view)
    assert picture[region].max() > 150
    picture[region] = 0
    assert picture.max() == 0
    view.set_texts_visible(False)
    assert grabbed(view).max() == 0


def test_the_readout_stands_over_the_lower_left_lines(view: SliceView) -> None:
    view.set_corner_texts(CornerTexts(bottom_left=("W 80  C 40",)))
    before = grabbed(view)
    view.set_readout("34 HU")
    changed = np.argwhere((grabbed(view) != before).any(axis=2))
    assert changed[:, 0].min() > 350
    assert changed[:, 0].max() < 380
    assert changed[:, 1].max() < 100


def test_the_color_bar_shows_only_while_it_is_set(view: SliceView) -> None:
    view.set_frame(np.zeros((100, 100), dtype=np.uint8))
    view.set_color_bar(ColorBar(HeatmapStyle()))
    colorful = np.ptp(grabbed(view)[100:300, 380:], axis=2).max()
    assert colorful > 100
    view.set_color_bar(None)
    assert grabbed(view).max() == 0


@pytest.mark.parametrize(
    ("notice", "is_amber"),
    [(Notice.loading(12), False), (Notice.loading(), False), (Notice.broken("it ends early"), True)],
)
def test_a_notice_stands_in_the_middle_in_its_color(view: SliceView, notice: Notice, is_amber: bool) -> None:
    view.set_notice(notice)
    middle = grabbed(view)[180:220, 60:340]
    assert middle.max() > 120
    assert bool((middle[..., 0] - middle[..., 2]).max() > 80) == is_amber
    view.set_notice(None)
    assert grabbed(view).max() == 0


def test_notices_say_what_is_wrong() -> None:
    assert Notice.loading(12).text == "Loading slice 12 …"
    assert Notice.broken("The file is empty.").text == "This slice could not be read. The file is empty."
    assert Notice.broken("x").is_trouble
    assert not Notice.loading().is_trouble


def test_a_cleared_frame_leaves_no_old_slice_behind(view: SliceView) -> None:
    view.set_frame(quarters())
    view.set_geometry(scene.plane())
    view.set_frame(None)
    assert levels(view) == [0, 0, 0, 0]


LENGTH = Mark("a", Kind.LENGTH, ((5.0, 5.0), (5.0, 7.5)), ("12.3 mm",))
BOX = Mark("a", Kind.RECTANGLE, ((4.0, 4.0), (6.0, 6.0)), ("1.0 cm²", "mean 1.0 ± 2.0 HU", "min 0, max 3, 9 px"))


def test_words_of_a_measurement_make_way_for_the_color_bar(view: SliceView) -> None:
    view.resize(400, 400)
    view.set_frame(np.full((10, 10), 90, np.uint8))
    places = []
    for bar in (None, ColorBar(HeatmapStyle())):
        view.set_color_bar(bar)
        view.layer.set_marks((), selected="")
        before = grabbed(view)
        view.layer.set_marks((replace(LENGTH, lines=()),), selected="")
        line = np.abs(grabbed(view) - before).max(axis=2) > 0
        view.layer.set_marks((LENGTH,), selected="")
        words = (np.abs(grabbed(view) - before).max(axis=2) > 0) & ~line
        places.append(np.flatnonzero(words.any(axis=0)).mean() - np.flatnonzero(line.any(axis=0)).mean())
    assert places[0] > 0  # right of it
    assert places[1] < 0


@pytest.mark.parametrize("tells_all", [False, True])
def test_a_small_view_shows_the_size_alone(view: SliceView, tells_all: bool) -> None:
    view.resize(300, 300)
    view.set_frame(np.full((10, 10), 90, np.uint8))
    view.layer.tells_all = tells_all
    view.layer.set_marks((BOX,), selected="")
    shown = grabbed(view)
    view.layer.set_marks((BOX if tells_all else replace(BOX, lines=BOX.lines[:1]),), selected="")
    view.layer.tells_all = True
    assert np.array_equal(shown, grabbed(view))
