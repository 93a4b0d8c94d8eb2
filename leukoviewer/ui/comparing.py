"""Comparing packages: keeps the window with all results side by side equal to the session."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from leukoviewer.core.results import Analysis
from leukoviewer.display.comparison import overlaid
from leukoviewer.display.compose import Heat, compose_packed
from leukoviewer.display.state import HeatmapStyle, ViewState
from leukoviewer.ui import disagreement, findings_text, navigation
from leukoviewer.ui.disagreement import Judged
from leukoviewer.ui.findings_sheet import judged_of
from leukoviewer.ui.heat_planes import HeatPlanes, Project
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.session import Session
from leukoviewer.ui.unscored import why_unscored
from leukoviewer.ui.widgets.comparison_window import ComparisonWindow, Tile

FEW = "Run at least two packages on this series to compare them; each keeps its result."
_SPREAD_COLORS = "viridis"


class Comparing(QObject):
    """Turns results and the shown slice into tiles.

    Signals
    -------
    note(str)
        One sentence for the reader.
    """

    note = Signal(str)

    def __init__(self, session: Session, window: MainWindow, *, go_to: Callable[[int], None], project: Project) -> None:
        super().__init__(window)
        self._session, self._go_to, self._project = session, go_to, project
        self._planes: dict[str, HeatPlanes] = {}
        self.window = ComparisonWindow(window)
        self.window.moved.connect(self._move)
        self.window.disputed_asked.connect(lambda forward: self.go_to_disputed(forward=forward))
        for signal in (
            session.series_changed, session.volume_changed, session.view_changed, session.result_changed,
            session.cutoffs_changed,
        ):  # fmt: skip
            signal.connect(self._follow)

    def show(self) -> None:
        """Open the window, or say what it needs."""
        if len(self._session.results_of_series()) < 2:
            self.note.emit(tr(SEALED) if self._session.has_sealed_result else FEW)
            return
        self.window.show()
        self.window.activateWindow()
        self._follow()

    def close(self) -> None:
        """Close the window."""
        self.window.close()

    def go_to_disputed(self, *, forward: bool) -> None:
        """The next slice on which the models disagree, or the one before."""
        view, judged = self._session.view, judged_of(self._session)
        if view is None or len(judged) < 2:
            self.note.emit(tr(SEALED) if self._session.has_sealed_result else FEW)
            return
        found = navigation.next_suspicious(disagreement.between(judged).slices, view.slice_index, forward=forward)
        if found is None:
            self.note.emit("The models agree on every slice.")
        else:
            self._go_to(found)

    def _move(self, steps: int) -> None:
        view = self._session.view
        if view is not None:
            self._session.set_view(view.moved(steps))

    def _follow(self) -> None:
        if not self.window.isVisible():
            return
        view, judged = self._session.view, judged_of(self._session)
        hu = None if view is None else self._session.hu(view.slice_index)
        if view is None or hu is None or len(judged) < 2:
            why = tr(SEALED) if self._session.has_sealed_result else told(FEW)
            self.window.show_tiles((), self._session.with_keys(why), disputed=False)
            return
        found = disagreement.between(judged)
        heats = [self._heat(result, view.slice_index) for result, _ in judged]
        votes = [disagreement.is_positive(result, limits) for result, limits in judged]
        tiles = [
            self._tile(pair, heat, view, odd=found.patient and votes.count(vote) <= len(votes) / 2)
            for pair, heat, vote in zip(judged, heats, votes, strict=True)
        ]
        both = overlaid([heat for heat in heats if heat is not None and heat.shape == hu.shape])
        spread_style = view.heatmap.with_colormap(_SPREAD_COLORS)
        words = (
            tr("What the models point at together; each on its own scan's scale."),
            tr("Hottest minus coldest model: bright where they differ."),
        )
        planes = (None, None) if both is None else (both.mean, both.spread)
        styles = (view.heatmap, spread_style)
        titles = (tr("Mean of {} heatmaps"), tr("Spread of {} heatmaps"))
        for title, heat, style, line in zip(titles, planes, styles, words, strict=True):
            pixels = None if heat is None else self._pixels(view, heat, style)
            tiles.append(Tile(title.format(len(judged)), (line,), pixels, self._aspect(view)))
        mark = tr("◆ The models disagree on slice {}.").format(view.slice_index + 1)
        sentence = f"{mark} {found.sentence}" if view.slice_index in found.slices else found.sentence
        self.window.show_tiles(tuple(tiles), sentence, disputed=bool(found.slices))

    def _tile(self, pair: Judged, heat: Heat | None, view: ViewState, *, odd: bool) -> Tile:
        result, limits = pair
        score = findings_text.score_of(result, view.slice_index)
        vote = result.vote(slice_threshold=limits.slice_threshold, needed=limits.needed)
        if score is None:
            line = tr("Slice {}: {}").format(view.slice_index + 1, why_unscored(result.by_native(), view.slice_index))
        else:
            line = findings_text.slice_line(
                view.slice_index, score, threshold=limits.slice_threshold, calibrated=result.calibrated
            )
        told = (line, findings_text.vote_line(result, vote), findings_text.patient_line(result))
        lines = tuple(line for line in told if line)
        pixels = self._pixels(view, heat, view.heatmap)
        return Tile(f"{result.package.name} {result.package.version}", lines, pixels, self._aspect(view), odd)

    def _heat(self, result: Analysis, index: int) -> Heat | None:
        planes = self._planes.setdefault(result.package.id, HeatPlanes(self._project))
        planes.show(result)
        return planes.plane(index)

    def _pixels(self, view: ViewState, heat: Heat | None, style: HeatmapStyle) -> NDArray[np.uint32] | None:
        hu = self._session.hu(view.slice_index)
        if hu is None:
            return None
        shown = style.with_visible(visible=True)
        heat = None if heat is None or heat.shape != hu.shape else heat
        return view.turn.apply(compose_packed(hu, view.window, heat=heat, style=shown, inverted=view.inverted))

    def _aspect(self, view: ViewState) -> float:
        """Height of a pixel by its width as the picture lies."""
        series = self._session.series
        plane = None if series is None else series.slices[view.slice_index].plane
        if plane is None:
            return 1.0
        aspect = plane.spacing_mm[0] / plane.spacing_mm[1]
        return 1 / aspect if view.turn.swaps_axes else aspect
