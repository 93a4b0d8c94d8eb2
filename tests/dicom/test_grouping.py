"""Groups that can be one series: nobody and nothing is mixed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pydicom.dataset import Dataset

from leukoviewer.core.progress import Progress, finish
from leukoviewer.core.series import SeriesKind
from leukoviewer.dicom.acquisitions import most_at_one_position
from leukoviewer.dicom.grouping import Group, group_images
from leukoviewer.dicom.header import Image, read_images
from tests.phantom import Phantom, write_capture, write_enhanced, write_phantom, write_scout

SMALL = {"rows": 16, "columns": 16, "slices": 6, "spacing_mm": (14, 14)}


def images(folder: Path) -> list[Image]:
    return [image for path in sorted(folder.rglob("*.dcm")) for image in read_images(path)]


def groups(folder: Path) -> tuple[Group, ...]:
    return finish(group_images(images(folder)))


def small(folder: Path, **options: object) -> Phantom:
    return write_phantom(folder, **{**SMALL, **options})


@pytest.mark.parametrize("changed", ["patient_id", "study", "series"])
def test_patients_studies_and_series_are_never_mixed(tmp_path: Path, changed: str) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b", **{changed: "another"})
    assert [len(group.images) for group in groups(tmp_path)] == [6, 6]


def test_patients_with_one_series_uid_stay_apart(tmp_path: Path) -> None:
    first = small(tmp_path / "a")

    def steal(data: Dataset, index: int) -> None:
        data.SeriesInstanceUID, data.StudyInstanceUID = first.series_uid, first.study_uid

    for other in ("b", "c", "d"):
        small(tmp_path / other, patient_id=other, edit=steal)
    found = groups(tmp_path)
    assert [group.key for group in found] == [first.series_uid, *(f"{first.series_uid}@{n}" for n in (2, 3, 4))]
    assert [len({image.facts.patient.patient_id for image in group.images}) for group in found] == [1] * 4


def test_an_unsplit_series_keeps_its_uid_as_key(tmp_path: Path) -> None:
    phantom = small(tmp_path)
    (only,) = groups(tmp_path)
    assert only.key == phantom.series_uid
    assert only.apart == only.dropped == only.conflicts == 0


def same_series(folder: Path, first: dict, second: dict) -> tuple[Group, ...]:
    small(folder / "a", **first)

    def renumber(data: Dataset, index: int) -> None:
        data.SOPInstanceUID = f"1.2.3.{index}"
        data.file_meta.MediaStorageSOPInstanceUID = data.SOPInstanceUID

    small(folder / "b", **{"edit": renumber, **second})
    return groups(folder)


@pytest.mark.parametrize(
    ("second", "kind"),
    [
        ({"slices": 1, "orientation": "sagittal"}, SeriesKind.LOCALIZER),
        ({"slices": 6, "orientation": "coronal"}, SeriesKind.NON_AXIAL),
        ({"slices": 2, "rows": 24}, SeriesKind.AXIAL),
        ({"slices": 2, "spacing_mm": (14.01, 14)}, SeriesKind.AXIAL),
        ({"slices": 4, "tilt_deg": 12}, SeriesKind.AXIAL),
    ],
)
def test_a_series_is_split_by_orientation_matrix_and_spacing(tmp_path: Path, second: dict, kind: SeriesKind) -> None:
    found = same_series(tmp_path, {"slices": 8}, second)
    assert [group.key.rpartition("#")[2] for group in found] == ["1", "2"]
    assert [len(group.images) for group in found] == [8, second["slices"]]
    assert [group.kind for group in found] == [SeriesKind.AXIAL, kind]
    assert [group.apart for group in found] == [second["slices"], 8]


def test_cosines_that_differ_by_rounding_are_one_orientation(tmp_path: Path) -> None:
    assert len(same_series(tmp_path, {}, {"tilt_deg": 0.3, "top_mm": 600.0})) == 1


def test_phases_at_the_same_positions_are_split_by_acquisition(tmp_path: Path) -> None:
    found = same_series(tmp_path, {"acquisition": 1}, {"acquisition": 2})
    assert [len(group.images) for group in found] == [6, 6]
    assert [{image.acquisition_number for image in group.images} for group in found] == [{1}, {2}]
    assert [group.apart for group in found] == [0, 0]


def test_alternating_acquisitions_of_which_one_image_has_no_position_stay_together(tmp_path: Path) -> None:
    def lose(data: Dataset, index: int) -> None:
        if index == 3:
            del data.ImagePositionPatient

    small(tmp_path, slices=12, steps_mm=[2, 3] * 5 + [2], acquisition=[1, 2] * 6, edit=lose)
    assert [len(group.images) for group in groups(tmp_path)] == [12]


@pytest.mark.parametrize(
    ("steps", "acquisitions", "sizes"),
    [
        ([2, 2, 2, 4] * 2 + [2, 2, 2], [1, 2, 3, 4] * 3, [3, 3, 3, 3]),
        # Each is even to a hundredth: 5 and 5.04 mm.
        ([2, 3, 2, 3.04, 2, 3, 2], [1, 2] * 4, [4, 4]),
        ([2, 3, 2, 3.07, 2, 3, 2], [1, 2] * 4, [8]),
        # Two slices have no spacing that could be called even.
        ([2, 3, 2], [1, 2] * 2, [4]),
        ([2, 3, 2, 3, 2], [1, 2] * 3, [3, 3]),
        # One lies within a gap of the other.
        ([10, 2, 3, 3, 2, 10], [1, 1, 2, 2, 2, 1, 1], [4, 3]),
    ],
)
def test_alternating_acquisitions_are_split_where_each_is_even(
    tmp_path: Path, steps: list[float], acquisitions: list[int], sizes: list[int]
) -> None:
    small(tmp_path, slices=len(acquisitions), steps_mm=steps, acquisition=acquisitions)
    assert [len(group.images) for group in groups(tmp_path)] == sizes


@pytest.mark.parametrize(("steps", "most"), [([5.0], 1), ([0.0], 2), ([5, 0, 0, 5], 3)])
def test_the_most_images_at_one_position_are_counted(tmp_path: Path, steps: list[float], most: int) -> None:
    small(tmp_path, slices=len(steps) + 1, steps_mm=steps)
    assert most_at_one_position(images(tmp_path)) == most


def test_kernels_at_the_same_positions_are_split(tmp_path: Path) -> None:
    found = same_series(tmp_path, {"kernel": "H30s"}, {"kernel": "H60s"})
    assert [{image.facts.kernel for image in group.images} for group in found] == [{"H30s"}, {"H60s"}]


def test_what_leaves_images_at_one_position_does_not_tell_them_apart(tmp_path: Path) -> None:
    for number, (acquisition, kernel) in enumerate([(1, "A"), (2, "B"), (2, "C")]):

        def renumber(data: Dataset, index: int, start: int = 100 * number) -> None:
            data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"1.2.3.{start + index}"

        small(tmp_path / kernel, acquisition=acquisition, kernel=kernel, edit=renumber, series="1.2.9", study="1.2.8")
    found = groups(tmp_path)
    assert [{image.facts.kernel for image in group.images} for group in found] == [{"A"}, {"B"}, {"C"}]


def test_acquisitions_that_stack_are_one_series(tmp_path: Path) -> None:
    small(tmp_path, slices=8, acquisition=[1, 1, 2, 2, 3, 3, 4, 4])
    (only,) = groups(tmp_path)
    assert len(only.images) == 8


def test_different_images_at_one_position_that_nothing_tells_apart_stay_together(tmp_path: Path) -> None:
    (only,) = same_series(tmp_path, {}, {})
    assert len(only.images) == 12


def test_exact_copies_are_dropped_and_counted(tmp_path: Path) -> None:
    small(tmp_path / "a", duplicated=(0, 3))
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    (only,) = groups(tmp_path)
    assert len(only.images) == 6
    assert only.dropped == 10
    assert only.conflicts == 0


def test_comparing_copies_can_be_stopped_after_each(tmp_path: Path) -> None:
    small(tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    steps: list[Progress] = []
    finish(group_images(images(tmp_path)), on_progress=steps.append)
    assert steps == [Progress(0, 0, "Comparing copies")] * 6


def test_a_copy_with_another_header_and_the_same_pixels_is_a_copy(tmp_path: Path) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b", description="renamed by the archive")
    (only,) = groups(tmp_path)
    assert (len(only.images), only.dropped) == (6, 6)


def test_one_identifier_with_two_pictures_is_a_conflict(tmp_path: Path) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b", brain=False, slices=2)
    (only,) = groups(tmp_path)
    assert only.conflicts == 2


def test_copies_of_a_multi_frame_file_are_dropped(tmp_path: Path) -> None:
    for folder in "ab":
        write_enhanced(tmp_path / folder, **SMALL)
    (only,) = groups(tmp_path)
    assert (len(only.images), only.dropped) == (6, 6)


def test_files_without_uids_belong_together_by_folder(tmp_path: Path) -> None:
    def anonymous(data: Dataset, index: int) -> None:
        data.SeriesInstanceUID = data.StudyInstanceUID = data.SOPInstanceUID = ""

    small(tmp_path / "a", edit=anonymous)
    small(tmp_path / "b", edit=anonymous)
    found = groups(tmp_path)
    assert [len(group.images) for group in found] == [6, 6]
    assert len({group.key for group in found}) == 2


def test_images_without_a_position_stay_with_the_others(tmp_path: Path) -> None:
    small(tmp_path, without_position=(2,))
    (only,) = groups(tmp_path)
    assert len(only.images) == 6


def test_captures_of_any_size_are_one_series(tmp_path: Path) -> None:
    write_capture(tmp_path, name="a")
    write_capture(tmp_path, name="b", rows=32, columns=32)
    (only,) = groups(tmp_path)
    assert only.kind is SeriesKind.SECONDARY_CAPTURE
    assert len(only.images) == 2


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, SeriesKind.AXIAL),
        ({"tilt_deg": 25}, SeriesKind.AXIAL),
        ({"tilt_deg": 35}, SeriesKind.NON_AXIAL),
        ({"orientation": "prone"}, SeriesKind.AXIAL),
        ({"orientation": "coronal"}, SeriesKind.NON_AXIAL),
        ({"orientation": "sagittal"}, SeriesKind.NON_AXIAL),
        ({"orientation": "coronal", "slices": 2}, SeriesKind.LOCALIZER),
        ({"image_type": ("ORIGINAL", "PRIMARY", "LOCALIZER")}, SeriesKind.LOCALIZER),
        ({"without_position": range(6)}, SeriesKind.OTHER),
    ],
)
def test_kinds(tmp_path: Path, options: dict, kind: SeriesKind) -> None:
    small(tmp_path, **options)
    assert groups(tmp_path)[0].kind is kind


def test_a_scout_is_a_localizer(tmp_path: Path) -> None:
    write_scout(tmp_path)
    assert groups(tmp_path)[0].kind is SeriesKind.LOCALIZER
