"""Where things lie: resources beside the program, the user's own folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APPLICATION = "leukoviewer"


def resources() -> Path:
    """Folder of bundled resources (models, demo, icons), in the source tree or in a frozen program.

    ``LEUKOVIEWER_RESOURCES`` overrides it.
    """
    override = os.environ.get("LEUKOVIEWER_RESOURCES")
    if override:
        return Path(override)
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parents[1] / "resources"


def demo_patient() -> Path:
    """Folder of the bundled demo patient (simulated)."""
    return resources() / "demo" / "patient"


def bundled_models() -> Path:
    """Folder of the bundled model packages."""
    return resources() / "models"


def user_config() -> Path:
    """The user's settings folder (not created here); ``LEUKOVIEWER_HOME`` overrides it."""
    home = os.environ.get("LEUKOVIEWER_HOME")
    return Path(home) / "config" if home else Path(platformdirs.user_config_dir(APPLICATION, appauthor=False))


def user_data() -> Path:
    """The user's data folder (installed models); not created here."""
    home = os.environ.get("LEUKOVIEWER_HOME")
    return Path(home) / "data" if home else Path(platformdirs.user_data_dir(APPLICATION, appauthor=False))


def user_cache() -> Path:
    """The user's cache folder; not created here."""
    home = os.environ.get("LEUKOVIEWER_HOME")
    return Path(home) / "cache" if home else Path(platformdirs.user_cache_dir(APPLICATION, appauthor=False))
