from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.errors import EngineError
from leukoviewer.inference import golden
from leukoviewer.inference.engine import EngineOutput, batch_of
from leukoviewer.inference.golden import EngineCheck, differences
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.packages.archive import Golden, Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.preprocessing.recipe import BUILTIN

CASE = Golden(
    np.zeros((2, 4, 4), np.float32), np.array([4.0, -2.0], np.float32), np.full((2, 2, 2), 0.5, np.float32), 1e-3
)


def _output(logit: float = 0.0, heat: float = 0.0) -> EngineOutput:
    return EngineOutput(CASE.logits + np.float32(logit), CASE.maps + np.float32(heat))


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (_output(), (0, 0)),
        (_output(logit=0.4), (0.1, 0)),
        (_output(heat=0.1), (0, 0.1)),  # a map of the logit alone would be 1: the larger scale counts
        (_output(logit=np.nan), (np.inf, 0)),
        (_output(heat=np.inf), (0, np.inf)),
        (EngineOutput(CASE.logits[:1], CASE.maps[:1]), (np.inf, np.inf)),
    ],
)
def test_differences_are_relative_and_never_undefined(output: EngineOutput, expected: tuple[float, float]) -> None:
    np.testing.assert_allclose(differences(output, CASE), expected, rtol=1e-5)


def test_maps_of_nothing_but_zeros_can_be_compared() -> None:
    dark = replace(CASE, maps=np.zeros_like(CASE.maps))
    assert differences(EngineOutput(dark.logits, dark.maps + np.float32(1e-5)), dark)[1] == pytest.approx(1e-5)


def test_an_engine_repeats_the_golden_case(tiny_package: Package) -> None:
    outcome = golden.require(OnnxEngine(tiny_package), tiny_package)
    assert outcome.passed
    assert (outcome.engine, outcome.device) == ("onnxruntime", "cpu")
    assert "agrees" in outcome.sentence


def test_an_engine_that_gives_something_else_is_refused(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = OnnxEngine(tiny_package)
    honest = engine.run
    monkeypatch.setattr(engine, "run", lambda batch: EngineOutput(honest(batch).logits * 1.1, honest(batch).maps))
    with pytest.raises(EngineError, match=r"gives other results than the model tiny-1\.0"):
        golden.require(engine, tiny_package)


@pytest.mark.parametrize(
    ("check", "passed", "word"),
    [
        (EngineCheck("torch", "cuda", 1e-4, 1e-4, 1e-3), True, "agrees"),
        (EngineCheck("torch", "cuda", 1e-2, 1e-4, 1e-3), False, "DIFFERS"),
        (EngineCheck("torch", "cuda", 1e-4, 1e-2, 1e-3), False, "DIFFERS"),
        (EngineCheck("torch", "cuda", 0, 0, 1e-3, problem="no driver"), False, "not tried, no driver"),
    ],
)
def test_an_outcome_is_told_in_words(check: EngineCheck, passed: bool, word: str) -> None:
    assert check.passed is passed
    assert word in check.sentence
    assert check.sentence.startswith("torch on cuda")


def test_a_batch_has_the_layout_of_the_network() -> None:
    gray = np.random.default_rng(0).random((5, 6, 7), dtype=np.float32)
    slices = batch_of(gray, BUILTIN["leuko-a"], Layout.SLICES)
    volume = batch_of(gray, BUILTIN["leuko-a"], Layout.VOLUME)
    assert slices.shape == (5, 3, 6, 7)
    assert volume.shape == (1, 3, 5, 6, 7)
    np.testing.assert_array_equal(volume[0].swapaxes(0, 1), slices)
