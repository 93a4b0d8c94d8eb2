"""Finding patients and reading labels from reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from tests.trainer.phantom_cohort import write_cohort, write_patient
from trainer.data.sources.hospital import LabelRule, read_cases
from trainer.data.sources.registry import open_source, rule_of
from trainer.data.sources.simulated import RULE, is_cohort
from trainer.experiments.config import DataConfig

DEFAULT = LabelRule(DataConfig().positive, DataConfig().negative)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Marked leukoencephalopathy.", 1),
        ("LEUKOARAIOSIS grade 2", 1),
        ("No leukoencephalopathy.", 0),
        ("No signs of leukoencephalopathy", 0),
        ("Brain without leukoaraiosis.", 0),
        ("Normal head CT.", None),
    ],
)
def test_the_default_rule_reads_usual_findings(text: str, label: int | None) -> None:
    assert DEFAULT.label(text) == label


def test_without_a_negative_expression_every_other_text_is_negative() -> None:
    assert LabelRule("leuko").label("Normal head CT.") == 0


@pytest.mark.parametrize("pattern", ["", "(", "*"])
def test_an_impossible_expression_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError):
        LabelRule(pattern)


def _folder(root: Path, name: str, report: str | None) -> None:
    (root / name).mkdir(parents=True)
    if report is not None:
        (root / name / f"{name}.json").write_text(report, encoding="utf-8")


def test_folders_that_cannot_be_used_are_counted_by_reason(tmp_path: Path) -> None:
    for name, report in {
        "1": json.dumps({"finding": "leukoencephalopathy"}),
        "2": json.dumps({"finding": "no leukoencephalopathy"}),
        "3": None,
        "4": "{",
        "5": json.dumps({"text": "leukoencephalopathy"}),
        "6": json.dumps({"finding": "normal"}),
        "7": json.dumps(["leukoencephalopathy"]),
        ".hidden": None,
    }.items():
        _folder(tmp_path, name, report)
    (tmp_path / "notes.txt").write_text("x")
    found = read_cases(tmp_path, DEFAULT)
    assert [(case.id, case.label) for case in found.cases] == [("1", 1), ("2", 0)]
    expected = {
        "3": "is missing",
        "4": "is damaged",
        "5": "no text under 'finding'",
        "6": "not understood",
        "7": "no text",
    }
    reasons = dict(found.unusable)
    assert set(reasons) == set(expected)
    for name, words in expected.items():
        assert words in reasons[name]
        assert "label the patient in a CSV" in reasons[name], "each reason names the way out"
    assert sum(dict(found.left_out).values()) == 5
    assert dict(found.left_out)[reasons["5"]] == 2
    assert not found.simulated


@pytest.mark.parametrize(
    "text", ["No leukoencephalopathy on the left. Leukoaraiosis on the right.", "Leukoaraiosis, no leukoencephalopathy"]
)
def test_a_finding_that_says_both_is_left_out_with_the_reason(text: str) -> None:
    assert DEFAULT.label(text) is None
    assert "says both" in str(DEFAULT.read(text))


def test_labels_of_a_hospital_set_may_come_from_a_csv(tmp_path: Path) -> None:
    for name in ("1", "2", "3"):
        _folder(tmp_path / "data", name, None)
    (tmp_path / "labels.csv").write_text("\ufeffID;Label;reader\n1;yes;A\n2;0;B\n9;1;B\n3;;A\n", encoding="utf-8")
    found = open_source(tmp_path / "data", "auto", rule=rule_of("x", "", labels=str(tmp_path / "labels.csv")))
    assert [(case.id, case.label) for case in found.cases] == [("1", 1), ("2", 0)]
    assert dict(found.unusable) == {"3": "labels.csv has no label for the patient; add a row"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,label\n1,1\n", "no column id"),
        ("id,diagnosis\n1,1\n", "no column label"),
        ("", "no column id"),
        ("id,label\n1,1\n2,perhaps\n", "Line 3 .* 'perhaps'.* write 1"),
        ("id,label\n1,1\n\n1,0\n", "Line 4 .* another label"),
    ],
)
def test_a_csv_of_labels_that_cannot_be_read_is_one_sentence(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        rule_of("x", "", labels=str(tmp_path / "labels.csv"))


def test_a_csv_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").write_bytes(b"\xff\xfe\x00id")
    for name in ("labels.csv", "absent.csv"):
        with pytest.raises(UsageError, match="cannot be read"):
            rule_of("x", "", labels=str(tmp_path / name))


def test_one_label_alone_cannot_be_learnt(tmp_path: Path) -> None:
    for patient in range(2):
        write_patient(tmp_path, patient, label=1, slices=1)
    with pytest.raises(UsageError, match="without the disease"):
        read_cases(tmp_path, RULE).with_both()


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_patients_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        read_cases(tmp_path / name, DEFAULT)


def test_a_simulated_cohort_is_known_by_itself_and_its_truth_is_not_looked_at(tmp_path: Path) -> None:
    root = write_cohort(tmp_path / "cohort", patients=4)
    (root / "truth").mkdir()
    (root / "truth" / "1000.json").write_text("not even JSON", encoding="utf-8")
    assert is_cohort(root)
    found = open_source(root, "auto", rule=DEFAULT)
    assert found.simulated
    assert found.description == "simulated patients"
    assert [case.label for case in found.cases] == [0, 1, 0, 1]
    assert all("truth" not in case.folder.parts for case in found.cases)


def test_what_makes_a_cohort_again_is_kept_for_the_card(tmp_path: Path) -> None:
    root = write_cohort(tmp_path / "cohort", patients=2)
    described = json.loads((root / "cohort.json").read_text())
    described |= {"cohort": "external", "seed": 11, "simulator_version": 7}
    (root / "cohort.json").write_text(json.dumps(described))
    found = open_source(root, "auto", rule=RULE)
    assert dict(found.cohort) == {"name": "external", "seed": 11, "simulator_version": 7}


def test_a_hospital_set_is_read_by_the_given_rule(tmp_path: Path) -> None:
    for patient in range(2):
        write_patient(tmp_path, patient, label=patient, slices=1)
    found = open_source(tmp_path, "auto", rule=LabelRule(r"present\."))
    assert [case.label for case in found.cases] == [0, 1]


@pytest.mark.parametrize("change", [{"schema": "other/1"}, {"format": "stacks"}])
def test_a_cohort_of_another_form_is_refused(change: dict[str, str], tmp_path: Path) -> None:
    described = {"schema": "leukoviewer.simulated-cohort/1", "format": "dicom", **change}
    (tmp_path / "cohort.json").write_text(json.dumps(described))
    with pytest.raises(UsageError):
        open_source(tmp_path, "auto", rule=DEFAULT)


def test_an_unknown_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose one of"):
        open_source(tmp_path, "cloud", rule=DEFAULT)


def test_patients_do_not_show_in_the_repr_of_a_case(tmp_path: Path) -> None:
    write_patient(tmp_path, 0, label=0, slices=1)
    write_patient(tmp_path, 1, label=1, slices=1)
    case = read_cases(tmp_path, RULE).cases[0]
    assert case.id not in repr(case)
