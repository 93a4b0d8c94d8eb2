"""Learning curves of a run, from the log that training leaves."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """A figure by epoch.

    Attributes
    ----------
    epoch, value : array of float64, shape (epochs,)
        Epochs are counted from 1.
    """

    epoch: NDArray[np.float64]
    value: NDArray[np.float64]


def read_learning(log: Path) -> Mapping[str, Curve]:
    """Curves of ``log/metrics.csv`` by name, e.g. ``loss``, ``val_loss``, ``patient_auc``.

    Lightning writes training and validation of an epoch into rows of their own; an epoch that was begun again after a
    stop counts as it ended. A missing or damaged log gives no curves: no table depends on it.
    """
    found: dict[str, dict[int, float]] = {}
    try:
        rows = list(csv.DictReader(log.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    for row in rows:
        epoch = _number(row.get("epoch"))
        if epoch is None:
            continue
        for name, text in row.items():
            value = _number(text)
            if value is not None and name not in ("epoch", "step"):
                found.setdefault(name, {})[int(epoch)] = value
    return {name: _curve(values) for name, values in found.items()}


def _curve(values: Mapping[int, float]) -> Curve:
    epochs = sorted(values)
    return Curve(np.array(epochs, dtype=np.float64) + 1, np.array([values[epoch] for epoch in epochs]))


def _number(text: object) -> float | None:
    try:
        value = float(text) if isinstance(text, str) else float("nan")
    except ValueError:
        return None
    return value if np.isfinite(value) else None
