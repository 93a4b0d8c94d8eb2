"""The leakage sentinel: quiet on clean data, loud where a leak was planted."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from leukoviewer.errors import UsageError
from tests.trainer.evaluation.stacks import write_content
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.scores import ScoreTable
from trainer.data.splits import PARTS, Split, split_by_patient
from trainer.evaluation.neighbors import neighbor_scores
from trainer.evaluation.report import patient_scores
from trainer.evaluation.sentinel import Finding, Verdict, judge, permuted, permuted_labels
from trainer.experiments.config import ExperimentConfig
from trainer.experiments.rundir import RunFolder
from trainer.one_run import carry_out

SIDE, SLICES, COUNT = 32, 4, 80
LABELS = [index % 2 for index in range(COUNT)]


def _own(index: int) -> NDArray[np.float32]:
    """A picture that knows its patient: a texture of its own, and a darker square in the ill."""
    chance = np.random.default_rng(index)
    values = 0.4 + 0.15 * chance.normal(size=(1, SIDE, SIDE)) + 0.02 * chance.normal(size=(SLICES, SIDE, SIDE))
    values[:, 8:16, 8:16] -= 0.3 * LABELS[index % COUNT]
    return values


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> CacheContent:
    return write_content(tmp_path_factory.mktemp("stacks"), LABELS, _own)


def _split(content: CacheContent) -> Split:
    return split_by_patient([case.member() for case in content.cases], shares=(0.4, 0.2, 0.4))


def _side(content: CacheContent, split: Split, *parts: str) -> tuple[PreparedCase, ...]:
    held = {case_id for part in parts for case_id in split.parts[part]}
    return tuple(case for case in content.cases if case.case_id in held)


def _by_likeness(content: CacheContent, split: Split) -> Finding:
    held_out = _side(content, split, "validation", "test")
    table = neighbor_scores(content, _side(content, split, "train"), held_out)
    return judge("likeness", dict(zip(table.patients, table.patient_mean(table.logit), strict=True)), held_out)


def _with_copies(content: CacheContent, split: Split, *, slices: int) -> tuple[CacheContent, Split]:
    """Every held-out patient shares slices with a training patient under another id, as the marks of the cache tell."""
    train, held_out = _side(content, split, "train"), _side(content, split, "validation", "test")
    origin = {one.case_id: train[i % len(train)] for i, one in enumerate(held_out)}
    cases = []
    for case in content.cases:
        if case.case_id not in origin:
            cases.append(replace(case, marks=(f"pixels:{case.key}",)))
            continue
        source = origin[case.case_id]
        values = np.array(content.stack(case))
        values[:slices] = content.stack(source)[:slices]
        np.save(content.folder / f"copy{slices}-{case.key}.npy", values)
        cases.append(replace(case, key=f"copy{slices}-{case.key}", marks=(f"pixels:{source.key}",)))
    return replace(content, cases=tuple(cases)), split


def test_clean_data_pass_though_the_disease_can_be_seen(content: CacheContent) -> None:
    split = _split(content)
    assert _by_likeness(content, split).auc.value > 0.9, "with the true labels the disease is found"
    finding = _by_likeness(permuted(content, split), split)
    assert finding.verdict is Verdict.PASSED
    assert finding.auc.low < 0.5 < finding.auc.high
    assert finding.accuracy.low < 0.5 < finding.accuracy.high
    assert finding.patients == 48


@pytest.mark.parametrize("slices", [SLICES, 1], ids=["whole patients", "one slice of four"])
def test_slices_under_two_ids_are_found(slices: int, content: CacheContent) -> None:
    copied, split = _with_copies(content, _split(content), slices=slices)
    finding = _by_likeness(permuted(copied, split, seed=3), split)
    assert finding.verdict is Verdict.FAILED
    assert finding.auc.value > 0.95


def test_a_label_that_is_written_into_the_pictures_is_found(content: CacheContent, tmp_path: Path) -> None:
    split = _split(content)
    blind = permuted(content, split)
    marked = _marked(blind, tmp_path)
    assert _by_likeness(marked, split).verdict is Verdict.FAILED


def _marked(content: CacheContent, folder: Path) -> CacheContent:
    """What a loader with an error would leave: the label that it was given, as a bright corner."""
    for case in content.cases:
        values = np.array(content.stack(case))
        values[:, :10, :10] = case.label
        np.save(folder / f"{case.key}.npy", values)
    return replace(content, folder=folder)


CONFIG = ExperimentConfig.from_json(
    {
        "data": {"plane_px": SIDE},
        "model": {"architecture": "resnet10t", "pretrained": False},
        "augment": {"flip": False, "rotation_deg": 0.0},
        "optimize": {"learning_rate": 3e-3, "batch_size": 16, "epochs": 5, "patience": 0, "threads": 1},
        "evaluate": {"resamples": 20},
    }
)


@pytest.mark.parametrize(("leaks", "verdict"), [(False, Verdict.PASSED), (True, Verdict.FAILED)])
def test_a_network_that_is_trained_as_always_is_judged_too(
    leaks: bool, verdict: Verdict, content: CacheContent, tmp_path: Path
) -> None:
    split = _split(content)
    blind = permuted(content, split)
    if leaks:
        blind = _marked(blind, tmp_path)
    folder = RunFolder(tmp_path / "run")
    folder.begin(CONFIG, about={})
    split.write(folder.split)
    carry_out(folder, CONFIG, blind, stream=io.StringIO())
    table = ScoreTable.read(folder.scores("test"))
    scores = dict(zip(table.patients, patient_scores(table, table.logit), strict=True))
    assert judge("network", scores, _side(blind, split, "test")).verdict is verdict


def test_permuted_labels_are_unrelated_to_the_true_ones_on_each_side(content: CacheContent) -> None:
    split = _split(content)
    labels = permuted_labels(content.cases, split, seed=5)
    for part in PARTS:
        held = _side(content, split, part)
        for true in (0, 1):
            drawn = [labels[case.case_id] for case in held if case.label == true]
            assert abs(np.mean(drawn) - 0.5) <= 0.5 / len(drawn) + 1e-9
    assert labels == permuted_labels(content.cases, split, seed=5)
    assert labels != permuted_labels(content.cases, split, seed=6)


def test_cases_that_are_one_patient_or_share_a_mark_get_one_label(content: CacheContent) -> None:
    split = _split(content)
    chain = [content.cases[i] for i in (0, 7, 20, 33)]
    marks = {chain[0].case_id: ("pixels:a",), chain[1].case_id: ("pixels:a", "study:b"), chain[2].case_id: ("study:b",)}
    who = {chain[2].case_id: "same", chain[3].case_id: "same"}
    cases = [
        replace(case, marks=marks.get(case.case_id, ()), patient=who.get(case.case_id, case.patient))
        for case in content.cases
    ]
    for seed in range(6):
        labels = permuted_labels(cases, split, seed=seed)
        assert len({labels[case.case_id] for case in chain}) == 1


def test_few_patients_leave_it_undecided() -> None:
    cases = [PreparedCase(f"c{i}", i % 2, "k", (1, 1, 1), (0,), (), f"p{i}") for i in range(6)]
    finding = judge("x", {f"c{i}": float(i % 2) for i in range(6)}, cases)
    assert finding.verdict is Verdict.UNDECIDED
    assert finding.to_json()["verdict"] == "undecided"


def test_cases_of_one_patient_count_once() -> None:
    cases = [PreparedCase(f"c{i}", i // 3 % 2, "k", (1, 1, 1), (0,), (), f"p{i // 3}") for i in range(90)]
    finding = judge("x", {case.case_id: float(case.label) for case in cases}, cases)
    assert finding.patients == 30
    assert finding.auc.value == 1
    assert finding.verdict is Verdict.FAILED


def test_clean_scores_fail_about_as_rarely_as_stated() -> None:
    cases = [PreparedCase(f"c{i}", i % 2, "k", (1, 1, 1), (0,), (), f"p{i}") for i in range(40)]
    chance = np.random.default_rng(0)
    failed = sum(
        judge("x", {case.case_id: chance.normal() for case in cases}, cases, seed=i, resamples=200).verdict
        is Verdict.FAILED
        for i in range(100)
    )
    assert failed <= 5


def test_one_permuted_label_on_a_side_is_one_sentence() -> None:
    cases = [PreparedCase(f"c{i}", i % 2, "k", (1, 1, 1), (0,), (), f"p{i}") for i in range(6)]
    split = Split({"train": ("c0", "c1"), "validation": ("c2", "c3"), "test": ("c4",)})
    with pytest.raises(UsageError, match="too few patients for the sentinel"):
        permuted_labels(cases, split)
