"""The measurements and key images of the opened series, which one is selected, and what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from leukoviewer.core.key_images import KeyImage, indices_of, key_image_of
from leukoviewer.core.measurements import Measurement
from leukoviewer.core.merging import merged, merged_set
from leukoviewer.core.series import Series

All = tuple[Measurement, ...]
Keys = frozenset[KeyImage]

_MOST_STEPS = 200
_NO_KEYS: Keys = frozenset()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands on a page at one moment."""

    marks: All = ()
    keys: Keys = _NO_KEYS


@dataclass(slots=True)
class _History:
    now: _Sheet = field(default_factory=_Sheet)
    past: list[_Sheet] = field(default_factory=list)
    future: list[_Sheet] = field(default_factory=list)
    # What the files hold, as far as this window read or wrote them.
    saved: _Sheet = field(default_factory=_Sheet)
    has_keys: bool = False


class MeasurementBook(QObject):
    """One page a series; pages stay, with their undo steps, as long as the window is open.

    Signals
    -------
    changed()
        Measurements of the shown page were added, changed or removed, or another page is shown.
    selection_changed()
        Another measurement is selected, or none.
    keys_changed()
        Slices of the shown page were marked as key images, or no longer, or another page is shown.
    stepped()
        A step was made that can be undone.
    """

    changed = Signal()
    selection_changed = Signal()
    keys_changed = Signal()
    stepped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, _History] = {}
        self._opened: dict[str, tuple[str, Series]] = {}
        self._page = _History()
        self._series: Series | None = None
        self._shown: All = ()
        self._selected = ""

    # Pages

    def has_page(self, name: str) -> bool:
        """Whether measurements of this name were put in."""
        return name in self._pages

    def open_page(self, name: str, series: Series, *, found: All = ()) -> None:
        """Have the page of a series at hand without showing it; ``found`` are the measurements of a new one."""
        self._pages.setdefault(name, _History(_Sheet(found), saved=_Sheet(found)))
        self._opened[series.key] = name, series

    def show_page(self, name: str, series: Series, *, found: All = ()) -> None:
        """Show the measurements of a series; ``found`` are those of a new page."""
        self.open_page(name, series, found=found)
        self._page = self._pages[name]
        self._series = series
        self._shown = _placed(self._page.now.marks, series)
        self._selected = ""
        self.changed.emit()
        self.keys_changed.emit()
        self.selection_changed.emit()

    def close_page(self) -> None:
        """Show none."""
        if self._series is not None:
            self._page, self._series, self._shown, self._selected = _History(), None, (), ""
            self.changed.emit()
            self.keys_changed.emit()
            self.selection_changed.emit()

    def _sheet(self, series_key: str) -> tuple[_Sheet, Series | None]:
        name, series = self._opened.get(series_key, ("", None))
        return (self._pages[name].now, series) if name in self._pages else (_Sheet(), None)

    # Measurements

    @property
    def everything(self) -> All:
        """All of the page, also those on images that are not open: a series may be opened in parts."""
        return self._page.now.marks

    def of(self, series_key: str) -> All:
        """Those of any series whose page was opened, by slice."""
        sheet, series = self._sheet(series_key)
        return () if series is None else _placed(sheet.marks, series)

    @property
    def shown(self) -> All:
        """Those on images of the open series, by slice, each with its native index there."""
        return self._shown

    def on_slice(self, index: int) -> All:
        """Those on one slice."""
        return tuple(one for one in self.shown if one.slice_index == index)

    def find(self, name: str) -> Measurement | None:
        """The shown measurement with this id."""
        return next((one for one in self.shown if one.id == name), None)

    def add(self, one: Measurement) -> None:
        """A new one, selected."""
        self._change(replace(self._page.now, marks=(*self._page.now.marks, one)))
        self.select(one.id)

    def replace(self, one: Measurement) -> None:
        """A changed one; the others keep their places."""
        marks = tuple(one if old.id == one.id else old for old in self._page.now.marks)
        self._change(replace(self._page.now, marks=marks))

    def remove(self, name: str) -> None:
        """Take one away."""
        marks = tuple(one for one in self._page.now.marks if one.id != name)
        self._change(replace(self._page.now, marks=marks))

    # Key images

    @property
    def keys(self) -> Keys:
        """All marks of the page, also those of images that are not open."""
        return self._page.now.keys

    def key_slices(self, series_key: str) -> tuple[int, ...]:
        """Marked native slices of any series whose page was opened, ascending."""
        sheet, series = self._sheet(series_key)
        return indices_of(sheet.keys, series) if sheet.keys and series is not None else ()

    def needs_keys(self, series_key: str) -> bool:
        """Whether the page of a series still waits for the marks that are kept for it."""
        name, _ = self._opened.get(series_key, ("", None))
        return name in self._pages and not self._pages[name].has_keys

    def put_keys(self, series_key: str, found: Keys) -> None:
        """Give the page of a series the marks that were found for it, once; that is no step to be undone."""
        if not self.needs_keys(series_key):
            return
        page = self._pages[self._opened[series_key][0]]
        page.has_keys = True
        page.saved = replace(page.saved, keys=found)
        page.now = replace(page.now, keys=page.now.keys | found)
        self.keys_changed.emit()

    def toggle_key(self, series_key: str, index: int) -> None:
        """Mark a slice of the shown series, or take the mark away."""
        if self._series is None or self._series.key != series_key:
            return
        keys = self._page.now.keys
        there = frozenset(key for key in keys if index in indices_of((key,), self._series))
        now = keys - there if there else keys | {key_image_of(self._series, index)}
        self._change(replace(self._page.now, keys=now))

    def _change(self, now: _Sheet) -> None:
        page = self._page
        if self._series is None or now == page.now:
            return
        page.past = [*page.past[1 - _MOST_STEPS :], page.now]
        page.future = []
        self.stepped.emit()
        self._turn_to(now)

    def _turn_to(self, now: _Sheet) -> None:
        before, self._page.now = self._page.now, now
        self._shown = () if self._series is None else _placed(now.marks, self._series)
        if self._selected and self.find(self._selected) is None:
            self.select("")
        if now.marks != before.marks:
            self.changed.emit()
        if now.keys != before.keys:
            self.keys_changed.emit()

    # What other windows wrote

    @property
    def has_unsaved(self) -> bool:
        """Whether measurements of the page differ from those of the file."""
        return set(self._page.now.marks) != set(self._page.saved.marks)

    @property
    def has_unsaved_keys(self) -> bool:
        """Whether key images of the page differ from those of the file."""
        return self._page.now.keys != self._page.saved.keys

    def joined(self, theirs: All) -> All:
        """Measurements of the page with what another window wrote since this one read or saved them."""
        return _joined(self._page.saved.marks, self._page.now.marks, theirs)

    def joined_keys(self, theirs: Keys) -> Keys:
        """Key images of the page with what another window wrote since this one read or saved them."""
        return merged_set(self._page.saved.keys, self._page.now.keys, theirs)

    def take_in(self, theirs: All | None, *, saved: All) -> None:
        """Show what another window wrote (None when there was no file), too; no step, and no undo takes it back.

        ``saved`` is what the file holds now.
        """
        base, self._page.saved = self._page.saved.marks, replace(self._page.saved, marks=saved)
        if theirs is not None and theirs != base:
            now = replace(self._page.now, marks=_joined(base, self._page.now.marks, theirs))
            self._rewrite(now, lambda step: replace(step, marks=_joined(base, theirs, step.marks)))

    def take_in_keys(self, theirs: Keys | None, *, saved: Keys) -> None:
        """The same for key images."""
        base, self._page.saved = self._page.saved.keys, replace(self._page.saved, keys=saved)
        if theirs is not None and theirs != base:
            now = replace(self._page.now, keys=merged_set(base, self._page.now.keys, theirs))
            self._rewrite(now, lambda step: replace(step, keys=merged_set(base, theirs, step.keys)))

    def _rewrite(self, now: _Sheet, step: Callable[[_Sheet], _Sheet]) -> None:
        """In what undo leads back to, the other window's changes stand over all that was there."""
        page = self._page
        page.past, page.future = [step(one) for one in page.past], [step(one) for one in page.future]
        self._turn_to(now)

    # Undo

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._page.past)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._page.future)

    def undo(self) -> Measurement | KeyImage | None:
        """Take the last step back; returns a measurement or mark that it concerned, so that it can be looked at."""
        page = self._page
        return self._step(page.past, page.future)

    def redo(self) -> Measurement | KeyImage | None:
        """Take the step again; returns a measurement or mark that it concerned."""
        page = self._page
        return self._step(page.future, page.past)

    def _step(self, source: list[_Sheet], target: list[_Sheet]) -> Measurement | KeyImage | None:
        if not source or self._series is None:
            return None
        before, keys = self.shown, self.keys
        target.append(self._page.now)
        self._turn_to(source.pop())
        after = self.shown
        differing = set(after) ^ set(before)
        if differing:
            return next(one for one in (*after, *before) if one in differing)
        marked = indices_of(keys ^ self.keys, self._series)
        return key_image_of(self._series, marked[0]) if marked else None

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


def _joined(base: All, mine: All, theirs: All) -> All:
    by_id = [{one.id: one for one in each} for each in (base, mine, theirs)]
    return tuple(merged(*by_id).values())


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
