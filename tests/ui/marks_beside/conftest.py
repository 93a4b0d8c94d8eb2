"""A window without models: drawing needs none, and so these tests start fast."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from leukoviewer.ui.viewer import Viewer


@pytest.fixture
def viewer(viewers: Callable[..., Viewer]) -> Viewer:
    """A viewer in which nothing is open."""
    return viewers()
