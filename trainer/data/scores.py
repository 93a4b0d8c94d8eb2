"""Scores of slices: what a model said, saved so that every table can be rebuilt without it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic
from leukoviewer.core.csv_text import csv_text
from leukoviewer.errors import UsageError
from leukoviewer.packages.provenance import mean_of_highest
from trainer.data.dataset import SliceTable

_HEADER = ("patient", "slice", "label", "logit")


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Logits of scored slices; a volume network has one row a patient, with slice -1.

    Attributes
    ----------
    patients : tuple of str
        Case ids.
    patient : array of int64, shape (rows,)
        Position in ``patients``.
    slice : array of int64, shape (rows,)
        Slice of the stack.
    label : array of int64, shape (rows,)
        The patient's label.
    logit : array of float64, shape (rows,)
        The model's output.
    """

    patients: tuple[str, ...]
    patient: NDArray[np.int64]
    slice: NDArray[np.int64]
    label: NDArray[np.int64]
    logit: NDArray[np.float64]

    def __post_init__(self) -> None:
        if len({len(self.patient), len(self.slice), len(self.label), len(self.logit)}) != 1:
            raise ValueError("the columns of scores have one length")
        if set(np.unique(self.patient).tolist()) != set(range(len(self.patients))):
            raise ValueError("every patient has scores")

    @classmethod
    def of(cls, table: SliceTable, logits: NDArray[np.floating]) -> ScoreTable:
        """Scores of a table's slices."""
        ids = tuple(case.case_id for case in table.cases)
        return cls(ids, table.case, table.stack_index, table.label, logits.astype(np.float64))

    @classmethod
    def of_patients(cls, table: SliceTable, logits: NDArray[np.floating]) -> ScoreTable:
        """Scores of whole stacks."""
        ids = tuple(case.case_id for case in table.cases)
        labels = np.array([case.label for case in table.cases], dtype=np.int64)
        every = np.arange(len(ids), dtype=np.int64)
        return cls(ids, every, np.full(len(ids), -1, dtype=np.int64), labels, logits.astype(np.float64))

    @property
    def patient_label(self) -> NDArray[np.int64]:
        """Label of each patient, shape (patients,)."""
        labels = np.zeros(len(self.patients), dtype=np.int64)
        labels[self.patient] = self.label
        return labels

    def patient_mean(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Mean over each patient's slices of a value by slice, shape (patients,)."""
        counts = np.bincount(self.patient, minlength=len(self.patients))
        means: NDArray[np.float64] = np.bincount(self.patient, values, minlength=len(self.patients)) / counts
        return means

    def patient_top(self, values: NDArray[np.float64], *, share: float) -> NDArray[np.float64]:
        """Mean over the highest values of each patient's slices, shape (patients,).

        Parameters
        ----------
        values : array of float64, shape (rows,)
            A value by slice.
        share : float
            How many of a patient's slices count, above 0 to 1; rounded up, so at least one.
        """
        order = np.argsort(self.patient, kind="stable")
        counts = np.bincount(self.patient, minlength=len(self.patients))
        of_patients = np.split(values[order], np.cumsum(counts))[:-1]
        return np.array([mean_of_highest(own, share=share) for own in of_patients], dtype=np.float64)

    def patient_count(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many of each patient's slices are chosen, shape (patients,)."""
        counts = np.bincount(self.patient, chosen, minlength=len(self.patients))
        return counts.astype(np.int64)

    def write(self, path: Path) -> None:
        """Store as CSV."""
        columns = zip(self.patient, self.slice, self.label, self.logit, strict=True)
        rows = ((self.patients[patient], index, label, f"{logit:.7g}") for patient, index, label, logit in columns)
        atomic.write_text(path, csv_text(_HEADER, rows))

    @classmethod
    def read(cls, path: Path) -> ScoreTable:
        """Read stored scores.

        Raises
        ------
        UsageError
            The file cannot be read or is of another form.
        """
        try:
            rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
            if tuple(rows[0]) != _HEADER:
                raise ValueError("header")
            columns = list(zip(*rows[1:], strict=True))
            ids = tuple(dict.fromkeys(columns[0]))
            place = {name: index for index, name in enumerate(ids)}
            return cls(
                patients=ids,
                patient=np.array([place[name] for name in columns[0]], dtype=np.int64),
                slice=np.array(columns[1], dtype=np.int64),
                label=np.array(columns[2], dtype=np.int64),
                logit=np.array(columns[3], dtype=np.float64),
            )
        except (OSError, ValueError, IndexError) as error:
            raise UsageError(f"{path} holds no scores of slices.", thing=path) from error
