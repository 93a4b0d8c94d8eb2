"""A series without its patient: nothing of the profile's attributes stays, pixels and geometry do."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from pydicom import Dataset, dcmread
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import RLELossless

from leukoviewer.core.clean_file import CleanFile, Removal
from leukoviewer.core.progress import finish
from leukoviewer.core.series import Series
from leukoviewer.dicom.anonymize import EMPTIED, KEPT, UIDS, anonymized, cleaned, new_uid, pseudonym
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import RefusedError
from tests.phantom import write_phantom

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
CANARY = "CANARY"
# What the basic profile of PS3.15 table E.1-1 removes, empties or replaces and CT images carry in practice.
PROFILE = (
    "AccessionNumber", "AcquisitionComments", "AcquisitionDate", "AcquisitionDateTime",
    "AcquisitionProtocolDescription", "AcquisitionTime", "AdditionalPatientHistory", "AdmissionID", "Allergies",
    "CassetteID", "ContentDate", "ContentTime", "ContrastBolusAgent", "CountryOfResidence", "CurrentPatientLocation",
    "DerivationDescription", "DetectorID", "DeviceSerialNumber", "DeviceUID", "EthnicGroup",
    "GantryID", "ImageComments", "InstanceCreationDate", "InstanceCreationTime", "InstanceCreatorUID",
    "InstitutionAddress", "InstitutionName", "InstitutionalDepartmentName", "InsurancePlanIdentification",
    "IssuerOfPatientID", "LastMenstrualDate", "MedicalAlerts", "MedicalRecordLocator", "MilitaryRank",
    "NameOfPhysiciansReadingStudy", "Occupation", "OperatorsName", "OtherPatientIDs", "OtherPatientNames",
    "PatientAddress", "PatientAge", "PatientBirthDate", "PatientBirthName", "PatientBirthTime", "PatientComments",
    "PatientID", "PatientMotherBirthName", "PatientName", "PatientSex", "PatientSize", "PatientState",
    "PatientTelephoneNumbers", "PatientWeight", "PerformedProcedureStepDescription", "PerformedProcedureStepID",
    "PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime", "PerformingPhysicianName",
    "PhysiciansOfRecord", "PlateID", "ProtocolName", "ReasonForStudy", "ReferringPhysicianAddress",
    "ReferringPhysicianName", "RegionOfResidence", "RequestedProcedureDescription", "RequestedProcedureID",
    "RequestingPhysician", "RequestingService", "ResponsibleOrganization", "ResponsiblePerson", "SeriesDate",
    "SeriesDescription", "SeriesTime", "StationName", "StudyComments", "StudyDate", "StudyDescription", "StudyID",
    "StudyTime", "TimezoneOffsetFromUTC", "SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID",
    "FrameOfReferenceUID", "SynchronizationFrameOfReferenceUID", "IrradiationEventUID",
)  # fmt: skip
_VALUES = {
    "DA": "19990909", "TM": "095959", "DT": "19990909095959", "AS": "099Y", "DS": "99.125", "UI": "1.2.99999.4711",
    "CS": CANARY, "SQ": None,
}  # fmt: skip


def _value(keyword: str) -> object:
    kind = dictionary_VR(keyword)
    return _VALUES.get(kind, f"{CANARY} {keyword}"[:16])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three slices full of what must not stay, in the data set, in a sequence, in private attributes and overlays."""
    write_phantom(tmp_path, slices=3, rows=24, columns=20, spacing_mm=(8.0, 10.0))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            _poison(path)
    return tmp_path


def _poison(path: Path) -> None:
    data = dcmread(path)
    for keyword in PROFILE:
        if keyword not in UIDS:
            setattr(data, keyword, _value(keyword))
    inner = Dataset()
    inner.PatientName = CANARY
    data.RequestAttributesSequence = Sequence([inner])
    data.private_block(0x0099, CANARY, create=True).add_new(1, "LO", f"{CANARY} private")
    data.add_new(0x60003000, "OW", CANARY.encode() * 2)
    data.save_as(path)


def _series(folder: Path) -> Series:
    return finish(discover(folder)).series[0]


def _read(files: dict[str, bytes]) -> list[Dataset]:
    return [dcmread(io.BytesIO(data)) for data in files.values()]


@pytest.mark.parametrize("keyword", PROFILE)
def test_no_attribute_of_the_profile_keeps_its_value(keyword: str) -> None:
    assert tag_for_keyword(keyword) is not None
    assert keyword not in KEPT
    handled = keyword in {*UIDS, *EMPTIED, "PatientName", "PatientID"}
    required = keyword in {"StudyDate", "StudyTime", "AccessionNumber", "PatientBirthDate", "PatientSex", "StudyID"}
    assert handled or not required


def test_no_canary_stays_in_any_byte(folder: Path) -> None:
    files = finish(anonymized(_series(folder), key=KEY))
    assert len(files) == 3
    for data in files.values():
        for secret in (CANARY.encode(), b"19990909", b"095959", b"099Y", b"99.125", b"1.2.99999.4711"):
            assert secret not in data
        assert not any(one.tag.is_private for one in dcmread(io.BytesIO(data)).iterall())


def test_pixels_geometry_and_hu_are_untouched(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    before = finish(load(_series(folder)))
    out = tmp_path_factory.mktemp("clean")
    for name, data in finish(anonymized(before.series, key=KEY)).items():
        (out / name).write_bytes(data)
    after = finish(load(_series(out)))
    assert np.array_equal(after.hu, before.hu)
    assert after.series.position_mm == before.series.position_mm
    assert after.spacing_mm == before.spacing_mm
    assert after.series.report.verdict == before.series.report.verdict


def test_uids_are_new_consistent_and_bound_to_the_key(folder: Path) -> None:
    series = _series(folder)
    one, again, other = (_read(finish(anonymized(series, key=key))) for key in (KEY, KEY, OTHER_KEY))
    for keyword in UIDS:
        assert [item[keyword].value for item in one] == [item[keyword].value for item in again]
        assert {item[keyword].value for item in one}.isdisjoint(item[keyword].value for item in other)
    assert len({item.SOPInstanceUID for item in one}) == 3
    assert len({item.SeriesInstanceUID for item in one}) == 1
    assert {str(item.PatientID) for item in one} == {pseudonym(series.patient.patient_id, KEY)}
    assert all(item.file_meta.MediaStorageSOPInstanceUID == item.SOPInstanceUID for item in one)
    assert all(len(new_uid(str(number), KEY)) <= 64 for number in range(50))


def test_the_files_say_that_the_patient_was_removed_and_how(folder: Path) -> None:
    for item in _read(finish(anonymized(_series(folder), key=KEY))):
        assert item.PatientIdentityRemoved == "YES"
        assert item.DeidentificationMethodCodeSequence[0].CodeValue == "113100"
        assert [item[keyword].value for keyword in EMPTIED] == [item[keyword].empty_value for keyword in EMPTIED]


def test_burned_in_annotations_are_refused(folder: Path) -> None:
    path = next(path for path in folder.rglob("*") if path.is_file())
    data = dcmread(path)
    data.BurnedInAnnotation = "YES"
    data.save_as(path)
    with pytest.raises(RefusedError, match="burned in"):
        finish(anonymized(_series(folder), key=KEY))


def _changed(folder: Path, **values: object) -> Series:
    for path in folder.rglob("*.dcm"):
        data = dcmread(path)
        for keyword, value in values.items():
            if value is None:
                del data[keyword]
            else:
                setattr(data, keyword, value)
        data.save_as(path)
    return _series(folder)


def test_images_without_identifiers_get_some_each_its_own(folder: Path) -> None:
    series = _changed(folder, SOPInstanceUID=None, FrameOfReferenceUID=None)
    found = _read(finish(anonymized(series, key=KEY)))
    assert len({item.SOPInstanceUID for item in found}) == 3
    assert all(item.file_meta.MediaStorageSOPInstanceUID == item.SOPInstanceUID for item in found)
    assert not any("FrameOfReferenceUID" in item for item in found)


@pytest.mark.parametrize(("stated", "kept"), [("NO", "NO"), (None, None)])
def test_that_nothing_is_burned_in_is_said_only_where_the_source_says_so(
    folder: Path, stated: str | None, kept: str | None
) -> None:
    for path in folder.rglob("*.dcm"):
        data = dcmread(path)
        data.BurnedInAnnotation = "NO"
        data.save_as(path)
    for item in _read(finish(anonymized(_changed(folder, BurnedInAnnotation=stated), key=KEY))):
        assert item.get("BurnedInAnnotation") == kept


def test_patients_without_a_number_have_pseudonyms_of_their_own(folder: Path) -> None:
    names = []
    for study, name in (("1.2.3", "One^Anna"), ("1.2.4", "Two^Berta"), ("1.2.5", ""), ("1.2.6", "")):
        series = _changed(folder, PatientID="", PatientName=name, StudyInstanceUID=study)
        names.append({str(item.PatientID) for item in _read(finish(anonymized(series, key=KEY)))})
    assert [len(one) for one in names] == [1] * 4
    assert len(set.union(*names)) == 4


def test_a_short_key_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        finish(anonymized(_series(folder), key=b"short"))


def test_what_was_removed_is_told_by_name_and_never_by_value(folder: Path) -> None:
    removal = Removal()
    for step in cleaned(_series(folder), key=KEY):
        assert isinstance(step.part, CleanFile)
        removal.add(step.part)
    assert removal.files == 3
    assert {"InstitutionName", "OperatorsName", "RequestAttributesSequence", "SeriesDescription"} <= set(
        removal.removed
    )
    assert {"StudyDate", "PatientBirthDate"} <= set(removal.emptied)
    assert set(removal.replaced) == {*UIDS, "PatientName", "PatientID"}
    assert removal.private > 0
    assert CANARY not in removal.text()
    assert "  InstitutionName (3)" in removal.text()


@pytest.mark.parametrize("keyword", ["ConvolutionKernel", "ManufacturerModelName"])
def test_a_name_that_was_typed_into_a_kept_text_is_emptied(tmp_path: Path, keyword: str) -> None:
    write_phantom(tmp_path, slices=2, rows=24, columns=20, spacing_mm=(8.0, 10.0), patient_name="Zwitscher^Kanaria")
    for path in tmp_path.rglob("*.dcm"):
        data = dcmread(path)
        setattr(data, keyword, "H30 zwitscher")
        data.save_as(path)
    for step in cleaned(_series(tmp_path), key=KEY):
        assert isinstance(step.part, CleanFile)
        assert b"zwitscher" not in step.part.data.lower()
        assert keyword in step.part.emptied


def test_a_name_in_the_comment_of_compressed_pixels_is_refused(tmp_path: Path) -> None:
    who = {"patient_name": "Zwitscher^Kanaria", "transfer_syntax": RLELossless}
    write_phantom(tmp_path, slices=1, rows=24, columns=20, spacing_mm=(8.0, 10.0), **who)
    assert len(finish(anonymized(_series(tmp_path), key=KEY))) == 1
    (path,) = tmp_path.rglob("*.dcm")
    data = dcmread(path)
    data.PixelData = encapsulate([b"ZWITSCHER and pixels"])
    data.save_as(path)
    with pytest.raises(RefusedError, match="compressed pixels"):
        finish(anonymized(_series(tmp_path), key=KEY))
