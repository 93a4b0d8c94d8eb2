"""Start of ``leukoviewer``, of ``python -m leukoviewer`` and of the frozen program."""

from __future__ import annotations

import ctypes
import io
import multiprocessing
import signal
import sys
from types import FrameType

from leukoviewer.cli import run


def main() -> None:
    """Run the command line and exit with its code."""
    multiprocessing.freeze_support()  # compressed pixels are decoded in a process of their own, frozen programs too
    signal.signal(signal.SIGTERM, _stop)
    told = _listen() if sys.stderr is None else None
    code = run(sys.argv[1:])
    if told is not None and code:
        _show(told.getvalue())
    sys.exit(code)


def _listen() -> io.StringIO:
    """A double-clicked program of Windows has no console and None for its streams: keep what is told there."""
    told = io.StringIO()
    sys.stdout, sys.stderr = io.StringIO(), told
    return told


def _show(text: str) -> None:
    """Say in a box why the program ends; it could not start, so Windows itself must draw it."""
    windows = getattr(ctypes, "windll", None)
    if windows is not None and text.strip():
        windows.user32.MessageBoxW(None, text.strip(), "LeukoViewer", 0x10)


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Let a polite request to end clean up as Ctrl+C does."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
