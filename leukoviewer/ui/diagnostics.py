"""For support: what the program is, where it runs and what it logged last, as text without anything of a patient."""

from __future__ import annotations

import logging
import platform
from dataclasses import asdict

from PySide6.QtCore import QObject, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication

from leukoviewer import about, log_file
from leukoviewer.errors import LeukoError
from leukoviewer.jobs.lane import Lane
from leukoviewer.settings import Settings
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.language import current, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.values import ModelChoice, Tasks
from leukoviewer.ui.workflow import Workflow

LINES = 80
# They hold paths, or say nothing to anybody but Qt.
_LEFT_OUT = ("recent", "geometry", "layout", "folder", "path")

_log = logging.getLogger(__name__)


class Diagnostics(QObject):
    """Writes what happens into the log, and puts all that helps into the clipboard.

    Signals
    -------
    note(str)
        One sentence for the reader.
    """

    note = Signal(str)

    def __init__(
        self, session: Session, workflow: Workflow, window: MainWindow, *, tasks: Tasks, store: SettingsStore
    ) -> None:
        super().__init__(window)
        self._session, self._workflow, self._tasks, self._store = session, workflow, tasks, store
        self._window = window
        self._lane = Lane("diagnostics", self)
        self._lane.finished.connect(lambda _, lines: self._copy(lines))
        self._lane.failed.connect(lambda _, error: self._copy((f"engines: {type(error).__name__}",)))
        workflow.opened.connect(self._on_opened)
        workflow.loaded.connect(self._on_loaded)
        workflow.analyzed.connect(self._on_analyzed)
        workflow.failed.connect(self._on_failed)

    def handlers(self) -> dict[str, Handler]:
        """What its actions do."""
        return {"help.diagnostics": self.copy, "help.log": self.open_folder}

    def begin(self) -> None:
        """The first line of a start."""
        _log.info("started: %s; %s", _versions(), platform.system())

    def copy(self) -> None:
        """Put everything into the clipboard; engines are asked in the background."""
        self._lane.start(self._tasks.engines())

    def open_folder(self) -> None:
        """Show the folder of the log in the computer's own file manager."""
        place = log_file.folder()
        if not place.is_dir():
            self.note.emit(tr("There is no log yet."))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(place))):
            self.note.emit(tr("No file manager answers here; the log lies in {}.").format(place))

    def close(self) -> None:
        """Wait for the end of what runs."""
        self._lane.close()

    def _copy(self, engines: object) -> None:
        lines = [str(line) for line in engines] if isinstance(engines, tuple) else []
        text = text_of(self._session.models, self._store.value, engines=tuple(lines))
        QGuiApplication.clipboard().setText(text)
        # An error that stands there is in the log now, and it would hide the answer.
        self._window.message_bar.clear()
        self.note.emit(
            tr("Diagnostics are in the clipboard: versions, engines, models, settings, log; nothing of patients.")
        )

    # What happens

    def _on_opened(self) -> None:
        catalog = self._session.catalog
        if catalog is not None:
            _log.info("opened: %d series, %d of them volumes", len(catalog.series), len(catalog.volumes))

    def _on_loaded(self) -> None:
        volume = self._session.volume
        if volume is not None:
            slices, rows, columns = volume.hu.shape
            _log.info("read: %d slices of %d x %d, %d broken", slices, rows, columns, len(volume.broken))

    def _on_analyzed(self) -> None:
        result = self._session.result
        if result is not None:
            seconds = sum(lap for _, lap in result.timings_s)
            _log.info("scored by %s, %s on %s, %.2f s", result.package.id, result.engine, result.device, seconds)

    def _on_failed(self, error: LeukoError) -> None:
        _log.warning("failed: %s", type(error).__name__)


def text_of(models: tuple[ModelChoice, ...], value: Settings, *, engines: tuple[str, ...]) -> str:
    """All sections; each line is cut where anything of a patient or a path could stand."""
    sections = (
        ("Program", (_versions(), platform.platform(), *_screens())),
        ("Engines", engines),
        ("Models", tuple(_model(model) for model in models) or ("none",)),
        ("Settings", _settings(value)),
        ("Log", log_file.last_lines(LINES) or ("empty",)),
    )
    lines: list[str] = []
    for title, content in sections:
        lines += [title, *(f"  {log_file.scrubbed(line)}" for line in content)]
    return "\n".join(lines) + "\n"


def _versions() -> str:
    return ", ".join(f"{name} {version}" for name, version in about.versions())


def _screens() -> tuple[str, ...]:
    screens = (
        f"{one.size().width()} x {one.size().height()} at {one.devicePixelRatio():g}"
        for one in QGuiApplication.screens()
    )
    return (
        f"Qt {qVersion()} on {QGuiApplication.platformName()}; language {current()}; screens: {', '.join(screens)}",
    )


def _model(model: ModelChoice) -> str:
    return f"{model.id}: " + (f"sha256 {model.ref.sha256}" if model.ref is not None else "cannot be used")


def _settings(value: Settings) -> tuple[str, ...]:
    known = {name: one for name, one in asdict(value).items() if not any(word in name for word in _LEFT_OUT)}
    return (*(f"{name}: {one}" for name, one in sorted(known.items())), f"recent: {len(value.recent)} folders")
