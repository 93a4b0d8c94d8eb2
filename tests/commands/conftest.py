"""A machine with one model package: the tiny one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leukoviewer.packages.archive import Package


@pytest.fixture
def models(tiny_package: Package, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of bundled models of this test, holding a copy of the tiny package that may be damaged."""
    resources = tmp_path_factory.mktemp("resources")
    shutil.copytree(tiny_package.folder, resources / "models" / tiny_package.id)
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(resources))
    return resources / "models"
