"""A screen in memory (Xvfb) and a look at what stands on it, to time how long a window takes to appear."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from checked_program import CheckFailedError, NotRunError

_SIZE = "1600x1000x24"
_VIEWABLE = 2
_SMALLEST_WINDOW_PX = 600
_ALL_PLANES, _Z_PIXMAP = ctypes.c_ulong(-1), 2
_LOOK_EVERY_S = 0.01


class _Attributes(ctypes.Structure):
    """``XWindowAttributes`` of Xlib."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("x", "y", "width", "height", "border_width", "depth")),
        ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong),
        *((name, ctypes.c_int) for name in ("kind", "bit_gravity", "win_gravity", "backing_store")),
        ("backing_planes", ctypes.c_ulong), ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int), ("map_state", ctypes.c_int),
        ("rest", ctypes.c_char * 128),
    )  # fmt: skip


@contextmanager
def screen() -> Iterator[str]:
    """A screen; gives the name for ``DISPLAY``.

    Raises
    ------
    NotRunError
        Xvfb is not on this machine.
    """
    if shutil.which("Xvfb") is None:
        raise NotRunError("Xvfb is not on this machine (apt-get install xvfb)")
    line = ["Xvfb", "-displayfd", "1", "-screen", "0", _SIZE, "-nolisten", "tcp"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            number = "" if server.stdout is None else server.stdout.readline().strip()
            if not number:
                raise NotRunError("Xvfb did not start")
            yield f":{number}"
        finally:
            server.terminate()
            server.wait()


class Watcher:
    """Looks at a screen through Xlib."""

    def __init__(self, display: str) -> None:
        name = ctypes.util.find_library("X11")
        if name is None:
            raise NotRunError("libX11 is not on this machine")
        self._x: Any = ctypes.CDLL(name)
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XGetImage.restype = ctypes.c_void_p
        self._x.XGetPixel.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        if not self._display:
            raise NotRunError(f"the screen {display} does not answer")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def close(self) -> None:
        """Leave the screen."""
        self._x.XCloseDisplay(self._display)

    def wait(self, process: subprocess.Popen[bytes], limit_s: float) -> float:
        """Seconds until a painted window stands on the screen.

        Raises
        ------
        CheckFailedError
            The program ended, or nothing appeared in time.
        """
        started = time.perf_counter()
        while not self._stands():
            passed = time.perf_counter() - started
            if passed > limit_s or process.poll() is not None:
                raise CheckFailedError(f"no window stood after {passed:.1f} s")
            time.sleep(_LOOK_EVERY_S)
        return time.perf_counter() - started

    def _stands(self) -> bool:
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        wanted = (ctypes.byref(value) for value in (root, parent, children, count))
        if not self._x.XQueryTree(self._display, self._root, *wanted):
            return False
        windows = [children[index] for index in range(count.value)]
        if windows:
            self._x.XFree(children)
        return any(self._is_painted(window) for window in windows)

    def _is_painted(self, window: int) -> bool:
        """Whether a large window is on the screen and has more than the black that the screen begins with."""
        found = _Attributes()
        if not self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), ctypes.byref(found)):
            return False
        if found.map_state != _VIEWABLE or found.width < _SMALLEST_WINDOW_PX:
            return False
        x, y = found.x + found.width // 2, found.y + found.height - 6  # in the status bar, below every picture
        image = self._x.XGetImage(self._display, self._root, x, y, 1, 1, _ALL_PLANES, _Z_PIXMAP)
        if not image:
            return False
        pixel = self._x.XGetPixel(ctypes.c_void_p(image), 0, 0)
        self._x.XDestroyImage(ctypes.c_void_p(image))
        return bool(pixel)
