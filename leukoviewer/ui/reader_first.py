"""Reader-first mode: the model runs, its result stays sealed until the reader notes an opinion; both are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from leukoviewer.core import study_record
from leukoviewer.core.opinions import OPINIONS, Answer, CaseOpinions, OpenedResult, Opinion
from leukoviewer.errors import CannotWriteError
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.widgets.opinion_panel import OpinionText
from leukoviewer.ui.workflow import Workflow, why_not

OFF = later("Reader-first mode is off; switch it on in the Model menu.")
NO_SERIES = later("Open a head CT first; your opinion belongs to a patient.")
WAITS = later("The model's result is ready and sealed; it opens when you note your opinion.")
COMES = later("The model's result will come sealed; it opens when you note your opinion.")
OPEN_ALREADY = later("Nothing is sealed here.")
PEEKED = later("The result was opened without an opinion of yours; this case does not count in your statistics.")
SEEN = later("You saw this result before the mode was on; an opinion noted now is not blind.")
_WORDS = {Answer.YES: later("Yes"), Answer.NO: later("No"), Answer.UNSURE: later("Unsure")}


class ReaderFirst(QObject):
    """Keeps seal, panel and records of opinions equal to what the reader noted.

    Parameters
    ----------
    session, workflow, window, store : Session, Workflow, MainWindow, SettingsStore
        What is shown, what runs, where the panel stands, where the mode is remembered; a store that keeps nothing keeps
        no records either.
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
        workflow: Workflow,
        window: MainWindow,
        store: SettingsStore,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(window)
        self._session, self._workflow, self._window, self._store, self._now = session, workflow, window, store, now
        self._cases: dict[str, CaseOpinions] = {}
        self._unwritable: set[str] = set()
        self._unsaved: set[str] = set()
        session.seal.set_on(on=store.value.reader_first)
        window.opinion_panel.noted.connect(self._on_noted)
        session.catalog_changed.connect(self._on_catalog)
        session.beside.changed.connect(self._on_catalog)
        session.series_changed.connect(self._show)
        session.result_changed.connect(self._on_result)
        workflow.loaded.connect(self._run)
        workflow.models_listed.connect(self._run)
        self._show()

    def handlers(self) -> dict[str, Handler]:
        """What the actions do."""
        return {"reader.first": self.set_on, "reader.note": self.ask, "reader.open": self.open_unasked}

    # What the reader asks for

    def set_on(self, on: bool) -> None:
        """Seal results from now on; or no longer, which opens what is sealed."""
        if not on:
            self.open_unasked(quiet=True)
        self._store.change(reader_first=on)
        self._session.seal.set_on(on=on)
        self._show()
        self._run()

    def ask(self) -> None:
        """Lead the keyboard to the panel."""
        reason = self._why_not()
        if reason:
            self.note.emit(reason)
            return
        self._window.set_sides_visible(True)
        self._window.opinion_panel.ask()

    def open_unasked(self, *, quiet: bool = False) -> None:
        """Open a sealed result without an opinion; that is kept, too."""
        seal = self._session.seal
        shown = "" if self._session.series is None else self._session.series.key
        # Switching off opens all that is sealed; otherwise it is what is shown.
        studies = {seal.study(key) for key in self._session.sealed if quiet or key == shown}
        for study in studies:
            self._change(study, CaseOpinions.opened_without)
        seal.open(*studies)
        self.note.emit(tr(PEEKED) if studies else "" if quiet else self._why_not() or tr(OPEN_ALREADY))

    def _on_noted(self, answer: str, confidence: int) -> None:
        series = self._session.series
        if series is None:
            return
        study = study_record.study_of(series)
        opinion = Opinion(Answer(answer), confidence, self._now())
        is_sealed = self._session.seal.covers(series.key)
        # Where the result was seen before, this opinion is not blind.
        self._change(study, lambda case: (case if is_sealed else case.opened_without()).with_opinion(opinion))
        self._session.seal.open(study)
        self._show()
        self._window.slice_view.setFocus()

    def _why_not(self) -> str:
        if not self._session.seal.is_on:
            return tr(OFF)
        return tr(NO_SERIES) if self._session.series is None else ""

    # What happens

    def _on_catalog(self) -> None:
        """Studies with an opinion are open; an unreadable record of one is told, and the study sealed anew."""
        catalog = self._session.catalog
        if catalog is None:
            return
        studies = {study_record.study_of(series) for series in catalog.series}
        self._session.seal.open(*(study for study in studies if self._case(study).is_open))

    def refresh(self) -> None:
        """Know the opinions that another window noted since this one looked."""
        fresh = set(self._cases) - self._unsaved - self._unwritable
        if self._store.keeps and fresh:
            self._cases = {study: case for study, case in self._cases.items() if study not in fresh}
            self._on_catalog()
            self._show()

    def _found(self, study: str) -> CaseOpinions:
        if not self._store.keeps:
            return CaseOpinions()
        found = study_record.load(OPINIONS, study_record.file_of(OPINIONS, study))
        if not found.is_writable:
            self._unwritable.add(study)
        if self._session.seal.is_on and found.note:
            self.note.emit(found.note)
        return found.value or CaseOpinions()

    def _on_result(self) -> None:
        """Which results the reader gets to see is kept with the opinion, the chosen one first."""
        session, series = self._session, self._session.series
        self._show()
        if series is None or not session.seal.is_on:
            return
        study = study_record.study_of(series)
        if not self._case(study).is_open:
            return
        results = sorted(session.results_of_series(), key=lambda one: one is not session.result)
        seen = [OpenedResult.of(result, self._now()) for result in results]
        if _with_results(self._case(study), seen) != self._case(study):
            self._change(study, lambda case: _with_results(case, seen))

    def _run(self) -> None:
        """In this mode the model runs by itself, as soon as the slices are read."""
        session = self._session
        is_new = not session.result and not session.has_sealed_result and not session.refusal
        if session.seal.is_on and is_new and not why_not(session):
            self._workflow.analyze()

    # Records

    def _case(self, study: str) -> CaseOpinions:
        """What is kept of a study, read when it is first asked for: an opinion is never written over one not read."""
        if not study:
            return CaseOpinions()
        if study not in self._cases:
            self._cases[study] = self._found(study)
        return self._cases[study]

    def _change(self, study: str, change: Callable[[CaseOpinions], CaseOpinions]) -> None:
        """Change what is kept of a study, as another window may have left it meanwhile."""
        before = self._case(study)
        self._cases[study] = change(before)
        if not self._store.keeps or study in self._unwritable:
            return

        def written(found: CaseOpinions | None) -> CaseOpinions:
            if found is None:
                return change(before)
            return change(found.joined(before) if study in self._unsaved else found)

        try:
            now = study_record.update(OPINIONS, study_record.file_of(OPINIONS, study), written)
        except CannotWriteError as error:
            self._unsaved.add(study)
            self.failed.emit(error)
            return
        if not now.is_writable:
            self._unwritable.add(study)
            self.note.emit(now.note)
        elif now.value is not None:
            self._cases[study] = now.value
            self._unsaved.discard(study)

    # What is shown

    def _show(self) -> None:
        session, series = self._session, self._session.series
        is_on, is_sealed = session.seal.is_on, series is not None and session.seal.covers(series.key)
        self._window.set_section_visible(self._window.opinion_panel, visible=is_on and series is not None)
        # Nothing of a heatmap can be set while there is none to see, and its room is needed.
        self._window.set_section_visible(self._window.overlay_panel, visible=not is_sealed)
        study = "" if series is None else study_record.study_of(series)
        state = tr(WAITS if session.has_sealed_result else COMES) if is_sealed else ""
        self._window.opinion_panel.show_text(text_of(study, self._case(study), state))


def _with_results(case: CaseOpinions, results: list[OpenedResult]) -> CaseOpinions:
    for one in results:
        case = case.with_result(one)
    return case


def text_of(study: str, case: CaseOpinions, state: str) -> OpinionText:
    """What the panel says of a case; ``state`` tells of the seal while there is one."""
    first, final = case.first, case.final
    if final is None:
        return OpinionText(study, state or (tr(PEEKED) if case.opened_unasked else tr(SEEN)))
    noted = tr("{}, confidence {} of 5").format(tr(_WORDS[final.answer]), final.confidence)
    if first is not None and not final.says_the_same(first):
        noted += "\n" + tr("at first: {}, {} of 5").format(tr(_WORDS[first.answer]), first.confidence)
    return OpinionText(study, "", noted, final.answer.value, str(final.confidence))
