"""``leuko-trainer cell``: one cell of a grid in this process; what ``grid`` starts, and what another queue may."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer.errors import CannotWriteError, LeukoError, UsageError
from trainer.commands.run_arguments import add_cache, cache_of

if TYPE_CHECKING:
    from trainer.experiments.cell_queue import CellQueue, Claim, Ending
    from trainer.experiments.grid import Cell
    from trainer.experiments.grid_place import GridPlace


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "cell",
        help="carry out one cell of a grid (what grid starts)",
        description="Takes the cell from the grid's queue, carries its run on or begins it, and notes how it ended. "
        "Exit code 75: somebody else works at it.",
    )
    parser.add_argument("grid", type=Path, metavar="GRID", help="folder of leuko-trainer grid")
    parser.add_argument("run", metavar="RUN", help="name of the cell")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="the patients, as for grid")
    add_cache(parser)
    parser.add_argument("--watch-stdin", action="store_true", help="stop when the standard input is closed")


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from trainer.experiments.cell_queue import Heart
    from trainer.experiments.grid_place import GridPlace
    from trainer.grid_engines.cell_process import TAKEN

    place = GridPlace(args.grid)
    cell = place.read().cell(args.run)
    queue = place.queue()
    if place.is_finished(cell):
        return 0
    claim = queue.claim(cell.run)
    if claim is None:
        return TAKEN
    # A process that was started in the background ignores Ctrl-C, and with it our own wish to stop.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = threading.Event()
    watch = _stopped_with_stdin(asked) if args.watch_stdin else contextlib.nullcontext()
    # Passed over: somebody else writes into the run's folder by now, so not even a file may be closed.
    with Heart(queue, claim, on_loss=lambda: os._exit(TAKEN)), watch, _ending(queue, claim, asked):
        if place.is_finished(cell):  # between our look and our claim
            return 0
        _clear(place.run(cell).path, queue.ending(cell.run, claim.number - 1))
        _carry_out(place, cell, args)
    return 0


def _carry_out(place: GridPlace, cell: Cell, args: argparse.Namespace) -> None:
    from leukoviewer.core.progress import finish
    from trainer.data.cache import fill
    from trainer.experiments.recipes import recipe_of
    from trainer.one_run import about_run, carry_out, open_cases

    folder = place.run(cell)
    recipe = recipe_of(cell.config)
    found = open_cases(args.data, cell.config)
    if not folder.config.is_file():
        folder.begin(cell.config, about={**about_run(cell.config, recipe, found), "cell": cell.to_json()})
    elif folder.read_config()[0] != cell.config:
        raise UsageError(
            f"{folder.path} was begun with other settings than the grid's; remove that folder, or begin a new grid.",
            thing=folder.path,
        )
    content = finish(fill(found.cases, recipe, cache_of(args)))
    carry_out(folder, cell.config, content, split_file=place.split)


def _clear(folder: Path, before: Ending | None) -> None:
    """Remove what must not be carried on: a run that failed of itself, or that was stopped before its first note."""
    import shutil

    failed = before is not None and before.outcome == "failed" and not before.carry_on
    if folder.is_dir() and (failed or not (folder / "config.json").is_file()):
        shutil.rmtree(folder)


@contextlib.contextmanager
def _ending(queue: CellQueue, claim: Claim, asked: threading.Event) -> Generator[None, None, None]:
    """Note how the block ended; what is unexpected is left to whoever started this process, and to the log."""
    from trainer.experiments.cell_queue import Ending

    since = time.monotonic()
    try:
        yield
    except LeukoError as error:
        if asked.is_set():  # an interrupt in the middle of an import may come out as a missing library
            queue.end(claim.run, claim.number, Ending("stopped", seconds=time.monotonic() - since))
            raise KeyboardInterrupt from error
        ending = Ending("failed", str(error), time.monotonic() - since, isinstance(error, CannotWriteError))
        with contextlib.suppress(CannotWriteError):  # the first sentence is the one to show
            queue.end(claim.run, claim.number, ending)
        raise
    except KeyboardInterrupt:
        queue.end(claim.run, claim.number, Ending("stopped", seconds=time.monotonic() - since))
        raise
    queue.end(claim.run, claim.number, Ending("done", seconds=time.monotonic() - since))


@contextlib.contextmanager
def _stopped_with_stdin(asked: threading.Event) -> Generator[None, None, None]:
    """Interrupt the block when the standard input is closed: by whoever started us, or by its death."""
    over = threading.Event()

    def watch() -> None:
        # Not through sys.stdin: its lock would be held at the interpreter's end.
        while os.read(0, 1024):
            pass
        if not over.is_set():
            asked.set()
            signal.raise_signal(signal.SIGINT)

    threading.Thread(target=watch, name="watch-stdin", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        sys.stderr.flush()
