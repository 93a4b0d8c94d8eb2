"""The true disease comes to lie on the stack where it lies in the files, and is asked of simulated patients alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer import atomic
from leukoviewer.core.progress import finish
from leukoviewer.preprocessing.recipe import BUILTIN
from leukoviewer.preprocessing.stack import prepare
from tests.trainer.phantom_cohort import write_cohort
from tests.trainer.simulation.records import record_of
from trainer.data.cache import PreparedCase, open_volume
from trainer.data.cases import Case
from trainer.evaluation.panel_truth import truth_of
from trainer.simulation.recruit import to_csv

RECIPE = BUILTIN["leuko-a"]
# The second patient of a phantom cohort: seven slices of 48 x 49.
SHAPE = (7, 48, 49)


def _write_truth(root: Path, name: str, mask: np.ndarray) -> None:
    """As the simulator leaves it, lowest slice first."""
    labels = mask.any(axis=(1, 2))
    arrays = {"shape": np.array(mask.shape), "lesion": np.packbits(mask, axis=-1)}
    (root / "truth").mkdir(exist_ok=True)
    np.savez(root / "truth" / f"{name}.npz", **arrays)
    described = {"noise_hu": 3.0, "lesion_ml": 1.0, "slice_labels": labels.astype(int).tolist()}
    atomic.write_json(root / "truth" / f"{name}.json", described)


@pytest.fixture
def cohort(tmp_path: Path) -> Path:
    root = write_cohort(tmp_path / "cohort", patients=2)
    atomic.write_text(root / "recruit.csv", to_csv([record_of(id="1000", grade=0), record_of(id="1001")]))
    return root


def _cases(root: Path) -> list[Case]:
    return [Case(name, root / "patients" / name, label) for label, name in enumerate(("1000", "1001"))]


def _asked(name: str, label: int) -> PreparedCase:
    return PreparedCase(name, label, "k", (30, 256, 256), (0,), (), name)


def test_the_disease_lies_in_the_slice_and_the_corner_where_it_was_simulated(cohort: Path) -> None:
    mask = np.zeros(SHAPE, dtype=bool)
    mask[0, :12, :24] = True  # the lowest slice, upper left
    _write_truth(cohort, "1001", mask)
    truth = truth_of(cohort, _cases(cohort), RECIPE)
    assert truth is not None
    share = truth(_asked("1001", 1))
    assert share is not None
    mapping = finish(prepare(open_volume(cohort / "patients" / "1001"), RECIPE)).mapping
    (lowest,) = [index for index, group in enumerate(mapping.native) if group == (6,)]
    assert share.shape == (30, 256, 256)
    assert np.flatnonzero(share.any(axis=(1, 2))).tolist() == [lowest]
    assert (share[lowest, :60, :120] == 1).all()
    assert not share[lowest, 66:].any()
    assert not share[lowest, :, 128:].any()
    assert truth(_asked("1001", 1)) is share


def test_a_patient_whose_truth_cannot_be_read_has_none(cohort: Path) -> None:
    truth = truth_of(cohort, _cases(cohort), RECIPE)
    assert truth is not None
    assert truth(_asked("1001", 1)) is None
    assert truth(_asked("9999", 1)) is None


def test_a_patient_whose_truth_is_damaged_has_none(cohort: Path) -> None:
    _write_truth(cohort, "1001", np.ones(SHAPE, dtype=bool))
    path = cohort / "truth" / "1001.npz"
    path.write_bytes(path.read_bytes()[:-40])
    truth = truth_of(cohort, _cases(cohort), RECIPE)
    assert truth is not None
    assert truth(_asked("1001", 1)) is None


def test_other_data_have_no_truth(tmp_path: Path) -> None:
    assert truth_of(tmp_path, [], RECIPE) is None
