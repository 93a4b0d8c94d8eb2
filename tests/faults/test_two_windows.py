"""Two windows on one study: what one measures never takes away what the other measured."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.core import measurement_file
from leukoviewer.core.measurements import Kind
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import head_folder, opened, tasks, viewers  # noqa: F401 - fixtures of the window

Make = Callable[..., Viewer]


def kept(viewer: Viewer) -> set[str]:
    assert viewer.session.series is not None
    file = measurement_file.file_of(viewer.session.series)
    return {one.id for one in measurement_file.load(file).measurements}


def draw(viewer: Viewer, column: float) -> str:
    """Its id; what the other window drew meanwhile appears with it."""
    points = ((5.0, column), (20.0, column))
    viewer.measuring._on_drawn(Kind.LENGTH, points)
    (new,) = (one.id for one in viewer.session.measurements.shown if one.points == points)
    return new


def test_measurements_of_both_windows_are_kept(viewers: Make, qtbot: QtBot, head_folder: Path) -> None:  # noqa: F811
    one, other = (opened(viewers(), head_folder, qtbot) for _ in range(2))
    names = [draw(one, 4.0), draw(other, 8.0), draw(one, 12.0), draw(other, 16.0)]
    assert kept(one) == {found.id for found in other.session.measurements.shown} == set(names)
    # One takes its own back; the other's stay.
    one.measuring.undo()
    assert kept(other) == {names[0], names[1], names[3]}
    other.measuring.undo()
    assert kept(other) == {names[0], names[1]}
    third = opened(viewers(), head_folder, qtbot)
    assert {found.id for found in third.session.measurements.shown} == {names[0], names[1]}


def test_settings_of_both_windows_stay_readable(viewers: Make, qtbot: QtBot) -> None:  # noqa: F811
    one, other = viewers(), viewers()
    for number in range(20):
        one.store.change(heatmap_opacity=number / 20)
        other.store.change(heatmap_threshold=number / 20)
    value, note = settings.load()
    assert note == ""
    assert value.heatmap_threshold == 19 / 20
