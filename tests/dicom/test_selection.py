"""The series to open first, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.series import Catalog
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.selection import suggest
from tests.phantom import write_phantom, write_scout

SMALL = {"rows": 16, "columns": 16, "slices": 12, "spacing_mm": (14, 14)}
GOOD = {"series": "good", "series_number": 5}


def catalog(root: Path) -> Catalog:
    return finish(discover(root))


@pytest.mark.parametrize(
    "rival",
    [
        {"kernel": "H60s"},
        {"kernel": "BONE"},
        {"kernel": "Hr64h"},
        {"kernel": "FC30"},
        {"kernel": "YC"},
        {"image_type": ("DERIVED", "SECONDARY", "AXIAL")},
        {"thickness_mm": 0.625, "step_mm": 0.625},
        {"contrast_agent": "Iomeprol"},
        {"description": "CTA head 5.0"},
        {"slices": 6},
        {"steps_mm": [5] * 5 + [8] * 6},
        {"body_part": "CHEST", "description": "Thorax", "extra": {"StudyDescription": "Thorax"}},
        {"orientation": "coronal"},
        {"slope": None, "intercept": None},
    ],
)
def test_the_better_series_is_suggested_though_its_number_is_higher(tmp_path: Path, rival: dict) -> None:
    good = write_phantom(tmp_path / "good", **SMALL, **GOOD)
    write_phantom(tmp_path / "rival", **{**SMALL, "series": "rival", "series_number": 2, **rival})
    assert catalog(tmp_path).suggestion.key == good.series_uid


def test_reasons_are_words_for_the_reader(tmp_path: Path) -> None:
    write_phantom(tmp_path / "a", **SMALL, **GOOD)
    write_phantom(tmp_path / "b", **SMALL, series="bone", kernel="H70h")
    assert catalog(tmp_path).suggestion.reasons == (
        "best of 2 axial series", "original images", "soft-tissue kernel (H30s)", "slices of 5 mm", "12 slices",
        "regular geometry", "labeled as a head scan",
    )  # fmt: skip


def test_equals_go_to_the_lower_series_number(tmp_path: Path) -> None:
    write_phantom(tmp_path / "b", **SMALL, series="b", series_number=4)
    first = write_phantom(tmp_path / "a", **SMALL, series="a", series_number=3)
    assert catalog(tmp_path).suggestion.key == first.series_uid


def test_without_an_axial_volume_there_is_no_suggestion(tmp_path: Path) -> None:
    write_scout(tmp_path)
    write_phantom(tmp_path / "few", **{**SMALL, "slices": 2})
    assert catalog(tmp_path).suggestion is None
    assert suggest(()) is None


@pytest.mark.parametrize("kernel", ["H30s", "Hr38", "STANDARD", "SOFT", "STD+", "UB", "FC21", "J40s", "B31f", "C"])
def test_soft_kernels_are_not_taken_for_bone(tmp_path: Path, kernel: str) -> None:
    write_phantom(tmp_path, **SMALL, kernel=kernel)
    assert f"soft-tissue kernel ({kernel})" in catalog(tmp_path).suggestion.reasons
