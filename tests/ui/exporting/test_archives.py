"""A zip archive opens in the window as its folder would."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, opened


@pytest.fixture
def archive(head_folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "patient.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(head_folder.rglob("*")):
            made.write(file, file.relative_to(head_folder).as_posix())
    return path


def test_dropped_it_shows_its_series_and_is_remembered(viewer: Viewer, qtbot: QtBot, archive: Path) -> None:
    viewer.window.dropped.emit(archive)
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.catalog is not None
    assert len(viewer.session.catalog.volumes) == 2
    assert viewer.session.volume is not None
    assert viewer.session.volume.broken == ()
    assert sorted(one.name for one in archive.parent.iterdir()) == ["patient.zip"]


def test_it_is_chosen_as_a_file(viewer: Viewer, qtbot: QtBot, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(archive), ""))
    viewer.actions["file.open_file"].trigger()
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)


def test_a_hostile_one_is_refused_in_a_sentence_and_the_shown_scan_stays(
    viewer: Viewer, qtbot: QtBot, head_folder: Path, tmp_path: Path
) -> None:
    opened(viewer, head_folder, qtbot)
    path = tmp_path / "hostile.zip"
    with zipfile.ZipFile(path, "w") as made:
        info = zipfile.ZipInfo("x")
        info.filename = "../../out.dcm"
        made.writestr(info, b"x")
    with qtbot.waitSignal(viewer.workflow.failed, timeout=WAIT_MS):
        viewer.opening.open(path)
    assert "lead out" in viewer.window.message_bar.text
    assert viewer.session.volume is not None
