"""Files that are small and want to be large: refused within the limits, with the memory measured, and life goes on."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.uid import DeflatedExplicitVRLittleEndian, RLELossless

from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.dicom import walk
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.elements import read_elements_of
from leukoviewer.dicom.loader import load
from leukoviewer.errors import LeukoError
from tests.dicom_cases.bytes_of_files import nest
from tests.dicom_cases.reading import SMALL
from tests.dicom_cases.test_codecs import flat_htj2k, image
from tests.phantom import write_phantom
from tests.phantom_files import save

# Of this process, while a folder with a bomb is read and loaded.
MAX_PEAK_BYTES = 40 << 20
MEBIBYTE = 1 << 20


def deflate_bomb(path: Path) -> None:
    """300 MB of zeros behind a sound header, in a third of a megabyte."""
    phantom = write_phantom(path.parent, **{**SMALL, "slices": 1}, transfer_syntax=DeflatedExplicitVRLittleEndian)
    data = phantom.files[0].read_bytes()
    start = read_elements_of(data).data_start
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(zlib.decompress(data[start:], -zlib.MAX_WBITS))
    packed += b"".join(packer.compress(bytes(MEBIBYTE)) for _ in range(300)) + packer.flush()
    phantom.files[0].write_bytes(data[:start] + packed)


def deflated_header(path: Path) -> None:
    """A deflated data set of nothing but elements without end."""
    deflate_bomb(path)
    (file,) = path.parent.iterdir()
    data = file.read_bytes()
    element = b"\x09\x00\x01\x10UN\0\0\0\0\0\0"
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = b"".join(packer.compress(element * 80_000) for _ in range(16)) + packer.flush()
    file.write_bytes(data[: read_elements_of(data).data_start] + packed)


def dimensions(path: Path) -> None:
    """65535 x 65535 pixels in a kilobyte."""
    write_phantom(
        path.parent, **{**SMALL, "slices": 1}, transfer_syntax=RLELossless,
        edit=lambda data, _: (setattr(data, "Rows", 65535), setattr(data, "Columns", 65535)),
    )  # fmt: skip


def stream_dimensions(path: Path) -> None:
    """A stream that says 60000 x 60000 under a header that says 36 x 44."""
    data = image((16, 12, False), "1.2.840.10008.1.2.4.201")
    stream = flat_htj2k((16, 12, False)).replace(struct.pack(">II", 44, 36), struct.pack(">II", 60000, 60000))
    data.PixelData = encapsulate([stream])
    data["PixelData"].is_undefined_length = True
    path.parent.mkdir(exist_ok=True)
    save(data, path)


def runs(path: Path) -> None:
    """RLE whose segments lie behind the end, and whose runs would fill gigabytes."""
    data = image((16, 16, False))
    data.compress(RLELossless, generate_instance_uid=False)
    header = struct.pack("<16I", 15, *range(64, 64 + 15 * 4_000_000, 4_000_000))
    data.PixelData = encapsulate([header + b"\x81\x00" * 200_000])
    data["PixelData"].is_undefined_length = True
    path.parent.mkdir(exist_ok=True)
    save(data, path)


def nesting(path: Path) -> None:
    """Sequences in sequences, 50,000 deep."""
    nest(write_phantom(path.parent, **{**SMALL, "slices": 1}).files[0], 50_000)


def zip_bomb(path: Path) -> None:
    """200 MB of zeros in an archive, which is not opened at all."""
    path.parent.mkdir(exist_ok=True)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("a.dcm", "w") as one,
    ):
        for _ in range(200):
            one.write(bytes(MEBIBYTE))


BOMBS = [deflate_bomb, deflated_header, dimensions, stream_dimensions, runs, nesting, zip_bomb]


def all_that_can_be_read(folder: Path, decoder: DecodeProcess) -> list[Volume]:
    found = []
    for series in finish(discover(folder)).series:
        try:
            found.append(finish(load(series, decoder=decoder)))
        except LeukoError:
            assert len(series.slices) == 1  # the bomb, refused by itself
    return found


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_takes_no_memory_here_and_the_scan_beside_it_is_read(
    tmp_path: Path, decoder: DecodeProcess, bomb: Callable[[Path], None]
) -> None:
    bomb(tmp_path / "bomb" / "b.dcm")
    size = sum(path.stat().st_size for path in (tmp_path / "bomb").iterdir())
    assert size < 2 * MEBIBYTE
    scan = write_phantom(tmp_path / "scan", **SMALL, patient_id="ANOTHER", transfer_syntax=RLELossless)
    tracemalloc.start()
    try:
        volumes = all_that_can_be_read(tmp_path, decoder)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MAX_PEAK_BYTES
    (sound,) = [volume for volume in volumes if volume.series.series_uid == scan.series_uid]
    assert np.array_equal(sound.hu, scan.hu)


def test_more_files_than_the_limit_end_the_walk_and_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "MAX_FILES", 12)
    scan = write_phantom(tmp_path / "a", **SMALL)
    (tmp_path / "z").mkdir()
    for number in range(40):
        (tmp_path / "z" / str(number)).write_bytes(b"x")
    catalog = finish(discover(tmp_path))
    assert len(catalog.series[0].slices) == len(scan.files)
    assert dict(catalog.skipped) == {"not DICOM": 2, "too many files": 1}


def test_the_decoding_process_is_held_to_its_memory(tmp_path: Path) -> None:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("only Linux can hold a process to its memory")
    deflate_bomb(tmp_path / "bomb" / "b.dcm")
    (series,) = finish(discover(tmp_path)).series
    with DecodeProcess(memory_bytes=96 << 20) as process:
        process.start()
        with pytest.raises(LeukoError, match=r"memory|damaged"):
            finish(load(series, decoder=process))
        child = process._process
        assert child is not None
        lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
        peak_kib = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    assert peak_kib < (96 + 128) * 1024
