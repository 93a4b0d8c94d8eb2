"""Where cases come from, by name."""

from __future__ import annotations

from pathlib import Path

from leukoviewer.errors import UsageError
from trainer.data.cases import CaseSet
from trainer.data.sources import hospital, simulated, table

SOURCES = ("auto", "simulated", "hospital", "csv")


def open_source(root: Path, name: str, *, rule: hospital.Rule) -> CaseSet:
    """Read the cases of a folder or of a list.

    Parameters
    ----------
    root : Path
        The data: a folder, or a CSV for the source ``csv``.
    name : str
        One of :data:`SOURCES`; ``auto`` takes a file for a CSV, a simulated cohort for one, and any other folder for a
        hospital set.
    rule : LabelRule or LabelFile
        How a hospital's findings become labels.

    Raises
    ------
    UsageError
        The name is unknown, or the place holds no such data.
    """
    if name not in SOURCES:
        raise UsageError(f"There is no data source {name!r}; choose one of {', '.join(SOURCES)}.", thing=name)
    if name == "csv" or (name == "auto" and root.is_file()):
        return table.read_cases(root)
    if name == "simulated" or (name == "auto" and simulated.is_cohort(root)):
        return simulated.read_cases(root)
    return hospital.read_cases(root, rule)


def rule_of(positive: str, negative: str, *, labels: str = "") -> hospital.Rule:
    """The rule of a hospital set: a CSV of ids and labels where one is named, else regular expressions.

    Raises
    ------
    UsageError
        The file or an expression cannot be read.
    """
    if labels:
        return hospital.LabelFile.read(Path(labels))
    return hospital.LabelRule(positive, negative)
