"""Diagnostics hold what support needs, and nothing of patients, folders or the user."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from pytestqt.qtbot import QtBot

from leukoviewer import log_file
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, analyzed, begun, opened


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    write_phantom(
        tmp_path / "Kanarienvogel", slices=6, rows=64, columns=64, spacing_mm=(3.4, 3.4),
        patient_name="Zwitscher^Kanaria", patient_id="KANARIE-7",
    )  # fmt: skip
    return tmp_path / "Kanarienvogel"


def copied(viewer: Viewer, qtbot: QtBot) -> str:
    QGuiApplication.clipboard().clear()
    viewer.actions["help.diagnostics"].trigger()
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()), timeout=WAIT_MS)
    return QGuiApplication.clipboard().text()


def test_a_whole_reading_leaves_diagnostics_without_the_patient(
    viewers: Callable[..., Viewer], with_model: Package, canary: Path, qtbot: QtBot
) -> None:
    with log_file.kept():
        viewer = begun(viewers(Settings(notice_accepted=NOTICE_VERSION, device="cpu")), qtbot)
        viewer.desk.begin()
        opened(viewer, canary, qtbot)
        analyzed(viewer, qtbot)
        viewer.opening.open(canary.parent / "empty")
        (canary.parent / "nothing").mkdir()
        with qtbot.waitSignal(viewer.workflow.failed, timeout=WAIT_MS):
            viewer.opening.open(canary.parent / "nothing")
        text = copied(viewer, qtbot)
    for told in (
        "LeukoViewer 0.", "ONNX Runtime", "CPUExecutionProvider", "PyTorch", "Qt 6.", "device: cpu",
        f"tiny-1.0: sha256 {with_model.ref.sha256}", "recent: 1 folders", "read: 6 slices of 64 x 64, 0 broken",
        "scored by tiny-1.0", "failed: NothingReadableError", "started: LeukoViewer",
    ):  # fmt: skip
        assert told in text, told
    for secret in ("Kanari", "Zwitscher", "KANARIE", str(canary.parent), Path.home().name, "1.2.826"):
        assert secret not in text.replace("sha256", ""), secret
    assert "clipboard" in viewer.window.message_bar.text


def test_engines_that_fail_do_not_keep_the_rest_away(
    viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot
) -> None:
    def broken() -> object:
        raise OSError("a library of /home/Kanarienvogel")
        yield

    text = copied(begun(viewers(engines=broken), qtbot), qtbot)
    assert "engines: LeukoError" in text
    assert "tiny-1.0" in text
    assert "Kanarienvogel" not in text


def test_the_folder_of_the_log_is_opened(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def open_url(url: object) -> bool:
        asked.append(url.toLocalFile())  # type: ignore[attr-defined]
        return len(asked) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    viewer.actions["help.log"].trigger()
    assert viewer.window.message_bar.text == "There is no log yet."
    log_file.folder().mkdir(parents=True)
    viewer.actions["help.log"].trigger()
    assert [Path(one) for one in asked] == [log_file.folder()]
    viewer.actions["help.log"].trigger()
    assert str(log_file.folder()) in viewer.window.message_bar.text
