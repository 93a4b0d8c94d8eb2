"""The store writes each change once, and tells when it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leukoviewer import settings
from leukoviewer.errors import CannotWriteError
from leukoviewer.settings import Settings
from leukoviewer.ui.settings_store import SettingsStore


def test_a_change_is_written_and_told(qtbot: QtBot) -> None:
    store = SettingsStore(Settings())
    with qtbot.waitSignal(store.changed, timeout=1000):
        store.change(device="cpu")
    assert settings.load()[0].device == "cpu"


def test_the_same_value_again_is_neither_written_nor_told(qtbot: QtBot) -> None:
    store = SettingsStore(Settings())
    with qtbot.assertNotEmitted(store.changed):
        store.change(device="auto")
    assert not settings.file().exists()


def test_a_store_that_keeps_nothing_still_holds_the_value(qtbot: QtBot) -> None:
    store = SettingsStore(Settings(), keep=False)
    store.change(device="cpu")
    assert store.value.device == "cpu"
    assert not settings.file().exists()


def test_a_value_out_of_range_is_refused(qtbot: QtBot) -> None:
    store = SettingsStore(Settings())
    with pytest.raises(ValueError, match="between 0 and 1"):
        store.change(heatmap_opacity=2.0)
    assert store.value == Settings()


def test_a_failure_to_write_is_told(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path / "file"))
    store = SettingsStore(Settings())
    with qtbot.waitSignal(store.failed, timeout=1000) as blocker:
        store.change(device="cpu")
    assert blocker.args is not None
    assert isinstance(blocker.args[0], CannotWriteError)
