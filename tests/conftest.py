"""What every test stands on: no display, no traces in the user's folders, no leaked windows and threads."""

from __future__ import annotations

import os

# Before numpy, torch and Qt are imported: the suite runs on few cores, and numeric libraries must not fight for them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import gc
import signal
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from leukoviewer.inference import kept
from tests.packages_fixture import tiny_package  # noqa: F401 - a fixture for every test

# A run started in the background of a script ignores Ctrl+C, and so would the programs that tests start and stop by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
REAL_DATA = ROOT.parent / "shared" / "data"

# Threads that libraries keep for the whole process on purpose.
_RESIDENT_THREADS = ("tqdm", "pytest_timeout", "asyncio")
_THREAD_GRACE_S = 5.0


def pytest_configure(config: pytest.Config) -> None:
    """Cases of odd files have numbers, which their tests carry."""
    config.addinivalue_line("markers", "case(number): the case of an odd, broken or hostile file that a test is for")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that reads real scans, so that ``-m real_data`` finds it."""
    for item in items:
        if "real_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.real_data)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the real scans beside the checkout; tests that need it are skipped where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real scans (../shared/data) are not on this machine")
    return REAL_DATA


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the checkout."""
    return ROOT


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, recent lists and caches of a test lie in a folder of its own."""
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _no_kept_engine() -> Generator[None, None, None]:
    """What one test's analysis keeps loaded is not what the next one runs on."""
    yield
    kept.clear()


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Generator[None, None, None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.name.startswith(_RESIDENT_THREADS):
            thread.join(_THREAD_GRACE_S)
    left = [t.name for t in set(threading.enumerate()) - before if not t.name.startswith(_RESIDENT_THREADS)]
    assert not left, f"threads outlive the test: {left}"


@pytest.fixture(autouse=True)
def _no_leaked_windows(request: pytest.FixtureRequest) -> Generator[None, None, None]:
    """Every top-level widget that a test made is gone, or given to ``qtbot.addWidget``, when it ends."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    application = request.getfixturevalue("qapp")
    before = set(application.topLevelWidgets())
    yield
    from PySide6.QtCore import QThreadPool

    assert QThreadPool.globalInstance().waitForDone(int(_THREAD_GRACE_S * 1000)), "Qt's thread pool still works"
    _deliver_deferred_deletions()
    left = set(application.topLevelWidgets()) - before
    if left:
        gc.collect()
        _deliver_deferred_deletions()
        left = set(application.topLevelWidgets()) - before
    assert not left, f"top-level widgets outlive the test: {sorted(map(repr, left))}"


def _deliver_deferred_deletions() -> None:
    """``processEvents`` alone leaves them for an event loop that never comes."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
