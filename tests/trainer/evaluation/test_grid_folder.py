"""What a grid asks for, which of its runs have scores, and why others lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from leukoviewer import atomic
from leukoviewer.errors import UsageError
from tests.trainer.grid_fixture import read_json, scores, set_scores, write_grid
from trainer.evaluation.grid_folder import GridFolder, read_scores
from trainer.experiments.cell_queue import CellQueue, Ending


@pytest.fixture
def grid(tmp_path: Path) -> Path:
    return write_grid(tmp_path / "grid", seeds=1, unfinished=("convnext-leuko-b-s00",), patients=4)


def test_cells_come_in_the_paper_s_order_whatever_the_order_of_the_work(grid: Path) -> None:
    held = read_json(grid / "grid.json")
    held["cells"].reverse()
    atomic.write_json(grid / "grid.json", held)
    found = GridFolder.read(grid)
    assert [(run.row, run.column) for run in found.runs[:5]] == [
        ("A", "ResNet50"), ("A", "ResNet50 3D"), ("A", "ConvNeXt"), ("A", "DenseNet"), ("B", "ResNet50"),
    ]  # fmt: skip
    assert found.name == "leuko, preset tiny"
    assert found.data["simulated"] is True


def test_other_recipes_and_families_have_rows_and_columns_of_their_own(grid: Path) -> None:
    held = read_json(grid / "grid.json")
    held["cells"][0] |= {"recipe": "leuko-a-slab5", "family": "VGG"}
    atomic.write_json(grid / "grid.json", held)
    found = GridFolder.read(grid)
    assert found.rows == ("A", "B", "C", "leuko-a-slab5")
    assert found.columns[-1] == "VGG"
    assert found.runs[-1].row == "leuko-a-slab5"


def test_scores_of_a_finished_run_are_read_and_of_another_there_are_none(grid: Path) -> None:
    found = GridFolder.read(grid)
    by_name = {run.name: run for run in found.runs}
    set_scores(grid, "resnet50-leuko-a-s00", "test", scores(3, patients=8))
    held = read_scores(by_name["resnet50-leuko-a-s00"])
    assert held is not None
    assert len(held["test"].patients) == 8
    assert read_scores(by_name["convnext-leuko-b-s00"]) is None


def test_why_a_run_lacks_is_told(grid: Path) -> None:
    found = GridFolder.read(grid)
    (run,) = [run for run in found.runs if run.name == "convnext-leuko-b-s00"]
    assert found.problem(run) == "not begun"
    atomic.write_json(run.folder.config, {})
    assert found.problem(run) == "begun, not finished"
    queue = CellQueue(grid / "queue")
    for number, message in enumerate(("The disk is full.", "The loss is not a number."), start=1):
        assert queue.claim(run.name) is not None
        queue.end(run.name, number, Ending("failed", message))
    assert found.problem(run) == "failed 2 times: The loss is not a number"


def test_probes_are_read_when_there_are_any(grid: Path) -> None:
    found = GridFolder.read(grid)
    assert found.probes() == ()
    one = {"name": "atrophy", "what": "width of the sulci", "auc": 0.71, "low": None, "high": None, "patients": 40}
    atomic.write_json(grid / "probes.json", {"probes": [one]})
    assert found.probes()[0].auc == 0.71
    atomic.write_text(grid / "probes.json", "{")
    with pytest.raises(UsageError, match="probes"):
        found.probes()


@pytest.mark.parametrize("text", ["", "[]", '{"schema": "other"}', '{"schema": "leukoviewer.grid/1", "cells": [{}]}'])
def test_a_folder_without_a_grid_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    atomic.write_text(tmp_path / "grid.json", text)
    with pytest.raises(UsageError, match="holds no grid"):
        GridFolder.read(tmp_path)
