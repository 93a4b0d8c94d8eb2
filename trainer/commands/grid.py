"""``leuko-trainer grid``: all cells of the paper's tables, by several processes, stopped and resumed at will."""

from __future__ import annotations

import argparse
import contextlib
import fnmatch
import os
import signal
import sys
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leukoviewer.errors import IncompleteError, UsageError
from trainer.commands.run_arguments import add_cache, add_changes, cache_of

if TYPE_CHECKING:
    from trainer.data.cache import CacheContent
    from trainer.data.cases import CaseSet
    from trainer.data.splits import Split
    from trainer.experiments.grid import Cell, Grid
    from trainer.experiments.grid_place import GridPlace
    from trainer.grid_engines.work import Engine, Summary

_EXPERIMENT = "leukoencephalopathy"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "grid",
        help="train all cells of the paper's tables and build the tables",
        description="Works at every cell (network x preprocessing x seed) of a definition's grid, each in a process of "
        "its own, and builds the tables. Stopped at any moment, the same command carries it on; started several times, "
        "also on several machines with a shared folder, the processes share the cells.",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="simulated cohort or hospital set")
    parser.add_argument("--out", type=Path, required=True, metavar="GRID", help="folder of the grid")
    parser.add_argument(
        "--experiment", default=_EXPERIMENT, metavar="NAME|FILE", help="definition (default: %(default)s)"
    )
    parser.add_argument("--preset", metavar="NAME", help="paper, demo (an hour of a GPU), tiny (two cores, minutes)")
    add_changes(parser)
    parser.add_argument("--seeds", type=int, metavar="N", help="runs of each cell (a grid that was begun may grow)")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CELL",
        help="these cells alone; * and ? stand for others (repeat)",
    )
    parser.add_argument("--engine", choices=("local", "ray"), default="local", help="default: %(default)s")
    parser.add_argument(
        "--workers", type=int, metavar="N", help="cells at once (default: one a GPU, else processors by threads a cell)"
    )
    parser.add_argument("--address", metavar="URL", help="of a Ray cluster, ray://... (default: one on this machine)")
    add_cache(parser)
    parser.add_argument("--retry", action="store_true", help="try cells again that were given up")
    parser.add_argument("--plan", action="store_true", help="print cells, data, time and disk, and run nothing")


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from trainer.experiments.grid_place import GridPlace
    from trainer.one_run import open_cases

    if args.engine == "ray":
        from trainer.grid_engines.on_ray import load_ray

        load_ray()
    elif args.address:
        raise UsageError("--address is for --engine ray.")
    place = GridPlace(args.out)
    grid, at_once = _shared_out(_grid_of(args, place), args.workers)
    cells = _chosen(grid, args.only)
    found = open_cases(args.data, grid.shared)
    if args.plan:
        sys.stdout.write(_plan(args, place, grid, cells, (found, at_once)))
        return 0
    with _terminated_as_interrupted():
        _begin(args, place, grid, found)
        summary = _work(args, place, cells, at_once)
    _tables(args)
    _report(summary, place)
    return 0


def _grid_of(args: argparse.Namespace, place: GridPlace) -> Grid:
    """The grid that was begun in the folder, or the one that is asked for."""
    from trainer.experiments.grid import load_grid

    asked = (args.experiment, args.preset, args.changes) != (_EXPERIMENT, None, [])
    if place.exists and not asked:
        held = place.read()
        return held.with_seeds(max(held.seeds, args.seeds or 0))
    grid = load_grid(args.experiment, preset=args.preset, changes=args.changes, seeds=args.seeds)
    return place.check_same(grid) if place.exists else grid


def _shared_out(grid: Grid, workers: int | None) -> tuple[Grid, int]:
    """Threads a cell and cells at once, so that together they fill the machine.

    A begun grid keeps its threads: sums of another order would change the last bits of a resumed run.
    """
    if workers is not None and workers < 1:
        raise UsageError("--workers is 1 or more.", thing=workers)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    wanted = grid.threads or grid.shared.optimize.threads
    at_once = workers or len(_gpus()) or (max(1, cores // wanted) if wanted else 1)
    return grid.with_threads(wanted or max(1, cores // at_once)), at_once


def _gpus() -> tuple[str, ...]:
    """Names of the GPUs that this process may use, as CUDA_VISIBLE_DEVICES takes them."""
    import torch

    named = [name for name in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if name]
    return tuple(named or map(str, range(torch.cuda.device_count()))) if torch.cuda.is_available() else ()


def _chosen(grid: Grid, only: list[str]) -> list[Cell]:
    from trainer.experiments.definition import near_names

    cells = grid.cells
    for pattern in only:
        if not any(fnmatch.fnmatchcase(cell.run, pattern) for cell in cells):
            near = near_names(pattern, [cell.run for cell in cells])
            raise UsageError(f"The grid has no cell {pattern!r}{near}; --plan lists them all.", thing=pattern)
    return [cell for cell in cells if not only or any(fnmatch.fnmatchcase(cell.run, pattern) for pattern in only)]


def _plan(args: argparse.Namespace, place: GridPlace, grid: Grid, cells: list[Cell], known: tuple[CaseSet, int]) -> str:
    from trainer.grid_engines.plan import as_text, make_plan

    found, at_once = known
    queue = place.queue(attempts=grid.attempts)
    positive = sum(case.label for case in found.cases)
    about = {
        "title": f"{grid.shared.name}, preset {grid.preset or 'none'}",
        "data": f"{found.description}: {len(found.cases)}, {positive} with the disease, in {args.data}",
        "engine": f"{args.engine}, {_number(at_once, 'cell')} at once, {_number(grid.threads, 'thread')} each",
    }
    plan = make_plan(place, cells, len(found.cases), queue=queue, at_once=at_once)
    return as_text(plan, about, out=args.out, cache=cache_of(args))


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"


def _begin(args: argparse.Namespace, place: GridPlace, grid: Grid, found: CaseSet) -> None:
    """Prepare the patients by every recipe, deal them once, and note the grid."""
    from trainer.commands.progress_bar import with_bar
    from trainer.data.cache import fill
    from trainer.experiments.recipes import recipe_of
    from trainer.one_run import about_data

    recipes = {cell.recipe_digest: recipe_of(cell.config) for cell in grid.cells}
    workers = os.cpu_count() or 1
    contents = [with_bar(fill(found.cases, recipe, cache_of(args), workers=workers)) for recipe in recipes.values()]
    split = _split(place, grid, contents)
    about = {"split_sha256": split.sha256, "data": about_data(found)}
    place.write(grid, about=about)
    if place.read().threads != grid.threads:
        raise UsageError("Another process has begun this grid at the same moment; start this command again.")


def _split(place: GridPlace, grid: Grid, contents: list[CacheContent]) -> Split:
    """The one split of all cells; the patients are those that every recipe can prepare.

    Raises
    ------
    UsageError
        The grid was begun with other patients.
    """
    from dataclasses import replace

    from trainer.one_run import split_of

    usable = set.intersection(*({case.case_id for case in content.cases} for content in contents))
    content = replace(contents[0], cases=tuple(case for case in contents[0].cases if case.case_id in usable))
    split = split_of(grid.shared, content, stored=place.split if place.split.is_file() else None)
    dealt = {case_id for ids in split.parts.values() for case_id in ids}
    if dealt != usable:
        raise UsageError(
            f"{place.path} was begun with other patients ({len(dealt - usable)} of its split are missing here, "
            f"{len(usable - dealt)} here are new); give the same --data, or choose a new folder.",
            thing=place.path,
        )
    if not place.split.is_file():
        split.write(place.split)
    return split


def _work(args: argparse.Namespace, place: GridPlace, cells: list[Cell], at_once: int) -> Summary:
    from trainer.commands.progress_bar import with_bar
    from trainer.grid_engines.cell_process import CellJob
    from trainer.grid_engines.work import work_through

    grid = place.read()
    queue = place.queue(attempts=grid.attempts)
    runs = [cell.run for cell in cells]
    for run_name in runs if args.retry else []:
        queue.forgive(run_name)
    places = (str(args.out.resolve()), "", str(args.data.resolve()), str(cache_of(args).resolve()))
    job = CellJob(*places, threads=grid.threads)
    engine = _engine(args, len(cells), at_once, grid.threads)
    return with_bar(work_through(place, runs, job, engine, queue=queue))


def _engine(args: argparse.Namespace, cells: int, at_once: int, threads: int) -> Engine:
    if args.engine == "local":
        from trainer.grid_engines.work import LocalEngine

        return LocalEngine(at_once, gpus=_gpus())
    from trainer.grid_engines.on_ray import RayEngine

    # A cluster knows itself how many fit; all are handed over unless --workers says otherwise.
    many = args.workers or (cells if args.address else at_once)
    return RayEngine(cells=many, threads=threads, address=args.address)


def _tables(args: argparse.Namespace) -> None:
    """The tables of what is finished, as ``leuko-trainer tables`` builds them, with panels of the best runs."""
    from trainer.commands import tables

    if any((args.out / "runs").glob("*/metrics.json")):
        parser = argparse.ArgumentParser()
        tables.add_parser(parser.add_subparsers(dest="command"))
        words = ["tables", str(args.out), "--data", str(args.data), "--cache", str(cache_of(args))]
        tables.run(parser.parse_args(words))


def _report(summary: Summary, place: GridPlace) -> None:
    """Say how it ended.

    Raises
    ------
    IncompleteError
        Cells were given up.
    """
    sys.stdout.write(f"{len(summary.done)} cells are finished; all in {place.path}.\n")
    for name, reason in summary.failed:
        sys.stdout.write(f"{name} failed: {reason} What it said is in {place.log(name)}.\n")
    if summary.failed:
        raise IncompleteError(
            f"{len(summary.failed)} of {len(summary.failed) + len(summary.done)} cells failed; remove the cause, then "
            "start the same command again with --retry.",
            thing=summary.failed,
        )


@contextlib.contextmanager
def _terminated_as_interrupted() -> Generator[None, None, None]:
    """A request to end (SIGTERM, as of a cluster's queue) is treated like Ctrl-C: the cells are stopped in order."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
