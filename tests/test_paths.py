"""Where things lie can be moved by the environment, and bundled things are found in the checkout."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leukoviewer import paths


def test_bundled_things_lie_in_the_checkout(repository: Path) -> None:
    assert paths.resources() == repository / "resources"
    assert paths.bundled_models() == repository / "resources" / "models"
    assert paths.demo_patient() == repository / "resources" / "demo" / "patient"


def test_resources_can_be_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(tmp_path))
    assert paths.resources() == tmp_path
    assert paths.bundled_models().parent == tmp_path


def test_a_frozen_program_finds_its_resources_beside_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_the_users_folders_lie_in_the_home_that_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path))
    folders = {paths.user_config(), paths.user_data(), paths.user_cache()}
    assert len(folders) == 3
    assert {folder.parent for folder in folders} == {tmp_path}
    assert not any(folder.exists() for folder in folders)


def test_without_it_they_are_the_systems_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEUKOVIEWER_HOME")
    for folder in (paths.user_config(), paths.user_data(), paths.user_cache()):
        assert folder.is_absolute()
        assert paths.APPLICATION in folder.parts
