"""``leuko-trainer evaluate`` and ``card`` from their arguments to the files."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.packages.archive import open_package
from leukoviewer.packages.install import install
from tests.trainer.finished_run import write_run
from tests.trainer.phantom_cohort import write_cohort
from trainer import cli
from trainer.data.splits import Split
from trainer.experiments.rundir import RunFolder
from trainer.simulation.recruit import PatientRecord, to_csv

PATIENTS = 6


def _with_truth(root: Path) -> Path:
    """What the simulator knows of phantom patients: a lesion in the middle of the positives' slices."""
    records = []
    (root / "truth").mkdir()
    for index in range(PATIENTS):
        name, positive = str(1000 + index), index % 2
        found = ("old_infarct",) if index < 2 else ()
        records.append(
            PatientRecord(name, "paper", 70, "F", positive, 4.0 * positive, 0.5, found, "site-a", "thick_5", index)
        )
        slices, columns = 6 + index, 48 + index
        mask = np.zeros((slices, 48, columns), bool)
        mask[2:4, 15:30, 15:30] = bool(positive)
        labels = [int(positive and 2 <= i < 4) for i in range(slices)]
        np.savez(root / "truth" / f"{name}.npz", shape=np.array(mask.shape), lesion=np.packbits(mask, axis=-1))
        told = {"slice_labels": labels, "noise_hu": 3.0 + index, "lesion_ml": 4.0 * positive}
        (root / "truth" / f"{name}.json").write_text(json.dumps(told))
    (root / "recruit.csv").write_text(to_csv(records))
    return root


def _finished(path: Path, *, changes: tuple[str, ...] = ()) -> None:
    """A finished run whose split covers the cohort."""
    write_run(path, changes=changes)
    split = Split({"train": ("1000",), "validation": ("1001",), "test": tuple(str(1002 + i) for i in range(4))})
    split.write(RunFolder(path).split)
    metrics = RunFolder(path).metrics
    held = json.loads(metrics.read_text())
    point = {**held["operating_point"], "slice_threshold": 0.02, "needed": 0}
    metrics.write_text(json.dumps({**held, "split_sha256": split.sha256, "operating_point": point}))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort of phantoms with truth, a finished run whose split covers it, and a package of that run."""
    folder = tmp_path_factory.mktemp("base")
    _with_truth(write_cohort(folder / "cohort", patients=PATIENTS))
    _finished(folder / "run")
    return folder


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text().splitlines()))


def _evaluate(base: Path, out: Path, model: str, *more: str) -> int:
    words = ["evaluate", str(base / model), "--out", str(out), "--cache", str(base / "cache"), "--device", "cpu"]
    return cli.run([*words, "--resamples", "20", "--workers", "1", *more])


@pytest.fixture(scope="module")
def package(base: Path) -> str:
    assert cli.run(["export", str(base / "run"), "--out", str(base), "--name", "leuko", "--version", "0.1"]) == 0
    return "leuko-0.1"


def test_a_packages_evaluation_becomes_its_card(
    base: Path, package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(base / "cohort"), "--split", str(base / "run" / "split.json"))
    assert _evaluate(base, tmp_path, package, *data, "--name", "paper", "--heatmaps", "--randomize") == 0
    assert "4 patients: AUC" in capsys.readouterr().out
    told = json.loads((tmp_path / "paper.json").read_text())
    assert (told["patients"], told["positive"], told["cohort"]["side"]) == (4, 2, "test")
    assert {row["by"] for row in told["subgroups"]} >= {"grade", "atrophy", "kernel", "noise", "thickness"}
    assert told["false_positive_rate"]["all"]["patients"] == 2
    assert told["heat"]["patients"] == 2
    assert told["randomization"]["maps"] == 2
    patients = _rows(tmp_path / "paper-patients.csv")
    assert [row["patient"] for row in patients] == ["1002", "1003", "1004", "1005"]
    assert {row["kernel"] for row in patients} == {"STD+"}
    assert len(_rows(tmp_path / "paper-scores.csv")) == told["slices"] == 8 + 9 + 10 + 11
    assert len(_rows(tmp_path / "paper-heat.csv")) == 9 + 11

    archive = tmp_path / "leuko.zip"
    line = ["card", str(base / package), "--evaluations", str(tmp_path / "paper.json"), "--archive", str(archive)]
    assert cli.run(line) == 0
    found = open_package(base / package)
    assert found.manifest.metrics[0].value == told["figures"]["patient"]["auc"]["value"]
    assert "Parts of `paper`" in found.card
    assert cli.run(["card", str(base / package)]) == 0
    assert open_package(base / package).sha256 == found.sha256
    assert install(archive, tmp_path / "models").sha256 == found.sha256


def test_a_run_is_evaluated_on_the_test_side_of_its_own_split(base: Path, tmp_path: Path) -> None:
    assert _evaluate(base, tmp_path, "run", "--data", str(base / "cohort")) == 0
    told = json.loads((tmp_path / "cohort.json").read_text())
    assert (told["patients"], told["cohort"]["side"]) == (4, "test")
    assert "heat" not in told


@pytest.fixture(scope="module")
def hospital(base: Path) -> Path:
    """The same patients as a hospital leaves them: their reports say who is ill, in words of its own."""
    shutil.copytree(base / "cohort" / "patients", base / "hospital")
    return base / "hospital"


# The label of the last patient is another one than the report's.
LABELS = "id,label\n1000,0\n1001,1\n1002,0\n1003,1\n1004,0\n1005,0\n"
WORDS = {"positive": "Leukoencephalopathy: present", "negative": "Leukoencephalopathy: absent"}


def test_a_runs_patients_are_labelled_as_the_run_was_trained(base: Path, hospital: Path, tmp_path: Path) -> None:
    words = tuple(f"data.{name}={json.dumps(value)}" for name, value in WORDS.items())
    _finished(tmp_path / "run", changes=words)
    assert _evaluate(base, tmp_path, str(tmp_path / "run"), "--data", str(hospital)) == 0
    told = json.loads((tmp_path / "cohort.json").read_text())
    assert (told["patients"], told["positive"]) == (4, 2)


def test_a_packages_patients_are_labelled_as_the_arguments_say(
    base: Path, hospital: Path, package: str, tmp_path: Path
) -> None:
    (tmp_path / "labels.csv").write_text(LABELS)
    data = ("--data", str(hospital), "--split", str(base / "run" / "split.json"))
    words = [word for name, value in WORDS.items() for word in (f"--{name}", value)]
    assert _evaluate(base, tmp_path, package, *data, "--name", "words", *words) == 0
    assert _evaluate(base, tmp_path, package, *data, "--name", "labels", "--labels", str(tmp_path / "labels.csv")) == 0
    told = {name: json.loads((tmp_path / f"{name}.json").read_text())["positive"] for name in ("words", "labels")}
    assert told == {"words": 2, "labels": 1}


def test_a_package_is_never_evaluated_on_patients_that_it_may_have_learned_from(
    base: Path, package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _evaluate(base, tmp_path, package, "--data", str(base / "cohort")) == 2
    assert "--split" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_scan_is_looked_at(base: Path, package: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scan = str(base / "cohort" / "patients" / "1003")
    assert _evaluate(base, tmp_path, package, "--scan", scan, "--diseased", "3-5", "--infarct", "1-9,0-9,0-9") == 0
    told = json.loads((tmp_path / "real.json").read_text())
    assert told["scan"]["diseased"]["slices"] == [3, 5]
    assert len(told["scan"]["slices"]) == 9
    assert "of 9 slices positive" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--diseased", "5"), "is no range"),
        (("--diseased", "7-5"), "is no range"),
        (("--infarct", "1-2,3-4"), "A rectangle is three ranges"),
        (("--name", "../x"), "The name of an evaluation"),
    ],
)
def test_impossible_arguments_end_in_one_sentence(
    base: Path, package: str, capsys: pytest.CaptureFixture[str], more: tuple[str, str], told: str
) -> None:
    scan = str(base / "cohort" / "patients" / "1003")
    assert _evaluate(base, base / "out", package, "--scan", scan, *more) == 2
    assert told in capsys.readouterr().err
    assert not (base / "out").exists()


def test_what_is_neither_run_nor_package_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["evaluate", str(tmp_path), "--data", str(tmp_path), "--out", str(tmp_path / "out")]) == 2
    assert "holds no run" in capsys.readouterr().err
