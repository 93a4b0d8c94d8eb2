"""Heatmaps on the native pixels, made when first looked at and kept, so that they go on and off within a frame."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.results import Analysis, StackMapping

Project = Callable[[NDArray[np.float32], StackMapping], NDArray[np.float32]]

# A plane of 512 x 512 takes 1 MiB; a long scan must not fill the memory.
_KEPT = 64


class HeatPlanes:
    """Planes of the shown result.

    Parameters
    ----------
    project : callable
        Spreads a raw map over the native plane.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._result: Analysis | None = None
        self._scale = 0.0
        self._planes: OrderedDict[int, NDArray[np.float32] | None] = OrderedDict()

    def show(self, result: Analysis | None) -> None:
        """Another result; the planes of the one before are dropped."""
        if result is self._result:
            return
        self._result = result
        self._scale = 0.0 if result is None else result.map_scale
        self._planes.clear()

    @property
    def has_heat(self) -> bool:
        """Whether the model found anything at all to point at in this scan."""
        return self._scale > 0

    def plane(self, index: int) -> NDArray[np.float32] | None:
        """Heat of a native slice, shape (rows, columns), 0..1 of the scan's one scale; None without one."""
        if index not in self._planes:
            self._planes[index] = self._make(index)
            if len(self._planes) > _KEPT:
                self._planes.popitem(last=False)
        self._planes.move_to_end(index)
        return self._planes[index]

    def _make(self, index: int) -> NDArray[np.float32] | None:
        raw = None if self._result is None or not self.has_heat else self._result.map_of(index)
        if raw is None or self._result is None:
            return None
        plane: NDArray[np.float32] = self._project(raw, self._result.mapping) / np.float32(self._scale)
        plane.setflags(write=False)
        return plane
