"""Several views at once: which stand where, which is the active one, and how the others follow it.

The active view is always the window's own slice view with the session behind it, so that every tool works in it. The
others are panes. A press on a pane makes it active: the two change places and exchange what they show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent

from leukoviewer.core.cross_reference import segment
from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.linking import Anchor, match
from leukoviewer.core.series import Series, SeriesKind
from leukoviewer.core.studies import differences
from leukoviewer.core.window import PRESETS, Window
from leukoviewer.display.state import ViewState
from leukoviewer.ui.forwarding import send_mouse, send_wheel
from leukoviewer.ui.language import tr
from leukoviewer.ui.link_words import remark, tell_studies
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.pane import Pane
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.widgets.guide_lines import GuideLine
from leukoviewer.ui.widgets.slice_view import SliceView
from leukoviewer.ui.workflow import Workflow

Change = Callable[[ViewState], ViewState]

_PRESSES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})


class Layout(StrEnum):
    """How the views stand."""

    ONE = "one"
    WINDOWS = "windows"
    TWO = "two"
    FOUR = "four"
    REFORMATS = "reformats"


# Windows of the views that show the active one's series once more, in turn, but for the one that it has itself.
_SECOND_WINDOWS: tuple[Window, ...] = (PRESETS[1], PRESETS[2], PRESETS[5], PRESETS[0])


class Layouts(QObject):
    """Turns the reader's choice of a layout into panes, and keeps those beside the active view.

    Signals
    -------
    changed()
        Another layout, another active view, or linking on or off.
    activating()
        Another view is about to become the active one.
    note(str)
        A sentence for the reader.
    """

    changed = Signal()
    activating = Signal()
    note = Signal(str)

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow, tasks: Tasks) -> None:
        super().__init__(window)
        self._session, self._workflow, self._window = session, workflow, window
        self._tasks = tasks
        self._main = window.slice_view
        self._layout = Layout.ONE
        self._panes: list[Pane] = []
        self._cells: list[SliceView] = [self._main]
        self._is_linked = True
        self._anchors: dict[tuple[str, str], Anchor] = {}
        self._maximized: SliceView | None = None
        self._shows_lines = True
        self._is_swapping = False
        session.catalog_changed.connect(lambda: self.show(Layout.ONE))
        session.series_changed.connect(self._follow)
        session.view_changed.connect(self._follow)
        session.beside.changed.connect(self._follow)

    # What stands where

    @property
    def layout(self) -> Layout:
        """How the views stand."""
        return self._layout

    @property
    def panes(self) -> tuple[Pane, ...]:
        """The views beside the active one."""
        return tuple(self._panes)

    @property
    def cells(self) -> tuple[SliceView, ...]:
        """All views, row by row, hidden ones too."""
        return tuple(self._cells)

    @property
    def is_maximized(self) -> bool:
        """Whether one of several views has all the room."""
        return self._maximized is not None

    def show(self, layout: Layout) -> None:
        """Another layout; the active view stays as it is."""
        self._clear()
        series = self._session.series
        self._layout = Layout.ONE if series is None else layout
        if series is None and layout is not Layout.ONE:
            self.note.emit("Open a folder with a head CT first.")
        if series is not None and layout is not Layout.ONE:
            for place, (one, window) in enumerate(self._plan(series, layout)):
                self._add(one, window, place=place)
        self._arrange()
        self._follow()
        self.changed.emit()

    def show_beside(self, series: Series) -> None:
        """One other series beside the active view."""
        self._clear()
        self._layout = Layout.TWO
        self._add(series, None, place=0)
        self._arrange()
        self._follow()
        self.changed.emit()

    @property
    def place(self) -> int:
        """Which of all views the active one is."""
        return self._cells.index(self._main)

    def show_views(self, layout: Layout, views: Sequence[tuple[Series, Change]], *, place: int) -> None:
        """Show these series beside the active view, each as its change makes it, the active one in this place."""
        self._clear()
        self._layout = layout
        for number, (series, change) in enumerate(views):
            self._add(series, None, place=number)
            state = self._panes[-1].session.view
            if state is not None:
                self._panes[-1].set_state(change(state))
        self._cells.remove(self._main)
        self._cells.insert(place, self._main)
        self._arrange()
        self._follow()
        self.changed.emit()

    def host(self, views: tuple[SliceView, ...], layout: Layout) -> None:
        """Show views that somebody else makes beside the active one."""
        self._clear()
        self._layout = layout
        self._cells = [self._main, *views]
        self._arrange()
        self.changed.emit()

    def toggle_maximized(self, view: SliceView | None = None) -> bool:
        """Give a view, by default the active one, all the room, or take it back; False when it is the only one."""
        if len(self._cells) < 2:
            return False
        self._maximized = (view or self._main) if self._maximized is None else None
        self._arrange()
        self.changed.emit()
        return True

    def close(self) -> None:
        """Stop all reading."""
        for pane in self._panes:
            pane.close()
        self._panes.clear()

    def _plan(self, series: Series, layout: Layout) -> list[tuple[Series, Window | None]]:
        """Series and window (None: the series' first one) of each further view."""
        view = self._session.view
        windows = [one for one in _SECOND_WINDOWS if view is None or one != view.window]
        if layout is Layout.WINDOWS:
            return [(series, windows[0])]
        count = 1 if layout is Layout.TWO else 3
        catalog = self._session.catalog
        others = candidates(series, () if catalog is None else catalog.series, self._session.beside.keys)[:count]
        again = [(series, window) for window in windows[: count - len(others)]]
        if layout is Layout.TWO and not others:
            self.note.emit("There is no other series to show beside this one; it is shown in a second window.")
        return [*((other, None) for other in others), *again]

    def _add(self, series: Series, window: Window | None, *, place: int) -> None:
        view = SliceView(self._window.view_grid)
        view.setAccessibleName(tr("View {}").format(place + 2))
        view.installEventFilter(self)
        pane = Pane(self._session, view, load=self._tasks.load, project=self._tasks.project)
        pane.cursor_told.connect(self._window.set_cursor_text)
        own = self._session.view
        if own is not None and own.series_key == series.key:
            pane.show(series, state=own if window is None else own.with_window(window), volume=self._session.volume)
        else:
            pane.show(series)
        self._panes.append(pane)
        self._cells.append(view)

    def _clear(self) -> None:
        for pane in self._panes:
            pane.close()
        self._panes.clear()
        self._cells = [self._main]
        self._maximized = None

    def _arrange(self) -> None:
        shown = self._cells if self._maximized is None else [self._maximized]
        self._window.view_grid.arrange(shown, columns=min(len(shown), 2))
        self._main.set_active(len(shown) > 1)

    # The active view

    def step(self) -> None:
        """Make the next view the active one, going round."""
        if not self._panes:
            is_hosting = self._layout is Layout.REFORMATS
            self.note.emit("Keys go to the slices while reformats show." if is_hosting else "There is only one view.")
            return
        place = self._cells.index(self._main)
        following = self._cells[(place + 1) % len(self._cells)]
        self.activate(next(pane for pane in self._panes if pane.view is following))

    def activate(self, pane: Pane) -> None:
        """Exchange what the active view and a pane show, and their places: the pane's picture becomes the active."""
        mine, theirs = self._session, pane.session
        if mine.series is None or mine.view is None or theirs.series is None or theirs.view is None:
            return
        self.activating.emit()
        own_series, own_state, own_volume = mine.series, mine.view, mine.volume
        series, state, volume = theirs.series, theirs.view.with_heatmap(mine.style), theirs.volume
        ports = self._main.viewport, pane.view.viewport
        self._is_swapping = True
        if series.key == own_series.key:
            mine.set_view(state)
            pane.set_state(own_state)
        else:
            self._workflow.show_series(series.key, volume=volume)
            mine.set_view(state)
            pane.show(own_series, state=own_state, volume=own_volume)
        self._is_swapping = False
        first, second = self._cells.index(self._main), self._cells.index(pane.view)
        self._cells[first], self._cells[second] = pane.view, self._main
        self._maximized = None
        self._arrange()
        pane.view.set_viewport(ports[0])
        self._main.set_viewport(ports[1])
        self._main.setFocus()
        self._follow()
        self.changed.emit()

    # Scrolling together

    @property
    def is_linked(self) -> bool:
        """Whether the other views follow the active one's slice."""
        return self._is_linked

    @property
    def is_linked_here(self) -> bool:
        """Whether they follow from slices that the reader put side by side."""
        return self._is_linked and bool(self._anchors)

    def set_linked(self, linked: bool) -> None:
        """Let the other views follow, or stay."""
        self._is_linked = linked
        if not linked:
            self._anchors.clear()
        self._follow()
        self.changed.emit()

    def link_here(self) -> None:
        """Let the slices that stand beside each other now scroll together from here, in mm."""
        series, view = self._session.series, self._session.view
        pairs = [(pane.session.series, pane.session.view) for pane in self._panes]
        if series is None or view is None or not pairs:
            self.note.emit(tr("There is only one view."))
            return
        for other, state in pairs:
            if other is not None and state is not None and not differences(series.patient, other.patient):
                self._anchors.pop((other.key, series.key), None)
                self._anchors[series.key, other.key] = Anchor(view.slice_index, state.slice_index)
        self.set_linked(True)

    def _anchor(self, series: Series, other: Series) -> Anchor | None:
        turned = self._anchors.get((other.key, series.key))
        return self._anchors.get((series.key, other.key)) if turned is None else turned.turned

    def _follow(self) -> None:
        series, view = self._session.series, self._session.view
        if self._is_swapping or series is None or view is None:
            return
        self._main.set_remark("")
        if self._layout is not Layout.REFORMATS:
            self._main.set_lines(())
        for pane in self._panes:
            other, state = pane.session.series, pane.session.view
            if other is None or state is None:
                continue
            found = match(view.slice_index, series, other, anchor=self._anchor(series, other))
            is_same = not differences(series.patient, other.patient)
            if self._is_linked and is_same and found.index is not None:
                pane.set_state(state.with_slice(found.index))
            pane.view.set_remark(remark(found, linked=self._is_linked, same_patient=is_same))
            self._draw_line(pane)
        tell_studies(self._session, self._main, [(pane.view, pane.session.series) for pane in self._panes])

    # Where the active slice cuts the others

    @property
    def shows_lines(self) -> bool:
        """Whether the other views show where the active slice cuts them."""
        return self._shows_lines

    def set_lines_shown(self, shown: bool) -> None:
        """Show where the active slice cuts the other views, or not."""
        self._shows_lines = shown
        for pane in self._panes:
            self._draw_line(pane)
        self.changed.emit()

    def _draw_line(self, pane: Pane) -> None:
        lines = cross_lines(self._session, pane.session) if self._shows_lines else ()
        pane.view.set_lines(lines)

    # The mouse on a pane

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press or a turn of the wheel on a pane makes it active; the drag that begins so goes on in it."""
        pane = next((pane for pane in self._panes if pane.view is watched), None)
        if pane is None:
            return False
        if isinstance(event, QWheelEvent):
            self.activate(pane)
            send_wheel(self._main, event)
            return True
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() in _PRESSES:
            self.activate(pane)
        elif event.type() is QEvent.Type.MouseMove and not event.buttons():
            return False
        send_mouse(self._main, event)
        return True


def candidates(series: Series, others: tuple[Series, ...], beside: frozenset[str] = frozenset()) -> list[Series]:
    """Series worth a view beside one, best first: volumes of its frame, other volumes, then what else has slices.

    Where a second study was opened beside the first, those of the other study come before.
    """

    def rank(other: Series) -> tuple[bool, bool, bool, bool]:
        shares_frame = bool(series.frame_of_reference_uid) and (
            other.frame_of_reference_uid == series.frame_of_reference_uid
        )
        is_own = bool(beside) and (other.key in beside) == (series.key in beside)
        return (other.kind is SeriesKind.LOCALIZER, not other.is_volume, is_own, not shares_frame)

    shown = [other for other in others if other.key != series.key and other.kind is not SeriesKind.SECONDARY_CAPTURE]
    return sorted(shown, key=rank)


def cross_lines(active: Session, other: Session) -> tuple[GuideLine, ...]:
    """Where the active slice cuts another view's slice; nothing without one frame of reference."""
    planes = [shown_plane(session) for session in (active, other)]
    first, second = active.series, other.series
    if first is None or second is None or planes[0] is None or planes[1] is None:
        return ()
    if not first.frame_of_reference_uid or first.frame_of_reference_uid != second.frame_of_reference_uid:
        return ()
    found = segment(planes[1], planes[0])
    return () if found is None else (GuideLine(*found),)


def shown_plane(session: Session) -> SlicePlane | None:
    """Where the shown slice lies."""
    series, view = session.series, session.view
    return None if series is None or view is None else series.slices[view.slice_index].plane


Handlers = dict[str, Callable[[], object] | Callable[[bool], object]]


def handlers(layouts: Layouts) -> Handlers:
    """What the actions of layouts do, by the actions' names."""
    return {
        "layout.one": lambda: layouts.show(Layout.ONE),
        "layout.windows": lambda: layouts.show(Layout.WINDOWS if layouts.layout is not Layout.WINDOWS else Layout.ONE),
        "layout.two": lambda: layouts.show(Layout.TWO),
        "layout.four": lambda: layouts.show(Layout.FOUR),
        "layout.next": layouts.step,
        "layout.maximize": layouts.toggle_maximized,
        "layout.link": layouts.set_linked,
        "layout.link_here": layouts.link_here,
        "layout.lines": layouts.set_lines_shown,
    }
