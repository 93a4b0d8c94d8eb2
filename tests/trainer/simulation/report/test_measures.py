"""Measures find the numbers of which a head was made, and sensible ones in simulated and real heads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.simulation.report.heads import air, head
from trainer.simulation.report.measures import RELATIVE_HU, Measures, measure
from trainer.simulation.report.patients import Measured
from trainer.simulation.report.scan import read_dicom


def _measured(**numbers: float) -> Measures:
    found = measure(head(**numbers))
    assert found is not None
    return found


def test_tissue_fluid_and_noise_are_those_of_the_head() -> None:
    found = _measured()
    assert found.white_hu == pytest.approx(27, abs=1.5)
    assert found.grey_hu == pytest.approx(33, abs=1.5)
    assert found.fluid_hu == pytest.approx(8, abs=1.0)
    assert found.noise_hu == pytest.approx(4, rel=0.12)
    assert found.noise_5mm_hu == pytest.approx(found.noise_hu)
    assert found.cnr == pytest.approx(found.contrast_hu / found.noise_hu)


@pytest.mark.parametrize("shift", [-6.0, 7.0])
def test_an_offset_of_the_scanner_moves_tissue_and_leaves_contrast(shift: float) -> None:
    plain, moved = _measured(), _measured(white=27 + shift, grey=34 + shift, fluid=8 + shift)
    assert moved.white_hu - plain.white_hu == pytest.approx(shift, abs=0.3)
    assert moved.contrast_hu == pytest.approx(plain.contrast_hu, abs=0.3)
    assert moved.ventricle_ml == pytest.approx(plain.ventricle_ml, rel=0.05)


def test_twice_the_noise_is_twice_the_noise() -> None:
    assert _measured(noise=6.0).noise_hu / _measured(noise=3.0).noise_hu == pytest.approx(2, rel=0.08)


def test_fine_grain_peaks_at_a_higher_frequency_than_coarse_grain() -> None:
    fine, coarse = _measured(grain_px=0.4), _measured(grain_px=1.6)
    assert fine.grain > 1.5 * coarse.grain
    assert fine.spectrum.sum() == pytest.approx(1)


def test_cupping_does_not_count_as_contrast() -> None:
    assert _measured(cupping=8.0).contrast_hu == pytest.approx(_measured().contrast_hu, abs=1.2)


def test_ventricles_have_their_volume_and_width() -> None:
    small, large = _measured(horn_mm=7.0), _measured(horn_mm=11.0)
    # Two elliptic rods of half axes r and 2 r through the six slices between 45 and 75 mm.
    for found, radius in ((small, 7.0), (large, 11.0)):
        assert found.ventricle_ml == pytest.approx(2 * np.pi * 2 * radius**2 * 30 / 1000, rel=0.2)
        assert found.evans == pytest.approx(2 * (16 + radius) / 150, abs=0.035)
    assert large.fluid_share > small.fluid_share


def test_the_histogram_counts_from_white_matter() -> None:
    found = _measured()
    assert found.histogram.sum() == pytest.approx(1, abs=0.02)
    assert abs(RELATIVE_HU[int(np.argmax(found.histogram))]) <= 2


def test_air_cannot_be_measured() -> None:
    assert measure(air()) is None


def test_measures_of_simulated_heads_come_near_the_truth(measured: tuple[Measured, ...]) -> None:
    for one in measured:
        assert one.known is not None
        assert one.measures.white_hu == pytest.approx(one.known.white_hu, abs=2.5)
        assert one.measures.grey_hu == pytest.approx(one.known.grey_hu, abs=3.0)
        assert one.measures.fluid_hu == pytest.approx(one.known.fluid_hu, abs=4.0)
        assert one.measures.ventricle_ml == pytest.approx(one.known.ventricle_ml, rel=0.6)


def test_the_rim_of_the_ventricles_is_dark_in_severe_disease(measured: tuple[Measured, ...]) -> None:
    rims = [one.measures.rim_hu for one in measured]
    assert rims[4] < np.nanmin(rims[:2]) - 1.5


def test_the_real_scan_measures_as_a_head_does(real_data: Path) -> None:
    found = measure(read_dicom(real_data / "head_ct_ge"))
    assert found is not None
    assert 22 < found.white_hu < found.grey_hu < 38
    assert 5 < found.contrast_hu < 8.7
    assert 3 < found.noise_hu < 5
    assert 0 < found.fluid_hu < 10
    assert 0.28 < found.evans < 0.36
    assert 0.06 < found.peak < 0.3
