"""Cases: a patient's folder with its label, and what a source of them found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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
    series_uid : str
        The series to take; empty for the one that the viewer would open first.
    patient : str
        Who it is, when the source says so; empty to go by the patient id in the DICOM files.
    """

    id: str = field(repr=False)
    folder: Path = field(repr=False)
    label: int
    series_uid: str = field(default="", repr=False)
    patient: str = field(default="", repr=False)

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
    unusable : tuple of (str, str)
        The same folders by name, each with its reason.
    """

    cases: tuple[Case, ...]
    description: str
    simulated: bool
    left_out: tuple[tuple[str, int], ...] = ()
    cohort: tuple[tuple[str, str | int], ...] = ()
    unusable: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if len({case.id for case in self.cases}) != len(self.cases):
            raise UsageError("Two folders have the same patient id; give each patient one folder.")
        if not self.cases:
            raise UsageError("The data hold no patient that can be used; check the folder and the rule of the labels.")

    def with_both(self) -> CaseSet:
        """The same, once it is sure that there are patients with the disease and without.

        Raises
        ------
        UsageError
            There are none of one kind.
        """
        for label in (0, 1):
            if not any(case.label == label for case in self.cases):
                which = "with" if label else "without"
                raise UsageError(
                    f"The data hold no patient {which} the disease; training needs both, so add some or check the rule "
                    "that reads the labels."
                )
        return self


def counted(unusable: Iterable[tuple[str, str]]) -> tuple[tuple[str, int], ...]:
    """How many there are of each reason, from pairs of a name and a reason; sorted."""
    return tuple(sorted(Counter(reason for _, reason in unusable).items()))
