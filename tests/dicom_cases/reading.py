"""How the tests of cases read a folder: under several orders and names, and checked to the last pixel."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from leukoviewer.core.geometry import Verdict, WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.core.series import Catalog, Series
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from tests.phantom import Phantom, marker_hu, write_phantom

SMALL = {"rows": 16, "columns": 16, "slices": 10, "spacing_mm": (14, 14)}
ARRANGEMENTS = ("as written", "reversed names", "scattered")


@dataclass(frozen=True)
class Desk:
    """A folder to write into, and how its files are named and strewn before they are read."""

    path: Path
    arrangement: str
    decoder: DecodeProcess

    def write(self, folder: str = "a", **options: object) -> Phantom:
        """A small phantom series in a folder of its own."""
        return write_phantom(self.path / folder, **{**SMALL, **options})

    def catalog(self) -> Catalog:
        """Everything found, after the files got their names."""
        target = self.path.with_name(f"{self.path.name}-arranged")
        if self.arrangement == "as written":
            return finish(discover(self.path))
        if not target.exists():
            self._arrange(target)
        return finish(discover(target))

    def only(self) -> Series:
        """The one series of the folder."""
        (series,) = self.catalog().series
        return series

    def load(self, series: Series) -> Volume:
        """Its volume, by the decoder that all tests share."""
        return finish(load(series, decoder=self.decoder))

    def _arrange(self, target: Path) -> None:
        files = sorted(path for path in self.path.rglob("*") if path.is_file())
        draw = random.Random(5)
        if self.arrangement == "reversed names":
            names = [f"{len(files) - number:04d}.ima" for number in range(len(files))]
        else:
            # No extension, any folder, and names that look like other things.
            names = [f"{draw.choice('abc')}/{draw.getrandbits(48):012x}" for _ in files]
            names[0] = "a/report.txt"
        for path, name in zip(files, names, strict=True):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name)


def codes(series: Series | Volume) -> list[WarningCode]:
    """Names of all findings, in their order."""
    found = series.report.warnings if isinstance(series, Series) else series.warnings
    return [warning.code for warning in found]


def sentence(series: Series | Volume, code: WarningCode) -> str:
    """The sentence of one finding."""
    found = series.report.warnings if isinstance(series, Series) else series.warnings
    return next(warning.message for warning in found if warning.code is code)


def check(
    desk: Desk, series: Series, phantom: Phantom, *, warnings: Sequence[WarningCode] = (),
    verdict: Verdict | None = None, loaded: Sequence[WarningCode] = (),
) -> Volume:  # fmt: skip
    """Order, place, side, HU, verdict and findings are exactly those of the phantom; returns the volume.

    ``loaded`` names what only the values tell, after the findings of the gate.
    """
    assert [one.sop_instance_uid for one in series.slices] == list(phantom.sop_uids)
    planes = [one.plane for one in series.slices]
    assert np.allclose([plane.position_mm for plane in planes], phantom.positions_mm, atol=1e-4)
    # The marker lies in the first corner: where that is in the patient, orientation and position must both say.
    centers = np.array([plane.point_mm((plane.rows - 1) / 2, (plane.columns - 1) / 2) for plane in planes])
    markers = np.array([plane.point_mm(1, 1) for plane in planes])
    expected = np.sign(-np.array(planes[0].row_direction) - np.array(planes[0].column_direction))
    assert (np.sign(np.round(markers - centers, 6)) == expected).all()
    assert codes(series) == list(warnings)
    usual = Verdict.VOLUME_WITH_WARNINGS if warnings else Verdict.VOLUME
    assert series.report.verdict is (usual if verdict is None else verdict)
    volume = desk.load(series)
    assert np.array_equal(volume.hu, phantom.hu)
    assert codes(volume) == [*warnings, *loaded]
    assert volume.broken == ()
    return volume


def shown_markers(volume: Volume) -> list[int]:
    """Number of the slice that each picture's marker tells."""
    return [round((float(one[1, 1]) - marker_hu(0)) / (marker_hu(1) - marker_hu(0))) for one in volume.hu]


def own_uid(data: Dataset, index: int) -> None:
    """Another image than the one of the same number in the first folder."""
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.{index}"
