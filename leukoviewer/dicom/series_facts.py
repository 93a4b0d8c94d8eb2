"""What a file says of its whole series: patient, study, how it was scanned, how it is to be shown."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from types import MappingProxyType

from leukoviewer.core.series import Patient
from leukoviewer.core.window import MAX_WIDTH_HU, MIN_WIDTH_HU, VoiFunction, Window
from leukoviewer.dicom import tags
from leukoviewer.dicom.values import Values, printable

_AGE = re.compile(r"(\d{1,3})([DWMY])")
_YEARS = MappingProxyType({"D": 1 / 365.25, "W": 7 / 365.25, "M": 1 / 12, "Y": 1.0})


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What the first file of a series says of the whole."""

    patient: Patient
    study_uid: str
    series_uid: str
    frame_of_reference_uid: str
    description: str
    study_description: str
    study_date: str
    series_number: int | None
    modality: str
    manufacturer: str
    model_name: str
    kernel: str
    body_part: str
    image_type: tuple[str, ...]
    kvp: float | None
    contrast_agent: str
    windows: tuple[Window, ...]
    inverted: bool = False


def facts_of(values: Values) -> SeriesFacts:
    """What the elements of a file say of its series."""
    return SeriesFacts(
        patient=Patient(
            name=_label(values, tags.PATIENT_NAME), patient_id=_label(values, tags.PATIENT_ID),
            birth_date=values.text(tags.PATIENT_BIRTH_DATE), sex=values.text(tags.PATIENT_SEX), age_years=_age(values),
        ),
        study_uid=values.text(tags.STUDY_UID), series_uid=values.text(tags.SERIES_UID),
        frame_of_reference_uid=values.text(tags.FRAME_OF_REFERENCE_UID),
        description=_label(values, tags.SERIES_DESCRIPTION),
        study_description=_label(values, tags.STUDY_DESCRIPTION), study_date=values.text(tags.STUDY_DATE),
        series_number=values.integer(tags.SERIES_NUMBER), modality=values.text(tags.MODALITY),
        manufacturer=_label(values, tags.MANUFACTURER), model_name=_label(values, tags.MODEL_NAME),
        kernel=printable(values.raw_text(tags.CONVOLUTION_KERNEL)), body_part=values.text(tags.BODY_PART),
        image_type=values.texts(tags.IMAGE_TYPE), kvp=values.number(tags.KVP),
        contrast_agent=_label(values, tags.CONTRAST_AGENT), windows=_windows(values), inverted=_is_inverted(values),
    )  # fmt: skip


def _label(values: Values, tag: int) -> str:
    return printable(values.person_text(tag))


def _age(values: Values) -> float | None:
    match = _AGE.fullmatch(values.text(tags.PATIENT_AGE))
    if match:
        return int(match[1]) * _YEARS[match[2]]
    born, scanned = values.text(tags.PATIENT_BIRTH_DATE), values.text(tags.STUDY_DATE)
    if len(born) == len(scanned) == 8 and born.isdigit() and scanned.isdigit():
        years = (int(scanned) - int(born)) / 10_000
        return float(math.floor(years)) if 0 <= years < 130 else None
    return None


def _windows(values: Values) -> tuple[Window, ...]:
    """The windows that the file brings; absurd ones are left out."""
    centers, widths = values.numbers(tags.WINDOW_CENTER), values.numbers(tags.WINDOW_WIDTH)
    names = values.person_text(tags.WINDOW_EXPLANATION).split("\\")
    stated = values.text(tags.VOI_FUNCTION).upper()
    usual = VoiFunction(stated) if stated in VoiFunction.__members__ else VoiFunction.LINEAR
    found: list[Window] = []
    for index, (center, width) in enumerate(zip(centers, widths, strict=False)):
        if not (0 < width <= MAX_WIDTH_HU and abs(center) <= MAX_WIDTH_HU):
            continue
        # Narrower than a linear window may be, and written all the same: fo-dicom issue 1951.
        function = VoiFunction.LINEAR_EXACT if usual is VoiFunction.LINEAR and width < MIN_WIDTH_HU else usual
        window = Window(center, width, names[index].strip() if index < len(names) else "", function)
        if all((window.center, window.width) != (other.center, other.width) for other in found):
            found.append(window)
    return tuple(found)


def _is_inverted(values: Values) -> bool:
    """Whether low values are to be shown white: Presentation LUT Shape where it stands, else the photometry."""
    shape = values.text(tags.PRESENTATION_SHAPE).upper()
    return shape == "INVERSE" if shape in {"INVERSE", "IDENTITY"} else values.text(tags.PHOTOMETRIC) == "MONOCHROME1"
