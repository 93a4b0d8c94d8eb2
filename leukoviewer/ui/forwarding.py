"""Passes what the mouse does in one view on to another one that lies in its place now."""

from __future__ import annotations

from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget


def send_mouse(target: QWidget, event: QMouseEvent) -> None:
    """What the mouse does, at the same place of the screen."""
    at = event.globalPosition()
    QApplication.sendEvent(
        target,
        QMouseEvent(event.type(), target.mapFromGlobal(at), at, event.button(), event.buttons(), event.modifiers()),
    )


def send_wheel(target: QWidget, event: QWheelEvent) -> None:
    """A turn of the wheel, at the same place of the screen."""
    at = event.globalPosition()
    QApplication.sendEvent(
        target,
        QWheelEvent(
            target.mapFromGlobal(at), at, event.pixelDelta(), event.angleDelta(), event.buttons(), event.modifiers(),
            event.phase(), event.inverted(),
        ),
    )  # fmt: skip
