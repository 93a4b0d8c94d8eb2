"""A series without its patient: DICOM PS3.15 basic profile, by what may stay and not by what must go.

Only attributes that say how the images were made and lie are kept; everything else, private ones, sequences, overlays
and free text included, is left out. So an attribute that nobody thought of cannot give the patient away.
"""

from __future__ import annotations

import hmac
import io
from hashlib import sha256
from typing import TYPE_CHECKING

from leukoviewer.core.clean_file import CleanFile
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.series import Series, SeriesKind
from leukoviewer.dicom.zipped import open_file
from leukoviewer.errors import DecodeError, RefusedError

if TYPE_CHECKING:
    from pydicom import DataElement, Dataset

# Kept as they are: none of them has an action in PS3.15 table E.1-1 but "K" under the basic profile.
KEPT = (
    "SpecificCharacterSet", "ImageType", "SOPClassUID", "Modality", "Manufacturer", "ManufacturerModelName",
    "SliceThickness", "KVP", "DataCollectionDiameter", "ReconstructionDiameter", "DistanceSourceToDetector",
    "DistanceSourceToPatient", "GantryDetectorTilt", "TableHeight", "RotationDirection", "ExposureTime",
    "XRayTubeCurrent", "Exposure", "FilterType", "GeneratorPower", "FocalSpots", "ConvolutionKernel",
    "PatientPosition", "SingleCollimationWidth", "TotalCollimationWidth", "SpiralPitchFactor", "CTDIvol",
    "SeriesNumber", "AcquisitionNumber", "InstanceNumber", "ImagePositionPatient", "ImageOrientationPatient",
    "SliceLocation", "SpacingBetweenSlices", "SamplesPerPixel", "PhotometricInterpretation", "PlanarConfiguration",
    "Rows", "Columns", "PixelSpacing", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation",
    "SmallestImagePixelValue", "LargestImagePixelValue", "PixelPaddingValue", "PixelPaddingRangeLimit",
    "WindowCenter", "WindowWidth", "RescaleIntercept", "RescaleSlope", "RescaleType", "LossyImageCompression",
    "LossyImageCompressionRatio", "LossyImageCompressionMethod", "PresentationLUTShape", "PixelData",
)  # fmt: skip
# Action "U": another value, the same for the same one.
UIDS = ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID")
# Actions "Z" and "Z/D" of what a CT image must have: there, and empty.
EMPTIED = (
    "StudyDate", "StudyTime", "ContentDate", "ContentTime", "AccessionNumber", "ReferringPhysicianName",
    "PatientBirthDate", "PatientSex", "StudyID", "PositionReferenceIndicator",
)  # fmt: skip
# Texts that a technician can type into; shorter parts of a name stand in too many words to tell anybody.
_TEXTS = frozenset({"LO", "SH", "LT", "ST", "UT", "UC"})
_TELLING = 4
# So many bytes in a row do not stand in compressed pixels by chance.
_TELLING_IN_BYTES = 6


def anonymized(series: Series, *, key: bytes) -> Work[dict[str, bytes]]:
    """The files of :func:`cleaned` by name, all at once."""
    files: dict[str, bytes] = {}
    for step in cleaned(series, key=key):
        if isinstance(step.part, CleanFile):
            files[step.part.name] = step.part.data
        yield step
    return files


def cleaned(series: Series, *, key: bytes) -> Work[None]:
    """The series' files without anything of the patient, one after the other.

    Parameters
    ----------
    series : Series
        What is to be handed on.
    key : bytes
        Secret of this user, at least 16 bytes: the same key gives the same UIDs and pseudonyms for the same scan,
        and nobody without it can find the old ones.

    Yields
    ------
    Progress
        With a :class:`~leukoviewer.core.clean_file.CleanFile` as its part, in the order of the slices; pixels are
        untouched.

    Raises
    ------
    RefusedError
        The pictures may show the patient's name, or the series is not stored one slice a file.
    DecodeError
        A file can no longer be read.
    ValueError
        The key is too short.
    """
    if len(key) < 16:
        raise ValueError("a key has at least 16 bytes")
    if series.kind is SeriesKind.SECONDARY_CAPTURE:
        raise RefusedError("This series holds captured pictures, which may show the patient's name; it is not saved.")
    if any(header.pixels.frames > 1 for header in series.slices):
        raise RefusedError("Only series that are stored one slice a file can be saved without the patient.")
    for index, header in enumerate(series.slices):
        try:
            with open_file(header.path) as file:
                source = _read(file.read())
        except OSError as error:
            reason = "A file of the series cannot be read any more; open the folder again."
            raise DecodeError(reason, thing=header.path) from error
        clean = _clean(source, key, f"{series.key} {index}")
        _refuse_what_names(source, clean)
        named = _empty_what_names(source, clean)
        part = CleanFile(
            f"{index + 1:04d}.dcm",
            _bytes(clean),
            removed=tuple(one.keyword or "unknown" for one in source if _is_gone(one, clean)),
            emptied=(*(name for name in EMPTIED if source.get(name)), *named),
            replaced=(*(name for name in UIDS if source.get(name)), "PatientName", "PatientID"),
            private=sum(one.tag.is_private for one in source),
        )
        yield Progress(index + 1, len(series.slices), "Removing the patient", part)


def _is_gone(element: DataElement, clean: Dataset) -> bool:
    return element.tag not in clean and not element.tag.is_private


def _secrets(source: Dataset, least: int) -> list[str]:
    """Parts of the patient's name and the id that have at least so many letters, in small ones."""
    told = f"{source.get('PatientName', '')}^{source.get('PatientID', '')}".replace("=", "^").replace(" ", "^")
    return [part.casefold() for part in told.split("^") if len(part) >= least]


def _refuse_what_names(source: Dataset, clean: Dataset) -> None:
    """Compressed pixels may carry comments, and a comment the patient's name."""
    pixels = source.get("PixelData", b"")
    if not isinstance(pixels, bytes) or not clean.file_meta.TransferSyntaxUID.is_compressed:
        return
    if any(secret.encode() in pixels.lower() for secret in _secrets(source, _TELLING_IN_BYTES)):
        raise RefusedError("The compressed pixels have the patient's name in them; the series is not saved.")


def _empty_what_names(source: Dataset, clean: Dataset) -> tuple[str, ...]:
    """Empty what is kept but holds the patient's name or id: somebody typed it where a kernel's name belongs."""
    secrets = _secrets(source, _TELLING)
    found = []
    for element in clean:
        is_text = element.VR in _TEXTS and element.keyword not in {"PatientID", "DeidentificationMethod"}
        if is_text and any(secret in str(element.value).casefold() for secret in secrets):
            found.append(element.keyword)
            element.value = ""
    return tuple(found)


def _read(data: bytes) -> Dataset:
    from pydicom import dcmread

    return dcmread(io.BytesIO(data), force=True)


def _clean(source: Dataset, key: bytes, place: str) -> Dataset:
    """The data set anew; ``place`` names the slice where its file has no identifiers of its own."""
    from pydicom import Dataset
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import ImplicitVRLittleEndian

    if str(source.get("BurnedInAnnotation", "NO")).strip().upper() == "YES":
        raise RefusedError("The pictures have the patient's data burned in; the series is not saved.")
    clean = Dataset()
    for keyword in KEPT:
        if keyword in source:
            clean.add(source[keyword])
    for keyword in UIDS:
        old = source.get(keyword) or (place if keyword == "SOPInstanceUID" else place.rpartition(" ")[0])
        # A frame of reference that nobody stated is none; the others every image must have.
        if source.get(keyword) or keyword != "FrameOfReferenceUID":
            setattr(clean, keyword, new_uid(str(old), key))
    for keyword in EMPTIED:
        setattr(clean, keyword, "")
    who = source.get("PatientID") or source.get("PatientName") or source.get("StudyInstanceUID") or place
    name = pseudonym(str(who), key)
    clean.PatientName, clean.PatientID = name, name
    # Stated only where the source states it: nobody here has looked at the pictures.
    if source.get("BurnedInAnnotation"):
        clean.BurnedInAnnotation = "NO"
    clean.PatientIdentityRemoved = "YES"
    clean.DeidentificationMethod = "LeukoViewer: PS3.15 basic profile"
    clean.DeidentificationMethodCodeSequence = [_method()]
    clean.LongitudinalTemporalInformationModified = "REMOVED"
    clean.file_meta = FileMetaDataset()
    clean.file_meta.MediaStorageSOPClassUID = clean.SOPClassUID
    clean.file_meta.MediaStorageSOPInstanceUID = clean.SOPInstanceUID
    meta = getattr(source, "file_meta", None)
    clean.file_meta.TransferSyntaxUID = getattr(meta, "TransferSyntaxUID", ImplicitVRLittleEndian)
    return clean


def _method() -> Dataset:
    from pydicom import Dataset

    code = Dataset()
    code.CodeValue, code.CodingSchemeDesignator = "113100", "DCM"
    code.CodeMeaning = "Basic Application Confidentiality Profile"
    return code


def new_uid(uid: str, key: bytes) -> str:
    """Another UID, always the same for the same one and key (PS3.5 B.2: 2.25 and a number)."""
    return f"2.25.{int.from_bytes(_hash(f'uid {uid}', key)[:15], 'big')}"


def pseudonym(patient_id: str, key: bytes) -> str:
    """What a patient is called in place of name and id."""
    return f"ANON{_hash(f'patient {patient_id}', key)[:6].hex().upper()}"


def _hash(text: str, key: bytes) -> bytes:
    return hmac.new(key, text.encode("utf-8"), sha256).digest()


def _bytes(clean: Dataset) -> bytes:
    buffer = io.BytesIO()
    clean.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()
