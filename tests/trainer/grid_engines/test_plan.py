"""What a grid will take, told before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trainer.grid_engines.fake_cells import begun, small_grid
from trainer.experiments.cell_queue import Ending, State
from trainer.experiments.config import load
from trainer.grid_engines import plan as module
from trainer.grid_engines.plan import as_text, cell_seconds, duration, make_plan, probe

PAPER = "leukoencephalopathy"


def test_a_cell_takes_its_epochs_of_training_and_looking_and_the_scoring() -> None:
    changes = ["optimize.epochs=10", "data.slices_per_case=5", "evaluate.slices_per_case=4"]
    config = load(PAPER, changes=changes)
    start = cell_seconds(config, 0, 1.0)
    # 70 patients of 5 slices; 15 of 4 looked at for a third; 30 of 30 scored for a third.
    assert cell_seconds(config, 100, 1.0) - start == pytest.approx(10 * (350 + 20) + 300)
    assert cell_seconds(load(PAPER, preset="paper-3d", changes=["optimize.epochs=10"]), 100, 1.0) - start == (
        pytest.approx(10 * (70 + 5) + 10)
    )


def test_a_run_by_the_clock_takes_its_time() -> None:
    assert cell_seconds(load(PAPER, preset="bundled"), 10_000, 9.0) == pytest.approx(24 * 60, rel=0.1)


def test_finished_cells_tell_the_time_of_their_family_and_the_rest_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grid = small_grid()
    place = begun(tmp_path / "grid", grid)
    monkeypatch.setattr(module, "probe", lambda _config: (0.0, 1000))
    queue, first = place.queue(), grid.cells[0]
    assert queue.claim(first.run) is not None
    queue.end(first.run, 1, Ending("done", seconds=100.0))
    place.run(first).path.mkdir(parents=True)
    place.run(first).metrics.write_text("{}")
    found = make_plan(place, grid.cells, 10, queue=queue, at_once=2)
    assert found.states[first.run] is State.DONE
    assert found.seconds["ResNet50"] == 100.0
    assert found.measured["ResNet50"] == "1 finished"
    assert found.measured["DenseNet"] == "a measured step"
    rest = 100.0 + 2 * sum(found.seconds[name] for name in ("ResNet50 3D", "ConvNeXt", "DenseNet"))
    assert rest / 2 < 100.0
    assert found.left_s == pytest.approx(100.0)  # the longest cell cannot be divided
    assert found.run_bytes == len(grid.cells) * 1000 * 24
    # One recipe: 10 patients of 30 slices of the small plane in float32.
    side = grid.cells[0].config.data.plane_px
    assert found.stack_bytes == 10 * 30 * side * side * 4
    about = {"title": "t", "data": "d", "engine": "e"}
    said = as_text(found, about, out=tmp_path / "not" / "yet", cache=tmp_path)
    assert f"{len(grid.cells)} cells, {len(grid.cells) - 1} free, 1 done" in said
    assert f"{first.run}  done" in said


def test_too_little_room_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 5_000_000})())
    plan = module.Plan({}, {}, {}, 0.0, 6_000_000, 4_000_000)
    said = as_text(plan, {"title": "t", "data": "d", "engine": "e"}, out=tmp_path, cache=tmp_path)
    assert "runs 6 MB" in said
    assert said.count("NOT ENOUGH") == 1


@pytest.mark.parametrize("family", ["resnet50-3d", "densenet"])
def test_a_step_is_measured_with_the_very_network(family: str) -> None:
    cell = next(cell for cell in small_grid().cells if cell.run.startswith(family + "-leuko"))
    seconds, weights = probe(cell.config)
    assert 0 < seconds < 60
    assert 50_000 < weights < 2_000_000


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "1 s"), (80, "80 s"), (100, "2 min"), (3600, "60 min"), (7200, "2.0 h")]
)
def test_durations_read_well(seconds: float, said: str) -> None:
    assert duration(seconds) == said
