"""What is said of the pixel under the cursor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, Verdict, WarningCode
from leukoviewer.core.series import Catalog, Series, SeriesKind
from leukoviewer.core.volume import LoadedSlice, Volume
from leukoviewer.ui.readout import NO_VALUE, readout, unit
from leukoviewer.ui.session import Session
from tests.display import scene


def _session(volume: Volume) -> Session:
    session = Session()
    session.open_catalog(Catalog((volume.series,)))
    session.show_series(volume.series.key)
    session.set_volume(volume)
    return session


def test_the_value_and_the_place_in_the_patient_are_told() -> None:
    session = _session(scene.volume(4))
    assert readout(session, (3, 20)) == ("40 HU", "40 HU   R 50  A 38  H 90 mm")
    assert readout(session, (3, 2))[0] == "20 HU"


@pytest.mark.parametrize("at", [None, (16, 0), (0, 24)])
def test_beside_the_picture_nothing_is_said(at: tuple[int, int] | None) -> None:
    assert readout(_session(scene.volume(4)), at) == ("", "")


def test_padding_is_not_read_out_as_air() -> None:
    volume = scene.volume(4)
    padding = np.zeros(volume.hu.shape, dtype=bool)
    padding[2, :, 0] = True
    session = _session(replace(volume, padding=padding))
    assert readout(session, (3, 0))[0] == NO_VALUE
    assert readout(session, (3, 1))[0] == "20 HU"


def test_padding_of_a_slice_that_came_before_the_others_is_known_too() -> None:
    session = Session()
    session.open_catalog(Catalog((scene.series(4),)))
    session.show_series("1.2.3")
    padding = np.zeros((16, 24), dtype=bool)
    padding[0, 0] = True
    session.add_slice(LoadedSlice(2, np.zeros((16, 24), dtype=np.int16), padding))
    assert readout(session, (0, 0))[0] == NO_VALUE
    assert readout(session, (0, 1))[0] == "0 HU"


def test_a_slice_that_could_not_be_read_has_no_values() -> None:
    assert readout(_session(replace(scene.volume(4), broken=(2,))), (3, 3)) == ("", "")


def _with(**changes: object) -> Series:
    return replace(scene.series(4), **changes)  # type: ignore[arg-type]


def _raw(*slices: int) -> GeometryReport:
    warning = SeriesWarning(WarningCode.NOT_HOUNSFIELD, "No HU.", slices)
    return GeometryReport(Verdict.STACK_2D, "Gray levels.", warnings=(warning,))


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        (_with(), "HU"),
        (_with(kind=SeriesKind.NON_AXIAL), "HU"),
        (_with(kind=SeriesKind.SECONDARY_CAPTURE), "(no HU)"),
        (_with(kind=SeriesKind.LOCALIZER), "(no HU)"),
        (_with(modality="MR"), "(no HU)"),
        (_with(report=_raw()), "(no HU)"),
        (_with(report=_raw(1, 3)), "(no HU)"),
        (_with(report=_raw(3)), "HU"),
        (_with(slices=tuple(replace(one, slope=None) for one in scene.series(4).slices)), "(no HU)"),
    ],
)
def test_only_hounsfield_units_are_called_so(series: Series, expected: str) -> None:
    assert unit(series, 1) == expected
