"""What OpenVINO does to the process that it runs in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import numpy as np
import pytest

from leukoviewer.errors import EngineError
from leukoviewer.inference import openvino_engine
from leukoviewer.inference.openvino_engine import OpenVinoEngine
from leukoviewer.packages.archive import Package

# Engines are let go in the order in which they were loaded, as after the race of a calibration.
_TWO_ENGINES = """
import signal, sys
from pathlib import Path
from leukoviewer.inference.openvino_engine import OpenVinoEngine
from leukoviewer.packages.archive import open_package

package = open_package(Path(sys.argv[1]))
signal.signal(signal.SIGTERM, lambda *_: print("asked to end"))
engines = [OpenVinoEngine(package), OpenVinoEngine(package)]
while engines:
    engines.pop(0)
signal.raise_signal(signal.SIGTERM)
print("still here")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no stack of its own for signals")
def test_a_signal_finds_its_stack_after_engines_are_let_go(tiny_package: Package) -> None:
    line = [sys.executable, "-X", "faulthandler", "-c", _TWO_ENGINES, str(tiny_package.folder)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=100)
    assert (done.returncode, done.stdout.split("\n")[:2]) == (0, ["asked to end", "still here"]), done.stderr


@pytest.fixture
def fresh_core() -> Iterator[None]:
    """As in a process that has loaded nothing yet."""
    openvino_engine._core.cache_clear()
    yield
    openvino_engine._core.cache_clear()


def test_engines_share_one_core_also_when_they_are_loaded_at_once(
    tiny_package: Package, fresh_core: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, loaded = [], openvino_engine._loaded

    def load(openvino: ModuleType) -> object:
        made.append(loaded(openvino))
        return made[-1]

    monkeypatch.setattr(openvino_engine, "_loaded", load)
    with ThreadPoolExecutor(3) as pool:
        engines = list(pool.map(lambda _: OpenVinoEngine(tiny_package), range(3)))
    assert len(made) == 1
    values = np.random.default_rng(1).random((4, *tiny_package.recipe.plane_shape), dtype=np.float32)
    first, *others = (engine.run(values).logits for engine in engines)
    assert all(np.array_equal(first, other) for other in others)


def test_an_installation_that_is_half_gone_ends_in_a_sentence(
    tiny_package: Package, fresh_core: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A module without anything in it, as a folder whose files are gone.
    monkeypatch.setitem(sys.modules, "openvino", ModuleType("openvino"))
    with pytest.raises(EngineError, match="OpenVINO could not run the model"):
        OpenVinoEngine(tiny_package)
