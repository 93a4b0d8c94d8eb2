"""A small, fast and suspicious reader of DICOM data elements, up to the pixel data and without them.

It reads what :data:`~leukoviewer.dicom.tags.VR_OF` names and steps over everything else, so that a folder's headers
are known in a fraction of the time of a full parse, and so that no file can make it recurse, allocate or loop without
bound. Pixels are never touched: only where they begin and how long they are is remembered (DICOM PS3.5 section 7).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from struct import Struct
from typing import BinaryIO

from leukoviewer.dicom import tags
from leukoviewer.dicom.syntaxes import DEFLATED, EXPLICIT_BIG, IMPLICIT_LITTLE
from leukoviewer.dicom.values import Values
from leukoviewer.dicom.zipped import open_file

MAX_DEPTH = 16
MAX_ELEMENTS = 200_000
MAX_VALUE_BYTES = 1 << 20
MAX_INFLATED_HEADER_BYTES = 8 << 20

FIRST_CHUNK_BYTES = 16 << 10
_CHUNK_BYTES = 64 << 10
UNDEFINED = 0xFFFFFFFF
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
LONG_VRS = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})
SHORT_VRS = frozenset(
    {b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"PN", b"SH", b"SL", b"SS"}
    | {b"ST", b"TM", b"UI", b"UL", b"US"}
)
# Beyond this group lie what needs a closer look: groups of frames, pixels, the marks of items.
_LAST_PLAIN_GROUP, _META_GROUP = 0x51FF, 2
PIXEL_TAGS = frozenset({0x7FE00008, 0x7FE00009, 0x7FE00010})
NOT_DICOM = "not DICOM"


class NotDicomError(Exception):
    """The file is not a DICOM file; the text is the short reason under which it is counted."""


class MalformedError(NotDicomError):
    """The file begins as DICOM and then breaks its rules."""


@dataclass(slots=True)
class PixelElement:
    """Where the pixel data lie.

    Attributes
    ----------
    offset : int
        First byte of the value, in the file (in the inflated data set of a deflated file).
    length : int or None
        Bytes, None when undefined (encapsulated).
    """

    offset: int
    length: int | None


@dataclass(slots=True)
class FileElements:
    """What one file says about itself.

    Attributes
    ----------
    values : Values
        Wanted top-level elements; wanted sequences hold their items.
    transfer_syntax_uid : str
        As stated; empty when it is not.
    sop_class_uid : str
        Of the data set, else of the file meta information (a DICOMDIR has it there alone).
    pixels : PixelElement or None
        None when the file holds no pixel data.
    size : int
        Bytes of the file.
    data_start : int
        Where the data set begins in the file, after preamble and file meta information.
    notes : list of str
        Departures from the standard that were lived with.
    """

    values: Values
    transfer_syntax_uid: str
    sop_class_uid: str
    pixels: PixelElement | None
    size: int
    data_start: int
    notes: list[str] = field(default_factory=list)


class Source:
    """Random access to a file through one moving window, so that headers of any length cost few reads."""

    __slots__ = ("base", "buffer", "file", "size")

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.file, self.size, self.base = file, size, 0
        self.buffer = file.read(FIRST_CHUNK_BYTES)

    def at(self, position: int, count: int) -> int:
        """Index in ``buffer`` of ``position``, after making sure that ``count`` bytes follow it."""
        index = position - self.base
        if index >= 0 and index + count <= len(self.buffer):
            return index
        if position + count > self.size:
            raise MalformedError("damaged DICOM file")
        self.file.seek(position)
        self.base, self.buffer = position, self.file.read(max(_CHUNK_BYTES, count))
        if len(self.buffer) < count:
            raise MalformedError("damaged DICOM file")
        return 0

    def take(self, position: int, count: int) -> bytes:
        """A copy of some bytes."""
        index = self.at(position, count)
        return self.buffer[index : index + count]


class Walker:
    """Steps from element to element of one encoding."""

    __slots__ = ("big", "budget", "explicit", "implicit", "item", "pixels", "short", "source", "word")

    def __init__(self, source: Source, *, explicit: bool, big: bool) -> None:
        order = ">" if big else "<"
        self.source, self.explicit, self.big = source, explicit, big
        self.short, self.item = Struct(order + "HH2sH").unpack_from, Struct(order + "HHI").unpack_from
        self.word = Struct(order + "I").unpack_from
        self.budget = MAX_ELEMENTS
        self.pixels: PixelElement | None = None

    def header(self, position: int, *, explicit: bool) -> tuple[int, bytes, int, int]:
        """Tag, VR (empty when implicit), length, and where the value begins."""
        source = self.source
        index = position - source.base
        if index < 0 or index + 12 > len(source.buffer):
            index = source.at(position, 8)
        if explicit:
            group, element, vr, length = self.short(source.buffer, index)
            tag = group << 16 | element
            if vr in LONG_VRS:
                index = source.at(position, 12)
                return tag, vr, self.word(source.buffer, index + 8)[0], position + 12
            # Some writers put implicit elements under an explicit header: bytes that are no letters tell them.
            if group != 0xFFFE and 65 <= vr[0] <= 90 and 65 <= vr[1] <= 90:
                return tag, vr, length, position + 8
        group, element, length = self.item(source.buffer, index)
        return group << 16 | element, b"", length, position + 8

    def plain(self, position: int, end: int, values: Values, *, last_group: int) -> int:
        """Step over explicit elements of a short form inside the window; stops before any that is not so.

        Nearly all elements of a header are: without a call for each, a header is read in half the time.
        """
        source, unpack, wanted, put = self.source, self.short, tags.VR_OF, values.put
        base, buffer = source.base, source.buffer
        index, length_of_buffer = position - base, len(buffer)
        if index < 0:
            return position
        last, count = min(length_of_buffer, end - base) - 12, 0
        while index <= last:
            group, element, vr, length = unpack(buffer, index)
            if vr not in SHORT_VRS or group > last_group:
                break
            tag, after = group << 16 | element, index + 8 + length
            if tag in wanted:
                if after > length_of_buffer or base + after > end:
                    break
                put(tag, vr, buffer[index + 8 : after])
            index = after
            count += 1
        self.budget -= count
        return base + index

    def walk(self, position: int, end: int, values: Values, *, explicit: bool, depth: int = 0) -> int:
        """Read elements into ``values`` until ``end``, an item's end, or (on the top level) the pixel data."""
        if depth > MAX_DEPTH:
            raise MalformedError("damaged DICOM file (nested too deep)")
        wanted = tags.VR_OF
        while True:
            if explicit:
                position = self.plain(position, end, values, last_group=_LAST_PLAIN_GROUP)
            if position + 8 > end:
                return position
            self.budget -= 1
            if self.budget < 0:
                raise MalformedError("damaged DICOM file (too many elements)")
            tag, vr, length, start = self.header(position, explicit=explicit)
            # Most elements are nobody's business and of known length: they are left behind here.
            if tag not in wanted and tag >> 16 < 0x5200 and length != UNDEFINED and tag not in tags.SEQUENCES:
                position = start + length
                continue
            if tag == ITEM_END:
                return start
            if depth == 0 and tag in PIXEL_TAGS:
                self.pixels = PixelElement(start, None if length == UNDEFINED else length)
                return start
            if length == UNDEFINED or (tag in tags.SEQUENCES and vr in {b"", b"SQ"}):
                stop = min(end, start + length) if length != UNDEFINED else end
                items = values.items(tag) if tag in tags.SEQUENCES else None
                # A value of unknown VR and undefined length is implicit inside (PS3.5 section 6.2.2, note 2).
                position = self.sequence(start, stop, items, explicit=explicit and vr != b"UN", depth=depth)
                continue
            if tag in wanted and start + length <= end and length <= MAX_VALUE_BYTES:
                values.put(tag, vr, self.source.take(start, length))
            position = start + length

    def sequence(self, position: int, end: int, items: list[Values] | None, *, explicit: bool, depth: int) -> int:
        """Step over a sequence, reading its items when they are wanted; returns where it ends."""
        while position + 8 <= end:
            self.budget -= 1
            tag, _, length, start = self.header(position, explicit=False)
            if tag == SEQUENCE_END:
                return start
            if tag != ITEM or self.budget < 0:
                raise MalformedError("damaged DICOM file")
            item = Values(big=self.big)
            if items is not None:
                items.append(item)
            if length == UNDEFINED:
                position = self.walk(start, end, item, explicit=explicit, depth=depth + 1)
            else:
                if items is not None:
                    self.walk(start, min(end, start + length), item, explicit=explicit, depth=depth + 1)
                position = start + length
        return end


def read_elements(path: Path) -> FileElements:
    """Read the wanted elements of a file.

    Raises
    ------
    NotDicomError
        The file is no DICOM file, or is damaged before the pixel data; the text is the reason for counting.
    OSError
        The file cannot be opened or read.
    """
    with open_file(path) as file:
        return read_open(file, file.seek(0, 2))


def read_elements_of(data: bytes) -> FileElements:
    """The same for the bytes of a file."""
    return read_open(BytesIO(data), len(data))


@dataclass(slots=True)
class Opened:
    """A file whose encoding is known, before its data set is read.

    Attributes
    ----------
    file, data : Source
        The file as it lies there, and the data set; the same unless the data set is deflated.
    meta : Values
        The file meta information.
    meta_start, data_start : int
        Where it and the data set begin in the file; equal when there is no file meta information.
    start : int
        Where the data set begins in ``data``.
    explicit, big : bool
        How the data set is encoded.
    notes : list of str
        Departures from the standard that were lived with.
    """

    file: Source
    data: Source
    meta: Values
    meta_start: int
    data_start: int
    start: int
    explicit: bool
    big: bool
    notes: list[str]


def open_elements(file: BinaryIO, size: int) -> Opened:
    """Find out how a file is encoded.

    Raises
    ------
    NotDicomError
        The file is no DICOM file, or is damaged before its data set.
    OSError
        The file cannot be read.
    """
    file.seek(0)
    source = data = Source(file, size)
    notes: list[str] = []
    meta_start = 132 if source.buffer[128:132] == b"DICM" else 0
    if meta_start:
        meta, data_start = _meta(source, meta_start)
    else:
        meta, data_start = _without_preamble(source)
        notes.append("no DICOM preamble")
    start, syntax = data_start, meta.text(tags.TRANSFER_SYNTAX_UID)
    if syntax == DEFLATED:
        data, start = _inflated(source, start), 0
    explicit, big = _encoding(data, start, syntax, notes)
    return Opened(source, data, meta, meta_start, data_start, start, explicit, big, notes)


def read_open(file: BinaryIO, size: int) -> FileElements:
    """The same for an open file of so many bytes."""
    found = open_elements(file, size)
    walker = Walker(found.data, explicit=found.explicit, big=found.big)
    values = Values(big=found.big)
    walker.walk(found.start, found.data.size, values, explicit=found.explicit)
    own_class = values.text(tags.SOP_CLASS_UID)
    if "no DICOM preamble" in found.notes and not own_class:
        raise NotDicomError(NOT_DICOM)
    sop_class = own_class or found.meta.text(tags.MEDIA_SOP_CLASS_UID)
    syntax = found.meta.text(tags.TRANSFER_SYNTAX_UID)
    return FileElements(values, syntax, sop_class, walker.pixels, size, found.data_start, found.notes)


def _meta(source: Source, position: int) -> tuple[Values, int]:
    """The file meta information, and where the data set begins."""
    walker = Walker(source, explicit=True, big=False)
    meta = Values()
    while position + 8 <= source.size:
        position = walker.plain(position, source.size, meta, last_group=_META_GROUP)
        if position + 8 > source.size:
            break
        tag, vr, length, start = walker.header(position, explicit=True)
        if tag >> 16 != 2:
            break
        walker.budget -= 1
        if walker.budget < 0:
            raise MalformedError("damaged DICOM file (too many elements)")
        if tag in tags.VR_OF and length <= 64:
            meta.put(tag, vr, source.take(start, length))
        position = start + length
    return meta, position


def _without_preamble(source: Source) -> tuple[Values, int]:
    """Accept a bare data set only if it begins with group 2 or 8, as a DICOM file must."""
    head = source.buffer[:8]
    if len(head) < 8:
        raise NotDicomError(NOT_DICOM)
    if head[:2] == b"\x02\0":
        return _meta(source, 0)
    if head[:2] not in {b"\x08\0", b"\0\x08"}:
        raise NotDicomError(NOT_DICOM)
    return Values(), 0


def _encoding(source: Source, start: int, syntax: str, notes: list[str]) -> tuple[bool, bool]:
    """Whether the data set is explicit and big endian: as stated, unless its first element says otherwise."""
    if source.size - start < 8:
        return True, False
    head = source.take(start, 8)
    explicit_found = 65 <= head[4] <= 90 and 65 <= head[5] <= 90
    if not syntax:
        notes.append("no transfer syntax")
        return explicit_found, head[0] == 0 and head[1] != 0
    explicit = syntax != IMPLICIT_LITTLE
    if explicit != explicit_found:
        notes.append("another encoding than stated")
    return explicit_found, syntax == EXPLICIT_BIG


def _inflated(source: Source, start: int) -> Source:
    """The beginning of a deflated data set, inflated under a cap: enough for any honest header."""
    source.file.seek(start)
    raw = source.file.read(MAX_INFLATED_HEADER_BYTES)
    try:
        data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(raw, MAX_INFLATED_HEADER_BYTES)
    except zlib.error as error:
        raise MalformedError("damaged DICOM file") from error
    return Source(BytesIO(data), len(data))
