"""Start of ``leukoviewer`` and of ``python -m leukoviewer``."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from types import FrameType

from leukoviewer.cli import run


def main() -> None:
    """Run the command line and exit with its code."""
    multiprocessing.freeze_support()  # compressed pixels are decoded in a process of their own, frozen programs too
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(run(sys.argv[1:]))


def _stop(_number: int, _frame: FrameType | None) -> None:
    """Let a polite request to end clean up as Ctrl+C does."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
