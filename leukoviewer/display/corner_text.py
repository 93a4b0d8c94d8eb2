"""What stands in the four corners of the picture: patient, study, slice, window; as lines of text."""

from __future__ import annotations

from dataclasses import dataclass

from leukoviewer.core.series import Patient, Series, SliceHeader
from leukoviewer.core.window import Window
from leukoviewer.display.orientation import Turn

Lines = tuple[str, ...]

# What the reader sees of a picture that is not laid as usual.
TURNED: dict[Turn, Lines] = {
    Turn(): (),
    Turn(1): ("Turned 90° right",),
    Turn(2): ("Turned 180°",),
    Turn(3): ("Turned 90° left",),
    Turn(0, mirrored=True): ("Flipped left to right",),
    Turn(1, mirrored=True): ("Flipped left to right", "Turned 90° right"),
    Turn(2, mirrored=True): ("Flipped top to bottom",),
    Turn(3, mirrored=True): ("Flipped left to right", "Turned 90° left"),
}
KEY_IMAGE = "★ Key image"


@dataclass(frozen=True, slots=True)
class CornerTexts:
    """Lines of text by corner, first line first.

    The first line of the top corners is the most important; the last one of the lower corners tells the zoom at the
    left, and at the right which slice it is.
    """

    top_left: Lines = ()
    top_right: Lines = ()
    bottom_left: Lines = ()
    bottom_right: Lines = ()


def corner_texts(
    series: Series,
    index: int,
    *,
    window: Window,
    zoom: float | None = None,
    turned: Turn | None = None,
    is_key: bool = False,
    anonymous: bool = False,
) -> CornerTexts:
    """Corner texts of one slice.

    Parameters
    ----------
    series : Series
        The shown series.
    index : int
        The shown slice, superior first, from 0; shown from 1.
    window : Window
        The window in use.
    zoom : float, optional
        Screen px per image px; left out when not known.
    turned : Turn, optional
        How the picture is laid beside the usual way of its series; told where it differs.
    is_key : bool
        Whether the reader marked the slice as a key image.
    anonymous : bool
        Leave out the patient's name, id, birth date and the study's date.
    """
    return CornerTexts(
        top_left=_told(*(("Anonymous",) if anonymous else _patient_lines(series.patient))),
        top_right=_study_lines(series, anonymous=anonymous),
        bottom_left=_told(
            *TURNED[turned or Turn()],
            "  ".join(part for part in (f"W {_number(window.width)}  C {_number(window.center)}", window.name) if part),
            "" if zoom is None else f"Zoom {zoom * 100:.0f} %",
        ),
        bottom_right=_told(KEY_IMAGE if is_key else "", *_slice_lines(series.slices[index], index, len(series.slices))),
    )


def _number(value: float) -> str:
    """Whole HU where fractions tell nothing."""
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:g}"


def _patient_lines(patient: Patient) -> Lines:
    age = "" if patient.age_years is None else f"{patient.age_years:.0f} y"
    born = f"born {readable_date(patient.birth_date)}" if patient.birth_date else ""
    return (
        readable_name(patient.name) or "No name",
        patient.patient_id and f"ID {patient.patient_id}",
        "  ".join(part for part in (patient.sex, age, born) if part),
    )


def _study_lines(series: Series, *, anonymous: bool) -> Lines:
    number = "" if series.series_number is None else f"Series {series.series_number}"
    return _told(
        series.study_description,
        "" if anonymous else readable_date(series.study_date),
        "  ".join(part for part in (number, series.description) if part),
        " ".join(part for part in (series.manufacturer, series.model_name) if part),
    )


def _slice_lines(header: SliceHeader, index: int, count: int) -> Lines:
    plane = header.plane
    if plane is None:
        return (f"Slice {index + 1} / {count}  position unknown",)
    thickness = "" if plane.thickness_mm is None else f"Thickness {plane.thickness_mm:g} mm"
    tilt = plane.angle_to_axial_deg
    return _told(
        thickness,
        # A sagittal or coronal picture is no tilted axial one.
        f"Tilt {tilt:.1f}°" if 1 <= tilt < 45 else "",
        f"Position {plane.along_normal_mm:.1f} mm",
        f"Slice {index + 1} / {count}",
    )


def readable_name(name: str) -> str:
    """A DICOM person name as people write it: ``"Doe^Jane^M"`` becomes ``"Doe, Jane M"`` (DICOM PS3.5 6.2.1)."""
    family, *given = (part.strip() for part in name.split("=", maxsplit=1)[0].split("^"))
    rest = " ".join(part for part in given if part)
    return f"{family}, {rest}" if family and rest else family or rest


def readable_date(date: str) -> str:
    """A DICOM date ``"20240131"`` as ``"2024-01-31"``; anything else as it stands."""
    if len(date) == 8 and date.isdigit():
        return f"{date[:4]}-{date[4:6]}-{date[6:]}"
    return date


def _told(*lines: str) -> Lines:
    return tuple(line for line in lines if line)
