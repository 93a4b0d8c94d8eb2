"""A slice from the middle of a folder, read before all headers are: what is seen while the folder is searched.

It is a picture and nothing more. Which series the slice belongs to, and whether it is one, is known only when the
search has ended.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from leukoviewer.core.volume import Preview
from leukoviewer.dicom import pixels
from leukoviewer.dicom.elements import NotDicomError
from leukoviewer.dicom.grouping import MAX_AXIAL_ANGLE_DEG
from leukoviewer.dicom.header import Image, OtherObjectError, UnreadableImageError, read_images
from leukoviewer.dicom.zipped import open_file
from leukoviewer.errors import DecodeError

_log = logging.getLogger(__name__)

# Fewer files are searched faster than a picture is changed.
MIN_FILES = 24
# Where to look in the folder with the most files; a scout or a report may lie in the middle.
_PLACES = (0.5, 0.25, 0.75)


def preview(paths: Sequence[Path]) -> Preview | None:
    """An axial CT slice from the middle of the largest folder; None when none is found at once.

    Parameters
    ----------
    paths : sequence of Path
        All files, those of a folder together, by name.
    """
    if len(paths) < MIN_FILES:
        return None
    for path in _candidates(paths):
        try:
            found = _shown(path)
        except (NotDicomError, OtherObjectError, UnreadableImageError, DecodeError, pixels.RangeError, OSError):
            continue
        except (ValueError, OverflowError, RecursionError, MemoryError) as fault:
            _log.info("no preview of a file: %s", type(fault).__name__)
            continue
        if found is not None:
            return found
    return None


def _candidates(paths: Sequence[Path]) -> Iterator[Path]:
    folders = (list(files) for _, files in groupby(paths, key=lambda path: path.parent))
    largest = max(folders, key=len)
    for place in _PLACES:
        yield largest[int(len(largest) * place)]


def _shown(path: Path) -> Preview | None:
    images = read_images(path)
    image = images[len(images) // 2]
    header, plane = image.header, image.header.plane
    if plane is None or not _is_plain(image) or plane.angle_to_axial_deg > MAX_AXIAL_ANGLE_DEG:
        return None
    hu = np.empty((header.pixels.rows, header.pixels.columns), pixels.hu_dtype((header,)))
    with open_file(path) as file:
        pixels.to_hu(pixels.read_native(file, header), header, hu)
    hu.setflags(write=False)
    return Preview(hu, plane)


def _is_plain(image: Image) -> bool:
    """Whether it is an uncompressed CT slice in HU: all others wait for their turn."""
    is_scout = any("LOCALIZER" in part.upper() for part in image.facts.image_type)
    is_hu = image.header.slope is not None and image.facts.modality == "CT" and image.header.pixels.samples == 1
    return is_hu and not image.is_capture and not is_scout and pixels.is_native(image.header.pixels)
