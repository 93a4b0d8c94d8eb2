"""Saved evaluations in a package: whose they are, what they say, and the card that is written from them."""

from __future__ import annotations

import copy
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from leukoviewer.errors import UsageError
from leukoviewer.packages.archive import Package, open_package
from tests.trainer.evaluation.evaluations import cohort_evaluation, scan_evaluation
from trainer.evaluation.cohort import about_model
from trainer.export_card import card
from trainer.export_evaluations import Evaluations
from trainer.export_rebuilt import rebuilt, with_evaluations


@pytest.fixture
def package(tiny_package: Package, tmp_path: Path) -> Package:
    shutil.copytree(tiny_package.folder, tmp_path / "tiny-1.0")
    return open_package(tmp_path / "tiny-1.0")


def _written(path: Path, value: dict[str, Any]) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def _probes(**more: Any) -> dict[str, Any]:
    probe = {"name": "atrophy", "auc": 0.612, "low": 0.5, "high": 0.7, "patients": 40, "what": "share of fluid"}
    return {"schema": "leukoviewer.probes/1", "split_sha256": "ab" * 32, "probes": [probe], **more}


@pytest.fixture
def files(package: Package, tmp_path: Path) -> list[Path]:
    """One file of each kind."""
    model = about_model(package)
    values = {
        "paper.json": cohort_evaluation("paper", model),
        "external.json": cohort_evaluation("external", model, seed=3),
        "real.json": scan_evaluation("real", model),
        "probes.json": _probes(fluid_share={"patient": 0.1}),
    }
    return [_written(tmp_path / name, value) for name, value in values.items()]


def test_evaluations_stand_in_card_and_manifest(package: Package, files: list[Path]) -> None:
    found = with_evaluations(package, files, notes=("It fails on X.",))
    assert list(found.evaluations()) == ["external.json", "notes.json", "paper.json", "probes.json", "real.json"]
    metrics = found.manifest.metrics
    assert (metrics[0].name, metrics[0].by, metrics[0].split) == ("AUC", "patient", "paper")
    assert {m.split for m in metrics} == {"paper", "external"}
    paper = json.loads(found.evaluations()["paper.json"])
    assert metrics[0].value == paper["figures"]["patient"]["auc"]["value"]
    for words in (
        "| figure | by | paper | external |",
        "Parts of `paper`",
        "grade 1 against none",
        "| paper | atrophy |",
        "of the heat lies in the lesions",
        "Weight randomization",
        "| atrophy | share of fluid | 40 | 0.612 (0.500 to 0.700) |",
        "## On real scans",
        "| dark white matter |",
        "- It fails on X.",
    ):
        assert words in found.card
    assert b"fluid_share" not in found.evaluations()["probes.json"]


def test_every_figure_of_the_card_stands_in_a_saved_file(package: Package, files: list[Path]) -> None:
    found = with_evaluations(package, files)
    assert figures_without_a_source(found) == []
    assert len(_figures(found.card)) > 60


def figures_without_a_source(package: Package) -> list[str]:
    """Figures of a card that neither its evaluations nor its manifest hold."""
    texts = [content.decode() for content in package.evaluations().values()]
    texts.append((package.folder / "manifest.json").read_text(encoding="utf-8"))
    known = {f"{abs(number):.3f}" for text in texts for number in _numbers(json.loads(text))}
    return [figure for figure in _figures(package.card) if figure not in known]


def _figures(text: str) -> list[str]:
    return re.findall(r"(?<![\d.])\d+\.\d{3}(?![\d.])", text)


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for item in value.values() for number in _numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in _numbers(item)]
    return [float(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []


def test_writing_the_card_again_gives_the_same_bytes(package: Package, files: list[Path]) -> None:
    first = with_evaluations(package, files, notes=("One.",))
    held = {path.name: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    again = rebuilt(first, Evaluations.of(first))
    assert {path.name: path.read_bytes() for path in again.folder.rglob("*") if path.is_file()} == held
    assert again.sha256 == first.sha256
    assert [p.name for p in package.folder.parent.iterdir() if p.is_dir()] == ["tiny-1.0"]


def test_weights_graph_and_golden_case_stay(package: Package, files: list[Path]) -> None:
    found = with_evaluations(package, files)
    for name in ("weights.safetensors", "graph.onnx", "golden.npz"):
        assert found.manifest.files[name] == package.manifest.files[name]
    assert found.sha256 != package.sha256


def test_an_evaluation_replaces_the_one_of_its_name(package: Package, files: list[Path], tmp_path: Path) -> None:
    first = with_evaluations(package, files)
    before = first.evaluations()
    other = _written(tmp_path / "again.json", cohort_evaluation("paper", about_model(package), seed=9))
    after = with_evaluations(first, [other]).evaluations()
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == ["paper.json"]


@pytest.mark.parametrize(
    "change", [{"weights_sha256": "0" * 64}, {"slice_threshold": 0.9}, {"vote_needed": 1}, {"temperature": 7.0}]
)
def test_an_evaluation_of_another_model_is_refused(package: Package, tmp_path: Path, change: dict[str, Any]) -> None:
    value = cohort_evaluation("paper", {**about_model(package), **change})
    before = package.sha256
    with pytest.raises(UsageError, match="measures other weights or another operating point"):
        with_evaluations(package, [_written(tmp_path / "paper.json", value)])
    assert open_package(package.folder).sha256 == before


def test_only_the_name_of_the_package_may_differ(package: Package, tmp_path: Path) -> None:
    value = cohort_evaluation("paper", {**about_model(package), "id": "run-0"})
    assert with_evaluations(package, [_written(tmp_path / "paper.json", value)]).manifest.metrics


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("no json", "is no file that"),
        ("{}", "is no file that"),
        ('{"schema": "leukoviewer.evaluation/1"}', "is no file that"),
        ('{"schema": "other/1", "name": "x"}', "from which no card is written"),
        ('{"schema": "leukoviewer.evaluation/1", "name": "notes", "model": {}}', "may not be named notes"),
    ],
)
def test_a_file_of_another_kind_is_refused(package: Package, tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "x.json").write_text(content)
    with pytest.raises(UsageError, match=told):
        with_evaluations(package, [tmp_path / "x.json"])


@pytest.mark.parametrize("name", ["../evil", "A", "x" * 80])
def test_a_name_that_is_no_files_name_is_refused(package: Package, tmp_path: Path, name: str) -> None:
    value = cohort_evaluation(name, about_model(package))
    with pytest.raises(UsageError, match="does not fit into a package"):
        with_evaluations(package, [_written(tmp_path / "x.json", value)])


def test_a_file_that_is_not_there_is_told(package: Package, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.json is no file"):
        with_evaluations(package, [tmp_path / "absent.json"])


def test_probes_of_another_split_are_refused(package: Package, tmp_path: Path) -> None:
    from dataclasses import replace

    training = replace(package.manifest.training, details=(("split_sha256", "cd" * 32),))
    other = replace(package, manifest=replace(package.manifest, training=training))
    with pytest.raises(UsageError, match="measures another split"):
        Evaluations().with_files([_written(tmp_path / "probes.json", _probes())], other)


def test_the_paper_comes_first_and_absent_parts_are_left_out(package: Package) -> None:
    bare = cohort_evaluation("stress", about_model(package))
    for key in ("subgroups", "false_positive_rate", "heat", "randomization"):
        bare.pop(key)
    undefined = copy.deepcopy(bare)
    undefined["name"] = "paper"
    undefined["figures"]["patient"]["auc"] = {"value": None, "low": None, "high": None}
    evaluations = Evaluations().with_value("stress", bare).with_value("paper", undefined)
    assert [one["name"] for one in evaluations.cohorts] == ["paper", "stress"]
    assert ("AUC", "paper") not in {(m.name, m.split) for m in evaluations.metrics() if m.by == "patient"}
    text = card(package.manifest, evaluations)
    assert "| AUC | patient | not defined | 0." in text
    for title in ("Parts of", "## Where it looks", "## On real scans", "## What shortcuts"):
        assert title not in text
