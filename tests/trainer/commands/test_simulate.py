"""``leuko-trainer simulate`` from its arguments to the folder."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from leukoviewer.dicom import writer
from leukoviewer.errors import UsageError
from tests.trainer.simulation.conftest import few_slices, simulation_home, template, warm_home
from trainer.commands import simulate
from trainer.simulation import recruit, storage

__all__ = ["few_slices", "simulation_home", "template", "warm_home"]


def _parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    simulate.add_parser(parser.add_subparsers(dest="command"))
    return parser.parse_args(["simulate", *arguments])


def test_choices_are_those_of_the_simulator() -> None:
    assert set(simulate.COHORTS) == set(recruit.PLANS)
    assert simulate.FORMATS == storage.FORMATS
    assert set(simulate.TRANSFER_SYNTAXES) == set(writer.TRANSFER_SYNTAXES)


@pytest.mark.usefixtures("warm_home", "few_slices")
@pytest.mark.parametrize("form", ["dicom", "stacks"])
def test_it_fills_the_folder_and_says_what_is_in_it(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "cohort"
    arguments = (
        "--patients",
        "2",
        "--seed",
        "3",
        "--out",
        str(out),
        "--workers",
        "1",
        "--device",
        "cpu",
        "--format",
        form,
    )
    assert simulate.run(_parse(*arguments)) == 0
    said = capsys.readouterr()
    assert said.out.startswith("2 simulated patients, ")
    assert "Simulating 2 of 2 patients" in said.err
    assert re.search(r"\(about 0\.0 GB; \d+\.\d GB are free\)", said.err)
    assert len(list((out / "patients").iterdir())) == 2
    assert simulate.run(_parse(*arguments)) == 0
    assert "(0 new)" in capsys.readouterr().out


@pytest.mark.usefixtures("warm_home", "few_slices")
def test_a_compressed_encoding_can_be_asked_for(tmp_path: Path) -> None:
    import pydicom

    arguments = ("--patients", "1", "--out", str(tmp_path / "c"), "--workers", "1", "--transfer-syntax", "jpegls")
    assert simulate.run(_parse(*arguments)) == 0
    (first, *_) = sorted((tmp_path / "c" / "patients").rglob("*.dcm"))
    dataset = pydicom.dcmread(first)
    assert dataset.file_meta.TransferSyntaxUID == pydicom.uid.JPEGLSLossless
    assert dataset.pixel_array.shape == (512, int(dataset.Columns))


@pytest.mark.parametrize("given", [("--out", "somewhere"), ("--patients", "3"), ()])
def test_number_and_folder_must_be_given(given: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="--patients N and --out DIR"):
        simulate.run(_parse(*given))


@pytest.mark.parametrize("number", ["0", "-5", "100000"])
def test_an_impossible_number_is_one_sentence(number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="number of patients must lie between 1 and 99999"):
        simulate.run(_parse("--patients", number, "--out", str(tmp_path / "out"), "--workers", "1"))
    assert not (tmp_path / "out").exists()
    assert capsys.readouterr().err == ""


def test_an_unknown_cohort_is_told_with_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        _parse("--cohort", "papers", "--patients", "1", "--out", "somewhere")
    assert "choose from 'paper', 'external', 'stress'" in capsys.readouterr().err
