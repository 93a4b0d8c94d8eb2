"""Is there brain? Heads, phantoms, and what lies between."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.preprocessing.content import check

HEADS = {
    "a usual head": ((20, 512, 512), 34.0, (0.45, 0.45)),
    "a head on a 512 x 600 plane": ((6, 512, 600), 34.0, (0.45, 0.4)),
    "two slices": ((2, 512, 512), 34.0, (0.45, 0.45)),
    "one slice": ((1, 512, 512), 34.0, (0.45, 0.45)),
    "severe white-matter disease": ((4, 256, 256), 18.0, (0.9, 0.9)),
    "enhanced brain": ((4, 256, 256), 45.0, (0.9, 0.9)),
    "coarse pixels": ((4, 64, 64), 34.0, (3.5, 3.5)),
}
OTHERS = {
    "water in a skull": ((4, 256, 256), 0.0, 1000.0),
    "plastic in a skull": ((4, 256, 256), 90.0, 1000.0),
    "air in a skull": ((4, 256, 256), -1000.0, 1000.0),
    "tissue without a skull": ((4, 256, 256), 34.0, 34.0),
}


@pytest.mark.parametrize("case", sorted(HEADS))
def test_heads_hold_brain(case: str, make_volume, make_head) -> None:
    shape, tissue_hu, spacing_mm = HEADS[case]
    report = check(make_volume(make_head(shape, inside_hu=tissue_hu), spacing_mm=spacing_mm))
    assert report.has_brain
    assert report.reason == ""
    assert report.brain_ml > 10


@pytest.mark.parametrize("case", sorted(OTHERS))
def test_other_things_hold_none_and_the_reason_is_a_sentence(case: str, make_volume, make_head) -> None:
    shape, tissue_hu, skull_hu = OTHERS[case]
    report = check(make_volume(make_head(shape, inside_hu=tissue_hu, skull_hu=skull_hu), spacing_mm=(0.9, 0.9)))
    assert not report.has_brain
    assert report.brain_ml == 0
    assert report.reason.endswith(".")


@pytest.mark.parametrize("noise_hu", [5.0, 15.0, 30.0])
def test_noise_of_thin_slices_and_sharp_kernels_does_not_decide(noise_hu: float, make_volume, make_head) -> None:
    hu = make_head((3, 512, 512)) + np.random.default_rng(6).normal(0, noise_hu, (3, 512, 512))
    assert check(make_volume(hu.astype(np.int16))).has_brain


def test_a_burr_hole_does_not_open_the_skull(make_volume, make_head) -> None:
    hu = make_head((2, 512, 512))
    hu[:, :60, 250:262] = 40
    assert check(make_volume(hu)).has_brain


def test_brain_in_few_of_many_slices_is_enough(make_volume, make_head) -> None:
    hu = np.full((40, 256, 256), -1000, np.int16)
    hu[30:34] = make_head((4, 256, 256))
    assert check(make_volume(hu, spacing_mm=(0.9, 0.9))).has_brain


def test_the_volume_of_tissue_is_about_right(make_volume, make_head) -> None:
    report = check(make_volume(make_head((10, 512, 512)), spacing_mm=(0.45, 0.45)))
    ellipse_cm2 = np.pi * 0.42 * 0.36 * 0.9**2 * (512 * 0.045) ** 2
    assert report.brain_ml == pytest.approx(ellipse_cm2 * 0.5 * 10, rel=0.15)


def test_unreadable_slices_are_left_out(make_volume, make_head) -> None:
    hu = make_head((3, 128, 128))
    assert not check(make_volume(hu, broken=(0, 1, 2))).has_brain
    assert check(make_volume(hu, broken=(0, 2), spacing_mm=(1.8, 1.8))).has_brain


def test_a_series_without_geometry_is_looked_at_all_the_same(make_volume, make_head) -> None:
    assert check(make_volume(make_head((2, 256, 256)), geometry=False)).has_brain


def _load(folder: Path, least_slices: int):
    from leukoviewer.dicom.discovery import discover
    from leukoviewer.dicom.loader import load

    catalog = finish(discover(folder))
    series = next(s for s in catalog.series if len(s.slices) >= least_slices)
    return finish(load(series))


def test_the_real_head_holds_brain(real_data: Path) -> None:
    report = check(_load(real_data / "head_ct_ge", 28))
    assert report.has_brain
    assert 900 < report.brain_ml < 1600


def test_the_physical_phantom_holds_none(real_data: Path) -> None:
    report = check(_load(real_data / "phantom_philips" / "S2010", 54))
    assert not report.has_brain
    assert "brain" in report.reason
