"""The head outside the brain as simple bodies in template millimetres: face, orbits, sinuses, petrous bone, neck.

A schematic skull base: enough that the lowest slices show bone, air, fat and muscle where a reader expects them. All
places are MNI coordinates (x to the right, y to the front, z to the top, origin at the anterior commissure), mirrored.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Point = tuple[float, float, float]

CHANNELS = ("head", "bone", "air", "cells", "fat", "fluid", "muscle")


class Space:
    """Node coordinates of a grid, with the signed distances (mm, negative inside) of simple bodies, mirrored in x."""

    def __init__(self, shape: tuple[int, int, int], *, origin_mm: Point, step_mm: float) -> None:
        axes = [o + step_mm * np.arange(n, dtype=np.float32) for o, n in zip(origin_mm, shape, strict=True)]
        x, self.y, self.z = (a.astype(np.float32) for a in np.meshgrid(*axes, indexing="ij"))
        self.x = np.abs(x)

    def ellipsoid(self, center: Point, *, radii: Point) -> Array:
        """Approximate signed distance to an ellipsoid."""
        scaled = [(a - c) / r for a, c, r in zip((self.x, self.y, self.z), center, radii, strict=True)]
        length = np.sqrt(scaled[0] ** 2 + scaled[1] ** 2 + scaled[2] ** 2)
        return np.asarray((length - 1) * min(radii), dtype=np.float32)

    def capsule(self, start: Point, end: Point, *, radius: float, radius_end: float | None = None) -> Array:
        """Signed distance to a rod with round ends whose radius may change along it."""
        a, b = np.asarray(start, np.float32), np.asarray(end, np.float32)
        along = b - a
        rel = [self.x - a[0], self.y - a[1], self.z - a[2]]
        t = (rel[0] * along[0] + rel[1] * along[1] + rel[2] * along[2]) / float(along @ along)
        t = np.clip(t, 0, 1)
        away = np.sqrt(sum((r - t * d) ** 2 for r, d in zip(rel, along, strict=True)))
        last = radius if radius_end is None else radius_end
        return np.asarray(away - (radius + (last - radius) * t), dtype=np.float32)

    def box(self, center: Point, *, half: Point) -> Array:
        """Signed distance to an upright box (exact inside and at the faces)."""
        gaps = [np.abs(a - c) - h for a, c, h in zip((self.x, self.y, self.z), center, half, strict=True)]
        return np.asarray(np.maximum.reduce(gaps), dtype=np.float32)


def _union(*bodies: Array) -> Array:
    return np.asarray(np.minimum.reduce(bodies), dtype=np.float32)


def _face(s: Space) -> Array:
    """Outer surface of face and neck, to be united with the scalp around the skull."""
    neck = np.maximum(s.ellipsoid((0, -28, -110), radii=(62, 66, 90)), s.z + 28)
    return _union(
        s.ellipsoid((0, 34, -62), radii=(64, 56, 62)),
        s.ellipsoid((33, 48, -44), radii=(33, 33, 38)),
        s.ellipsoid((0, 68, -42), radii=(24, 28, 32)),
        s.ellipsoid((60, 10, -22), radii=(16, 36, 40)),
        s.capsule((0, 78, -22), (0, 102, -56), radius=7, radius_end=13),
        s.ellipsoid((0, 62, -90), radii=(34, 32, 34)),
        np.asarray(neck, np.float32),
        s.ellipsoid((60, -30, -48), radii=(17, 26, 34)),
        s.ellipsoid((79, -26, -38), radii=(9, 5, 24)),
    )


def _bone(s: Space) -> Array:
    maxilla = s.ellipsoid((28, 50, -62), radii=(19, 20, 22))
    ethmoid = s.box((0, 44, -36), half=(13, 24, 15))
    return _union(
        s.capsule((12, -14, -36), (50, -34, -37), radius=7, radius_end=12),
        s.ellipsoid((56, -38, -46), radii=(13, 16, 20)),
        s.capsule((0, -14, -32), (0, -30, -60), radius=6, radius_end=5),
        s.ellipsoid((0, 12, -33), radii=(18, 15, 12)),
        s.capsule((8, 24, -18), (52, 30, -12), radius=2.6),
        s.capsule((18, 24, -34), (50, 42, -34), radius=3.0),
        s.capsule((50, 56, -20), (51, 50, -54), radius=4.0),
        s.capsule((52, 50, -54), (66, -8, -46), radius=3.0),
        s.capsule((12, 78, -14), (48, 60, -18), radius=4.0),
        s.capsule((0, 84, -24), (0, 90, -38), radius=3.0),
        s.capsule((14, 20, -42), (17, 16, -76), radius=2.6),
        s.capsule((52, -6, -48), (50, 8, -100), radius=5.5),
        s.capsule((8, 60, -84), (40, 36, -84), radius=6.0),
        np.maximum(maxilla, -(maxilla + 1.7)),
        np.maximum(ethmoid, -(ethmoid + 1.6)),
        s.box((0, 56, -60), half=(1.1, 26, 22)),
        s.capsule((62, -4, -46), (66, -16, -44), radius=5.0),
    )


def _cells(s: Space) -> Array:
    """Where bone is hollowed by small air cells: ethmoid and mastoid."""
    return _union(
        s.box((0, 44, -36), half=(11.5, 22.5, 13.5)),
        s.ellipsoid((55, -37, -45), radii=(9, 12, 16)),
        s.capsule((30, -24, -36), (50, -32, -36), radius=4.5),
    )


def _air(s: Space) -> Array:
    nose = np.maximum(s.ellipsoid((0, 50, -64), radii=(13, 34, 20)), 2.4 - s.x)
    turbinate = s.capsule((9, 70, -66), (9, 28, -64), radius=3.6)
    return _union(
        s.ellipsoid((28, 50, -62), radii=(16.5, 17.5, 19.5)),
        np.maximum(s.ellipsoid((0, 13, -33), radii=(14, 11, 9)), 0.9 - s.x),
        np.asarray(np.maximum(nose, -turbinate), np.float32),
        np.maximum(s.ellipsoid((9, 77, -10), radii=(11, 4.5, 11)), 0.9 - s.x),
        s.capsule((56, -21, -42), (86, -21, -42), radius=2.6),
        s.ellipsoid((0, 10, -74), radii=(13, 16, 26)),
        s.ellipsoid((44, -26, -38), radii=(3, 3, 3)),
    )


def paint(space: Space) -> NDArray[np.float32]:
    """Return the bodies as signed distances in mm, shape (7, x, y, z), in the order of `CHANNELS`.

    ``head`` is the outer surface of face, neck and ears; ``fat`` and ``fluid`` are the orbit and the vitreous;
    ``muscle`` holds lens, optic nerve, eye muscles and the muscles of mastication, painted over the fat.
    """
    orbit = space.ellipsoid((29, 44, -35), radii=(18, 27, 16))
    globe = space.ellipsoid((32, 63, -36), radii=(12, 12, 12))
    wall = np.maximum(globe, -(globe + 1.4))
    muscle = _union(
        np.asarray(wall, np.float32),
        space.ellipsoid((32, 71.5, -36), radii=(4.5, 2.2, 4.5)),
        space.capsule((31, 51, -36), (9, 20, -28), radius=2.2),
        space.capsule((19.5, 56, -36), (12, 24, -30), radius=2.2),
        space.capsule((44, 56, -36), (20, 24, -30), radius=2.2),
        space.capsule((56, 20, -20), (56, 26, -60), radius=9),
        space.capsule((34, 12, -56), (46, -2, -80), radius=9),
    )
    return np.stack([_face(space), _bone(space), _air(space), _cells(space), orbit, globe, muscle]).astype(np.float32)
