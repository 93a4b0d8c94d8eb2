"""A viewer without a display that opens study after study, and what the process holds after each."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from leukoviewer import app
from leukoviewer.packages.store import PackageStore
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom

LIMIT_MS = 120_000
# What grows while caches, pools and lazily imported packages settle is no leak.
SETTLED = 20
_WRITE = (
    "import sys; from pathlib import Path; from tests.packages_fixture import write_tiny; write_tiny(Path(sys.argv[1]))"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds after a study.

    Attributes
    ----------
    resident_mb : float
        Memory, in 1e6 bytes.
    threads, handles : int
        Of the process.
    open_s : float
        From asking for the folder to its last slice.
    """

    resident_mb: float
    threads: int
    handles: int
    open_s: float


@dataclass(frozen=True, slots=True)
class Growth:
    """What a day did to the process, from the settled study to the last."""

    studies: int
    resident_mb: float
    threads: int
    handles: int
    first_open_s: float
    last_open_s: float

    @classmethod
    def of(cls, held: Sequence[Held], *, settled: int = SETTLED) -> Growth:
        """Opens are medians of so many studies as settle (at most a tenth of all), so that one hiccup says nothing."""
        few = max(3, min(settled, len(held) // 10))
        start, end = held[settled - 1], held[-1]
        return cls(
            len(held), round(end.resident_mb - start.resident_mb, 1), end.threads - start.threads,
            end.handles - start.handles, round(median(one.open_s for one in held[settled : settled + few]), 4),
            round(median(one.open_s for one in held[-few:]), 4),
        )  # fmt: skip

    @property
    def slower(self) -> float:
        """How many times as long the last opens took as the first."""
        return self.last_open_s / self.first_open_s


def write_studies(folder: Path, count: int, *, slices: int = 12, side: int = 128) -> list[Path]:
    """Different patients, each a folder with one head."""
    return [
        write_phantom(
            folder / f"study{number}", slices=slices + number % 3, rows=side, columns=side,
            spacing_mm=(230 / side, 230 / side), patient_id=f"DAY-{number}", series=f"series-{number}",
        ).folder
        for number in range(count)
    ]  # fmt: skip


def write_model(folder: Path) -> Path:
    """A folder of models, written by a process of its own: this one shall not hold what writing takes."""
    folder.mkdir(parents=True)
    subprocess.run([sys.executable, "-c", _WRITE, str(folder)], check=True)
    return folder


@contextmanager
def sitting(models: Path) -> Iterator[Viewer]:
    """A window with one model, that forgets what it was told."""
    before = app._store
    app._store = lambda: PackageStore((models,))
    app._application()
    viewer = Viewer(app._tasks(), SettingsStore(Settings(notice_accepted=NOTICE_VERSION, device="cpu"), keep=False))
    try:
        viewer.window.resize(1280, 800)
        viewer.window.show()
        viewer.begin(None)
        wait_until(lambda: viewer.session.model is not None and viewer.workflow.is_idle)
        yield viewer
    finally:
        viewer.close()
        viewer.window.deleteLater()
        viewer.deleteLater()
        settle()
        app._store = before


def read(viewer: Viewer, folder: Path) -> Held:
    """Open a study, scroll through it, score it; what the process holds when all is idle."""
    started = time.perf_counter()
    viewer.workflow.open(folder)
    wait_until(lambda: viewer.workflow.path == folder and viewer.session.volume is not None)
    open_s = time.perf_counter() - started
    count = len(viewer.session.volume or ())
    viewer.reading.first()
    for _ in range(count):
        viewer.window.slice_view.grab()
        viewer.reading.move(1)
    viewer.workflow.analyze()
    wait_until(lambda: viewer.session.result is not None and viewer.workflow.is_idle)
    settle()
    return Held(resident_mb(), threading.active_count(), handles(), open_s)


def settle() -> None:
    """Let Qt and Python free what is no longer needed."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    gc.collect()


def resident_mb() -> float:
    """Memory of this process; 0 where the system does not tell it (only Linux does)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def handles() -> int:
    """Open files of this process; 0 where the system does not tell them."""
    try:
        return len(os.listdir("/proc/self/fd"))
    except OSError:
        return 0


def wait_until(condition: Callable[[], bool], limit_ms: int = LIMIT_MS) -> None:
    """Run Qt's loop until it holds.

    Raises
    ------
    TimeoutError
        It never did.
    """
    if condition():
        return
    loop, beat, end = QEventLoop(), QTimer(), QTimer()
    beat.timeout.connect(lambda: loop.quit() if condition() else None)
    end.timeout.connect(lambda: loop.exit(1))
    beat.start(2)
    end.start(limit_ms)
    if loop.exec():
        raise TimeoutError("it never came to it")
