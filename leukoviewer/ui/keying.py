"""Keeps menus, tips and words equal to the keys that the reader chose."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from leukoviewer import settings
from leukoviewer.ui.keymap import Keymap
from leukoviewer.ui.language import tr
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.widgets.key_tips import told_keys


class Keying(QObject):
    """The keymap in use.

    Attributes
    ----------
    problem : str
        A sentence on remembered keys that cannot be used; empty when all can.

    Signals
    -------
    changed()
        Other keys hold from now on.
    """

    changed = Signal()

    def __init__(self, actions: Mapping[str, QAction], store: SettingsStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._store = store
        self._ties: dict[QWidget, tuple[QAction, ...]] = {}
        self._bases: dict[QWidget, str] = {}
        self._is_writing = False
        self._roots: list[QWidget] = []
        self._windows = store.value.own_windows
        self._map, unusable = Keymap.from_settings(store.value.keys)
        self.problem = self._told(unusable)
        if unusable:
            store.change(keys=self._map.to_settings())
        self._apply()
        store.changed.connect(self._follow)

    @property
    def map(self) -> Keymap:
        """The keys now."""
        return self._map

    def tie(self, root: QWidget) -> None:
        """Let the tips of all marked controls of a window end with their keys, whatever they will say."""
        if root not in self._roots:
            self._roots.append(root)
        for widget in root.findChildren(QWidget):
            names = told_keys(widget)
            if names and widget not in self._ties:
                self._ties[widget] = tuple(self._actions[name] for name in names)
                self._bases[widget] = widget.toolTip()
                widget.installEventFilter(self)
                widget.destroyed.connect(lambda *_, widget=widget: self._forget(widget))
                self._write(widget)

    def told(self, text: str) -> str:
        """A sentence with the keys of today."""
        return self._map.told(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A new tip gets its keys, too."""
        if event.type() == QEvent.Type.ToolTipChange and isinstance(watched, QWidget) and not self._is_writing:
            self._bases[watched] = watched.toolTip()
            self._write(watched)
        return False

    def _forget(self, widget: QWidget) -> None:
        self._ties.pop(widget, None)
        self._bases.pop(widget, None)

    def _told(self, unusable: tuple[str, ...]) -> str:
        if not unusable:
            return ""
        named = "; ".join(unusable[:3]) + (" …" if len(unusable) > 3 else "")
        if self._store.keeps and settings.keep_copy():
            text = tr("Some remembered keys cannot be used ({}); the usual ones are back, the old file is kept as {}.")
            return text.format(named, settings.OLD_FILE)
        return tr("Some remembered keys cannot be used ({}); the usual ones are back.").format(named)

    def _follow(self) -> None:
        value = self._store.value
        found, _ = Keymap.from_settings(value.keys)
        if found != self._map or value.own_windows != self._windows:
            self._map, self._windows = found, value.own_windows
            self._apply()
            for root in self._roots:
                self.tie(root)
            self.changed.emit()

    def _apply(self) -> None:
        # First all away: no key must be ambiguous for a moment.
        for action in self._actions.values():
            action.setShortcuts([])
        for name, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in self._map.keys(name)])
            action.setToolTip(with_keys(action.statusTip(), (action,)))
        for widget in self._ties:
            self._write(widget)

    def _write(self, widget: QWidget) -> None:
        self._is_writing = True
        widget.setToolTip(with_keys(self._bases[widget], self._ties[widget]))
        self._is_writing = False


def with_keys(tip: str, actions: tuple[QAction, ...]) -> str:
    """A tip and the first key of each of these actions in brackets."""
    keys = [action.shortcut().toString(QKeySequence.SequenceFormat.NativeText) for action in actions]
    told = " ".join(key for key in keys if key)
    return f"{tip} ({told})" if tip and told else tip
