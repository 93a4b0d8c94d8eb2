"""A screen in memory, where the system has Xvfb: for what paints on no other."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager


def is_installed() -> bool:
    """Whether there can be such a screen."""
    return shutil.which("Xvfb") is not None


@contextmanager
def screen() -> Generator[dict[str, str], None, None]:
    """The environment of a program that shows its windows on a new screen in memory."""
    line = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            number = "" if server.stdout is None else server.stdout.readline().strip()
            yield {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()
            server.wait()
