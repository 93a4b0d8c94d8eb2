"""What the reader said of the results of the opened series, and what of it can be undone; a part of the session."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from leukoviewer.core.feedback import Feedback, FeedbackEntry, StudyFeedback, joined

_MOST_STEPS = 200


@dataclass(slots=True)
class _Page:
    now: StudyFeedback = field(default_factory=StudyFeedback)
    past: list[StudyFeedback] = field(default_factory=list)
    future: list[StudyFeedback] = field(default_factory=list)
    saved: StudyFeedback = field(default_factory=StudyFeedback)


class FeedbackBook(QObject):
    """One page a series; pages stay, with their undo steps, as long as the window is open.

    Signals
    -------
    changed()
        Feedback of the shown page changed, or another page is shown.
    stepped()
        A step was made that can be undone.
    """

    changed = Signal()
    stepped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, _Page] = {}
        self._page: _Page | None = None

    def has_page(self, name: str) -> bool:
        """Whether feedback of this series was put in."""
        return name in self._pages

    def show_page(self, name: str, found: StudyFeedback) -> None:
        """Show the feedback of a series; ``found`` is that of a new page."""
        self._page = self._pages.setdefault(name, _Page(found, saved=found))
        self.changed.emit()

    def close_page(self) -> None:
        """Show none."""
        if self._page is not None:
            self._page = None
            self.changed.emit()

    @property
    def now(self) -> StudyFeedback:
        """All of the shown series."""
        return StudyFeedback() if self._page is None else self._page.now

    def of(self, series_uid: str, package_id: str) -> Feedback:
        """Feedback on a result of the shown series."""
        return self.now.of(series_uid, package_id)

    def page(self, name: str) -> StudyFeedback:
        """All of a series that has a page."""
        return self._pages[name].now

    def put(self, name: str, entry: FeedbackEntry) -> None:
        """Another feedback on a result of a series that has a page."""
        page = self._pages[name]
        if page.now.of(*entry.place) == entry.feedback:
            return
        page.past = [*page.past[1 - _MOST_STEPS :], page.now]
        page.future = []
        page.now = page.now.with_entry(entry)
        self.stepped.emit()
        self.changed.emit()

    def joined(self, name: str, theirs: StudyFeedback) -> StudyFeedback:
        """All of a series with what another window wrote since this one read or saved it."""
        page = self._pages[name]
        return joined(page.saved, page.now, theirs)

    def take_in(self, name: str, theirs: StudyFeedback | None, *, saved: StudyFeedback) -> None:
        """Hold what another window wrote (None when there was no record); no step, and no undo takes it back.

        ``saved`` is what stands in the record now.
        """
        page = self._pages[name]
        base, before = page.saved, page.now
        page.saved = saved
        if theirs is not None and theirs != base:
            # In what undo leads back to, the other window's changes stand over all that was there.
            page.past = [joined(base, theirs, step) for step in page.past]
            page.future = [joined(base, theirs, step) for step in page.future]
            page.now = joined(base, page.now, theirs)
        if page.now != before:
            self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._page is not None and bool(self._page.past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._page is not None and bool(self._page.future)

    def undo(self) -> None:
        """Take the last step back."""
        if self._page is not None:
            self._step(self._page, self._page.past, self._page.future)

    def redo(self) -> None:
        """Take the step again."""
        if self._page is not None:
            self._step(self._page, self._page.future, self._page.past)

    def _step(self, page: _Page, source: list[StudyFeedback], target: list[StudyFeedback]) -> None:
        if source:
            target.append(page.now)
            page.now = source.pop()
            self.changed.emit()
