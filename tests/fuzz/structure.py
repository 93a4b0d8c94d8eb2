"""DICOM files as trees that can be damaged and written back, with any lengths, orders and encodings.

A reader of its own, so that a fault of the program's reader cannot hide a fault of the program's reader.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

UNDEFINED = 0xFFFFFFFF
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
PIXEL_DATA, TRANSFER_SYNTAX = 0x7FE00010, 0x00020010
IMPLICIT, BIG, DEFLATED = "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"
LONG_VRS = frozenset({b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"})


@dataclass
class Node:
    """One data element.

    Attributes
    ----------
    tag : int
        Group and element.
    vr : bytes
        Empty in implicit files.
    value : bytes
        Of an element that is neither a sequence nor encapsulated.
    items : list of list of Node, or None
        Of a sequence.
    fragments : list of bytes, or None
        Of encapsulated pixel data; the first is the offset table.
    undefined : bool
        Whether the length is undefined and delimiters end it.
    length : int or None
        A length to write instead of the true one.
    """

    tag: int
    vr: bytes = b""
    value: bytes = b""
    items: list[list[Node]] | None = None
    fragments: list[bytes] | None = None
    undefined: bool = False
    length: int | None = None


@dataclass
class Draft:
    """A file taken apart.

    Attributes
    ----------
    preamble : bytes
        Up to and with ``DICM``; empty when there is none.
    meta, body : list of Node
        File meta information and data set.
    explicit, big, deflated : bool
        How the data set is written.
    tail : bytes
        What could not be read as elements, kept as it was.
    late : list of (int, int)
        Damage to the finished bytes: (kind, seed), see :mod:`tests.fuzz.late`.
    """

    preamble: bytes
    meta: list[Node]
    body: list[Node]
    explicit: bool
    big: bool
    deflated: bool
    tail: bytes = b""
    late: list[tuple[int, int]] = field(default_factory=list)

    def find(self, tag: int) -> Node | None:
        """The first element of the data set with this tag."""
        return next((node for node in self.body if node.tag == tag), None)

    def all_nodes(self) -> list[Node]:
        """Every element of the data set, nested ones too."""
        return list(_all(self.body))

    def put(self, tag: int, vr: bytes, value: bytes) -> None:
        """Replace an element's value, or insert it where it belongs."""
        node = self.find(tag)
        if node is None:
            at = next((i for i, other in enumerate(self.body) if other.tag > tag), len(self.body))
            self.body.insert(at, Node(tag, vr if self.explicit else b"", value))
        else:
            node.value, node.items, node.fragments, node.undefined, node.length = value, None, None, False, None

    def pack(self, code: str, number: int) -> bytes:
        """A binary number in the file's byte order, cut to its size."""
        size = struct.calcsize(code)
        return (number % (1 << 8 * size)).to_bytes(size, "big" if self.big else "little")


def _all(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        for item in node.items or ():
            yield from _all(item)


# Reading


def take_apart(data: bytes) -> Draft:
    """Read a sound file; what breaks the rules stays in ``tail``."""
    preamble = data[:132] if data[128:132] == b"DICM" else b""
    meta, position = _meta(data, len(preamble))
    syntax = next((node.value.rstrip(b"\0 ").decode("latin-1") for node in meta if node.tag == TRANSFER_SYNTAX), "")
    body, deflated = data[position:], syntax == DEFLATED
    if deflated:
        body = zlib.decompressobj(-zlib.MAX_WBITS).decompress(body)
    big = syntax == BIG or (not syntax and body[:1] == b"\0" and body[1:2] != b"\0")
    explicit = body[4:6].isalpha() if len(body) >= 6 else True
    reader = _Reader(body, explicit=explicit, big=big)
    nodes, end = reader.nodes(0, len(body))
    return Draft(preamble, meta, nodes, explicit, big, deflated, body[end:])


def _meta(data: bytes, start: int) -> tuple[list[Node], int]:
    reader = _Reader(data, explicit=True, big=False)
    nodes: list[Node] = []
    position = start
    while data[position : position + 2] == b"\x02\0":
        node, after = reader.node(position, len(data))
        if node is None:
            break
        nodes.append(node)
        position = after
    return nodes, position


@dataclass
class _Reader:
    data: bytes
    explicit: bool
    big: bool

    def nodes(self, position: int, end: int) -> tuple[list[Node], int]:
        """Elements up to ``end``, an item's end, or the first that cannot be read; and where that is."""
        found: list[Node] = []
        while position + 8 <= end:
            if self._tag(position) in {ITEM_END, SEQUENCE_END}:
                break
            node, after = self.node(position, end)
            if node is None:
                break
            found.append(node)
            position = after
        return found, position

    def node(self, position: int, end: int) -> tuple[Node | None, int]:
        tag = self._tag(position)
        vr, length, start = self._head(position)
        if vr is None or start > end:
            return None, position
        node = Node(tag, vr)
        if length == UNDEFINED:
            node.undefined = True
            if tag == PIXEL_DATA:
                node.fragments, start = self._fragments(start, end)
            else:
                node.items, start = self._items(start, end)
            return node, start
        if start + length > end:
            return None, position
        if vr == b"SQ" or (not vr and length >= 8 and self._tag(start) == ITEM):
            items, stop = self._items(start, start + length)
            if stop == start + length:
                node.items = items
                return node, stop
        node.value = self.data[start : start + length]
        return node, start + length

    def _items(self, position: int, end: int) -> tuple[list[list[Node]], int]:
        items: list[list[Node]] = []
        while position + 8 <= end:
            tag, length = self._tag(position), self._word(position + 4)
            position += 8
            if tag != ITEM:
                break
            stop = end if length == UNDEFINED else min(end, position + length)
            nodes, position = self.nodes(position, stop)
            items.append(nodes)
            position = position + 8 if length == UNDEFINED else stop
        return items, position

    def _fragments(self, position: int, end: int) -> tuple[list[bytes], int]:
        parts: list[bytes] = []
        while position + 8 <= end and self._tag(position) == ITEM:
            length = self._word(position + 4)
            parts.append(self.data[position + 8 : position + 8 + length])
            position += 8 + length
        return parts, min(end, position + 8)

    def _head(self, position: int) -> tuple[bytes | None, int, int]:
        if not self.explicit:
            return b"", self._word(position + 4), position + 8
        vr = self.data[position + 4 : position + 6]
        if not vr.isalpha() or not vr.isupper():
            return None, 0, position
        if vr in LONG_VRS:
            if position + 12 > len(self.data):
                return None, 0, position
            return vr, self._word(position + 8), position + 12
        return vr, int.from_bytes(self.data[position + 6 : position + 8], "big" if self.big else "little"), position + 8

    def _tag(self, position: int) -> int:
        group, element = struct.unpack_from(">HH" if self.big else "<HH", self.data, position)
        return int(group) << 16 | int(element)

    def _word(self, position: int) -> int:
        return int(struct.unpack_from(">I" if self.big else "<I", self.data, position)[0])


# Writing


def put_together(draft: Draft) -> bytes:
    """The bytes of a file, lengths as the nodes say."""
    body = b"".join(_written(node, explicit=draft.explicit, big=draft.big) for node in draft.body) + draft.tail
    if draft.deflated:
        packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
        body = packer.compress(body) + packer.flush()
    meta = b"".join(_written(node, explicit=True, big=False) for node in draft.meta)
    return draft.preamble + meta + body


def _written(node: Node, *, explicit: bool, big: bool) -> bytes:
    value = _value(node, explicit=explicit, big=big)
    length = UNDEFINED if node.undefined else len(value)
    if node.length is not None:
        length = node.length
    tag = _packed(">HH" if big else "<HH", node.tag >> 16, node.tag & 0xFFFF)
    if not explicit or not node.vr:
        return tag + _packed(">I" if big else "<I", length & UNDEFINED) + value
    if node.vr in LONG_VRS:
        return tag + node.vr + b"\0\0" + _packed(">I" if big else "<I", length & UNDEFINED) + value
    return tag + node.vr[:2].ljust(2, b"?") + _packed(">H" if big else "<H", length & 0xFFFF) + value


def _value(node: Node, *, explicit: bool, big: bool) -> bytes:
    item, end, stop = (_item_head(tag, big) for tag in (ITEM, ITEM_END, SEQUENCE_END))
    word = ">I" if big else "<I"
    if node.fragments is not None:
        return b"".join(item + _packed(word, len(part)) + part for part in node.fragments) + stop + b"\0\0\0\0"
    if node.items is None:
        return node.value
    parts: list[bytes] = []
    for nodes in node.items:
        content = b"".join(_written(inner, explicit=explicit and node.vr != b"UN", big=big) for inner in nodes)
        if node.undefined:
            parts.append(item + _packed(word, UNDEFINED) + content + end + b"\0\0\0\0")
        else:
            parts.append(item + _packed(word, len(content)) + content)
    return b"".join(parts) + (stop + b"\0\0\0\0" if node.undefined else b"")


def _item_head(tag: int, big: bool) -> bytes:
    return _packed(">HH" if big else "<HH", tag >> 16, tag & 0xFFFF)


def _packed(code: str, *numbers: int) -> bytes:
    return struct.pack(code, *numbers)
