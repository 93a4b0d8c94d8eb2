"""Files of every cohort and protocol are CT Image Storage without an error, as dciodvfy (dicom3tools) judges."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.trainer.simulation.records import record_of
from trainer.simulation import storage
from trainer.simulation.patient import simulate
from trainer.simulation.protocol import PROTOCOLS, Protocol
from trainer.simulation.recruit import PLANS
from trainer.simulation.scanner import SCANNERS
from trainer.simulation.template import Template

CHECKER = shutil.which("dciodvfy")
pytestmark = pytest.mark.skipif(CHECKER is None, reason="dciodvfy (Debian package dicom3tools) is not on this machine")

# Every protocol with a scanner that is used with it, so that every scanner of every cohort is met.
CASES = sorted(
    {
        (cohort, protocol, tuple(plan.scanners)[number % len(plan.scanners)])
        for cohort, plan in PLANS.items()
        for number, protocol in enumerate(plan.protocols)
    }
)


def _complaints(path: Path) -> list[str]:
    """What the checker calls an error; it tells everything else as warnings."""
    assert CHECKER is not None
    run = subprocess.run([CHECKER, str(path)], check=False, capture_output=True, text=True, errors="replace")
    lines = (run.stdout + run.stderr).splitlines()
    assert "CTImage" in lines, "the checker took the file for something else"
    return [line for line in lines if line.startswith("Error")]


def test_the_cases_meet_every_protocol_and_scanner() -> None:
    assert {protocol for _, protocol, _ in CASES} == set(PROTOCOLS)
    assert {scanner for _, _, scanner in CASES} == set(SCANNERS)


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_the_checker_finds_no_error(
    case: tuple[str, str, str], template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real thickness, tilt and columns; only the slices lie far apart."""
    cohort, protocol, scanner = case
    real = PROTOCOLS[protocol]
    sparse = Protocol((real.low[0], 70.0), (real.high[0], 70.0), min(real.low_slices, 1), real.tilt_deg, real.columns)
    monkeypatch.setitem(PROTOCOLS, protocol, sparse)
    record = record_of(cohort=cohort, protocol=protocol, scanner=scanner, seed=CASES.index(case))
    storage.write_patient(tmp_path, simulate(record, template), form="dicom", transfer_syntax="explicit")
    files = sorted(tmp_path.rglob("*.dcm"))
    assert len(files) >= 2
    for path in (files[0], files[-1]):
        assert _complaints(path) == []


@pytest.mark.parametrize("encoding", ["rle", "j2k", "jpegls"])
def test_nor_in_a_compressed_one(
    encoding: str, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PROTOCOLS, "thick_5_wide", Protocol((5.0, 70.0), (5.0, 70.0), 0, (0.0, 0.0), 600))
    patient = simulate(record_of(protocol="thick_5_wide"), template)
    storage.write_patient(tmp_path, patient, form="dicom", transfer_syntax=encoding)
    assert _complaints(next(tmp_path.rglob("*.dcm"))) == []


def test_the_checker_does_complain_of_a_file_with_a_fault(template: Template, tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    import pydicom

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(PROTOCOLS, "thick_5", Protocol((5.0, 70.0), (5.0, 70.0)))
        patient = simulate(record_of(), template)
    storage.write_patient(tmp_path, patient, form="dicom", transfer_syntax="explicit")
    path = next(tmp_path.rglob("*.dcm"))
    dataset = pydicom.dcmread(path)
    del dataset.RescaleSlope
    dataset.save_as(path)
    assert any("RescaleSlope" in line for line in _complaints(path))
