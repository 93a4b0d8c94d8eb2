"""``leukoviewer inspect``: every series of a folder with its geometry, verdict, warnings and reasons."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer.commands.terminal import Terminal, write_line

if TYPE_CHECKING:
    from enum import StrEnum

    from leukoviewer.core.series import Catalog, Series

SUMMARY = "list the series of a folder with geometry, verdict, warnings and reasons"
SCHEMA = "leukoviewer.inspect/1"

Record = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder with DICOM files, searched to its depth")
    parser.add_argument("--json", action="store_true", help=f"print JSON ({SCHEMA}) instead of text")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """Print what the folder holds.

    Raises
    ------
    NothingReadableError
        No DICOM image in it.
    """
    from leukoviewer.dicom.discovery import discover

    terminal = Terminal(quiet=args.quiet)
    catalog = terminal.follow(discover(args.folder), "Reading headers")
    if args.json:
        write_line(json.dumps(catalog_record(catalog), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        for line in catalog_lines(catalog):
            write_line(line)
    return 0


def catalog_record(catalog: Catalog) -> Record:
    """The catalog as JSON values (schema ``leukoviewer.inspect/1``), without anything that names the patient.

    ``chosen`` is the series that would be opened first with its reasons, or null. Slices are counted superior first
    from 0; lengths are in mm and angles in degrees.
    """
    chosen = catalog.suggestion
    return {
        "schema": SCHEMA,
        "chosen": None if chosen is None else {"key": chosen.key, "reasons": list(chosen.reasons)},
        "series": [series_record(series) for series in catalog.series],
        "others": [{"name": name, "count": count} for name, count in catalog.others],
        "skipped": [{"reason": reason, "count": count} for reason, count in catalog.skipped],
    }


def series_record(series: Series) -> Record:
    """One series as JSON values."""
    report, first = series.report, series.slices[0]
    return {
        "key": series.key,
        "series_uid": series.series_uid,
        "study_uid": series.study_uid,
        "series_number": series.series_number,
        "kind": series.kind.value,
        "description": series.description,
        "modality": series.modality,
        "kernel": series.kernel,
        "slices": len(series.slices),
        "rows": first.pixels.rows,
        "columns": first.pixels.columns,
        "verdict": report.verdict.value,
        "reason": report.reason,
        "warnings": [
            {"code": warning.code.value, "message": warning.message, "slices": list(warning.slices)}
            for warning in report.warnings
        ],
        "geometry": {
            "tilt_deg": round(report.tilt_deg, 3),
            "spacing_mm": None if report.spacing_mm is None else round(report.spacing_mm, 4),
            "steps_mm": [round(step, 4) for step in report.steps_mm],
            "thicknesses_mm": list(report.thicknesses_mm),
            "pixel_spacing_mm": None if first.plane is None else list(first.plane.spacing_mm),
        },
    }


def catalog_lines(catalog: Catalog) -> Iterable[str]:
    """The catalog for a reader, line by line."""
    chosen = catalog.suggestion
    for series in catalog.series:
        yield from _series_lines(series, chosen=chosen is not None and chosen.key == series.key)
    if chosen is None:
        yield "No series to open first: none is an axial volume."
    else:
        yield f"Opened first: {chosen.key}, because {'; '.join(chosen.reasons)}."
    for name, count in catalog.others:
        yield f"Not an image: {name} ({count})"
    for reason, count in catalog.skipped:
        yield f"Not read: {reason} ({count})"


def _plain(value: StrEnum) -> str:
    return value.replace("_", " ")


def _series_lines(series: Series, *, chosen: bool) -> Iterable[str]:
    report, pixels = series.report, series.slices[0].pixels
    number = "-" if series.series_number is None else series.series_number
    name = series.description or "without description"
    yield f"{'*' if chosen else ' '} {number} {name}: {_plain(series.kind)}, {_plain(report.verdict)}"
    yield f"    {series.key}"
    yield f"    {len(series.slices)} of {pixels.rows} x {pixels.columns} px{_geometry_phrase(series)}"
    if report.reason:
        yield f"    reason: {report.reason}"
    for warning in report.warnings:
        yield f"    {warning.code.value}: {warning.message}"


def _geometry_phrase(series: Series) -> str:
    report = series.report
    parts = [
        None if report.spacing_mm is None else f"{report.spacing_mm:.4g} mm apart",
        " and ".join(f"{value:.4g}" for value in report.thicknesses_mm) + " mm thick"
        if report.thicknesses_mm
        else None,
        f"tilt {report.tilt_deg:.1f} degrees" if abs(report.tilt_deg) >= 0.05 else None,
    ]
    return "".join(f", {part}" for part in parts if part)
