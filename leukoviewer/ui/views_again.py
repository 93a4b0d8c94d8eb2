"""How several views stand, as it is saved while the program runs and put back after a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leukoviewer.core.saved_session import SavedSession, SavedView
from leukoviewer.core.series import Series
from leukoviewer.core.window import PRESETS, Window
from leukoviewer.display.state import ViewState
from leukoviewer.ui.layouts import Layout, Layouts


def saved_views(layouts: Layouts, name: Callable[[Series], str]) -> tuple[SavedView, ...]:
    """What the views beside the active one show, row by row; ``name`` is a series' fingerprint."""
    found = []
    panes = {pane.view: pane.session for pane in layouts.panes}
    for session in (panes[cell] for cell in layouts.cells if cell in panes):
        series, view = session.series, session.view
        if series is not None and view is not None:
            window = view.window
            found.append(SavedView(name(series), view.slice_index, window.center, window.width, view.inverted))
    return tuple(found)


def link_of(layouts: Layouts) -> str:
    """How the views scroll, as it is saved."""
    return "off" if not layouts.is_linked else "here" if layouts.is_linked_here else "on"


def put_back(layouts: Layouts, saved: SavedSession, series: Mapping[str, Series]) -> bool:
    """Let the views stand as they did, those of the series (by fingerprint) that are there; False without any."""
    there = [view for view in saved.views if view.series in series]
    if saved.layout not in {Layout.WINDOWS, Layout.TWO, Layout.FOUR} or not there:
        return False
    # Each view gets its own slice first; linked at once, they would follow the active one.
    layouts.set_linked(False)
    views = [(series[view.series], _change(view)) for view in there]
    layouts.show_views(Layout(saved.layout), views, place=min(max(saved.place, 0), len(views)))
    if saved.link == "here":
        layouts.link_here()
    else:
        layouts.set_linked(saved.link != "off")
    return True


def as_saved(state: ViewState, saved: SavedSession | SavedView) -> ViewState:
    """A view with the slice, the window and the gray levels that were saved."""
    plain = Window(saved.window_center, saved.window_width)
    # By its name where it is one of the presets.
    window = next((one for one in PRESETS if (one.center, one.width) == (plain.center, plain.width)), plain)
    return state.with_slice(saved.slice_index).with_window(window).with_inverted(inverted=saved.inverted)


def _change(saved: SavedView) -> Callable[[ViewState], ViewState]:
    return lambda state: as_saved(state, saved)
