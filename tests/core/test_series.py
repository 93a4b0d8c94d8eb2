"""Series, catalog and the silence of patients."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer.core.geometry import GeometryReport, SlicePlane, Verdict
from leukoviewer.core.series import Catalog, Patient, PixelFormat, Series, SeriesKind, SliceHeader

FORMAT = PixelFormat(4, 6, 1, 16, 16, 15, True, "MONOCHROME2", "1.2.840.10008.1.2.1", 1000, 48)
PATIENT = Patient("Doe^Jane", "4711", "19400101", "F", 84.0)


def header(index: int, *, placed: bool = True) -> SliceHeader:
    plane = SlicePlane((0.0, 0.0, 50.0 - 5 * index), (1, 0, 0), (0, 1, 0), (1.0, 1.0), 4, 6) if placed else None
    return SliceHeader(Path(f"/scans/Doe/{index}"), f"1.2.{index}", index, plane, 1.0, 0.0, None, None, FORMAT)


def series(count: int = 5, **changes: object) -> Series:
    made = Series(
        "1.2.3", "1.2", "1.2.3", SeriesKind.AXIAL, PATIENT, tuple(header(i) for i in range(count)),
        GeometryReport(Verdict.VOLUME),
    )  # fmt: skip
    return replace(made, **changes)


def test_a_patient_never_shows_in_a_representation() -> None:
    shown = repr(PATIENT) + repr(series())
    for secret in ("Doe", "Jane", "4711", "1940", "scans"):
        assert secret not in shown


def test_a_series_needs_a_slice() -> None:
    with pytest.raises(ValueError, match="slice"):
        series(slices=())


@pytest.mark.parametrize(("count", "middle"), [(1, 0), (2, 1), (5, 2), (28, 14)])
def test_the_middle_slice(count: int, middle: int) -> None:
    assert series(count).middle == middle


def test_positions_run_down_and_are_none_where_there_is_none() -> None:
    slices = (header(0), header(1, placed=False), header(2))
    assert series(slices=slices).position_mm == (50.0, None, 40.0)


def test_a_catalog_finds_by_key_and_by_series_uid() -> None:
    one, two = series(key="1.2.3#1"), series(key="1.2.3#2")
    catalog = Catalog((one, two))
    assert catalog.find("1.2.3#2") is two
    assert catalog.find("1.2.3") is one
    assert catalog.find("9") is None


def test_volumes_are_what_models_may_run_on() -> None:
    flat = series(key="flat", report=GeometryReport(Verdict.STACK_2D, "One slice."))
    warned = series(key="warned", report=GeometryReport(Verdict.VOLUME_WITH_WARNINGS))
    assert Catalog((flat, warned, series())).volumes == (warned, series())
    assert not flat.is_volume


def test_a_key_never_leads_to_another_series_with_the_same_uid() -> None:
    other, one = series(3, key="1.2.3 (2)", patient=Patient("Roe^Jo", "42")), series(5)
    catalog = Catalog((other, one))
    assert catalog.find("1.2.3") is one
    assert catalog.find("1.2.3 (2)") is other
