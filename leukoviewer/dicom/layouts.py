"""Headers that are laid out like one that was read before: thousands of files of one series differ in a few lengths.

The first file of a series is walked element by element. From then on the heads of all elements (tag, value
representation, length) are compared at once, and values are taken from where they must lie; an element whose length
differs from file to file has its length read and moves what follows. A file that is laid out otherwise is walked, and
what it teaches is kept. So a layout never says of a file anything but what the walk would say.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO

from leukoviewer.dicom import tags
from leukoviewer.dicom.elements import (
    FIRST_CHUNK_BYTES,
    LONG_VRS,
    PIXEL_TAGS,
    SHORT_VRS,
    UNDEFINED,
    FileElements,
    PixelElement,
    read_open,
)
from leukoviewer.dicom.syntaxes import DEFLATED
from leukoviewer.dicom.values import Values
from leukoviewer.dicom.zipped import open_file

# Series of a folder whose layouts are kept at a time.
MAX_LAYOUTS = 8
# Where so many files more than fit taught something, files have little in common, and no time is spent on it.
MAX_LESSONS = 32
_PREAMBLE = 132
_META_GROUP = 2
_HEAD, _WORD, _SHORT = Struct("<HH2sH").unpack_from, Struct("<I").unpack_from, Struct("<H").unpack_from


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of the top level: tag, VR and length as in ``head``; ``syntax`` is the value of Transfer Syntax."""

    tag: int
    vr: bytes
    position: int
    head: bytes
    length: int
    syntax: bytes = b""


@dataclass(frozen=True, slots=True)
class _Run:
    """Elements of known lengths, then the head of one whose length the file tells.

    ``heads`` and ``values`` unpack what is compared and what is kept; ``size`` are the bytes up to the last value.
    """

    heads: Any
    expected: tuple[bytes, ...]
    values: Any
    names: tuple[int, ...]
    vrs: tuple[bytes, ...]
    size: int
    last: int
    last_vr: bytes
    is_last_wanted: bool
    length: Any
    length_bytes: int


class Layouts:
    """Reads the headers of many files, and remembers how they are laid out."""

    def __init__(self) -> None:
        self._layouts: list[_Layout] = []
        self._lessons = MAX_LESSONS

    def read(self, path: Path) -> FileElements:
        """The wanted elements of a file, as :func:`~leukoviewer.dicom.elements.read_elements` gives them.

        Raises
        ------
        NotDicomError
            The file is no DICOM file, or is damaged before the pixel data; the text is the reason for counting.
        OSError
            The file cannot be opened or read.
        """
        with open_file(path) as file:
            return self.read_open(file, file.seek(0, 2))

    def read_open(self, file: BinaryIO, size: int) -> FileElements:
        """The same of an open file of so many bytes."""
        file.seek(0)
        head = file.read(FIRST_CHUNK_BYTES)
        for number, layout in enumerate(self._layouts):
            found = layout.read(head, size)
            if found is not None:
                self._lessons += 1
                # The files of a series mostly come one after another.
                self._layouts.insert(0, self._layouts.pop(number))
                return found
        walked = read_open(file, size)
        if self._lessons > 0:
            self._lessons -= 1
            self._learn(head, walked)
        return walked

    def _learn(self, head: bytes, walked: FileElements) -> None:
        elements = _elements(head, walked)
        if not elements:
            return
        like = next((layout for layout in self._layouts if layout.is_like(elements)), None)
        made = _Layout(elements, walked, () if like is None else like.lengths_that_differ(elements))
        if like is not None:
            self._layouts.remove(like)
        # Whatever is odd in this file (another encoding than stated, no class): it must say the same of it.
        if made.read(head, walked.size) == walked:
            self._layouts.insert(0, made)
            del self._layouts[MAX_LAYOUTS:]


class _Layout:
    """How the header of a file lies, and which of its elements differ in length from file to file."""

    def __init__(self, elements: Sequence[_Element], walked: FileElements, differing: Collection[int]) -> None:
        self._elements, self._differing = elements, frozenset(differing)
        self._syntax = walked.transfer_syntax_uid
        ends = sorted({*self._differing, len(elements) - 1})
        starts = [0, *(end + 1 for end in ends[:-1])]
        self._runs = [_run(elements[start : end + 1]) for start, end in zip(starts, ends, strict=True)]
        first = next(index for index, element in enumerate(elements) if element.tag >> 16 != _META_GROUP)
        self._data_run = next(number for number, end in enumerate(ends) if first <= end)
        self._data_offset = elements[first].position - elements[starts[self._data_run]].position

    def is_like(self, elements: Sequence[_Element]) -> bool:
        """Whether a file has the same elements in the same encoding, whatever their lengths."""
        return [(e.tag, e.vr, e.syntax) for e in elements] == [(e.tag, e.vr, e.syntax) for e in self._elements]

    def lengths_that_differ(self, elements: Sequence[_Element]) -> frozenset[int]:
        """Indices of the elements whose lengths are not those of another file with the same elements."""
        pairs = enumerate(zip(elements, self._elements, strict=True))
        return self._differing | {index for index, (one, other) in pairs if one.length != other.length}

    def read(self, head: bytes, size: int) -> FileElements | None:
        """What a file says that begins with ``head``; None when it is laid out otherwise."""
        if head[128:_PREAMBLE] != b"DICM":
            return None
        raw: dict[int, tuple[bytes, bytes]] = {}
        at, data_start, length = _PREAMBLE, 0, 0
        try:
            for number, run in enumerate(self._runs):
                at += length
                if run.heads(head, at) != run.expected:
                    return None
                if number == self._data_run:
                    data_start = at + self._data_offset
                raw.update(zip(run.names, zip(run.vrs, run.values(head, at), strict=True), strict=True))
                at += run.size
                (length,) = run.length(head, at - run.length_bytes)
                if run.is_last_wanted:
                    raw[run.last] = run.last_vr, head[at : at + length]
        except struct.error:
            # It is shorter, or longer than what is read of a file at first.
            return None
        values = Values.of(raw)
        sop_class = values.text(tags.SOP_CLASS_UID)
        if not sop_class:
            return None
        pixels = PixelElement(at, None if length == UNDEFINED else length)
        return FileElements(values, self._syntax, sop_class, pixels, size, data_start)


def _run(elements: Sequence[_Element]) -> _Run:
    """Elements of which the last one's length is read from the file."""
    heads, values = "<", "<"
    expected: list[bytes] = []
    wanted: list[_Element] = []
    for element in elements[:-1]:
        size, length = len(element.head), element.length
        heads += f"{size}s{length}{'s' if element.syntax else 'x'}"
        expected += [element.head, element.syntax] if element.syntax else [element.head]
        is_wanted = _is_wanted(element)
        values += f"{size}x{length}{'s' if is_wanted else 'x'}"
        wanted += [element] if is_wanted else []
    last = elements[-1]
    length_bytes = 4 if last.vr in LONG_VRS else 2
    expected.append(last.head[:-length_bytes])
    return _Run(
        heads=Struct(f"{heads}{len(last.head) - length_bytes}s").unpack_from, expected=tuple(expected),
        values=Struct(values).unpack_from, names=tuple(one.tag for one in wanted), vrs=tuple(one.vr for one in wanted),
        size=last.position + len(last.head) - elements[0].position,
        last=last.tag, last_vr=last.vr, is_last_wanted=_is_wanted(last),
        length=_WORD if length_bytes == 4 else _SHORT, length_bytes=length_bytes,
    )  # fmt: skip


def _is_wanted(element: _Element) -> bool:
    """Whether its value is kept; none of the file meta information is."""
    return element.tag in tags.VR_OF and element.tag >> 16 != _META_GROUP


def _elements(head: bytes, walked: FileElements) -> list[_Element]:
    """All elements of the top level up to the pixel data; empty where they are not of the plainest kind."""
    found: dict[int, _Element] = {}
    position = _PREAMBLE
    if head[128:position] != b"DICM" or walked.pixels is None or walked.transfer_syntax_uid == DEFLATED:
        return []
    while position + 12 <= len(head):
        group, element, vr, length = _HEAD(head, position)
        tag, start = group << 16 | element, position + 8
        if vr in LONG_VRS:
            start, (length,) = position + 12, _WORD(head, position + 8)
        elif vr not in SHORT_VRS:
            return []
        if tag in found:
            # The first of them counts, and that both say the same in this file says nothing of the next.
            return []
        syntax = head[start : start + length] if tag == tags.TRANSFER_SYNTAX_UID else b""
        found[tag] = _Element(tag, vr, position, head[position:start], length, syntax)
        if tag in PIXEL_TAGS:
            return list(found.values()) if start == walked.pixels.offset else []
        if length == UNDEFINED or tag in tags.SEQUENCES:
            return []
        position = start + length
    return []
