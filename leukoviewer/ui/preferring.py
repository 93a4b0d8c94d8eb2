"""What the reader set holds at once: theme, hanging, mouse, cine, heatmap, own windows; and the settings' window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication

from leukoviewer.display import colormap
from leukoviewer.settings import MAX_OWN_WINDOWS, Settings
from leukoviewer.ui import language_choice, theme
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.hanging import HangingRule, own_windows
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.reading import Reading
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.widgets.settings_dialog import SettingsDialog
from leukoviewer.ui.widgets.settings_pages import PAGES
from leukoviewer.ui.workflow import Workflow, why_not


def take_look(value: Settings) -> bool:
    """Give the application the theme and the size of words that are set; False when it has both already.

    Before windows are made, so that they begin in a size that holds the words.
    """
    application = QApplication.instance()
    wanted = (theme.scheme_of(value.theme), value.font_percent)
    if not isinstance(application, QApplication) or wanted == (theme.scheme(), theme.font_percent()):
        return False
    theme.apply(application, choice=value.theme, font_percent=value.font_percent)
    return True


class Preferring(QObject):
    """Ties the settings to the window."""

    def __init__(
        self, session: Session, workflow: Workflow, window: MainWindow, *, store: SettingsStore, reading: Reading
    ) -> None:
        super().__init__(window)
        self._session, self._workflow, self._window = session, workflow, window
        self._store, self._reading = store, reading
        self._actions: Mapping[str, QAction] = {}
        self._applied = store.value
        self.dialog: SettingsDialog | None = None
        self._apply(store.value)
        window.fit_words()
        store.changed.connect(self._follow)
        reading.cine.changed.connect(self._remember_rate)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme)
        workflow.loaded.connect(self._run)
        workflow.models_listed.connect(self._run)
        workflow.analyzed.connect(self._go_to_suspicious)

    def handlers(self) -> dict[str, Handler]:
        """What the actions do."""
        own: dict[str, Handler] = {
            f"window.own{number}": lambda number=number: self._use_own(number)
            for number in range(1, MAX_OWN_WINDOWS + 1)
        }
        return {"edit.settings": self.show, **own}

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Let the menu's own windows and switches follow the settings."""
        self._actions = actions
        self._apply_windows(self._store.value)

    # The settings' window

    def show(self) -> SettingsDialog:
        """Open it; what is changed there holds at once, and Cancel gives back what was."""
        style, store, view = self._session.style, self._store, self._session.view
        store.change(heatmap_opacity=style.opacity, heatmap_threshold=style.threshold, heatmap_colormap=style.colormap)
        before = store.value
        dialog = SettingsDialog(self._window, before, languages=language_choice.names(), reserved=self._keys_of_menus())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if view is not None:
            dialog.set_present_window(view.window)
        dialog.asked.connect(self._preview)
        dialog.rejected.connect(lambda: self._preview(before))
        dialog.finished.connect(lambda _: store.keep())
        dialog.finished.connect(lambda _: setattr(self, "dialog", None))
        self.dialog = dialog
        dialog.open()
        return dialog

    def _preview(self, asked: Settings) -> None:
        """Only what the window shows: what else was remembered meanwhile stays."""
        fields = [field for page in PAGES for field in page.all_fields]
        self._store.preview(replace(self._store.value, **{field: getattr(asked, field) for field in fields}))

    def _keys_of_menus(self) -> dict[str, str]:
        """Alt and the underlined letter open a menu."""
        found = {}
        for action in self._window.menuBar().actions():
            before, mark, after = action.text().partition("&")
            if mark and after:
                found[f"Alt+{after[0].upper()}"] = before + after
        return found

    # What holds

    def _follow(self) -> None:
        value, before = self._store.value, self._applied
        if value != before:
            self._applied = value
            self._apply(value)
            self._apply_style(value, before)

    def _apply(self, value: Settings) -> None:
        self._apply_theme(value)
        self._session.hanging = HangingRule.from_settings(value)
        self._window.slice_view.set_left_drag(value.left_drag)
        self._window.slice_view.set_drag_swapped(value.swap_drag)
        self._reading.cine.set_rate(value.cine_per_s)
        self._apply_windows(value)

    def _remember_rate(self) -> None:
        """Written with the other choices of the view when the window closes: a held key must not write each step."""
        self._store.preview(replace(self._store.value, cine_per_s=self._reading.cine.rate))

    def _apply_theme(self, value: Settings) -> None:
        if take_look(value):
            self._window.fit_words()
            # Again when the panels know how little room smaller words need.
            QTimer.singleShot(0, self._window, self._window.fit_words)

    def _on_scheme(self) -> None:
        """The computer went over to light or dark."""
        self._apply_theme(self._store.value)

    def _apply_style(self, value: Settings, before: Settings) -> None:
        """Only what was changed here: the panel beside the picture changes the style, too."""
        style = self._session.style
        if value.heatmap_opacity != before.heatmap_opacity:
            style = style.with_opacity(value.heatmap_opacity)
        if value.heatmap_threshold != before.heatmap_threshold:
            style = style.with_threshold(value.heatmap_threshold)
        if value.heatmap_colormap != before.heatmap_colormap and value.heatmap_colormap in colormap.NAMES:
            style = style.with_colormap(value.heatmap_colormap)
        self._session.set_style(style)

    def _apply_windows(self, value: Settings) -> None:
        windows = own_windows(value.own_windows)
        self._window.window_panel.set_own(windows)
        if not self._actions:
            return
        self._actions["window.swap_drag"].setChecked(value.swap_drag)
        for number in range(1, MAX_OWN_WINDOWS + 1):
            action = self._actions[f"window.own{number}"]
            window = windows[number - 1] if number <= len(windows) else None
            action.setVisible(window is not None)
            action.setEnabled(window is not None)
            if window is not None:
                action.setText(f"{window.name}  {window.width:g} / {window.center:g}".replace("&", "&&"))
                told = tr("Window {}: width {}, center {} HU")
                action.setStatusTip(told.format(window.name, f"{window.width:g}", f"{window.center:g}"))

    def _use_own(self, number: int) -> None:
        windows = own_windows(self._store.value.own_windows)
        if number <= len(windows):
            self._reading.set_window(windows[number - 1])

    # What happens by itself

    def _run(self) -> None:
        """Score what has just been read, if the reader wants that and nothing stands against it."""
        session = self._session
        has_result = session.result is not None or session.has_sealed_result or bool(session.refusal)
        if self._store.value.run_after_loading and not has_result and not why_not(session):
            self._workflow.analyze()

    def _go_to_suspicious(self) -> None:
        result, view = self._session.result, self._session.view
        if self._store.value.go_to_suspicious and result is not None and view is not None:
            self._session.set_view(view.with_slice(int(np.nanargmax(result.by_native()))))
