"""``leukoviewer analyze --report`` and ``--dicom-results``: a result's report and DICOM objects beside its files."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer import atomic
from leukoviewer.commands import screen
from leukoviewer.commands.result_folder import DICOM, REPORT_FORMATS
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import EngineError, LeukoError

if TYPE_CHECKING:
    from leukoviewer.core.results import Analysis
    from leukoviewer.core.volume import Volume

_PATIENT_DATA = ("none", "initials", "full")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which reports are made, and how much of the patient they tell."""
    parser.add_argument(
        "--report", type=formats, default=(), metavar="KINDS", help="make a report too: pdf, html, json, or several"
    )
    parser.add_argument(
        "--patient-data", choices=_PATIENT_DATA, default="none", help="what the report tells of the patient (none)"
    )
    parser.add_argument(
        "--dicom-results", action="store_true",
        help="write overlays, structured report and heatmap as DICOM too; they carry the patient's data",
    )  # fmt: skip


def formats(text: str) -> tuple[str, ...]:
    """``pdf,html`` as a tuple, each kind once."""
    found = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))
    if not set(found) <= set(REPORT_FORMATS):
        raise argparse.ArgumentTypeError(f"reports are {', '.join(REPORT_FORMATS)}, separated by commas")
    return found


def require(reports: tuple[str, ...], *, dicom_results: bool) -> None:
    """Make sure that what is asked for can be made here, before minutes are spent on scores.

    Raises
    ------
    EngineError
        highdicom or Qt is not installed.
    """
    if dicom_results and find_spec("highdicom") is None:
        raise EngineError("DICOM results need highdicom; install it by pip install leukoviewer[results].")
    if "pdf" in reports and find_spec("PySide6") is None:
        raise EngineError("The PDF needs Qt (PySide6), which is not installed; --report html needs no more.")


def write(
    folder: Path, volume: Volume, analysis: Analysis, *, formats: tuple[str, ...], patient: str = "none"
) -> Work[tuple[str, ...]]:
    """Write ``report.pdf``, ``report.html``, ``report.json`` as asked; the names written come back.

    Raises
    ------
    CannotWriteError
        A file cannot be written.
    LeukoError
        Qt, which makes the PDF, cannot start here.
    """
    from importlib.metadata import version

    from leukoviewer.display import report_content, report_page
    from leukoviewer.display.report import Stamp

    content = report_content.Report(
        volume, analysis, Stamp(version("leukoviewer"), datetime.now(UTC)), analysis.vote(),
        report_content.PatientData(patient), report_content.key_slices(analysis),
    )  # fmt: skip
    files: dict[str, bytes] = {}
    if {"pdf", "html"} & set(formats):
        html = yield from report_page.page(content)
        files["html"] = html.encode("utf-8")
    if "pdf" in formats:
        yield Progress(0, 0, "Making the PDF")
        files["pdf"] = _pdf(html)
    files["json"] = (json.dumps(report_content.record(content), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
    for kind in formats:
        atomic.write_bytes(folder / f"report.{kind}", files[kind])
    return tuple(f"report.{kind}" for kind in formats)


def write_dicom(folder: Path, volume: Volume, analysis: Analysis) -> Work[tuple[str, ...]]:
    """Write the DICOM objects of a result into a new folder ``dicom``; the names written come back.

    Raises
    ------
    CannotWriteError
        The folder cannot be written, or holds something of others.
    RefusedError, EngineError
        See :func:`leukoviewer.dicom.result_objects.result_objects`.
    """
    from leukoviewer.dicom.result_objects import result_objects
    from leukoviewer.display.result_pictures import result_pictures

    pictures = yield from result_pictures(volume, analysis)
    files = yield from result_objects(volume, analysis, pictures, analysis.vote())
    with atomic.write_folder(folder / DICOM) as temporary:
        for name, data in files.items():
            atomic.write_bytes(temporary / name, data)
    return tuple(f"{DICOM}/{name}" for name in files)


def _pdf(html: str) -> bytes:
    """Qt lays text out only in an application of its own; it needs no display here."""
    if not screen.has_display():
        screen.go_without(verbose=False)
    try:
        from PySide6.QtGui import QGuiApplication

        from leukoviewer.ui.report_pdf import pdf_of
    except ImportError as error:
        raise LeukoError(f"The PDF cannot be made: {error}; --report html needs no more.", thing=error) from error
    application = QGuiApplication.instance() or QGuiApplication(["leukoviewer"])
    data = pdf_of(html)
    del application
    return data
