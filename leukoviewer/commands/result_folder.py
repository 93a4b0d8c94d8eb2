"""The folder of one result: ``result.json``, ``scores.csv``, ``montage.png`` and a picture a scored slice."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer import atomic
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import CannotWriteError, RefusedError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from leukoviewer.core.results import Analysis, PackageRef
    from leukoviewer.core.series import Series
    from leukoviewer.core.volume import Volume
    from leukoviewer.display.report import Stamp

RESULT = "result.json"
SCORES = "scores.csv"
MONTAGE = "montage.png"
OVERLAYS = "overlays"
REPORT_FORMATS = ("pdf", "html", "json")
# Folder of the result as DICOM objects.
DICOM = "dicom"
# There while files are written, and after a run that was killed or stopped.
UNFINISHED = ".unfinished.json"

# Fast rather than small: level 6 saves 15 % of the size and takes three times as long.
_PNG_LEVEL = 2


@dataclass(frozen=True, slots=True)
class ResultFolder:
    """A folder that may hold an earlier result and files of others; the latter stay untouched.

    ``result.json`` is taken away first and written last, so that a folder with it is complete.

    Attributes
    ----------
    path : Path
        The folder.
    """

    path: Path

    @classmethod
    def prepare(cls, path: Path) -> ResultFolder:
        """The folder at this path, found writable before any work is done for it; it is not made yet.

        Raises
        ------
        CannotWriteError
            It is a file, or it cannot be made or written.
        """
        nearest = next(place for place in (path, *path.absolute().parents) if place.exists())
        if not nearest.is_dir():
            raise CannotWriteError(f"{nearest} is a file; choose a folder for the results.", thing=path)
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise CannotWriteError(f"{nearest} cannot be written; choose another folder for the results.", thing=path)
        return cls(path)

    def write(self, volume: Volume, analysis: Analysis) -> Work[tuple[str, ...]]:
        """Write a result, one step a file.

        Returns
        -------
        tuple of str
            Names of what was written, in words.

        Raises
        ------
        CannotWriteError
            The files cannot be written; ``result.json`` is then missing.
        """
        from leukoviewer.display import report
        from leukoviewer.display.montage import montage
        from leukoviewer.display.pictures import slice_picture

        indices = sorted(index for item in analysis.scores for index in item.native)
        total = len(indices) + 1
        self._take_earlier_away()
        # What a killed run leaves behind is known to the next one by this list.
        scored = [{"index": index} for index in indices]
        atomic.write_json(self.path / UNFINISHED, {"schema": report.SCHEMA, "scores": scored})
        for step, index in enumerate(indices):
            yield Progress(step, total, "Writing pictures")
            self._write_png(self._overlay(index), slice_picture(volume, index, analysis=analysis))
        yield Progress(total - 1, total, "Writing pictures")
        self._write_png(self.path / MONTAGE, montage(volume, analysis=analysis))
        atomic.write_text(self.path / SCORES, report.scores_csv(report.score_rows(analysis, volume.series)))
        atomic.write_json(self.path / RESULT, report.scored(analysis, volume, stamp=_stamp()))
        self._remove([self.path / UNFINISHED])
        return RESULT, SCORES, MONTAGE, f"{OVERLAYS} ({len(indices)} pictures)"

    def write_refusal(self, refusal: RefusedError, series: Series, package: PackageRef | None) -> None:
        """Write the reason, and take an earlier result away: it must not be read as this series'.

        Raises
        ------
        CannotWriteError
            The file cannot be written.
        """
        from leukoviewer.display import report

        self._take_earlier_away()
        record = report.refused(series, str(refusal), stamp=_stamp(), package=package)
        atomic.write_json(self.path / RESULT, record)

    def _take_earlier_away(self) -> None:
        """Remove what an earlier run brought, its record first: two results must never lie there mixed."""
        record = self.path / UNFINISHED
        self._forget(record)
        if _indices(self.path / RESULT) is None:
            return
        try:
            # From here on there is no result, and what it brought is still known to whoever comes after a kill.
            (self.path / RESULT).replace(record)
        except OSError as error:
            raise CannotWriteError(f"{self.path} cannot be written; choose another folder.", thing=record) from error
        self._forget(record)

    def _forget(self, record: Path) -> None:
        old = _indices(record)
        if old:
            reports = [self.path / f"report.{kind}" for kind in REPORT_FORMATS]
            from leukoviewer.core.result_pictures import MAP_NAME, REPORT_NAME, overlay_name

            objects = [MAP_NAME, REPORT_NAME, *map(overlay_name, old)]
            dicom = [self.path / DICOM / name for name in objects]
            self._remove([self.path / SCORES, self.path / MONTAGE, *reports, *dicom, *map(self._overlay, old)])
        if old is not None:
            self._remove([record])

    def _overlay(self, index: int) -> Path:
        """Named by the number that stands in the picture, from 1."""
        return self.path / OVERLAYS / f"slice_{index + 1:03d}.png"

    def _write_png(self, path: Path, picture: NDArray[np.uint8]) -> None:
        from PIL import Image

        buffer = BytesIO()
        Image.fromarray(picture).save(buffer, format="PNG", compress_level=_PNG_LEVEL)
        atomic.write_bytes(path, buffer.getvalue())

    def _remove(self, paths: list[Path]) -> None:
        for path in paths:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise CannotWriteError(f"{path} cannot be replaced; choose another folder.", thing=path) from error
        for folder in (OVERLAYS, DICOM):
            with suppress(OSError):  # a folder of ours goes when nothing of anybody is left in it
                (self.path / folder).rmdir()


def _indices(path: Path) -> tuple[int, ...] | None:
    """Slices that a result file of ours scored; None when there is no such file."""
    from leukoviewer.display.report import SCHEMA

    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["schema"] != SCHEMA:
            return None
        return tuple(int(row["index"]) for row in record["scores"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _stamp() -> Stamp:
    from importlib.metadata import version

    from leukoviewer.display.report import Stamp

    return Stamp(software_version=version("leukoviewer"), created=datetime.now(UTC))
