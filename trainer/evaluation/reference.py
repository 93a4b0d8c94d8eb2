"""The paper's tables as data: accuracy by slice in percent, to stand beside ours (Cernekova, Sisik, Jafari)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Preprocessings are the tables' rows, families of networks their columns.
ROWS: Mapping[str, str] = {"leuko-a": "A", "leuko-b": "B", "leuko-c": "C"}
COLUMNS = ("ResNet50", "ResNet50 3D", "ConvNeXt", "DenseNet")
# The sides of the split that the tables are about.
TABLES: Mapping[str, str] = {"validation": "Table 1, validation", "test": "Table 2, test"}
RUNS = "more than 8"


@dataclass(frozen=True, slots=True)
class PaperValue:
    """A cell of the paper: mean and best of its runs, in percent."""

    average: float
    best: float


_PRINTED: Mapping[str, Mapping[str, tuple[tuple[float, float], ...]]] = {
    "validation": {
        "A": ((92.5, 95.7), (75.7, 79.0), (95.9, 98.6), (93.3, 94.5)),
        "B": ((85.5, 86.0), (74.4, 79.0), (87.3, 88.2), (84.0, 85.9)),
        "C": ((90.9, 92.5), (74.4, 76.6), (86.4, 89.6), (89.4, 90.3)),
    },
    # The paper prints no DenseNet here.
    "test": {
        "A": ((94.1, 94.7), (71.7, 77.6), (92.6, 98.5)),
        "B": ((88.8, 91.4), (75.2, 75.8), (87.3, 88.1)),
        "C": ((87.2, 88.2), (74.8, 78.3), (87.2, 89.3)),
    },
}


def paper_value(side: str, row: str, column: str) -> PaperValue | None:
    """What the paper prints, or None where it prints nothing.

    Parameters
    ----------
    side : str
        ``validation`` (Table 1) or ``test`` (Table 2).
    row, column : str
        ``A``, ``B`` or ``C``; one of :data:`COLUMNS`.
    """
    printed = _PRINTED[side].get(row, ())
    place = COLUMNS.index(column) if column in COLUMNS else len(printed)
    return PaperValue(*printed[place]) if place < len(printed) else None
