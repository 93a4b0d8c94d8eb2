from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from leukoviewer.errors import EngineError, OutOfMemoryError, UsageError
from leukoviewer.inference import device, golden, torch_engine
from leukoviewer.inference.calibration import Calibration
from leukoviewer.inference.device import accelerators, open_engine, start
from leukoviewer.inference.engine import Engine
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.openvino_engine import OpenVinoEngine
from leukoviewer.inference.torch_engine import TorchEngine
from leukoviewer.packages.archive import Package


def test_the_processor_is_run_by_onnx_runtime(tiny_package: Package) -> None:
    assert isinstance(open_engine(tiny_package, "cpu"), OnnxEngine)


def test_automatic_choice_without_a_graphics_processor_is_the_processor(
    tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "accelerators", lambda: ())
    assert isinstance(open_engine(tiny_package), OnnxEngine)


def test_an_unknown_device_is_answered_with_the_known_ones(tiny_package: Package) -> None:
    with pytest.raises(UsageError, match="'tpu' is unknown; use one of auto, cpu, cuda, mps"):
        open_engine(tiny_package, "tpu")


def test_a_forced_device_that_is_not_there_is_an_error(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(EngineError, match="no CUDA device"):
        open_engine(tiny_package, "cuda")


def test_automatic_choice_goes_on_where_a_device_fails(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def failing(package: Package, engine: str, name: str, **known: Any) -> object:
        tried.append(name)
        if name != "cpu":
            raise EngineError("its driver is broken")
        return start(package, engine, name, **known)

    monkeypatch.setattr(device, "accelerators", lambda: ("cuda", "mps"))
    monkeypatch.setattr(device, "start", failing)
    assert isinstance(open_engine(tiny_package), OnnxEngine)
    assert tried == ["cuda", "mps", "cpu"]


def test_the_golden_case_runs_on_first_use_alone(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []
    honest = golden.require
    monkeypatch.setattr(golden, "require", lambda engine, package: runs.append(engine.name) or honest(engine, package))
    for _ in range(3):
        open_engine(tiny_package, "cpu")
    assert runs == ["onnxruntime"]


def test_a_wrong_engine_is_not_remembered_as_good(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise EngineError("other results")

    monkeypatch.setattr(golden, "require", refuse)
    for _ in range(2):
        with pytest.raises(EngineError, match="other results"):
            open_engine(tiny_package, "cpu")


@pytest.fixture
def prefers_openvino(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "best_for", lambda _: Calibration(1, {}, "openvino"))


@pytest.mark.parametrize("engine", ["onnxruntime", "openvino"])
def test_batches_are_as_long_as_was_measured(
    engine: str, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert start(tiny_package, engine, "cpu").batch_size in range(1, 9)
    monkeypatch.setattr(device, "best_for", lambda _: Calibration(1, {1: 80.0}, engine))
    assert start(tiny_package, engine, "cpu").batch_size == 20


def test_the_processor_is_run_by_the_engine_that_was_faster(tiny_package: Package, prefers_openvino: None) -> None:
    assert isinstance(open_engine(tiny_package, "cpu"), OpenVinoEngine)


def test_an_openvino_that_differs_leaves_onnx_runtime(
    tiny_package: Package, prefers_openvino: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = golden.require

    def require(engine: Engine, package: Package) -> object:
        if engine.name == "openvino":
            raise EngineError("other results")
        return honest(engine, package)

    monkeypatch.setattr(golden, "require", require)
    assert isinstance(open_engine(tiny_package, "cpu"), OnnxEngine)


def test_a_missing_openvino_leaves_onnx_runtime_and_says_how_to_get_it(
    tiny_package: Package, prefers_openvino: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert isinstance(open_engine(tiny_package, "cpu"), OnnxEngine)
    with pytest.raises(EngineError, match=r"pip install leukoviewer\[openvino\]"):
        start(tiny_package, "openvino", "cpu")


def test_each_engine_can_be_started_by_name(tiny_package: Package) -> None:
    assert isinstance(start(tiny_package, "onnxruntime", "cpu"), OnnxEngine)
    assert isinstance(start(tiny_package, "openvino", "cpu"), OpenVinoEngine)
    assert isinstance(start(tiny_package, "torch", "cpu"), TorchEngine)


def test_a_machine_without_torch_has_no_accelerators(monkeypatch: pytest.MonkeyPatch, tiny_package: Package) -> None:
    monkeypatch.setattr(device.importlib.util, "find_spec", lambda _: None)
    assert accelerators() == ()
    monkeypatch.setitem(sys.modules, "leukoviewer.inference.torch_engine", None)
    with pytest.raises(EngineError, match=r"needs PyTorch, which is not installed .* pip install leukoviewer\[gpu\]"):
        open_engine(tiny_package, "cuda")


def test_a_torch_that_does_not_load_leaves_the_processor(
    monkeypatch: pytest.MonkeyPatch, tiny_package: Package
) -> None:
    monkeypatch.setattr(device, "_HINTS", {"cuda": lambda: True})
    monkeypatch.setitem(sys.modules, "leukoviewer.inference.torch_engine", None)
    assert accelerators() == ()
    assert isinstance(open_engine(tiny_package), OnnxEngine)


def test_weights_that_do_not_fit_a_graphics_processor_leave_the_processor(
    monkeypatch: pytest.MonkeyPatch, tiny_package: Package
) -> None:
    import torch

    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(device, "accelerators", lambda: ("cuda",))
    monkeypatch.setattr(torch_engine, "is_there", lambda _: True)
    monkeypatch.setattr(torch_engine.Network, "to", full)
    assert isinstance(open_engine(tiny_package), OnnxEngine)
    with pytest.raises(OutOfMemoryError, match="CUDA device has too little memory"):
        open_engine(tiny_package, "cuda")


def test_accelerators_are_those_that_torch_confirms(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(device, "_HINTS", {"cuda": lambda: True, "mps": lambda: True})
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert accelerators() == ("cuda",)


def test_scoring_on_the_processor_never_loads_torch(tiny_package: Package, repository: Path) -> None:
    script = f"""
import sys
from pathlib import Path
import numpy as np
from leukoviewer.inference import device, pipeline, self_test, explain
from leukoviewer.packages.archive import open_package
engine = device.open_engine(open_package(Path({str(tiny_package.folder)!r})), "cpu")
engine.run(np.zeros((1, 256, 256), np.float32))
slow = {{"torch", "timm", "safetensors"}} & set(sys.modules)
print(device._may_have_cuda() or device.accelerators() == (), sorted(slow))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=repository, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "True []"
