"""Turns of the picture and the letters at its edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from leukoviewer.core.geometry import SlicePlane, Vector
from leukoviewer.display.orientation import EdgeLetters, Turn, edge_letters, radiological

TURNS = [Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4)]
PICTURE = np.arange(6).reshape(2, 3)


def plane(row: Vector, column: Vector) -> SlicePlane:
    return SlicePlane((0.0, 0.0, 0.0), row, column, (1.0, 1.0), 2, 3)


AXIAL = plane((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
CORONAL = plane((1.0, 0.0, 0.0), (0.0, 0.0, -1.0))
SAGITTAL = plane((0.0, 1.0, 0.0), (0.0, 0.0, -1.0))
PRONE = plane((-1.0, 0.0, 0.0), (0.0, -1.0, 0.0))
TILT = math.radians(18.5)
TILTED = plane((1.0, 0.0, 0.0), (0.0, math.cos(TILT), -math.sin(TILT)))


@pytest.mark.parametrize(
    ("shown", "letters"),
    [
        (AXIAL, EdgeLetters("R", "L", "A", "P")),
        (CORONAL, EdgeLetters("R", "L", "H", "F")),
        (SAGITTAL, EdgeLetters("A", "P", "H", "F")),
        (PRONE, EdgeLetters("L", "R", "P", "A")),
        (TILTED, EdgeLetters("R", "L", "AH", "PF")),
        (None, EdgeLetters("", "", "", "")),
    ],
    ids=["axial", "coronal", "sagittal", "prone", "tilted", "no geometry"],
)
def test_letters_come_from_the_orientation_vectors(shown: SlicePlane | None, letters: EdgeLetters) -> None:
    assert edge_letters(shown) == letters


# Left, right, top, bottom of an axial slice; the mirrored ones are turned after they are mirrored.
@pytest.mark.case(17)
@pytest.mark.parametrize(
    ("turn", "letters"),
    [
        (Turn(0), "RLAP"),
        (Turn(1), "PARL"),
        (Turn(2), "LRPA"),
        (Turn(3), "APLR"),
        (Turn(0, mirrored=True), "LRAP"),
        (Turn(1, mirrored=True), "PALR"),
        (Turn(2, mirrored=True), "RLPA"),
        (Turn(3, mirrored=True), "APRL"),
    ],
    ids=str,
)
def test_letters_follow_every_flip_and_rotation(turn: Turn, letters: str) -> None:
    shown = edge_letters(AXIAL, turn=turn)
    assert shown.left + shown.right + shown.top + shown.bottom == letters


@pytest.mark.parametrize("turn", TURNS, ids=str)
@pytest.mark.parametrize("shown", [AXIAL, CORONAL, SAGITTAL, PRONE, TILTED])
def test_the_letter_at_an_edge_is_that_of_the_pixels_lying_there(turn: Turn, shown: SlicePlane) -> None:
    """Checked against the turned pixels themselves: each holds its own place in the patient."""
    places = np.array([[shown.point_mm(row, column) for column in range(3)] for row in range(2)])
    laid = turn.apply(places)
    right = laid[0, -1] - laid[0, 0]
    down = laid[-1, 0] - laid[0, 0]
    letters = edge_letters(shown, turn=turn)
    for direction, far, near in ((right, letters.right, letters.left), (down, letters.bottom, letters.top)):
        axis = int(np.argmax(np.abs(direction)))
        names = (("L", "R"), ("P", "A"), ("H", "F"))[axis]
        expected = names if direction[axis] > 0 else names[::-1]
        assert (far[0], near[0]) == expected


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_the_matrix_moves_pixels_as_the_turn_does(turn: Turn) -> None:
    a, b, c, d = turn.matrix()
    laid = turn.apply(PICTURE)
    rows, columns = PICTURE.shape
    for row in range(rows):
        for column in range(columns):
            # Steps from the center, y down.
            x, y = column - (columns - 1) / 2, row - (rows - 1) / 2
            seen_x, seen_y = a * x + b * y, c * x + d * y
            seen_row = round(seen_y + (laid.shape[0] - 1) / 2)
            seen_column = round(seen_x + (laid.shape[1] - 1) / 2)
            assert laid[seen_row, seen_column] == PICTURE[row, column]


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_flips_and_rotations_change_what_is_seen_now(turn: Turn) -> None:
    seen = turn.apply(PICTURE)
    np.testing.assert_array_equal(turn.flipped_horizontally().apply(PICTURE), seen[:, ::-1])
    np.testing.assert_array_equal(turn.flipped_vertically().apply(PICTURE), seen[::-1])
    np.testing.assert_array_equal(turn.rotated().apply(PICTURE), np.rot90(seen, -1))
    np.testing.assert_array_equal(turn.rotated(-1).apply(PICTURE), np.rot90(seen))
    assert turn.swaps_axes == (seen.shape == (3, 2))


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_two_equal_flips_and_four_rotations_change_nothing(turn: Turn) -> None:
    assert turn.flipped_horizontally().flipped_horizontally() == turn
    assert turn.flipped_vertically().flipped_vertically() == turn
    assert turn.rotated().rotated().rotated().rotated() == turn
    assert turn.rotated(4) == turn


def test_the_eight_turns_lay_the_picture_in_eight_ways() -> None:
    square = np.arange(9).reshape(3, 3)
    assert len({turn.apply(square).tobytes() for turn in TURNS}) == 8
    assert [turn for turn in TURNS if turn.is_plain] == [Turn()]


@pytest.mark.case(18)
@pytest.mark.parametrize("stored", TURNS, ids=str)
@pytest.mark.parametrize("tilt_deg", [-25.0, 0.0, 18.5])
def test_axial_slices_are_laid_with_the_right_at_the_left_and_the_front_on_top(stored: Turn, tilt_deg: float) -> None:
    tilt = math.radians(tilt_deg)
    x, y = np.array([1.0, 0.0, 0.0]), np.array([0.0, math.cos(tilt), -math.sin(tilt)])
    a, b, c, d = stored.matrix()
    row, column = (a * x + b * y).tolist(), (c * x + d * y).tolist()
    shown = plane((row[0], row[1], row[2]), (column[0], column[1], column[2]))
    letters = edge_letters(shown, turn=radiological(shown))
    assert (letters.left, letters.right, letters.top[0], letters.bottom[0]) == ("R", "L", "A", "P")


def test_a_slice_that_lies_well_or_nowhere_is_left_as_it_is_stored() -> None:
    assert radiological(TILTED).is_plain
    assert radiological(None).is_plain


def test_color_channels_stay_in_their_place() -> None:
    picture = np.arange(18).reshape(2, 3, 3)
    laid = Turn(1).apply(picture)
    assert laid.shape == (3, 2, 3)
    np.testing.assert_array_equal(laid[0, 0], picture[1, 0])


@pytest.mark.parametrize("quarters", [-1, 4])
def test_quarter_turns_are_counted_from_0_to_3(quarters: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 3"):
        Turn(quarters)


@pytest.mark.parametrize("now", TURNS, ids=str)
@pytest.mark.parametrize("before", TURNS, ids=str)
def test_what_was_done_since_is_what_leads_from_one_way_to_the_other(before: Turn, now: Turn) -> None:
    np.testing.assert_array_equal(now.since(before).apply(before.apply(PICTURE)), now.apply(PICTURE))
