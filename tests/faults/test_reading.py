"""Files that vanish, decoders that are killed, packages with one flipped byte, a device without memory."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from pydicom.uid import JPEG2000Lossless, RLELossless

from leukoviewer.core.geometry import WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.core.series import Series
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import DecodeError, PackageError
from leukoviewer.inference import pipeline
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages import archive
from leukoviewer.packages.archive import Package, open_package
from tests.inference.conftest import ScriptedEngine
from tests.phantom import Phantom, write_phantom

SMALL = {"slices": 7, "rows": 96, "columns": 80, "spacing_mm": (2.4, 2.8)}


def series_of(phantom: Phantom) -> Series:
    return finish(discover(phantom.folder)).series[0]


def test_files_that_vanish_while_loading_are_placeholders_and_the_rest_is_exact(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path, **SMALL)
    work = load(series_of(phantom))
    next(work)  # the middle slice is read
    gone = [index for index in range(7) if index not in {3, 5}]
    for index in gone:
        phantom.files[index].unlink()
    volume = finish(work)
    assert set(volume.broken) <= set(gone)
    assert {0, 6} <= set(volume.broken)
    whole = [index for index in range(7) if index not in volume.broken]
    assert np.array_equal(volume.hu[whole], phantom.hu[whole])
    assert WarningCode.BROKEN_SLICES in {warning.code for warning in volume.warnings}


def test_a_folder_that_vanishes_before_loading_is_told(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path / "head", **SMALL)
    series = series_of(phantom)
    shutil.rmtree(phantom.folder)
    with pytest.raises(DecodeError, match=r"No slice of this series could be read.*any more"):
        finish(load(series))


@pytest.mark.parametrize("syntax", [RLELossless, JPEG2000Lossless])
def test_a_decoder_killed_while_loading_costs_no_slice(tmp_path: Path, syntax: str) -> None:
    phantom = write_phantom(tmp_path, **SMALL, transfer_syntax=syntax)
    with DecodeProcess() as decoder:
        work = load(series_of(phantom), decoder=decoder)
        while next(work).part is None:
            pass
        assert decoder._process is not None
        decoder._process.kill()
        decoder._process.join()
        volume: Volume = finish(work)
    assert not volume.broken
    assert np.array_equal(volume.hu, phantom.hu)


@pytest.mark.parametrize("name", ["weights.safetensors", "graph.onnx", "golden.npz", "card.md", "LICENSE"])
def test_one_flipped_byte_anywhere_in_a_package_is_refused_before_any_tensor_is_built(
    name: str, tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(*_: object) -> None:
        raise AssertionError("a tensor was built")

    monkeypatch.setattr(archive, "read_tensors", built)
    copy = tmp_path / tiny_package.id
    shutil.copytree(tiny_package.folder, copy)
    data = bytearray((copy / name).read_bytes())
    for place in (0, len(data) // 2, len(data) - 1):
        data[place] ^= 0x10
        (copy / name).write_bytes(data)
        with pytest.raises(PackageError, match=f"{name} was changed"):
            open_package(copy)
        data[place] ^= 0x10
    (copy / name).write_bytes(data)
    assert open_package(copy).sha256 == tiny_package.sha256


def test_any_flipped_byte_of_the_manifest_is_refused_or_changes_its_hash(tiny_package: Package, tmp_path: Path) -> None:
    copy = tmp_path / tiny_package.id
    shutil.copytree(tiny_package.folder, copy)
    data = bytearray((copy / "manifest.json").read_bytes())
    for place in range(0, len(data), 211):
        changed = bytearray(data)
        changed[place] ^= 0x04
        (copy / "manifest.json").write_bytes(changed)
        try:
            assert open_package(copy).sha256 != tiny_package.sha256
        except PackageError:
            continue


def test_a_device_that_runs_out_of_memory_goes_on_with_less_and_says_so(
    tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = finish(load(series_of(write_phantom(tmp_path, **SMALL))))
    engine = ScriptedEngine(device="cuda", batch_size=8, fits=1)
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: engine)
    result = finish(analyze(volume, tiny_package))
    assert len(result.scores) == 7
    assert max(engine.batches) == engine.batches[0] > 1
    assert engine.batches[-1] == 1


def test_a_device_without_any_memory_leaves_the_processor_to_do_it(
    tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What PyTorch raises when not even one slice fits: the processor scores, with the same bits as ever."""
    volume = finish(load(series_of(write_phantom(tmp_path, **SMALL))))
    usual = finish(analyze(volume, tiny_package, device="cpu"))
    first = pipeline.open_engine
    opened: list[str] = []

    def open_engine(package: Package, preference: str = "auto") -> object:
        opened.append(preference)
        return ScriptedEngine(device="cuda", fits=0) if len(opened) == 1 else first(package, "cpu")

    monkeypatch.setattr(pipeline, "open_engine", open_engine)
    result = finish(analyze(volume, tiny_package))
    assert [item.score for item in result.scores] == [item.score for item in usual.scores]
    assert result.device == "cpu"
