"""The same image twice in a folder: exact copies are dropped and counted, contradictions are kept and counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from leukoviewer.core.progress import Progress, Work
from leukoviewer.dicom.header import Image
from leukoviewer.dicom.zipped import open_file


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


def drop_copies(images: list[Image]) -> Work[Distinct]:
    """Drop exact copies; pixels are read only where two images carry one identifier, with a yield for each."""
    by_identity: dict[tuple[str, int], list[Image]] = {}
    for image in images:
        by_identity.setdefault((image.header.sop_instance_uid, image.header.frame), []).append(image)
    if len(by_identity) == len(images):
        return Distinct(tuple(images), 0, 0)
    kept: list[Image] = []
    digests: dict[Path, bytes] = {}
    dropped = conflicts = 0
    for (uid, _), same in by_identity.items():
        if len(same) > 1:
            yield Progress(0, 0, "Comparing copies")
        distinct = same if len(same) == 1 or not uid else _distinct_pixels(same, digests)
        kept.extend(distinct)
        dropped += len(same) - len(distinct)
        conflicts += len(distinct) - 1 if uid else 0
    return Distinct(tuple(kept), dropped, conflicts)


def _distinct_pixels(images: list[Image], digests: dict[Path, bytes]) -> list[Image]:
    """The first image of each content; a file is read once, however many frames it has."""
    for image in images:
        if image.header.path not in digests:
            digests[image.header.path] = pixel_digest(image)
    return list({digests[image.header.path]: image for image in reversed(images)}.values())[::-1]


def pixel_digest(image: Image) -> bytes:
    """A digest of all pixel data of the image's file as they are stored; empty when it cannot be read any more."""
    pixels = image.header.pixels
    try:
        with open_file(image.header.path) as file:
            file.seek(image.pixel_start)
            stored = file.read() if pixels.length is None else file.read(pixels.length)
    except OSError:
        return b""
    return hashlib.blake2b(stored, digest_size=16).digest()
