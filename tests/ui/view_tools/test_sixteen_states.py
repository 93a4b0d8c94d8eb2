"""All 16 ways to flip across, flip down and turn, by the real keys: letters, length, angle and HU stay true."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.core.geometry import SlicePlane, direction_letters
from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.ui.viewer import Viewer
from tests.phantom_series import PhantomSeries
from tests.ui.conftest import opened
from tests.ui.on_screen import painted, plane

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
# Row, column and HU of the markers: an end, the vertex and the other end of an angle.
MARKERS = {(12, 14): 1000, (44, 20): 800, (40, 50): 600}
CASES = {
    "pixels that are not square": {"spacing_mm": (2.0, 3.4)},
    "tilted": {"spacing_mm": (3.0, 3.0), "tilt_deg": 17.0},
    "tilted, pixels that are not square": {"spacing_mm": (3.7, 2.1), "tilt_deg": -12.0},
    "prone": {"spacing_mm": (3.0, 2.5), "orientation": "prone"},
}


@dataclass(frozen=True)
class Markers(PhantomSeries):
    """Air with three bright pixels in each slice, each with a number of its own."""

    def ideal_hu(self) -> NDArray[np.float32]:
        """All slices alike."""
        hu = np.full((self.slices, self.rows, self.columns), -1000, np.float32)
        for (row, column), value in MARKERS.items():
            hu[:, row, column] = value
        return hu


@dataclass(frozen=True)
class State:
    """One way to lay the picture, as the reader comes to it."""

    across: bool
    down: bool
    quarters: int

    def press(self, viewer: Viewer) -> None:
        """Reset, then the keys."""
        keys = [(Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier)]
        keys += [(Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier)] * self.across
        keys += [(Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier)] * self.down
        # Three turns to the right are one to the left.
        keys += [(Qt.Key.Key_L, SHIFT)] if self.quarters == 3 else [(Qt.Key.Key_R, SHIFT)] * self.quarters
        for key, modifiers in keys:
            QTest.keyClick(viewer.window, key, modifiers)

    def lay(self, picture: NDArray[np.generic]) -> NDArray[np.generic]:
        """A picture as it must then be seen, by turning the array itself."""
        picture = np.fliplr(picture) if self.across else picture
        picture = np.flipud(picture) if self.down else picture
        return np.rot90(picture, k=-self.quarters)


STATES = [State(*parts) for parts in itertools.product((False, True), (False, True), range(4))]


def first_laid(viewer: Viewer, picture: NDArray[np.generic]) -> NDArray[np.generic]:
    """As the series is seen at first: a prone patient's picture is turned by half, others lie as stored."""
    return np.rot90(picture, k=2) if plane(viewer).row_direction[0] < 0 else picture


def expected_spots(viewer: Viewer, state: State) -> list[QPointF]:
    """Where the markers must be seen: from the array that is turned like the picture, and its distances in mm."""
    where, view = plane(viewer), viewer.window.slice_view
    numbers = np.zeros((where.rows, where.columns), int)
    for number, place in enumerate(MARKERS, start=1):
        numbers[place] = number
    laid = state.lay(first_laid(viewer, numbers))
    down_mm, across_mm = where.spacing_mm if state.quarters % 2 == 0 else where.spacing_mm[::-1]
    spots = []
    for number in range(1, len(MARKERS) + 1):
        (row,), (column,) = np.nonzero(laid == number)
        x = (column + 0.5 - laid.shape[1] / 2) * across_mm * view.viewport.px_per_mm + view.width() / 2
        y = (row + 0.5 - laid.shape[0] / 2) * down_mm * view.viewport.px_per_mm + view.height() / 2
        spots.append(QPointF(x, y))
    return spots


def light_near(picture: NDArray[np.uint8], at: QPointF, reach: int) -> QPointF:
    """Center of the light that is painted near a place."""
    left, top = round(at.x()) - reach, round(at.y()) - reach
    patch = picture[top : top + 2 * reach, left : left + 2 * reach].astype(float)
    patch = np.where(patch > 100, patch, 0)
    assert patch.sum() > 0
    y, x = (float((patch * index).sum() / patch.sum()) for index in np.indices(patch.shape))
    return QPointF(left + x + 0.5, top + y + 0.5)


def angle_by_mouse(viewer: Viewer, spots: list[QPoint]) -> str:
    """What stands beside an angle that is drawn with the mouse from spot to spot; it is taken away again."""
    view = viewer.window.slice_view
    before = {one.id for one in viewer.session.measurements.shown}
    QTest.keyClick(viewer.window, Qt.Key.Key_A)
    QTest.mousePress(view, LEFT, pos=spots[0])
    QTest.mouseMove(view, spots[1])
    QTest.mouseRelease(view, LEFT, pos=spots[1])
    QTest.mouseMove(view, spots[2])
    QTest.mouseClick(view, LEFT, pos=spots[2])
    QTest.keyClick(viewer.window, Qt.Key.Key_Escape)
    (mark,) = [mark for mark in view.layer.marks if mark.id not in before]
    QTest.keyClick(viewer.window, Qt.Key.Key_Delete)
    return mark.lines[0]


def known_angle_deg(where: SlicePlane) -> float:
    """The angle at the second marker in the patient, from the header alone."""
    first, vertex, last = (where.point_mm(*place) for place in MARKERS)
    ways = first - vertex, last - vertex
    return math.degrees(math.acos(float(ways[0] @ ways[1]) / float(np.prod([np.linalg.norm(way) for way in ways]))))


@pytest.mark.parametrize("name", CASES)
def test_all_is_true_in_all_16_states(viewer: Viewer, tmp_path: Path, qtbot: QtBot, name: str) -> None:
    Markers(slices=4, **CASES[name]).write(tmp_path)  # type: ignore[arg-type]
    opened(viewer, tmp_path, qtbot)
    view, where, book = viewer.window.slice_view, plane(viewer), viewer.session.measurements
    first, _, last = MARKERS
    assert viewer.session.series is not None
    assert viewer.session.view is not None
    index = viewer.session.view.slice_index
    uid = viewer.session.series.slices[index].sop_instance_uid
    book.add(Measurement("kept", Kind.LENGTH, (first, last), uid, slice_index=index))
    book.select("")
    length = f"{np.linalg.norm(where.point_mm(*first) - where.point_mm(*last)):.1f} mm"
    ahead = [direction_letters(tuple(-x for x in way)) for way in (where.column_direction, where.row_direction)]  # type: ignore[arg-type]
    behind = [direction_letters(way) for way in (where.column_direction, where.row_direction)]
    chart = np.array([["", ahead[0], ""], [ahead[1], "", behind[1]], ["", behind[0], ""]])
    view.set_texts_visible(False)
    for state in STATES:
        state.press(viewer)
        laid, letters = state.lay(first_laid(viewer, chart)), view.letters
        assert (letters.top, letters.left, letters.right, letters.bottom) == (
            laid[0, 1], laid[1, 0], laid[1, 2], laid[2, 1],
        )  # fmt: skip
        # A length that was measured before lies on its markers and says the same.
        assert [mark.lines[0] for mark in view.layer.marks] == [length]
        book.remove("kept")
        spots, picture = expected_spots(viewer, state), painted(viewer)
        reach = math.ceil(view.viewport.px_per_mm * 4)
        for at, place in zip(spots, MARKERS, strict=True):
            light = light_near(picture, at, reach)
            assert math.hypot(light.x() - at.x(), light.y() - at.y()) < 1.0
            QTest.mouseMove(view, at.toPoint())
            x, y, z = where.point_mm(*place)
            assert viewer.window._cursor_label.text() == (
                f"{MARKERS[place]} HU   {'L' if x >= 0 else 'R'} {abs(x):.0f}  "
                f"{'P' if y >= 0 else 'A'} {abs(y):.0f}  {'H' if z >= 0 else 'F'} {abs(z):.0f} mm"
            )
        told = angle_by_mouse(viewer, [at.toPoint() for at in spots])
        assert float(told.removesuffix("°")) == pytest.approx(known_angle_deg(where), abs=1.0)
        QTest.keyClick(viewer.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(viewer.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(viewer.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert [one.id for one in book.shown] == ["kept"]
        book.select("")
