"""A simulated patient looks like a head in numbers: tissues, volumes, labels, the same bytes again."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from tests.trainer.simulation.records import record_of
from trainer.simulation.distractors import MASKED
from trainer.simulation.patient import SLICE_AREA_MM2, SimulatedPatient, simulate
from trainer.simulation.template import Template


def test_the_picture_and_the_truth_have_one_shape(ill: SimulatedPatient) -> None:
    shape = (len(ill.planes), 512, 512)
    assert ill.stored.shape == ill.truth.lesion.shape == ill.truth.findings.shape == shape
    assert ill.stored.dtype == np.int16


def test_it_holds_air_bone_and_brain_in_the_shares_of_a_head(ill: SimulatedPatient) -> None:
    hu = ill.hu[len(ill.planes) // 2]
    assert (hu < -900).mean() > 0.2
    assert 0.02 < (hu > 400).mean() < 0.25
    assert 0.2 < ((hu > 5) & (hu < 60)).mean() < 0.6


def test_the_brain_has_the_volume_of_a_brain(ill: SimulatedPatient) -> None:
    smooth = ndimage.uniform_filter(ill.hu, (1, 5, 5))
    inside = ndimage.binary_opening((smooth > 0) & (smooth < 80), np.ones((1, 9, 9)))
    labels, _ = ndimage.label(inside)
    largest = np.bincount(labels.ravel())[1:].max()
    litres = largest * ill.planes.pixel_mm**2 * 5.0 / 1e6
    assert 0.9 < litres < 2.0


def test_the_disease_has_the_volume_of_the_record(ill: SimulatedPatient) -> None:
    assert ill.truth.lesion_ml == pytest.approx(ill.record.lesion_ml, rel=0.35)
    masked = float(ill.truth.lesion.sum()) * ill.planes.pixel_mm**2 * 5.0 / 1000
    assert masked == pytest.approx(ill.truth.lesion_ml, rel=0.35)


def test_diseased_tissue_is_darker_than_what_lies_around_it(ill: SimulatedPatient) -> None:
    lesion = ill.truth.lesion
    core = ndimage.binary_erosion(lesion, np.ones((1, 5, 5)))
    around = ndimage.binary_dilation(lesion, np.ones((1, 25, 25))) & ~ndimage.binary_dilation(
        lesion, np.ones((1, 7, 7))
    )
    tissue = around & (ill.hu > 15) & (ill.hu < 50)
    drop = ill.hu[tissue].mean() - ill.hu[core].mean()
    assert 5 < drop < 17


def test_slice_labels_are_those_of_the_area(ill: SimulatedPatient) -> None:
    assert ill.slice_labels == tuple(int(area >= SLICE_AREA_MM2) for area in ill.truth.area_mm2)
    assert 5 < sum(ill.slice_labels) < len(ill.planes) - 5
    assert ill.slice_labels[0] == ill.slice_labels[-1] == 0


def test_the_mask_of_a_finding_lies_on_what_it_shows(ill: SimulatedPatient) -> None:
    bit = np.uint32(MASKED.index("calcified_choroid"))
    mask = (ill.truth.findings >> bit & np.uint32(1)).astype(bool)
    assert mask.any()
    assert ill.hu[mask].mean() > ill.hu[ill.truth.lesion].mean() + 40
    assert not (ill.truth.findings & ~np.uint32(1 << int(bit))).any()


@pytest.mark.usefixtures("few_slices")
class TestFewSlices:
    """What does not need a whole head."""

    def test_the_same_record_gives_the_same_bytes(self, template: Template) -> None:
        first, second = (simulate(record_of(seed=31), template) for _ in range(2))
        assert first.stored.tobytes() == second.stored.tobytes()
        assert first.truth.lesion.tobytes() == second.truth.lesion.tobytes()

    def test_another_seed_gives_another_head(self, template: Template) -> None:
        first, second = (simulate(record_of(seed=seed), template) for seed in (31, 32))
        assert first.stored.shape != second.stored.shape or (first.stored != second.stored).mean() > 0.3

    def test_a_patient_without_the_disease_has_no_label(self, template: Template) -> None:
        healthy = simulate(record_of(grade=0, lesion_ml=1.0), template)
        assert sum(healthy.slice_labels) == 0
        assert healthy.truth.lesion_ml > 0

    def test_disease_changes_nothing_but_the_white_matter(self, template: Template) -> None:
        """The label is not given away by anatomy, scanner or noise: all of these have streams of their own."""
        healthy = simulate(record_of(grade=0, lesion_ml=0.0), template)
        diseased = simulate(record_of(grade=3, lesion_ml=45.0), template)
        change = diseased.hu - healthy.hu
        assert (np.abs(change) > 1).mean() < 0.05
        assert change.min() < -5
        far = ~ndimage.binary_dilation(diseased.truth.lesion, np.ones((1, 41, 41)))
        assert np.abs(change[far]).max() <= 4

    def test_atrophy_widens_the_spaces_of_fluid(self, template: Template) -> None:
        shares = []
        for atrophy in (0.0, 0.5, 1.0):
            patient = simulate(record_of(atrophy=atrophy, distractors=()), template)
            smooth = ndimage.uniform_filter(patient.hu[2:-1], (1, 5, 5))
            inside = ndimage.binary_opening((smooth > -5) & (smooth < 50), np.ones((1, 15, 15)))
            shares.append(float((smooth[inside] < 17).mean()))
        assert shares == sorted(shares)
        assert shares[2] > 1.6 * shares[0]


def test_the_outline_of_the_skull_has_no_notch(ill: SimulatedPatient) -> None:
    """Slices of the vault down to the temples: what the outline holds is nearly convex, as in real heads."""
    from scipy.spatial import ConvexHull

    thickness = ill.planes.thickness_mm[0]
    for below_mm in (40, 55, 70, 85):
        bone = ill.hu[round(len(ill.planes) - 3 - below_mm / thickness)] > 300
        labels, _ = ndimage.label(ndimage.binary_closing(bone, iterations=3))
        skull = ndimage.binary_fill_holes(labels == 1 + np.argmax(np.bincount(labels.ravel())[1:]))
        assert skull.sum() > 0.965 * ConvexHull(np.argwhere(skull)).volume
