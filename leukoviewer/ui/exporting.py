"""Reports and DICOM results out of the window: asks what and where, makes them in a lane of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from leukoviewer import about, atomic
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.result_pictures import ResultPictures
from leukoviewer.core.results import Analysis, Vote
from leukoviewer.core.volume import Volume
from leukoviewer.display import report_content, report_page
from leukoviewer.display.pictures import PictureStyle
from leukoviewer.display.report import Stamp
from leukoviewer.display.report_content import Report
from leukoviewer.display.result_pictures import result_pictures
from leukoviewer.errors import CannotWriteError
from leukoviewer.jobs.lane import Lane
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.asking import Asked, is_free
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.marks_in_pictures import marks_in
from leukoviewer.ui.report_pdf import pdf_of
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.report_dialog import ReportDialog, ReportWish
from leukoviewer.ui.workflow import Workflow, no_result

ResultTask = Callable[[Volume, Analysis, ResultPictures, Vote], Work[dict[str, bytes]]]


@dataclass(frozen=True, slots=True)
class _Report:
    """A report that waits to be written: page, record, and where and as what they go."""

    path: Path
    kinds: tuple[str, ...]
    html: str
    record: str


class Exporting(QObject):
    """Ties the menu's exports to the session.

    Parameters
    ----------
    session, workflow, window : Session, Workflow, MainWindow
        What is shown, who stops work, and where progress is told.
    make_results : (volume, result, pictures, vote) -> Work[dict of str to bytes]
        Makes the DICOM objects; handed in because the window knows no DICOM.
    """

    note = Signal(str)
    failed = Signal(object)
    saved = Signal()

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow, make_results: ResultTask) -> None:
        super().__init__(window)
        self._session, self._window, self._make_results = session, window, make_results
        self._lane = Lane("export", self)
        workflow.take_in(self._lane)
        self._lane.progressed.connect(self._on_progress)
        self._lane.busy_changed.connect(lambda busy: window.set_progress(tr("Saving"), None, busy=busy))
        self._lane.finished.connect(self._on_saved)
        self._lane.failed.connect(lambda _, error: self.failed.emit(error))
        self._lane.canceled.connect(lambda _: self.note.emit(tr("Saving was stopped; nothing was written.")))
        self.dialog: ReportDialog | None = None
        self._asked = Asked(session, self.note.emit)
        session.series_changed.connect(self._on_series)

    def handlers(self) -> dict[str, Handler]:
        """What the actions do."""
        return {"file.report": self.choose_report, "file.dicom_results": self.choose_results}

    @property
    def is_busy(self) -> bool:
        """Whether something is being saved."""
        return self._lane.is_busy

    def close(self) -> None:
        """Stop what is being saved and wait for its end; files stay old or become new, never mixed."""
        self._lane.close()

    # Report

    def choose_report(self) -> None:
        """Ask what the report shall hold, then where it goes."""
        if self._content(ReportWish()) is None:
            self.note.emit(no_result(self._session))
            return
        self._asked.begin()
        self.dialog = ReportDialog(self._window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.wished.connect(self._choose_file)
        self.dialog.open()

    def _choose_file(self, wish: ReportWish) -> None:
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Save the report"), "report", tr("Report (*)"))
        path = Path(name)
        if name and self._asked.still_holds() and is_free(path, _files(path, wish.kinds), self.note.emit):
            self.save_report(path, wish)

    def _on_series(self) -> None:
        """What was asked for was of another series, maybe of another patient."""
        is_open = self.dialog is not None and isValid(self.dialog) and self.dialog.isVisible()
        if self.dialog is not None and is_open and not self._asked.still_holds():
            self.dialog.reject()

    def _start(self, work: Work[Any]) -> None:
        """One at a time: a second wish would end the first without a word."""
        if self._lane.is_busy:
            self.note.emit(tr("Something is still being saved; wait for it, or stop it (Esc)."))
        else:
            self._lane.start(work)

    def save_report(self, path: Path, wish: ReportWish) -> None:
        """Write the report beside this name, one file a kind."""
        content = self._content(wish)
        if content is None:
            self.note.emit(no_result(self._session))
        else:
            drawn = self._with_marks(content) if wish.measurements else content
            self._start(_made_report(drawn, path, wish.kinds))

    def _with_marks(self, content: Report) -> Report:
        indices = tuple(one.index for one in content.key_slices)
        marks = marks_in(self._session, indices, turn=content.style.turn, longest_px=None)
        return replace(content, style=replace(content.style, marks=marks))

    def _content(self, wish: ReportWish) -> Report | None:
        session = self._session
        result, volume, vote, view = session.explanation, session.volume, session.vote, session.view
        if result is None or volume is None or vote is None or view is None:
            return None
        marked = {one.slice_index for one in session.measurements.shown}
        marked.update(session.key_images.of(volume.series.key))
        return Report(
            volume, result, _stamp(), vote, wish.patient_data,
            report_content.key_slices(result, marked=marked, count=wish.key_slices),
            PictureStyle(view.window, session.style.with_visible(visible=True)),
        )  # fmt: skip

    # DICOM results

    def choose_results(self) -> None:
        """Ask for a folder and write the DICOM results into a new one in it."""
        if self._content(ReportWish()) is None:
            self.note.emit(no_result(self._session))
            return
        self._asked.begin()
        chosen = QFileDialog.getExistingDirectory(self._window, tr("Folder for the DICOM results"))
        if chosen and self._asked.still_holds():
            self.save_results(Path(chosen))

    def save_results(self, folder: Path) -> None:
        """Write the DICOM results into a new folder in this one."""
        content = self._content(ReportWish())
        if content is None:
            self.note.emit(no_result(self._session))
            return
        path = folder / f"leukoviewer-results-{content.stamp.created:%Y%m%d-%H%M%S}"
        self._start(self._save_results(content, path))

    def _save_results(self, content: Report, path: Path) -> Work[str]:
        pictures = yield from result_pictures(content.volume, content.analysis, style=content.style)
        files = yield from self._make_results(content.volume, content.analysis, pictures, content.vote)
        with atomic.write_folder(path) as temporary:
            for name, data in files.items():
                yield Progress(0, 0, "Writing DICOM results")
                atomic.write_bytes(temporary / name, data)
        return f"{len(files)} DICOM objects were saved in {path.name}. They carry the patient's data, as the scan does."

    # What comes back

    def _on_progress(self, _generation: int, step: Progress) -> None:
        self._window.set_progress(step.message, step.fraction, busy=True)

    def _on_saved(self, _generation: int, made: object) -> None:
        try:
            told = _save(made) if isinstance(made, _Report) else cast("str", made)
        except CannotWriteError as error:
            self.failed.emit(error)
            return
        self.note.emit(told)
        self.saved.emit()


def _stamp() -> Stamp:
    return Stamp(dict(about.versions()).get("LeukoViewer", ""), datetime.now(UTC))


def _made_report(content: Report, path: Path, kinds: tuple[str, ...]) -> Work[_Report]:
    """All but the PDF: Qt's text engine works in the window's thread alone."""
    html = yield from report_page.page(content)
    record = json.dumps(report_content.record(content), indent=2, ensure_ascii=False) + "\n"
    return _Report(path, kinds, html, record)


def _save(report: _Report) -> str:
    """All kinds are made before the first is written."""
    made = {"html": lambda: report.html.encode("utf-8"), "json": lambda: report.record.encode("utf-8"),
            "pdf": lambda: pdf_of(report.html)}  # fmt: skip
    files = {file: made[kind]() for file, kind in zip(_files(report.path, report.kinds), report.kinds, strict=True)}
    for target, data in files.items():
        atomic.write_bytes(target, data)
    return tr("Saved: {}").format(", ".join(target.name for target in files))


def _files(path: Path, kinds: tuple[str, ...]) -> tuple[Path, ...]:
    """What a report of these kinds is called under a name with or without one of their endings."""
    base = path.with_suffix("") if path.suffix.lower() in {".pdf", ".html", ".json"} else path
    return tuple(base.with_name(f"{base.name}.{kind}") for kind in kinds)
