"""The ways in which a file is damaged: each takes a taken-apart file and a random source, and changes the file.

Damage to single bytes (truncation, flips, broken streams) comes last, on the finished file: :data:`LATE`.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random
from types import MappingProxyType

from tests.fuzz.structure import ITEM, ITEM_END, SEQUENCE_END, UNDEFINED, Draft, Node

SYNTAXES = (
    "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.5",
    *(f"1.2.840.10008.1.2.4.{n}" for n in (50, 51, 57, 70, 80, 81, 90, 91, 92, 93, 94, 100, 102, 201, 202, 203)),
    "1.2.840.113619.5.2", "1.2.3", "", "1.2.840.10008.1.2.1.98", "\x1b[2J", "1" * 70,
)  # fmt: skip
CT_CLASSES = ("1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.2.1", "1.2.840.10008.5.1.4.1.1.7")
_SHORTS = (
    0,
    1,
    2,
    3,
    7,
    8,
    15,
    16,
    17,
    31,
    32,
    63,
    64,
    127,
    255,
    256,
    512,
    1000,
    4095,
    16384,
    32767,
    32768,
    65534,
    65535,
)
_SIZES = MappingProxyType(
    {
        0x00280010: "rows", 0x00280011: "columns", 0x00280002: "samples", 0x00280006: "planar", 0x00280100: "allocated",
        0x00280101: "stored", 0x00280102: "high", 0x00280103: "sign", 0x00280120: "padding", 0x00280121: "limit",
    }
)  # fmt: skip
_DECIMALS = (
    0x00200032, 0x00200037, 0x00280030, 0x00281052, 0x00281053, 0x00281050, 0x00281051, 0x00180050, 0x00200013,
    0x00200011, 0x00200012, 0x00280008, 0x00180060, 0x00101010,
)  # fmt: skip
_NUMBERS = (
    b"", b"0", b"-0", b"-1", b"1e308", b"1e309", b"-1e400", b"nan", b"NaN", b"inf", b"-Infinity", b"1e-320", b"0x10",
    b"1_000",
    b"00400", b"1,5", b"1.5.2", b"++1", b"999999999999999999", b"2147483648", b"-2147483649", b"\\", b"\\\\\\",
    b"1\\2", b"1\\2\\3",
    b"1\\0\\0\\0\\1\\0", b"0\\0\\0\\0\\0\\0", b"1\\0\\0\\1\\0\\0", b"1e200\\0\\0\\0\\1e200\\0", b"1\\0\\0\\0\\nan\\0",
    b"\xb2\xb3", b"\0\0\0\0",
    b" 12 ", b"12\0", b"1" * 400, b"9" * 16, b"64", b"3", b"10000", b"100000",
)  # fmt: skip
_CHARSETS = (
    b"", b"ISO_IR 6", b"ISO_IR 13", b"ISO_IR 100", b"ISO_IR 192", b"GB18030", b"GBK", b"ISO 2022 IR 6\\ISO 2022 IR 87",
    b"\\ISO 2022 IR 149", b"ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159", b"ISO 2022 IR 58", b"latin_1",
    b"ISO_IR 999", b"utf8",
    b"\x1b$B", b"\\" * 40, b"ISO_IR 192\\ISO_IR 192", b"rot13", b"idna", b"unicode_escape", b"zip", b"\xff\xfe",
)  # fmt: skip
_TEXTS = (0x00100010, 0x00100020, 0x0008103E, 0x00081030, 0x00080070, 0x00181210, 0x00080060, 0x00080008, 0x0020000E)
_VRS = (
    b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FL", b"FD", b"IS", b"LO", b"LT", b"OB", b"OD", b"OF", b"OL",
    b"OV", b"OW",
    b"PN", b"SH", b"SL", b"SQ", b"SS", b"ST", b"SV", b"TM", b"UC", b"UI", b"UL", b"UN", b"UR", b"US", b"UT", b"UV",
    b"ZZ", b"??",
    b"\0\0", b"us", b"\xff\xff",
)  # fmt: skip


def sizes(draft: Draft, random: Random) -> None:
    """Rows, columns, samples, bits, sign, padding: impossible, huge, or merely not those of the pixels."""
    for tag in random.sample(tuple(_SIZES), random.randint(1, 3)):
        kind = random.choice((b"US", b"US", b"US", b"SS", b"UL"))
        draft.put(tag, kind, draft.pack("I" if kind == b"UL" else "H", random.choice(_SHORTS)))


def numbers(draft: Draft, random: Random) -> None:
    """Decimal and integer strings that are no numbers, or no sensible ones."""
    for tag in random.sample(_DECIMALS, random.randint(1, 3)):
        draft.put(tag, b"DS", random.choice(_NUMBERS))


def frames(draft: Draft, random: Random) -> None:
    """More or fewer frames than the pixels hold."""
    count = random.choice((0, 1, 2, 3, 7, 50, 1000, 9999, 10001, 2**31, -1))
    draft.put(0x00280008, b"IS", str(count).encode())


def lengths(draft: Draft, random: Random) -> None:
    """An element says another length than it has."""
    node = _any(draft, random)
    if node is not None:
        true = len(node.value)
        node.length = random.choice(
            (0, 1, 3, 7, true + 1, true - 1, true + 2, 0xFFFF, 0xFFFE, 0x7FFFFFFF, UNDEFINED - 1, UNDEFINED, 1 << 20)
        ) & UNDEFINED  # fmt: skip


def meta_lengths(draft: Draft, random: Random) -> None:
    """The same in the file meta information."""
    if draft.meta:
        random.choice(draft.meta).length = random.choice((0, 1, 64, 65, 0xFFFF, UNDEFINED, 1 << 16, 4096))


def representations(draft: Draft, random: Random) -> None:
    """An element has another value representation than its own, or none that exists."""
    for _ in range(random.randint(1, 3)):
        node = _any(draft, random)
        if node is not None:
            node.vr = random.choice(_VRS)


def nesting(draft: Draft, random: Random) -> None:
    """Sequences in sequences, up to thousands deep, closed or not."""
    depth = random.choice((2, 15, 16, 17, 50, 200, 1000, 5000))
    private, closed, defined = random.random() < 0.5, random.random() < 0.7, random.random() < 0.3
    tag = random.choice((0x00091010, 0x00811010)) if private else random.choice((0x00081140, 0x00209113, 0x52009230))
    order = ">" if draft.big else "<"
    inner = b""
    if defined:
        for _ in range(min(depth, 200)):
            inner = (
                _raw(order, tag, b"SQ", draft, len(inner) + 8)
                + struct.pack(order + "HHI", 0xFFFE, 0xE000, len(inner))
                + inner
            )
    else:
        opened = _raw(order, tag, b"SQ", draft, UNDEFINED) + struct.pack(
            order + "HHI", ITEM >> 16, ITEM & 0xFFFF, UNDEFINED
        )
        ends = b"".join(struct.pack(order + "HHI", t >> 16, t & 0xFFFF, 0) for t in (ITEM_END, SEQUENCE_END))
        inner = opened * depth + ends * (depth if closed else random.randint(0, depth))
    node = Node(0x00091000, b"UN" if draft.explicit else b"", inner)
    if random.random() < 0.6:
        # Bare, as elements of the data set itself.
        _insert_raw(draft, inner, tag)
    else:
        node.undefined = random.random() < 0.5
        draft.body.insert(_place(draft, node.tag), node)


def offsets(draft: Draft, random: Random) -> None:
    """Offset tables that point elsewhere: basic and extended."""
    pixels = draft.find(0x7FE00010)
    if pixels is not None and pixels.fragments:
        count = random.choice((0, 1, 2, 5, 1000))
        pixels.fragments[0] = b"".join(draft.pack("I", random.choice((0, 4, 8, 100, UNDEFINED))) for _ in range(count))
        pixels.fragments[0] += b"\0" * random.choice((0, 0, 1, 2))
    if random.random() < 0.5:
        values = b"".join(
            draft.pack("Q", random.choice((0, 8, 64, 2**63, 2**64 - 1))) for _ in range(random.randint(0, 4))
        )
        draft.put(0x7FE00001, b"OV", values)
        draft.put(0x7FE00002, b"OV", values[::-1])


def fragments(draft: Draft, random: Random) -> None:
    """Fragments dropped, repeated, split, emptied, swapped."""
    pixels = draft.find(0x7FE00010)
    if pixels is None or not pixels.fragments:
        return
    parts = pixels.fragments
    action, at = random.randrange(6), random.randrange(len(parts))
    if action == 0:
        del parts[at]
    elif action == 1:
        parts.insert(at, parts[random.randrange(len(parts))])
    elif action == 2:
        cut = random.randint(0, len(parts[at]))
        parts[at : at + 1] = [parts[at][:cut], parts[at][cut:]]
    elif action == 3:
        parts[at] = b""
    elif action == 4:
        random.shuffle(parts)
    else:
        parts[at] = parts[at][: random.randint(0, len(parts[at]))]


def codestream(draft: Draft, random: Random) -> None:
    """Flips in the codec's own headers (or anywhere in the stream), without touching DICOM."""
    pixels = draft.find(0x7FE00010)
    if pixels is None:
        return
    parts = pixels.fragments
    at = random.randrange(len(parts)) if parts else 0
    stream = bytearray(parts[at] if parts else pixels.value)
    if not stream:
        return
    reach = len(stream) if random.random() < 0.3 else min(len(stream), 200)
    for _ in range(random.randint(1, 6)):
        where = random.randrange(reach)
        stream[where] = random.choice((0, 1, 0x7F, 0x80, 0xFF, random.randrange(256)))
    if parts:
        parts[at] = bytes(stream)
    else:
        pixels.value = bytes(stream)


def boxes(draft: Draft, random: Random) -> None:
    """A JP2 box before the codestream, its length 0 or wrong (a decoder's endless loop)."""
    pixels = draft.find(0x7FE00010)
    if pixels is not None and pixels.fragments and len(pixels.fragments) > 1:
        head = b"\0\0\0\x0cjP  \r\n\x87\n"
        head += random.choice((0, 1, 7, 8, 20, UNDEFINED)).to_bytes(4, "big") + random.choice(
            (b"ftyp", b"jp2h", b"xxxx")
        )
        pixels.fragments[1] = head + pixels.fragments[1]


def removed(draft: Draft, random: Random) -> None:
    """Elements are absent."""
    for _ in range(random.randint(1, 4)):
        if draft.body:
            draft.body.pop(random.randrange(len(draft.body)))


def repeated(draft: Draft, random: Random) -> None:
    """Elements stand there twice, or in another order."""
    if not draft.body:
        return
    if random.random() < 0.3:
        random.shuffle(draft.body)
        return
    for _ in range(random.randint(1, 4)):
        draft.body.insert(random.randrange(len(draft.body) + 1), random.choice(draft.body))


def group_lengths(draft: Draft, random: Random) -> None:
    """Group lengths that are wrong."""
    for group in random.sample((0x0002, 0x0008, 0x0010, 0x0018, 0x0020, 0x0028, 0x7FE0), 3):
        value = draft.pack("I", random.choice((0, 1, 8, 100, 65535, 1 << 20, UNDEFINED)))
        node = Node(group << 16, b"UL" if draft.explicit else b"", value)
        draft.body.insert(_place(draft, node.tag), node)


def encoding(draft: Draft, random: Random) -> None:
    """The transfer syntax is absent, unknown, or another one than the data set's."""
    found = [node for node in draft.meta if node.tag == 0x00020010]
    if found and random.random() < 0.15:
        draft.meta.remove(found[0])
    elif found:
        value = random.choice(SYNTAXES).encode()
        found[0].value = value + b"\0" * (len(value) % 2)


def rewritten(draft: Draft, random: Random) -> None:
    """The data set is truly written in another way, whatever the header says."""
    action = random.randrange(3)
    if action == 0:
        draft.explicit = not draft.explicit
    elif action == 1:
        draft.big = not draft.big
    else:
        draft.deflated = not draft.deflated


def encapsulated(draft: Draft, random: Random) -> None:
    """Native pixels in fragments, or fragments as native pixels."""
    pixels = draft.find(0x7FE00010)
    if pixels is None:
        return
    if pixels.fragments is None:
        pixels.fragments, pixels.undefined = [b"", pixels.value], True
    else:
        pixels.value, pixels.fragments = b"".join(pixels.fragments), None
        pixels.undefined = random.random() < 0.3


def private(draft: Draft, random: Random) -> None:
    """Private blocks with anything in them."""
    for _ in range(random.randint(1, 5)):
        group = random.choice((0x0009, 0x0011, 0x0019, 0x0029, 0x0043, 0x7FE1, 0xFFFF))
        node = Node(group << 16 | random.randrange(0x10000), random.choice(_VRS) if draft.explicit else b"")
        node.value = random.randbytes(random.choice((0, 2, 8, 64, 500)))
        node.undefined = random.random() < 0.2
        draft.body.insert(_place(draft, node.tag), node)


def character_sets(draft: Draft, random: Random) -> None:
    """Declared and true character sets differ, and the bytes are no text in either."""
    draft.put(0x00080005, b"CS", random.choice(_CHARSETS))
    for tag in random.sample(_TEXTS, random.randint(1, 4)):
        text = random.choice(
            (random.randbytes(random.randint(1, 60)), b"\x1b$B\x1b(J=^\\", b"A" * 70000, b"\x1b]0;x\x07\n\r\t")
        )
        draft.put(tag, b"LO", text[: 65534 if draft.explicit else None])


def classes(draft: Draft, random: Random) -> None:
    """It says that it is a CT image (or a capture), so that its pixels are really read."""
    draft.put(0x00080016, b"UI", random.choice(CT_CLASSES).encode())


def overlays(draft: Draft, random: Random) -> None:
    """Overlays, icons and float pixels beside the image's own."""
    draft.put(random.choice((0x60003000, 0x7FE00008, 0x7FE00009, 0x54001010)), b"OW", random.randbytes(64))
    if random.random() < 0.5:
        icon = [Node(0x00280010, b"US" if draft.explicit else b"", draft.pack("H", 65535))]
        node = Node(0x00880200, b"SQ" if draft.explicit else b"", items=[icon], undefined=random.random() < 0.5)
        draft.body.insert(_place(draft, node.tag), node)


def swollen(draft: Draft, random: Random) -> None:
    """Much of nothing: a deflate bomb when the file is deflated, a long private value otherwise."""
    size = random.choice((1 << 16, 1 << 20, 1 << 20, 12 << 20)) if draft.deflated else 1 << 18
    draft.body.insert(0, Node(0x00071001, b"UN" if draft.explicit else b"", bytes(size)))


TREE: MappingProxyType[str, Callable[[Draft, Random], None]] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            sizes, numbers, frames, lengths, meta_lengths, representations, nesting, offsets, fragments, codestream,
            boxes,
            removed, repeated, group_lengths, encoding, rewritten, encapsulated, private, character_sets, classes,
            overlays, swollen,
        )
    }
)  # fmt: skip


# Damage to the finished bytes


def truncated(data: bytes, random: Random) -> bytes:
    """The file ends early."""
    return data[: random.randrange(len(data) + 1)] if data else data


def flipped(data: bytes, random: Random) -> bytes:
    """Some bits anywhere, most of them in the header."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 20)):
        if changed:
            reach = len(changed) if random.random() < 0.5 else min(len(changed), 1500)
            changed[random.randrange(reach)] ^= 1 << random.randrange(8)
    return bytes(changed)


def without_preamble(data: bytes, random: Random) -> bytes:
    """The preamble, or it and the meta information, is gone."""
    return data[random.choice((128, 132, 132, 1, 144)) :]


def padded(data: bytes, random: Random) -> bytes:
    """Something follows the end."""
    return data + random.choice((b"\0", b"\0" * 4096, b"\xff" * 9, random.randbytes(33), data))


def holed(data: bytes, random: Random) -> bytes:
    """A stretch is missing, or filled with zeros (a bad copy)."""
    if len(data) < 2:
        return data
    start = random.randrange(len(data))
    end = min(len(data), start + random.choice((1, 2, 16, 512, 4096)))
    return data[:start] + (bytes(end - start) if random.random() < 0.5 else b"") + data[end:]


LATE: MappingProxyType[str, Callable[[bytes, Random], bytes]] = MappingProxyType(
    {one.__name__: one for one in (truncated, flipped, without_preamble, padded, holed)}
)


def _any(draft: Draft, random: Random) -> Node | None:
    nodes = draft.all_nodes()
    return random.choice(nodes) if nodes else None


def _place(draft: Draft, tag: int) -> int:
    return next((i for i, node in enumerate(draft.body) if node.tag > tag), len(draft.body))


def _raw(order: str, tag: int, vr: bytes, draft: Draft, length: int) -> bytes:
    head = struct.pack(order + "HH", tag >> 16, tag & 0xFFFF)
    if draft.explicit:
        head += vr + b"\0\0"
    return head + struct.pack(order + "I", length)


def _insert_raw(draft: Draft, data: bytes, tag: int) -> None:
    """Bytes of whole elements among the others: a node whose own head is the first twelve (or eight) of them."""
    head = 12 if draft.explicit else 8
    length = struct.unpack_from((">" if draft.big else "<") + "I", data, head - 4)[0]
    draft.body.insert(_place(draft, tag), Node(tag, b"SQ" if draft.explicit else b"", data[head:], length=length))
