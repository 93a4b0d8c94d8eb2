"""Cells that cost nothing: processes that take part in the real queue, and write a result instead of training."""

from __future__ import annotations

import sys
from pathlib import Path

from trainer.experiments.grid import Grid, load_grid
from trainer.experiments.grid_place import GridPlace
from trainer.grid_engines.cell_process import CellJob

# The cell's behavior is told by files in GRID/orders: <run>.fail (always fails), <run>.once (fails the first time),
# <run>.crash (is killed the first time), <run>.hang (waits until it is told to stop, the first time).
SCRIPT = """
import os, signal, sys
from pathlib import Path
from trainer.experiments.cell_queue import CellQueue, Ending

grid, run = Path(sys.argv[1]), sys.argv[2]
queue = CellQueue(grid / "queue")
claim = queue.claim(run)
if claim is None:
    sys.exit(75)
if (grid / "runs" / run / "metrics.json").exists():
    queue.end(run, claim.number, Ending("done"))
    sys.exit(0)
(grid / "executed").mkdir(exist_ok=True)
(grid / "executed" / f"{run}.{os.getpid()}").touch()
def ordered(name):
    order = grid / "orders" / f"{run}.{name}"
    if order.exists() and name != "fail":
        order.unlink()
        return True
    return order.exists()
if ordered("fail") or ordered("once"):
    sys.stderr.write("leuko-trainer: The loss is no number.\\n")
    sys.exit(1)
if ordered("crash"):
    os.kill(os.getpid(), signal.SIGKILL)
if ordered("hang"):
    os.read(0, 1)
    queue.end(run, claim.number, Ending("stopped"))
    sys.exit(130)
folder = grid / "runs" / run
folder.mkdir(parents=True)
(folder / "metrics.json").write_text(os.environ.get("OMP_NUM_THREADS", "none"))
queue.end(run, claim.number, Ending("done", seconds=1.0))
"""


def small_grid() -> Grid:
    """Six cells."""
    recipes = 'grid.recipes=["leuko-a"]'
    return load_grid("leukoencephalopathy", preset="tiny", changes=[recipes], seeds=2).with_threads(1)


def begun(folder: Path, grid: Grid) -> GridPlace:
    """A grid's folder."""
    place = GridPlace(folder)
    place.write(grid, about={})
    (folder / "orders").mkdir()
    return place


def job(place: GridPlace, run: str = "") -> CellJob:
    """A job that runs the script."""
    command = (sys.executable, "-c", SCRIPT)
    return CellJob(str(place.path), run, "data", "cache", threads=1, command=command)


def order(place: GridPlace, run: str, what: str) -> None:
    """Tell a cell how to behave."""
    (place.path / "orders" / f"{run}.{what}").touch()


def executions(place: GridPlace) -> list[str]:
    """Names of the cells that were worked at, once for each time."""
    return sorted(path.name.rpartition(".")[0] for path in (place.path / "executed").glob("*"))
