"""Transfer syntaxes that are read, by how their pixels are stored (DICOM PS3.5 section 10, PS3.6 annex A)."""

from __future__ import annotations

import re
from types import MappingProxyType

IMPLICIT_LITTLE = "1.2.840.10008.1.2"
EXPLICIT_LITTLE = "1.2.840.10008.1.2.1"
EXPLICIT_BIG = "1.2.840.10008.1.2.2"
DEFLATED = "1.2.840.10008.1.2.1.99"
RLE = "1.2.840.10008.1.2.5"
JPEG_EXTENDED = "1.2.840.10008.1.2.4.51"

NATIVE = frozenset({IMPLICIT_LITTLE, EXPLICIT_LITTLE, EXPLICIT_BIG})

# Compressed syntaxes for which a decoder is shipped, and the name that messages use.
COMPRESSED = MappingProxyType(
    {
        RLE: "RLE",
        "1.2.840.10008.1.2.4.50": "JPEG baseline",
        JPEG_EXTENDED: "JPEG extended",
        "1.2.840.10008.1.2.4.57": "JPEG lossless",
        "1.2.840.10008.1.2.4.70": "JPEG lossless",
        "1.2.840.10008.1.2.4.80": "JPEG-LS lossless",
        "1.2.840.10008.1.2.4.81": "JPEG-LS near-lossless",
        "1.2.840.10008.1.2.4.90": "JPEG 2000 lossless",
        "1.2.840.10008.1.2.4.91": "JPEG 2000",
        "1.2.840.10008.1.2.4.201": "High-Throughput JPEG 2000 lossless",
        "1.2.840.10008.1.2.4.202": "High-Throughput JPEG 2000 lossless",
        "1.2.840.10008.1.2.4.203": "High-Throughput JPEG 2000",
    }
)

# Syntaxes that lose information by definition; those of the others may, and then the header says so.
LOSSY = frozenset({"1.2.840.10008.1.2.4.50", JPEG_EXTENDED, "1.2.840.10008.1.2.4.81"})


_UID = re.compile(r"[0-9.]{1,64}")


def is_known(uid: str) -> bool:
    """Whether pixels of this transfer syntax can be read; an absent one is found out from the data."""
    return not uid or uid in NATIVE or uid == DEFLATED or uid in COMPRESSED


def is_justified(uid: str) -> bool:
    """Whether a decoder gives values without unused low bits, whatever High Bit says (all codecs but RLE)."""
    return uid in COMPRESSED and uid != RLE


def name(uid: str) -> str:
    """What a message calls it."""
    if uid == DEFLATED:
        return "deflated"
    if uid in NATIVE or not uid:
        return "uncompressed"
    # What is no UID is not repeated: it may be bytes that command a terminal.
    return COMPRESSED.get(uid, f"unknown encoding {uid}" if _UID.fullmatch(uid) else "unknown encoding")
