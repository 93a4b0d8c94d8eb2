"""The key images of the series with a small picture of each: a list to jump from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from leukoviewer.ui.language import tr
from leukoviewer.ui.widgets.array_image import image_of
from leukoviewer.ui.widgets.key_tips import tell_keys

PICTURE_PX = 44
_MOST_ROWS = 3
_ROW_GAP_PX = 6
_INDEX = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True, eq=False)
class KeyImageRow:
    """One key image.

    Attributes
    ----------
    index : int
        The native slice, from 0.
    position_mm : float or None
        Where it lies along the normal; None where that is not known.
    picture : array of uint8, shape (rows, columns), or None
        Gray levels; None until the slice is read.
    """

    index: int
    position_mm: float | None
    picture: NDArray[np.uint8] | None

    @property
    def title(self) -> str:
        """Slice and position, in words."""
        if self.position_mm is None:
            return tr("★ Slice {}").format(self.index + 1)
        return tr("★ Slice {}, {} mm").format(self.index + 1, f"{self.position_mm:.1f}")


class KeyImageList(QWidget):
    """Shows the key images of the series; takes no room when there are none.

    Signals
    -------
    asked(int)
        The slice that was chosen.
    """

    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(tr("Key images").upper(), self)
        title.setObjectName("sectionTitle")
        self._list = QListWidget(self)
        self._list.setAccessibleName(tr("Key images"))
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list.setIconSize(QSize(PICTURE_PX, PICTURE_PX))
        self._list.setToolTip(tr("Slices that you marked, and the next of them"))
        tell_keys(self._list, "model.key_image", "key.next")
        # A click on the one that is marked already goes there again; by keyboard the choice alone does.
        self._list.currentItemChanged.connect(self._on_current)
        self._list.itemClicked.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 6)
        column.setSpacing(5)
        column.addWidget(title)
        column.addWidget(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_rows(())

    @property
    def titles(self) -> tuple[str, ...]:
        """What the list shows."""
        return tuple(self._list.item(number).text() for number in range(self._list.count()))

    def set_rows(self, rows: tuple[KeyImageRow, ...]) -> None:
        """Show these; nothing at all without any."""
        self._list.blockSignals(True)
        self._list.clear()
        for row in rows:
            item = QListWidgetItem(row.title, self._list)
            item.setData(_INDEX, row.index)
            item.setSizeHint(QSize(PICTURE_PX, PICTURE_PX + _ROW_GAP_PX))
            if row.picture is not None:
                item.setIcon(QIcon(_pixmap(row.picture)))
        self._list.blockSignals(False)
        shown = min(len(rows), _MOST_ROWS)
        self._list.setFixedHeight(shown * (PICTURE_PX + _ROW_GAP_PX) + 2 * self._list.frameWidth())
        self.setVisible(bool(rows))

    def _on_current(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self.asked.emit(item.data(_INDEX))


def _pixmap(picture: NDArray[np.uint8]) -> QPixmap:
    smooth, ratio = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
    return QPixmap.fromImage(image_of(picture)).scaled(PICTURE_PX, PICTURE_PX, ratio, smooth)
