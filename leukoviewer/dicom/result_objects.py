"""A result as DICOM objects for an archive: overlays, a structured report and the heatmap, by highdicom.

After IHE AI Results: Secondary Capture of the overlays, a Comprehensive 3D SR of TID 1500 with algorithm
identification, and a Parametric Map. They belong to the study of the source series, carry its patient and refer to its
images. What has no code in DICOM or SNOMED CT is coded under the private scheme 99LEUKO.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from leukoviewer import about
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.result_pictures import MAP_NAME, REPORT_NAME, ResultPictures, overlay_name
from leukoviewer.core.results import Analysis, Vote
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.zipped import open_file
from leukoviewer.errors import EngineError, RefusedError

if TYPE_CHECKING:
    from pydicom import Dataset

_MANUFACTURER, _SCHEME = "LeukoViewer", "99LEUKO"
_SERIES_NUMBER = 9000
_FILLED = (
    "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "AccessionNumber", "StudyID", "StudyDate",
    "StudyTime", "ReferringPhysicianName", "Manufacturer", "ManufacturerModelName",
)  # fmt: skip


def result_objects(volume: Volume, analysis: Analysis, pictures: ResultPictures, vote: Vote) -> Work[dict[str, bytes]]:
    """Make the objects.

    Parameters
    ----------
    volume, analysis : Volume, Analysis
        The series and its result.
    pictures : ResultPictures
        Overlays and heatmap.
    vote : Vote
        The patient's, at the limits that count.

    Returns
    -------
    dict of str to bytes
        DICOM files by name.

    Raises
    ------
    RefusedError
        The series is not stored one slice a file, or lacks what the objects must refer to.
    EngineError
        highdicom is not installed.
    """
    yield Progress(0, 0, "Making DICOM results")
    try:
        import highdicom  # noqa: F401
    except ImportError as error:
        sentence = "DICOM results need highdicom; install it by pip install leukoviewer[results]."
        raise EngineError(sentence, thing=error) from error
    version = dict(about.versions()).get("LeukoViewer", "")
    sources = _sources(volume, sorted(pictures.overlays))
    files: dict[str, bytes] = {}
    total = len(sources) + 2
    series_uid = _uid()
    for number, (index, source) in enumerate(sources.items()):
        yield Progress(number, total, "Making DICOM results")
        capture = _capture(source, pictures, index, series_uid=series_uid, number=number + 1)
        files[overlay_name(index)] = _bytes(capture)
    yield Progress(total - 2, total, "Making DICOM results")
    files[MAP_NAME] = _bytes(_map(analysis, sources, pictures, version=version))
    yield Progress(total - 1, total, "Making DICOM results")
    files[REPORT_NAME] = _bytes(_report(analysis, sources, vote=vote, version=version))
    return files


def _sources(volume: Volume, indices: list[int]) -> dict[int, Dataset]:
    """Headers of the source images, with empty values where required ones are missing."""
    from pydicom import dcmread

    slices = volume.series.slices
    if any(header.pixels.frames > 1 for header in slices):
        raise RefusedError("DICOM results can be made only of series that are stored one slice a file.")
    if not volume.series.frame_of_reference_uid:
        raise RefusedError("DICOM results cannot be made: the series has no Frame of Reference UID.")
    found: dict[int, Dataset] = {}
    for index in indices:
        with open_file(slices[index].path) as file:
            source = dcmread(file, stop_before_pixels=True, force=True)
        for keyword in _FILLED:
            if keyword not in source:
                setattr(source, keyword, "")
        if "DeidentificationMethod" in source and not source.DeidentificationMethod:
            source.DeidentificationMethod = "not stated in the source images"
        found[index] = source
    return found


def _capture(source: Dataset, pictures: ResultPictures, index: int, *, series_uid: str, number: int) -> Dataset:
    from highdicom.sc import SCImage
    from pydicom import Dataset
    from pydicom.uid import ExplicitVRLittleEndian

    with _quiet():
        capture = SCImage.from_ref_dataset(
            source, np.ascontiguousarray(pictures.overlays[index]), "RGB", 8, "PATIENT", series_instance_uid=series_uid,
            series_number=_SERIES_NUMBER, sop_instance_uid=_uid(), instance_number=number, manufacturer=_MANUFACTURER,
            patient_orientation=("L", "P"), transfer_syntax_uid=ExplicitVRLittleEndian,
        )  # fmt: skip
    # highdicom takes single letters alone; tilted slices have two.
    directions = pictures.directions[index]
    capture.PatientOrientation = list(directions) if all(directions) else None
    capture.SeriesDescription = "LeukoViewer overlays, research use"
    capture.BodyPartExamined = "HEAD"  # not paired, so that no laterality is asked for
    capture.BurnedInAnnotation = "NO"  # nothing that identifies the patient (PS3.3 C.7.6.1.1)
    reference = Dataset()
    reference.ReferencedSOPClassUID = source.SOPClassUID
    reference.ReferencedSOPInstanceUID = source.SOPInstanceUID
    reference.PurposeOfReferenceCodeSequence = [_code("121322", "Source image for image processing operation", "DCM")]
    capture.SourceImageSequence = [reference]
    return capture


def _map(analysis: Analysis, sources: dict[int, Dataset], pictures: ResultPictures, *, version: str) -> Dataset:
    from highdicom.pm import ParametricMap, RealWorldValueMapping

    meaning = RealWorldValueMapping(
        lut_label="HEATMAP", lut_explanation=f"heatmap ({analysis.heatmap_method}), share of the scan's maximum",
        unit=_code("1", "no units", "UCUM"), value_range=(0.0, 1.0), slope=1.0, intercept=0.0,
        quantity_definition=_code("HEATMAP", "Heatmap of the logit"),
    )  # fmt: skip
    heat = np.stack([np.nan_to_num(pictures.heat[index]) for index in sources]).astype(np.float32)
    with _quiet():
        made = ParametricMap(
            list(sources.values()), heat, series_instance_uid=_uid(), series_number=_SERIES_NUMBER + 1,
            sop_instance_uid=_uid(), instance_number=1, manufacturer=_MANUFACTURER,
            manufacturer_model_name="LeukoViewer", software_versions=version or "unknown",
            device_serial_number="none", contains_recognizable_visual_features=False,
            real_world_value_mappings=[meaning], window_center=0.5, window_width=1.0, content_label="HEATMAP",
            content_description="Heatmap of the model's logit",
        )  # fmt: skip
    made.SeriesDescription = "LeukoViewer heatmap, research use"
    made.BodyPartExamined = "HEAD"
    return made


def _report(analysis: Analysis, sources: dict[int, Dataset], *, vote: Vote, version: str) -> Dataset:
    from highdicom import sr
    from pydicom.sr.codedict import codes

    device = sr.ObserverContext(
        codes.DCM.Device,
        sr.DeviceObserverIdentifyingAttributes(
            uid=_uid(), name="LeukoViewer", manufacturer_name=_MANUFACTURER, model_name=f"LeukoViewer {version}".strip()
        ),
    )
    groups = [_patient_group(analysis, vote), *_slice_groups(analysis, sources)]
    with _quiet():
        content = sr.MeasurementReport(
            observation_context=sr.ObservationContext(observer_device_context=device),
            procedure_reported=_code("24725-4", "CT Head", "LN"),
            imaging_measurements=groups,
            title=codes.DCM.ImagingMeasurementReport,
            referenced_images=list(sources.values()),
        )
        made = sr.Comprehensive3DSR(
            evidence=list(sources.values()), content=content[0], series_instance_uid=_uid(),
            series_number=_SERIES_NUMBER + 2, sop_instance_uid=_uid(), instance_number=1, manufacturer=_MANUFACTURER,
            is_complete=True,
        )  # fmt: skip
    made.SeriesDescription = "LeukoViewer scores, research use"
    return made


def _algorithm(analysis: Analysis) -> Any:
    from highdicom import sr

    package = analysis.package
    facts = (
        f"sha256={package.sha256}", f"training_run={package.training_run}", f"trained_on={package.trained_on}",
        f"recipe={analysis.recipe_id}", f"engine={analysis.engine} {analysis.device}",
    )  # fmt: skip
    return sr.AlgorithmIdentification(package.id, package.version, parameters=facts)


def _patient_group(analysis: Analysis, vote: Vote) -> Any:
    """The patient's vote: counts, limits, verdict."""
    from highdicom import sr

    numbers = (
        ("POSITIVE_SLICES", "Positive slices", vote.positive),
        ("SCORED_SLICES", "Scored slices", vote.scored),
        ("NEEDED_SLICES", "Slices that must be exceeded", vote.needed),
        ("SLICE_THRESHOLD", "Slice threshold", vote.slice_threshold),
    )
    one = _code("1", "no units", "UCUM")
    verdict = ("POSITIVE", "Positive") if vote.is_positive else ("NEGATIVE", "Negative")
    return sr.MeasurementsAndQualitativeEvaluations(
        tracking_identifier=sr.TrackingIdentifier(uid=_uid(), identifier="Vote"),
        finding_type=_code("LEUKO", "Leukoencephalopathy"),
        algorithm_id=_algorithm(analysis),
        measurements=[sr.Measurement(_code(code, text), float(value), one) for code, text, value in numbers],
        qualitative_evaluations=[
            sr.QualitativeEvaluation(_code("VOTE", "Vote, research use, not for diagnosis"), _code(*verdict))
        ],
    )


def _slice_groups(analysis: Analysis, sources: dict[int, Dataset]) -> list[Any]:
    """One group a scored slice: its score, with the image that it was taken of."""
    from highdicom import sr

    one, score = _code("1", "no units", "UCUM"), _code("SLICE_SCORE", "Slice score, not a probability")
    scores = analysis.by_native()
    groups = []
    for index, source in sources.items():
        image = sr.SourceImageForMeasurementGroup(str(source.SOPClassUID), str(source.SOPInstanceUID))
        groups.append(
            sr.MeasurementsAndQualitativeEvaluations(
                tracking_identifier=sr.TrackingIdentifier(uid=_uid(), identifier=f"Slice {index + 1}"),
                finding_type=_code("LEUKO", "Leukoencephalopathy"),
                algorithm_id=_algorithm(analysis),
                measurements=[sr.Measurement(score, round(float(scores[index]), 6), one)],
                source_images=[image],
            )
        )
    return groups


@contextmanager
def _quiet() -> Generator[None, None, None]:
    """Remarks on how the source images write names are of no use to the reader; what they lack is told."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            sentence = "DICOM results cannot be made: the headers of the series lack what they must refer to."
            raise RefusedError(sentence, thing=error) from error


def _code(value: str, meaning: str, scheme: str = _SCHEME) -> Any:
    from highdicom.sr import CodedConcept

    return CodedConcept(value, scheme, meaning)


def _uid() -> str:
    from pydicom.uid import generate_uid

    return str(generate_uid(prefix=None))


def _bytes(made: Dataset) -> bytes:
    buffer = io.BytesIO()
    made.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()
