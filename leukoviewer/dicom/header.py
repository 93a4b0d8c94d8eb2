"""From the elements of one file to images: what they are, where they lie, how their pixels are stored."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.series import PixelFormat, SliceHeader
from leukoviewer.dicom import syntaxes, tags
from leukoviewer.dicom.elements import FileElements, read_elements
from leukoviewer.dicom.layouts import Layouts
from leukoviewer.dicom.pixels import frame_bytes
from leukoviewer.dicom.series_facts import SeriesFacts, facts_of
from leukoviewer.dicom.values import Values

MAX_FILE_BYTES = 256 << 20
MAX_FRAME_PX = 64 << 20
MAX_FRAMES = 10_000
# The least a frame takes in any encoding: the tag and length of a fragment (DICOM PS3.5 annex A.4).
MIN_FRAME_BYTES = 8
# Beyond any rescale: HU would not be finite numbers any more.
MAX_RESCALE = 1e9
# Beyond any table; a number like this is a writing error, and no position.
MAX_POSITION_MM = 1e5

CT_CLASSES = frozenset(
    {
        "1.2.840.10008.5.1.4.1.1.2",  # CT Image
        "1.2.840.10008.5.1.4.1.1.2.1",  # Enhanced CT Image
        "1.2.840.10008.5.1.4.1.1.2.2",  # Legacy Converted Enhanced CT Image
    }
)
CAPTURE_CLASS = "1.2.840.10008.5.1.4.1.1.7"

# Objects that are counted and not shown, by the beginning of their SOP class (DICOM PS3.4 B.5); the longest one speaks.
_OTHER_NAMES = MappingProxyType(
    {
        "1.2.840.10008.1.3.10": "DICOMDIR",
        "1.2.840.10008.5.1.4.1.1.4": "MR image",
        "1.2.840.10008.5.1.4.1.1.6": "Ultrasound image",
        "1.2.840.10008.5.1.4.1.1.1": "X-ray image",
        "1.2.840.10008.5.1.4.1.1.12": "X-ray image",
        "1.2.840.10008.5.1.4.1.1.20": "Nuclear medicine image",
        "1.2.840.10008.5.1.4.1.1.128": "PET image",
        "1.2.840.10008.5.1.4.1.1.11": "Presentation state",
        "1.2.840.10008.5.1.4.1.1.66": "Registration or segmentation",
        "1.2.840.10008.5.1.4.1.1.88": "Structured report",
        "1.2.840.10008.5.1.4.1.1.88.67": "Dose report",
        "1.2.840.10008.5.1.4.1.1.104": "Document",
        "1.2.840.10008.5.1.4.1.1.481": "Radiotherapy object",
    }
)


class UnreadableImageError(Exception):
    """The file is DICOM, but its image cannot be read; the text is the reason under which it is counted."""


class OtherObjectError(Exception):
    """The file is DICOM and no CT image; the text names what it is."""


@dataclass(frozen=True, slots=True)
class Image:
    """One image with what is needed to group it; frames of a file share their facts.

    Attributes
    ----------
    header : SliceHeader
        What remains of it in the series.
    facts : SeriesFacts
        What it says of its series.
    is_capture : bool
        A secondary capture: a picture, not CT values.
    acquisition_number : int or None
        For telling acquisitions apart that share positions.
    content_time : str
        For the same.
    rescale_type : str
        Unit of the rescaled values; empty means HU (DICOM PS3.3 C.8.2.1.1.2).
    notes : tuple of str
        Departures from the standard that were lived with.
    pixel_start : int
        Where the pixel data begin in the file, encapsulated or not; 0 for a deflated file.
    """

    header: SliceHeader
    facts: SeriesFacts
    is_capture: bool
    acquisition_number: int | None = None
    content_time: str = ""
    rescale_type: str = ""
    notes: tuple[str, ...] = ()
    pixel_start: int = 0


Fact = TypeVar("Fact")

# What files say is kept of so many series, and of so many ways to store pixels, at a time: they come series by series,
# and a folder in which no two files agree must not fill the memory.
MAX_KNOWN = 512


@dataclass(frozen=True, slots=True)
class Known:
    """What the files of a folder repeat: read once, told by its bytes, and forgotten when too much of it piles up.

    Attributes
    ----------
    layouts : Layouts
        How their headers lie.
    facts : dict
        What they say of their series.
    formats : dict
        How their pixels are stored.
    """

    layouts: Layouts = field(default_factory=Layouts)
    facts: dict[Hashable, SeriesFacts] = field(default_factory=dict)
    formats: dict[Hashable, PixelFormat] = field(default_factory=dict)


def read_images(path: Path, *, known: Known | None = None) -> list[Image]:
    """All images (frames) of one file.

    Parameters
    ----------
    path : Path
        The file.
    known : Known, optional
        What files before this one said, where many are read; filled as they are.

    Raises
    ------
    NotDicomError
        No DICOM file.
    OtherObjectError
        A DICOM object that is no CT image or capture, or has no pixels.
    UnreadableImageError
        An image beyond the limits or without the attributes that pixels need.
    OSError
        The file cannot be read.
    """
    found = read_elements(path) if known is None else known.layouts.read(path)
    values = found.values
    sop_class = found.sop_class_uid
    is_capture = sop_class == CAPTURE_CLASS or sop_class.startswith(CAPTURE_CLASS + ".")
    if not is_capture and sop_class not in CT_CLASSES:
        raise OtherObjectError(other_name(sop_class))
    if found.pixels is None:
        raise OtherObjectError("Image without pixels")
    if found.size > MAX_FILE_BYTES:
        raise UnreadableImageError("file larger than 256 MB")
    known = Known() if known is None else known
    pixels = _cached_format(found, known.formats)
    found.notes.extend(_departures(values, found, pixels))
    facts = _cached_facts(values, known.facts)
    if pixels.frames == 1 and not values.items(tags.PER_FRAME_GROUPS_SEQUENCE):
        return [_image(path, found, facts, pixels, is_capture=is_capture)]
    return [_frame(path, found, facts, pixels, frame=index, is_capture=is_capture) for index in range(pixels.frames)]


def other_name(sop_class: str) -> str:
    """What a DICOM object of this class is called."""
    parts = sop_class.split(".")
    for end in range(len(parts), 0, -1):
        found = _OTHER_NAMES.get(".".join(parts[:end]))
        if found:
            return found
    return "Other DICOM object"


def pixel_format(found: FileElements) -> PixelFormat:
    """How the pixels are stored, inside the limits.

    Raises
    ------
    UnreadableImageError
        Size or bits are absent, impossible or beyond the limits.
    """
    values = found.values
    rows, columns = values.integer(tags.ROWS) or 0, values.integer(tags.COLUMNS) or 0
    frames, samples = values.integer(tags.NUMBER_OF_FRAMES) or 1, values.integer(tags.SAMPLES_PER_PIXEL) or 1
    allocated = values.integer(tags.BITS_ALLOCATED) or 16
    stored = values.integer(tags.BITS_STORED) or allocated
    high = values.integer(tags.HIGH_BIT)
    if high is None or not stored - 1 <= high < allocated or syntaxes.is_justified(found.transfer_syntax_uid):
        high = stored - 1
    if rows < 1 or columns < 1 or frames < 1:
        raise UnreadableImageError("image without a size")
    if rows * columns > MAX_FRAME_PX or frames > MAX_FRAMES:
        raise UnreadableImageError("image larger than 64 megapixels")
    if frames * MIN_FRAME_BYTES > found.size:
        # A small file must not become thousands of images.
        raise UnreadableImageError("image with more frames than its file holds")
    if allocated not in {8, 16, 32} or samples not in {1, 3} or not 1 <= stored <= allocated:
        raise UnreadableImageError("image with an unknown pixel format")
    if not syntaxes.is_known(found.transfer_syntax_uid):
        raise UnreadableImageError(syntaxes.name(found.transfer_syntax_uid))
    native = found.transfer_syntax_uid in syntaxes.NATIVE or not found.transfer_syntax_uid
    element = found.pixels
    if native and element and element.length is None:
        raise UnreadableImageError("compressed image whose encoding is not stated")
    return PixelFormat(
        rows=rows, columns=columns, samples=samples, bits_allocated=allocated, bits_stored=stored,
        high_bit=high, signed=values.integer(tags.PIXEL_REPRESENTATION) == 1,
        photometric=values.text(tags.PHOTOMETRIC).upper(),
        transfer_syntax_uid=found.transfer_syntax_uid or _found_syntax(found),
        offset=element.offset if element and native else None, length=element.length if element and native else None,
        frames=frames, planar=values.integer(tags.PLANAR_CONFIGURATION) == 1,
    )  # fmt: skip


def _departures(values: Values, found: FileElements, pixels: PixelFormat) -> Iterator[str]:
    """What of the image's own description does not fit, and is lived with."""
    if any(values.raw_text(tag) and not values.numbers(tag) for tag in (tags.WINDOW_CENTER, tags.WINDOW_WIDTH)):
        yield "a window that is no number"
    length = found.pixels.length if found.pixels else None
    if length is None or (pixels.transfer_syntax_uid not in syntaxes.NATIVE | {syntaxes.DEFLATED}):
        return
    one = frame_bytes(pixels)
    # One byte more makes the length even (DICOM PS3.5 section 7.1.1).
    if length <= pixels.frames * one + 1:
        return
    if not values.has(tags.NUMBER_OF_FRAMES) and length % one == 0:
        yield f"pixels of {length // one} frames without their number, the first is shown"
    else:
        yield "more pixel data than the image holds"


def _found_syntax(found: FileElements) -> str:
    return syntaxes.EXPLICIT_BIG if found.values.is_big else syntaxes.IMPLICIT_LITTLE


def _cached_format(found: FileElements, known: dict[Hashable, PixelFormat]) -> PixelFormat:
    element = found.pixels
    place = None if element is None else (element.offset, element.length)
    stated = tuple(map(found.values.element, tags.OF_PIXELS))
    key = stated, found.values.is_big, found.transfer_syntax_uid, place, found.size
    return known.get(key) or _kept(known, key, pixel_format(found))


def _cached_facts(values: Values, known: dict[Hashable, SeriesFacts]) -> SeriesFacts:
    key = tuple(map(values.element, tags.OF_SERIES)), values.is_big
    return known.get(key) or _kept(known, key, facts_of(values))


def _kept(known: dict[Hashable, Fact], key: Hashable, made: Fact) -> Fact:
    if len(known) >= MAX_KNOWN:
        # The oldest: a series that comes back is read once more.
        del known[next(iter(known))]
    known[key] = made
    return made


def _image(path: Path, found: FileElements, facts: SeriesFacts, pixels: PixelFormat, *, is_capture: bool) -> Image:
    values = found.values
    plane = _plane(values, values, values, pixels)
    return _assemble(path, found, facts, pixels, plane=plane, rescale=values, frame=0, is_capture=is_capture)


def _frame(
    path: Path, found: FileElements, facts: SeriesFacts, pixels: PixelFormat, *, frame: int, is_capture: bool
) -> Image:
    """One frame: its own functional groups, else the shared ones, else the top level (DICOM PS3.3 C.7.6.16)."""
    values = found.values
    own = values.items(tags.PER_FRAME_GROUPS_SEQUENCE)
    groups = (own[frame] if frame < len(own) else Values(), values.item(tags.SHARED_GROUPS_SEQUENCE))

    def macro(sequence: int, tag: int) -> Values:
        candidates = (*(group.item(sequence) for group in groups), values)
        return next((candidate for candidate in candidates if candidate.has(tag)), values)

    position = macro(tags.PLANE_POSITION_SEQUENCE, tags.IMAGE_POSITION)
    orientation = macro(tags.PLANE_ORIENTATION_SEQUENCE, tags.IMAGE_ORIENTATION)
    measures = macro(tags.PIXEL_MEASURES_SEQUENCE, tags.PIXEL_SPACING)
    # Without per-frame groups all frames would share one position: then none of them has one.
    plane = _plane(position, orientation, measures, pixels) if own or pixels.frames == 1 else None
    rescale = macro(tags.VALUE_TRANSFORMATION_SEQUENCE, tags.RESCALE_SLOPE)
    image = _assemble(path, found, facts, pixels, plane=plane, rescale=rescale, frame=frame, is_capture=is_capture)
    acquired = groups[0].item(tags.FRAME_CONTENT_SEQUENCE).integer(tags.FRAME_ACQUISITION_NUMBER)
    return image if acquired is None else replace(image, acquisition_number=acquired)


def _assemble(
    path: Path, found: FileElements, facts: SeriesFacts, pixels: PixelFormat, *,
    plane: SlicePlane | None, rescale: Values, frame: int, is_capture: bool,
) -> Image:  # fmt: skip
    values = found.values
    low, high = _padding(values, signed=pixels.signed)
    lossy = values.text(tags.LOSSY_COMPRESSION) == "01" or found.transfer_syntax_uid in syntaxes.LOSSY
    number = values.integer(tags.INSTANCE_NUMBER)
    deflated = found.transfer_syntax_uid == syntaxes.DEFLATED
    slope, intercept = (_rescale(rescale, tag) for tag in (tags.RESCALE_SLOPE, tags.RESCALE_INTERCEPT))
    header = SliceHeader(
        path=path, sop_instance_uid=values.text(tags.SOP_INSTANCE_UID),
        instance_number=number if pixels.frames == 1 else frame + 1, plane=plane,
        slope=slope or None, intercept=intercept,
        padding_low=low, padding_high=high, pixels=pixels, frame=frame, lossy=lossy,
    )  # fmt: skip
    return Image(
        header=header, facts=facts, is_capture=is_capture,
        acquisition_number=values.integer(tags.ACQUISITION_NUMBER), content_time=values.text(tags.CONTENT_TIME),
        rescale_type=rescale.text(tags.RESCALE_TYPE).upper(), notes=tuple(found.notes),
        pixel_start=0 if deflated or found.pixels is None else found.pixels.offset,
    )  # fmt: skip


def _plane(position: Values, orientation: Values, measures: Values, pixels: PixelFormat) -> SlicePlane | None:
    """The slice's plane; None when anything of it is absent or impossible."""
    origin, cosines = position.numbers(tags.IMAGE_POSITION), orientation.numbers(tags.IMAGE_ORIENTATION)
    spacing = measures.numbers(tags.PIXEL_SPACING)
    if len(origin) != 3 or len(cosines) != 6 or len(spacing) != 2 or max(map(abs, origin)) > MAX_POSITION_MM:
        return None
    thickness = measures.number(tags.SLICE_THICKNESS)
    try:
        return SlicePlane(
            position_mm=(origin[0], origin[1], origin[2]), row_direction=(cosines[0], cosines[1], cosines[2]),
            column_direction=(cosines[3], cosines[4], cosines[5]), spacing_mm=(spacing[0], spacing[1]),
            rows=pixels.rows, columns=pixels.columns, thickness_mm=thickness if thickness and thickness > 0 else None,
        )  # fmt: skip
    except ValueError:
        return None


def _rescale(values: Values, tag: int) -> float | None:
    """Slope or intercept; None when it is absent or absurd."""
    found = values.number(tag)
    return found if found is not None and abs(found) <= MAX_RESCALE else None


def _padding(values: Values, *, signed: bool) -> tuple[int | None, int | None]:
    value = values.stored_value(tags.PADDING_VALUE, signed=signed)
    limit = values.stored_value(tags.PADDING_RANGE_LIMIT, signed=signed)
    if value is None:
        return None, None
    return (value, value) if limit is None else (min(value, limit), max(value, limit))
