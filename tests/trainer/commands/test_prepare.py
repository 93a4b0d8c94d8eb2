"""``leuko-trainer prepare`` on phantom patients, and the sentences about data that cannot be used."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.trainer.phantom_cohort import write_cohort, write_patient
from trainer.cli import run
from trainer.commands.prepare import recipe_named


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort of four patients and one without brain, with a cache that tests share."""
    root = tmp_path_factory.mktemp("base")
    write_cohort(root / "cohort", patients=4)
    write_patient(root / "cohort" / "patients", 7, label=0, brain=False)
    return root


def _prepare(base: Path, data: Path, *more: str) -> int:
    return run(["prepare", "--data", str(data), "--cache", str(base / "cache"), "--workers", "1", *more])


def test_it_describes_the_data_and_fills_the_cache(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = base / "out"
    assert _prepare(base, base / "cohort", "--recipe", "A", "--recipe", "leuko-b", "--out", str(out)) == 0
    told = capsys.readouterr()
    for words in ("Usable", "2 / 2 (50.0% with)", "Phantom Works", "No brain was found"):
        assert words in told.out
    assert "GB are free" in told.err
    for told_name in ("1001", "1007", "Phantom^Head"):
        assert told_name not in told.out
    described = json.loads((out / "fingerprint.json").read_text())
    assert described["schema"] == "leukoviewer.fingerprint/1"
    assert described["patients"]["usable"] == 4
    assert "| Usable | 4 |" in (out / "fingerprint.md").read_text()
    assert (out / "left_out.csv").read_text().splitlines()[1].startswith("1007,No brain")
    folders = sorted(path.name[:7] for path in (base / "cache").glob("leuko-*"))
    assert folders == ["leuko-a", "leuko-b"]
    assert len(list((base / "cache").rglob("*.npy"))) == 8


def test_a_list_of_folders_is_prepared(base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{base / 'cohort' / 'patients' / name},{label}" for name, label in (("1000", 0), ("1001", 1))]
    (tmp_path / "list.csv").write_text("\n".join(["folder,label", *rows]))
    assert _prepare(base, tmp_path / "list.csv") == 0
    assert "1 / 1 (50.0% with)" in capsys.readouterr().out


def _hospital(root: Path, base: Path) -> Path:
    for name in ("1000", "1001"):
        shutil.copytree(base / "cohort" / "patients" / name, root / name)
    return root


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (None, "the report <id>.json is missing"),
        ("{", "the report <id>.json is damaged"),
        ('{"finding": "normal"}', "the finding is not understood"),
        ('{"finding": "Leukoencephalopathy: present. Leukoencephalopathy: absent."}', "says both"),
        ('{"report": "x"}', "no text under 'finding'"),
    ],
)
def test_a_report_that_gives_no_label_is_told_with_the_way_out(
    report: str | None, words: str, base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _hospital(tmp_path / "hospital", base)
    shutil.copytree(root / "1000", root / "2000")
    (root / "2000" / "1000.json").unlink()
    if report is not None:
        (root / "2000" / "2000.json").write_text(report)
    rule = ["--positive", r"pathy: present\.", "--negative", r"pathy: absent\."]
    assert _prepare(base, root, *rule, "--out", str(tmp_path / "out")) == 0
    told = capsys.readouterr().out
    assert words in told
    assert "(--labels)" in told
    assert (tmp_path / "out" / "left_out.csv").read_text().splitlines()[1].startswith("2000,")


def test_labels_come_from_a_csv_when_one_is_given(base: Path, tmp_path: Path) -> None:
    root = _hospital(tmp_path / "hospital", base)
    (tmp_path / "labels.csv").write_text("id,label\n1000,with\n1001,without\n")
    assert _prepare(base, root, "--labels", str(tmp_path / "labels.csv"), "--out", str(tmp_path / "out")) == 0
    described = json.loads((tmp_path / "out" / "fingerprint.json").read_text())
    assert described["categories"]["matrix"] == [
        {"value": "48 x 48", "patients": 1, "positive": 1},
        {"value": "48 x 49", "patients": 1, "positive": 0},
    ]


def test_a_series_that_cannot_be_read_is_left_out_with_the_reason(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _hospital(tmp_path / "hospital", base)
    shutil.copytree(root / "1000", root / "2000")
    (root / "2000" / "1000.json").rename(root / "2000" / "2000.json")
    for path in (root / "2000").glob("*.dcm"):
        # The header stays, the pixels are cut off.
        os.truncate(path, path.stat().st_size - 48 * 48)
    rule = ["--positive", r"pathy: present\.", "--negative", r"pathy: absent\."]
    assert _prepare(base, root, *rule, "--out", str(tmp_path / "out")) == 0
    reasons = (tmp_path / "out" / "left_out.csv").read_text().splitlines()[1:]
    assert len(reasons) == 1
    assert reasons[0].startswith("2000,")
    assert "read" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--recipe", "Z"], 2, "There is no recipe 'Z'; choose one of A, B, C"),
        (["--source", "cloud"], 2, "choose one of auto"),
        (["--source", "hospital"], 2, "with a label"),
        (["--source", "csv"], 2, "cannot be read as a table"),
        (["--source", "hospital", "--positive", "("], 2, "no regular expression"),
        (["--source", "hospital", "--labels", "absent.csv"], 2, "cannot be read as a table"),
    ],
)
def test_an_impossible_request_is_one_sentence(
    more: list[str], code: int, words: str, base: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _prepare(base, base / "cohort", *more) == code
    told = capsys.readouterr().err
    assert told.startswith("leuko-trainer: ")
    assert words in told
    assert len(told.splitlines()) == 1


def test_a_cache_of_another_version_stops_with_the_way_out(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache.json").write_text('{"schema": "leukoviewer.stack-cache/1", "version": 1}')
    assert run(["prepare", "--data", str(base / "cohort"), "--cache", str(tmp_path)]) == 2
    assert "remove it, or choose another with --cache" in capsys.readouterr().err


def test_the_letters_of_the_paper_are_recipes() -> None:
    assert [recipe_named(name).id for name in ("A", "b", "C", "leuko-a-slab5")] == [
        "leuko-a",
        "leuko-b",
        "leuko-c",
        "leuko-a-slab5",
    ]
