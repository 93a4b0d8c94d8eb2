"""A small series, volume and result with known numbers, for tests of pictures and reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, SlicePlane, Verdict, WarningCode
from leukoviewer.core.results import Analysis, PackageRef, SliceScore, StackMapping
from leukoviewer.core.series import Patient, PixelFormat, Series, SeriesKind, SliceHeader
from leukoviewer.core.volume import Volume

Spacing = tuple[float, float]

SECRET = "Sekret"
PACKAGE = PackageRef(
    id="leuko-tiny-1.2",
    name="leuko-tiny",
    version="1.2",
    sha256="ab" * 32,
    task="binary",
    architecture="convnext_atto",
    trained_on="simulated patients",
    simulated=True,
    training_run="run-7",
)


def plane(index: int = 0, *, rows: int = 16, columns: int = 24, spacing_mm: Spacing = (0.5, 0.5)) -> SlicePlane:
    """An axial plane of a supine patient, 5 mm under the one before."""
    return SlicePlane(
        position_mm=(-60.0, -40.0, 100.0 - 5.0 * index),
        row_direction=(1.0, 0.0, 0.0),
        column_direction=(0.0, 1.0, 0.0),
        spacing_mm=spacing_mm,
        rows=rows,
        columns=columns,
        thickness_mm=5.0,
    )


def series(slices: int = 4, *, rows: int = 16, columns: int = 24, spacing_mm: Spacing = (0.5, 0.5)) -> Series:
    """An axial series with a patient whose data hold :data:`SECRET`."""
    pixels = PixelFormat(
        rows, columns, 1, 16, 16, 15, signed=True, photometric="MONOCHROME2", transfer_syntax_uid="1.2"
    )
    headers = tuple(
        SliceHeader(
            path=Path(f"{SECRET}-{index}.dcm"),
            sop_instance_uid=f"1.2.3.{index}",
            instance_number=index + 1,
            plane=plane(index, rows=rows, columns=columns, spacing_mm=spacing_mm),
            slope=1.0,
            intercept=0.0,
            padding_low=None,
            padding_high=None,
            pixels=pixels,
        )
        for index in range(slices)
    )
    tilt = SeriesWarning(WarningCode.TILT, "The gantry is tilted by 18.5 degrees.")
    report = GeometryReport(
        Verdict.VOLUME_WITH_WARNINGS,
        warnings=(tilt,),
        tilt_deg=18.5,
        spacing_mm=5.0,
        steps_mm=(5.0,) * (slices - 1),
        thicknesses_mm=(5.0,),
    )
    return Series(
        series_uid="1.2.3",
        study_uid="1.2",
        key="1.2.3",
        kind=SeriesKind.AXIAL,
        patient=Patient(f"{SECRET}^Jane", f"{SECRET}-77", "19500102", "F", 71.4),
        slices=headers,
        report=report,
        description="HEAD 5MM",
        study_description="HEAD",
        study_date="20240131",
        series_number=2,
        modality="CT",
        manufacturer="ACME",
        model_name="Scan 1",
    )


def volume(slices: int = 4, **shape: object) -> Volume:
    """Its HU: slice i holds i * 10 on the left half and 40 on the right one."""
    owner = series(slices, **shape)  # type: ignore[arg-type]
    first = owner.slices[0].pixels
    hu = np.full((slices, first.rows, first.columns), 40, dtype=np.int16)
    hu[:, :, : first.columns // 2] = (np.arange(slices, dtype=np.int16) * 10)[:, None, None]
    return Volume(owner, hu, warnings=owner.report.warnings)


def analysis(owner: Volume, scores: dict[int, float] | None = None) -> Analysis:
    """A result with the given scores by native slice (0, 1/n, 2/n, ... by default) and maps of 2 x 3 cells.

    The map of slice i is i everywhere but in its lower right cell, which is 0: the scan's scale is the last index.
    """
    count = len(owner)
    told = scores if scores is not None else {index: index / count for index in range(count)}
    _, rows, columns = owner.hu.shape
    maps = np.stack([np.full((2, 3), float(index), dtype=np.float32) for index in told])
    maps[:, 1, 2] = 0
    native = tuple((index,) if index in told else () for index in range(count))
    items = tuple(SliceScore(i, (i,), float(np.log((s + 1e-6) / (1 - s + 1e-6))), s) for i, s in told.items())
    return Analysis(
        series_key=owner.series.key,
        series_uid=owner.series.series_uid,
        package=PACKAGE,
        engine="onnxruntime",
        device="cpu",
        recipe_id="leuko-a",
        recipe_digest="cd" * 32,
        mapping=StackMapping(native, (count, rows, columns), (count, rows // 2, columns // 2), (2.0, 2.0)),
        scores=items,
        maps=maps,
        slice_threshold=0.5,
        vote_needed=0,
        timings_s=(("stack", 0.25), ("engine", 0.5)),
    )


def with_slab(result: Analysis) -> Analysis:
    """The same scores, but each stack slice shows two native slices."""
    items = (SliceScore(0, (0, 1), -1.0, 0.25), SliceScore(1, (2, 3), 1.0, 0.75))
    shape = result.mapping.native_shape
    mapping = StackMapping(((0, 1), (2, 3)), shape, (2, shape[1] // 2, shape[2] // 2), (2.0, 2.0))
    return replace(result, scores=items, mapping=mapping, maps=np.ones((2, 2, 3), dtype=np.float32))
