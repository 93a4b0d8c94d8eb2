from __future__ import annotations

import importlib.util

import pytest

from leukoviewer.errors import EngineError
from leukoviewer.inference import self_test
from leukoviewer.inference.device import start
from leukoviewer.packages.archive import Package


def test_every_engine_here_repeats_the_golden_case(tiny_package: Package) -> None:
    checks = self_test.run(tiny_package)
    assert {("onnxruntime", "cpu"), ("openvino", "cpu"), ("torch", "cpu")} <= {
        (check.engine, check.device) for check in checks
    }
    for check in checks:
        assert check.passed, check.sentence
        assert 0 <= check.logit_difference < 1e-3


def test_a_volume_model_is_tested_too(volume_package: Package) -> None:
    checks = self_test.run(volume_package)
    assert {check.engine for check in checks} == {"onnxruntime", "torch"}  # OpenVINO runs models of slices alone
    assert all(check.passed for check in checks)


def test_an_engine_that_does_not_start_is_listed_with_the_problem(
    tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(package: Package, engine: str, device: str) -> object:
        if engine == "torch":
            raise EngineError("PyTorch is broken.")
        return start(package, engine, device)

    monkeypatch.setattr(self_test, "start", failing)
    checks = {check.engine: check for check in self_test.run(tiny_package)}
    assert checks["onnxruntime"].passed
    assert not checks["torch"].passed
    assert "not tried, PyTorch is broken." in checks["torch"].sentence


def test_onnx_runtime_alone_is_always_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert self_test.engines_here() == (("onnxruntime", "cpu"),)
