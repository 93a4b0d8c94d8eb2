"""Heatmaps on native pixels: one scale a scan, made once, dropped with their result."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import StackMapping
from leukoviewer.preprocessing.projection import project
from leukoviewer.ui.heat_planes import HeatPlanes
from tests.display import scene


class Counter:
    """The real projection, counting its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, raw: NDArray[np.float32], mapping: StackMapping) -> NDArray[np.float32]:
        self.calls += 1
        return project(raw, mapping)


def test_all_slices_share_the_scale_of_the_scan() -> None:
    planes, result = HeatPlanes(project), scene.analysis(scene.volume(4))
    planes.show(result)
    for index in range(4):
        plane = planes.plane(index)
        assert plane is not None
        assert plane.shape == (16, 24)
        np.testing.assert_allclose(plane[0, 0], index / 3, rtol=1e-6)


def test_a_plane_is_made_once() -> None:
    counter = Counter()
    planes = HeatPlanes(counter)
    planes.show(scene.analysis(scene.volume(4)))
    for _ in range(5):
        planes.plane(2)
    assert counter.calls == 1


def test_another_result_drops_the_planes() -> None:
    counter = Counter()
    planes, result = HeatPlanes(counter), scene.analysis(scene.volume(4))
    planes.show(result)
    planes.plane(2)
    planes.show(result)
    planes.plane(2)
    assert counter.calls == 1
    planes.show(scene.analysis(scene.volume(4)))
    planes.plane(2)
    assert counter.calls == 2


def test_a_slice_that_was_not_scored_has_no_heat() -> None:
    planes = HeatPlanes(project)
    planes.show(scene.analysis(scene.volume(4), {0: 0.2, 2: 0.9}))
    assert planes.plane(1) is None
    assert planes.plane(2) is not None


def test_without_result_or_heat_there_is_nothing_to_show() -> None:
    planes, result = HeatPlanes(project), scene.analysis(scene.volume(4))
    assert planes.plane(0) is None
    planes.show(replace(result, maps=np.zeros_like(result.maps)))
    assert not planes.has_heat
    assert planes.plane(3) is None


def test_a_long_scan_does_not_fill_the_memory() -> None:
    counter = Counter()
    planes = HeatPlanes(counter)
    planes.show(scene.analysis(scene.volume(100)))
    for index in range(100):
        planes.plane(index)
    planes.plane(99)
    assert counter.calls == 100
    planes.plane(0)
    assert counter.calls == 101
