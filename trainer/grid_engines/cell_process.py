"""Starts the process of one cell, waits for it, and notes how it ended; the same on this machine and on a Ray node."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from trainer.experiments.cell_queue import CellQueue, Ending
from trainer.experiments.grid_place import GridPlace

# The process found the cell in other hands, or was passed over (EX_TEMPFAIL of sysexits.h).
TAKEN = 75
STOPPED = 130
_PREFIX = "leuko-trainer: "
_POLL_S = 0.2
# A cell that is asked to stop ends its step first.
_GRACE_S = 60.0
# Endings after which the next attempt goes on from the last checkpoint; after others it begins anew.
_CARRY_ON = (7,)


@dataclass(frozen=True, slots=True)
class CellJob:
    """What the process of a cell needs to know; plain values, so that it travels to another machine.

    Attributes
    ----------
    grid, run : str
        Folder of the grid, name of the cell.
    data, cache : str
        Where the patients and the prepared stacks lie.
    threads : int
        Of the process; 0 to leave them.
    gpu : str
        The GPU that it may see; empty for all.
    command : tuple of str
        What is run instead of ``leuko-trainer cell``, with the grid's folder and the run's name behind it.
    """

    grid: str
    run: str
    data: str
    cache: str
    threads: int = 0
    gpu: str = ""
    command: tuple[str, ...] = ()

    @property
    def line(self) -> list[str]:
        """The command line."""
        if self.command:
            return [*self.command, self.grid, self.run]
        own = [sys.executable, "-m", "trainer", "cell", self.grid, self.run]
        return [*own, "--data", self.data, "--cache", self.cache, "--watch-stdin"]


@dataclass(frozen=True, slots=True)
class _Child:
    """The ended process of a cell: its number, seconds; the cell's last taking and the length of the log before it."""

    pid: int
    before: int
    place_in_log: int
    seconds: float


def run_cell(job: CellJob, stop: threading.Event | None = None) -> str:
    """Work at a cell in a process of its own, until its end or until told to stop.

    Parameters
    ----------
    job : CellJob
        What to do.
    stop : Event, optional
        When it is set the process is asked to stop (by closing its standard input) and waited for.

    Returns
    -------
    str
        ``done``, ``failed``, ``stopped``, or ``taken`` when somebody else works at it.

    Raises
    ------
    CannotWriteError
        The ending cannot be noted.
    """
    place = GridPlace(Path(job.grid))
    queue, log = place.queue(), place.log(job.run)
    log.parent.mkdir(parents=True, exist_ok=True)
    before, begun = queue.latest(job.run), time.monotonic()
    with log.open("ab") as said:
        place_in_log = said.tell()
        with subprocess.Popen(
            job.line,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            env=_environment(job),
            start_new_session=True,  # Ctrl-C is for us alone; the cell hears of it in its own time
        ) as process:
            try:
                code = _wait(process, stop)
            except BaseException:
                _stop(process)
                raise
    child = _Child(process.pid, before, place_in_log, time.monotonic() - begun)
    return _note(place, job.run, code, child=child)


def _wait(process: subprocess.Popen[bytes], stop: threading.Event | None) -> int:
    while True:
        try:
            return process.wait(timeout=_POLL_S)
        except subprocess.TimeoutExpired:
            if stop is not None and stop.is_set():
                return _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> int:
    """Ask, then order, then force; the exit code."""
    if process.stdin is not None:
        process.stdin.close()
    for act in (process.terminate, process.kill):
        try:
            process.wait(timeout=_GRACE_S)
            return STOPPED
        except subprocess.TimeoutExpired:
            act()
    process.wait()
    return STOPPED


def _note(place: GridPlace, run: str, code: int, *, child: _Child) -> str:
    """Note how the process ended where it could not do so itself."""
    queue = place.queue()
    if code == TAKEN:
        return "taken"
    if place.is_finished(run):
        _end(queue, run, child, ending=Ending("done", seconds=child.seconds))
        return "done"
    if code == STOPPED:
        _end(queue, run, child, ending=Ending("stopped", seconds=child.seconds))
        return "stopped"
    message = _sentence(place.log(run), child.place_in_log, code)
    carry_on = code < 0 or code in _CARRY_ON
    _end(queue, run, child, ending=Ending("failed", message, child.seconds, carry_on=carry_on))
    return "failed"


def _end(queue: CellQueue, run: str, child: _Child, *, ending: Ending) -> None:
    number = queue.taken_by(run, child.pid, since=child.before)
    if number is None:
        if queue.latest(run) != child.before:  # somebody else took the cell meanwhile: it is theirs to end
            return
        # It ended before it could take the cell: the failure counts all the same.
        claim = queue.claim(run)
        if claim is None:
            return
        number = claim.number
    queue.end(run, number, ending)


def _sentence(log: Path, start: int, code: int) -> str:
    """Why a process failed: the sentence that it left last, or how it was ended."""
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode("utf-8", errors="replace").splitlines()
    told = [line.removeprefix(_PREFIX) for line in lines if line.startswith(_PREFIX)]
    if told and code > 0:
        return told[-1]
    if code < 0:
        return f"Its process was ended from outside (signal {-code}), perhaps for lack of memory."
    last = next((line.strip() for line in reversed(lines) if line.strip()), "it left no word")
    return f"Its process ended with code {code} ({last[:200]})."


def _environment(job: CellJob) -> dict[str, str]:
    root = str(Path(__file__).resolve().parents[2])
    held = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))}
    if job.gpu:
        held["CUDA_VISIBLE_DEVICES"] = job.gpu
    if job.threads > 0:
        held |= {name: str(job.threads) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    return held
