"""All attributes of one file for the reader's eyes: nested and private ones too, the pixels never loaded.

It steps through the file with :class:`~leukoviewer.dicom.elements.Walker`, under the same suspicion: depth, number and
size of what is kept have limits, and what a damaged file still says is shown up to where it breaks (DICOM PS3.5
section 7).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from leukoviewer.core.attributes import Attribute, FileAttributes
from leukoviewer.core.progress import Progress, Work
from leukoviewer.dicom import dictionary, tags
from leukoviewer.dicom.attribute_text import READ_BYTES, shown, size
from leukoviewer.dicom.elements import (
    ITEM,
    ITEM_END,
    MAX_DEPTH,
    PIXEL_TAGS,
    SEQUENCE_END,
    UNDEFINED,
    MalformedError,
    NotDicomError,
    Walker,
    open_elements,
)
from leukoviewer.dicom.syntaxes import DEFLATED
from leukoviewer.dicom.zipped import open_file
from leukoviewer.errors import NothingReadableError

MAX_ATTRIBUTES = 50_000
MAX_FRAGMENTS = 100_000
# All values together; beyond it they are told by their length alone.
MAX_CHARACTERS = 16 << 20

_STEP = 1000


def read_attributes(path: Path) -> Work[FileAttributes]:
    """Read all attributes of a file.

    Parameters
    ----------
    path : Path
        The file.

    Yields
    ------
    Progress
        Now and then, without parts.

    Returns
    -------
    FileAttributes
        What the file says, up to where it breaks if it is damaged; a note tells so.

    Raises
    ------
    NothingReadableError
        The file is gone, may not be read, or is no DICOM file.
    """
    yield Progress(0, 0, "Reading attributes")
    try:
        with open_file(path) as file:
            return (yield from _read(file, file.seek(0, 2)))
    except FileNotFoundError as error:
        sentence = "The file of this slice is no longer there; open the folder again."
        raise NothingReadableError(sentence, thing=path) from error
    except OSError as error:
        sentence = "The file of this slice cannot be read; check its permissions and the connection."
        raise NothingReadableError(sentence, thing=path) from error
    except NotDicomError as error:
        sentence = f"The attributes of this slice cannot be read ({error}); choose another slice."
        raise NothingReadableError(sentence, thing=path) from error


def _read(file: BinaryIO, length: int) -> Work[FileAttributes]:
    found = open_elements(file, length)
    reading = _Reading(Walker(found.file, explicit=True, big=False))
    meta, _ = yield from reading.walk(found.meta_start, found.data_start, _Level(explicit=True))
    reading.walker = Walker(found.data, explicit=found.explicit, big=found.big)
    reading.is_cut_short = found.meta.text(tags.TRANSFER_SYNTAX_UID) == DEFLATED
    data, _ = yield from reading.walk(found.start, found.data.size, _Level(explicit=found.explicit))
    notes = [f"The file departs from the standard: {', '.join(found.notes)}."] if found.notes else []
    return FileAttributes((*meta, *data), (*notes, *([reading.note] if reading.note else [])))


@dataclass(slots=True)
class _Level:
    """What holds within one data set or item."""

    explicit: bool
    depth: int = 0
    charset: bytes = b""
    creators: dict[int, str] = field(default_factory=dict)

    def item(self, *, explicit: bool) -> _Level:
        """That of an item: it inherits the character set and names its own makers of private attributes."""
        return _Level(explicit, self.depth + 1, self.charset)


@dataclass(slots=True)
class _Element:
    """One element before its value is read."""

    tag: int
    stated_vr: str
    length: int
    start: int
    entry: dictionary.Entry

    @property
    def is_open(self) -> bool:
        """Whether its length is left open."""
        return self.length == UNDEFINED

    def told(self, vr: str, value: str, items: tuple[tuple[Attribute, ...], ...] = ()) -> Attribute:
        """As it is shown."""
        length = None if self.is_open else self.length
        return Attribute(self.tag, self.entry.keyword, self.entry.name, vr, value, length, items)


class _Reading:
    """One pass over a file; it ends as soon as there is a note on why."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.is_cut_short = False
        self.note = ""
        self._signed = False
        self._count = 0
        self._room = MAX_CHARACTERS
        self._last = ""

    def walk(self, position: int, end: int, level: _Level) -> Generator[Progress, None, tuple[list[Attribute], int]]:
        """Attributes up to ``end`` or the end of an item, and where that is."""
        found: list[Attribute] = []
        if level.depth > MAX_DEPTH:
            self.note = f"Sequences lie in each other deeper than {MAX_DEPTH} levels; what follows is not shown."
        while position + 8 <= end and not self.note:
            element = self._element(position, level)
            if element is None or element.tag == ITEM_END:
                return found, position if element is None else element.start
            if (yield from self._counted()):
                break
            attribute, position = yield from self._attribute(element, end, level)
            if attribute is not None:
                found.append(attribute)
        return found, position

    def _element(self, position: int, level: _Level) -> _Element | None:
        """The next one; None when the file breaks here."""
        try:
            tag, vr, length, start = self.walker.header(position, explicit=level.explicit)
        except MalformedError:
            self._break()
            return None
        entry = dictionary.look_up(tag, level.creators.get(dictionary.creator_of(tag), ""))
        return _Element(tag, vr.decode("ascii"), length, start, entry)

    def _counted(self) -> Generator[Progress, None, bool]:
        """Count one more; whether there are too many by now."""
        self._count += 1
        if self._count % _STEP == 0:
            yield Progress(0, 0, "Reading attributes")
        if self._count > MAX_ATTRIBUTES:
            self.note = f"Only the first {MAX_ATTRIBUTES:,} attributes of this file are shown."
        return bool(self.note)

    def _break(self) -> None:
        after = f" after {self._last}" if self._last else ""
        self.note = f"The file is damaged{after}; what follows cannot be shown."

    def _attribute(
        self, element: _Element, end: int, level: _Level
    ) -> Generator[Progress, None, tuple[Attribute | None, int]]:
        """One attribute, None when its value is not there; and where the next one begins."""
        if element.tag in PIXEL_TAGS:
            return self._pixels(element, end)
        attribute: Attribute | None
        is_cut = not element.is_open and element.start + element.length > end
        if self._is_sequence(element):
            attribute, position = yield from self._sequence(element, end, level)
        else:
            attribute, position = None if is_cut else self._value(element, level), element.start + element.length
        if is_cut and not self.note:
            self._break()
        if attribute is not None and not self.note:
            self._last = f"{attribute.tag_text} {attribute.title}"
        return attribute, position

    # Plain values

    def _value(self, element: _Element, level: _Level) -> Attribute | None:
        try:
            head = self.walker.source.take(element.start, min(element.length, READ_BYTES))
        except MalformedError:
            self._break()
            return None
        known = element.entry.vr
        if known == "US or SS":
            known = "SS" if self._signed else "US"
        vr = element.stated_vr or known or "UN"
        charset = b"" if element.tag == tags.SPECIFIC_CHARACTER_SET else level.charset
        # What went through a foreign archive as unknown is told by the dictionary, in little endian (PS3.5 6.2.2).
        meant, big = (known, False) if vr == "UN" and known not in {"", "SQ"} else (vr, self.walker.big)
        text = shown(meant, head, element.length, big=big, charset=charset) if self._room > 0 else size(element.length)
        self._room -= len(text)
        self._learn(element.tag, head, text, level)
        return element.told(vr, text)

    def _learn(self, tag: int, head: bytes, text: str, level: _Level) -> None:
        """Keep what later values are read by."""
        if tag == tags.SPECIFIC_CHARACTER_SET:
            level.charset = head
        elif tag == tags.PIXEL_REPRESENTATION:
            self._signed = text == "1"
        elif dictionary.is_creator(tag):
            level.creators[tag] = text.strip()

    # Sequences

    def _is_sequence(self, element: _Element) -> bool:
        if element.is_open or element.stated_vr == "SQ":
            return True
        if element.stated_vr not in {"", "UN"} or element.entry.vr not in {"", "SQ"}:
            return False
        if not element.length:
            return element.entry.vr == "SQ"
        # Where neither the file nor a dictionary tells, an item that fits tells.
        if element.length < 8:
            return False
        try:
            tag, _, length, _ = self.walker.header(element.start, explicit=False)
        except MalformedError:
            return False
        return tag == ITEM and (length == UNDEFINED or length <= element.length - 8)

    def _sequence(self, element: _Element, end: int, level: _Level) -> Generator[Progress, None, tuple[Attribute, int]]:
        stop = end if element.is_open else min(end, element.start + element.length)
        # A value of unknown VR is implicit inside (PS3.5 section 6.2.2, note 2).
        explicit = level.explicit and element.stated_vr != "UN"
        items, position = yield from self._items(element.start, stop, level, explicit=explicit)
        count = f"{len(items)} item{'' if len(items) == 1 else 's'}"
        return element.told("SQ", count, tuple(items)), position if element.is_open else stop

    def _items(
        self, position: int, end: int, level: _Level, *, explicit: bool
    ) -> Generator[Progress, None, tuple[list[tuple[Attribute, ...]], int]]:
        items: list[tuple[Attribute, ...]] = []
        while position + 8 <= end and not self.note:
            try:
                tag, _, length, start = self.walker.header(position, explicit=False)
            except MalformedError:
                tag, length, start = 0, 0, position
            if tag == SEQUENCE_END:
                return items, start
            if tag != ITEM:
                self._break()
                break
            if (yield from self._counted()):
                break
            stop = end if length == UNDEFINED else min(end, start + length)
            found, after = yield from self.walk(start, stop, level.item(explicit=explicit))
            items.append(tuple(found))
            position = after if length == UNDEFINED else stop
        return items, position

    # Pixels

    def _pixels(self, element: _Element, end: int) -> tuple[Attribute, int]:
        """What the pixel data are, without reading them; and where they end."""
        vr = element.stated_vr or element.entry.vr or "OW"
        if element.is_open:
            text, position = self._fragments(element.start, end)
            return element.told(vr, text), position
        there = end - element.start
        if element.length > there and not self.is_cut_short:
            self.note = f"The pixel data are cut off: {there:,} of {size(element.length)} are there."
        text = f"pixel data, not loaded ({size(element.length)})"
        return element.told(vr, text), min(end, element.start + element.length)

    def _fragments(self, position: int, end: int) -> tuple[str, int]:
        """Compressed pixel data: the number of pieces and of bytes (PS3.5 annex A.4), and where they end."""
        count = total = 0
        while position + 8 <= end:
            try:
                tag, _, length, start = self.walker.header(position, explicit=False)
            except MalformedError:
                tag, length, start = 0, 0, position
            if tag == SEQUENCE_END:
                break
            if tag != ITEM or start + length > end or count >= MAX_FRAGMENTS:
                self.note = "The compressed pixel data do not end as they should; what follows them is not shown."
                break
            count, total, position = count + 1, total + length, start + length
        # The first piece is the table of offsets.
        pieces = max(0, count - 1)
        words = f"{pieces:,} piece{'' if pieces == 1 else 's'}, {size(total)}"
        return f"compressed pixel data, not loaded ({words})", position + 8
