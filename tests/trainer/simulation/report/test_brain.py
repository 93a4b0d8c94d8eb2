"""The inside of the skull, in heads of known size and in simulated ones."""

from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.simulation.report.heads import PIXEL_MM, air, head
from trainer.simulation.report.brain import REACH_MM, find_brain, halved
from trainer.simulation.report.patients import CohortFolder


def test_halving_takes_the_mean_of_four_and_drops_an_odd_line() -> None:
    image = np.arange(15, dtype=np.int16).reshape(3, 5)
    np.testing.assert_array_equal(halved(image), [[3.0, 5.0]])


def test_the_inside_of_a_round_skull_is_its_disk() -> None:
    brain = find_brain(head(noise=1.0))
    assert brain is not None
    assert brain.pixel_mm == 2 * PIXEL_MM
    lowest = np.count_nonzero(brain.inside[-1]) * brain.pixel_mm**2
    assert lowest == pytest.approx(np.pi * 75**2, rel=0.05)
    assert brain.edge_mm.max() == pytest.approx(75, abs=3)
    assert brain.voxel_ml[0, 0, 0] == pytest.approx(0.005)


def test_nothing_below_the_reach_is_looked_at() -> None:
    brain = find_brain(head())
    assert brain is not None
    assert brain.step_mm.sum() <= REACH_MM + 5


def test_air_holds_no_brain() -> None:
    assert find_brain(air()) is None


def test_every_simulated_head_is_found_and_grows_downward(folder: CohortFolder) -> None:
    for record in folder.records:
        brain = find_brain(folder.scan(record))
        assert brain is not None
        areas = brain.inside.sum(axis=(1, 2)) * brain.pixel_mm**2
        assert areas[0] < areas[2] < areas[5]
        assert 9_000 < areas.max() < 25_000
