"""Every case is read under several names and orders of its files, with one decoding process for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leukoviewer.dicom.decode_process import DecodeProcess
from tests.dicom_cases.reading import ARRANGEMENTS, Desk


@pytest.fixture(scope="session")
def decoder() -> Iterator[DecodeProcess]:
    """One decoding process for all cases; it starts at the first compressed frame."""
    with DecodeProcess() as process:
        yield process


@pytest.fixture(params=ARRANGEMENTS)
def desk(request: pytest.FixtureRequest, tmp_path: Path, decoder: DecodeProcess) -> Desk:
    """A folder whose files are read as written, under reversed names, and strewn over folders."""
    (tmp_path / "files").mkdir()
    return Desk(tmp_path / "files", request.param, decoder)


@pytest.fixture
def table(tmp_path: Path, decoder: DecodeProcess) -> Desk:
    """A folder that is read as it was written, where names are part of the case."""
    (tmp_path / "files").mkdir()
    return Desk(tmp_path / "files", "as written", decoder)
