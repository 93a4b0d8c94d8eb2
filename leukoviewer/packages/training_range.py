"""What of a series lies outside the range of a model's training."""

from __future__ import annotations

from leukoviewer.core.geometry import SeriesWarning, WarningCode, direction_letters
from leukoviewer.core.series import Series
from leukoviewer.packages.provenance import TrainingRange

# Headers round thickness and positions; half a millimeter more is no other kind of scan.
_SLACK_MM = 0.5


def range_warnings(series: Series, known: TrainingRange) -> tuple[SeriesWarning, ...]:
    """What of a series lies outside the range of the model's training, one warning each."""
    messages = (
        _thickness(series, known.thickness_mm),
        _spacing(series, known.spacing_mm),
        _kernel(series, known.kernels),
        _orientation(series),
    )
    return tuple(SeriesWarning(WarningCode.OUTSIDE_TRAINING_RANGE, message) for message in messages if message)


def _thickness(series: Series, known: tuple[float, float] | None) -> str:
    outside = [mm for mm in series.report.thicknesses_mm if _is_outside(mm, known)]
    if known is None or not outside:
        return ""
    values = ", ".join(f"{mm:g}" for mm in outside)
    return f"Slices are {values} mm thick; the model was trained on {known[0]:g} to {known[1]:g} mm."


def _spacing(series: Series, known: tuple[float, float] | None) -> str:
    spacing = series.report.spacing_mm
    if known is None or spacing is None or not _is_outside(spacing, known):
        return ""
    return f"Slices lie {spacing:.3g} mm apart; the model was trained on {known[0]:g} to {known[1]:g} mm."


def _kernel(series: Series, known: tuple[str, ...]) -> str:
    if not known or series.kernel.casefold() in {name.casefold() for name in known}:
        return ""
    stated = f"The kernel {series.kernel}" if series.kernel else "The kernel, which the header does not name,"
    return f"{stated} is not among those of the model's training ({', '.join(known)})."


def _orientation(series: Series) -> str:
    """Models see pixels as they are stored; those of a prone patient or a mirrored file lie otherwise."""
    plane = series.slices[0].plane
    if plane is None:
        return ""
    across, down = direction_letters(plane.row_direction)[0], direction_letters(plane.column_direction)[0]
    if (across, down) == ("L", "P"):
        return ""
    return (
        f"The stored slices are turned or mirrored (rows run to {across}, columns to {down}); the model was trained on "
        "slices whose rows run to the patient's left and columns to the back."
    )


def _is_outside(mm: float, known: tuple[float, float] | None) -> bool:
    return known is not None and not known[0] - _SLACK_MM <= mm <= known[1] + _SLACK_MM
