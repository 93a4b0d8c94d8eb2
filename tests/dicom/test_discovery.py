"""Folders as they come: junk, reports, scouts, captures, several series, faults."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leukoviewer.core.geometry import Verdict
from leukoviewer.core.progress import Progress, finish
from leukoviewer.core.series import Catalog, SeriesKind
from leukoviewer.dicom.discovery import CAPTURE_WINDOW, discover
from leukoviewer.dicom.layouts import Layouts
from leukoviewer.errors import NothingReadableError
from tests.phantom import write_capture, write_phantom, write_report, write_scout

SMALL = {"rows": 16, "columns": 16, "slices": 10, "spacing_mm": (14, 14)}


def catalog(root: Path) -> Catalog:
    return finish(discover(root))


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A folder as hospitals burn it: two axial series, a scout, a capture, a dose report, a viewer, a DICOMDIR."""
    write_scout(tmp_path / "DICOM/S1", extension="")
    write_phantom(tmp_path / "DICOM/S2", **SMALL, extension="", series="soft", series_number=2)
    write_phantom(tmp_path / "DICOM/S3", **SMALL, series="bone", series_number=3, kernel="H60s")
    write_capture(tmp_path / "DICOM/S4")
    write_report(tmp_path / "DICOM/S5")
    (tmp_path / "VIEWER").mkdir()
    (tmp_path / "VIEWER/run.exe").write_bytes(b"MZ" + b"\0" * 5000)
    (tmp_path / "README.TXT").write_text("insert the disc")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "DICOMDIR").write_bytes(b"\0" * 128 + b"DICM" + b"\x02\0\x02\0UI\x14\x001.2.840.10008.1.3.10")
    return tmp_path


def test_a_whole_disc_becomes_a_catalog(study: Path) -> None:
    found = catalog(study)
    assert [(one.series_number, one.kind, len(one.slices)) for one in found.series] == [
        (2, SeriesKind.AXIAL, 10),
        (3, SeriesKind.AXIAL, 10),
        (1, SeriesKind.LOCALIZER, 1),
        (9, SeriesKind.SECONDARY_CAPTURE, 1),
    ]
    assert [one.report.verdict for one in found.series] == [Verdict.VOLUME] * 2 + [Verdict.STACK_2D] * 2
    assert dict(found.others) == {"Dose report": 1, "DICOMDIR": 1}
    assert dict(found.skipped) == {"not DICOM": 3}
    assert found.suggestion.key == found.series[0].key


def test_a_dicomdir_opens_its_folder(study: Path) -> None:
    assert len(catalog(study / "DICOMDIR").series) == 4


def test_a_single_file_is_a_series_of_one(study: Path) -> None:
    (only,) = catalog(study / "DICOM/S2/I10").series
    assert len(only.slices) == 1
    assert only.report.verdict is Verdict.STACK_2D


def test_header_facts_reach_the_series(study: Path) -> None:
    first = catalog(study).series[0]
    assert (first.modality, first.kernel, first.body_part) == ("CT", "H30s", "HEAD")
    assert (first.patient.patient_id, first.patient.age_years) == ("PHANTOM-1", 61)
    assert (first.description, first.study_description, first.study_date) == ("Head 5.0 H30s", "Head", "20240102")
    assert [(window.center, window.width) for window in first.windows] == [(40, 80)]


def test_captures_carry_the_window_that_shows_them_as_they_are(study: Path) -> None:
    assert catalog(study).series[-1].windows == (CAPTURE_WINDOW,)


def test_nothing_of_two_patients_is_mixed(tmp_path: Path) -> None:
    for patient in ("A", "B"):
        write_phantom(tmp_path / patient, **SMALL, patient_id=patient)
    found = catalog(tmp_path)
    assert sorted(one.patient.patient_id for one in found.series) == ["A", "B"]
    assert all(len(one.slices) == 10 for one in found.series)


def test_progress_counts_files_to_the_end(study: Path) -> None:
    steps: list[Progress] = []
    finish(discover(study), on_progress=steps.append)
    counted = [step for step in steps if step.total]
    assert counted[0].done == 0
    assert counted[-1].done == counted[-1].total == sum(path.is_file() for path in study.rglob("*"))
    assert [step.done for step in counted] == sorted(step.done for step in counted)


def test_discovery_can_be_stopped_between_two_steps(study: Path) -> None:
    work = discover(study)
    next(work)
    work.close()
    with pytest.raises(StopIteration):
        next(work)


@pytest.mark.parametrize("content", [None, b"", b"no scan here"])
def test_a_place_without_images_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    with pytest.raises(NothingReadableError, match="choose the folder") as caught:
        catalog(tmp_path)
    assert str(tmp_path) not in str(caught.value)
    assert caught.value.exit_code == 3


def test_a_place_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NothingReadableError, match="no such file"):
        catalog(tmp_path / "gone")


def test_only_reports_is_named_as_such(tmp_path: Path) -> None:
    write_report(tmp_path)
    with pytest.raises(NothingReadableError, match="1 x Dose report"):
        catalog(tmp_path)


@pytest.mark.parametrize(
    ("files", "words"), [(0, "read here; choose"), (1, "1 file that is not DICOM)"), (3, "3 files that are not DICOM)")]
)
def test_what_is_found_instead_of_a_scan_is_told_in_words(tmp_path: Path, files: int, words: str) -> None:
    for number in range(files):
        (tmp_path / f"{number}.txt").write_text("no scan")
    with pytest.raises(NothingReadableError) as caught:
        catalog(tmp_path)
    assert words in str(caught.value)


def test_a_place_that_may_not_be_read_is_not_told_to_hold_no_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_phantom(tmp_path, **SMALL)

    def refuse(_layouts: Layouts, _path: Path) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Layouts, "read", refuse)
    with pytest.raises(NothingReadableError, match="You have no permission to read what lies here; ask for it"):
        catalog(tmp_path)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (PermissionError(13, "Permission denied"), "no permission"),
        (OSError(5, "Input/output error"), "unreadable file"),
        (RecursionError(), "damaged DICOM file"),
        (MemoryError(), "damaged DICOM file"),
        (OverflowError(), "damaged DICOM file"),
    ],
)
def test_a_file_that_cannot_be_read_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, reason: str
) -> None:
    phantom = write_phantom(tmp_path, **SMALL)
    read = Layouts.read

    def refuse(layouts: Layouts, path: Path) -> object:
        if path == phantom.files[0]:
            raise fault
        return read(layouts, path)

    monkeypatch.setattr(Layouts, "read", refuse)
    found = catalog(tmp_path)
    assert dict(found.skipped) == {reason: 1}
    assert len(found.series[0].slices) == 9


def test_damaged_files_never_stop_the_others(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path / "sound", **SMALL)
    draw = random.Random(3)
    (tmp_path / "damaged").mkdir()
    for number in range(120):
        data = bytearray(phantom.files[number % 10].read_bytes())
        for _ in range(12):
            data[draw.randrange(130, 1400)] = draw.randrange(256)
        (tmp_path / "damaged" / str(number)).write_bytes(data[: draw.choice((len(data), 700, 400))])
    found = catalog(tmp_path)
    sound = found.find(phantom.series_uid)
    assert sound is not None
    assert sum(len(one.slices) for one in found.series) + sum(n for _, n in found.others + found.skipped) <= 130


def test_names_of_any_alphabet_are_read(tmp_path: Path) -> None:
    phantom = write_phantom(tmp_path / "Köpfe" / "頭部 CT", **SMALL)
    shutil.move(phantom.files[0], phantom.folder / "снимок №1.dcm")
    assert len(catalog(tmp_path).series[0].slices) == 10


def test_discovery_and_loading_need_no_pydicom(tmp_path: Path) -> None:
    write_phantom(tmp_path, **SMALL)
    code = (
        "import sys\nfrom pathlib import Path\nfrom leukoviewer.core.progress import finish\n"
        "from leukoviewer.dicom.discovery import discover\nfrom leukoviewer.dicom.loader import load\n"
        f"volume = finish(load(finish(discover(Path({str(tmp_path)!r}))).series[0]))\n"
        "sys.exit(len(volume) * 1000 + sum(name in sys.modules for name in ('pydicom', 'torch', 'PySide6', 'skimage')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.returncode == 10_000 % 256
