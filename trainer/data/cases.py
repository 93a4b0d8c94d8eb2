"""Cases: a patient's folder with its label, and what a source of them found."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from leukoviewer.errors import UsageError


@dataclass(frozen=True, slots=True)
class Case:
    """One patient.

    Attributes
    ----------
    id : str
        Name of the patient's folder.
    folder : Path
        Where the DICOM files lie.
    label : int
        1 with the disease, 0 without; all slices of a patient carry it (Cernekova et al.).
    """

    id: str = field(repr=False)
    folder: Path = field(repr=False)
    label: int

    def __post_init__(self) -> None:
        if self.label not in (0, 1):
            raise ValueError("a label is 0 or 1")


@dataclass(frozen=True, slots=True)
class CaseSet:
    """What a source found.

    Attributes
    ----------
    cases : tuple of Case
        Sorted by id.
    description : str
        One phrase on the data, for the model's card.
    simulated : bool
        Whether all of it is simulated.
    left_out : tuple of (str, int)
        Folders that cannot be used, by reason and count.
    cohort : tuple of (str, str or int)
        Of simulated patients: what makes them again (name, seed, version of the simulator).
    """

    cases: tuple[Case, ...]
    description: str
    simulated: bool
    left_out: tuple[tuple[str, int], ...] = ()
    cohort: tuple[tuple[str, str | int], ...] = ()

    def __post_init__(self) -> None:
        if len({case.id for case in self.cases}) != len(self.cases):
            raise UsageError("Two folders have the same patient id; give each patient one folder.")
        for label in (0, 1):
            if not any(case.label == label for case in self.cases):
                which = "with" if label else "without"
                raise UsageError(f"The data hold no patient {which} the disease; training needs both.")
