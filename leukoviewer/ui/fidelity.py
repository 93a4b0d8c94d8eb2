"""How true what is shown is to the scan, for the display and for the model's input apart (pure functions)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.results import StackMapping
from leukoviewer.core.series import Series
from leukoviewer.core.volume import Volume
from leukoviewer.packages.training_range import range_warnings
from leukoviewer.ui.language import plural, told, tr
from leukoviewer.ui.session import Session


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is known of the fidelity.

    Attributes
    ----------
    name : str
        One or two words for the badge, e.g. ``"lossy"``.
    found : str
        What was found, as a sentence with the numbers.
    meaning : str
        What that means here, as a sentence.
    is_warning : bool
        Whether it may mislead; otherwise it is told for completeness.
    """

    name: str
    found: str
    meaning: str = ""
    is_warning: bool = True


@dataclass(frozen=True, slots=True)
class Fidelity:
    """All that is known of one side.

    Attributes
    ----------
    title : str
        ``"Display"`` or ``"Model input"``.
    marks : tuple of Mark
        Warnings first.
    """

    title: str
    marks: tuple[Mark, ...] = ()

    @property
    def warnings(self) -> tuple[Mark, ...]:
        """What may mislead."""
        return tuple(mark for mark in self.marks if mark.is_warning)

    @property
    def badge(self) -> str:
        """The few words that are always in sight."""
        names = tuple(dict.fromkeys(mark.name for mark in self.warnings))
        if not names:
            return f"{self.title} ✓"
        more = f" +{len(names) - 2}" if len(names) > 2 else ""
        return f"{self.title} ⚠ {', '.join(names[:2])}{more}"


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a finding means for the reader's eye and for a model; an empty text says that it does not concern them."""

    name: str
    display: str = ""
    model: str = ""


_CODES: Mapping[WarningCode, _Meaning] = MappingProxyType(
    {
        WarningCode.TILT: _Meaning(
            "tilted", "", "The model gets the slices as they were scanned; nothing turns them straight."
        ),
        WarningCode.LOSSY: _Meaning(
            "lossy",
            "Fine detail was lost before these files were made; HU and edges may be off.",
            "Models are trained on pixels without loss; what compression adds may be taken for texture.",
        ),
        WarningCode.GAP: _Meaning(
            "gaps", "What lies between these slices is not shown.", "The model knows nothing of the missing slices."
        ),
        WarningCode.IRREGULAR_SPACING: _Meaning(
            "irregular", "Slices follow each other at unequal steps.", "The model takes the steps for equal."
        ),
        WarningCode.MIXED_THICKNESS: _Meaning(
            "mixed thickness", "Noise and contrast differ between slices.", "Scores of slices compare less well."
        ),
        WarningCode.OVERLAPPING_SLICES: _Meaning(
            "overlapping", "", "Neighboring slices show the same tissue, which then counts more than once in the vote."
        ),
        WarningCode.DUPLICATE_POSITIONS: _Meaning(
            "duplicates", "Two slices lie at one place.", "The same tissue counts more than once in the vote."
        ),
        WarningCode.ORDER_BY_INSTANCE_NUMBER: _Meaning(
            "order not sure", "The order follows the files' numbers.", "The model may get the slices in another order."
        ),
        WarningCode.POSITION_MISSING: _Meaning("position missing", "Where slices lie is not known."),
        WarningCode.MIXED_ORIENTATION: _Meaning("mixed orientation", "Slices lie at different angles."),
        WarningCode.NOT_HOUNSFIELD: _Meaning(
            "not HU", "Gray levels are no HU; windows in HU mean nothing.", "Models know HU only."
        ),
        WarningCode.CONTRAST: _Meaning("contrast", "", "Models are trained on scans without contrast agent."),
        WarningCode.BROKEN_SLICES: _Meaning(
            "unreadable slices", "These slices are not shown.", "The model did not look at these slices."
        ),
        WarningCode.UNUSUAL_FIELD_OF_VIEW: _Meaning(
            "unusual field", "", "The head fills another part of the slice than in the training."
        ),
        WarningCode.CHILD: _Meaning("child", "", "Models are trained on adults."),
        WarningCode.METAL: _Meaning(
            "metal", "Streaks of metal cover tissue.", "Streaks of metal may be taken for disease."
        ),
        WarningCode.JOINED_SERIES: _Meaning(
            "joined", "What is shown as one was stored as several series.", "The model gets them as one scan."
        ),
        WarningCode.NO_BRAIN: _Meaning("no brain", "", "A model must not speak of what holds no brain."),
        WarningCode.OUTSIDE_TRAINING_RANGE: _Meaning(
            "outside training", "", "How well the model does on such scans was never measured."
        ),
    }
)  # fmt: skip


def display_of(session: Session) -> Fidelity:
    """How true the picture is to the files."""
    series = session.series
    if series is None:
        return Fidelity(tr("Display"))
    marks = [
        Mark(tr(_CODES[one.code].name), told(one.message), tr(_CODES[one.code].display))
        for one in _findings(series, session.volume)
        if one.code in _CODES and _CODES[one.code].display
    ]
    return Fidelity(tr("Display"), (*marks, *_shown(series)))


def _shown(series: Series) -> Iterable[Mark]:
    """What is true of every picture here."""
    yield Mark(
        tr("not resampled"),
        tr("Slices are shown as they are stored, pixel by pixel; none is averaged or left out."),
        tr("Only when the picture is zoomed does the screen interpolate between pixels."),
        is_warning=False,
    )
    if series.report.has(WarningCode.TILT):
        yield Mark(
            tr("tilted"),
            tr("The gantry was tilted by {:.1f}°.").format(abs(series.report.tilt_deg)),
            tr("The slices are shown as they were scanned, oblique to the head."),
            is_warning=False,
        )


def input_of(session: Session) -> Fidelity:
    """How true what the chosen model sees, or would see, is to the scan and to its training."""
    title, series, model, result = tr("Model input"), session.series, session.model, session.result
    if series is None:
        return Fidelity(title)
    if session.refusal:
        name = tr("no brain") if "brain" in session.refusal else tr("refused")
        return Fidelity(title, (Mark(name, told(session.refusal), tr("There is no score.")),))
    if not series.is_volume:
        return Fidelity(title, (Mark(tr("not a volume"), told(series.report.reason), tr("Models do not run on it.")),))
    found = _findings(series, session.volume)
    if result is not None:
        found = (*found, *result.warnings)
    elif model is not None:
        found = (*found, *range_warnings(series, model.training_range))
    marks = [
        Mark(tr(_CODES[one.code].name), told(one.message), tr(_CODES[one.code].model))
        for one in dict.fromkeys(found)
        if one.code in _CODES and _CODES[one.code].model
    ]
    notes = () if result is None else tuple(_stack_marks(result.mapping))
    if result is None and model is not None and model.plane_shape:
        notes = (_resampled(_plane(series), model.plane_shape),)
    return Fidelity(title, tuple(sorted((*marks, *notes), key=lambda mark: not mark.is_warning)))


def _stack_marks(mapping: StackMapping) -> Iterable[Mark]:
    """What became of the slices on their way into the model's stack."""
    count, seen = mapping.native_shape[0], len({index for group in mapping.native for index in group})
    if seen < count:
        yield Mark(
            tr("slices left out"),
            tr("The model looked at {} of {} slices.").format(seen, count),
            tr("What lies on the others has no score and no part in the vote."),
        )
    yield _resampled(mapping.native_shape[1:], mapping.stack_shape[1:])
    slabs = sum(len(group) > 1 for group in mapping.native)
    if slabs:
        averaged = plural(
            slabs,
            "{} slice of the model's stack is an average of several slices.",
            "{} slices of the model's stack are averages of several slices.",
        )
        yield Mark(tr("slabs"), averaged, is_warning=False)
    padded = mapping.stack_shape[0] - len(mapping.scored)
    if padded:
        empty = plural(
            padded,
            "{} slice of the model's stack holds no image; it gets no score.",
            "{} slices of the model's stack hold no image; they get no score.",
        )
        yield Mark(tr("padded"), empty, is_warning=False)


def _resampled(native: tuple[int, ...], stack: tuple[int, ...]) -> Mark:
    sizes = tr("{} × {} pixels").format(*native), f"{stack[0]} × {stack[1]}"
    if native == stack:
        return Mark(tr("not resampled"), tr("The model gets all {} of a slice.").format(sizes[0]), is_warning=False)
    return Mark(
        tr("resampled"),
        tr("Each slice of {} is resampled to {}.").format(*sizes),
        tr("Detail finer than that is not seen by the model; it was trained on slices of this size."),
        is_warning=False,
    )


def _plane(series: Series) -> tuple[int, int]:
    pixels = series.slices[0].pixels
    return pixels.rows, pixels.columns


def _findings(series: Series, volume: Volume | None) -> tuple[SeriesWarning, ...]:
    """Of the headers and of the values, each once."""
    return tuple(dict.fromkeys((*series.report.warnings, *(() if volume is None else volume.warnings))))
