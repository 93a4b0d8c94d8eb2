"""Cells of a grid on a Ray cluster of this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from tests.trainer.grid_engines.fake_cells import begun, executions, order, small_grid
from trainer.grid_engines.on_ray import RayEngine, load_ray

# In a process of its own: Ray keeps threads and files for the life of one.
WORKER = """
import sys
from dataclasses import replace
from pathlib import Path
from leukoviewer.core.progress import finish
from tests.trainer.grid_engines.fake_cells import job
from trainer.experiments.grid_place import GridPlace
from trainer.grid_engines.on_ray import RayEngine
from trainer.grid_engines.work import work_through
place = GridPlace(Path(sys.argv[1]))
runs = [cell.run for cell in place.read().cells][:3]
engine = RayEngine(cells=2, threads=1)
unseen = engine.start(replace(job(place, runs[0]), grid=str(place.path / "elsewhere")))
print(unseen.result())
summary = finish(work_through(place, runs, job(place), engine, queue=place.queue()))
print(*summary.done)
print(*summary.failed)
"""


def test_ray_carries_out_each_cell_once_retries_and_reports_like_this_machine(tmp_path: Path, repository: Path) -> None:
    place = begun(tmp_path / "grid", small_grid())
    runs = [cell.run for cell in place.read().cells][:3]
    order(place, runs[0], "fail")
    order(place, runs[1], "crash")
    line = [sys.executable, "-c", WORKER, str(place.path)]
    ended = subprocess.run(line, cwd=repository, capture_output=True, text=True, timeout=115, check=False)
    assert ended.returncode == 0, ended.stderr
    unseen, done, failed = ended.stdout.splitlines()
    assert unseen == "unseen"
    assert done.split() == runs[1:]
    assert failed == f"('{runs[0]}', 'The loss is no number.')"
    assert executions(place) == sorted([*runs[:2], *runs])


def test_without_ray_there_is_one_sentence_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"Ray is not installed here.*leukoviewer\[ray\].*--engine local"):
        RayEngine(cells=1, threads=1)


def test_nothing_is_told_to_anyone_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    monkeypatch.setitem(sys.modules, "ray", object())
    load_ray()
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
