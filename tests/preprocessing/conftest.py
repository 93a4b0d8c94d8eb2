"""Volumes made by hand, without files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.geometry import GeometryReport, SlicePlane, Verdict
from leukoviewer.core.series import Patient, PixelFormat, Series, SeriesKind, SliceHeader
from leukoviewer.core.volume import HuArray, Volume

MakeVolume = Callable[..., Volume]


def build_volume(
    hu: HuArray,
    *,
    spacing_mm: tuple[float, float] = (0.5, 0.5),
    positions_mm: Sequence[float] | None = None,
    broken: tuple[int, ...] = (),
    geometry: bool = True,
) -> Volume:
    """A volume of axial slices, superior first, 5 mm apart unless positions are given."""
    count, rows, columns = hu.shape
    heights = positions_mm if positions_mm is not None else [5.0 * (count - i) for i in range(count)]
    pixels = PixelFormat(rows, columns, 1, 16, 16, 15, True, "MONOCHROME2", "1.2.840.10008.1.2.1")
    headers = tuple(
        SliceHeader(
            path=Path("memory"),
            sop_instance_uid=f"1.2.{index}",
            instance_number=index,
            plane=SlicePlane((0.0, 0.0, height), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), spacing_mm, rows, columns, 5.0)
            if geometry
            else None,
            slope=1.0,
            intercept=0.0,
            padding_low=None,
            padding_high=None,
            pixels=pixels,
        )
        for index, height in enumerate(heights)
    )
    report = GeometryReport(Verdict.VOLUME)
    series = Series("1.2", "1.1", "1.2", SeriesKind.AXIAL, Patient(), headers, report)
    return Volume(series, hu.copy(), broken=broken)


def draw_head(shape: tuple[int, int, int], *, inside_hu: float = 34.0, skull_hu: float = 1000.0) -> HuArray:
    """An ellipse of tissue in a ring of bone in air, with fixed noise; rows x columns of any size."""
    _, rows, columns = shape
    row, column = np.mgrid[:rows, :columns]
    radius = np.hypot((row - rows / 2 + 0.5) / (0.42 * rows), (column - columns / 2 + 0.5) / (0.36 * columns))
    plane = np.select([radius < 0.9, radius < 1.0], [inside_hu, skull_hu], default=-1000.0)
    noise = np.random.default_rng(7).normal(0, 4, shape)
    drawn: HuArray = np.rint(plane[None] + noise).astype(np.int16)
    return drawn


@pytest.fixture
def make_volume() -> MakeVolume:
    """Builder of volumes from HU arrays."""
    return build_volume


@pytest.fixture
def make_head() -> Callable[..., HuArray]:
    """Builder of HU arrays of a simple head."""
    return draw_head
