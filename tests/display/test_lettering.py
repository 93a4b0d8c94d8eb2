"""What is burnt into exported pictures."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from leukoviewer.display import colormap, lettering
from leukoviewer.display.state import HeatmapStyle


def test_a_png_gives_back_exactly_its_pixels_and_nothing_else() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    data = lettering.png_bytes(picture)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.info == {}
        np.testing.assert_array_equal(np.array(image), picture)


def test_a_canvas_keeps_the_pixels() -> None:
    picture = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    np.testing.assert_array_equal(lettering.picture_of(lettering.canvas(picture)), picture)
    np.testing.assert_array_equal(lettering.picture_of(lettering.canvas(picture[:, ::-1])), picture[:, ::-1])


@pytest.mark.parametrize("background", [0, 255])
def test_text_reads_on_black_and_on_white(background: int) -> None:
    image = lettering.canvas(np.full((30, 80, 3), background, dtype=np.uint8))
    lettering.write(lettering.pen(image), (4, 4), "Slice 7")
    picture = lettering.picture_of(image)
    assert picture.min() < 30
    assert picture.max() > 200


@pytest.mark.parametrize(("anchor", "half"), [("lm", "left"), ("rm", "right")])
def test_the_anchor_says_on_which_side_of_the_point_the_text_lies(anchor: str, half: str) -> None:
    image = lettering.canvas(np.zeros((30, 160, 3), dtype=np.uint8))
    lettering.write(lettering.pen(image), (80, 15), "HHHH", anchor=anchor)
    lit = np.flatnonzero(lettering.picture_of(image).max(axis=(0, 2)) > 128)
    assert (lit.min() >= 80) if half == "left" else (lit.max() <= 80)


def test_a_long_text_is_cut_to_its_room() -> None:
    text = "trained on simulated patients"
    assert lettering.fitted(text, 12, 1000) == text
    short = lettering.fitted(text, 12, 90)
    assert short.endswith("...")
    assert text.startswith(short[:-3])
    assert lettering.text_width(short, 12) <= 90


def test_the_bar_holds_the_maps_colors_and_is_empty_under_the_threshold() -> None:
    bar = lettering.color_bar(256, 4, HeatmapStyle(threshold=0.5, colormap="viridis"))
    assert bar.shape == (256, 4, 3)
    table = colormap.table("viridis")
    np.testing.assert_array_equal(bar[0], np.broadcast_to(table[255], (4, 3)))
    np.testing.assert_array_equal(bar[127], np.broadcast_to(table[128], (4, 3)))
    assert (bar[128:] == 0).all()


def drawn(text: str) -> bytes:
    image = lettering.canvas(np.zeros((30, 160, 3), dtype=np.uint8))
    lettering.write(lettering.pen(image), (4, 4), text, size=16)
    return lettering.picture_of(image).tobytes()


def test_letters_of_central_europe_are_no_boxes() -> None:
    letters = "áčďéíĺľňóôŕšťúýžÁČĎŇŠŤŽőűěřůäöüß"
    seen = {drawn(letter) for letter in letters}
    # Without a font of the system accents may be lost, but no two different base letters look alike.
    assert len(seen) >= len(set("acdeilnorstuyzACDNSTZ"))
    assert drawn("\uffff") not in seen


def test_without_a_font_of_the_system_accents_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "_FILES", ("no-such-font.ttf",))
    lettering._set.cache_clear()
    assert lettering._set("Nováková, Ľubica", 16)[0] == "Novakova, Lubica"
    assert lettering._set("山 4.5 ± 1°", 16)[0] == "? 4.5 ± 1°"
    assert drawn("Nováková") == drawn("Novakova")
    lettering._set.cache_clear()


def test_plain_words_keep_the_programs_own_font() -> None:
    assert lettering._set("Slice 7", 16)[1] is lettering._set("Score", 16)[1]
