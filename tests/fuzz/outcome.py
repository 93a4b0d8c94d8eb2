"""What the program does with a file: opened, opened with warnings, refused with a reason, or something it must not."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from leukoviewer.core.geometry import Verdict
from leukoviewer.core.progress import finish
from leukoviewer.core.series import Catalog, Series
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.attributes import read_attributes
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import LeukoError

MAX_SENTENCE = 400
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.]\d+)*")
_UNKNOWN = re.compile(r"unknown encoding \S*")


class Kind(StrEnum):
    """How it ended."""

    OPENED = "opened"
    WARNED = "opened with warnings"
    REFUSED = "refused"
    # The three below are faults of the program.
    UNCLASSIFIED = "unclassified"
    CRASH = "crash"
    HANG = "hang"

    @property
    def is_fault(self) -> bool:
        """Whether the program must never end so."""
        return self in {Kind.UNCLASSIFIED, Kind.CRASH, Kind.HANG}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended and why; numbers in the reason are left out, so that equal ones count together."""

    kind: Kind
    reason: str = ""
    trace: str = ""


class WrongPictureError(AssertionError):
    """Something opened that is not what the file says, or a sound neighbor was lost."""


def outcome_of(place: Path, *, decoder: DecodeProcess, sound: dict[Path, np.ndarray] | None = None) -> Outcome:
    """Open a file or folder as the program does: search, load every series, list the attributes.

    Parameters
    ----------
    place : Path
        File or folder.
    decoder : DecodeProcess
        A running one, for speed.
    sound : dict of Path to array, optional
        HU of sound slices in the folder, which must be there whatever happens to the rest.
    """
    try:
        return _told(place, decoder, sound or {})
    except LeukoError as error:
        sentence = str(error)
        if sound:
            return Outcome(Kind.UNCLASSIFIED, "sound slices were refused with a damaged one", sentence)
        return _refusal(sentence)
    except Exception as error:  # noqa: BLE001 - whatever escapes is what a fuzzer looks for
        return Outcome(Kind.UNCLASSIFIED, f"{type(error).__name__} in {_place(error)}", traceback.format_exc())


def _told(place: Path, decoder: DecodeProcess, sound: dict[Path, np.ndarray]) -> Outcome:
    for path in [place] if place.is_file() else sorted(place.iterdir()):
        if path not in sound:
            _list_attributes(path)
    catalog = finish(discover(place))
    volumes: list[Volume] = []
    refusals: list[str] = []
    for series in catalog.series:
        _check_words(series)
        try:
            volumes.append(finish(load(series, decoder=decoder)))
        except LeukoError as error:
            refusals.append(str(error))
    for volume in volumes:
        _check(volume)
    _check_sound(volumes, sound)
    if refusals and (not volumes or not sound):
        return _refusal(refusals[0])
    warned = list(_warnings(catalog, volumes))
    return Outcome(Kind.WARNED, _short(warned[0])) if warned else Outcome(Kind.OPENED)


def _list_attributes(path: Path) -> None:
    try:
        finish(read_attributes(path))
    except LeukoError as error:
        _check_sentence(str(error))


def _warnings(catalog: Catalog, volumes: list[Volume]) -> Iterator[str]:
    for name, _ in (*catalog.skipped, *catalog.others):
        yield f"left out: {name}"
    for volume in volumes:
        if volume.series.report.verdict in {Verdict.STACK_2D, Verdict.REFUSED}:
            yield str(volume.series.report.verdict)
        for warning in volume.warnings:
            yield str(warning.code)


def _check(volume: Volume) -> None:
    """What is shown is finite, of one shape, and placeholders are named."""
    if volume.hu.dtype not in (np.int16, np.float32) or volume.hu.shape[0] != len(volume.series.slices):
        raise WrongPictureError("a volume of another form")
    if volume.hu.dtype == np.float32 and not np.isfinite(volume.hu).all():
        raise WrongPictureError("HU that are no finite numbers")


def _check_sound(volumes: list[Volume], sound: dict[Path, np.ndarray]) -> None:
    found = {
        header.path: volume.hu[index]
        for volume in volumes
        for index, header in enumerate(volume.series.slices)
        if index not in volume.broken
    }
    for path, hu in sound.items():
        if path not in found:
            raise WrongPictureError("a sound slice was lost beside a damaged one")
        if not np.array_equal(found[path], hu):
            raise WrongPictureError("a sound slice changed beside a damaged one")


def _check_words(series: Series) -> None:
    for text in (series.report.reason, *(warning.message for warning in series.report.warnings)):
        _check_sentence(text)


def _check_sentence(text: str) -> None:
    """What is told goes to terminals and reports: bytes of a file must not command them."""
    if not text.isprintable() or len(text) > MAX_SENTENCE:
        raise WrongPictureError("a sentence with bytes of the file")


def _refusal(sentence: str) -> Outcome:
    if not sentence or not sentence.isprintable() or len(sentence) > MAX_SENTENCE:
        return Outcome(Kind.UNCLASSIFIED, "a refusal without a readable reason", repr(sentence)[:1000])
    return Outcome(Kind.REFUSED, _short(sentence))


def _short(text: str) -> str:
    return _NUMBER.sub("#", _UNKNOWN.sub("unknown encoding", text))[:110]


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
