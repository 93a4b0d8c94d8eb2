from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer import paths
from leukoviewer.inference.first_use import is_known_good, remember
from leukoviewer.packages.archive import Package
from tests.inference.conftest import ScriptedEngine


def test_an_engine_is_known_after_it_was_remembered(tiny_package: Package) -> None:
    engine = ScriptedEngine(device="cpu")
    assert not is_known_good(engine, tiny_package)
    remember(engine, tiny_package)
    assert is_known_good(engine, tiny_package)


def test_another_device_or_package_is_not_known_by_that(tiny_package: Package) -> None:
    remember(ScriptedEngine(device="cpu"), tiny_package)
    assert not is_known_good(ScriptedEngine(device="cuda"), tiny_package)
    assert not is_known_good(ScriptedEngine(device="cpu"), replace(tiny_package, sha256="f" * 64))


def test_a_cache_that_cannot_be_written_is_no_error(
    tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    monkeypatch.setattr(paths, "user_cache", lambda: blocker)
    remember(ScriptedEngine(), tiny_package)
    assert not is_known_good(ScriptedEngine(), tiny_package)
