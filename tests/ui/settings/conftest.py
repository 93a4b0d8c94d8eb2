"""What tests of the settings share: the dialog over a real window."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.settings_dialog import SettingsDialog


@pytest.fixture
def dialog(viewer: Viewer) -> Generator[SettingsDialog, None, None]:
    """The settings over a window without a scan."""
    viewer.actions["edit.settings"].trigger()
    made = viewer.preferring.dialog
    assert made is not None
    yield made
    if viewer.preferring.dialog is not None:
        made.reject()
