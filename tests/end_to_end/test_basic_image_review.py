"""The script of IHE Basic Image Review through the real window, and lengths and letters however the picture is laid.

Load, thumbnails, fit, window, annotations on the screen, two series side by side that scroll together, pan and zoom,
length and angle in mm against phantoms whose places are known from their headers, cine (IHE Radiology Technical
Framework, Supplement Basic Image Review).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer import app
from leukoviewer.core.measurements import Kind, Measurement, geometry
from leukoviewer.core.window import PRESETS
from leukoviewer.display.orientation import Turn
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.viewer import Viewer
from tests.phantom_series import PhantomSeries
from tests.ui.on_screen import painted, plane

WAIT_MS = 20_000
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
# Row and column of the markers: an end, the vertex and the other end of an angle.
MARKERS = ((12, 14), (44, 20), (40, 50))


@dataclass(frozen=True)
class Markers(PhantomSeries):
    """Air with three bright pixels in each slice, at places that the header tells in mm."""

    def ideal_hu(self) -> NDArray[np.float32]:
        """All slices alike."""
        hu = np.full((self.slices, self.rows, self.columns), -1000, np.float32)
        for row, column in MARKERS:
            hu[:, row, column] = 1000
        return hu


CASES = {
    "square pixels": {"spacing_mm": (3.0, 3.0)},
    "pixels that are not square": {"spacing_mm": (2.0, 3.4)},
    "tilted": {"spacing_mm": (3.0, 3.0), "tilt_deg": 17.0},
    "tilted, pixels that are not square": {"spacing_mm": (3.7, 2.1), "tilt_deg": -12.0},
    "prone": {"spacing_mm": (3.0, 2.5), "orientation": "prone"},
}


@pytest.fixture
def viewer(qtbot: QtBot) -> Generator[Viewer, None, None]:
    """The program's window; nothing is written of what is chosen."""
    made = Viewer(app._tasks(), SettingsStore(Settings(notice_accepted=NOTICE_VERSION), keep=False))
    qtbot.addWidget(made.window)
    made.window.resize(1100, 760)
    made.window.show()
    yield made
    made.close()
    made.deleteLater()


def opened(viewer: Viewer, folder: Path, qtbot: QtBot) -> Viewer:
    """The viewer once the folder's series is read and its thumbnails are made."""
    viewer.opening.open(folder)
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    return viewer


def spots(viewer: Viewer) -> list[QPoint]:
    """Where the markers are seen: the centers of their light on the painted screen."""
    picture, view = painted(viewer).astype(float), viewer.window.slice_view
    found = []
    for row, column in MARKERS:
        near = view.viewport.transform().map(QPointF(column + 0.5, row + 0.5))
        half = math.ceil(view.viewport.px_per_mm * 4)
        top, left = max(round(near.y()) - half, 0), max(round(near.x()) - half, 0)
        patch = picture[top : top + 2 * half, left : left + 2 * half]
        light = np.where(patch > 100, patch, 0)
        assert light.sum() > 0
        y, x = (float((light * at).sum() / light.sum()) for at in np.indices(patch.shape))
        # Painted light is told by pixel centers, the mouse by their corners.
        seen = QPointF(left + x + 0.5, top + y + 0.5)
        assert math.hypot(seen.x() - near.x(), seen.y() - near.y()) < 1.0
        found.append(near.toPoint())
    return found


def drawn(viewer: Viewer) -> Measurement:
    """The newest measurement."""
    return viewer.session.measurements.shown[-1]


def length(viewer: Viewer, start: QPoint, end: QPoint) -> float:
    """Length in mm between two places of the screen, drawn with the mouse."""
    view = viewer.window.slice_view
    viewer.measuring.set_tool(Kind.LENGTH, on=True)
    QTest.mousePress(view, LEFT, pos=start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, pos=end)
    viewer.measuring.set_tool(Kind.LENGTH, on=False)
    one = drawn(viewer)
    found = geometry(one.kind, one.points, plane(viewer).spacing_mm).length_mm
    assert found is not None
    return found


def known_mm(viewer: Viewer, first: tuple[int, int], second: tuple[int, int]) -> float:
    """Distance of two pixels in the patient, from the header alone."""
    where = plane(viewer)
    return float(np.linalg.norm(where.point_mm(*first) - where.point_mm(*second)))


def states() -> list[Turn]:
    """All 16 ways to flip across, flip down and turn by quarters, one after the other."""
    found = []
    for across, down, quarters in itertools.product((False, True), (False, True), range(4)):
        turn = Turn().flipped_horizontally() if across else Turn()
        turn = turn.flipped_vertically() if down else turn
        found.append(turn.rotated(quarters))
    return found


def letters_of(stored: str, across: bool, down: bool, quarters: int) -> str:
    """Letters left, right, top, bottom of a picture that is laid so, by turning a map of letters itself."""
    left, right, top, bottom = stored
    chart = np.array([["", top, ""], [left, "", right], ["", bottom, ""]])
    chart = np.fliplr(chart) if across else chart
    chart = np.flipud(chart) if down else chart
    chart = np.rot90(chart, k=-quarters)
    return f"{chart[1, 0]}{chart[1, 2]}{chart[0, 1]}{chart[2, 1]}"


@pytest.mark.parametrize("name", CASES)
def test_lengths_are_right_in_all_16_ways_to_lay_the_picture(
    viewer: Viewer, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    Markers(slices=4, **CASES[name]).write(tmp_path)  # type: ignore[arg-type]
    opened(viewer, tmp_path, qtbot)
    view, session = viewer.window.slice_view, viewer.session
    view.set_texts_visible(False)
    for turn in states():
        assert session.view is not None
        session.set_view(session.view.with_turn(turn))
        ends = spots(viewer)
        # A click tells whole px of the screen: half of one at each end, in both directions.
        lost_mm = math.sqrt(2) / view.viewport.px_per_mm
        for first, second in ((0, 1), (1, 2), (0, 2)):
            known = known_mm(viewer, MARKERS[first], MARKERS[second])
            assert length(viewer, ends[first], ends[second]) == pytest.approx(known, abs=lost_mm)
            viewer.session.measurements.remove(drawn(viewer).id)


@pytest.mark.parametrize(
    ("options", "stored"),
    [
        ({}, "RLAP"),
        ({"orientation": "prone"}, "LRPA"),
        ({"orientation": "sagittal", "rows": 64}, "APHF"),
        ({"orientation": "coronal", "rows": 64}, "RLHF"),
        ({"spacing_mm": (2.0, 3.4), "tilt_deg": 10.0}, "RLAP"),
    ],
)
def test_letters_are_right_in_all_16_ways_to_lay_the_picture(
    viewer: Viewer, tmp_path: Path, qtbot: QtBot, options: dict[str, object], stored: str
) -> None:
    PhantomSeries(slices=4, **options).write(tmp_path)  # type: ignore[arg-type]
    opened(viewer, tmp_path, qtbot)
    for (across, down, quarters), turn in zip(
        itertools.product((False, True), (False, True), range(4)), states(), strict=True
    ):
        assert viewer.session.view is not None
        viewer.session.set_view(viewer.session.view.with_turn(turn))
        letters = viewer.window.slice_view.letters
        seen = letters.left + letters.right + letters.top + letters.bottom
        assert seen == letters_of(stored, across, down, quarters)


def test_the_script_of_basic_image_review(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    first = Markers(slices=10, spacing_mm=(3.0, 3.4), series="first", description="Head 5 mm").write(tmp_path / "a")
    Markers(slices=20, step_mm=2.5, thickness_mm=2.5, series="second", series_number=3).write(tmp_path / "b")
    opened(viewer, tmp_path, qtbot)
    load_with_thumbnails(viewer, first.series_uid, qtbot)
    fit_the_view(viewer)
    window_by_key_and_by_drag(viewer)
    annotations_on_the_screen(viewer)
    side_by_side(viewer, qtbot)
    viewer.window.slice_view.set_texts_visible(False)
    pan_and_zoom_leave_a_length(viewer)
    assert angle(viewer, spots(viewer)) == pytest.approx(known_deg(viewer), abs=1.0)
    cine_runs_round(viewer, qtbot)


def load_with_thumbnails(viewer: Viewer, series_uid: str, qtbot: QtBot) -> None:
    """Both series have their thumbnails; this one is shown."""
    session = viewer.session
    assert session.catalog is not None
    assert len(session.catalog.series) == 2
    assert all(session.thumbnail(series.key) is not None for series in session.catalog.series)
    key = next(series.key for series in session.catalog.series if series.series_uid == series_uid)
    viewer.workflow.show_series(key)
    qtbot.waitUntil(lambda: session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)


def fit_the_view(viewer: Viewer) -> None:
    """The whole picture in the view, one side filled."""
    viewport = viewer.window.slice_view.viewport
    seen, size = viewport.seen_mm, viewport.size
    shares = sorted((seen.width() * viewport.px_per_mm / size[0], seen.height() * viewport.px_per_mm / size[1]))
    assert shares[1] == pytest.approx(1)
    assert shares[0] <= 1


def window_by_key_and_by_drag(viewer: Viewer) -> None:
    """The window of a key, a wider one by a drag, and back."""
    session = viewer.session
    QTest.keyClick(viewer.window, Qt.Key.Key_5)
    assert session.view is not None
    assert session.view.window == PRESETS[4]
    drag(viewer, LEFT, QPoint(50, 0))
    assert session.view.window.width > PRESETS[4].width
    QTest.keyClick(viewer.window, Qt.Key.Key_5)


def annotations_on_the_screen(viewer: Viewer) -> None:
    """Whose picture it is, which series, how it is windowed, how thick, which slice."""
    texts = viewer.window.slice_view._overlay.texts
    words = " ".join((*texts.top_left, *texts.top_right, *texts.bottom_left, *texts.bottom_right))
    for word in ("Phantom, Head", "PHANTOM-1", "Head 5 mm", "W 400  C 40", "Thickness 5 mm", "Slice 6 / 10"):
        assert word in words


def side_by_side(viewer: Viewer, qtbot: QtBot) -> None:
    """Two series scroll together by their place; then one has all the room again."""
    viewer.actions["layout.two"].trigger()
    (pane,) = viewer.layouts.panes
    qtbot.waitUntil(lambda: pane.session.volume is not None, timeout=WAIT_MS)
    for index in (0, 4, 9):
        viewer.reading.go_to(index)
        assert pane.session.view is not None
        assert pane.session.series is not None
        beside = pane.session.series.position_mm[pane.session.view.slice_index]
        assert beside is not None
        assert abs(beside - plane(viewer).along_normal_mm) <= 1.25 + 1e-6
    viewer.actions["layout.one"].trigger()


def pan_and_zoom_leave_a_length(viewer: Viewer) -> None:
    """A length stays what the header tells, wherever and however large the picture lies."""
    view = viewer.window.slice_view
    known = known_mm(viewer, MARKERS[0], MARKERS[1])
    drag(viewer, MIDDLE, QPoint(30, -20))
    drag(viewer, RIGHT, QPoint(0, -40))
    assert view.viewport.zoom > 1
    assert view.viewport.pan != (0, 0)
    ends = spots(viewer)
    assert length(viewer, ends[0], ends[1]) == pytest.approx(known, abs=math.sqrt(2) / view.viewport.px_per_mm)
    viewer.session.measurements.remove(drawn(viewer).id)


def cine_runs_round(viewer: Viewer, qtbot: QtBot) -> None:
    """Cine goes through the slices, round the end, until it is stopped."""
    session, passed = viewer.session, list[int]()
    session.view_changed.connect(lambda: passed.append(-1 if session.view is None else session.view.slice_index))
    QTest.keyClick(viewer.window, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: len(passed) >= 3, timeout=WAIT_MS)
    QTest.keyClick(viewer.window, Qt.Key.Key_C)
    assert [(b - a) % 10 for a, b in itertools.pairwise(passed[:3])] == [1, 1]
    assert not viewer.reading.cine.is_running


def drag(viewer: Viewer, button: Qt.MouseButton, by: QPoint) -> None:
    """Press in the middle of the view, move, release."""
    view = viewer.window.slice_view
    start = view.rect().center()
    QTest.mousePress(view, button, pos=start)
    QTest.mouseMove(view, start + by / 2)
    QTest.mouseMove(view, start + by)
    QTest.mouseRelease(view, button, pos=start + by)


def angle(viewer: Viewer, ends: list[QPoint]) -> float:
    """Angle at the second place, drawn with the mouse."""
    view = viewer.window.slice_view
    viewer.measuring.set_tool(Kind.ANGLE, on=True)
    QTest.mousePress(view, LEFT, pos=ends[0])
    QTest.mouseMove(view, ends[1])
    QTest.mouseRelease(view, LEFT, pos=ends[1])
    QTest.mouseMove(view, ends[2])
    QTest.mouseClick(view, LEFT, pos=ends[2])
    one = drawn(viewer)
    found = geometry(one.kind, one.points, plane(viewer).spacing_mm).angle_deg
    assert found is not None
    return found


def known_deg(viewer: Viewer) -> float:
    """The angle at the second marker in the patient, from the header alone."""
    where = plane(viewer)
    first, vertex, last = (where.point_mm(*marker) for marker in MARKERS)
    ways = first - vertex, last - vertex
    return math.degrees(math.acos(float(ways[0] @ ways[1]) / float(np.prod([np.linalg.norm(way) for way in ways]))))
