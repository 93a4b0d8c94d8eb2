"""Flips and quarter turns of a picture, and the letters of the patient's directions at its four edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SlicePlane, Vector, direction_letters

Scalar = TypeVar("Scalar", bound=np.generic)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the 8 ways to lay a picture: first mirrored left to right (or not), then turned clockwise.

    Attributes
    ----------
    quarters : int
        Clockwise quarter turns, 0..3.
    mirrored : bool
        Whether columns run the other way before turning.
    """

    quarters: int = 0
    mirrored: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.quarters <= 3:
            raise ValueError("quarter turns are counted from 0 to 3")

    @property
    def is_plain(self) -> bool:
        """Whether the picture lies as it is stored."""
        return self == Turn()

    @property
    def swaps_axes(self) -> bool:
        """Whether stored rows stand upright on the screen."""
        return self.quarters % 2 == 1

    def rotated(self, quarters: int = 1) -> Turn:
        """Turned further clockwise; negative numbers turn back."""
        return Turn((self.quarters + quarters) % 4, self.mirrored)

    def flipped_horizontally(self) -> Turn:
        """What is seen now, left and right exchanged."""
        return Turn(-self.quarters % 4, not self.mirrored)

    def flipped_vertically(self) -> Turn:
        """What is seen now, top and bottom exchanged."""
        return self.flipped_horizontally().rotated(2)

    def since(self, before: Turn) -> Turn:
        """What was done to a picture that lay as ``before`` and lies so now."""
        # The way back from a mirrored turn is the same turn once more.
        back = before if before.mirrored else Turn(-before.quarters % 4)
        quarters = self.quarters + (-back.quarters if self.mirrored else back.quarters)
        return Turn(quarters % 4, self.mirrored != back.mirrored)

    def apply(self, image: NDArray[Scalar]) -> NDArray[Scalar]:
        """The picture as it is seen: shape (rows, columns, ...) or its exchange; a view where possible."""
        return np.rot90(image[:, ::-1] if self.mirrored else image, k=-self.quarters)

    def matrix(self) -> tuple[int, int, int, int]:
        """``(a, b, c, d)``: a step ``(x, y)`` in the stored picture is seen as ``(a x + b y, c x + d y)``; y down."""
        a, b, c, d = (-1 if self.mirrored else 1), 0, 0, 1
        for _ in range(self.quarters):
            a, b, c, d = -c, -d, a, b
        return a, b, c, d


@dataclass(frozen=True, slots=True)
class EdgeLetters:
    """Letters of the patient's direction at each edge of the picture, e.g. R, L, A, P; empty without geometry."""

    left: str = ""
    right: str = ""
    top: str = ""
    bottom: str = ""


def edge_letters(plane: SlicePlane | None, *, turn: Turn | None = None) -> EdgeLetters:
    """Letters at the edges, computed from the orientation vectors (DICOM PS3.3 C.7.6.1.1.1).

    Parameters
    ----------
    plane : SlicePlane or None
        The shown slice; without it there are no letters, never guessed ones.
    turn : Turn, optional
        How the picture is laid.
    """
    if plane is None:
        return EdgeLetters()
    turn = turn or Turn()
    a, b, c, d = turn.matrix()
    # The matrix is orthogonal: its transpose tells which stored step is seen as "right" and which as "down".
    right = _combine(plane.row_direction, a, plane.column_direction, b)
    down = _combine(plane.row_direction, c, plane.column_direction, d)
    return EdgeLetters(
        left=direction_letters(_opposite(right)),
        right=direction_letters(right),
        top=direction_letters(_opposite(down)),
        bottom=direction_letters(down),
    )


def radiological(plane: SlicePlane | None) -> Turn:
    """How to lay an axial slice so that the patient's right is at the left of the picture and the front on top.

    Files of a supine patient lie so already; those of a prone one, or of a scanner that counts columns the other way,
    do not. Without geometry the picture stays as it is stored.
    """
    if plane is None:
        return Turn()
    across, down = plane.row_direction, plane.column_direction

    def fit(turn: Turn) -> float:
        a, b, c, d = turn.matrix()
        return round(_combine(across, a, down, b)[0] + _combine(across, c, down, d)[1], 6)

    # The stored way comes first and stays where another one is not better.
    return max((Turn(quarters, mirrored) for mirrored in (False, True) for quarters in range(4)), key=fit)


def _combine(first: Vector, weight: int, second: Vector, other: int) -> Vector:
    x, y, z = (weight * f + other * s for f, s in zip(first, second, strict=True))
    return (x, y, z)


def _opposite(direction: Vector) -> Vector:
    return (-direction[0], -direction[1], -direction[2])
