"""All engines on real packages: the same numbers, cancel, memory, wrong weights."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from leukoviewer.errors import Canceled, EngineError, OutOfMemoryError, PackageError
from leukoviewer.inference import onnx_engine, threads, torch_engine
from leukoviewer.inference.engine import EngineOutput
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.openvino_engine import OpenVinoEngine
from leukoviewer.inference.threads import default_threads
from leukoviewer.inference.torch_engine import TorchEngine, load_network
from leukoviewer.packages.archive import Package, open_package, write_package
from leukoviewer.packages.manifest import PACKAGE_FILES
from leukoviewer.packages.tensors import tensors_to_bytes
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.packages_fixture import varied_network

ENGINES = {"onnxruntime": OnnxEngine, "openvino": OpenVinoEngine, "torch": TorchEngine}
each_engine = pytest.mark.parametrize("kind", ENGINES.values(), ids=ENGINES)
Kind = Callable[[Package], Any]


def _slices(count: int = 3, *, size: int = 256) -> np.ndarray:
    return np.random.default_rng(5).random((count, size, size), dtype=np.float32)


@pytest.mark.parametrize("architecture", ["resnet50", "convnext_atto", "densenet121"])
def test_engines_agree_within_a_thousandth(architecture: str, tmp_path: Path) -> None:
    from leukoviewer.packages.provenance import Training
    from trainer.export import Description, write

    description = Description("net", "1.0", BUILTIN["leuko-a"], Training("run", "nothing", True))
    package = write(varied_network(architecture), tmp_path / "net-1.0", description=description)
    slices = _slices(1)
    other = TorchEngine(package).run(slices)
    for kind in (OnnxEngine, OpenVinoEngine):
        one = kind(package).run(slices)
        np.testing.assert_allclose(one.logits, other.logits, atol=1e-3, rtol=1e-3)
        np.testing.assert_allclose(one.maps, other.maps, atol=1e-3 * float(other.maps.max()) + 1e-9)


def test_engines_agree_on_a_volume(volume_package: Package) -> None:
    volume = np.random.default_rng(6).random((8, 64, 64), dtype=np.float32)
    one, other = OnnxEngine(volume_package).run(volume), TorchEngine(volume_package).run(volume)
    assert one.maps.shape == (1, *volume_package.manifest.map_shape)
    np.testing.assert_allclose(one.logits, other.logits, atol=1e-3, rtol=1e-3)
    np.testing.assert_allclose(one.maps, other.maps, atol=1e-3 * float(other.maps.max()) + 1e-9)


def test_a_graph_whose_logits_have_another_form_is_an_error_in_a_sentence(
    tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = OnnxEngine(tiny_package)
    monkeypatch.setattr(onnx_engine, "_translated", lambda _: (np.zeros((1, 2)), np.zeros((1, 8, 8))))
    with pytest.raises(EngineError, match="results of another form"):
        engine.run(_slices(1))


@each_engine
def test_a_slice_does_not_depend_on_its_batch(kind: Kind, tiny_package: Package) -> None:
    engine = kind(tiny_package)
    slices = _slices(5)
    together = engine.run(slices)
    for index in range(5):
        alone = engine.run(slices[index : index + 1])
        np.testing.assert_allclose(alone.logits[0], together.logits[index], atol=1e-4)
        np.testing.assert_allclose(alone.maps[0], together.maps[index], atol=1e-4)


@pytest.mark.parametrize("kind", [OnnxEngine, OpenVinoEngine])
def test_the_number_of_threads_does_not_change_a_bit(kind: Callable[..., Any], tiny_package: Package) -> None:
    slices = _slices(9)
    one, three = (kind(tiny_package, threads=threads).run(slices) for threads in (1, 3))
    np.testing.assert_array_equal(one.logits, three.logits)
    np.testing.assert_array_equal(one.maps, three.maps)


@each_engine
def test_an_engine_says_what_it_is(kind: Kind, tiny_package: Package) -> None:
    engine = kind(tiny_package)
    assert ENGINES[engine.name] is kind
    assert engine.device == "cpu"
    assert engine.batch_size >= 1


@each_engine
def test_a_stopped_engine_runs_nothing_more(kind: Kind, tiny_package: Package) -> None:
    engine = kind(tiny_package)
    engine.run(_slices(1))
    engine.stop()
    with pytest.raises(Canceled):
        engine.run(_slices(2))


@each_engine
def test_a_running_batch_ends_when_the_engine_is_stopped(kind: Kind, tiny_package: Package) -> None:
    engine = kind(tiny_package)
    slices = np.concatenate([_slices(8)] * 64)  # some seconds of work
    outcome: list[BaseException | None] = []

    def work() -> None:
        try:
            for _ in range(100):
                engine.run(slices)
            outcome.append(None)
        except Canceled as error:
            outcome.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    engine.stop()
    thread.join(20)
    assert not thread.is_alive()
    assert isinstance(outcome[0], Canceled)


@each_engine
def test_input_of_another_form_ends_in_a_sentence(kind: Kind, tiny_package: Package) -> None:
    with pytest.raises(EngineError, match="could not run the model"):
        kind(tiny_package).run(_slices(1, size=3))


@each_engine
@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("CUDA out of memory. Tried to allocate 2 GiB")])
def test_too_little_memory_is_told_as_such(
    kind: Kind, error: Exception, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    engine = kind(tiny_package)
    if kind is TorchEngine:
        monkeypatch.setattr(engine.network, "explain", fail)
    elif kind is OpenVinoEngine:
        monkeypatch.setattr(engine, "_results", fail)
    else:
        monkeypatch.setattr(engine, "_session", type("Session", (), {"run": fail}))
    with pytest.raises(OutOfMemoryError, match="too little memory"):
        engine.run(_slices(1))


def test_a_damaged_graph_ends_in_a_sentence(tiny_package: Package, tmp_path: Path) -> None:
    contents = {name: (tiny_package.folder / name).read_bytes() for name in PACKAGE_FILES}
    damaged = write_package(tmp_path / "tiny-1.0", tiny_package.manifest, {**contents, "graph.onnx": b"no graph"})
    with pytest.raises(EngineError, match="ONNX Runtime could not run the model"):
        OnnxEngine(damaged)
    with pytest.raises(EngineError, match="OpenVINO could not run the model"):
        OpenVinoEngine(damaged)


def test_a_graph_never_reads_outside_its_package(tiny_package: Package, tmp_path: Path) -> None:
    import onnx

    shutil.copy(tiny_package.weights_path, tmp_path / "outside.safetensors")
    model = onnx.load(str(tiny_package.graph_path), load_external_data=False)
    for tensor in model.graph.initializer:
        for entry in tensor.external_data:
            if entry.key == "location":
                entry.value = "../outside.safetensors"
    contents = {name: (tiny_package.folder / name).read_bytes() for name in PACKAGE_FILES}
    evil = {**contents, "graph.onnx": model.SerializeToString()}
    package = write_package(tmp_path / "evil-1.0", tiny_package.manifest, evil)
    for kind in (OnnxEngine, OpenVinoEngine):
        with pytest.raises(EngineError):
            kind(package)


@pytest.mark.parametrize("kind", [OnnxEngine, OpenVinoEngine])
def test_a_loaded_engine_does_not_depend_on_its_files_any_more(
    kind: Kind, tiny_package: Package, tmp_path: Path
) -> None:
    folder = tmp_path / tiny_package.folder.name
    shutil.copytree(tiny_package.folder, folder)
    package = open_package(folder)
    engine, slices = kind(package), _slices(2)
    before = engine.run(slices)
    size = package.weights_path.stat().st_size
    with package.weights_path.open("r+b") as file:
        file.write(b"\x3c" * size)
        file.flush()
        np.testing.assert_array_equal(engine.run(slices).logits, before.logits)
        file.truncate(1)
        np.testing.assert_array_equal(engine.run(slices).logits, before.logits)
    shutil.rmtree(folder)
    np.testing.assert_array_equal(engine.run(slices).logits, before.logits)


def test_weights_of_another_network_are_refused(tiny_package: Package, tmp_path: Path) -> None:
    weights = dict(tiny_package.weights())
    weights.popitem()
    contents = {name: (tiny_package.folder / name).read_bytes() for name in PACKAGE_FILES}
    contents["weights.safetensors"] = tensors_to_bytes(weights)
    package = write_package(tmp_path / "tiny-1.0", tiny_package.manifest, contents)
    with pytest.raises(PackageError, match="do not fit the network test_convnext"):
        TorchEngine(package)


def test_torch_gets_exactly_the_stored_weights(tiny_package: Package) -> None:
    network = load_network(open_package(tiny_package.folder))
    assert not network.training
    state = network.state_dict()
    for name, array in tiny_package.weights().items():
        np.testing.assert_array_equal(state[name].numpy(), array.astype(np.float32))


@pytest.mark.parametrize("device", ["cuda", "mps", "abacus"])
def test_a_device_that_is_not_there_is_refused(
    device: str, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    with pytest.raises(EngineError, match=f"no {device.upper()} device"):
        TorchEngine(tiny_package, device=device)
    assert torch_engine.is_there("cpu")


@pytest.mark.parametrize(("stated", "expected"), [("3", 3), ("0", None), ("many", None), ("", None)])
def test_threads_follow_omp_num_threads(stated: str, expected: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", stated)
    monkeypatch.setattr(threads.os, "sched_getaffinity", lambda _: {0, 1, 4}, raising=False)
    assert default_threads() == (expected or 3)


def test_an_output_without_its_map_is_impossible() -> None:
    with pytest.raises(ValueError, match="one logit and one map"):
        EngineOutput(np.zeros(2, np.float32), np.zeros((1, 3, 3), np.float32))
