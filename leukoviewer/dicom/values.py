"""Values of data elements, read tolerantly: what is absent, empty or nonsense is None or empty, never an error."""

from __future__ import annotations

import math
import struct
import unicodedata
from functools import lru_cache

from leukoviewer.dicom import tags

_BINARY = {
    b"US": ("H", 2), b"SS": ("h", 2), b"UL": ("I", 4), b"SL": ("i", 4), b"FL": ("f", 4), b"FD": ("d", 8),
    b"UV": ("Q", 8), b"SV": ("q", 8),
}  # fmt: skip
# Python codecs of defined terms of Specific Character Set (DICOM PS3.3 C.12.1.1.2); without code extensions.
_CODECS = {
    "": "latin-1", "ISO_IR 6": "latin-1", "ISO_IR 100": "latin-1", "ISO_IR 101": "iso8859-2", "ISO_IR 109": "iso8859-3",
    "ISO_IR 110": "iso8859-4", "ISO_IR 144": "iso8859-5", "ISO_IR 127": "iso8859-6", "ISO_IR 126": "iso8859-7",
    "ISO_IR 138": "iso8859-8", "ISO_IR 148": "iso8859-9", "ISO_IR 203": "iso8859-15", "ISO_IR 13": "shift_jis",
    "ISO_IR 166": "tis-620", "ISO_IR 192": "utf-8", "GB18030": "gb18030", "GBK": "gbk",
}  # fmt: skip

# Longer than any number or direction that is honestly written: six decimal strings of 16 bytes.
MAX_KEPT_BYTES = 128

# What a text ends with whose character set nobody knows.
UNSURE = " (?)"


class Values:
    """Raw values by tag, with tolerant getters.

    Parameters
    ----------
    big : bool
        Whether binary values are big endian.
    """

    __slots__ = ("_big", "_raw", "_sequences")

    def __init__(self, *, big: bool = False) -> None:
        self._big = big
        self._raw: dict[int, tuple[bytes, bytes]] = {}
        self._sequences: dict[int, list[Values]] = {}

    @classmethod
    def of(cls, raw: dict[int, tuple[bytes, bytes]]) -> Values:
        """Values in little endian by tag, each with its VR; the dictionary is taken over."""
        made = cls()
        made._raw = raw
        return made

    def __eq__(self, other: object) -> bool:
        """Whether the same elements hold the same values."""
        return isinstance(other, Values) and (self._raw, self._items_of_sequences(), self._big) == (
            other._raw, other._items_of_sequences(), other._big,
        )  # fmt: skip

    __hash__ = None  # type: ignore[assignment]  # values are filled while a file is read

    @property
    def is_big(self) -> bool:
        """Whether binary values are big endian."""
        return self._big

    def has(self, tag: int) -> bool:
        """Whether the element is there, be it empty."""
        return tag in self._raw

    def put(self, tag: int, vr: bytes, value: bytes) -> None:
        """Keep the first value of a tag."""
        self._raw.setdefault(tag, (vr or tags.VR_OF[tag], value))

    def items(self, tag: int) -> list[Values]:
        """The items of a sequence, a list that grows as they are read."""
        return self._sequences.setdefault(tag, [])

    def item(self, tag: int) -> Values:
        """The first item of a sequence; an empty one when there is none."""
        found = self._sequences.get(tag)
        return found[0] if found else Values(big=self._big)

    def text(self, tag: int) -> str:
        """The first value of a string of the default repertoire, stripped; empty when absent."""
        return self.raw_text(tag).split("\\", 1)[0].strip()

    def texts(self, tag: int) -> tuple[str, ...]:
        """All values of a string, stripped."""
        text = self.raw_text(tag)
        return tuple(part.strip() for part in text.split("\\")) if text else ()

    def raw_text(self, tag: int) -> str:
        """A string with its separators, in Latin-1 whatever was declared: it never fails."""
        found = self._raw.get(tag)
        return "" if found is None else found[1].decode("latin-1").strip("\0 ")

    def person_text(self, tag: int) -> str:
        """A text in the declared character set, marked where it is not sure.

        Bytes that do not fit the set become the replacement character; a text whose set is not known is read as Latin-1
        and ends with a question mark in brackets.
        """
        found = self._raw.get(tag)
        if found is None:
            return ""
        value = found[1].strip(b"\0 ")
        if value.isascii() and b"\x1b" not in value:
            return value.decode("ascii")
        return _decode(value, self.texts(tags.SPECIFIC_CHARACTER_SET))

    def numbers(self, tag: int) -> tuple[float, ...]:
        """All finite numbers of an element; empty when it is absent or one of them is nonsense."""
        raw = self._raw.get(tag)
        if raw is None:
            return ()
        # Long values are rare, and not kept in memory.
        return (_numbers if len(raw[1]) <= MAX_KEPT_BYTES else _numbers.__wrapped__)(*raw, self._big)

    def number(self, tag: int) -> float | None:
        """The first number; None when absent or nonsense."""
        found = self.numbers(tag)
        return found[0] if found else None

    def integer(self, tag: int) -> int | None:
        """The first number if it is whole."""
        found = self.number(tag)
        return int(found) if found is not None and found == int(found) else None

    def stored_value(self, tag: int, *, signed: bool) -> int | None:
        """A stored pixel value (VR ``US or SS``), read as the pixels are signed (DICOM PS3.3 C.7.5.1.1.2)."""
        found = self._raw.get(tag)
        if found is None or len(found[1]) not in {2, 4}:
            return None
        return int.from_bytes(found[1], "big" if self._big else "little", signed=signed)

    def element(self, tag: int) -> tuple[bytes, bytes] | None:
        """VR and bytes of an element, None when absent; for telling values apart."""
        return self._raw.get(tag)

    def _items_of_sequences(self) -> dict[int, list[Values]]:
        # To ask for the items of a sequence that is not there leaves an empty list behind.
        return {tag: items for tag, items in self._sequences.items() if items}


# The images of a series repeat nearly all of their numbers.
@lru_cache(maxsize=4096)
def _numbers(vr: bytes, value: bytes, big: bool) -> tuple[float, ...]:  # noqa: FBT001 (positional for the cache)
    """All finite numbers of a value; empty when one of them is nonsense."""
    try:
        if vr in _BINARY:
            code, size = _BINARY[vr]
            found: tuple[float, ...] = struct.unpack_from(f"{'>' if big else '<'}{len(value) // size}{code}", value)
        else:
            found = _parsed(value)
    except ValueError:
        return ()
    return found if all(map(math.isfinite, found)) else ()


def _parsed(value: bytes) -> tuple[float, ...]:
    """Decimal and integer strings; a comma for the point is forgiven."""
    text = value.decode("latin-1").strip("\0 ")
    return tuple(float(part.replace(",", ".")) for part in text.split("\\") if part.strip())


def _decode(value: bytes, terms: tuple[str, ...]) -> str:
    if len(terms) > 1 or (terms and terms[0].startswith("ISO 2022")):
        return _decode_extended(value, terms)
    codec = _CODECS.get(_term(terms[0]) if terms else "")
    if codec is None:
        return value.decode("latin-1") + UNSURE
    return value.decode(codec, "replace")


def _term(declared: str) -> str:
    """A defined term without the usual slips: small letters, hyphens, spaces for underscores."""
    plain = declared.upper().replace("-", "_").replace("ISO IR", "ISO_IR").replace("ISO_IR_", "ISO_IR ")
    return {"UTF_8": "ISO_IR 192", "UTF8": "ISO_IR 192", "LATIN_1": "ISO_IR 100", "ISO_8859_1": "ISO_IR 100"}.get(
        plain, plain
    )


def printable(text: str) -> str:
    """A text with its control characters replaced: they would move a terminal's cursor, or break a report's line."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(letter) == "Cc" else letter for letter in text)


def _decode_extended(value: bytes, terms: tuple[str, ...]) -> str:
    """Code extensions (ISO 2022) are rare and left to pydicom."""
    import warnings

    from pydicom.charset import convert_encodings, decode_bytes, python_encoding

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            text = str(decode_bytes(value, convert_encodings(list(terms)), {"\\", "^", "="}))
        except (LookupError, ValueError):
            return value.decode("latin-1") + UNSURE
    return text if all(term in python_encoding for term in terms) else text + UNSURE
