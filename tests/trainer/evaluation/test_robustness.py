"""Scores of a scan that is changed in ways that mean nothing, and the tissues under a heatmap."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.errors import UsageError
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from tests.phantom import write_phantom
from trainer.data.cache import open_volume
from trainer.evaluation.robustness import run, stored_again
from trainer.evaluation.scan_shares import CLASSES, Rectangle, look, tissues


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Volume:
    folder: Path = tmp_path_factory.mktemp("scan")
    write_phantom(folder, slices=5, rows=64, columns=64, spacing_mm=(3.5, 3.5))
    return open_volume(folder)


def test_a_scan_that_is_stored_again_is_the_same_scan(volume: Volume) -> None:
    again = stored_again(volume)
    np.testing.assert_array_equal(again.hu, volume.hu)
    assert again.spacing_mm == volume.spacing_mm
    assert not again.broken


def test_changes_are_scored_and_their_spread_is_told(volume: Volume, tiny_package: Package) -> None:
    told = finish(run(volume, tiny_package, device="cpu"))
    rows = {row["change"]: row for row in told["changed"]}
    assert len(rows) == 12
    assert rows["stored again as DICOM in 16 bits"]["largest_move"] == 0.0
    assert rows["noise of 4 HU added"]["largest_move"] > rows["noise of 2 HU added"]["largest_move"] * 0.5 > 0
    logits = [told["unchanged"]["patient_logit"], *(row["patient_logit"] for row in rows.values())]
    assert told["spread"]["patient_logit"] == [min(logits), max(logits)]
    assert told["spread"]["largest_move_of_a_slice"] == max(row["largest_move"] for row in rows.values())


def _slice() -> np.ndarray:
    """A skull of 60 px radius with gray matter, white matter, a dark part of it and a ventricle; 1 mm pixels."""
    y, x = np.mgrid[-64:64, -64:64]
    radius = np.hypot(y, x)
    hu = np.full((128, 128), -1000.0, np.float32)
    hu[radius < 60] = 1000
    hu[radius < 55] = 39
    hu[radius < 40] = 29
    hu[(radius < 40) & (x > 15)] = 18
    hu[radius < 10] = 5
    return hu


@pytest.mark.parametrize(
    ("row", "column", "name"),
    [
        (64, 64, "ventricles and fluid"),
        (64, 40, "white matter"),
        (64, 95, "dark white matter"),
        (64, 18, "gray matter"),
        (64, 11, "rim below the skull"),
        (64, 6, "skull"),
        (2, 2, "outside the head"),
    ],
)
def test_tissues_are_told_apart_by_place_and_hu(row: int, column: int, name: str) -> None:
    assert CLASSES[tissues(_slice(), (1.0, 1.0))[row, column]] == name


def test_a_scan_is_looked_at_by_instance_number(volume: Volume, tiny_package: Package) -> None:
    analysis = finish(analyze(volume, tiny_package, device="cpu"))
    whole = Rectangle((1, 99), (0, 63), (0, 63))
    told = look(volume, analysis, diseased=(2, 3), infarct=whole)
    numbers = [header.instance_number for header in volume.series.slices]
    by_number = {number: item.logit for number, item in zip(numbers, analysis.scores, strict=True)}
    assert {row["slice"]: row["logit"] for row in told["slices"]} == {n: round(v, 4) for n, v in by_number.items()}
    assert told["diseased"]["mean_logit"] == pytest.approx(np.mean([by_number[2], by_number[3]]), abs=1e-3)
    assert told["heat"]["infarct"] == 1.0
    free = look(volume, analysis)
    assert sum(free["heat"].values()) == pytest.approx(1.0, abs=1e-3)
    assert "diseased" not in free
    assert free["vote"]["positive"] == analysis.vote().positive


def test_numbers_that_no_slice_has_are_refused(volume: Volume, tiny_package: Package) -> None:
    analysis = finish(analyze(volume, tiny_package, device="cpu"))
    with pytest.raises(UsageError, match="No slice of the scan has such a number"):
        look(volume, analysis, diseased=(900, 901))
