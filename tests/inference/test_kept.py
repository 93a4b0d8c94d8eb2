"""The engine of the last analysis is kept loaded, and lent to one analysis at a time."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.errors import EngineError
from leukoviewer.inference import device, kept, pipeline
from leukoviewer.inference.device import open_engine
from leukoviewer.packages.archive import Package
from tests.inference.conftest import ScriptedEngine


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The engines that were loaded."""
    loaded: list[str] = []
    real = device.start

    def start(package: Package, engine: str, where: str, **known: Any) -> object:
        loaded.append(engine)
        return real(package, engine, where, **known)

    monkeypatch.setattr(device, "start", start)
    return loaded


def test_the_next_patient_finds_the_model_loaded(head: Volume, tiny_package: Package, loads: list[str]) -> None:
    first, second = (finish(pipeline.analyze(head, tiny_package, device="cpu")) for _ in range(2))
    assert loads == ["onnxruntime"]
    assert first.scores == second.scores
    assert first.maps.tobytes() == second.maps.tobytes()


def test_two_at_a_time_never_share_one(tiny_package: Package, loads: list[str]) -> None:
    first, second = open_engine(tiny_package, "cpu"), open_engine(tiny_package, "cpu")
    assert first is not second
    kept.give_back(first)
    assert open_engine(tiny_package, "cpu") is first
    assert open_engine(tiny_package, "cpu") is not first
    assert len(loads) == 3


def test_another_model_or_device_is_loaded_and_the_kept_one_goes(
    tiny_package: Package, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device, "accelerators", lambda: ())
    engine = open_engine(tiny_package, "cpu")
    kept.give_back(engine)
    gone = weakref.ref(engine)
    del engine
    assert open_engine(tiny_package, "auto") is not None
    gc.collect()
    assert gone() is None
    assert len(loads) == 2


def test_a_stopped_analysis_gives_nothing_back(head: Volume, tiny_package: Package, loads: list[str]) -> None:
    work = pipeline.analyze(head, tiny_package, device="cpu")
    while "Scoring" not in next(work).message:
        pass
    work.close()
    finish(pipeline.analyze(head, tiny_package, device="cpu"))
    assert len(loads) == 2


def test_a_failed_engine_is_not_kept(
    head: Volume, tiny_package: Package, loads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(tiny_package, "cpu")
    kept.give_back(engine)

    def fail(_: object) -> object:
        raise EngineError("broken")

    monkeypatch.setattr(engine, "run", fail)
    with pytest.raises(EngineError, match="broken"):
        finish(pipeline.analyze(head, tiny_package, device="cpu"))
    finish(pipeline.analyze(head, tiny_package, device="cpu"))
    assert len(loads) == 2


def test_a_graphics_processor_is_not_held(head: Volume, tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[ScriptedEngine] = []

    def load(*_: object) -> ScriptedEngine:
        loaded.append(ScriptedEngine(device="cuda"))
        return loaded[-1]

    monkeypatch.setattr(device, "_on", load)
    for _ in range(2):
        finish(pipeline.analyze(head, tiny_package, device="cuda"))
    assert len(loaded) == 2


def test_what_was_not_lent_is_not_kept(tiny_package: Package, loads: list[str]) -> None:
    kept.give_back(ScriptedEngine())
    assert open_engine(tiny_package, "cpu").name == "onnxruntime"


def test_it_can_be_let_go(tiny_package: Package, loads: list[str]) -> None:
    kept.give_back(open_engine(tiny_package, "cpu"))
    kept.clear()
    open_engine(tiny_package, "cpu")
    assert len(loads) == 2
