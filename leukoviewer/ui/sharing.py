"""Pictures, pages, films and series without their patient out of the window, by one dialog with a preview."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.series import Patient, Series
from leukoviewer.display.animation import Film
from leukoviewer.display.lettering import Picture
from leukoviewer.display.montage import page_of
from leukoviewer.display.pictures import PictureStyle, bar_room_px, slice_picture
from leukoviewer.errors import LeukoError
from leukoviewer.jobs.lane import Lane
from leukoviewer.ui import export_works
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.asking import Asked, ended, is_free
from leukoviewer.ui.export_wish import (
    ExportWish,
    Kind,
    facts_of,
    file_name,
    pages_of,
    problem_of,
    slices_of,
    who,
)
from leukoviewer.ui.export_works import Clean, Stack
from leukoviewer.ui.language import tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.marks_in_pictures import marks_in
from leukoviewer.ui.session import Session
from leukoviewer.ui.stills import png_bytes, still
from leukoviewer.ui.widgets.array_image import image_of
from leukoviewer.ui.widgets.export_dialog import ExportDialog
from leukoviewer.ui.workflow import Workflow

_ENDINGS = {Kind.GIF: ".gif", Kind.MP4: ".mp4"}
_PREVIEW_PAGE_PX = 1600
_FILTERS = {Kind.GIF: "GIF (*.gif)", Kind.MP4: "MP4 (*.mp4)"}


class Sharing(QObject):
    """Ties the menu's export to the session.

    Parameters
    ----------
    session, workflow, window : Session, Workflow, MainWindow
        What is shown, who stops work, where progress is told.
    clean : series -> Work
        Takes the patient out of a series; handed in because the window knows no DICOM.
    """

    note = Signal(str)
    failed = Signal(object)
    saved = Signal()

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow, clean: Clean) -> None:
        super().__init__(window)
        self._session, self._window, self._clean = session, window, clean
        self._wish = ExportWish()
        self.dialog: ExportDialog | None = None
        self._lane, self._previews = Lane("sharing", self), Lane("export-preview", self)
        workflow.take_in(self._lane)
        workflow.take_in(self._previews)
        self._lane.progressed.connect(self._on_progress)
        self._lane.busy_changed.connect(lambda busy: window.set_progress(tr("Saving"), None, busy=busy))
        self._lane.finished.connect(self._on_saved)
        self._lane.failed.connect(lambda _, error: self.failed.emit(error))
        self._lane.canceled.connect(lambda _: self.note.emit(tr("Saving was stopped; nothing was written.")))
        self._previews.finished.connect(self._on_preview)
        self._previews.failed.connect(self._on_no_preview)
        self._asked = Asked(session, self.note.emit)
        session.series_changed.connect(self._on_series)

    def handlers(self) -> dict[str, Handler]:
        """What the actions do."""
        return {"file.export": self.choose}

    @property
    def is_busy(self) -> bool:
        """Whether something is being saved."""
        return self._lane.is_busy

    # What is asked

    def choose(self) -> None:
        """Ask what shall be saved."""
        if self._session.series is None:
            self.note.emit(problem_of(self._session, self._wish))
            return
        self._asked.begin()
        dialog = self.dialog = ExportDialog(self._wish, self._window, has_heat=self._session.explanation is not None)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._look)
        dialog.wished.connect(self._choose_place)
        dialog.finished.connect(self._leave)
        self._look(dialog.wish)
        dialog.open()

    def _on_series(self) -> None:
        """What was asked for was of another series, maybe of another patient."""
        if self.dialog is not None and not self._asked.still_holds():
            self.dialog.reject()

    def _leave(self) -> None:
        self.dialog = None
        self._previews.supersede()

    def _choose_place(self, wish: ExportWish) -> None:
        # What was chosen stands there again the next time, but a name is never put in by habit.
        self._wish = replace(wish, named=False)
        if wish.kind is Kind.DICOM:
            name = QFileDialog.getExistingDirectory(self._window, tr("Folder for the DICOM files"))
        else:
            filters = _FILTERS.get(wish.kind, "PNG (*.png)")
            name, _ = QFileDialog.getSaveFileName(
                self._window, tr("Save as"), file_name(self._session, wish), filters
            )  # fmt: skip
        path = Path(name)
        if name and self._asked.still_holds() and is_free(path, self._places(path, wish), self.note.emit):
            self.save(path, wish)

    def _places(self, path: Path, wish: ExportWish) -> tuple[Path, ...]:
        """The files that a wish would become under this name."""
        if wish.kind is Kind.DICOM:
            return ()
        if wish.kind is Kind.MONTAGE:
            pages = pages_of(slices_of(self._session, wish), wish)
            return export_works.page_names(_ended(path, wish.kind), len(pages))
        return (_ended(path, wish.kind),)

    def save(self, path: Path, wish: ExportWish) -> None:
        """Save a wish as this file, or into a new folder in this one; a reason why not is told as a note."""
        problem = problem_of(self._session, wish)
        if self._lane.is_busy:
            problem = tr("Something is still being saved; wait for it, or stop it (Esc).")
        if problem:
            self.note.emit(problem)
        else:
            self._lane.start(self._work(path, wish))

    def _work(self, path: Path, wish: ExportWish) -> Work[str]:
        session = self._session
        indices = slices_of(session, wish)
        if wish.kind is Kind.DICOM:
            stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
            return export_works.clean_saved(path / f"leukoviewer-anonymous-{stamp}", self._series(wish), self._clean)
        if wish.kind is Kind.VIEW:
            image = still(session, self._window.slice_view, wish)
            if image is None:
                raise LeukoError(problem_of(session, wish))
            return export_works.file_saved(_ended(path, wish.kind), png_bytes(image))
        stack = self._stack(wish)
        if wish.kind is Kind.MONTAGE:
            return export_works.montage_saved(_ended(path, wish.kind), stack, pages_of(indices, wish))
        film = Film(indices, wish.frames_per_s, wish.side_px)
        if wish.kind is Kind.GIF:
            return export_works.gif_saved(_ended(path, wish.kind), stack, film)
        return export_works.movie_saved(_ended(path, wish.kind), stack, film)

    def _stack(self, wish: ExportWish) -> Stack:
        session = self._session
        series, view, volume = session.series, session.view, session.volume
        if series is None or view is None or volume is None:
            raise LeukoError(problem_of(session, wish))
        heatmap = session.style.with_visible(visible=wish.heatmap)
        told = who(series) if wish.named else ""
        shown = session.explanation if wish.heatmap else None
        indices = slices_of(session, wish) if wish.measurements else ()
        # A page has its one color bar in the foot.
        room_px = bar_room_px(wish.side_px) if wish.kind.is_film and shown is not None else 0
        marks = marks_in(session, indices, turn=view.turn, longest_px=wish.side_px, right_px=room_px)
        style = PictureStyle(view.window, heatmap, view.inverted, view.turn, told, wish.words, marks)
        return Stack(volume, shown, style)

    def _series(self, wish: ExportWish) -> tuple[Series, ...]:
        shown, catalog = self._session.series, self._session.catalog
        if shown is None or catalog is None:
            return ()
        if not wish.whole_study:
            return (shown,)
        beside = self._session.beside.keys

        def study(one: Series) -> tuple[str, Patient, bool]:
            return one.study_uid, one.patient, one.key in beside

        return tuple(one for one in catalog.series if study(one) == study(shown))

    # Preview

    def _look(self, wish: ExportWish) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        self._previews.supersede()
        problem = problem_of(self._session, wish)
        dialog.tell(problem or facts_of(self._session, wish), is_problem=bool(problem))
        dialog.show_preview(None)
        if problem:
            return
        if wish.kind is Kind.VIEW:
            dialog.show_preview(still(self._session, self._window.slice_view, wish))
        else:
            self._previews.start(self._preview(wish))

    def _preview(self, wish: ExportWish) -> Work[object]:
        session = self._session
        if wish.kind is Kind.DICOM and session.series is not None:
            return export_works.clean_previewed(session.series, self._clean)
        indices, stack = slices_of(session, wish), self._stack(wish)
        if wish.kind is Kind.MONTAGE:
            page = pages_of(indices, wish)[0]
            # Large enough for words that stand to the slices as they will, and then made smaller as one.
            side = min(max(_PREVIEW_PAGE_PX // page.columns, 32), wish.side_px)
            small = replace(page, cell_px=side)
            return page_of(stack.volume, analysis=stack.analysis, style=stack.style, page=small)
        shown = 0 if session.view is None else session.view.slice_index
        nearest = min(indices, key=lambda index: abs(index - shown))
        return _one(stack, nearest, wish.side_px)

    def _on_preview(self, _generation: int, made: object) -> None:
        if self.dialog is None:
            return
        if isinstance(made, str):
            self.dialog.show_text(made)
        else:
            self.dialog.show_preview(image_of(cast("Picture", made)))

    def _on_no_preview(self, _generation: int, error: object) -> None:
        if self.dialog is not None:
            self.dialog.tell(str(error), is_problem=not self.dialog.wish.whole_study)

    # What comes back

    def _on_progress(self, _generation: int, step: Progress) -> None:
        self._window.set_progress(step.message, step.fraction, busy=True)

    def _on_saved(self, _generation: int, told: object) -> None:
        self.note.emit(str(told))
        self.saved.emit()


def _one(stack: Stack, index: int, side_px: int) -> Work[Picture]:
    yield Progress(0, 1)
    return slice_picture(stack.volume, index, analysis=stack.analysis, style=stack.style, longest_px=side_px)


def _ended(path: Path, kind: Kind) -> Path:
    return ended(path, _ENDINGS.get(kind, ".png"))
