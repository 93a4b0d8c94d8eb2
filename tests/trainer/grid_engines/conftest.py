"""What tests of engines share: a small grid, begun in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trainer.grid_engines.fake_cells import begun, small_grid
from trainer.experiments.grid import Grid
from trainer.experiments.grid_place import GridPlace


@pytest.fixture(scope="module")
def grid() -> Grid:
    return small_grid()


@pytest.fixture
def place(tmp_path: Path, grid: Grid) -> GridPlace:
    """The folder of the grid."""
    return begun(tmp_path / "grid", grid)
