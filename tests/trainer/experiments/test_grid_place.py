"""The folder of a grid."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from trainer.experiments.grid import Grid, load_grid
from trainer.experiments.grid_place import GridPlace

PAPER = "leukoencephalopathy"


@pytest.fixture(scope="module")
def grid() -> Grid:
    return load_grid(PAPER, preset="tiny", seeds=1).with_threads(1)


def test_a_grid_is_noted_with_cells_versions_and_data_and_read_again(tmp_path: Path, grid: Grid) -> None:
    place = GridPlace(tmp_path / "grid")
    assert not place.exists
    place.write(grid, about={"split_sha256": "ab" * 32, "data": {"patients": 56}})
    held = json.loads(place.file.read_text())
    assert held["schema"] == "leukoviewer.grid/1"
    assert len(held["cells"]) == 12
    assert held["experiment"]["optimize"]["epochs"] == grid.shared.optimize.epochs
    assert (held["data"], held["split_sha256"], held["threads"]) == ({"patients": 56}, "ab" * 32, 1)
    assert "torch" in held["versions"]
    assert place.read().cells == grid.cells
    assert [path.name for path in place.path.iterdir()] == ["grid.json"]


def test_a_begun_grid_keeps_its_beginning_and_may_grow(tmp_path: Path, grid: Grid) -> None:
    place = GridPlace(tmp_path)
    place.write(grid, about={})
    first = json.loads(place.file.read_text())
    grown = place.check_same(grid.with_seeds(3))
    place.write(grown, about={})
    held = json.loads(place.file.read_text())
    assert (held["begun"], held["versions"]) == (first["begun"], first["versions"])
    assert len(held["cells"]) == 36
    assert place.check_same(grid).seeds == 3


def test_a_folder_of_another_grid_is_refused_with_the_setting_that_differs(tmp_path: Path, grid: Grid) -> None:
    place = GridPlace(tmp_path)
    place.write(grid, about={})
    with pytest.raises(UsageError, match=r"optimize\.epochs is None there, 3 here.*new folder"):
        place.check_same(load_grid(PAPER, preset="tiny", changes=["optimize.epochs=3"]))
    with pytest.raises(UsageError, match="other settings"):
        place.check_same(load_grid(PAPER, preset="demo"))


def test_a_folder_with_other_things_is_never_written_into(tmp_path: Path, grid: Grid) -> None:
    (tmp_path / "precious.txt").write_text("x")
    with pytest.raises(UsageError, match="holds no grid"):
        GridPlace(tmp_path).write(grid, about={})
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


def test_what_a_grid_leaves_that_was_stopped_at_its_very_start_is_no_hindrance(tmp_path: Path, grid: Grid) -> None:
    for name in ("split.json", "split.sha256", ".grid.12ab.json"):
        (tmp_path / name).write_text("x")
    GridPlace(tmp_path).write(grid, about={})
    assert GridPlace(tmp_path).exists


def test_of_two_that_begin_at_one_moment_the_first_decides_the_threads(tmp_path: Path, grid: Grid) -> None:
    barrier = threading.Barrier(2)

    def begin(threads: int) -> None:
        barrier.wait()
        GridPlace(tmp_path)._begin({**grid.with_threads(threads).to_json()})

    both = [threading.Thread(target=begin, args=(threads,)) for threads in (1, 2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert GridPlace(tmp_path).read().threads in (1, 2)
    before = GridPlace(tmp_path).read()
    GridPlace(tmp_path)._begin({**grid.with_threads(9).to_json()})
    assert GridPlace(tmp_path).read() == before


@pytest.mark.parametrize("content", [None, "{", "[]", '{"schema": "other"}'])
def test_a_folder_without_a_grid_cannot_be_read(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "grid.json").write_text(content)
    with pytest.raises(UsageError):
        GridPlace(tmp_path).read()


def test_a_cell_is_finished_when_its_figures_lie_there(tmp_path: Path, grid: Grid) -> None:
    place, cell = GridPlace(tmp_path), grid.cells[0]
    place.run(cell).path.mkdir(parents=True)
    assert not place.is_finished(cell)
    place.run(cell).metrics.write_text("{}")
    assert place.is_finished(cell)
    assert place.is_finished(cell.run)
