"""Heat near lesions: distances in mm, shares, hits."""

from __future__ import annotations

from collections.abc import Callable
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
from tests.trainer.simulation.records import record_of
from trainer.data.cache import open_volume
from trainer.evaluation.cohort import Sampling
from trainer.evaluation.heat_share import Lesion, near, of_patient, read_lesion, summary
from trainer.simulation.storage import truth_places


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


def _flipped(place: int) -> Callable[[bytes], bytes]:
    return lambda content: content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: b"PK" + bytes(100),
        lambda content: content.replace(b"lesion", b"lexion"),
        # In what the archive says of its first file, from byte 30 on its name and content; the method of packing in the
        # list of all files at the end.
        *(_flipped(place) for place in (0, 31, 60, 80)),
        lambda content: _flipped(content.index(b"PK\x01\x02") + 10)(content),
        lambda content: _flipped(content.index(b"PK\x01\x02") - 20)(content),
    ],
)
def test_a_damaged_truth_is_told_in_a_sentence(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    mask = np.random.default_rng(0).random((4, 24, 24)) > 0.5
    (tmp_path / "truth").mkdir()
    arrays, description = truth_places(tmp_path, record_of(id="1000"))
    description.write_text('{"slice_labels": [0, 1, 1, 0]}')
    np.savez_compressed(arrays, shape=np.array(mask.shape), lesion=np.packbits(mask, axis=-1))
    np.testing.assert_array_equal(read_lesion(tmp_path, record_of(id="1000")).mask, mask[::-1])
    arrays.write_bytes(damage(arrays.read_bytes()))
    with pytest.raises(UsageError, match="The truth of a patient cannot be read"):
        read_lesion(tmp_path, record_of(id="1000"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"slice_labels": 3}', '{"slice_labels": [[0], [0, 1]]}'])
def test_a_damaged_description_of_a_truth_is_told_in_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    arrays, description = truth_places(tmp_path, record_of(id="1000"))
    np.savez_compressed(arrays, shape=np.array((2, 8, 8)), lesion=np.zeros((2, 8, 1), np.uint8))
    description.write_text(text)
    with pytest.raises(UsageError, match="The truth of a patient cannot be read"):
        read_lesion(tmp_path, record_of(id="1000"))
