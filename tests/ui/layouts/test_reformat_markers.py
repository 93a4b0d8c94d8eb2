"""Reformats of a phantom with numbered markers through the real window: each marker to 0.01 mm, tilted or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.reformat import Axis
from leukoviewer.core.window import Window
from leukoviewer.display.compose import compose_packed
from leukoviewer.ui.layouts import Layout
from leukoviewer.ui.viewer import Viewer
from tests.phantom_series import PhantomSeries
from tests.ui.conftest import opened

NEAR_MM = 0.01
SIGMA_MM, REACH_MM = 3.5, 16.0
# From the middle of the volume, in mm to the left, to the back and to the head; the number is the peak in 1000 HU.
OFFSETS_MM = {1: (-15.3, -14.1, 9.7), 2: (14.6, 3.2, -8.9), 3: (-11.2, 19.4, -5.3)}
CASES = {
    "plain": {},
    "tilted": {"tilt_deg": 14.0},
    "tilted back, pixels that are not square": {"tilt_deg": -9.0, "spacing_mm": (0.8, 1.1)},
}


@dataclass(frozen=True)
class Balls(PhantomSeries):
    """Smooth balls in air, each with a peak of its own, at places in the patient that are known in mm."""

    def places_mm(self) -> dict[int, NDArray[np.float64]]:
        """Center of each ball in patient coordinates."""
        row, column, _ = self.directions()
        middle = self.positions_mm()[[0, -1]].mean(axis=0)
        middle = middle + row * (self.columns - 1) / 2 * self.spacing_mm[1]
        middle = middle + column * (self.rows - 1) / 2 * self.spacing_mm[0]
        return {number: middle + np.array(offset) for number, offset in OFFSETS_MM.items()}

    def ideal_hu(self) -> NDArray[np.float32]:
        """Every voxel from its place in the patient."""
        row, column, _ = self.directions()
        rows, columns = np.mgrid[: self.rows, : self.columns]
        plane = rows[..., None] * column * self.spacing_mm[0] + columns[..., None] * row * self.spacing_mm[1]
        at = self.positions_mm()[:, None, None] + plane
        hu = np.zeros(at.shape[:3])
        for number, center in self.places_mm().items():
            hu += 1000 * number * np.exp(-((at - center) ** 2).sum(axis=-1) / (2 * SIGMA_MM**2))
        return hu.astype(np.float32)


@pytest.fixture
def viewer(viewers: Callable[..., Viewer]) -> Viewer:
    """A window without models, which starts fast."""
    return viewers()


def center_mm(light: NDArray[np.float64], plane: SlicePlane, near: NDArray[np.float64]) -> NDArray[np.float64]:
    """Center of the light around a place, in patient coordinates; the plane's own geometry places each pixel."""
    rows, columns = np.mgrid[: plane.rows, : plane.columns]
    at = np.array(plane.position_mm) + (
        rows[..., None] * plane.spacing_mm[0] * np.array(plane.column_direction)
        + columns[..., None] * plane.spacing_mm[1] * np.array(plane.row_direction)
    )
    weight = np.where(((at - near) ** 2).sum(axis=-1) <= REACH_MM**2, light, 0)
    center: NDArray[np.float64] = (weight[..., None] * at).sum(axis=(0, 1)) / weight.sum()
    return center


@pytest.mark.parametrize("name", CASES)
def test_each_numbered_marker_lies_where_it_is_to_a_hundredth_of_a_mm(
    viewer: Viewer, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    # Voxels so fine that the straight line between two of them, not the geometry, leaves less than 0.01 mm.
    options = {"rows": 90, "columns": 72, "spacing_mm": (1.0, 1.0), "step_mm": 0.8, "thickness_mm": 0.8} | CASES[name]
    phantom = Balls(slices=70, top_mm=20.0, **options)  # type: ignore[arg-type]
    phantom.write(tmp_path)
    opened(viewer, tmp_path, qtbot)
    QTest.keyClick(viewer.window, Qt.Key.Key_F8)
    assert viewer.layouts.layout is Layout.REFORMATS
    for number, place in phantom.places_mm().items():
        viewer.reading.set_window(Window(500.0 * number, 1000.0 * number))
        viewer.reformatting.go_to(place)
        np.testing.assert_allclose(viewer.reformatting.at_mm, place, atol=1e-9)
        assert viewer.session.view is not None
        for axis in Axis:
            plane, shown = viewer.reformatting.plane(axis), viewer.reformatting._shown[axis]
            assert plane is not None
            assert shown.hu is not None
            found = center_mm(shown.hu.astype(float), plane, place)
            np.testing.assert_allclose(found, place, atol=NEAR_MM)
            # The number of the marker: its peak, which a smooth ball loses little of between two voxels.
            assert round(float(shown.hu.max()) / 1000) >= number
            row, column = _pixel(plane, place)
            assert round(float(shown.hu[row, column]) / 1000) == number
            # What stands on the screen is this picture in its window, and the lines cross at the marker.
            assert shown.view._pixels is not None
            np.testing.assert_array_equal(shown.view._pixels, compose_packed(shown.hu, viewer.session.view.window))
            across, down = (line.start for line in shown.view.lines)
            crossing = plane.point_mm(across[0], down[1])
            np.testing.assert_allclose(crossing, place, atol=NEAR_MM)


def _pixel(plane: SlicePlane, place: NDArray[np.float64]) -> tuple[int, int]:
    """Row and column that lie nearest to a place."""
    away = place - np.array(plane.position_mm)
    row = float(away @ np.array(plane.column_direction)) / plane.spacing_mm[0]
    column = float(away @ np.array(plane.row_direction)) / plane.spacing_mm[1]
    return round(row), round(column)
