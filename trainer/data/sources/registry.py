"""Where cases come from, by name."""

from __future__ import annotations

from pathlib import Path

from leukoviewer.errors import UsageError
from trainer.data.cases import CaseSet
from trainer.data.sources import hospital, simulated

SOURCES = ("auto", "simulated", "hospital")


def open_source(root: Path, name: str, *, rule: hospital.LabelRule) -> CaseSet:
    """Read the cases of a folder.

    Parameters
    ----------
    root : Path
        The data.
    name : str
        One of :data:`SOURCES`; ``auto`` takes a simulated cohort for one and anything else for a hospital set.
    rule : LabelRule
        How a hospital's findings become labels.

    Raises
    ------
    UsageError
        The name is unknown, or the folder holds no such data.
    """
    if name not in SOURCES:
        raise UsageError(f"There is no data source {name!r}; choose one of {', '.join(SOURCES)}.", thing=name)
    if name == "simulated" or (name == "auto" and simulated.is_cohort(root)):
        return simulated.read_cases(root)
    return hospital.read_cases(root, rule)
