"""Cases 23 to 27: frames of one file, what belongs together, whose it is, what is suggested."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence as DicomSequence
from pydicom.uid import LegacyConvertedEnhancedCTImageStorage, RLELossless

from leukoviewer.core.geometry import Verdict, WarningCode
from leukoviewer.core.series import Series
from leukoviewer.errors import UsageError
from tests.dicom_cases.reading import SMALL, Desk, check, own_uid, sentence
from tests.phantom import write_enhanced

W = WarningCode


@pytest.mark.case(23)
@pytest.mark.parametrize("syntax", ["", RLELossless])
@pytest.mark.parametrize("sop_class", ["", LegacyConvertedEnhancedCTImageStorage])
def test_case_23_frames_in_any_order_with_rescales_of_their_own(desk: Desk, sop_class: str, syntax: str) -> None:
    options = {"slope": [1, 2] * 5, "intercept": list(range(-1024, -924, 10))}
    options |= {"sop_class": sop_class} if sop_class else {}
    options |= {"transfer_syntax": syntax} if syntax else {}
    phantom = write_enhanced(desk.path, frame_order=[3, 9, 1, 0, 5, 2, 8, 7, 6, 4], **{**SMALL, **options})
    series = desk.only()
    check(desk, series, phantom)
    assert [one.frame for one in series.slices] == [3, 2, 5, 0, 9, 4, 8, 7, 6, 1]


@pytest.mark.case(23)
def test_case_23_frames_of_two_acquisitions_are_split(desk: Desk) -> None:
    def acquire(data: Dataset, index: int) -> None:
        for number, group in enumerate(data.PerFrameFunctionalGroupsSequence):
            content = Dataset()
            content.FrameAcquisitionNumber = 1 + number // 10
            group.FrameContentSequence = DicomSequence([content])

    order = [*range(10), *reversed(range(10))]
    phantom = write_enhanced(desk.path, frame_order=order, edit=acquire, **SMALL)
    found = desk.catalog().series
    assert [one.is_volume for one in found] == [True, True]
    for series in found:
        assert np.array_equal(desk.load(series).hu, phantom.hu)


@pytest.mark.case(23)
@pytest.mark.parametrize("lost", ["PlanePositionSequence", "PerFrameFunctionalGroupsSequence"])
def test_case_23_frames_without_a_place_are_refused_with_the_reason(desk: Desk, lost: str) -> None:
    def lose(data: Dataset, index: int) -> None:
        if lost in data:
            del data[lost]
        else:
            del data.PerFrameFunctionalGroupsSequence[4][lost]

    write_enhanced(desk.path, edit=lose, **SMALL)
    series = desk.only()
    assert series.report.verdict is Verdict.STACK_2D
    assert "no position in space" in series.report.reason
    assert len(series.slices) == 10


def scattered(data: Dataset, index: int) -> None:
    data.SeriesInstanceUID = f"1.2.3.{index}"


@pytest.mark.case(24)
def test_case_24_series_of_one_slice_each_are_joined_only_as_an_offer(desk: Desk) -> None:
    phantom = desk.write(edit=scattered)
    catalog = desk.catalog()
    *singles, offer = catalog.series
    assert [(len(one.slices), one.is_volume) for one in singles] == [(1, False)] * 10
    assert offer.key == "1.2.3.0+joined"
    check(desk, offer, phantom, warnings=[W.JOINED_SERIES])
    assert sentence(offer, W.JOINED_SERIES) == (
        "10 series were put together by their positions; use it only if they are one scan."
    )
    assert catalog.suggestion is None
    assert catalog.find("1.2.3.0") == singles[0]


@pytest.mark.case(24)
@pytest.mark.parametrize(("in_each", "is_offered"), [(2, True), (4, True), (5, False)])
def test_case_24_series_that_are_long_enough_alone_are_not_joined(desk: Desk, in_each: int, is_offered: bool) -> None:
    def cut(data: Dataset, index: int) -> None:
        data.SeriesInstanceUID = f"1.2.3.{index // in_each}"

    desk.write(slices=2 * in_each if in_each > 2 else 10, edit=cut)
    assert any(one.key.endswith("+joined") for one in desk.catalog().series) == is_offered


@pytest.mark.case(24)
def test_case_24_a_series_with_an_image_of_no_position_is_not_joined(desk: Desk) -> None:
    def cut(data: Dataset, index: int) -> None:
        data.SeriesInstanceUID = f"1.2.3.{index // 2}"
        if index == 9:
            del data.ImagePositionPatient

    desk.write(edit=cut)
    (offer,) = [one for one in desk.catalog().series if one.key.endswith("+joined")]
    assert len(offer.slices) == 8


@pytest.mark.case(24)
@pytest.mark.parametrize(
    "strange",
    [
        lambda data, index: setattr(data, "FrameOfReferenceUID", f"1.2.4.{index}"),
        lambda data, index: setattr(data, "FrameOfReferenceUID", ""),
        lambda data, index: setattr(data, "StudyInstanceUID", f"1.2.4.{index}"),
        lambda data, index: setattr(data, "ConvolutionKernel", f"H{index}"),
        lambda data, index: setattr(data, "ImagePositionPatient", ["0", "0", str(index // 2 * 5)]),
        lambda data, index: setattr(data, "PixelSpacing", [f"{14 + index}", "14"]),
    ],
    ids=["frame", "no frame", "study", "kernel", "place", "spacing"],
)
def test_case_24_what_does_not_fit_together_is_not_offered(table: Desk, strange: object) -> None:
    def edit(data: Dataset, index: int) -> None:
        scattered(data, index)
        strange(data, index)

    table.write(edit=edit)
    assert [one for one in table.catalog().series if one.report.has(W.JOINED_SERIES)] == []


@pytest.mark.case(25)
def test_case_25_two_patients_are_never_mixed_and_none_is_chosen(desk: Desk) -> None:
    first = desk.write("a")

    def steal(data: Dataset, index: int) -> None:
        own_uid(data, index)
        data.SeriesInstanceUID, data.StudyInstanceUID = first.series_uid, first.study_uid

    second = desk.write("b", patient_id="PHANTOM-2", edit=steal, slope=2.0, intercept=-1000.0)
    catalog = desk.catalog()
    by_patient = {one.patient.patient_id: one for one in catalog.series}
    check(desk, by_patient["PHANTOM-1"], first)
    check(desk, by_patient["PHANTOM-2"], second)
    assert len({one.key for one in catalog.series}) == 2
    assert catalog.suggestion is None


@pytest.mark.case(25)
def test_case_25_an_analysis_without_a_choice_stops(table: Desk) -> None:
    from leukoviewer.commands.analyze import choose_series

    table.write("a")
    table.write("b", patient_id="PHANTOM-2")
    catalog = table.catalog()
    with pytest.raises(UsageError, match="several patients"):
        choose_series(catalog, None)
    assert choose_series(catalog, catalog.series[1].key) == catalog.series[1]


@pytest.mark.case(26)
@pytest.mark.parametrize(
    ("rival", "reason"),
    [
        ({"kernel": "H60s", "description": "Brain"}, "soft-tissue kernel (H30s)"),
        ({"thickness_mm": 0.75, "step_mm": 0.75}, "slices of 5 mm"),
        ({"image_type": ("DERIVED", "SECONDARY", "MPR")}, "original images"),
    ],
)
def test_case_26_the_soft_thick_original_series_is_suggested_with_its_reasons(
    desk: Desk, rival: dict, reason: str
) -> None:
    good = desk.write("a", series="good", series_number=9, description="x", slices=12)
    desk.write("b", **{"series": "rival", "series_number": 1, "slices": 12, **rival})
    catalog = desk.catalog()
    assert catalog.suggestion.key == good.series_uid
    assert reason in catalog.suggestion.reasons
    assert catalog.find(good.series_uid).kernel == "H30s"


@pytest.mark.case(27)
@pytest.mark.parametrize(
    ("options", "warned"),
    [
        ({"contrast_agent": "Iomeprol 350"}, True),
        ({"contrast_agent": "NONE"}, False),
        ({"description": "CTA Head 0.6"}, True),
        ({"description": "Perfusion 4D"}, True),
        ({"description": "HEAD WITH CONTRAST"}, True),
        ({"description": "Head +C 5.0"}, True),
        ({"description": "Head post KM"}, True),
        ({"description": "HEAD WITHOUT CONTRAST"}, False),
        ({"description": "Head non-contrast"}, False),
        ({"description": "Head w/o contrast"}, False),
        ({"description": "Posterior fossa 2.0"}, False),
    ],
)
def test_case_27_contrast_is_named_from_agent_and_description(table: Desk, options: dict, warned: bool) -> None:
    phantom = table.write(**options)
    check(table, table.only(), phantom, warnings=[W.CONTRAST] if warned else [])


def test_a_case_of_a_series_names_no_path(table: Desk) -> None:
    table.write(duplicated=(1,))
    series: Series = table.only()
    assert str(Path(table.path)) not in repr(series)
