"""From a series to its volume: the slice that is looked at first, then its neighbors outward, then HU of all."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.series import Series, SeriesKind, SliceHeader
from leukoviewer.core.volume import AIR_HU, HuArray, LoadedSlice, Volume
from leukoviewer.dicom import pixels
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.volume_findings import Look
from leukoviewer.dicom.zipped import open_file
from leukoviewer.errors import DecodeError, RefusedError

_log = logging.getLogger(__name__)

MAX_SERIES_BYTES = 2 << 30


def load(series: Series, *, first: int | None = None, decoder: DecodeProcess | None = None) -> Work[Volume]:
    """Read all slices of a series.

    Parameters
    ----------
    series : Series
        What to read.
    first : int, optional
        Index of the slice to read first; the middle one if not given. Its neighbors follow, outward.
    decoder : DecodeProcess, optional
        A running one to use and leave open, for whoever loads many compressed series in a row.

    Yields
    ------
    Progress
        One a slice, with a :class:`~leukoviewer.core.volume.LoadedSlice` as its ``part``; without one while a decoder
        is waited for.

    Returns
    -------
    Volume
        HU, superior first. A slice that cannot be read is a placeholder of air, never the end of the series.

    Raises
    ------
    RefusedError
        The series is larger than 2 GiB.
    DecodeError
        Not one slice could be read.
    """
    check_size(series)
    count = len(series.slices)
    with ExitStack() as resources:
        reading = _Reading(series, resources.enter_context(DecodeProcess()) if decoder is None else decoder)
        resources.callback(reading.close)
        if any(not pixels.is_native(header.pixels) for header in series.slices):
            reading.decoder.start()
        for done, index in enumerate(outward(series.middle if first is None else first, count), start=1):
            loaded = yield from reading.read(index, Progress(done - 1, count, "Loading slices"))
            yield Progress(done, count, "Loading slices", loaded)
        if len(reading.broken) == count:
            raise DecodeError(f"No slice of this series could be read: {reading.broken[0]}", thing=series.key)
        return reading.volume()


def load_slice(series: Series, index: int) -> LoadedSlice:
    """Read one slice alone, as :func:`load` would give it."""
    check_size(series)
    with ExitStack() as resources:
        reading = _Reading(series, resources.enter_context(DecodeProcess()), only=index)
        resources.callback(reading.close)
        return finish(reading.read(index, Progress(0, 1)))


def check_size(series: Series) -> None:
    """Refuse a series whose pixels would need more than 2 GiB, before any memory is asked for.

    Raises
    ------
    RefusedError
        It is larger.
    """
    rows, columns = matrix(series)
    needed = len(series.slices) * rows * columns * pixels.hu_dtype(series.slices).itemsize
    if needed > MAX_SERIES_BYTES:
        raise RefusedError(
            f"The series needs {needed / (1 << 30):.1f} GiB of pixels, more than the 2 GiB that are loaded.",
            thing=series.key,
        )


def matrix(series: Series) -> tuple[int, int]:
    """Rows and columns of the volume: the largest of the slices (they differ in screen captures alone)."""
    return max(s.pixels.rows for s in series.slices), max(s.pixels.columns for s in series.slices)


def outward(start: int, count: int) -> Iterator[int]:
    """Every index below ``count``, from ``start`` outward to both sides."""
    start = min(max(start, 0), count - 1)
    yield start
    for distance in range(1, count):
        if start + distance < count:
            yield start + distance
        if start - distance >= 0:
            yield start - distance


@dataclass(slots=True)
class _Reading:
    """The state of one load: memory, open file, what broke."""

    series: Series
    decoder: DecodeProcess
    only: int | None = None
    hu: HuArray = field(init=False)
    look: Look = field(init=False)
    padding: NDArray[np.bool_] | None = None
    broken: dict[int, str] = field(default_factory=dict)
    _file: BinaryIO | None = None
    _path: Path | None = None

    def __post_init__(self) -> None:
        count = len(self.series.slices) if self.only is None else 1
        shape = (count, *matrix(self.series))
        is_capture = self.series.kind is SeriesKind.SECONDARY_CAPTURE
        kind = np.dtype(np.int16) if is_capture else pixels.hu_dtype(self.series.slices)
        self.hu = np.empty(shape, kind)
        self.look = Look(self.series)

    def read(self, index: int, waiting: Progress) -> Work[LoadedSlice]:
        """One slice into its place; yields ``waiting`` while it is decoded."""
        header = self.series.slices[index]
        row = index if self.only is None else 0
        mask: NDArray[np.bool_] | None = None
        try:
            mask = yield from self._read_into(row, header, waiting)
        except DecodeError as error:
            self.broken[index] = str(error)
        except OSError:
            self.broken[index] = "The file cannot be read any more."
        if index in self.broken:
            _log.warning("slice %d of %d is a placeholder", index + 1, len(self.series.slices))
            self.hu[row] = AIR_HU
        if mask is not None:
            if self.padding is None:
                self.padding = np.zeros(self.hu.shape, bool)
            self.padding[row] = mask
        self.look.add(self.hu[row])
        shown = self.hu[row].view()
        shown.setflags(write=False)
        return LoadedSlice(index, shown, mask, self.broken.get(index, ""))

    def volume(self) -> Volume:
        """What was read."""
        warnings = self.series.report.warnings
        broken = tuple(sorted(self.broken))
        if broken:
            reasons = Counter(self.broken.values()).most_common(1)[0][0]
            words = (
                f"{len(broken)} of {len(self.series.slices)} slices could not be read and are shown empty: {reasons}"
            )
            warnings = (*warnings, SeriesWarning(WarningCode.BROKEN_SLICES, words, broken))
        warnings = (*warnings, *self.look.warnings())
        return Volume(self.series, self.hu, self.padding, broken, warnings)

    def close(self) -> None:
        """Close the file that was read last."""
        if self._file is not None:
            self._file.close()
        self._file = self._path = None

    def _read_into(self, row: int, header: SliceHeader, waiting: Progress) -> Work[NDArray[np.bool_] | None]:
        is_picture = self.series.kind is SeriesKind.SECONDARY_CAPTURE or header.pixels.samples > 1
        stored = yield from self._stored(header, None if is_picture else self.hu[row], waiting)
        if is_picture:
            self._place_capture(row, pixels.gray_of_capture(stored, header.pixels))
            return None
        try:
            return pixels.to_hu(stored, header, self.hu[row])
        except pixels.RangeError:
            # Metal or odd encodings beyond 16 bits: rare, and worth the memory and a second reading.
            if 2 * self.hu.nbytes > MAX_SERIES_BYTES:
                raise DecodeError("Its HU do not fit 16 bits, and the series is too large for more.") from None
            self.hu = self.hu.astype(np.float32)
            stored = yield from self._stored(header, None, waiting)
            return pixels.to_hu(stored, header, self.hu[row])

    def _stored(self, header: SliceHeader, target: HuArray | None, waiting: Progress) -> Work[NDArray[np.integer]]:
        if not pixels.is_native(header.pixels):
            return (yield from self.decoder.decoding(header, waiting))
        if self._file is None or self._path != header.path:
            self.close()
            self._file = open_file(header.path)  # open for the next frames too
            self._path = header.path
        into = cast("NDArray[np.int16]", target) if target is not None and target.dtype == np.int16 else None
        return pixels.read_native(self._file, header, into=into)

    def _place_capture(self, row: int, gray: NDArray[np.int16]) -> None:
        """A capture in the middle of black, as large as the largest of its series."""
        self.hu[row] = 0
        rows, columns = gray.shape
        top, left = (self.hu.shape[1] - rows) // 2, (self.hu.shape[2] - columns) // 2
        self.hu[row, top : top + rows, left : left + columns] = gray
