"""Exported pictures of single slices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from leukoviewer.core.window import BRAIN, PRESETS
from leukoviewer.display import lettering
from leukoviewer.display.compose import compose
from leukoviewer.display.heat import native_heat
from leukoviewer.display.orientation import Turn
from leukoviewer.display.pictures import (
    RESEARCH_USE,
    PictureStyle,
    frame_px,
    mm_true,
    provenance,
    slice_frame,
    slice_picture,
    slice_score,
)
from leukoviewer.display.state import HeatmapStyle
from tests.display import scene

LARGE = {"rows": 400, "columns": 420}


def test_a_frame_is_the_composed_slice_with_the_scans_heat() -> None:
    volume = scene.volume()
    result = scene.analysis(volume)
    style = PictureStyle(PRESETS[4], HeatmapStyle(opacity=0.6))
    expected = compose(volume.hu[3], PRESETS[4], heat=native_heat(result, 3), style=style.heatmap)
    np.testing.assert_array_equal(slice_frame(volume, 3, analysis=result, style=style), expected)


def test_a_slice_that_was_not_scored_is_gray() -> None:
    volume = scene.volume()
    result = scene.analysis(volume, {0: 0.9})
    frame = slice_frame(volume, 2, analysis=result, style=PictureStyle())
    np.testing.assert_array_equal(frame, compose(volume.hu[2], BRAIN))


def test_away_from_the_words_the_stored_pixels_stand_unchanged() -> None:
    volume = scene.volume(2, **LARGE)
    result = scene.analysis(volume)
    picture = slice_picture(volume, 1, analysis=result)
    frame = slice_frame(volume, 1, analysis=result, style=PictureStyle())
    assert picture.shape == (440, 420, 3)
    np.testing.assert_array_equal(picture[80:180, 40:300], frame[80:180, 40:300])
    np.testing.assert_array_equal(picture[220:360, 40:300], frame[220:360, 40:300])


@pytest.mark.parametrize(
    ("region", "what"),
    [
        ((slice(0, 60), slice(0, 120)), "number, position and window"),
        ((slice(190, 210), slice(0, 24)), "left letter"),
        ((slice(190, 210), slice(380, 402)), "right letter beside the bar"),
        ((slice(0, 26), slice(200, 220)), "top letter"),
        ((slice(374, 400), slice(200, 220)), "bottom letter"),
        ((slice(400, 440), slice(0, 420)), "score and provenance"),
        ((slice(120, 280), slice(402, 412)), "color bar"),
    ],
)
def test_the_words_stand_where_they_belong(region: tuple[slice, slice], what: str) -> None:
    volume = scene.volume(2, **LARGE)
    result = scene.analysis(volume)
    bare = np.zeros((440, 420, 3), dtype=np.uint8)
    bare[:400] = slice_frame(volume, 1, analysis=result, style=PictureStyle())
    assert (slice_picture(volume, 1, analysis=result)[region] != bare[region]).any(), what


def test_without_a_heatmap_there_is_no_color_at_all_in_the_picture() -> None:
    volume = scene.volume(2, **LARGE)
    hidden = PictureStyle(heatmap=HeatmapStyle(visible=False))
    for picture in (slice_picture(volume, 1), slice_picture(volume, 1, analysis=scene.analysis(volume), style=hidden)):
        image = picture[:400].astype(int)
        # Letters are a faint blue-gray; a color map would differ by far more.
        assert np.ptp(image, axis=2).max() <= 6


def test_the_foot_differs_with_score_and_package() -> None:
    volume = scene.volume(2, **LARGE)
    result = scene.analysis(volume)
    other = replace(result, package=replace(scene.PACKAGE, id="other-9"))
    calibrated = replace(result, calibrated=True)
    feet = [slice_picture(volume, 1, analysis=a)[400:].tobytes() for a in (result, other, calibrated)]
    feet.append(slice_picture(volume, 0, analysis=result)[400:].tobytes())
    feet.append(slice_picture(volume, 1)[400:].tobytes())
    assert len(set(feet)) == 5


def test_a_broken_slice_says_so_in_the_picture() -> None:
    volume = scene.volume(2, **LARGE)
    broken = replace(volume, broken=(1,))
    assert (slice_picture(broken, 1)[56:76] != slice_picture(volume, 1)[56:76]).any()
    np.testing.assert_array_equal(slice_picture(broken, 0), slice_picture(volume, 0))


def test_a_small_slice_is_enlarged_until_words_fit() -> None:
    volume = scene.volume()
    picture = slice_picture(volume, 1, analysis=scene.analysis(volume))
    assert picture.shape == (384 + 40, 576, 3)


@pytest.mark.parametrize(
    ("spacing", "shape"),
    [((0.5, 0.5), (16, 24)), ((1.0, 0.5), (32, 24)), ((0.5, 1.0), (16, 48)), ((0.6, 0.4), (24, 24))],
)
def test_pixels_become_square(spacing: tuple[float, float], shape: tuple[int, int]) -> None:
    frame = np.random.default_rng(1).integers(0, 256, (16, 24, 3), dtype=np.uint8)
    true = mm_true(frame, scene.plane(spacing_mm=spacing))
    assert true.shape[:2] == shape
    if spacing == (0.5, 0.5):
        assert true is frame


def test_without_geometry_the_pixels_stay() -> None:
    frame = np.zeros((4, 6, 3), dtype=np.uint8)
    assert mm_true(frame, None) is frame


def test_provenance_names_the_package_and_its_training() -> None:
    assert provenance(scene.analysis(scene.volume())) == "leuko-tiny-1.2, trained on simulated patients"


def test_the_score_of_a_slice_is_that_of_the_stack_slice_behind_it() -> None:
    slab = scene.with_slab(scene.analysis(scene.volume()))
    assert [slice_score(slab, index) for index in range(4)] == [0.25, 0.25, 0.75, 0.75]
    assert slice_score(scene.analysis(scene.volume(), {0: 0.5}), 3) is None


def test_a_turned_and_inverted_picture_is_the_plain_one_laid_that_way() -> None:
    volume = scene.volume(3)
    turn = Turn(1, mirrored=True)
    plain = slice_picture(volume, 1, style=PictureStyle(words=False))
    laid = slice_picture(volume, 1, style=PictureStyle(words=False, turn=turn, inverted=True))
    np.testing.assert_array_equal(laid, 255 - turn.apply(plain))


def test_pixels_that_are_not_square_stay_mm_true_when_turned() -> None:
    volume = scene.volume(3, rows=16, columns=24, spacing_mm=(1.0, 0.5))
    style = PictureStyle(words=False, turn=Turn(1))
    assert slice_picture(volume, 1, style=PictureStyle(words=False)).shape == (32, 24, 3)
    assert slice_picture(volume, 1, style=style).shape == (24, 32, 3)
    assert slice_picture(volume, 1, style=style, longest_px=64).shape == (48, 64, 3)


def test_who_it_is_stands_in_the_picture_only_where_asked_for() -> None:
    volume = scene.volume(3)
    nobody = slice_picture(volume, 1)
    told = slice_picture(volume, 1, style=PictureStyle(who="Doe, Jane"))
    assert (nobody != told).any()
    assert nobody.shape == told.shape


def test_a_heatmap_says_whose_it_is_even_without_words() -> None:
    volume = scene.volume(3)
    bare = slice_picture(volume, 1, analysis=scene.analysis(volume), style=PictureStyle(words=False))
    assert bare.shape[0] == 384 + 40
    assert bare[384:].any()


def test_the_size_of_a_frame_is_told_before_it_is_made() -> None:
    for spacing_mm in ((0.5, 0.5), (1.0, 0.5), (0.6, 0.7)):
        volume = scene.volume(2, rows=40, columns=24, spacing_mm=spacing_mm)
        for turn in (Turn(), Turn(1), Turn(2, mirrored=True), Turn(3, mirrored=True)):
            style = PictureStyle(words=False, turn=turn)
            for longest_px in (None, 17, 128):
                # Only with a foot small slices are enlarged.
                made = slice_picture(volume, 0, style=replace(style, words=longest_px is None), longest_px=longest_px)
                made = made[:-40] if longest_px is None else made
                told = frame_px((40, 24), volume.series.slices[0].plane, turn=turn, longest_px=longest_px)
                assert made.shape[:2] == told


@pytest.mark.parametrize("turn", [Turn(), Turn(1)])
def test_the_scale_has_its_length_in_the_picture(turn: Turn) -> None:
    volume = scene.volume(2, rows=100, columns=200, spacing_mm=(2.0, 1.0))
    volume = replace(volume, hu=np.full_like(volume.hu, -1000))
    picture = slice_picture(volume, 0, style=PictureStyle(turn=turn), longest_px=400)
    # 200 mm of the patient stand in 400 px: 5 cm in 100 px, from the edge of 8 px on.
    lit = np.flatnonzero((picture[400 - 8, :150] > 200).all(axis=1))
    assert (lit.min(), lit.max(), len(lit)) == (8, 108, 101)


def test_a_picture_without_distances_or_without_room_has_no_scale() -> None:
    volume = scene.volume(2, rows=100, columns=100)
    header = replace(volume.series.slices[0], plane=None)
    series = replace(volume.series, slices=(header, volume.series.slices[1]))
    volume = replace(volume, series=series, hu=np.full_like(volume.hu, -1000))
    for index, longest_px in ((0, 400), (1, 64)):
        picture = slice_picture(volume, index, longest_px=longest_px)
        assert not (picture[longest_px - 8] > 150).any()


def test_what_was_drawn_lies_over_the_slice_and_asks_for_the_foot_of_every_slice() -> None:
    volume = scene.volume(2, rows=100, columns=100)
    drawing = np.zeros((200, 200, 4), dtype=np.uint8)
    drawing[60, 30:50] = (10, 20, 250, 255)
    style = PictureStyle(words=False, marks={1: drawing})
    bare = slice_picture(volume, 1, style=PictureStyle(words=False), longest_px=200)
    pictures = [slice_picture(volume, index, style=style, longest_px=200) for index in range(2)]
    assert [one.shape for one in pictures] == [(240, 200, 3)] * 2
    changed = np.argwhere((pictures[1][:200] != bare).any(axis=2))
    assert {tuple(at) for at in changed.tolist()} == {(60, column) for column in range(30, 50)}
    assert pictures[1][200:].any()


@pytest.mark.parametrize("longest_px", [128, 176, 191, 200, 256, 512])
def test_the_research_use_words_are_never_cut_in_a_small_picture(
    longest_px: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = scene.volume(2, rows=64, columns=64)
    words: list[tuple[float, str]] = []
    write = lettering.write

    def noted(draw: Any, at: tuple[float, float], text: str, **kwargs: Any) -> None:
        words.append((at[1], text))
        write(draw, at, text, **kwargs)

    monkeypatch.setattr(lettering, "write", noted)
    picture = slice_picture(volume, 1, analysis=scene.analysis(volume), longest_px=longest_px)
    assert RESEARCH_USE in " ".join(text for top, text in words if top >= longest_px)
    assert all(top + 12 <= picture.shape[0] for top, _ in words)
    assert ("2 / 2" in [text for _, text in words]) == (longest_px < 200)
