"""Saved scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer.errors import UsageError
from trainer.data.cache import PreparedCase
from trainer.data.dataset import SliceTable
from trainer.data.scores import ScoreTable


def _table() -> SliceTable:
    cases = tuple(PreparedCase(f"c{c}", c % 2, "k", (4, 8, 8), (0, 2, 3)[: c + 1], (), "p") for c in range(3))
    return SliceTable.of(cases)


def test_scores_come_back_from_their_file(tmp_path: Path) -> None:
    scores = ScoreTable.of(_table(), np.linspace(-2.123456789, 3, 6))
    scores.write(tmp_path / "scores" / "test.csv")
    again = ScoreTable.read(tmp_path / "scores" / "test.csv")
    assert again.patients == ("c0", "c1", "c2")
    for name in ("patient", "slice", "label"):
        np.testing.assert_array_equal(getattr(again, name), getattr(scores, name))
    np.testing.assert_allclose(again.logit, scores.logit, rtol=1e-6)
    assert (tmp_path / "scores" / "test.csv").read_text().splitlines()[0] == "patient,slice,label,logit"


def test_figures_of_patients_come_from_their_own_slices() -> None:
    scores = ScoreTable.of(_table(), np.array([1.0, 2.0, 4.0, -3.0, 0.0, 3.0]))
    assert scores.patient_label.tolist() == [0, 1, 0]
    assert scores.patient_mean(scores.logit).tolist() == [1.0, 3.0, 0.0]
    assert scores.patient_count(scores.logit > 0).tolist() == [1, 2, 1]


@pytest.mark.parametrize(
    ("share", "expected"), [(1.0, [1.0, 3.0, 0.0]), (0.5, [1.0, 4.0, 1.5]), (0.1, [1.0, 4.0, 3.0])]
)
def test_the_highest_slices_of_each_patient_count(share: float, expected: list[float]) -> None:
    scores = ScoreTable.of(_table(), np.array([1.0, 2.0, 4.0, -3.0, 0.0, 3.0]))
    assert scores.patient_top(scores.logit, share=share).tolist() == expected
    reverse = np.arange(6)[::-1]
    turned = ScoreTable(
        scores.patients, scores.patient[reverse], scores.slice[reverse], scores.label[reverse], scores.logit[reverse]
    )
    assert turned.patient_top(turned.logit, share=share).tolist() == expected


def test_a_volume_network_has_one_row_a_patient() -> None:
    scores = ScoreTable.of_patients(_table(), np.array([1.0, 2.0, 3.0]))
    assert scores.slice.tolist() == [-1, -1, -1]
    assert scores.patient_label.tolist() == [0, 1, 0]


@pytest.mark.parametrize(
    "text", ["", "a,b\n", "patient,slice,label,logit\n", "patient,slice,label,logit\np,0,1,x\n", "p,0\n1\n"]
)
def test_a_file_of_another_form_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(UsageError):
        ScoreTable.read(tmp_path / "x.csv")


def test_columns_of_unlike_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        ScoreTable.of(_table(), np.zeros(5))
