"""Feedback on results: ties panel, menus and keys to the session and to the records in the user's data folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from leukoviewer import atomic
from leukoviewer.core import feedback_table, study_record
from leukoviewer.core.feedback import FEEDBACK, Feedback, FeedbackEntry, Judgment, Label, StudyFeedback
from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Series
from leukoviewer.dicom.zipped import is_archive
from leukoviewer.errors import CannotWriteError
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.asking import file_for
from leukoviewer.ui.feedback_book import FeedbackBook
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.widgets.feedback_panel import SIGNS, WORDS, FeedbackPanel
from leukoviewer.ui.workflow import no_result

NOTHING = later("There is no feedback to export yet; judge a result first.")
SAVED = later("Feedback on {} series was saved; {} of them without a label of the patient, which a trainer leaves out.")
MISSING = later("Left out: {} series whose folder is no longer there.")
UNREADABLE = later("Left out: {} records that cannot be read.")
_MENU = (
    (Label.POSITIVE, later("Slice {} is positive")),
    (Label.NEGATIVE, later("Slice {} is negative")),
    (Label.UNSURE, later("Slice {} is not decided")),
    (None, later("No label for slice {}")),
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What feedback is given on now."""

    series: Series
    result: Analysis

    @property
    def page(self) -> str:
        """All parts of a series that was split by geometry share one."""
        return f"{study_record.study_of(self.series)}\n{self.series.series_uid or self.series.key}"


class JudgingResult(QObject):
    """Turns what the reader says into feedback, and shows, saves and exports it.

    Parameters
    ----------
    session, window : Session, MainWindow
        What is shown, and where.
    folder : () -> Path or None
        What was opened.
    keep : bool
        Whether feedback is read from and written to the user's data folder.
    now : () -> datetime
        The clock.

    Signals
    -------
    note(str), failed(object)
        A sentence for the reader; an error.
    """

    note = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        *,
        folder: Callable[[], Path | None],
        keep: bool,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._folder, self._keep, self._now = session, window, folder, keep, now
        self.book: FeedbackBook = session.feedback
        self.panel: FeedbackPanel = window.feedback_panel
        self._shown: _Shown | None = None
        self._unwritable: set[str] = set()
        self.panel.judged.connect(lambda value: self._judge(Judgment(value) if value else None))
        self.panel.patient_labeled.connect(lambda value: self._label_patient(Label(value) if value else None))
        self.panel.slice_labeled.connect(lambda value: self.label_slice(None, Label(value) if value else None))
        self.panel.commented.connect(lambda text: self._change(lambda said: said.with_comment(text)))
        for signal in (session.series_changed, session.result_changed):
            signal.connect(self._follow)
        session.view_changed.connect(self._show)
        self.book.changed.connect(self._show)
        self._offer_menu(window.ribbon, lambda at: window.ribbon.layout_px.slice_at(at.x()))
        self._show()

    def handlers(self) -> dict[str, Handler]:
        """What the actions do; the same again takes it back."""
        marks: dict[str, Handler] = {
            f"feedback.slice_{label.value}": lambda label=label: self._toggle_slice(label) for label in Label
        }
        marks |= {f"feedback.patient_{label.value}": lambda label=label: self._toggle_patient(label) for label in Label}
        return marks | {
            "feedback.accept": lambda: self._toggle_judgment(Judgment.ACCEPTED),
            "feedback.reject": lambda: self._toggle_judgment(Judgment.REJECTED),
            "feedback.comment": self._comment,
            "file.export_feedback": self.choose_export,
        }

    def offer_menu_on(self, table: QWidget, slice_at: Callable[[QPoint], int]) -> None:
        """Labels by right click on another widget that shows slices."""
        self._offer_menu(table, slice_at)

    # What the reader says

    def label_slice(self, index: int | None, label: Label | None) -> None:
        """Label a slice, the shown one by default; None takes the label away."""
        view, shown = self._session.view, self._shown
        if shown is None or view is None:
            self.note.emit(no_result(self._session))
            return
        index = view.slice_index if index is None else index
        image = _image(shown.series, index)
        self._change(lambda said: said.with_slice(image, index, label))

    def _toggle_slice(self, label: Label) -> None:
        self.label_slice(None, None if self._label() is label else label)

    def _judge(self, judgment: Judgment | None) -> None:
        self._change(lambda said: replace(said, judgment=judgment))

    def _toggle_judgment(self, judgment: Judgment) -> None:
        self._judge(None if self._said().judgment is judgment else judgment)

    def _label_patient(self, label: Label | None) -> None:
        self._change(lambda said: replace(said, patient=label))

    def _toggle_patient(self, label: Label) -> None:
        self._label_patient(None if self._said().patient is label else label)

    def _comment(self) -> None:
        if self._shown is None:
            self.note.emit(no_result(self._session))
            return
        self._window.set_sides_visible(True)
        self.panel.comment.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _change(self, change: Callable[[Feedback], Feedback]) -> None:
        shown = self._shown
        if shown is None:
            self.note.emit(no_result(self._session))
            return
        folder = folder_of(shown.series, self._folder())
        said = change(self.book.page(shown.page).of(shown.result.series_uid, shown.result.package.id))
        self.book.put(shown.page, FeedbackEntry.of(shown.result, said, folder=folder, at=self._now()))
        self._save(shown)

    def undo(self) -> None:
        """Take the last step back."""
        self.book.undo()
        self._save(self._shown)

    def redo(self) -> None:
        """Make it again."""
        self.book.redo()
        self._save(self._shown)

    # Records

    def _follow(self) -> None:
        """A comment that is being written belongs to what was shown before."""
        series, result = self._session.series, self._session.result
        shown = None if series is None or result is None else _Shown(series, result)
        if shown != self._shown:
            self.panel.flush()
            self._shown = shown
        if shown is None:
            # Nothing of what was shown before may be taken back where it is not seen.
            self.book.close_page()
        else:
            self._open(shown)
        self._show()

    def refresh(self) -> None:
        """Show what another window wrote on the shown series since this one looked."""
        if self._shown is not None:
            self._open(self._shown)

    def _open(self, shown: _Shown) -> None:
        found, is_new = None, not self.book.has_page(shown.page)
        study = study_record.study_of(shown.series)
        if self._keep and study not in self._unwritable:
            loaded = study_record.load(FEEDBACK, study_record.file_of(FEEDBACK, study))
            if not loaded.is_writable:
                self._unwritable.add(study)
            if loaded.note:
                self.note.emit(loaded.note)
            found = None if loaded.value is None else loaded.value.of_series(shown.result.series_uid)
        self.book.show_page(shown.page, found or StudyFeedback())
        if found is not None and not is_new:
            # Another window may have written since this one looked.
            self.book.take_in(shown.page, found, saved=found)

    def _save(self, shown: _Shown | None) -> None:
        """This series' feedback into the study's record; what others wrote into it meanwhile stays."""
        if shown is None or not self._keep:
            return
        study = study_record.study_of(shown.series)
        if study in self._unwritable:
            return
        series, theirs = shown.result.series_uid, None

        def change(found: StudyFeedback | None) -> StudyFeedback:
            nonlocal theirs
            if found is None:  # no record: nobody took anything away either
                return self.book.page(shown.page)
            theirs = found.of_series(series)
            return found.with_series(series, self.book.joined(shown.page, theirs))

        try:
            now = study_record.update(FEEDBACK, study_record.file_of(FEEDBACK, study), change)
        except CannotWriteError as error:
            self.failed.emit(error)
            return
        if now.note:
            self.note.emit(now.note)
        if now.value is not None:
            self.book.take_in(shown.page, theirs, saved=now.value.of_series(series))

    # Export

    def choose_export(self) -> None:
        """Ask for a name and save all feedback as one CSV."""
        self.panel.flush()
        studies, unreadable = self._all()
        if not studies:
            self.note.emit(tr(UNREADABLE).format(unreadable) if unreadable else tr(NOTHING))
            return
        name, _ = QFileDialog.getSaveFileName(self._window, tr("Export feedback"), "feedback.csv", "CSV (*.csv)")
        path = file_for(name, ".csv", self.note.emit)
        if path is not None:
            self.export(path)

    def export(self, path: Path) -> None:
        """Write all feedback on all studies as one CSV; an older file stays when it cannot be written."""
        studies, unreadable = self._all()
        made = feedback_table.table(studies)
        try:
            atomic.write_text(path, made.text)
        except CannotWriteError as error:
            self.failed.emit(error)
            return
        told = [tr(SAVED).format(made.labeled + made.unlabeled, made.unlabeled)]
        told += [tr(text).format(count) for text, count in ((MISSING, made.missing), (UNREADABLE, unreadable)) if count]
        self.note.emit(" ".join(told))

    def _all(self) -> tuple[tuple[StudyFeedback, ...], int]:
        if not self._keep:
            return ((self.book.now,) if self.book.now.entries else ()), 0
        found, unreadable = study_record.load_all(FEEDBACK)
        return tuple(study for _, study in found if study.entries), unreadable

    # What is shown

    def _said(self) -> Feedback:
        shown = self._shown
        return Feedback() if shown is None else self.book.of(shown.result.series_uid, shown.result.package.id)

    def _label(self) -> Label | None:
        view, shown = self._session.view, self._shown
        if shown is None or view is None or view.series_key != shown.series.key:
            return None
        return self._said().label_of(_image(shown.series, view.slice_index))

    def _show(self) -> None:
        shown = self._shown
        self.panel.setVisible(shown is not None)
        self._window.ribbon.set_labels(self._marks())
        if shown is not None:
            package = shown.result.package
            self.panel.show_feedback(self._said(), package=f"{package.name} {package.version}", label=self._label())

    def _marks(self) -> dict[int, tuple[str, str]]:
        """Sign and words of each labeled slice of the shown series."""
        shown, said = self._shown, self._said().slices
        if shown is None or not said:
            return {}
        places = {_image(shown.series, index): index for index in range(len(shown.series.slices))}
        return {places[one.image]: (SIGNS[one.label], tr(WORDS[one.label])) for one in said if one.image in places}

    def _offer_menu(self, widget: QWidget, slice_at: Callable[[QPoint], int]) -> None:
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        widget.customContextMenuRequested.connect(lambda at: self._show_menu(slice_at(at), widget.mapToGlobal(at)))

    def _show_menu(self, index: int, at: QPoint) -> None:
        if self._shown is None or not 0 <= index < len(self._shown.series.slices):
            return
        menu = QMenu(self._window)
        menu.setObjectName("feedbackMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for label, words in _MENU:
            action = menu.addAction(tr(words).format(index + 1))
            action.triggered.connect(lambda _checked=False, label=label: self.label_slice(index, label))
        menu.popup(at)


def _image(series: Series, index: int) -> tuple[str, int]:
    header = series.slices[index]
    return header.sop_instance_uid, header.frame


def folder_of(series: Series, opened: Path | None) -> str:
    """The smallest folder that holds the series, so that a trainer need not search all that was opened."""
    if opened is not None and is_archive(opened):
        return str(opened.absolute())
    return os.path.commonpath([header.path.absolute().parent for header in series.slices])
