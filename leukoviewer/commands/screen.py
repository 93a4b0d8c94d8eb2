"""Whether a window can appear here, found out before Qt is imported: Qt ends the process where it cannot."""

from __future__ import annotations

import ctypes
import os
import sys

_WITHOUT = frozenset({"offscreen", "minimal"})


def has_display() -> bool:
    """Whether a window can appear: always but on a Unix without X11 or Wayland, or where Qt was told to go without."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform in _WITHOUT:
        return False
    if platform or sys.platform in {"win32", "darwin"} or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return bool(os.environ.get("DISPLAY")) and x11_answers()


def x11_answers() -> bool:
    """Whether the X11 server that ``DISPLAY`` names answers; a remote shell often leaves the name of a dead one."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # then Qt lacks a library, and the window's start says which
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def go_without(*, verbose: bool) -> None:
    """Tell Qt to draw into memory; its own remarks on what such windows cannot do help nobody."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not verbose:
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
