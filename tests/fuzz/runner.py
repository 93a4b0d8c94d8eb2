"""Runs many cases in processes that may crash or hang, counts the outcomes, and can go on where it was stopped.

A case hangs when it has used its time on the processor (its decoder's included), or many times that on the clock: so
a busy machine makes no hangs of its own.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tests.fuzz import worker
from tests.fuzz.cases import Case, case_of
from tests.fuzz.outcome import Kind, Outcome

CASE_LIMIT_S = 15.0
# On the clock, beside the limit on the processor.
PATIENCE = 120
_FAREWELL_S = 10.0
MAX_FAULTS_KEPT = 200


@dataclass
class Table:
    """What a run found.

    Attributes
    ----------
    seed, count : int
        Of the run; the indices are those below ``count``.
    done : int
        All indices below it are counted.
    kinds : Counter
        Outcomes.
    reasons : Counter
        Outcomes with their reasons.
    damages : Counter
        Outcomes by damage.
    faults : list of dict
        What must not be: index, case, outcome.
    seconds, cpu_seconds : float
        Time spent, on the clock and on the processor.
    slowest : list of (float, int)
        The slowest cases, seconds and index.
    """

    seed: int
    count: int
    done: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    damages: Counter[str] = field(default_factory=Counter)
    faults: list[dict[str, object]] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    slowest: list[tuple[float, int]] = field(default_factory=list)

    def add(self, index: int, case: Case, outcome: Outcome, seconds: float) -> None:
        """Count one outcome."""
        self.done += 1
        self.kinds[outcome.kind.value] += 1
        self.reasons[f"{outcome.kind.value}: {outcome.reason}"] += 1
        for step in case.steps:
            self.damages[f"{step.name}: {outcome.kind.value}"] += 1
        self.slowest = sorted([*self.slowest, (round(seconds, 3), index)], reverse=True)[:5]
        if outcome.kind.is_fault and len(self.faults) < MAX_FAULTS_KEPT:
            steps = [[step.name, step.seed] for step in case.steps]
            fault = {"index": index, "base": case.base, "steps": steps, "kind": outcome.kind.value}
            self.faults.append({**fault, "reason": outcome.reason, "trace": outcome.trace})

    @property
    def fault_count(self) -> int:
        """How many cases ended as none may."""
        return sum(self.kinds[kind.value] for kind in Kind if kind.is_fault)

    def save(self, path: Path) -> None:
        """Write it whole or not at all."""
        temporary = path.with_suffix(".part")
        temporary.write_text(json.dumps(self.__dict__, indent=1) + "\n", encoding="utf-8")
        temporary.replace(path)

    @classmethod
    def resumed(cls, path: Path | None, seed: int, count: int) -> Table:
        """What an earlier run of the same seed left, else an empty one."""
        if path is None or not path.exists():
            return cls(seed, count)
        table = cls(**json.loads(path.read_text(encoding="utf-8")))
        if table.seed != seed:
            raise SystemExit(f"{path} belongs to seed {table.seed}; choose another file")
        table.count = count
        for name in ("kinds", "reasons", "damages"):
            setattr(table, name, Counter(getattr(table, name)))
        table.slowest = [(float(seconds), int(index)) for seconds, index in table.slowest]
        return table

    def lines(self, most: int = 12) -> Iterator[str]:
        """For the terminal."""
        took = f"{self.seconds:.1f} s, {self.cpu_seconds:.1f} s of processors"
        yield f"seed {self.seed}: {self.done} of {self.count} cases in {took}"
        for kind in Kind:
            yield f"  {kind.value:<22}{self.kinds[kind.value]:>8}"
        for reason, number in self.reasons.most_common(most):
            yield f"    {number:>7}  {reason}"
        for fault in self.faults[:10]:
            yield f"  FAULT at INDEX={fault['index']}: {fault['kind']}, {fault['reason']}"


@dataclass
class _Seat:
    """One worker with what it works on."""

    process: SpawnProcess
    connection: Connection
    index: int
    since_s: float
    used_s: float | None = None


Prepare = Callable[[], object]
_Found = tuple[int, Case, Outcome, float]


def run(
    table: Table, *, workers: int = 2, limit_s: float = CASE_LIMIT_S, every: int = 500,
    decode_limit_s: float = worker.DECODE_LIMIT_S, told: Callable[[Table], None] | None = None,
    prepare: Prepare | None = None,
) -> Table:  # fmt: skip
    """Open the cases of a table that are not counted yet.

    Parameters
    ----------
    table : Table
        What to run; it is changed and returned.
    workers : int
        Processes.
    limit_s : float
        Time on the processor for one case before it counts as hanging.
    decode_limit_s : float
        Time on the clock that one frame may take; on a busy machine give more, or sound frames are told as too slow.
    every : int
        ``told`` is called after so many cases, when all below ``done`` are counted.
    told : callable, optional
        For progress and for saving.
    prepare : callable, optional
        Called in each worker first; tests of this runner break the program with it.
    """
    with Workers(table.seed, workers, limit_s=limit_s, decode_limit_s=decode_limit_s, prepare=prepare) as running:
        while table.done < table.count:
            started, used = time.perf_counter(), _children_s()
            part = range(table.done, min(table.count, table.done + every))
            # A part is counted whole: a stopped run repeats at most one.
            for index, case, outcome, seconds in sorted(running.outcomes(part), key=lambda found: found[0]):
                table.add(index, case, outcome, seconds)
            table.seconds = round(table.seconds + time.perf_counter() - started, 2)
            table.cpu_seconds = round(table.cpu_seconds + _children_s() + running.used_s - used, 2)
            if told is not None:
                told(table)
    return table


class Workers:
    """Processes that open cases; one that dies or hangs is replaced, and its case is named.

    Parameters
    ----------
    seed : int
        Of the cases.
    count : int
        Processes.
    limit_s, decode_limit_s, prepare
        As in :func:`run`.
    """

    def __init__(
        self, seed: int, count: int, *, limit_s: float = CASE_LIMIT_S, decode_limit_s: float = worker.DECODE_LIMIT_S,
        prepare: Prepare | None = None,
    ) -> None:  # fmt: skip
        self._seed, self._count, self._limit_s, self._prepare = seed, count, limit_s, prepare
        self._decode_limit_s = decode_limit_s
        self._seats: list[_Seat] = []
        self._made = 0
        self._folder = TemporaryDirectory(prefix="fuzz", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for seat in self._seats:
            with contextlib.suppress(OSError):
                seat.connection.send(None)
        for seat in self._seats:
            if error is None:
                seat.process.join(_FAREWELL_S)
            _end(seat)
        self._folder.cleanup()

    @property
    def used_s(self) -> float:
        """Time on the processor of the processes that are alive now."""
        return sum(_group_s(seat.process.pid) for seat in self._seats)

    def outcomes(self, indices: Iterable[int]) -> Iterator[_Found]:
        """How each of these cases ends, in the order in which they end."""
        waiting = deque(indices)
        idle = list(self._seats)
        busy: list[_Seat] = []
        while waiting or busy:
            while waiting and len(busy) < self._count:
                seat = idle.pop() if idle else self._seated()
                self._give(seat, waiting.popleft())
                busy.append(seat)
            ready = wait([seat.connection for seat in busy], timeout=0.5)
            for seat in list(busy):
                found, is_alive = self._looked_at(seat, is_ready=seat.connection in ready)
                if found is None:
                    continue
                busy.remove(seat)
                if is_alive:
                    idle.append(seat)
                else:
                    self._seats.remove(seat)
                    _end(seat)
                yield found

    def _seated(self) -> _Seat:
        self._made += 1
        folder = Path(self._folder.name) / str(self._made)
        folder.mkdir()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=worker.work, args=(theirs, str(folder), self._seed, self._decode_limit_s, self._prepare)
        )
        process.start()
        theirs.close()
        seat = _Seat(process, ours, -1, 0.0)
        self._seats.append(seat)
        return seat

    def _give(self, seat: _Seat, index: int) -> None:
        seat.index, seat.since_s, seat.used_s = index, time.monotonic(), None
        with contextlib.suppress(OSError):  # It died just now: its end is seen at the next look.
            seat.connection.send(index)

    def _looked_at(self, seat: _Seat, *, is_ready: bool) -> tuple[_Found | None, bool]:
        took_s = time.monotonic() - seat.since_s
        if is_ready:
            try:
                answer = seat.connection.recv()
            except (EOFError, OSError):
                seat.process.join(5)
                death = Outcome(Kind.CRASH, f"exit code {seat.process.exitcode}")
                return (seat.index, case_of(self._seed, seat.index), death, took_s), False
            if answer is None:
                # It stands ready only now: importing is not the case's time.
                seat.since_s, seat.used_s = time.monotonic(), None
                return None, True
            return (*answer, took_s), True
        if took_s > self._limit_s and self._is_hanging(seat, took_s):
            hang = Outcome(Kind.HANG, f"over {self._limit_s:g} s")
            return (seat.index, case_of(self._seed, seat.index), hang, took_s), False
        return None, True

    def _is_hanging(self, seat: _Seat, took_s: float) -> bool:
        """Asked of slow ones alone: what it used on the processor counts from the first question on."""
        used_s = _group_s(seat.process.pid)
        if seat.used_s is None:
            seat.used_s = used_s
        return used_s - seat.used_s > self._limit_s or took_s > PATIENCE * self._limit_s


def _children_s() -> float:
    """Time on the processor of ended children of this process and their children."""
    times = os.times()
    return times.children_user + times.children_system


def _group_s(pid: int | None) -> float:
    """Time on the processor of a worker and its decoders, where the system tells it (Linux); else 0."""
    total = 0.0
    with contextlib.suppress(OSError, ValueError, IndexError):
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError):
                    words = (
                        Path("/proc", name, "stat")
                        .read_text(encoding="ascii", errors="replace")
                        .rpartition(")")[2]
                        .split()
                    )
                    if int(words[2]) == pid or int(name) == pid:
                        total += sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


def _end(seat: _Seat) -> None:
    """The worker and whatever it started."""
    pid = seat.process.pid
    if sys.platform != "win32" and pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if os.getpgid(pid) == pid:
                os.killpg(pid, signal.SIGKILL)
    seat.process.kill()
    seat.process.join()
    seat.process.close()
    seat.connection.close()
