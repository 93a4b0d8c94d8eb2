"""A whole reading of a patient in a process of its own: open, scroll, measure, score, export, and a fault in the end.

``python tests/privacy/reading.py FOLDER OUT MODELS`` with its own home and folder for temporary files.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from leukoviewer import app, atomic, cli, log_file, settings  # noqa: E402
from leukoviewer.core.measurements import Kind  # noqa: E402
from leukoviewer.packages.store import PackageStore  # noqa: E402
from leukoviewer.settings import Settings  # noqa: E402
from leukoviewer.ui.settings_store import SettingsStore  # noqa: E402
from leukoviewer.ui.snapshot import png_of  # noqa: E402
from leukoviewer.ui.viewer import Viewer  # noqa: E402

LIMIT_MS = 100_000


def main(folder: Path, out: Path, models: Path, *, keep_recent: bool) -> None:
    """Read the patient; what is wrong ends the process with a traceback."""
    app._store = lambda: PackageStore((models,))
    application = app._application()
    settings.save(Settings(notice_accepted=settings.NOTICE_VERSION, keep_recent=keep_recent, device="cpu"))
    viewer = Viewer(app._tasks(), SettingsStore(settings.load()[0]))
    viewer.window.show()
    with log_file.kept():
        read(viewer, folder, out)
    viewer.window.deleteLater()
    viewer.deleteLater()
    application.processEvents()
    for line in (["-v"], ["-v", "--model", "tiny-1.0", "--device", "cpu"]):
        kind = ["inspect", str(folder), "--json"] if len(line) == 1 else ["analyze", str(folder), "--out", str(out)]
        if cli.run([*kind, *line]) != 0:
            raise SystemExit("a command failed")


def read(viewer: Viewer, folder: Path, out: Path) -> None:
    """All that a reader does with one window."""
    viewer.begin(folder)
    wait_until(lambda: viewer.session.volume is not None and viewer.workflow.is_idle)
    for _ in viewer.session.series.slices:  # type: ignore[union-attr]
        viewer.reading.move(1)
        QApplication.processEvents()
    viewer.measuring._on_drawn(Kind.LENGTH, ((2.0, 2.0), (20.0, 30.0)))
    viewer.actions["view.tags"].trigger()
    viewer.actions["model.run"].trigger()
    wait_until(lambda: viewer.session.result is not None and viewer.workflow.is_idle)
    atomic.write_bytes(out / "window.png", png_of(viewer.window))
    fail(viewer, folder)
    worklist = viewer.desk.worklist
    worklist.show()
    worklist.add([folder])
    wait_until(lambda: bool(worklist.entries) and worklist.entries[0].finding is not None and worklist.is_idle)
    viewer.actions["help.diagnostics"].trigger()
    wait_until(lambda: "Engines" in QApplication.clipboard().text())
    (out / "diagnostics.txt").write_text(QApplication.clipboard().text(), encoding="utf-8")
    viewer.close()


def fail(viewer: Viewer, folder: Path) -> None:
    """A task fails with the patient in its words, and a click does, too."""

    def broken(*_: Any) -> Any:
        raise ValueError(f"cannot read {folder} of {viewer.session.series.patient.name}")  # type: ignore[union-attr]
        yield

    workflow = viewer.workflow
    workflow._tasks = replace(workflow._tasks, analyze=broken)
    told: list[object] = []
    workflow.failed.connect(told.append)
    workflow.analyze()
    wait_until(lambda: bool(told) and workflow.is_idle)
    with app._faults_told(lambda error: sys.stderr.write(f"{error}\n") and None):
        try:
            next(broken())
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)


def wait_until(condition: Callable[[], bool]) -> None:
    """Run Qt's loop until it holds."""
    loop, beat, end = QEventLoop(), QTimer(), QTimer()
    beat.timeout.connect(lambda: loop.quit() if condition() else None)
    end.timeout.connect(lambda: loop.exit(1))
    beat.start(20)
    end.start(LIMIT_MS)
    if loop.exec():
        raise SystemExit("it took too long")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), keep_recent=sys.argv[4] == "recent")  # type: ignore[misc]
