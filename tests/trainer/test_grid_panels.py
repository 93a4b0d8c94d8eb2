"""Panels of a grid's chosen runs, from real weights and real files; runs that keep theirs are left alone."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import UsageError
from tests.trainer.finished_run import write_run
from tests.trainer.grid_fixture import scores, set_scores, write_grid
from tests.trainer.phantom_cohort import write_cohort
from trainer.data.cases import CaseSet
from trainer.data.scores import ScoreTable
from trainer.data.sources.simulated import read_cases
from trainer.evaluation.grid_folder import GridFolder
from trainer.evaluation.rebuild import GridResult, rebuild
from trainer.grid_panels import draw_panels

RUN = "convnext-leuko-a-s00"


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cohort(tmp_path_factory.mktemp("data"), patients=4)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def result(tmp_path: Path, cohort: Path) -> GridResult:
    """A grid of which one run is finished, with weights."""
    path = write_grid(tmp_path / "grid", seeds=1, patients=4)
    shutil.rmtree(path / "runs")
    write_run(path / "runs" / RUN)
    ids = tuple(case.id for case in read_cases(cohort).cases)
    for number, side in enumerate(("validation", "test")):
        drawn = scores(number, strength=2, patients=4)
        set_scores(path, RUN, side, ScoreTable(ids, drawn.patient, drawn.slice, drawn.label, drawn.logit))
    return finish(rebuild(GridFolder.read(path), resamples=10))


def _draw(result: GridResult, found: CaseSet, cohort: Path, cache: Path) -> int:
    return finish(draw_panels(result, found, cohort, cache=cache))


def test_the_chosen_runs_get_panels_once(result: GridResult, cohort: Path, cache: Path) -> None:
    found = read_cases(cohort)
    assert _draw(result, found, cohort, cache) == 1
    (cell,) = result.finished
    assert cell.chosen is not None
    folder = cell.chosen.run.folder.path / "panels"
    held = json.loads((folder / "panels.json").read_text(encoding="utf-8"))
    assert held["items"]
    assert held["patients"] == 4
    assert all((folder / item["file"]).read_bytes()[:2] == b"\xff\xd8" for item in held["items"])
    assert _draw(result, found, cohort, cache) == 0


def test_a_run_whose_weights_are_gone_is_passed_over(result: GridResult, cohort: Path, cache: Path) -> None:
    (cell,) = result.finished
    assert cell.chosen is not None
    cell.chosen.run.folder.best.unlink()
    assert _draw(result, read_cases(cohort), cohort, cache) == 0


def test_damaged_weights_are_told_in_one_sentence(result: GridResult, cohort: Path, cache: Path) -> None:
    (cell,) = result.finished
    assert cell.chosen is not None
    cell.chosen.run.folder.best.write_bytes(b"rubbish")
    with pytest.raises(UsageError, match=r"checkpoint of .* is damaged"):
        _draw(result, read_cases(cohort), cohort, cache)


def test_other_patients_are_told_in_one_sentence(result: GridResult, cohort: Path, cache: Path) -> None:
    found = read_cases(cohort)
    others = replace(found, cases=tuple(replace(case, id=f"9{case.id}") for case in found.cases))
    with pytest.raises(UsageError, match="none of the grid's test patients"):
        _draw(result, others, cohort, cache)
