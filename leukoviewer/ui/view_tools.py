"""Tools of the active view: flips and turns, exact zooms, the magnifier, cine."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QAction, QCursor, QScreen

from leukoviewer.display.orientation import Turn
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.cine import Cine
from leukoviewer.ui.held_key import HeldKey
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.layouts import Layouts
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session

OPEN_FIRST = later("Open a folder with a head CT first.")
NO_DISTANCES = later("The true size is not known, because these files do not tell the distances of the pixels.")
NO_SCREEN_SIZE = later("The true size cannot be shown, because this screen does not tell how large it is.")
NOT_SQUARE = later("The pixels of this scan are not square: one column of the scan is one column of the screen.")

# What a screen for reading may have; anything else is a made-up size, as projectors and remote desktops tell it.
_LEAST_DPI, _MOST_DPI = 50.0, 600.0
_MM_PER_INCH = 25.4


class ViewTools(QObject):
    """Lays and scales the picture of the active view as the reader asks.

    How a picture is laid belongs to the view that shows it: it is kept neither with the study nor in the settings, so
    that no scan opens in an unusual way.

    Signals
    -------
    note(str)
        A sentence for the reader.
    """

    note = Signal(str)

    def __init__(self, session: Session, window: MainWindow, layouts: Layouts, cine: Cine) -> None:
        super().__init__(window)
        self._session, self._view = session, window.slice_view
        self._layouts, self._cine = layouts, cine
        self._has_lens = False
        self._lens_key: HeldKey | None = None
        layouts.changed.connect(self._show_lens)
        cine.changed.connect(self._tell_cine)
        window.slice_view.slice_requested.connect(lambda _: cine.stop())
        window.ribbon.slice_chosen.connect(lambda _: cine.stop())

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Keep the switches of the menus equal to what runs."""

        def check() -> None:
            actions["view.cine"].setChecked(self._cine.is_running)
            actions["cine.sweep"].setChecked(self._cine.is_sweeping)

        self._cine.changed.connect(check)
        lens = actions["view.magnifier"]
        self._lens_key = HeldKey(lens, self)
        self._lens_key.released.connect(lens.trigger)

    # Flips and turns

    def turn(self) -> Turn:
        """How the picture is laid."""
        view = self._session.view
        return Turn() if view is None else view.turn

    def lay(self, turn: Turn) -> None:
        """Lay the picture of the active view another way."""
        view = self._session.view
        if view is None:
            self.note.emit(tr(OPEN_FIRST))
        else:
            self._session.set_view(view.with_turn(turn))

    # Zoom

    def fit(self) -> None:
        """The whole picture, as large as the view."""
        self._view.reset_view()

    def show_pixels(self) -> None:
        """One pixel of the scan on one pixel of the screen."""
        spacing = self._view.viewport.spacing_mm
        if self._session.view is None:
            self.note.emit(tr(OPEN_FIRST))
            return
        self._view.set_scale(1 / (spacing[1] * self._view.devicePixelRatioF()))
        if spacing[0] != spacing[1]:
            self.note.emit(tr(NOT_SQUARE))

    def show_true_size(self) -> None:
        """One mm of the patient on one mm of the screen, where the screen tells its size."""
        series, view = self._session.series, self._session.view
        if series is None or view is None:
            self.note.emit(tr(OPEN_FIRST))
            return
        if series.slices[view.slice_index].plane is None:
            self.note.emit(tr(NO_DISTANCES))
            return
        scale = screen_px_per_mm(self._view.screen())
        if scale is None:
            self.note.emit(tr(NO_SCREEN_SIZE))
        else:
            self._view.set_scale(scale)

    # Magnifier

    def set_lens(self, on: bool) -> None:
        """A lens under the cursor of every view, or none; where its key is held, until that is let go."""
        self._has_lens = on
        if self._lens_key is not None:
            self._lens_key.end()
            if on:
                self._lens_key.begin()
        self._show_lens()

    def _show_lens(self) -> None:
        for view in self._layouts.cells:
            cursor = QPointF(view.mapFromGlobal(QCursor.pos()))
            is_over = view.isVisible() and view.rect().contains(cursor.toPoint())
            # By the keyboard alone it lies in the middle of the active view.
            middle = QPointF(view.rect().center()) if view is self._view else None
            view.magnifier.set_on(self._has_lens, at=cursor if is_over else middle)

    # Cine

    def _tell_cine(self) -> None:
        self._view.set_mode(self._cine.words if self._cine.is_running else "")

    def change_rate(self, steps: int) -> None:
        """Cine faster or slower, also before it runs."""
        self._cine.change_rate(steps)
        self.note.emit("" if self._cine.is_running else self._cine.words)

    def set_sweeping(self, sweeping: bool) -> None:
        """Cine to and fro, or round."""
        self._cine.set_sweeping(sweeping)
        self.note.emit("" if self._cine.is_running else self._cine.words)

    def handlers(self) -> dict[str, Handler]:
        """What the actions do, by their names."""
        return {
            "view.flip_horizontal": lambda: self.lay(self.turn().flipped_horizontally()),
            "view.flip_vertical": lambda: self.lay(self.turn().flipped_vertically()),
            "view.rotate_right": lambda: self.lay(self.turn().rotated()),
            "view.rotate_left": lambda: self.lay(self.turn().rotated(-1)),
            "view.fit": self.fit,
            "view.one_to_one": self.show_pixels,
            "view.true_size": self.show_true_size,
            "view.zoom_in": self._view.zoom_in,
            "view.zoom_out": self._view.zoom_out,
            "view.magnifier": self.set_lens,
            "view.cine": self._cine.set_running,
            "cine.faster": lambda: self.change_rate(1),
            "cine.slower": lambda: self.change_rate(-1),
            "cine.sweep": self.set_sweeping,
        }


def screen_px_per_mm(screen: QScreen) -> float | None:
    """Logical px of a screen on one mm of its glass; None where the screen does not tell its size."""
    dots = screen.physicalDotsPerInchX()
    is_named = bool(screen.manufacturer() or screen.model() or screen.serialNumber())
    is_known = is_named and not screen.physicalSize().isEmpty() and _LEAST_DPI <= dots <= _MOST_DPI
    return dots / _MM_PER_INCH if is_known else None
