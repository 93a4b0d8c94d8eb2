"""Values of data elements as one line of text to be shown: shortened, with their length, never failing."""

from __future__ import annotations

import struct

from leukoviewer.dicom import dictionary, tags
from leukoviewer.dicom.values import Values

# So much of a value is read; what is longer is told by its length.
READ_BYTES = 4096
SHOWN_CHARACTERS = 1024
SHOWN_BYTES = 16

_NUMBERS = {
    "US": "H", "SS": "h", "UL": "I", "SL": "i", "UV": "Q", "SV": "q", "FL": "f", "FD": "d",
}  # fmt: skip
_TEXTS = frozenset(
    {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UR", "UT"}
)
_BINARY = frozenset({"OB", "OD", "OF", "OL", "OV", "OW"})


def shown(vr: str, head: bytes, length: int, *, big: bool = False, charset: bytes = b"") -> str:
    """A value as text.

    Parameters
    ----------
    vr : str
        Value representation; empty or ``UN`` when it is not known, then text that is plainly text is shown as such.
    head : bytes
        The value, or its first :data:`READ_BYTES`.
    length : int
        Bytes of the whole value.
    big : bool
        Whether it is big endian.
    charset : bytes
        Specific Character Set that holds for it, as it stands in the file.
    """
    if vr == "AT":
        return _tags(head, length, big=big)
    if vr in _NUMBERS:
        return _numbers(_NUMBERS[vr], head, length, big=big)
    if vr in _TEXTS or (vr not in _BINARY and _is_plain(head)):
        return _text(vr, head, length, charset)
    return _bytes(head, length)


def _text(vr: str, head: bytes, length: int, charset: bytes) -> str:
    values = Values()
    values.put(tags.SPECIFIC_CHARACTER_SET, b"CS", charset)
    values.put(tags.PATIENT_NAME, b"PN", head)
    text = _printable(values.person_text(tags.PATIENT_NAME))
    if vr == "UI":
        names = [dictionary.uid_name(uid) for uid in text.split("\\")]
        text += "".join(f"  ({', '.join(filter(None, names))})" if any(names) else "")
    if length > len(head):
        # A character may be cut in its middle.
        text = text.rstrip("\N{REPLACEMENT CHARACTER}")
    if length > len(head) or len(text) > SHOWN_CHARACTERS:
        return f"{text[:SHOWN_CHARACTERS]}… ({size(length)})"
    return text


def _printable(text: str) -> str:
    """One line: ends of lines are marked, what has no shape of its own becomes a dot."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", " ⏎ ")
    return "".join(char if char.isprintable() else "·" for char in text)


def _numbers(code: str, head: bytes, length: int, *, big: bool) -> str:
    each = struct.calcsize(f"={code}")
    if length % each:
        return _bytes(head, length)
    numbers = struct.unpack_from(f"{'>' if big else '<'}{len(head) // each}{code}", head)
    return _joined(
        [f"{number:.9g}" if isinstance(number, float) else f"{number}" for number in numbers], length // each
    )


def _tags(head: bytes, length: int, *, big: bool) -> str:
    if length % 4:
        return _bytes(head, length)
    halves = struct.unpack_from(f"{'>' if big else '<'}{len(head) // 4 * 2}H", head)
    return _joined([f"({halves[i]:04X},{halves[i + 1]:04X})" for i in range(0, len(halves), 2)], length // 4)


def _joined(values: list[str], count: int) -> str:
    """Values with the separator of DICOM, as many as there is room for."""
    text, kept = "\\".join(values), len(values)
    while len(text) > SHOWN_CHARACTERS:
        kept = max(1, int(kept * SHOWN_CHARACTERS / len(text)) - 1)
        text = "\\".join(values[:kept])
    return text if kept == count else f"{text}… ({count:,} values)"


def _bytes(head: bytes, length: int) -> str:
    if not length:
        return ""
    start = head[:SHOWN_BYTES].hex(" ").upper()
    return f"{start}{'…' if length > SHOWN_BYTES else ''} ({size(length)})"


def _is_plain(head: bytes) -> bool:
    """Whether bytes of unknown meaning are plainly text: printable ASCII, padded at the end at most."""
    text = head.rstrip(b"\0 ")
    return bool(text) and text.isascii() and text.decode("ascii").isprintable()


def size(length: int) -> str:
    """So many bytes, in words."""
    return f"{length:,} byte{'' if length == 1 else 's'}"
