"""Pixels in shared memory are gone when the program is: closed, or killed in the middle of decoding."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from pydicom.uid import RLELossless

from leukoviewer.core.progress import finish
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from tests.phantom import write_phantom

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared memory is seen in /dev/shm")
SHARED = Path("/dev/shm")
LIMIT_S = 60.0

# Decodes one slice, names its shared memory and waits to be killed.
HOLDING = """
import sys
from pathlib import Path
from leukoviewer.core.progress import finish
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
if __name__ == "__main__":
    series = finish(discover(Path(sys.argv[1]))).series[0]
    decoder = DecodeProcess()
    decoder.decode(series.slices[0])
    sys.stdout.write(f"{decoder._memory.name} {decoder._process.pid}\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.fixture
def compressed(tmp_path: Path) -> Path:
    return write_phantom(tmp_path / "head", slices=6, rows=64, columns=64, transfer_syntax=RLELossless).folder


def gone(path: Path) -> bool:
    """Whether it disappears, given time."""
    end_s = time.monotonic() + LIMIT_S
    waiting = threading.Event()
    while path.exists() and time.monotonic() < end_s:
        waiting.wait(0.05)
    return not path.exists()


def test_after_loading_no_shared_memory_is_left(compressed: Path) -> None:
    series = finish(discover(compressed)).series[0]
    with DecodeProcess() as decoder:
        finish(load(series, decoder=decoder))
        assert decoder._memory is not None
        held = SHARED / decoder._memory.name
        assert held.exists()
        # Only this user can look into it.
        assert held.stat().st_mode & 0o077 == 0
    assert not held.exists()


def test_a_killed_program_leaves_neither_pixels_nor_a_decoder(
    compressed: Path, repository: Path, tmp_path: Path
) -> None:
    script = tmp_path / "holding.py"
    script.write_text(HOLDING, encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, str(script), str(compressed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(repository)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdin is not None
    name, pid = child.stdout.readline().split()
    held = SHARED / name
    assert held.exists()
    child.send_signal(signal.SIGKILL)
    child.wait(30)
    child.stdout.close()
    child.stdin.close()
    assert gone(held)
    assert gone(Path("/proc") / pid)
