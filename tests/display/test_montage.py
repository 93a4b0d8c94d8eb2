"""All slices on one page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from leukoviewer.core.progress import finish
from leukoviewer.core.window import PRESETS
from leukoviewer.display import lettering
from leukoviewer.display.compose import compose
from leukoviewer.display.montage import Page, grid_shape, montage, page_of
from leukoviewer.display.pictures import RESEARCH_USE, PictureStyle
from leukoviewer.display.state import HeatmapStyle
from tests.display import scene

SQUARE = {"rows": 64, "columns": 64}


@pytest.mark.parametrize(
    ("count", "shape"), [(1, (1, 1)), (2, (1, 2)), (4, (2, 3)), (28, (4, 7)), (30, (5, 7)), (54, (6, 10))]
)
def test_the_page_is_wider_than_high(count: int, shape: tuple[int, int]) -> None:
    assert grid_shape(count) == shape


def test_every_slice_has_its_place_and_no_row_is_empty() -> None:
    for count in range(1, 320):
        rows, columns = grid_shape(count)
        assert (rows - 1) * columns < count <= rows * columns


def test_slices_stand_in_reading_order_superior_first() -> None:
    volume = scene.volume(4, **SQUARE)
    page = montage(volume, cell_px=64)
    assert page.shape == (2 * 66 + 48 + 3 * 19, 3 * 66, 3)
    for index, (row, column) in enumerate([(0, 0), (0, 1), (0, 2), (1, 0)]):
        frame = compose(volume.hu[index], PRESETS[0])
        cell = page[row * 66 : row * 66 + 64, column * 66 : column * 66 + 64]
        # The middle of the cell, away from number, score and letters.
        np.testing.assert_array_equal(cell[20:28, 20:44], frame[20:28, 20:44])
    assert (page[66:130, 66:] == 0).all()


def test_numbers_scores_and_foot_are_burnt_in() -> None:
    volume = scene.volume(4, **SQUARE)
    plain, told = montage(volume, cell_px=64), montage(volume, analysis=scene.analysis(volume), cell_px=64)
    frame = compose(volume.hu[0], PRESETS[0])
    assert (plain[:20, :16] != frame[:20, :16]).any()
    assert (plain[48:62, :40] == frame[48:62, :40]).all()
    assert (told[48:62, :40] != frame[48:62, :40]).any()
    assert (told[-48:] != plain[-48:]).any()


def test_positive_slices_stand_out_and_broken_ones_are_named() -> None:
    volume = replace(scene.volume(4, **SQUARE), broken=(0,))
    page = montage(volume, analysis=scene.analysis(volume, {1: 0.1, 2: 0.9}), cell_px=64)
    labels = [page[48:64, column * 66 : column * 66 + 30].astype(int) for column in range(3)]
    amber = [int((label[..., 0] - label[..., 2]).max()) > 60 for label in labels]
    assert amber == [True, False, True]


def test_the_color_bar_shows_with_the_heatmap_alone() -> None:
    volume = scene.volume(4, **SQUARE)
    result = scene.analysis(volume)
    hidden = PictureStyle(heatmap=HeatmapStyle(visible=False))
    shown = montage(volume, analysis=result, cell_px=128)
    without = montage(volume, analysis=result, style=hidden, cell_px=128)
    bar = np.s_[-38:-28, -160:-10]
    # Yellow at the top of the scale: far more red than blue.
    assert (shown[bar][..., 0].astype(int) - shown[bar][..., 2]).max() > 80
    assert np.ptp(without[bar].astype(int), axis=2).max() <= 6


def test_cells_keep_the_shape_in_mm() -> None:
    volume = scene.volume(1, rows=32, columns=64, spacing_mm=(1.0, 0.5))
    page = montage(volume, cell_px=128)
    cell = page[:128, :128]
    lit = np.flatnonzero((cell > 0).any(axis=(1, 2)))
    # 32 mm x 32 mm fill the square cell from top to bottom.
    assert (lit.min(), lit.max()) == (0, 127)


def test_a_cell_is_the_mean_of_its_pixels() -> None:
    volume = scene.volume(1, rows=256, columns=256)
    page = montage(volume, cell_px=128)
    frame = Image.fromarray(compose(volume.hu[0], PRESETS[0])).resize((128, 128), Image.Resampling.BOX)
    np.testing.assert_array_equal(page[40:56, 30:100], np.array(frame)[40:56, 30:100])


def test_chosen_slices_stand_in_rows_of_the_asked_length() -> None:
    volume = scene.volume(6, **SQUARE)
    page = Page((5, 1, 3), columns=2, cell_px=64)
    picture = finish(page_of(volume, style=PictureStyle(words=False), page=page))
    assert picture.shape == (*page.size_px, 3) == (2 * 66 + 48 + 3 * 19, 2 * 66, 3)
    for index, left, top in page.places():
        np.testing.assert_array_equal(picture[top : top + 64, left : left + 64], compose(volume.hu[index], PRESETS[0]))
    assert [index for index, *_ in page.places()] == [5, 1, 3]


@pytest.mark.parametrize("wrong", [((), 1), ((1,), 2), ((1,), 0)])
def test_an_impossible_page_is_refused(wrong: tuple[tuple[int, ...], int]) -> None:
    with pytest.raises(ValueError, match="a page needs"):
        Page(*wrong)


def test_every_slice_has_the_letters_of_its_sides_and_the_first_one_a_scale() -> None:
    volume = scene.volume(3, rows=128, columns=128)
    volume = replace(volume, hu=np.full_like(volume.hu, -1000))
    picture = montage(volume, cell_px=128)
    places = list(Page((0, 1, 2), grid_shape(3)[1], 128).places())
    cells = [picture[top : top + 128, left : left + 128] for _, left, top in places]
    assert len(cells) == 3
    for cell in cells:
        assert (cell[56:74, :20] > 200).any()
        assert (cell[56:74, -20:] > 200).any()
    # 64 mm in 128 px: 1 cm in 20 px.
    assert [int((cell[120] > 200).all(axis=1).sum()) for cell in cells] == [21, 0, 0]


def test_what_was_drawn_lies_in_the_cell_of_its_slice() -> None:
    volume = scene.volume(4, rows=64, columns=64)
    drawing = np.zeros((64, 64, 4), dtype=np.uint8)
    drawing[10:12, 20:40] = (10, 20, 250, 255)
    page = Page((0, 2, 3), columns=2, cell_px=64)
    plain = finish(page_of(volume, style=PictureStyle(words=False), page=page))
    drawn = finish(page_of(volume, style=PictureStyle(words=False, marks={2: drawing, 1: drawing}), page=page))
    rows, columns = np.nonzero((plain != drawn).any(axis=2))
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (10, 11, 66 + 20, 66 + 39)


@pytest.mark.parametrize(("columns", "cell_px"), [(1, 128), (2, 128), (1, 256), (3, 128), (1, 384)])
def test_the_research_use_words_are_never_cut_on_a_narrow_page(
    columns: int, cell_px: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = scene.volume(3, **SQUARE)
    page, words = Page(tuple(range(columns)), columns, cell_px), list[tuple[float, float, str]]()
    write = lettering.write

    def noted(draw: Any, at: tuple[float, float], text: str, **kwargs: Any) -> None:
        words.append((*at, text))
        write(draw, at, text, **kwargs)

    monkeypatch.setattr(lettering, "write", noted)
    finish(page_of(volume, analysis=scene.analysis(volume), style=PictureStyle(who="Doe, Jane"), page=page))
    foot = [text for _, top, text in words if top >= page.size_px[0] - page.foot_px]
    assert RESEARCH_USE in " ".join(foot)
    assert any("Doe" in text for text in foot)
    # What stands in the foot does not stand beyond the page.
    assert all(top + 12 <= page.size_px[0] for _, top, _ in words)
