"""Scores follow the patient alone: not names, order, copies, numbers, encodings, private tags, or threads."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pydicom import dcmread
from pydicom.dataset import FileDataset
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from leukoviewer.core.progress import finish
from leukoviewer.core.results import Analysis
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.inference import pipeline
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from tests.phantom import encode, save, write_phantom

Change = Callable[[Path], None]
RUNS = 20


def score(folder: Path, package: Package) -> Analysis:
    """The suggested series of a folder, scored on the processor."""
    catalog = finish(discover(folder))
    assert catalog.suggestion is not None
    series = catalog.find(catalog.suggestion.key)
    assert series is not None
    return finish(analyze(finish(load(series)), package, device="cpu"))


def fingerprint(result: Analysis) -> tuple[bytes, bytes]:
    """Scores and raw heatmaps, bit for bit, in the order of the slices."""
    scores = np.array([(item.score, *item.native) for item in result.scores], np.float64)
    return scores.tobytes(), result.maps.tobytes()


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def each(change: Callable[[FileDataset, int], None]) -> Change:
    """Change every file by its data set."""

    def changed(folder: Path) -> None:
        for number, path in enumerate(files(folder)):
            data = dcmread(path)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                change(data, number)
            save(data, path)

    return changed


def rename(folder: Path) -> None:
    """Other names in another order, some in folders within, without extensions."""
    shuffled = files(folder)
    random.Random(3).shuffle(shuffled)
    for number, path in enumerate(shuffled):
        place = folder / f"Part {number % 3}" / "größer"
        place.mkdir(parents=True, exist_ok=True)
        path.rename(place / f"{number * 7919 % 1000:04d}")


def duplicate(folder: Path) -> None:
    for path in files(folder)[::2]:
        shutil.copy(path, path.with_name(f"copy of {path.name}"))


def strangers(folder: Path) -> None:
    """Files that are none of the patient's images."""
    (folder / "readme.txt").write_text("hello")
    (folder / "a.dcm").write_bytes(os.urandom(3000))


def without_private(data: FileDataset, number: int) -> None:
    data.remove_private_tags()


def with_private(data: FileDataset, number: int) -> None:
    block = data.private_block(0x0099, "INVARIANCE", create=True)
    block.add_new(1, "LO", f"private {number}")
    block.add_new(2, "OB", bytes(512))


def scramble(data: FileDataset, number: int) -> None:
    data.InstanceNumber = number * 37 % 101


def without_number(data: FileDataset, number: int) -> None:
    del data.InstanceNumber


def renamed_patient(data: FileDataset, number: int) -> None:
    data.PatientName, data.PatientID, data.SeriesDescription = "Other^Name", "OTHER-1", "anything"


def recoded(syntax: str) -> Change:
    """The same pixels in another lossless encoding."""

    def change(data: FileDataset, number: int) -> None:
        words = data.pixel_array.astype(np.uint16)[None]
        data.file_meta.TransferSyntaxUID = syntax
        encode(data, words, syntax)
        # What pydicom remembers of the encoding that was read must not decide how it is written.
        data._read_implicit = data._read_little = None  # type: ignore[attr-defined]

    return each(change)


CHANGES: dict[str, Change] = {
    "renamed in another order": rename,
    "files twice": duplicate,
    "strangers beside": strangers,
    "scrambled numbers": each(scramble),
    "no numbers": each(without_number),
    "private tags added": each(with_private),
    "private tags removed": each(without_private),
    "another patient's name": each(renamed_patient),
    "RLE": recoded(RLELossless),
    "JPEG-LS": recoded(JPEGLSLossless),
    "JPEG 2000": recoded(JPEG2000Lossless),
    "deflated": recoded(DeflatedExplicitVRLittleEndian),
    "implicit": recoded(ImplicitVRLittleEndian),
    "big endian": recoded(ExplicitVRBigEndian),
}


@pytest.fixture(scope="module")
def head(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("head")
    options = {"slices": 8, "rows": 96, "columns": 80, "spacing_mm": (2.4, 2.8), "instance_order": "shuffled"}
    return write_phantom(folder, **options).folder


@pytest.fixture(scope="module")
def expected(head: Path, tiny_package: Package) -> tuple[bytes, bytes]:
    return fingerprint(score(head, tiny_package))


@pytest.mark.parametrize("name", CHANGES)
def test_scores_do_not_depend_on_how_the_files_are_stored(
    name: str, head: Path, expected: tuple[bytes, bytes], tmp_path: Path, tiny_package: Package
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(head, copy)
    CHANGES[name](copy)
    assert fingerprint(score(copy, tiny_package)) == expected


@pytest.mark.parametrize("name", ["RLE", "JPEG-LS", "JPEG 2000", "deflated", "implicit", "big endian"])
def test_a_change_of_the_encoding_is_a_real_one(name: str, head: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(head, copy)
    CHANGES[name](copy)
    before, after = dcmread(files(head)[0]), dcmread(files(copy)[0])
    assert before.file_meta.TransferSyntaxUID != after.file_meta.TransferSyntaxUID
    assert files(head)[0].read_bytes() != files(copy)[0].read_bytes()
    assert (before.pixel_array == after.pixel_array).all()


def test_one_gray_level_of_one_slice_changes_the_scores(
    head: Path, expected: tuple[bytes, bytes], tmp_path: Path, tiny_package: Package
) -> None:
    """So that equal scores above say something."""
    copy = tmp_path / "copy"
    shutil.copytree(head, copy)

    def brighter(data: FileDataset, number: int) -> None:
        if number == 3:
            data.PixelData = (data.pixel_array + 25).astype("<u2").tobytes()

    each(brighter)(copy)
    assert fingerprint(score(copy, tiny_package))[0] != expected[0]


def test_twenty_runs_give_the_same_bits(head: Path, expected: tuple[bytes, bytes], tiny_package: Package) -> None:
    catalog = finish(discover(head))
    volume = finish(load(catalog.series[0]))
    found = {fingerprint(finish(analyze(volume, tiny_package, device="cpu"))) for _ in range(RUNS)}
    assert found == {expected}


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
def test_the_number_of_threads_changes_scores_by_less_than_a_millionth(
    threads: int, head: Path, tiny_package: Package, expected: tuple[bytes, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = finish(load(finish(discover(head)).series[0]))
    engine = OnnxEngine(tiny_package, threads=threads)
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: engine)
    found = np.frombuffer(fingerprint(finish(analyze(volume, tiny_package)))[0])
    assert np.abs(found - np.frombuffer(expected[0])).max() < 1e-6


ONCE = """
import sys
from pathlib import Path
from leukoviewer.packages.archive import open_package
from tests.invariance.test_scores import fingerprint, score
sys.stdout.write(fingerprint(score(Path(sys.argv[1]), open_package(Path(sys.argv[2]))))[0].hex())
"""


def test_another_process_with_other_hashes_and_threads_gives_the_same_bits(
    head: Path, expected: tuple[bytes, bytes], tiny_package: Package, repository: Path
) -> None:
    line = [sys.executable, "-c", ONCE, str(head), str(tiny_package.folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "77", "OMP_NUM_THREADS": "2"}
    told = subprocess.run(line, cwd=repository, env=environment, check=True, capture_output=True, text=True).stdout
    assert told == expected[0].hex()
