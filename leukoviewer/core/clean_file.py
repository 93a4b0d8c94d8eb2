"""A file from which the patient was taken out, and what went with the patient; names of attributes, never values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CleanFile:
    """One file of a series without its patient.

    Attributes
    ----------
    name : str
        E.g. ``0001.dcm``.
    data : bytes
        The whole file.
    removed, emptied, replaced : tuple of str
        Keywords of the attributes that were left out, that are there and empty, that have another value.
    private : int
        How many private attributes were left out.
    """

    name: str
    data: bytes = field(repr=False)
    removed: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    private: int = 0


class Removal:
    """Counts what was taken out of many files."""

    def __init__(self) -> None:
        self.files = 0
        self.removed: Counter[str] = Counter()
        self.emptied: Counter[str] = Counter()
        self.replaced: Counter[str] = Counter()
        self.private = 0

    def add(self, file: CleanFile) -> None:
        """One file more."""
        self.files += 1
        self.removed.update(file.removed)
        self.emptied.update(file.emptied)
        self.replaced.update(file.replaced)
        self.private = max(self.private, file.private)

    def text(self) -> str:
        """All of it as a plain text for the folder: attributes by name, with the number of files that had them."""
        lines = [
            f"{self.files} files without the patient: DICOM PS3.15, Basic Application Confidentiality Profile.",
            "",
        ]
        for title, counted in (
            ("Removed", self.removed), ("Emptied", self.emptied), ("Replaced by other values", self.replaced),
        ):  # fmt: skip
            lines.append(f"{title}:")
            lines += [f"  {name} ({count})" for name, count in sorted(counted.items())] or ["  nothing"]
        lines.append(f"Private attributes removed from a file: at most {self.private}")
        lines.append("Pixels are untouched: whether a picture itself shows the patient's name was not looked at.")
        return "\n".join(lines) + "\n"
