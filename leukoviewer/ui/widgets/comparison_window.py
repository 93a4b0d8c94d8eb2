"""The window with the results of several models side by side: one picture a model, then their mean and their spread."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.array_image import image_of
from leukoviewer.ui.widgets.key_tips import tell_keys
from leukoviewer.ui.widgets.wrapped_label import WrappedLabel

_SIZE_PX = (1040, 760)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """One picture with its words.

    Attributes
    ----------
    title : str
        Whose it is.
    lines : tuple of str
        What it says, below the picture.
    pixels : array of uint32, shape (rows, columns), or None
        ``0xffRRGGBB``; None where there is nothing to show.
    pixel_aspect : float
        Height of a pixel by its width on the patient.
    stands_out : bool
        Whether it goes against another one.
    """

    title: str
    lines: tuple[str, ...] = ()
    pixels: NDArray[np.uint32] | None = field(default=None, repr=False)
    pixel_aspect: float = 1.0
    stands_out: bool = False


class ComparisonWindow(QDialog):
    """Shows tiles beside the main window; wheel and arrow keys change the slice in both.

    Signals
    -------
    moved(int)
        So many slices on.
    disputed_asked(bool)
        The next slice on which the models disagree (True), or the one before.
    """

    moved = Signal(int)
    disputed_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comparison")
        self.setWindowTitle(tr("Compare packages"))
        self.resize(shades.scaled_size(self, _SIZE_PX))
        self._sentence = WrappedLabel(self)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._next = QToolButton(self)
        self._next.setText(tr("Next slice they disagree on"))
        self._next.setToolTip(tr("Go to the next slice that one model calls positive and another negative"))
        tell_keys(self._next, "disputed.next")
        self._next.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._next.clicked.connect(lambda: self.disputed_asked.emit(True))
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        self.views: list[TileView] = []
        self._wheel, self._count = 0, 0
        column = QVBoxLayout(self)
        column.addWidget(self._sentence)
        column.addWidget(self._next, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._grid, 1)

    @property
    def sentence(self) -> str:
        """What stands over the pictures."""
        return self._sentence.text()

    def show_tiles(self, tiles: tuple[Tile, ...], sentence: str, *, disputed: bool) -> None:
        """Show these; ``disputed`` when there is a slice to go to."""
        self._sentence.setText(sentence)
        self._next.setEnabled(disputed)
        while len(self.views) < len(tiles):
            self.views.append(TileView(self))
        if len(tiles) != self._count:
            self._lay_out(len(tiles))
        for view, tile in zip(self.views, tiles, strict=False):
            view.show_tile(tile)

    def _lay_out(self, count: int) -> None:
        """Put so many tiles into rows of equal pictures, as near to a square of them as can be."""
        self._count, columns = count, max(1, math.ceil(math.sqrt(count)))
        for place, view in enumerate(self.views):
            self._grid.removeWidget(view)
            if place < count:
                self._grid.addWidget(view, place // columns, place % columns)
            view.setVisible(place < count)
        for place in range(len(self.views)):
            self._grid.setColumnStretch(place, int(place < columns))
            self._grid.setRowStretch(place, int(place * columns < count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys scroll, D and Shift+D go from one disputed slice to the next."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.moved.emit(_STEPS[key])
        elif key is Qt.Key.Key_D:
            self.disputed_asked.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One slice a step, as over the picture."""
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / 120)
        self._wheel -= steps * 120
        if steps:
            self.moved.emit(-steps)
        event.accept()


class TileView(QWidget):
    """One tile: title, picture in the patient's proportions, words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile = Tile("")
        self._title, self._words = QLabel(self), WrappedLabel(self)
        self._title.setObjectName("sectionTitle")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._words.setObjectName("tileWords")
        self._picture = _Picture(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column.addWidget(self._title)
        column.addWidget(self._picture, 1)
        column.addWidget(self._words)

    @property
    def words(self) -> str:
        """What stands below the picture."""
        return self._words.text()

    def show_tile(self, tile: Tile) -> None:
        """Show another one."""
        self.tile = tile
        self._title.setText(tile.title)
        self._title.setToolTip(shades.plain_tip(tile.title))
        self._words.setText("\n".join(tile.lines))
        if self._words.property("kind") != (kind := "warning" if tile.stands_out else ""):
            self._words.setProperty("kind", kind)
            self._words.style().polish(self._words)
        self._picture.setAccessibleName(f"{tile.title}: {' '.join(tile.lines)}")
        self._picture.show_pixels(tile.pixels, tile.pixel_aspect)


class _Picture(QWidget):
    """Pixels as large as there is room, in the patient's proportions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._aspect = 1.0
        self.setMinimumSize(QSize(160, 160))

    def show_pixels(self, pixels: NDArray[np.uint32] | None, aspect: float) -> None:
        self._aspect, self._image = aspect, None
        if pixels is not None:
            self._image = image_of(pixels)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), shades.PICTURE)
        if self._image is None:
            painter.setPen(shades.QUIET)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Not looked at"))
        else:
            width, height = float(self._image.width()), self._image.height() * self._aspect
            scale = min(self.width() / width, self.height() / height)
            box = QRectF(0, 0, width * scale, height * scale)
            box.moveCenter(QRectF(self.rect()).center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self._image)
        painter.end()
