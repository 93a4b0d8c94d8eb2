"""What is said of the pixel under the cursor: its value from the raw data, never from the picture, and its place."""

from __future__ import annotations

from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.series import Series, SeriesKind
from leukoviewer.ui.language import later, tr
from leukoviewer.ui.session import Session

# A localizer is a projection, a capture a picture of a screen: neither holds HU, whatever slope its header brings.
_NOT_HU = frozenset({SeriesKind.LOCALIZER, SeriesKind.SECONDARY_CAPTURE})
NO_VALUE = later("outside the scan")


def readout(session: Session, at: tuple[int, int] | None) -> tuple[str, str]:
    """Value, and value with place, of a stored pixel of the shown slice; empty where there is nothing to say.

    Parameters
    ----------
    session : Session
        What is shown.
    at : (int, int) or None
        Row and column of the stored pixel.
    """
    series, state = session.series, session.view
    hu = None if state is None else session.hu(state.slice_index)
    if series is None or state is None or hu is None or at is None or session.broken(state.slice_index):
        return "", ""
    if at[0] >= hu.shape[0] or at[1] >= hu.shape[1]:
        return "", ""
    padding = session.padding(state.slice_index)
    if padding is not None and padding[at]:
        value = tr(NO_VALUE)
    else:
        value = f"{float(hu[at]):.0f} {unit(series, state.slice_index)}"
    return value, f"{value}   {_place(series, state.slice_index, at)}"


def unit(series: Series, index: int) -> str:
    """``HU`` only where the values of a slice are HU."""
    is_hu = (
        series.slices[index].slope is not None
        and series.modality == "CT"
        and series.kind not in _NOT_HU
        and not any(_says_raw(warning, index) for warning in series.report.warnings)
    )
    return "HU" if is_hu else tr("(no HU)")


def _says_raw(warning: SeriesWarning, index: int) -> bool:
    return warning.code is WarningCode.NOT_HOUNSFIELD and (not warning.slices or index in warning.slices)


def _place(series: Series, index: int, at: tuple[int, int]) -> str:
    """Where the cursor is in the patient, with letters, or in the matrix when that is not known."""
    plane = series.slices[index].plane
    if plane is None:
        return tr("row {}, column {}").format(*at)
    point = plane.point_mm(*at)
    letters = (("L", "R"), ("P", "A"), ("H", "F"))
    parts = [
        f"{pair[0] if value >= 0 else pair[1]} {abs(value):.0f}" for pair, value in zip(letters, point, strict=True)
    ]
    return f"{'  '.join(parts)} mm"
