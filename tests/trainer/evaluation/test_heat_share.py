"""Heat near lesions: distances in mm, shares, hits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.errors import UsageError
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from leukoviewer.preprocessing.projection import project
from tests.phantom import write_phantom
from trainer.data.cache import open_volume
from trainer.evaluation.cohort import Sampling
from trainer.evaluation.heat_share import Lesion, near, of_patient, summary


def _every_pair(mask: np.ndarray, heights: list[float], spacing: tuple[float, float], reach: float) -> np.ndarray:
    places = np.stack(np.indices(mask.shape), -1).reshape(-1, 3).astype(float)
    places[:, 0] = np.array(heights)[places[:, 0].astype(int)]
    places[:, 1:] *= spacing
    inside = places[mask.ravel()]
    distance = np.sqrt(((places[:, None] - inside[None]) ** 2).sum(-1)).min(1)
    return (distance <= reach).reshape(mask.shape)


def test_near_is_every_pixel_within_the_distance_whatever_the_slices_distances() -> None:
    chance = np.random.default_rng(2)
    mask = chance.random((6, 14, 12)) < 0.01
    heights, spacing = [40.0, 33.0, 26.0, 22.0, 18.0, 3.0], (1.7, 2.3)
    assert mask.any()
    found = near(mask, heights_mm=heights, spacing_mm=spacing, reach_mm=8.0)
    np.testing.assert_array_equal(found, _every_pair(mask, heights, spacing, 8.0))
    assert not near(np.zeros_like(mask), heights_mm=heights, spacing_mm=spacing).any()


@pytest.fixture(scope="module")
def scan(tiny_package: Package, tmp_path_factory: pytest.TempPathFactory) -> tuple[Volume, Analysis]:
    folder: Path = tmp_path_factory.mktemp("scan")
    write_phantom(folder, slices=6, rows=64, columns=64, spacing_mm=(3.5, 3.5))
    volume = open_volume(folder)
    analysis = finish(analyze(volume, tiny_package, device="cpu"))
    return volume, replace(analysis, slice_threshold=0.0, vote_needed=0)


def _lesion(volume: Volume, rows: slice, columns: slice, *, slices: tuple[int, ...] = (2, 3)) -> Lesion:
    mask = np.zeros(volume.hu.shape, bool)
    shows = np.zeros(len(volume), bool)
    for index in slices:
        mask[index, rows, columns] = shows[index] = True
    return Lesion(mask, shows)


def test_a_lesion_that_fills_the_picture_holds_all_heat(scan: tuple[Volume, Analysis]) -> None:
    volume, analysis = scan
    rows = of_patient("p", volume, _lesion(volume, slice(None), slice(None)), analysis)
    hits = [row for row in rows if row.is_true_positive]
    assert [row.slice for row in hits] == [2, 3]
    for row in hits:
        assert row.inside == pytest.approx(row.total)
        assert row.is_hit
        assert row.even == 1.0
    told = summary(rows, Sampling(10))
    assert (told["patients"], told["slices"]) == (1, 2)
    assert told["energy_inside"]["value"] == told["energy_inside_of_painted"]["value"] == 1.0


def test_shares_are_those_of_the_viewers_own_heatmap(scan: tuple[Volume, Analysis]) -> None:
    volume, analysis = scan
    lesion = _lesion(volume, slice(10, 20), slice(30, 50))
    rows = {row.slice: row for row in of_patient("p", volume, lesion, analysis)}
    raw = analysis.map_of(2)
    assert raw is not None
    heat = project(raw, analysis.mapping)
    heights = [header.plane.along_normal_mm for header in volume.series.slices if header.plane]
    around = near(lesion.mask, heights_mm=heights, spacing_mm=(3.5, 3.5))[2]
    assert rows[2].total == pytest.approx(heat.sum(), rel=1e-5)
    assert rows[2].inside == pytest.approx(heat[around].sum(), rel=1e-5)
    assert rows[2].painted <= rows[2].total
    assert rows[2].is_hit == around[np.unravel_index(heat.argmax(), heat.shape)]
    assert not rows[0].is_true_positive


def test_a_patient_that_is_not_called_has_no_true_positives(scan: tuple[Volume, Analysis]) -> None:
    volume, analysis = scan
    negative = replace(analysis, slice_threshold=1.0)
    rows = of_patient("p", volume, _lesion(volume, slice(10, 20), slice(10, 20)), negative)
    assert not any(row.is_true_positive for row in rows)
    told = summary(rows, Sampling(10))
    assert (told["patients"], told["energy_inside"]["value"]) == (0, None)


def test_the_truth_of_another_picture_is_refused(scan: tuple[Volume, Analysis]) -> None:
    volume, analysis = scan
    lesion = Lesion(np.zeros((6, 64, 60), bool), np.zeros(6, bool))
    with pytest.raises(UsageError, match="does not fit its pictures"):
        of_patient("p", volume, lesion, analysis)
