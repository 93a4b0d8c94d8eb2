"""What the list of series says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, Verdict, WarningCode
from leukoviewer.core.series import Catalog, Patient, Series, SeriesKind, Suggestion
from leukoviewer.ui.series_rows import footnote_of, rows_of
from tests.display import scene


def _one(series: Series) -> Catalog:
    return Catalog((series,), Suggestion(series.key, ("axial", "most slices")))


def test_a_volume_is_told_with_its_count_size_and_thickness() -> None:
    (row,) = rows_of(_one(scene.series(4)))
    assert row.title == "2  HEAD 5MM"
    assert row.facts == "4 slices  ·  5 mm"
    assert row.caution == "tilt"
    assert row.is_volume
    assert row.is_suggested
    assert "24 × 16 pixels" in row.tip
    assert "The gantry is tilted by 18.5 degrees." in row.tip
    assert "axial; most slices" in row.tip


@pytest.mark.parametrize(
    ("verdict", "start"), [(Verdict.REFUSED, "Refused: mixed"), (Verdict.STACK_2D, "No volume: mixed")]
)
def test_a_series_that_is_no_volume_says_why(verdict: Verdict, start: str) -> None:
    series = replace(scene.series(1), report=GeometryReport(verdict, "mixed sizes"), kind=SeriesKind.LOCALIZER)
    (row,) = rows_of(_one(series))
    assert row.caution.startswith(start)
    assert row.facts.startswith("1 image")
    assert not row.is_volume


def test_a_series_without_a_description_is_named_by_its_kind() -> None:
    series = replace(scene.series(), description="", series_number=None, kind=SeriesKind.SECONDARY_CAPTURE)
    assert rows_of(_one(series))[0].title == "Secondary capture"


@pytest.mark.parametrize(
    ("thicknesses", "text"),
    [((4.0, 7.0), "4/7 mm"), ((1.0, 2.0, 3.0, 5.5), "1–5.5 mm"), ((), "4 slices")],
)
def test_several_thicknesses_are_told_shortly(thicknesses: tuple[float, ...], text: str) -> None:
    series = replace(scene.series(), report=GeometryReport(Verdict.VOLUME, thicknesses_mm=thicknesses))
    assert rows_of(_one(series))[0].facts.endswith(text)


def test_a_warning_that_comes_twice_is_named_once() -> None:
    gaps = tuple(SeriesWarning(WarningCode.GAP, f"gap {i}") for i in range(3))
    series = replace(scene.series(), report=GeometryReport(Verdict.VOLUME_WITH_WARNINGS, warnings=gaps))
    (row,) = rows_of(_one(series))
    assert row.caution == "gap"
    assert all(f"gap {i}" in row.tip for i in range(3))


def test_every_warning_has_words() -> None:
    for code in WarningCode:
        report = GeometryReport(Verdict.VOLUME_WITH_WARNINGS, warnings=(SeriesWarning(code, "sentence"),))
        (row,) = rows_of(_one(replace(scene.series(), report=report)))
        assert row.caution
        assert "_" not in row.caution


def test_the_footnote_tells_reasons_others_and_skipped() -> None:
    first, second = scene.series(), replace(scene.series(), key="other")
    catalog = Catalog(
        (first, second), Suggestion(first.key, ("axial", "thinnest")), (("report", 1),), (("not DICOM", 3),)
    )
    assert footnote_of(catalog).splitlines() == [
        "Opened because: axial; thinnest.",
        "Without pictures: report (1).",
        "Not read: not DICOM (3).",
    ]


def test_one_series_needs_no_reason() -> None:
    assert footnote_of(_one(scene.series())) == ""


def test_no_row_tells_the_patient() -> None:
    (row,) = rows_of(_one(scene.series()))
    assert scene.SECRET not in f"{row}{footnote_of(_one(scene.series()))}"


def test_series_of_several_patients_carry_their_names() -> None:
    first = scene.series()
    second = replace(first, key="other", patient=Patient("Roe^Jo", "42"))
    third = replace(first, key="third", patient=Patient())
    rows = rows_of(Catalog((first, second, third)))
    assert [row.patient for row in rows] == [
        f"{scene.SECRET}, Jane  ID {scene.SECRET}-77",
        "Roe, Jo  ID 42",
        "No name  no ID",
    ]
    assert rows[1].tip.splitlines()[0] == "Roe, Jo  ID 42"
    assert footnote_of(Catalog((first, second, third))).startswith("⚠ This folder holds 3 patients")


def test_one_patient_is_not_two_because_of_capitals() -> None:
    first = scene.series()
    loud = replace(first.patient, name=first.patient.name.upper())
    catalog = Catalog((first, replace(first, key="other", patient=loud)))
    assert [row.patient for row in rows_of(catalog)] == ["", ""]
    assert footnote_of(catalog) == ""
