"""Ends Qt's loop when the terminal or the system asks the program to end."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


@contextmanager
def stoppable(application: QApplication) -> Generator[None, None, None]:
    """Ctrl+C in the terminal and a polite request to end leave Qt's loop, then come out as ``KeyboardInterrupt``.

    Python runs its handlers only between two of its own steps, and Qt's loop does none while nothing happens: a byte on
    a socket, which Python writes for each signal, wakes it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    stops: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stops.append(number)
        application.quit()

    reader, writer = socket.socketpair()
    writer.settimeout(0)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: reader.recv(64))
    wakeup = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    handlers = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup)
        notifier.setEnabled(False)
        reader.close()
        writer.close()
    if stops:
        raise KeyboardInterrupt
