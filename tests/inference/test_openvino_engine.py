"""What OpenVINO does to the process that it runs in."""

from __future__ import annotations

import subprocess
import sys

import pytest

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


def test_engines_share_one_core_and_not_their_requests(tiny_package: Package) -> None:
    first, second = OpenVinoEngine(tiny_package), OpenVinoEngine(tiny_package)
    assert openvino_engine.core() is openvino_engine.core()
    assert not set(map(id, first._requests)) & set(map(id, second._requests))
