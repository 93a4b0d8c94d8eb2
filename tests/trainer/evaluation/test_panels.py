"""Panels of a run: whom they show, where the heat is held against the truth, and that they come back from the disk."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from leukoviewer.preprocessing.recipe import BUILTIN
from tests.packages_fixture import varied_network
from tests.trainer.finished_run import ARCHITECTURE
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.scores import ScoreTable
from trainer.evaluation.panels import SCHEMA, Looked, TestSide, against_truth, choose, look, write_panels

SHAPE = (3, 64, 64)
FIGURES = {"calibration": {"temperature": 1.0}, "operating_point": {"slice_threshold": 0.5, "needed": 0}}


def _table(tops: list[float], labels: list[int]) -> ScoreTable:
    """Three slices a patient, the second with the given logit, the others far below."""
    count = len(tops)
    logits = np.array([[-5.0, top, -6.0] for top in tops]).ravel()
    patient = np.repeat(np.arange(count), 3)
    ids = tuple(f"p{i}" for i in range(count))
    return ScoreTable(ids, patient, np.tile(np.arange(3), count), np.repeat(np.array(labels), 3), logits)


def _side(folder: Path, table: ScoreTable, *, layout: str = "slices", truth: object = None) -> TestSide:
    folder.mkdir()
    chance = np.random.default_rng(0)
    cases = []
    for place, name in enumerate(table.patients):
        np.save(folder / f"k{place}.npy", chance.random(SHAPE, dtype=np.float32))
        label = int(table.patient_label[place])
        cases.append(PreparedCase(name, label, f"k{place}", SHAPE, (0, 1, 2), (), name))
    content = CacheContent(folder, tuple(cases))
    return TestSide(BUILTIN["leuko-a"], layout, content, tuple(cases), table, truth)  # type: ignore[arg-type]


def test_of_each_outcome_the_surest_and_the_middle_patient_are_shown() -> None:
    table = _table([3.0, 1.0, 2.0, -1.0, 4.0, -3.0, -2.0], [1, 1, 1, 1, 0, 0, 0])
    assert choose(table, FIGURES) == [
        ("true_positive", 0),
        ("true_positive", 2),
        ("false_negative", 3),
        ("false_positive", 4),
        ("true_negative", 5),
        ("true_negative", 6),
    ]


def test_panels_are_stored_small_and_say_what_they_show(tmp_path: Path) -> None:
    table = _table([3.0, -1.0, -2.0], [1, 1, 0])
    folder = write_panels(tmp_path / "run", varied_network(ARCHITECTURE), _side(tmp_path / "c", table), figures=FIGURES)
    assert folder is not None
    held = json.loads((folder / "panels.json").read_text(encoding="utf-8"))
    assert held["schema"] == SCHEMA
    assert held["truth"] is None
    assert [(item["outcome"], item["patient"], item["slice"]) for item in held["items"]] == [
        ("true_positive", 1, 2), ("false_negative", 2, 2), ("true_negative", 3, 2),
    ]  # fmt: skip
    for item in held["items"]:
        with Image.open(folder / item["file"]) as picture:
            assert picture.size == (128, 64)
        assert not any(name in json.dumps(item) for name in table.patients)


def test_the_heat_of_a_slice_peaks_at_its_own_evidence(tmp_path: Path) -> None:
    found = look(varied_network(ARCHITECTURE), _side(tmp_path / "c", _table([2.0, -2.0], [1, 0])), 0)
    assert found.slice == 1
    assert found.gray.shape == found.heat.shape == SHAPE[1:]
    # Interpolation between the map's cells stays at or below log(1 + e^2).
    assert 0 < found.heat.max() <= np.log1p(np.exp(2.0)) + 1e-5
    assert found.lesion is None


def test_pointing_and_energy_by_hand() -> None:
    gray = np.ones((4, 4), dtype=np.float32)
    lesion = np.zeros((4, 4), dtype=np.float32)
    lesion[0, :2] = 1.0
    heat = np.zeros((4, 4), dtype=np.float32)
    heat[0, 0], heat[3, 3] = 3.0, 1.0
    outside = np.zeros((4, 4), dtype=np.float32)
    outside[3, 3] = 1.0
    looked = [Looked(0, 0, gray, heat, lesion), Looked(1, 0, gray, outside, lesion), Looked(2, 0, gray, heat, None)]
    found = against_truth(looked)
    assert found is not None
    assert found["patients"] == 2
    assert found["pointing"] == 0.5
    assert found["inside"] == pytest.approx(0.375)
    assert found["chance"] == pytest.approx(2 / 16)


def test_a_slice_without_disease_is_counted_apart_and_no_truth_gives_nothing() -> None:
    plane = np.ones((4, 4), dtype=np.float32)
    lesion = np.zeros((4, 4), dtype=np.float32)
    assert against_truth([Looked(0, 0, plane, plane, lesion)]) is None
    assert against_truth([Looked(0, 0, plane, plane, None)]) is None
    lesion_there = lesion.copy()
    lesion_there[0, 0] = 1.0
    found = against_truth([Looked(0, 0, plane, plane, lesion), Looked(1, 0, plane, plane, lesion_there)])
    assert found is not None
    assert (found["patients"], found["without_disease_in_the_slice"]) == (1, 1)


def test_truth_is_asked_for_patients_with_the_disease_alone(tmp_path: Path) -> None:
    asked: list[str] = []

    def truth(case: PreparedCase) -> np.ndarray:
        asked.append(case.case_id)
        share = np.zeros(SHAPE, dtype=np.float32)
        share[:, 10:40, 10:40] = 1.0
        return share

    table = _table([3.0, -1.0, 2.5, -2.0, 1.0, 2.0, 2.8], [1, 1, 1, 0, 1, 1, 1])
    side = _side(tmp_path / "c", table, truth=truth)
    folder = write_panels(tmp_path / "run", varied_network(ARCHITECTURE), side, figures=FIGURES)
    assert folder is not None
    held = json.loads((folder / "panels.json").read_text(encoding="utf-8"))
    assert sorted(asked) == ["p0", "p1", "p2", "p4", "p5", "p6"]
    assert held["truth"]["patients"] == 6
    assert 0 <= held["truth"]["inside"] <= 1
    assert held["truth"]["chance"] == pytest.approx(900 / 4096, abs=0.01)


def test_cases_that_are_no_longer_there_give_no_panels(tmp_path: Path) -> None:
    side = _side(tmp_path / "c", _table([2.0, -2.0], [1, 0]))
    gone = TestSide(side.recipe, side.layout, side.content, side.cases[:1], side.table)
    assert write_panels(tmp_path / "run", varied_network(ARCHITECTURE), gone, figures=FIGURES) is None
