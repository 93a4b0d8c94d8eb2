"""Two studies: of one patient or not, how far apart, which series belong beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leukoviewer.core.series import Catalog, Patient, Series
from leukoviewer.core.studies import days_between, differences, is_confirmed, joined, partner, years_and_months
from tests.display import scene

JANE = Patient("Doe^Jane", "1", "19500102", "F", 71.0)


@pytest.mark.parametrize(
    ("other", "found", "confirmed"),
    [
        (replace(JANE, age_years=74.0, sex=""), (), True),
        (replace(JANE, name="DOE^JANE=other^script"), (), True),
        (replace(JANE, name="Doe Jane"), (), True),
        (replace(JANE, name="Roe^Jane"), ("name",), False),
        (replace(JANE, patient_id="2"), ("ID",), False),
        (replace(JANE, birth_date="19500201"), ("birth date",), False),
        (Patient("Roe^Rick", "2", "19600101"), ("name", "ID", "birth date"), False),
        (replace(JANE, patient_id=""), (), True),
        (replace(JANE, patient_id="", birth_date=""), (), False),
        (Patient(patient_id="1"), (), True),
        (Patient(), (), False),
    ],
)
def test_patients_are_told_apart_by_what_both_state(other: Patient, found: tuple[str, ...], confirmed: bool) -> None:
    for pair in ((JANE, other), (other, JANE)):
        assert differences(*pair) == found
        assert is_confirmed(*pair) is confirmed


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("20210302", "20240131", 1065), ("20240131", "20240131", 0), ("20240131", "20240130", -1),
        ("", "20240131", None), ("20241301", "20240131", None), ("2024", "20240131", None),
        ("２０２４０１３１", "20240131", 0),
    ],
)  # fmt: skip
def test_days_are_counted_where_both_dates_are_known(earlier: str, later: str, days: int | None) -> None:
    assert days_between(earlier, later) == days


@pytest.mark.parametrize(("days", "span"), [(1065, (2, 11)), (-365, (1, 0)), (61, (0, 2)), (360, (1, 0))])
def test_long_spans_are_years_and_months(days: int, span: tuple[int, int]) -> None:
    assert years_and_months(days) == span


def _series(name: str, **changes: object) -> Series:
    made = scene.series(3)
    slices = tuple(replace(one, sop_instance_uid=f"{name}.{i}") for i, one in enumerate(made.slices))
    return replace(made, key=name, series_uid=name, slices=slices, patient=JANE, **changes)  # type: ignore[arg-type]


def test_a_joined_catalog_holds_both_under_keys_of_their_own() -> None:
    first, second = Catalog((_series("a"), _series("b"))), Catalog((_series("b"), _series("c")))
    both = joined(first, second, "1")
    assert [one.key for one in both.series] == ["a", "b", "c@1"]
    assert both.beside == ("c@1",)
    copy = replace(_series("a"), patient=replace(JANE, patient_id="2"))
    both = joined(first, Catalog((copy,)), "2")
    assert both.beside == ("a@2",)
    assert both.find("a") is first.series[0]


def test_the_partner_is_of_the_same_patient_and_most_alike() -> None:
    first = _series("a")
    thin = _series("thin", report=replace(first.report, thicknesses_mm=(1.0,)))
    alike, stranger = _series("alike"), replace(_series("x"), patient=Patient("Roe", "9"))
    assert partner(first, (stranger, thin, alike)) is alike
    assert partner(first, (stranger,)) is stranger
    assert partner(first, (stranger, replace(stranger, patient=Patient("Poe", "8")))) is None
