"""The same image twice in a folder: exact copies are dropped and counted, contradictions are kept and counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from leukoviewer.dicom.header import Image


@dataclass(frozen=True, slots=True)
class Distinct:
    """Images of a series without exact copies.

    Attributes
    ----------
    images : tuple of Image
        What is left, in the order given.
    dropped : int
        Exact copies that were left out: same SOP Instance UID, same pixels.
    conflicts : int
        Images whose SOP Instance UID another one carries with different pixels.
    """

    images: tuple[Image, ...]
    dropped: int
    conflicts: int


def drop_copies(images: list[Image]) -> Distinct:
    """Drop exact copies; pixels are read only where two images carry one identifier."""
    by_identity: dict[tuple[str, int], list[Image]] = {}
    for image in images:
        by_identity.setdefault((image.header.sop_instance_uid, image.header.frame), []).append(image)
    if len(by_identity) == len(images):
        return Distinct(tuple(images), 0, 0)
    kept: list[Image] = []
    dropped = conflicts = 0
    for (uid, _), same in by_identity.items():
        distinct = same if len(same) == 1 or not uid else _distinct_pixels(same)
        kept.extend(distinct)
        dropped += len(same) - len(distinct)
        conflicts += len(distinct) - 1 if uid else 0
    return Distinct(tuple(kept), dropped, conflicts)


def _distinct_pixels(images: list[Image]) -> list[Image]:
    return list({pixel_digest(image): image for image in reversed(images)}.values())[::-1]


def pixel_digest(image: Image) -> bytes:
    """A digest of the pixel data as they are stored; empty when the file cannot be read any more."""
    pixels = image.header.pixels
    try:
        with open(image.header.path, "rb") as file:
            file.seek(image.pixel_start)
            stored = file.read() if pixels.length is None else file.read(pixels.length)
    except OSError:
        return b""
    return hashlib.blake2b(stored, digest_size=16).digest()
