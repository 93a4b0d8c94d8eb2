"""A simulated patient as a model sees it: the viewer's own preprocessing without files, and the truth on its grid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import GeometryReport, SlicePlane, Verdict
from leukoviewer.core.progress import finish
from leukoviewer.core.results import StackMapping
from leukoviewer.core.series import Patient, PixelFormat, Series, SeriesKind, SliceHeader
from leukoviewer.core.volume import Volume
from leukoviewer.dicom import pixels
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.stack import Stack, prepare
from trainer.simulation.patient import SimulatedPatient
from trainer.simulation.storage import slice_planes

# Explicit VR Little Endian, in which simulated files are written (DICOM PS3.5 A.2).
_EXPLICIT = "1.2.840.10008.1.2.1"
# Decimal strings in the files have so many places.
_DECIMALS = 6


def stack_of(patient: SimulatedPatient, recipe: Recipe) -> Stack:
    """Prepare the patient's picture: the same bits as from the files that `storage.write_patient` writes of it.

    Raises
    ------
    RefusedError
        The recipe cannot be applied to the patient's geometry.
    """
    return finish(prepare(volume_of(patient), recipe))


def volume_of(patient: SimulatedPatient) -> Volume:
    """Return the patient's picture as the viewer would load it from files: stored int16, rescaled by the viewer."""
    headers = _headers(patient)
    stored = np.ascontiguousarray(patient.stored[::-1])
    hu = np.empty(stored.shape, pixels.hu_dtype(headers))
    padding: NDArray[np.bool_] | None = None
    for index, header in enumerate(headers):
        mask = pixels.to_hu(stored[index], header, hu[index])
        if mask is not None:
            padding = np.zeros(hu.shape, bool) if padding is None else padding
            padding[index] = mask
    return Volume(_series(headers, patient), hu, padding, (), ())


def lesion_share(patient: SimulatedPatient, mapping: StackMapping) -> NDArray[np.float32]:
    """Return the share of each stack pixel that white-matter disease covers; see `share_of`."""
    return share_of(patient.truth.lesion, mapping)


def share_of(mask: NDArray[np.bool_], mapping: StackMapping) -> NDArray[np.float32]:
    """Return the share of each stack pixel that a mask of the truth covers.

    Parameters
    ----------
    mask : ndarray
        bool, shape (slices, rows, columns), lowest slice first as in `patient.Truth`.
    mapping : StackMapping
        Of a stack of this very patient.

    Returns
    -------
    ndarray
        float32, 0 to 1, the stack's shape: the mask averaged over the native pixels under each stack pixel, and over
        the native slices of a slab; 0 for padded slices.
    """
    upright = mask[::-1]
    share = np.zeros(mapping.stack_shape, dtype=np.float32)
    for index, group in enumerate(mapping.native):
        if not group or not upright[list(group)].any():
            continue
        covered = upright[list(group)].mean(axis=0)
        tall = _mean_over(covered, _edges(mapping, 0)) / mapping.scale[0]
        share[index] = (_mean_over(tall.T, _edges(mapping, 1)) / mapping.scale[1]).T
    return np.clip(share, 0, 1, out=share)


def slice_labels(patient: SimulatedPatient, mapping: StackMapping) -> NDArray[np.int64]:
    """Return 1 for each stack slice that shows the disease (a slab: when one of its slices does), else 0."""
    native = patient.slice_labels[::-1]
    return np.array([max((native[i] for i in group), default=0) for group in mapping.native], dtype=np.int64)


def _edges(mapping: StackMapping, axis: int) -> NDArray[np.float64]:
    """Where stack pixels begin and end along an axis, in native pixels, cut at the native plane's edge."""
    count, length = mapping.stack_shape[axis + 1], mapping.native_shape[axis + 1]
    edges: NDArray[np.float64] = np.clip(mapping.offset[axis] + mapping.scale[axis] * np.arange(count + 1), 0, length)
    return edges


def _mean_over(values: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Integrate along the first axis between neighboring edges (values are constant within a pixel)."""
    whole = np.concatenate([np.zeros((1, values.shape[1])), values.cumsum(axis=0)])
    low = np.minimum(np.floor(edges).astype(np.int64), len(values) - 1)
    at = whole[low] + (edges - low)[:, None] * values[low]
    return np.diff(at, axis=0)


def _headers(patient: SimulatedPatient) -> tuple[SliceHeader, ...]:
    scanner = patient.scanner
    form = PixelFormat(
        rows=patient.planes.rows,
        columns=patient.planes.columns,
        samples=1,
        bits_allocated=16,
        bits_stored=16,
        high_bit=15,
        signed=True,
        photometric="MONOCHROME2",
        transfer_syntax_uid=_EXPLICIT,
    )
    lowest_first = [
        SliceHeader(
            path=Path(),
            sop_instance_uid="",
            instance_number=number,
            plane=_as_written(plane),
            slope=scanner.slope,
            intercept=scanner.intercept,
            padding_low=scanner.padding,
            padding_high=scanner.padding,
            pixels=form,
        )
        for number, plane in enumerate(slice_planes(patient.planes), start=1)
    ]
    return tuple(reversed(lowest_first))


def _as_written(plane: SlicePlane) -> SlicePlane:
    """The plane after its way through decimal strings."""
    names = ("position_mm", "row_direction", "column_direction", "spacing_mm")
    changes: dict[str, Any] = {name: tuple(round(v, _DECIMALS) for v in getattr(plane, name)) for name in names}
    return replace(plane, **changes)


def _series(headers: tuple[SliceHeader, ...], patient: SimulatedPatient) -> Series:
    return Series(
        series_uid="",
        study_uid="",
        key="",
        kind=SeriesKind.AXIAL,
        patient=Patient(),
        slices=headers,
        report=GeometryReport(Verdict.VOLUME, tilt_deg=patient.planes.tilt_deg),
        modality="CT",
        kernel=patient.scanner.profile.kernel,
    )
