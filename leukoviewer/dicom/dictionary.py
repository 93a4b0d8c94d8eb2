"""Names and value representations of attributes, from pydicom's dictionaries, the private ones included."""

from __future__ import annotations

from dataclasses import dataclass

_OWN_VRS = {"US or OW": "OW", "US or SS or OW": "OW", "OB or OW": "OW"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a tag.

    Attributes
    ----------
    keyword : str
        Empty for private and unknown tags.
    name : str
        In words.
    vr : str
        Empty when it is not known; ``US or SS`` where the sign of pixels decides.
    is_known : bool
        Whether a dictionary has it.
    """

    keyword: str
    name: str
    vr: str
    is_known: bool = True


def is_private(tag: int) -> bool:
    """Whether a maker of devices gave the tag its meaning (DICOM PS3.5 section 7.8)."""
    return bool(tag >> 16 & 1)


def is_creator(tag: int) -> bool:
    """Whether it reserves a block of private tags."""
    return is_private(tag) and 0x10 <= tag & 0xFFFF <= 0xFF


def creator_of(tag: int) -> int:
    """The tag that tells who gave a private tag its meaning."""
    return tag & 0xFFFF0000 | (tag & 0xFFFF) >> 8


def look_up(tag: int, creator: str = "") -> Entry:
    """Name and representation of a tag.

    Parameters
    ----------
    tag : int
        Group and element.
    creator : str
        Who reserved the block of a private tag.
    """
    if not tag & 0xFFFF:
        return Entry("", "Group Length", "UL")
    if is_creator(tag):
        return Entry("", "Private Creator", "LO")
    return _private(tag, creator) if is_private(tag) else _public(tag)


def _public(tag: int) -> Entry:
    from pydicom.datadict import get_entry

    try:
        vr, _, name, _, keyword = get_entry(tag)
    except KeyError:
        return Entry("", "Unknown", "", is_known=False)
    return Entry(keyword, name or "Retired", _OWN_VRS.get(vr, vr) if vr != "NONE" else "")


def _private(tag: int, creator: str) -> Entry:
    from pydicom.datadict import get_private_entry

    try:
        vr, _, name, _ = get_private_entry(tag, creator)
    except KeyError:
        return Entry("", f"Private: {creator}" if creator else "Private", "", is_known=False)
    return Entry("", name, _OWN_VRS.get(vr, vr))


def uid_name(uid: str) -> str:
    """What a unique identifier of the standard stands for; empty for others."""
    from pydicom.uid import UID_dictionary

    found = UID_dictionary.get(uid)
    return found[0] if found else ""
