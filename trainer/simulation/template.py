"""Features of the anatomical template: nilearn's MNI ICBM152 tissue maps, distances, directions; computed once."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import os
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from leukoviewer import paths
from leukoviewer.errors import LeukoError
from trainer.simulation import skullbase
from trainer.simulation.grid import Grid

_log = logging.getLogger(__name__)

Array = NDArray[np.float32]

BRAIN_CHANNELS = ("grey", "white", "ventricle", "depth")
# Raised whenever the code below changes what it computes.
_VERSION = "4"
_MAPS = ("gm", "wm", "t1")
_ORIGIN_MM = (-98.0, -134.0, -72.0)
_PAD = 8
# The part of the padded maps that holds brain; beyond it all features go on as they are at its edge.
_CROP = (slice(26, 187), slice(26, 224), slice(4, 172))
_SHELL_ORIGIN_MM = (-104.0, -140.0, -136.0)
_SHELL_SHAPE = (105, 128, 122)
_SHELL_STEP_MM = 2.0


@dataclass(frozen=True, slots=True)
class Template:
    """The template's features, in MNI millimetres.

    Parameters
    ----------
    brain : Grid
        1 mm: grey and white matter (0 to 1), signed distance to the wall of the ventricles (mm, negative inside), depth
        of white matter below the cortex (mm).
    shell : Grid
        2 mm: signed distance to the brain's hull (mm, negative inside), then the bodies of `skullbase.CHANNELS`, then
        the distance to the vault, which the outer table follows: the hull with its notches bridged.
    push : Grid
        4 mm: direction away from the ventricles, fading with distance; widening by k mm moves a sample by -k times it.
    """

    brain: Grid
    shell: Grid
    push: Grid

    def to(self, device: torch.device) -> Template:
        """Return the template on `device`."""
        return Template(self.brain.to(device), self.shell.to(device), self.push.to(device))


def load_template(device: torch.device, *, cache: Path | None = None) -> Template:
    """Return the template, computed at the first call on a machine (about 20 s) and then read from the user's cache.

    Parameters
    ----------
    device : torch.device
        Where the maps are wanted.
    cache : Path, optional
        Folder of the cache; the user's cache folder when absent.

    Raises
    ------
    LeukoError
        When nilearn, which brings the tissue maps, is not installed or lacks them.
    """
    files = _map_files()
    key = hashlib.sha256(
        _VERSION.encode() + b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files)
    ).hexdigest()
    folder = cache or paths.user_cache() / "simulation"
    path = folder / f"template-{key[:16]}.npz"
    arrays = _read(path)
    if arrays is None:
        _log.info("computing the anatomical template (once on this machine)")
        arrays = _compute(files)
        _write(path, arrays)
    origin = tuple(o - _PAD for o in _ORIGIN_MM)
    corner = (
        _ORIGIN_MM[0] + _CROP[0].start - _PAD,
        _ORIGIN_MM[1] + _CROP[1].start - _PAD,
        _ORIGIN_MM[2] + _CROP[2].start - _PAD,
    )
    brain = Grid(torch.from_numpy(arrays["brain"].astype(np.float32)), corner, 1.0)
    shell = Grid(torch.from_numpy(arrays["shell"].astype(np.float32)), _SHELL_ORIGIN_MM, _SHELL_STEP_MM)
    push = Grid(torch.from_numpy(arrays["push"].astype(np.float32)), (origin[0], origin[1], origin[2]), 4.0)
    return Template(brain, shell, push).to(device)


def _map_files() -> list[Path]:
    # The package is only located, not imported: importing nilearn takes seconds.
    spec = importlib.util.find_spec("nilearn")
    if spec is None or spec.origin is None:
        raise LeukoError(
            "The simulator needs the package nilearn, which brings the tissue maps; install leukoviewer[trainer]."
        )
    data = Path(spec.origin).parent / "datasets" / "data"
    files = [data / f"mni_icbm152_{name}_tal_nlin_sym_09a_converted.nii.gz" for name in _MAPS]
    missing = [f for f in files if not f.is_file()]
    if missing:
        raise LeukoError(
            "The installed nilearn lacks the MNI ICBM152 maps; install version 0.11 or later.", thing=missing[0]
        )
    return files


def _read(path: Path) -> dict[str, NDArray[np.float16]] | None:
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            return {name: held[name] for name in ("brain", "shell", "push")}
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _write(path: Path, arrays: dict[str, NDArray[np.float16]]) -> None:
    """Write whole or not at all; a cache that cannot be written costs time only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "wb") as stream:
            np.savez(stream, **arrays)  # type: ignore[arg-type]
        os.replace(name, path)
    except OSError as error:
        _log.warning("the template could not be kept in the cache (%s)", type(error).__name__)


def _compute(files: list[Path]) -> dict[str, NDArray[np.float16]]:
    import nibabel
    from scipy import ndimage

    grey, white, t1 = (
        np.pad(np.asarray(nibabel.load(f).dataobj, dtype=np.float32) / 255.0, _PAD).astype(np.float32) for f in files
    )
    hull = _hull(t1 > 0, ndimage)
    inside = ndimage.distance_transform_edt(hull).astype(np.float32)
    ventricle = _ventricle_distance(grey + white, inside, ndimage)
    grey, white = _without_rim(grey, white, ventricle, ndimage)
    depth = ndimage.distance_transform_edt(white > 0.5).astype(np.float32)
    brain = np.stack([grey, white, np.clip(ventricle, -20, 60), np.clip(ndimage.gaussian_filter(depth, 1.0), 0, 25)])
    brain = brain[(slice(None), *_CROP)]
    hull = _vaulted(hull, above_mm=2.0)
    inside = ndimage.distance_transform_edt(hull).astype(np.float32)
    outside = ndimage.distance_transform_edt(~hull).astype(np.float32)
    signed = _smooth_vault(np.where(hull, -inside, outside).astype(np.float32), ndimage)
    shell = _shell((signed, _vault(hull, signed, ndimage)), _room(grey + white, ndimage), ndimage)
    push = _push(ventricle, signed, ndimage)
    return {"brain": brain.astype(np.float16), "shell": shell.astype(np.float16), "push": push.astype(np.float16)}


def _hull(brain: NDArray[np.bool_], ndimage: Any) -> NDArray[np.bool_]:
    """Brain with its sulci and the gaps between its lobes closed: what the skull follows."""
    filled = ndimage.binary_fill_holes(brain)
    half = np.pad(filled[::2, ::2, ::2], 8)
    # The template's cord ends at the map's edge; carried on, so that the closing does not round it off.
    lowest = int(np.flatnonzero(half.any(axis=(0, 1)))[0])
    half[:, :, :lowest] = half[:, :, lowest : lowest + 1]
    closed = ndimage.binary_closing(half, iterations=6)[8:-8, 8:-8, 8:-8].astype(np.float32)
    grown = ndimage.zoom(closed, 2, order=1)[tuple(slice(n) for n in brain.shape)] > 0.5
    hull = np.zeros(brain.shape, dtype=bool)
    hull[tuple(slice(n) for n in grown.shape)] = grown
    return np.asarray(hull | filled, dtype=bool)


def _vaulted(hull: NDArray[np.bool_], *, above_mm: float) -> NDArray[np.bool_]:
    """Bridge the notches between hemispheres and lobes: from a height on make the hull convex in each axial plane."""
    from scipy.spatial import ConvexHull

    vaulted = hull.copy()
    x, y = np.meshgrid(np.arange(hull.shape[0]), np.arange(hull.shape[1]), indexing="ij")
    for index in range(int(above_mm - _ORIGIN_MM[2] + _PAD), hull.shape[2]):
        corners = np.argwhere(hull[:, :, index])
        if len(corners) > 20:
            faces = ConvexHull(corners).equations
            vaulted[:, :, index] = np.all([a * x + b * y + c <= 1e-6 for a, b, c in faces], axis=0)
    return vaulted


def _vault(hull: NDArray[np.bool_], signed: Array, ndimage: Any) -> Array:
    """Distance to what the outer table follows: outside, a head has no notch at the occiput or behind the temples.

    The bone that fills a notch is thick but not without end; less so below, where temples, orbits and neck lie.
    """
    convex = _vaulted(hull, above_mm=-58.0)
    away = ndimage.distance_transform_edt(~convex) - ndimage.distance_transform_edt(convex)
    _, y, z = np.meshgrid(
        *(np.arange(n) + o - _PAD for n, o in zip(hull.shape, _ORIGIN_MM, strict=True)), indexing="ij"
    )
    most = 4 + 11 * np.clip((z + 34) / 22, 0, 1) * np.clip((36 - y) / 12 + np.clip((z + 8) / 8, 0, 1), 0, 1)
    return np.asarray(ndimage.gaussian_filter(np.maximum(away, signed - most), 3.0), dtype=np.float32)


def _smooth_vault(signed: Array, ndimage: Any) -> Array:
    """Smooth the distance to the hull, more so above the base, where the skull is even."""
    base, vault = ndimage.gaussian_filter(signed, 2.0), ndimage.gaussian_filter(signed, 5.0)
    z = np.arange(signed.shape[2]) + _ORIGIN_MM[2] - _PAD
    share = np.clip((z - 2) / 12, 0, 1).astype(np.float32)
    return np.asarray(base + (vault - base) * share, dtype=np.float32)


def _room(tissue: Array, ndimage: Any) -> Array:
    """Distance to brain tissue, kept short: bone of the base fills wide gaps between the lobes, never a sulcus."""
    solid = ndimage.binary_closing(tissue > 0.4, iterations=3)
    return np.asarray(np.minimum(ndimage.distance_transform_edt(~solid), 10.0), dtype=np.float32)


def _ventricle_distance(tissue: Array, inside: Array, ndimage: Any) -> Array:
    """Signed distance to the lateral and third ventricles."""
    x, y, z = (np.arange(n) + o - _PAD for n, o in zip(tissue.shape, _ORIGIN_MM, strict=True))
    fluid = (tissue < 0.5) & (inside > 22) & (z > -14)
    labels, count = ndimage.label(fluid)
    sizes = np.asarray(ndimage.sum(fluid, labels, range(1, count + 1)))
    # The lateral ventricles end below z = 36; what reaches higher is the fissure between the hemispheres.
    tops = np.asarray([z[where[2]].max() for where in ndimage.find_objects(labels)])
    ventricles = np.isin(labels, 1 + np.flatnonzero((sizes > 3000) & (tops < 36)))
    third = (np.abs(x) < 5)[:, None, None] & ((y > -26) & (y < 4))[None, :, None] & (z < 12)
    ventricles |= fluid & third
    away = ndimage.distance_transform_edt(~ventricles) - ndimage.distance_transform_edt(ventricles)
    return np.asarray(ndimage.gaussian_filter(away, 0.7), dtype=np.float32)


def _without_rim(grey: Array, white: Array, ventricle: Array, ndimage: Any) -> tuple[Array, Array]:
    """Turn the maps' thin grey lining of the ventricles into white matter; thick caudate and thalamus stay grey."""
    mass = ndimage.gaussian_filter(grey, 2.5)
    rim = np.clip((0.5 - mass) / 0.2, 0, 1) * np.clip((6 - ventricle) / 2, 0, 1)
    moved = grey * rim
    return np.asarray(grey - moved, np.float32), np.asarray(white + moved, np.float32)


def _shell(surfaces: tuple[Array, Array], room: Array, ndimage: Any) -> Array:
    """Hull, bodies and vault on the shell's grid."""
    space = skullbase.Space(_SHELL_SHAPE, origin_mm=_SHELL_ORIGIN_MM, step_mm=_SHELL_STEP_MM)
    first = np.asarray(_ORIGIN_MM) - _PAD
    axes = [
        (origin + _SHELL_STEP_MM * np.arange(n) - start).astype(np.float32)
        for origin, n, start in zip(_SHELL_ORIGIN_MM, _SHELL_SHAPE, first, strict=True)
    ]
    inner = [np.clip(axis, 0, n - 1) for axis, n in zip(axes, surfaces[0].shape, strict=True)]
    at = np.stack(np.meshgrid(*inner, indexing="ij"))
    # Beyond the maps the distance grows with the way to their edge, but not below: there the cord's canal goes on.
    beyond = [np.abs(axis - clipped) for axis, clipped in zip(axes, inner, strict=True)]
    beyond[2] = np.where(axes[2] < 0, 0.0, beyond[2]).astype(np.float32)
    far = sum(np.square(b) for b in np.meshgrid(*beyond, indexing="ij"))
    near = [ndimage.map_coordinates(surface, at, order=1, mode="nearest") for surface in surfaces]
    hull, vault = (np.where(far > 0, np.maximum(surface, 0) + np.sqrt(far), surface) for surface in near)
    bodies = skullbase.paint(space)
    around = np.where(far > 0, 10.0, ndimage.map_coordinates(room, at, order=1, mode="nearest"))
    bodies[skullbase.CHANNELS.index("bone")] = np.maximum(bodies[skullbase.CHANNELS.index("bone")], 2.0 - around)
    return np.concatenate([hull[None], bodies, vault[None]]).astype(np.float32)


def _push(ventricle: Array, signed: Array, ndimage: Any) -> Array:
    smooth = ndimage.gaussian_filter(np.clip(ventricle, -10, 60), 2.5)[::4, ::4, ::4]
    gradient = np.stack(np.gradient(smooth, 4.0))
    fade = np.exp(-np.maximum(smooth, 0) / 16.0) * np.clip(-signed[::4, ::4, ::4] / 14.0, 0, 1)
    return np.asarray(gradient * fade, dtype=np.float32)
