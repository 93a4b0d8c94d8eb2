"""Everything that one DICOM file says, ready to be shown: attributes with their values as text (values only)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a file. Its ``repr`` tells no value, so that no log can.

    Attributes
    ----------
    tag : int
        Group and element, e.g. ``0x00100010``.
    keyword : str
        As DICOM PS3.6 writes it, e.g. ``PatientName``; empty for private and unknown ones.
    name : str
        In words; of a private one what its maker calls it, as far as that is known.
    vr : str
        Value representation, as the file states it, else as the dictionary knows it.
    value : str
        The value as one line of text; long and binary ones are shortened and tell their length.
    length : int or None
        Bytes of the value; None when the file leaves it open.
    items : tuple of tuple of Attribute
        What the items of a sequence hold.
    """

    tag: int
    keyword: str
    name: str
    vr: str
    value: str = field(default="", repr=False)
    length: int | None = 0
    items: tuple[tuple[Attribute, ...], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.tag <= 0xFFFFFFFF:
            raise ValueError("a tag has four bytes")

    @property
    def tag_text(self) -> str:
        """The tag as it is written, e.g. ``(0010,0010)``."""
        return f"({self.tag >> 16:04X},{self.tag & 0xFFFF:04X})"

    @property
    def title(self) -> str:
        """The keyword; the name in brackets for an attribute that has none."""
        return self.keyword or f"[{self.name}]"

    def walk(self) -> Iterator[Attribute]:
        """This one and all that lie in it."""
        yield self
        for item in self.items:
            for attribute in item:
                yield from attribute.walk()


@dataclass(frozen=True, slots=True)
class FileAttributes:
    """All attributes of one file.

    Attributes
    ----------
    attributes : tuple of Attribute
        Of the file meta information and the data set, in the order of the file.
    notes : tuple of str
        Sentences on what is odd, damaged or left out; empty for a sound file.
    """

    attributes: tuple[Attribute, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many there are, with those in sequences."""
        return sum(1 for attribute in self.attributes for _ in attribute.walk())
