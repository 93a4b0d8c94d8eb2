"""The scripts of packaging are no package: tests import them as the scripts import each other."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]


@pytest.fixture
def script(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Imports a script of packaging by its name."""
    monkeypatch.syspath_prepend(str(repository / "packaging"))
    return importlib.import_module
