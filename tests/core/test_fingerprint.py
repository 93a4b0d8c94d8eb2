"""Names of series that tell nothing of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from leukoviewer.core import measurement_file
from leukoviewer.core.fingerprint import fingerprint
from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from tests.phantom import write_phantom


def test_two_patients_with_the_same_identifiers_have_files_and_names_of_their_own(tmp_path: Path) -> None:
    one = finish(discover(write_phantom(tmp_path / "a", slices=3, patient_id="a").folder)).series[0]
    other = replace(one, patient=replace(one.patient, patient_id="b"))
    assert fingerprint(one) != fingerprint(other)
    assert measurement_file.file_of(one) != measurement_file.file_of(other)
    again = finish(discover(tmp_path / "a")).series[0]
    assert fingerprint(again) == fingerprint(one)
