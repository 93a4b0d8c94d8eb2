"""The decoding process: exact on sound data, and unharmed by data that hang, crash or swell."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
import warnings
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from leukoviewer.core.progress import Progress
from leukoviewer.core.series import SliceHeader
from leukoviewer.dicom import decode_process, decoding, syntaxes
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.header import read_images
from leukoviewer.errors import DecodeError
from tests.phantom import PhantomSeries, write_capture, write_enhanced, write_phantom

CODECS = [RLELossless, JPEGLSLossless, JPEG2000Lossless, DeflatedExplicitVRLittleEndian]


@pytest.fixture(scope="module")
def process() -> Iterator[DecodeProcess]:
    with DecodeProcess() as running:
        yield running


def header_of(path: Path, frame: int = 0) -> SliceHeader:
    return read_images(path)[frame].header


def one(folder: Path, **options: object) -> SliceHeader:
    return header_of(write_phantom(folder, **{"slices": 1, "rows": 36, "columns": 44, **options}).files[0])


@pytest.mark.parametrize("syntax", CODECS)
@pytest.mark.parametrize(("signed", "bits"), [(False, 16), (True, 16), (False, 12), (True, 12)])
def test_lossless_encodings_give_exactly_the_stored_values(
    tmp_path: Path, process: DecodeProcess, syntax: str, signed: bool, bits: int
) -> None:
    intercept = 0 if signed else -1024
    options = {"slices": 1, "rows": 36, "columns": 44, "signed": signed, "bits_stored": bits, "intercept": intercept}
    header = one(tmp_path, transfer_syntax=syntax, **options)
    stored = PhantomSeries(**options).stored()[0][0]
    assert (process.decode(header) == stored).all()


@pytest.mark.parametrize("syntax", CODECS)
def test_frames_of_one_file_are_decoded_one_by_one(tmp_path: Path, process: DecodeProcess, syntax: str) -> None:
    options = {"slices": 4, "rows": 36, "columns": 44}
    phantom = write_enhanced(tmp_path, transfer_syntax=syntax, **options)
    stored = PhantomSeries(**options).stored()[0]
    for frame in (2, 0, 3, 1):
        assert (process.decode(header_of(phantom.files[0], frame)) == stored[frame]).all()


def test_a_larger_frame_after_a_smaller_one_gets_its_room(tmp_path: Path, process: DecodeProcess) -> None:
    for rows in (16, 128, 24):
        header = one(tmp_path / str(rows), transfer_syntax=RLELossless, rows=rows)
        assert process.decode(header).shape == (rows, 44)


def test_compressed_captures_keep_their_colors(tmp_path: Path, process: DecodeProcess) -> None:
    from pydicom import dcmread

    path = write_capture(tmp_path)
    data = dcmread(path)
    data.compress(RLELossless, generate_instance_uid=False)
    data.save_as(path)
    assert process.decode(header_of(path))[0, [0, 40, 79]].tolist() == [[255, 0, 0], [0, 255, 0], [0, 0, 255]]


def damaged(path: Path, find: bytes, put: bytes) -> None:
    data = path.read_bytes()
    assert find in data
    path.write_bytes(data.replace(find, put))


@pytest.mark.parametrize("syntax", [RLELossless, JPEGLSLossless, JPEG2000Lossless, DeflatedExplicitVRLittleEndian])
def test_truncated_data_are_an_error_and_the_next_frame_is_fine(
    tmp_path: Path, process: DecodeProcess, syntax: str
) -> None:
    header = one(tmp_path / "bad", transfer_syntax=syntax)
    data = header.path.read_bytes()
    header.path.write_bytes(data[: len(data) * 5 // 6])
    with pytest.raises(DecodeError, match="damaged"):
        process.decode(header)
    assert process.decode(one(tmp_path / "good", transfer_syntax=syntax)).shape == (36, 44)


def test_a_size_that_is_not_the_headers_is_an_error(tmp_path: Path, process: DecodeProcess) -> None:
    header = one(tmp_path, transfer_syntax=JPEGLSLossless)
    lying = replace(header, pixels=replace(header.pixels, rows=40))
    with pytest.raises(DecodeError, match="damaged"):
        process.decode(lying)


def test_files_that_vanish_or_shrink_to_nothing_are_errors(tmp_path: Path, process: DecodeProcess) -> None:
    header = one(tmp_path, transfer_syntax=RLELossless)
    header.path.write_bytes(b"")
    with pytest.raises(DecodeError, match="empty"):
        process.decode(header)
    header.path.unlink()
    with pytest.raises(DecodeError, match="cannot be read"):
        process.decode(header)


def test_a_file_beyond_the_limit_is_never_read(
    tmp_path: Path, process: DecodeProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = one(tmp_path, transfer_syntax=RLELossless)
    monkeypatch.setattr(decode_process, "MAX_FILE_BYTES", 100)
    with pytest.raises(DecodeError, match="256 MB"):
        process.decode(header)


def endless(folder: Path) -> SliceHeader:
    """A JPEG 2000 file whose first box is 0 bytes long: pydicom 3.0.2 looks for the next one for ever."""
    header = one(folder, transfer_syntax=JPEG2000Lossless)
    box = struct.pack(">I4s", 12, b"jP  ") + b"\r\n\x87\n" + struct.pack(">I4s", 0, b"ftyp") + b"\0" * 64
    data = header.path.read_bytes()
    start = data.index(b"\xff\x4f\xff\x51")
    header.path.write_bytes(data[:start] + box + data[start + len(box) :])
    return header


@pytest.mark.case(57)
def test_endless_decoding_is_killed_in_time_and_the_next_frame_finds_a_fresh_process(tmp_path: Path) -> None:
    header = endless(tmp_path / "bad")
    sound = one(tmp_path / "good", transfer_syntax=RLELossless)
    with DecodeProcess(limit_s=0.5) as process:
        process.decode(sound)
        started = time.perf_counter()
        with pytest.raises(DecodeError, match=r"JPEG 2000 lossless\) took longer than 0\.5 s"):
            process.decode(header)
        assert time.perf_counter() - started < 3
        with pytest.raises(DecodeError, match=r"0\.25 s"):
            process.decode(header)
        assert process.decode(sound).shape == (36, 44)
        with pytest.raises(DecodeError, match=r"0\.5 s"):
            process.decode(header)


def test_waiting_for_a_decoder_can_be_stopped_and_the_next_frame_is_its_own(tmp_path: Path) -> None:
    sound = one(tmp_path / "good", transfer_syntax=RLELossless)
    with DecodeProcess() as process:
        expected = process.decode(sound)
        work = process.decoding(endless(tmp_path / "bad"), Progress(3, 7, "Loading slices"))
        assert [next(work) for _ in range(2)] == [Progress(3, 7, "Loading slices")] * 2
        started = time.perf_counter()
        work.close()
        assert time.perf_counter() - started < 0.3
        assert (process.decode(sound) == expected).all()


def test_the_start_of_the_child_can_be_stopped_too(tmp_path: Path) -> None:
    with DecodeProcess() as process:
        work = process.decoding(one(tmp_path, transfer_syntax=RLELossless), Progress(0, 0))
        assert next(work) == Progress(0, 0)  # a fresh interpreter takes longer than one beat
        work.close()
        assert process._process is None


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux can hold a process to its memory")
def test_decoding_may_not_take_all_memory(tmp_path: Path) -> None:
    header = one(tmp_path, transfer_syntax=DeflatedExplicitVRLittleEndian)
    with DecodeProcess(memory_bytes=8 << 20) as process:
        data = header.path.read_bytes()
        unpacked = zlib.decompress(data[read_start(data) :], -15)
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        header.path.write_bytes(
            data[: read_start(data)] + packer.compress(unpacked + b"\0" * (64 << 20)) + packer.flush()
        )
        with pytest.raises(DecodeError, match="memory"):
            process.decode(header)


def read_start(data: bytes) -> int:
    from leukoviewer.dicom.elements import read_elements_of

    return read_elements_of(data).data_start


def test_a_frame_whose_decoder_died_is_given_to_a_fresh_one(tmp_path: Path) -> None:
    header = one(tmp_path / "a", transfer_syntax=RLELossless)
    other = one(tmp_path / "b", transfer_syntax=RLELossless)
    with DecodeProcess() as process:
        expected = process.decode(other)
        process.decode(header)
        child = process._process
        child.kill()
        child.join()
        assert np.array_equal(process.decode(other), expected)
        assert process._process is not child


def test_a_frame_that_kills_each_decoder_is_an_error_and_the_next_frame_is_fine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = one(tmp_path, transfer_syntax=RLELossless)
    tries = []

    def exchange(self: DecodeProcess, *_: object) -> Iterator[None]:
        tries.append(self)
        raise EOFError
        yield

    with DecodeProcess() as process:
        with monkeypatch.context() as patch:
            patch.setattr(DecodeProcess, "_exchange", exchange)
            with pytest.raises(DecodeError, match="crashed on this slice's data"):
                process.decode(header)
        assert len(tries) == 2
        assert process.decode(header).shape == (36, 44)


def test_a_decoder_that_does_not_start_in_time_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_process, "START_LIMIT_S", 0.0)
    with DecodeProcess() as process, pytest.raises(DecodeError, match="did not start within 0 s; close other programs"):
        process.decode(one(tmp_path, transfer_syntax=RLELossless))


def test_closing_ends_the_process_and_frees_the_memory(tmp_path: Path) -> None:
    from multiprocessing.shared_memory import SharedMemory

    process = DecodeProcess()
    process.decode(one(tmp_path, transfer_syntax=RLELossless))
    child, name = process._process.pid, process._memory.name
    process.close()
    with pytest.raises(FileNotFoundError):
        SharedMemory(name=name)
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)
    process.close()


def test_every_compressed_syntax_has_its_decoder_here() -> None:
    from pydicom.pixels import get_decoder

    assert set(decoding._PLUGINS) == set(syntaxes.COMPRESSED)
    for uid, plugin in decoding._PLUGINS.items():
        assert plugin in get_decoder(uid).available_plugins, syntaxes.name(uid)


def test_the_child_says_nothing_and_imports_neither_qt_nor_torch(tmp_path: Path) -> None:
    header = one(tmp_path, transfer_syntax=JPEGLSLossless)
    data = header.path.read_bytes()
    header.path.write_bytes(data[: len(data) * 5 // 6])
    script = tmp_path / "main.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom leukoviewer.dicom.decode_process import DecodeProcess\n"
        "from leukoviewer.dicom.header import read_images\nfrom leukoviewer.errors import DecodeError\n"
        "if __name__ == '__main__':\n    with DecodeProcess() as process:\n        try:\n"
        "            process.decode(read_images(Path(sys.argv[1]))[0].header)\n"
        "        except DecodeError as error:\n            print(error)\n"
        "    heavy = {'PySide6', 'torch', 'pydicom', 'skimage'} & set(sys.modules)\n    sys.exit(len(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, script, header.path], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("The JPEG-LS lossless data are damaged.\n", "")
    assert done.returncode == 0


def test_decoding_in_this_process_is_the_same_function(tmp_path: Path, process: DecodeProcess) -> None:
    header = one(tmp_path, transfer_syntax=JPEGLSLossless)
    direct = decoding.decode(header.path.read_bytes(), header.pixels, 0)
    assert np.array_equal(direct, process.decode(header))


def test_an_inflated_size_beyond_the_cap_is_damaged_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    header = one(tmp_path, transfer_syntax=DeflatedExplicitVRLittleEndian)
    monkeypatch.setattr(decoding, "MAX_INFLATED_BYTES", 500)
    with pytest.raises(ValueError, match="buffer"):
        decoding.decode(header.path.read_bytes(), header.pixels, 0)


def test_compressed_samples_of_pydicom_are_decoded_as_by_pydicom(process: DecodeProcess) -> None:
    compared = 0
    for path in sorted((Path(pydicom.__file__).parent / "data" / "test_files").glob("*.dcm")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = pydicom.dcmread(path, force=True)
            syntax = data.file_meta.get("TransferSyntaxUID") if "file_meta" in dir(data) else None
            if syntax is None or not syntax.is_compressed or "PixelData" not in data:
                continue
            try:
                header = read_images(path)[0].header
                theirs = data.pixel_array
            except Exception:  # noqa: BLE001 - not a CT or capture, or pydicom itself cannot
                continue
        mine = process.decode(header)
        if header.pixels.frames > 1:
            theirs = theirs[0]
        compared += 1
        assert mine.shape == theirs.shape, path.name
        if not header.lossy and "YBR" not in header.pixels.photometric:
            assert np.array_equal(mine, theirs), path.name
    assert compared >= 5
