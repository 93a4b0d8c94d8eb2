"""What the reader may save of a scan, and why a wish cannot be fulfilled (values and pure functions)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leukoviewer.core.series import Series
from leukoviewer.display.animation import NO_MOVIES, can_make_movies
from leukoviewer.display.corner_text import readable_date, readable_name
from leukoviewer.display.montage import Page, grid_shape
from leukoviewer.ui import navigation
from leukoviewer.ui.language import later, plural, tr
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.session import Session

# More than a picture viewer opens, and more than a film's frames should take of the memory.
_MOST_PAGE_PX = 100_000_000
_MOST_FILM_BYTES = 1_500_000_000


class Kind(StrEnum):
    """As what it is saved."""

    VIEW = "view"
    MONTAGE = "montage"
    GIF = "gif"
    MP4 = "mp4"
    DICOM = "dicom"

    @property
    def is_film(self) -> bool:
        """Whether it moves."""
        return self in {Kind.GIF, Kind.MP4}


class Which(StrEnum):
    """Which slices are taken."""

    ALL = "all"
    EVERY = "every"
    POSITIVE = "positive"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the reader wants.

    Attributes
    ----------
    kind : Kind
        As what.
    which : Which
        Which slices of the series.
    step : int
        Every how manieth slice, for ``Which.EVERY``.
    heatmap, words, measurements, named : bool
        Whether the heatmap, the words over the picture, what the reader measured, and the patient with the study's date
        are shown.
    stored_pixels : bool
        Whether the active view is saved with its stored pixels rather than as on the screen.
    rows, columns : int
        Of a montage; 0 lets the program choose.
    side_px : int
        Longer side of each picture of a montage or a film.
    frames_per_s : float
        Speed of a film.
    whole_study : bool
        Whether all series of the study are saved without the patient, or the shown one alone.
    """

    kind: Kind = Kind.VIEW
    which: Which = Which.ALL
    step: int = 2
    heatmap: bool = True
    words: bool = True
    measurements: bool = True
    named: bool = False
    stored_pixels: bool = False
    rows: int = 0
    columns: int = 0
    side_px: int = 256
    frames_per_s: float = 10.0
    whole_study: bool = False


NO_SERIES = later("Open a folder with a head CT first.")
READING = later("The series is still being read.")
NO_POSITIVE = later("No slice reaches the threshold; choose other slices.")
NO_RESULT = later("There is no result for this series; run the model first (M), or choose other slices.")
NO_KEY = later("No slice is marked as a key image (K); choose other slices.")
TOO_LARGE = later("A page would have {} million pixels; choose fewer slices a page or smaller pictures.")
TOO_LONG = later("The film would need {} GB of memory; choose fewer slices or smaller pictures.")


def slices_of(session: Session, wish: ExportWish) -> tuple[int, ...]:
    """Native indices that are wished, superior first."""
    series = session.series
    if series is None:
        return ()
    count = len(series.slices)
    if wish.which is Which.EVERY:
        return tuple(range(0, count, wish.step))
    if wish.which is Which.KEY:
        return session.key_images.of(series.key)
    if wish.which is Which.POSITIVE:
        result, cutoffs = session.result, session.cutoffs
        if result is None or cutoffs is None:
            return ()
        return navigation.positive_slices(result.by_native(), cutoffs.slice_threshold)
    return tuple(range(count))


def pages_of(indices: tuple[int, ...], wish: ExportWish) -> tuple[Page, ...]:
    """How the slices are spread over pages."""
    columns = wish.columns or grid_shape(len(indices))[1]
    columns = min(columns, max(len(indices), 1))
    room = wish.rows * columns if wish.rows else max(len(indices), 1)
    parts = [indices[start : start + room] for start in range(0, len(indices), room)]
    return tuple(Page(part, min(columns, len(part)), wish.side_px) for part in parts)


def problem_of(session: Session, wish: ExportWish) -> str:
    """Why a wish cannot be fulfilled, as a sentence; empty when it can."""
    if session.series is None or session.view is None:
        return tr(NO_SERIES)
    if wish.kind is Kind.DICOM:
        return ""
    if wish.kind is Kind.VIEW:
        is_read = session.hu(session.view.slice_index) is not None
        return "" if is_read else session.unread_reason or tr(READING)
    if session.volume is None:
        return session.unread_reason or tr(READING)
    if wish.kind is Kind.MP4 and not can_make_movies():
        return tr(NO_MOVIES)
    return _too_few(session, wish) or _too_much(session, wish)


def _too_few(session: Session, wish: ExportWish) -> str:
    if slices_of(session, wish):
        return ""
    if wish.which is Which.KEY:
        return tr(NO_KEY)
    if session.has_sealed_result:
        return session.with_keys(tr(SEALED))
    return session.with_keys(tr(NO_RESULT if session.result is None else NO_POSITIVE))


def _too_much(session: Session, wish: ExportWish) -> str:
    indices = slices_of(session, wish)
    if wish.kind is Kind.MONTAGE:
        height, width = max(page.size_px for page in pages_of(indices, wish))
        millions = height * width / 1e6
        return "" if height * width <= _MOST_PAGE_PX else tr(TOO_LARGE).format(round(millions))
    size = len(indices) * wish.side_px**2
    return "" if size <= _MOST_FILM_BYTES else tr(TOO_LONG).format(round(size / 1e9, 1))


def facts_of(session: Session, wish: ExportWish) -> str:
    """What will be saved, in one line."""
    indices = slices_of(session, wish)
    count = plural(len(indices), "{} slice", "{} slices")
    if wish.kind is Kind.MONTAGE:
        pages = pages_of(indices, wish)
        height, width = pages[0].size_px
        number = plural(len(pages), "{} page", "{} pages")
        return tr("{} on {} of {} x {} pixels").format(count, number, width, height)
    if wish.kind.is_film:
        return tr("{}, {} seconds").format(count, round(len(indices) / wish.frames_per_s, 1))
    if wish.kind is Kind.DICOM:
        return tr("Without name, numbers, dates, free text and private attributes; pixels stay as they are.")
    return tr("The active view alone")


def who(series: Series) -> str:
    """Patient and date as they stand in a picture where that is asked for."""
    patient = series.patient
    number = f"ID {patient.patient_id}" if patient.patient_id else ""
    parts = (readable_name(patient.name), number, readable_date(series.study_date))
    return "  ".join(part for part in parts if part)


def file_name(session: Session, wish: ExportWish) -> str:
    """A name to begin with, which never tells the patient."""
    if wish.kind is Kind.VIEW and session.view is not None:
        return f"slice-{session.view.slice_index + 1:03d}.png"
    return {Kind.MONTAGE: "montage.png", Kind.GIF: "stack.gif", Kind.MP4: "stack.mp4"}.get(wish.kind, "export")
