"""Key images: slices that the reader marked, kept with the study in the user's data folder.

A mark names its image by identifiers alone, so neither the file's name nor its content tells the patient.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from leukoviewer.core.series import Series
from leukoviewer.core.study_record import Shelf


@dataclass(frozen=True, slots=True, order=True)
class KeyImage:
    """One marked slice.

    Attributes
    ----------
    series_uid, sop_instance_uid : str
        The series and the image.
    frame : int
        Frame of a multi-frame image, from 0.
    slice_index : int
        Native slice when it was marked; it decides only where two slices carry one identifier.
    """

    series_uid: str
    sop_instance_uid: str
    frame: int = 0
    slice_index: int = 0

    def __post_init__(self) -> None:
        if self.frame < 0 or self.slice_index < 0:
            raise ValueError("frames and slices are counted from 0")

    @property
    def image(self) -> tuple[str, int]:
        """What tells it from others."""
        return self.sop_instance_uid, self.frame


def key_image_of(series: Series, index: int) -> KeyImage:
    """The mark of a native slice."""
    header = series.slices[index]
    return KeyImage(series.series_uid, header.sop_instance_uid, header.frame, index)


def indices_of(keys: Iterable[KeyImage], series: Series) -> tuple[int, ...]:
    """Native slices of a series that are marked, ascending."""
    slices = series.slices
    first = {(header.sop_instance_uid, header.frame): i for i, header in reversed(list(enumerate(slices)))}
    found = set()
    for key in keys:
        index = key.slice_index
        # Two slices may carry one identifier against the standard: then the index decides.
        if index >= len(slices) or (slices[index].sop_instance_uid, slices[index].frame) != key.image:
            index = first.get(key.image, -1)
        if index >= 0:
            found.add(index)
    return tuple(sorted(found))


def _parse(data: dict[str, Any]) -> frozenset[KeyImage]:
    if not isinstance(data["key_images"], list):
        raise TypeError("key images are a list")
    return frozenset(_key_image(item) for item in data["key_images"])


def _key_image(item: dict[str, Any]) -> KeyImage:
    texts = {name: item[name] for name in ("series_uid", "sop_instance_uid")}
    numbers = {name: item[name] for name in ("frame", "slice_index")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("identifiers are strings")
    if any(not isinstance(number, int) or isinstance(number, bool) for number in numbers.values()):
        raise TypeError("frame and slice are whole numbers")
    return KeyImage(**texts, **numbers)


def _to_json(keys: frozenset[KeyImage]) -> dict[str, Any]:
    names = ("series_uid", "sop_instance_uid", "frame", "slice_index")
    return {"key_images": [{name: getattr(key, name) for name in names} for key in sorted(keys)]}


SHELF: Shelf[frozenset[KeyImage]] = Shelf(
    "key_images", "leukoviewer.key_images/1", "The file with the key images of this study", _parse, _to_json
)
