"""What tests of the settings share: the dialog over a real window, and an application that is as before in the end."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from leukoviewer.ui import theme
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.settings_dialog import SettingsDialog


@pytest.fixture
def plain_look(qapp: QApplication) -> Generator[QApplication, None, None]:
    """The application, whose looks are given back in the end."""
    sheet, palette, style = qapp.styleSheet(), QPalette(qapp.palette()), qapp.style().name()
    yield qapp
    theme.apply(qapp)
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


@pytest.fixture
def dialog(viewer: Viewer) -> Generator[SettingsDialog, None, None]:
    """The settings over a window without a scan."""
    viewer.actions["edit.settings"].trigger()
    made = viewer.preferring.dialog
    assert made is not None
    yield made
    if viewer.preferring.dialog is not None:
        made.reject()
