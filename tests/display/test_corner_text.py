"""The lines in the corners of the picture."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leukoviewer.core.series import Patient
from leukoviewer.core.window import BRAIN, Window
from leukoviewer.display.corner_text import corner_texts, readable_date, readable_name
from leukoviewer.display.orientation import Turn
from tests.display import scene


def test_the_corners_name_patient_study_window_and_slice() -> None:
    texts = corner_texts(scene.series(), 1, window=BRAIN, zoom=1.714)
    assert texts.top_left == ("Sekret, Jane", "ID Sekret-77", "F  71 y  born 1950-01-02")
    assert texts.top_right == ("HEAD", "2024-01-31", "Series 2  HEAD 5MM", "ACME Scan 1")
    assert texts.bottom_left == ("W 80  C 40  Brain", "Zoom 171 %")
    assert texts.bottom_right == ("Thickness 5 mm", "Position 95.0 mm", "Slice 2 / 4")


def test_anonymous_corners_hold_nothing_of_the_patient() -> None:
    texts = corner_texts(scene.series(), 0, window=BRAIN, anonymous=True)
    everything = " ".join((*texts.top_left, *texts.top_right, *texts.bottom_left, *texts.bottom_right))
    assert texts.top_left == ("Anonymous",)
    for secret in (scene.SECRET, "1950", "71", "2024"):
        assert secret not in everything
    assert "Slice 1 / 4" in everything


def test_what_is_not_known_is_left_out() -> None:
    series = replace(
        scene.series(),
        patient=Patient(),
        study_date="",
        study_description="",
        description="",
        series_number=None,
        manufacturer="",
        model_name="",
    )
    texts = corner_texts(series, 0, window=Window(-600, 1500))
    assert texts.top_left == ("No name",)
    assert texts.top_right == ()
    assert texts.bottom_left == ("W 1500  C -600",)


def test_a_slice_without_geometry_says_so() -> None:
    series = scene.series(1)
    bare = replace(series, slices=(replace(series.slices[0], plane=None),))
    assert corner_texts(bare, 0, window=BRAIN).bottom_right == ("Slice 1 / 1  position unknown",)


def test_a_tilted_slice_shows_its_angle() -> None:
    series = scene.series(1)
    plane = replace(scene.plane(), column_direction=(0.0, 0.9483, -0.3173))
    tilted = replace(series, slices=(replace(series.slices[0], plane=plane),))
    assert "Tilt 18.5°" in corner_texts(tilted, 0, window=BRAIN).bottom_right


def test_a_sagittal_picture_is_not_called_tilted() -> None:
    series = scene.series(1)
    plane = replace(scene.plane(), row_direction=(0.0, 1.0, 0.0), column_direction=(0.0, 0.0, -1.0))
    scout = replace(series, slices=(replace(series.slices[0], plane=plane),))
    assert not any("Tilt" in line for line in corner_texts(scout, 0, window=BRAIN).bottom_right)


@pytest.mark.parametrize(
    ("window", "line"),
    [(Window(-670.805, 2061.63571675619), "W 2062  C -671"), (Window(0.25, 1.5), "W 1.5  C 0.25")],
)
def test_windows_are_told_in_whole_numbers_where_fractions_tell_nothing(window: Window, line: str) -> None:
    assert corner_texts(scene.series(), 0, window=window).bottom_left == (line,)


@pytest.mark.parametrize(
    ("stored", "readable"),
    [
        ("Doe^Jane", "Doe, Jane"),
        ("Doe^Jane^M^Dr", "Doe, Jane M Dr"),
        ("Doe", "Doe"),
        ("^Jane", "Jane"),
        ("Yamada^Tarou=山田^太郎", "Yamada, Tarou"),
        ("  Doe ^ Jane ", "Doe, Jane"),
        ("", ""),
        ("^^^", ""),
    ],
)
def test_names_are_written_as_people_write_them(stored: str, readable: str) -> None:
    assert readable_name(stored) == readable


@pytest.mark.parametrize(
    ("stored", "readable"), [("20240131", "2024-01-31"), ("", ""), ("2024", "2024"), ("31.01.24", "31.01.24")]
)
def test_dates_are_written_in_order(stored: str, readable: str) -> None:
    assert readable_date(stored) == readable


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (Turn(), ()),
        (Turn(1), ("Turned 90° right",)),
        (Turn(2, mirrored=True), ("Flipped top to bottom",)),
        (Turn(3, mirrored=True), ("Flipped left to right", "Turned 90° left")),
    ],
)
def test_a_picture_that_is_not_laid_as_usual_says_so(turn: Turn, words: tuple[str, ...]) -> None:
    texts = corner_texts(scene.series(), 0, window=BRAIN, turned=turn)
    assert texts.bottom_left == (*words, "W 80  C 40  Brain")


def test_a_key_image_has_its_star() -> None:
    assert corner_texts(scene.series(), 1, window=BRAIN, is_key=True).bottom_right[0] == "★ Key image"
    assert "★" not in "".join(corner_texts(scene.series(), 1, window=BRAIN).bottom_right)
