"""The measurements of the opened series, which one is selected, and what can be undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from leukoviewer.core.measurements import Measurement
from leukoviewer.core.series import Series

All = tuple[Measurement, ...]

_MOST_STEPS = 200


@dataclass(slots=True)
class _History:
    now: All = ()
    past: list[All] = field(default_factory=list)
    future: list[All] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


class MeasurementBook(QObject):
    """One page a series; pages stay, with their undo steps, as long as the window is open.

    Signals
    -------
    changed()
        Measurements of the shown page were added, changed or removed, or another page is shown.
    selection_changed()
        Another measurement is selected, or none.
    """

    changed = Signal()
    selection_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, _History] = {}
        self._page = _History()
        self._series: Series | None = None
        self._shown: All = ()
        self._selected = ""

    # Pages

    def has_page(self, name: str) -> bool:
        """Whether measurements of this name were put in."""
        return name in self._pages

    def show_page(self, name: str, series: Series, *, found: All = ()) -> None:
        """Show the measurements of a series; ``found`` are those of a new page."""
        self._page = self._pages.setdefault(name, _History(found, known={one.id for one in found}))
        self._series = series
        self._shown = _placed(self._page.now, series)
        self._selected = ""
        self.changed.emit()
        self.selection_changed.emit()

    def close_page(self) -> None:
        """Show none."""
        if self._series is not None:
            self._page, self._series, self._shown, self._selected = _History(), None, (), ""
            self.changed.emit()
            self.selection_changed.emit()

    # Measurements

    @property
    def everything(self) -> All:
        """All of the page, also those on images that are not open: a series may be opened in parts."""
        return self._page.now

    @property
    def shown(self) -> All:
        """Those on images of the open series, by slice, each with its native index there."""
        return self._shown

    def is_known(self, name: str) -> bool:
        """Whether a measurement with this id stands on the page or ever stood there."""
        return name in self._page.known

    def on_slice(self, index: int) -> All:
        """Those on one slice."""
        return tuple(one for one in self.shown if one.slice_index == index)

    def find(self, name: str) -> Measurement | None:
        """The shown measurement with this id."""
        return next((one for one in self.shown if one.id == name), None)

    def add(self, one: Measurement) -> None:
        """A new one, selected."""
        self._change((*self._page.now, one))
        self.select(one.id)

    def replace(self, one: Measurement) -> None:
        """A changed one; the others keep their places."""
        self._change(tuple(one if old.id == one.id else old for old in self._page.now))

    def remove(self, name: str) -> None:
        """Take one away."""
        self._change(tuple(one for one in self._page.now if one.id != name))

    def _change(self, now: All) -> None:
        page = self._page
        if self._series is None or now == page.now:
            return
        page.past = [*page.past[1 - _MOST_STEPS :], page.now]
        page.future = []
        self._turn_to(now)

    def _turn_to(self, now: All) -> None:
        self._page.now = now
        self._page.known |= {one.id for one in now}
        self._shown = () if self._series is None else _placed(now, self._series)
        if self._selected and self.find(self._selected) is None:
            self.select("")
        self.changed.emit()

    # Undo

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._page.past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._page.future)

    def undo(self) -> Measurement | None:
        """Take the last step back; returns a measurement that it concerned, so that it can be looked at."""
        page = self._page
        return self._step(page.past, page.future)

    def redo(self) -> Measurement | None:
        """Take the step again; returns a measurement that it concerned."""
        page = self._page
        return self._step(page.future, page.past)

    def _step(self, source: list[All], target: list[All]) -> Measurement | None:
        if not source:
            return None
        before = self.shown
        target.append(self._page.now)
        self._turn_to(source.pop())
        after = self.shown
        differing = [one for one in (*after, *before) if (one in after) != (one in before)]
        return differing[0] if differing else None

    # Selection

    @property
    def selected(self) -> str:
        """Id of the selected measurement; empty without one."""
        return self._selected

    def select(self, name: str) -> None:
        """Select one; an empty id selects none."""
        if name != self._selected:
            self._selected = name
            self.selection_changed.emit()


def _placed(everything: All, series: Series) -> All:
    """Those on images of a series, by slice, each with its native index there."""
    slices = series.slices
    first = {(header.sop_instance_uid, header.frame): i for i, header in reversed(list(enumerate(slices)))}
    found = []
    for one in everything:
        image, index = (one.sop_instance_uid, one.frame), one.slice_index
        # Two slices may carry one identifier against the standard: then the index decides.
        if index >= len(slices) or (slices[index].sop_instance_uid, slices[index].frame) != image:
            index = first.get(image, -1)
        if index >= 0:
            found.append(one.with_slice(index))
    return tuple(sorted(found, key=lambda one: one.slice_index))
