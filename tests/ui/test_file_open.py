"""What the Finder hands over is asked for once, and nothing else is taken from the application."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer.ui.file_open import FileOpen


@pytest.mark.parametrize("name", ["scan", "Müller, Zoë – Schädel", "a#b %41?", "脳 CT"])
def test_a_folder_from_the_finder_is_asked_for(qapp: QApplication, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    opener = FileOpen()
    opener.listen(qapp, platform="darwin")
    with qtbot.waitSignal(opener.asked, timeout=1000) as asked:
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / name))))
    assert asked.args == [tmp_path / name]


def test_other_events_are_left_alone_and_other_systems_are_not_listened_to(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    opener = FileOpen()
    assert not opener.eventFilter(qapp, QEvent(QEvent.Type.ApplicationActivate))
    opener.listen(qapp, platform="linux")
    with qtbot.assertNotEmitted(opener.asked):
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path))))
