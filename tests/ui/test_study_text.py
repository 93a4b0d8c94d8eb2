"""Study information: every fact in its place, the verdict in words, what is missing named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, Verdict, WarningCode
from leukoviewer.core.series import Catalog, Patient, Series
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.ui.study_text import Section, plain, sections_of
from tests.display import scene
from tests.phantom import write_phantom


def _found(folder: Path) -> Catalog:
    work = discover(folder)
    while True:
        try:
            next(work)
        except StopIteration as stop:
            catalog: Catalog = stop.value
            return catalog


def _rows(series: Series, volume: Volume | None = None, catalog: Catalog | None = None) -> dict[str, str]:
    return {f"{s.title}: {label}": value for s in sections_of(series, volume, catalog) for label, value in s.rows}


def test_every_fact_of_a_tilted_scan_stands_in_its_place(tmp_path: Path) -> None:
    write_phantom(tmp_path, slices=8, tilt_deg=15.0, spacing_mm=(0.5, 0.7), step_mm=5.0, contrast_agent="Iomeron")
    catalog = _found(tmp_path)
    rows = _rows(catalog.series[0], None, catalog)
    expected = {
        "Patient: Name": "Phantom, Head", "Patient: ID": "PHANTOM-1", "Patient: Sex": "O", "Patient: Age": "61 years",
        "Patient: Born": "not stated", "Study: Description": "Head", "Study: Date": "2024-01-02",
        "Study: Series in this folder": "1", "Series: Number": "2", "Series: Description": "Head 5.0 H30s",
        "Series: Kind": "Axial slices", "Series: Image type": "ORIGINAL \\ PRIMARY \\ AXIAL", "Series: Modality": "CT",
        "Series: Body part": "HEAD", "Series: Scanner": "Phantom Works P1", "Series: Kernel": "H30s",
        "Series: Tube voltage": "120 kV", "Series: Contrast agent": "Iomeron", "Geometry: Slices": "8",
        "Geometry: Slice distance": "5.00 mm", "Geometry: Slice thickness": "5 mm", "Geometry: Gantry tilt": "+15.0°",
        "Pictures: Matrix": "64 × 64 (rows × columns)", "Pictures: Pixel spacing": "0.5 × 0.7 mm (rows × columns)",
        "Pictures: Field of view": "32 × 45 mm (height × width)", "Pictures: Stored": "16 bits, unsigned",
        "Pictures: To HU": "value × 1 -1024", "Pictures: Encoding": "uncompressed",
        "Pictures: Compressed with loss": "no", "Files: Files": "8", "Files: Read": "not yet",
        "Files: Folder": str(tmp_path),
    }  # fmt: skip
    assert {label: rows.get(label) for label in expected} == expected
    assert rows["Geometry: Verdict"].startswith("A volume with warnings")
    assert rows["Geometry: Warning: tilt"].startswith("The gantry was tilted by +15.0 degrees")
    assert rows["Geometry: Covered"].startswith("35.0 mm, from ")
    assert rows["Series: UID"] == catalog.series[0].series_uid


def test_uneven_scans_tell_their_ranges(tmp_path: Path) -> None:
    write_phantom(tmp_path, slices=5, steps_mm=[5, 5, 7, 7], thickness_mm=[5, 5, 5, 7, 7])
    rows = _rows(_found(tmp_path).series[0])
    assert rows["Geometry: Slice distance"] == "6.00 mm (median; 5.00 to 7.00 mm)"
    assert rows["Geometry: Slice thickness"] == "5 to 7 mm"
    assert rows["Geometry: Gantry tilt"] == "none"


def _report(verdict: Verdict, *warnings: SeriesWarning) -> GeometryReport:
    return GeometryReport(verdict, "" if verdict.can_be_scored else "Because.", warnings)


@pytest.mark.parametrize(
    ("verdict", "words", "reason"),
    [
        (Verdict.VOLUME, "A regular volume: models may run on it", None),
        (Verdict.VOLUME_WITH_WARNINGS, "A volume with warnings: models may run on it, with the warnings beside the "
         "score", None),
        (Verdict.STACK_2D, "Single pictures, no volume: models do not run on it", "Because."),
        (Verdict.REFUSED, "Refused: models do not run on it", "Because."),
    ],
)  # fmt: skip
def test_the_verdict_is_told_in_words_with_its_reason(verdict: Verdict, words: str, reason: str | None) -> None:
    rows = _rows(replace(scene.series(4), report=_report(verdict)))
    assert rows["Geometry: Verdict"] == words
    assert rows.get("Geometry: Reason") == reason
    assert rows["Geometry: Warnings"] == "none"


@pytest.mark.parametrize("code", list(WarningCode))
def test_each_warning_is_named_with_its_sentence(code: WarningCode) -> None:
    report = _report(Verdict.VOLUME_WITH_WARNINGS, SeriesWarning(code, "Something is odd."))
    rows = _rows(replace(scene.series(4), report=report))
    assert rows[f"Geometry: Warning: {code.value.replace('_', ' ')}"] == "Something is odd."
    assert "Geometry: Warnings" not in rows


def test_warnings_tell_their_slices_and_those_of_reading_join_once() -> None:
    gap = SeriesWarning(WarningCode.GAP, "A gap.", (0, 1, 2, 6))
    broken = SeriesWarning(WarningCode.BROKEN_SLICES, "One is broken.", (1,))
    volume = scene.volume(4)
    series = replace(volume.series, report=_report(Verdict.VOLUME_WITH_WARNINGS, gap))
    volume = replace(volume, series=series, broken=(1,), warnings=(gap, broken))
    rows = _rows(series, volume)
    assert rows["Geometry: Warning: gap"] == "A gap. [slices 1-3, 7]"
    assert rows["Geometry: Warning: broken slices"] == "One is broken. [slice 2]"
    assert rows["Files: Read"] == "3 of 4"
    labels = [label for label, _ in sections_of(series, volume, None)[3].rows]
    assert labels.count("Warning: gap") == 1


def test_pictures_that_differ_are_counted() -> None:
    series = scene.series(4)
    first = series.slices[0]
    odd = replace(first, slope=None, pixels=replace(first.pixels, rows=8), plane=None)
    rows = _rows(replace(series, slices=(odd, *series.slices[1:])))
    assert rows["Pictures: Matrix"] == "16 × 24 (rows × columns) (3); 8 × 24 (rows × columns) (1)"
    assert rows["Pictures: To HU"] == "value × 1 +0 (3); not stated (1)"
    assert "Geometry: Covered" not in rows


def test_what_nobody_stated_is_named_so() -> None:
    series = scene.series(1)
    header = replace(series.slices[0], plane=None)
    rows = _rows(replace(series, patient=Patient(), kernel="", kvp=None, slices=(header,)))
    for label in ("Patient: Name", "Patient: Age", "Series: Kernel", "Series: Tube voltage", "Pictures: Pixel spacing"):
        assert rows[label] == "not stated"
    assert rows["Pictures: Field of view"] == "not known"
    assert "Geometry: Gantry tilt" not in rows


def test_plain_text_stands_in_columns() -> None:
    sections = (Section("Patient", (("Name", "A"), ("ID", "7"))), Section("Study", (("Description", "Head"),)))
    assert plain(sections) == "Patient\n  Name         A\n  ID           7\n\nStudy\n  Description  Head\n"


def test_no_text_of_a_section_comes_into_a_log() -> None:
    assert scene.SECRET not in repr(sections_of(scene.series(4), None, None))
    assert scene.SECRET in plain(sections_of(scene.series(4), None, None))
