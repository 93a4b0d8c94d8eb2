"""The composition root: pictures of the window with exit codes, a quick start without slow packages."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from leukoviewer import app, settings
from leukoviewer.app import run_window
from leukoviewer.errors import LeukoError
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from tests.phantom import write_phantom

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def head(tmp_path: Path) -> Path:
    write_phantom(tmp_path / "head", slices=10)
    return tmp_path / "head"


@pytest.fixture
def models(tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """The only installed package, as a user would install it."""
    home = tmp_path / "home"
    (home / "data" / "models").mkdir(parents=True)
    (home / "data" / "models" / tiny_package.id).symlink_to(tiny_package.folder)
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(home))
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(_resources(tmp_path)))
    return tiny_package


def _resources(tmp_path: Path) -> Path:
    """The program's resources without its models."""
    from leukoviewer import paths

    folder = tmp_path / "resources"
    folder.mkdir()
    for name in ("style", "icons"):
        (folder / name).symlink_to(paths.resources() / name)
    return folder


def _size(file: Path) -> tuple[int, int]:
    image = QImage(str(file))
    return image.width(), image.height()


def test_a_picture_of_a_folder_is_saved(head: Path, tmp_path: Path) -> None:
    file = tmp_path / "new" / "window.png"
    assert run_window(head, snapshot=file) == 0
    assert _size(file) == (1440, 900)
    assert [path.name for path in file.parent.iterdir()] == ["window.png"]


def test_a_fault_behind_a_signal_is_told_in_one_sentence_without_the_path(
    head: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sys.excepthook

    def fail(_self: object, busy: bool) -> None:
        if busy:
            raise ValueError(f"of {head}")

    monkeypatch.setattr("leukoviewer.ui.opening.Opening._on_loading", fail)
    assert run_window(head, snapshot=tmp_path / "window.png") == 1
    told = capsys.readouterr().err
    assert len(told.splitlines()) == 1
    assert told.startswith("leukoviewer: An unexpected fault (ValueError at test_app.py:")
    assert str(head) not in told
    assert sys.excepthook is before


def test_a_picture_leaves_no_settings_behind(head: Path, tmp_path: Path) -> None:
    assert run_window(head, snapshot=tmp_path / "window.png") == 0
    assert not settings.file().exists()


def test_pictures_with_a_run_differ_by_heatmap_and_slice(head: Path, tmp_path: Path, models: Package) -> None:
    shots = {
        "run": {"analyze": True},
        "without": {"analyze": True, "heatmap": False},
        "other": {"analyze": True, "slice_number": 2},
        "plain": {},
    }
    for name, options in shots.items():
        assert run_window(head, snapshot=tmp_path / f"{name}.png", **options) == 0  # type: ignore[arg-type]
    pictures = {name: (tmp_path / f"{name}.png").read_bytes() for name in shots}
    assert len(set(pictures.values())) == len(shots)


def test_the_same_picture_comes_out_twice(head: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run_window(head, snapshot=tmp_path / f"{name}.png", slice_number=3) == 0
    is_same = (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert is_same  # the bytes themselves would be compared letter by letter for minutes where they differ


def test_an_empty_folder_exits_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run_window(tmp_path / "empty", snapshot=tmp_path / "window.png") == 3
    assert capsys.readouterr().err.startswith("leukoviewer: ")
    assert not (tmp_path / "window.png").exists()


@pytest.mark.parametrize(
    "options", [pytest.param({"brain": False}, id="no brain"), pytest.param({"slices": 1}, id="no volume")]
)
def test_a_refused_series_exits_with_four_and_its_picture_shows_why(
    options: dict[str, object], tmp_path: Path, models: Package, capsys: pytest.CaptureFixture[str]
) -> None:
    write_phantom(tmp_path / "refused", **options)
    assert run_window(tmp_path / "refused", snapshot=tmp_path / "window.png", analyze=True) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert _size(tmp_path / "window.png") == (1440, 900)


def test_without_a_model_a_run_fails_with_a_sentence(
    head: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(_resources(tmp_path)))
    assert run_window(head, snapshot=tmp_path / "window.png", analyze=True) == 1
    assert "No model is installed" in capsys.readouterr().err


def test_an_unknown_model_fails_with_a_sentence(
    head: Path, tmp_path: Path, models: Package, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_window(head, snapshot=tmp_path / "window.png", analyze=True, model="gone-1.0") == 1
    assert "gone-1.0" in capsys.readouterr().err


@pytest.mark.parametrize("number", [0, 11])
def test_a_slice_that_does_not_exist_exits_with_two(
    head: Path, tmp_path: Path, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_window(head, snapshot=tmp_path / "window.png", slice_number=number) == 2
    assert "slices 1 to 10" in capsys.readouterr().err


def test_a_picture_that_cannot_be_written_exits_with_seven(head: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert run_window(head, snapshot=tmp_path / "file" / "window.png") == 7


def test_the_window_opens_by_hand_and_asks_for_the_notice_once(head: Path, qtbot: QtBot) -> None:
    """Accepts the notice and closes the window as a reader would."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from leukoviewer.ui.main_window import MainWindow
    from leukoviewer.ui.widgets.notice import NoticeDialog

    seen: list[bool] = []

    def act() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        if not windows or not windows[0].is_reading:
            QTimer.singleShot(20, act)
            return
        notices = [w for w in QApplication.topLevelWidgets() if isinstance(w, NoticeDialog) and w.isVisible()]
        seen.append(bool(notices))
        for notice in notices:
            notice.accept()
        windows[0].close()

    for _ in range(2):
        QTimer.singleShot(20, act)
        assert run_window(head) == 0
    assert seen == [True, False]
    saved, _ = settings.load()
    assert saved.notice_accepted == NOTICE_VERSION
    assert saved.recent == (str(head),)
    assert saved.window_geometry


def test_a_run_asked_for_at_the_start_happens_in_the_open_window(head: Path, models: Package, qtbot: QtBot) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from leukoviewer.ui.main_window import MainWindow

    settings.save(Settings(notice_accepted=NOTICE_VERSION))
    seen: list[tuple[int, int]] = []

    def act() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        if not windows or not windows[0].ribbon.rows:
            QTimer.singleShot(20, act)
            return
        QTimer.singleShot(
            0, lambda: (seen.append((len(windows[0].ribbon.rows), windows[0].ribbon.current)), windows[0].close())
        )

    QTimer.singleShot(20, act)
    assert run_window(head, analyze=True, slice_number=3) == 0
    assert seen == [(1, 2)]


@pytest.mark.parametrize(
    ("asked", "used"), [pytest.param("cpu", "cpu", id="asked for now"), pytest.param("auto", "cuda", id="remembered")]
)
def test_a_device_given_on_the_command_line_wins_for_this_time_and_is_not_remembered(asked: str, used: str) -> None:
    saved = Settings(device="cuda", notice_accepted=NOTICE_VERSION)
    settings.save(saved)
    viewer = app._viewer(app.Start(device=asked), saved)
    try:
        assert viewer.session.device == used
        assert viewer.window.model_panel._device.currentData() == used
        viewer.store.change(swap_drag=True)  # what is remembered is written whole
        assert settings.load()[0] == Settings(device="cuda", notice_accepted=NOTICE_VERSION, swap_drag=True)
        viewer.window.model_panel.device_asked.emit("mps")
        assert settings.load()[0].device == "mps"
    finally:
        viewer.close()
        viewer.window.deleteLater()
        viewer.deleteLater()


def test_the_window_starts_without_slow_packages(tmp_path: Path) -> None:
    """In a process of its own: what is imported here says nothing about a start."""
    code = """
import json, sys
from leukoviewer import app
application = app._application()
viewer = app._viewer(app.Start(), app.Settings())
viewer.window.show()
application.processEvents()
slow = [name for name in ("torch", "pydicom", "onnxruntime", "pyqtgraph", "skimage", "scipy") if name in sys.modules]
viewer.begin(None)
from PySide6.QtTest import QTest
while not viewer.workflow.is_idle or not viewer.session.are_models_known:
    QTest.qWait(10)
later = [name for name in ("torch", "timm", "pytorch_grad_cam") if name in sys.modules]
viewer.close()
print(json.dumps([slow, later]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LEUKOVIEWER_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[], []]


def test_a_missing_qt_library_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    with pytest.raises(LeukoError, match="apt-get install"):
        app._application()


@pytest.mark.skipif(sys.platform != "linux", reason="X11's libraries are a matter of Linux")
def test_a_missing_x11_library_is_told_before_qt_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(app.ctypes, "CDLL", missing)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    with pytest.raises(LeukoError, match="libxcb-cursor"):
        app._check_x11()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    app._check_x11()


@pytest.mark.parametrize(
    ("device", "platform", "driver", "imported"),
    [
        ("auto", "linux", True, False),
        ("cuda", "linux", True, False),
        ("cpu", "win32", True, False),
        ("auto", "win32", False, False),
        ("auto", "win32", True, True),
        ("cuda", "win32", False, True),
    ],
)
def test_torch_is_imported_before_qt_only_where_windows_needs_it(
    monkeypatch: pytest.MonkeyPatch, device: str, platform: str, driver: bool, imported: bool
) -> None:
    asked: list[str] = []

    def find(name: str) -> None:
        asked.append(name)

    monkeypatch.setattr(app, "_loads", lambda _: driver)
    monkeypatch.setattr("importlib.util.find_spec", find)
    app._import_torch_first(device, platform)
    assert (asked == ["torch"]) is imported


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send to oneself")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_request_to_end_ends_the_window_while_nothing_happens(number: signal.Signals, tmp_path: Path) -> None:
    """In a process of its own; when it says that it is ready nothing is left to do, and its event loop sleeps."""
    code = """
import threading
from leukoviewer import app
from leukoviewer.settings import NOTICE_VERSION, Settings, save
from PySide6.QtCore import QTimer
save(Settings(notice_accepted=NOTICE_VERSION))
app._application()
QTimer.singleShot(0, lambda: print("ready", flush=True))
try:
    app.run_window()
except KeyboardInterrupt:
    print("stopped", [t.name for t in threading.enumerate() if t.name.startswith("lane")])
"""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LEUKOVIEWER_HOME": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.communicate(timeout=30)[0] == "stopped []\n"


def test_damaged_settings_are_told_in_the_window(qtbot: QtBot, head: Path) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from leukoviewer.ui.main_window import MainWindow

    settings.file().parent.mkdir(parents=True)
    settings.file().write_text("{")
    told: list[str] = []

    def act() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
        if not windows or not windows[0].is_reading:
            QTimer.singleShot(20, act)
            return
        told.append(windows[0].message_bar.text)
        for window in QApplication.topLevelWidgets():
            window.close()

    QTimer.singleShot(20, act)
    assert run_window(head) == 0
    assert "settings.old.json" in told[0]
