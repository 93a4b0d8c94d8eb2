"""Order by position, and the gate: every verdict and every finding with its sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydicom.dataset import Dataset

from leukoviewer.core.geometry import GeometryReport, SlicePlane, Verdict, WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.core.series import Series
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.ordering import tilt_deg
from tests.phantom import Phantom, write_capture, write_enhanced, write_phantom, write_scout

SMALL = {"rows": 16, "columns": 16, "slices": 10, "spacing_mm": (14, 14)}


def read(folder: Path, **options: object) -> tuple[Phantom, Series]:
    phantom = write_phantom(folder, **{**SMALL, **options})
    return phantom, finish(discover(folder)).series[0]


def report(folder: Path, **options: object) -> GeometryReport:
    return read(folder, **options)[1].report


def message(found: GeometryReport, code: WarningCode) -> str:
    return next(warning.message for warning in found.warnings if warning.code is code)


@pytest.mark.parametrize("instances", ["superior_first", "inferior_first", "shuffled"])
@pytest.mark.parametrize("orientation", ["axial", "prone", "coronal", "sagittal"])
def test_slices_are_ordered_by_position_whatever_their_numbers(
    tmp_path: Path, instances: str, orientation: str
) -> None:
    phantom, series = read(tmp_path, instance_order=instances, orientation=orientation)
    assert [one.sop_instance_uid for one in series.slices] == list(phantom.sop_uids)


def test_the_first_slice_is_nearest_to_the_vertex(tmp_path: Path) -> None:
    _, series = read(tmp_path, tilt_deg=20)
    heights = [one.plane.position_mm[2] for one in series.slices]
    assert heights == sorted(heights, reverse=True)


def test_frames_in_random_order_are_ordered_by_position(tmp_path: Path) -> None:
    write_enhanced(tmp_path, **SMALL, frame_order=[3, 9, 1, 0, 5, 2, 8, 7, 6, 4])
    (series,) = finish(discover(tmp_path)).series
    assert [one.frame for one in series.slices] == [3, 2, 5, 0, 9, 4, 8, 7, 6, 1]


def test_a_regular_series_is_a_volume_without_a_word(tmp_path: Path) -> None:
    found = report(tmp_path)
    assert found == GeometryReport(
        Verdict.VOLUME, spacing_mm=5.0, steps_mm=pytest.approx((5.0,) * 9), thicknesses_mm=(5.0,)
    )


@pytest.mark.parametrize("tilt", [18.5, -18.5, 7.25, -25.0])
def test_tilt_is_computed_from_the_geometry_with_its_sign(tmp_path: Path, tilt: float) -> None:
    def lie(data: Dataset, index: int) -> None:
        data.GantryDetectorTilt = "-3"

    found = report(tmp_path, tilt_deg=tilt, edit=lie)
    assert found.tilt_deg == pytest.approx(tilt, abs=0.01)
    assert found.spacing_mm == pytest.approx(5.0)
    assert found.verdict is Verdict.VOLUME_WITH_WARNINGS
    assert [warning.code for warning in found.warnings] == [WarningCode.TILT]
    assert f"{tilt:+.1f} degrees" in message(found, WarningCode.TILT)


def _planes(positions: list[tuple[float, float, float]], lean_deg: float = 0.0) -> list[SlicePlane]:
    """Axial planes at these places, whose normal leans to the back."""
    lean = np.deg2rad(lean_deg)
    down = (0.0, float(np.cos(lean)), float(-np.sin(lean)))
    return [SlicePlane(place, (1.0, 0.0, 0.0), down, (1.0, 1.0), 16, 16) for place in positions]


def test_tilt_is_that_between_first_and_last_slice() -> None:
    # Upward the stack moves to the front, so the normal, straight up, leans to the back of it.
    bent = _planes([(0, 0, 20), (0, 0, 10), (0, 10, 0)])
    assert tilt_deg(bent) == pytest.approx(np.rad2deg(np.arctan2(10, 20)))


def test_two_slices_less_than_a_millimeter_apart_have_their_tilt() -> None:
    assert abs(tilt_deg(_planes([(0, 0, 0.6), (0, 0, 0)], lean_deg=20))) == pytest.approx(20)


@pytest.mark.parametrize(
    ("size_mm", "is_usual"), [(130.0, True), (129.87, False), (400.0, True), (400.14, False), (250.0, True)]
)
def test_a_head_is_130_to_400_mm_wide_both_included(tmp_path: Path, size_mm: float, is_usual: bool) -> None:
    found = report(tmp_path, spacing_mm=(size_mm / 16, size_mm / 16))
    assert found.has(WarningCode.UNUSUAL_FIELD_OF_VIEW) != is_usual


@pytest.mark.parametrize("orientation", ["axial", "prone", "coronal", "sagittal"])
def test_a_straight_stack_has_no_tilt(tmp_path: Path, orientation: str) -> None:
    assert report(tmp_path, orientation=orientation).tilt_deg == pytest.approx(0, abs=1e-6)


def test_rounding_of_cosines_is_no_tilt(tmp_path: Path) -> None:
    assert not report(tmp_path, tilt_deg=0.2).has(WarningCode.TILT)


def test_mixed_thickness_names_both_with_their_counts(tmp_path: Path) -> None:
    found = report(tmp_path, thickness_mm=[10] * 4 + [5] * 6, steps_mm=[10] * 4 + [5] * 5)
    assert found.thicknesses_mm == (5.0, 10.0)
    assert "5 mm (6) and 10 mm (4)" in message(found, WarningCode.MIXED_THICKNESS)
    assert found.has(WarningCode.IRREGULAR_SPACING)
    assert not found.has(WarningCode.GAP)


@pytest.mark.parametrize(
    ("odd_step", "word"),
    [(5.04, None), (5.2, "vary slightly"), (5.5, "vary slightly"), (6.0, "irregular"), (4.0, "irregular")],
)
def test_spacing_is_regular_to_one_percent_and_slight_to_ten(tmp_path: Path, odd_step: float, word: str | None) -> None:
    found = report(tmp_path, steps_mm=[5, 5, 5, odd_step, 5, 5, 5, 5, 5])
    assert found.has(WarningCode.IRREGULAR_SPACING) == (word is not None)
    if word is not None:
        assert word in message(found, WarningCode.IRREGULAR_SPACING)
        assert "between slices 4 and 5" in message(found, WarningCode.IRREGULAR_SPACING)
        assert next(w.slices for w in found.warnings if w.code is WarningCode.IRREGULAR_SPACING) == (3,)


@pytest.mark.parametrize(
    ("missing", "words", "between"),
    [
        ((4,), "1 slice missing between slices 4 and 5", (3, 4)),
        ((4, 5), "2 slices missing between slices 4 and 5", (3, 4)),
        ((1,), "1 slice missing between slices 1 and 2", (0, 1)),
        ((8,), "1 slice missing between slices 8 and 9", (7, 8)),
    ],
)
def test_missing_slices_are_counted_and_placed(
    tmp_path: Path, missing: tuple[int, ...], words: str, between: tuple[int, int]
) -> None:
    found = report(tmp_path, missing=missing)
    assert words in message(found, WarningCode.GAP)
    assert next(w.slices for w in found.warnings if w.code is WarningCode.GAP) == between
    assert found.verdict is Verdict.VOLUME_WITH_WARNINGS


def test_the_four_steps_after_a_gap_tell_what_is_usual(tmp_path: Path) -> None:
    found = report(tmp_path, steps_mm=[10, 5, 10, 10, 10, 10, 10, 10, 10], thickness_mm=10.0)
    assert not found.has(WarningCode.GAP)  # the first step is as long as most after the short one
    # Median and not mean: one long step among them does not hide a gap.
    found = report(tmp_path, steps_mm=[16, 10, 10, 10, 29, 10, 10, 10, 10], thickness_mm=10.0)
    assert [w.slices for w in found.warnings if w.code is WarningCode.GAP] == [(0, 1), (4, 5)]
    found = report(tmp_path, steps_mm=[12, 5, 5, 10, 10, 10, 10, 10, 10], thickness_mm=10.0)
    assert found.has(WarningCode.GAP)


@pytest.mark.parametrize(("wide", "is_told"), [(4, False), (5, True)])
def test_gaps_all_along_are_gaps_of_more_than_half_of_the_steps(tmp_path: Path, wide: int, is_told: bool) -> None:
    steps = [*[9.0] * wide, *[5.0] * (8 - wide)]
    found = report(tmp_path, slices=9, steps_mm=steps, thickness_mm=5.0)
    assert any("gaps all along" in warning.message for warning in found.warnings) == is_told


def test_two_gaps_are_two_warnings(tmp_path: Path) -> None:
    found = report(tmp_path, slices=16, missing=(3, 11))
    assert sum(warning.code is WarningCode.GAP for warning in found.warnings) == 2


def test_steps_are_distances_and_never_the_thickness_tag(tmp_path: Path) -> None:
    found = report(tmp_path, step_mm=2.5, thickness_mm=5.0)
    assert found.spacing_mm == pytest.approx(2.5)
    assert "5.0 mm thick every 2.5 mm" in message(found, WarningCode.OVERLAPPING_SLICES)


def test_slices_that_leave_gaps_all_along_are_named(tmp_path: Path) -> None:
    assert "5.0 mm thick every 10.0 mm" in message(report(tmp_path, step_mm=10, thickness_mm=5), WarningCode.GAP)


@pytest.mark.parametrize(("other_mm", "is_told"), [(5.0004, False), (5.001, True)])
def test_thickness_is_compared_to_a_thousandth(tmp_path: Path, other_mm: float, is_told: bool) -> None:
    def thicken(data: Dataset, index: int) -> None:
        if index == 3:
            data.SliceThickness = str(other_mm)

    found = report(tmp_path, edit=thicken)
    assert found.has(WarningCode.MIXED_THICKNESS) == is_told
    assert found.thicknesses_mm == ((5.0, 5.001) if is_told else (5.0,))


@pytest.mark.parametrize(("kind", "is_hu"), [("HU", True), ("HU_MOD", True), ("US", False), ("HO", False)])
def test_values_are_hu_where_the_file_says_so_in_any_of_its_words(tmp_path: Path, kind: str, is_hu: bool) -> None:
    def state(data: Dataset, index: int) -> None:
        data.RescaleType = kind

    assert report(tmp_path, edit=state).has(WarningCode.NOT_HOUNSFIELD) != is_hu


def test_without_thickness_nothing_is_said_of_it(tmp_path: Path) -> None:
    found = report(tmp_path, thickness_mm=None)
    assert found.verdict is Verdict.VOLUME
    assert found.thicknesses_mm == ()


def test_missing_positions_make_a_stack_ordered_by_number(tmp_path: Path) -> None:
    phantom, series = read(tmp_path, without_position=(4,), instance_order="superior_first")
    assert series.report.verdict is Verdict.STACK_2D
    assert series.report.reason == "1 of 10 slices has no position in space."
    assert series.report.has(WarningCode.ORDER_BY_INSTANCE_NUMBER)
    assert [one.sop_instance_uid for one in series.slices] == list(phantom.sop_uids)
    assert series.position_mm[4] is None


def test_a_file_without_instance_number_or_position_comes_last(tmp_path: Path) -> None:
    def strip(data: Dataset, index: int) -> None:
        if index == 2:
            del data.InstanceNumber

    _, series = read(tmp_path, without_position=range(10), edit=strip)
    assert [one.instance_number for one in series.slices] == [1, 2, 3, 4, 5, 6, 7, 9, 10, None]


def test_images_that_share_positions_are_no_volume(tmp_path: Path) -> None:
    write_phantom(tmp_path / "a", **SMALL)

    def other(data: Dataset, index: int) -> None:
        data.SOPInstanceUID = f"1.2.3.{index}"
        data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID

    write_phantom(tmp_path / "b", **SMALL, edit=other)
    (series,) = finish(discover(tmp_path)).series
    assert series.report.verdict is Verdict.STACK_2D
    assert "10 pairs, the first are slices 1 and 2" in series.report.reason
    assert series.report.reason == message(series.report, WarningCode.DUPLICATE_POSITIONS)


def test_exact_copies_leave_a_volume_with_a_warning(tmp_path: Path) -> None:
    found = report(tmp_path, duplicated=(2, 5))
    assert found.verdict is Verdict.VOLUME_WITH_WARNINGS
    assert message(found, WarningCode.DUPLICATE_FILES) == "2 exact copies of images left out."
    assert len(found.steps_mm) == 9


def test_contradicting_copies_are_refused(tmp_path: Path) -> None:
    write_phantom(tmp_path / "a", **SMALL)
    write_phantom(tmp_path / "b", **SMALL, brain=False)
    (series,) = finish(discover(tmp_path)).series
    assert series.report.verdict is Verdict.REFUSED
    assert "10 images carry the identifier of another" in series.report.reason


@pytest.mark.parametrize(("count", "verdict"), [(1, Verdict.STACK_2D), (4, Verdict.STACK_2D), (5, Verdict.VOLUME)])
def test_few_slices_are_no_volume(tmp_path: Path, count: int, verdict: Verdict) -> None:
    assert report(tmp_path, slices=count).verdict is verdict


@pytest.mark.parametrize(
    "options",
    [
        {"slope": None, "intercept": None},
        {"slope": None},
        {"intercept": None},
        {"edit": lambda data, index: setattr(data, "RescaleType", "OD")},
    ],
)
def test_values_that_are_not_hu_are_not_scored(tmp_path: Path, options: dict) -> None:
    found = report(tmp_path, **options)
    assert found.verdict is Verdict.STACK_2D
    assert found.has(WarningCode.NOT_HOUNSFIELD)
    assert "10 of 10 slices" in found.reason


def test_a_series_that_is_not_axial_is_not_scored(tmp_path: Path) -> None:
    found = report(tmp_path, orientation="coronal")
    assert found.verdict is Verdict.STACK_2D
    assert "not axial" in found.reason
    assert found.spacing_mm == pytest.approx(5.0)


def test_localizers_and_captures_are_no_volumes(tmp_path: Path) -> None:
    write_scout(tmp_path)
    write_capture(tmp_path)
    reports = [series.report for series in finish(discover(tmp_path)).series]
    assert [found.verdict for found in reports] == [Verdict.STACK_2D] * 2
    assert "localizer" in reports[0].reason
    assert "captures" in reports[1].reason
    assert reports[1].has(WarningCode.NOT_HOUNSFIELD)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ({"contrast_agent": "Iomeprol"}, WarningCode.CONTRAST, "contrast"),
        ({"patient_age": "007Y"}, WarningCode.CHILD, "under 18"),
        ({"spacing_mm": (5, 5)}, WarningCode.UNUSUAL_FIELD_OF_VIEW, "80 x 80 mm"),
        ({"spacing_mm": (30, 30)}, WarningCode.UNUSUAL_FIELD_OF_VIEW, "480 x 480 mm"),
        ({"extra": {"LossyImageCompression": "01"}}, WarningCode.LOSSY, "10 of 10"),
        ({"preamble": False}, WarningCode.ENCODING, "no DICOM preamble (10 images)"),
    ],
)
def test_findings_about_the_images(tmp_path: Path, options: dict, code: WarningCode, words: str) -> None:
    found = report(tmp_path, **options)
    assert found.verdict is Verdict.VOLUME_WITH_WARNINGS
    assert [warning.code for warning in found.warnings] == [code]
    assert words in message(found, code)


def test_one_slice_that_names_an_agent_is_enough(tmp_path: Path) -> None:
    def inject(data: Dataset, index: int) -> None:
        if index == 7:
            data.ContrastBolusAgent = "Iomeprol"

    assert report(tmp_path, edit=inject).has(WarningCode.CONTRAST)


def test_three_images_at_one_place_among_others_are_named_with_their_slices(tmp_path: Path) -> None:
    found = report(tmp_path, steps_mm=[5, 5, 0, 0, 5, 5, 5, 5, 5])
    (told,) = [w for w in found.warnings if w.code is WarningCode.DUPLICATE_POSITIONS]
    assert told.slices == (2, 3, 4)
    assert found.verdict is Verdict.STACK_2D


def test_a_stranger_in_the_series_is_named_and_shown_apart(tmp_path: Path) -> None:
    write_phantom(tmp_path / "a", **SMALL)
    write_phantom(tmp_path / "b", **{**SMALL, "slices": 1, "orientation": "sagittal"}, edit=_own_uid)
    volume, scout = finish(discover(tmp_path)).series
    assert message(volume.report, WarningCode.MIXED_ORIENTATION).startswith("1 image of this series lies otherwise")
    assert volume.report.verdict is Verdict.VOLUME_WITH_WARNINGS
    assert len(scout.slices) == 1


def _own_uid(data: Dataset, index: int) -> None:
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4"


def test_random_irregular_stacks_never_break_the_gate(tmp_path: Path) -> None:
    draw = np.random.default_rng(11)
    for trial in range(8):
        steps = draw.choice([0.0, 0.5, 5.0, 50.0], size=9)
        found = report(tmp_path / str(trial), steps_mm=steps, thickness_mm=float(draw.choice([1.0, 5.0])))
        assert found.verdict is (Verdict.STACK_2D if (steps == 0).any() else Verdict.VOLUME_WITH_WARNINGS)
        assert found.steps_mm == pytest.approx(tuple(steps), abs=1e-3)
