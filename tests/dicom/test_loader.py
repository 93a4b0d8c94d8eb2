"""From series to volume: exact HU in the right place, in the right order, whatever breaks."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from leukoviewer.core.geometry import WarningCode
from leukoviewer.core.progress import Progress, finish
from leukoviewer.core.series import Series
from leukoviewer.core.volume import LoadedSlice, Volume
from leukoviewer.dicom import loader
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load, load_slice, outward
from leukoviewer.errors import DecodeError, RefusedError
from tests.phantom import Phantom, marker_hu, write_capture, write_enhanced, write_phantom

SMALL = {"rows": 40, "columns": 56, "slices": 7, "spacing_mm": (5, 4)}


def series_of(folder: Path) -> Series:
    return finish(discover(folder)).series[0]


def read(folder: Path, **options: object) -> tuple[Phantom, Volume]:
    phantom = write_phantom(folder, **{**SMALL, **options})
    return phantom, finish(load(series_of(folder)))


def assert_as_written(phantom: Phantom, volume: Volume) -> None:
    assert [one.sop_instance_uid for one in volume.series.slices] == list(phantom.sop_uids)
    assert np.array_equal(volume.hu, phantom.hu)
    assert (volume.padding is None) == (phantom.padding is None)
    assert phantom.padding is None or np.array_equal(volume.padding, phantom.padding)
    assert volume.broken == ()


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, ImplicitVRLittleEndian, ExplicitVRBigEndian])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"signed": True, "intercept": 0},
        {"signed": True, "bits_stored": 12, "intercept": 0},
        {"bits_stored": 12, "dirty_high_bits": True},
        {"signed": True, "bits_stored": 12, "intercept": 0, "dirty_high_bits": True},
        {"slope": 0.5},
        {"slope": 2, "intercept": -1000},
        {"slope": [1, 2, 1, 3, 1, 2, 1], "intercept": [-1024, 0, -1000, -1024, -1024, -1024, -1024], "signed": True},
        {"slope": [1, 0.25, 1, 1, 1, 2, 1]},
        {"padding_value": 63536},
        {"padding_value": 63536, "slope": 0.1},
        {"padding_value": 8, "padding_limit": 3, "intercept": -1100},
        {"padding_value": -2000, "signed": True, "intercept": 0},
        {"photometric": "MONOCHROME1"},
        {"tilt_deg": 18.5, "instance_order": "shuffled"},
        {"preamble": False},
    ],
)
def test_native_series_are_read_exactly(tmp_path: Path, syntax: str, options: dict) -> None:
    assert_as_written(*read(tmp_path, transfer_syntax=syntax, **options))


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless, DeflatedExplicitVRLittleEndian])
def test_compressed_series_are_read_exactly(tmp_path: Path, syntax: str) -> None:
    phantom, volume = read(tmp_path, transfer_syntax=syntax, padding_value=63536)
    assert_as_written(phantom, volume)
    assert volume.hu.dtype == np.int16


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, JPEGLSLossless])
def test_a_multi_frame_file_in_random_order_is_read_exactly(tmp_path: Path, syntax: str) -> None:
    phantom = write_enhanced(
        tmp_path, **SMALL, transfer_syntax=syntax, frame_order=[3, 5, 0, 6, 1, 4, 2], slope=[1, 2, 1, 1, 3, 1, 1]
    )
    assert_as_written(phantom, finish(load(series_of(tmp_path))))


def test_each_slice_carries_its_own_number(tmp_path: Path) -> None:
    _, volume = read(tmp_path, instance_order="shuffled", tilt_deg=-12)
    assert [int(image[1, 1]) for image in volume.hu] == [marker_hu(i) for i in range(7)]
    assert (volume.hu[:, 1, -2] == -1000).all()
    assert (volume.hu[:, -2, 1] == -1000).all()


def test_whole_hu_are_16_bits_and_read_only(tmp_path: Path) -> None:
    _, volume = read(tmp_path)
    assert volume.hu.dtype == np.int16
    with pytest.raises(ValueError, match="read-only"):
        volume.hu[0, 0, 0] = 1
    assert volume.spacing_mm == (5.0, 4.0)


def melt(data: Dataset, index: int) -> None:
    """Metal beyond 16 bits in one slice."""
    if index == 1:
        words = np.frombuffer(data.PixelData, "<u2").copy()
        words[5000 // 4] = 65535
        data.PixelData = words.tobytes()


def test_metal_beyond_16_bits_makes_floats_and_never_wraps(tmp_path: Path) -> None:
    phantom, volume = read(tmp_path, edit=melt)
    assert volume.hu.dtype == np.float32
    expected = phantom.hu.copy()
    expected.reshape(7, -1)[1, 1250] = 64511
    assert np.array_equal(volume.hu, expected)


def test_floats_are_not_made_where_they_would_take_more_than_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_phantom(tmp_path, **SMALL, edit=melt)
    series = series_of(tmp_path)
    monkeypatch.setattr(loader, "MAX_SERIES_BYTES", 7 * 40 * 56 * 2)
    volume = finish(load(series))
    assert volume.hu.dtype == np.int16
    assert len(volume.broken) == 1
    assert (volume.hu[volume.broken[0]] == -1024).all()
    assert "do not fit 16 bits" in volume.warnings[-1].message


def test_the_middle_slice_comes_first_and_then_its_neighbors(tmp_path: Path) -> None:
    write_phantom(tmp_path, **SMALL)
    steps: list[Progress] = []
    volume = finish(load(series_of(tmp_path)), on_progress=steps.append)
    parts = [step.part for step in steps]
    assert all(isinstance(part, LoadedSlice) for part in parts)
    assert [part.index for part in parts] == [3, 4, 2, 5, 1, 6, 0]
    assert [step.fraction for step in steps] == pytest.approx([i / 7 for i in range(1, 8)])
    assert all(np.array_equal(part.hu, volume.hu[part.index]) for part in parts)
    assert all(not part.hu.flags.writeable for part in parts)


@pytest.mark.parametrize(
    ("start", "count", "order"),
    [
        (0, 4, [0, 1, 2, 3]),
        (3, 4, [3, 2, 1, 0]),
        (1, 4, [1, 2, 0, 3]),
        (9, 3, [2, 1, 0]),
        (-1, 3, [0, 1, 2]),
        (0, 1, [0]),
    ],
)
def test_outward_visits_every_slice_once(start: int, count: int, order: list[int]) -> None:
    assert list(outward(start, count)) == order


def test_any_slice_can_be_asked_for_first(tmp_path: Path) -> None:
    write_phantom(tmp_path, **SMALL)
    work = load(series_of(tmp_path), first=6)
    assert next(work).part.index == 6
    work.close()


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, JPEGLSLossless])
def test_closing_the_work_leaves_no_open_file_and_no_process(tmp_path: Path, syntax: str) -> None:
    import multiprocessing

    before = set(multiprocessing.active_children())
    write_phantom(tmp_path, **SMALL, transfer_syntax=syntax)
    work = load(series_of(tmp_path))
    next(work)
    work.close()
    assert set(multiprocessing.active_children()) <= before


def test_the_wait_for_a_decoder_is_told_without_a_slice(tmp_path: Path) -> None:
    write_phantom(tmp_path, **SMALL, transfer_syntax=JPEGLSLossless)
    work = load(series_of(tmp_path))
    assert next(work) == Progress(0, 7, "Loading slices")  # the child starts: longer than one beat
    work.close()


def test_one_decoder_serves_several_series(tmp_path: Path) -> None:
    first = write_phantom(tmp_path / "a", **SMALL, transfer_syntax=RLELossless)
    second = write_phantom(tmp_path / "b", **SMALL, transfer_syntax=JPEGLSLossless, brain=False)
    with DecodeProcess() as decoder:
        for phantom in (first, second, first):
            assert_as_written(phantom, finish(load(series_of(phantom.folder), decoder=decoder)))
        assert decoder._process.is_alive()


def truncate(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, RLELossless])
def test_a_truncated_slice_is_a_placeholder_and_the_series_lives(tmp_path: Path, syntax: str) -> None:
    phantom = write_phantom(tmp_path, **SMALL, transfer_syntax=syntax)
    truncate(phantom.files[2], 0.8)
    steps: list[Progress] = []
    volume = finish(load(series_of(tmp_path)), on_progress=steps.append)
    assert volume.broken == (2,)
    assert (volume.hu[2] == -1024).all()
    assert np.array_equal(np.delete(volume.hu, 2, 0), np.delete(phantom.hu, 2, 0))
    warning = volume.warnings[-1]
    assert (warning.code, warning.slices) == (WarningCode.BROKEN_SLICES, (2,))
    assert warning.message.startswith("1 of 7 slices could not be read and are shown empty: ")
    parts = [step.part for step in steps if step.part is not None]
    assert sorted(part.index for part in parts) == list(range(7))
    assert [part.index for part in parts if part.broken] == [2]


def test_a_file_that_vanished_since_is_a_placeholder(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path, **SMALL)
    series = series_of(tmp_path)
    phantom.files[0].unlink()
    volume = finish(load(series))
    assert volume.broken == (0,)
    assert "cannot be read any more" in volume.warnings[-1].message


def test_a_series_without_one_sound_slice_is_an_error(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path, **SMALL)
    series = series_of(tmp_path)
    for path in phantom.files:
        truncate(path, 0.5)
    with pytest.raises(DecodeError, match="No slice of this series could be read: The file ends"):
        finish(load(series))


def test_a_series_beyond_two_gigabytes_is_refused_before_any_memory_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_phantom(tmp_path, **SMALL)
    series = series_of(tmp_path)
    monkeypatch.setattr(loader, "MAX_SERIES_BYTES", 7 * 40 * 56 * 2 - 1)
    with pytest.raises(RefusedError, match="more than the 2 GiB"):
        finish(load(series))
    monkeypatch.setattr(loader, "MAX_SERIES_BYTES", 7 * 40 * 56 * 2)
    assert len(finish(load(series))) == 7


@pytest.mark.parametrize(("options", "share"), [({}, 1.1), ({"padding_value": 63536}, 1.6)])
def test_memory_stays_near_that_of_the_pixels(tmp_path: Path, options: dict, share: float) -> None:
    write_phantom(tmp_path, slices=24, rows=192, columns=192, spacing_mm=(1, 1), **options)
    series = series_of(tmp_path)
    tracemalloc.start()
    try:
        volume = finish(load(series))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < volume.hu.nbytes * share + 300_000


def test_captures_of_several_sizes_are_centered_gray_pictures(tmp_path: Path) -> None:
    write_capture(tmp_path, name="a", rows=48, columns=80)
    write_capture(tmp_path, name="b", rows=20, columns=30)
    volume = finish(load(series_of(tmp_path)))
    assert volume.hu.shape == (2, 48, 80)
    small = next(i for i, one in enumerate(volume.series.slices) if one.pixels.rows == 20)
    assert volume.hu[1 - small][0, [0, 40, 79]].tolist() == [76, 150, 29]
    assert (volume.hu[small, :14] == 0).all()
    assert volume.hu[small, 14, [24, 25, 54, 55]].tolist() == [0, 76, 29, 0]


def test_raw_values_are_shown_where_hu_are_not_known(tmp_path: Path) -> None:
    _, volume = read(tmp_path, slope=None, intercept=None, signed=True)
    assert volume.series.report.has(WarningCode.NOT_HOUNSFIELD)
    assert int(volume.hu[0, 1, 1]) == marker_hu(0)


def test_one_slice_alone_is_as_in_the_volume(tmp_path: Path) -> None:
    phantom, volume = read(tmp_path, padding_value=63536)
    alone = load_slice(volume.series, 5)
    assert alone.index == 5
    assert np.array_equal(alone.hu, phantom.hu[5])
    assert np.array_equal(alone.padding, volume.padding[5])
    phantom.files[5].unlink()
    assert load_slice(volume.series, 5).broken


def test_warnings_of_the_gate_come_first(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path, **SMALL, tilt_deg=10)
    truncate(phantom.files[6], 0.9)
    codes = [warning.code for warning in finish(load(series_of(tmp_path))).warnings]
    assert codes == [WarningCode.TILT, WarningCode.BROKEN_SLICES]
