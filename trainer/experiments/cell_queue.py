"""A queue of cells on disk, which several processes and machines share: each cell is worked at by one of them.

``claims/<run>.<n>.json`` says who took the cell the n-th time; it is made exclusively, so that of several takers one
wins, and its time of change is the owner's beating heart. ``ended/<run>.<n>.json`` says how that ended. A claim without
an end whose owner is dead (its process is gone, or its heart has stood still for as long as we watch it) is passed over
by making the next claim. No file is ever changed by anyone but its owner, none is removed: no moment at which a process
may be killed leaves the queue in two minds. A shared folder must make files exclusively (NFS 3 and later do).
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import re
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from leukoviewer import atomic
from leukoviewer.errors import CannotWriteError

BEAT_S = 5.0
# Twelve beats: a machine that swaps, or a shared folder that shows changes late, is not taken for dead.
STALE_S = 60.0

_CLAIM = re.compile(r"(?P<run>.+)\.(?P<number>\d{3,})\.json")


class State(Enum):
    """Where a cell stands."""

    FREE = "free"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Claim:
    """One taking of a cell.

    Attributes
    ----------
    path : Path
        Its file; the owner's heart beats in its time of change.
    run : str
        The cell.
    number : int
        The how-maniest taking, from 1.
    """

    path: Path
    run: str
    number: int


@dataclass(frozen=True, slots=True)
class Ending:
    """How an attempt at a cell ended.

    Attributes
    ----------
    outcome : str
        done, failed or stopped (by the user: not the cell's fault).
    message : str
        One sentence, for a failed one.
    seconds : float
        How long it took.
    carry_on : bool
        Whether the next attempt may go on from what this one left (a full disk, a killed process).
    """

    outcome: str
    message: str = ""
    seconds: float = 0.0
    carry_on: bool = True


@dataclass(slots=True)
class CellQueue:
    """The queue of a grid's folder.

    Attributes
    ----------
    folder : Path
        ``GRID/queue``.
    attempts : int
        How often a cell may fail.
    stale_s : float
        After so long without a heartbeat an owner that cannot be asked counts as dead.
    """

    folder: Path
    attempts: int = 2
    stale_s: float = STALE_S
    _seen: dict[Path, tuple[int, float]] = field(default_factory=dict)
    _forgiven: dict[str, int] = field(default_factory=dict)

    def state(self, run: str, *, finished: bool = False) -> State:
        """Where a cell stands.

        Parameters
        ----------
        run : str
            The cell.
        finished : bool
            Whether its results lie there, which is what counts in the end.
        """
        if finished:
            return State.DONE
        if self._is_taken(run, self.latest(run)):
            return State.RUNNING
        failed = len(self.failures(run)) - self._forgiven.get(run, 0)
        return State.FAILED if failed >= self.attempts else State.FREE

    def claim(self, run: str) -> Claim | None:
        """Take a cell; None when somebody else has it or just took it.

        Raises
        ------
        CannotWriteError
            The folder cannot be written.
        """
        last = self.latest(run)
        if self._is_taken(run, last):
            return None
        path = self._claim_path(run, last + 1)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path, json.dumps(_this_process()))
        except FileExistsError:
            return None
        except OSError as error:
            why = error.strerror or str(error)
            raise CannotWriteError(
                f"{path.parent} cannot be written ({why}); free some space or choose another place.", thing=path
            ) from error
        return Claim(path, run, last + 1)

    def holds(self, claim: Claim) -> bool:
        """Whether nobody has passed the owner over (because the machine slept for a while, say)."""
        return self.latest(claim.run) == claim.number

    def end(self, run: str, number: int, ending: Ending) -> None:
        """Note how a taking ended; a note that is there already stays.

        Raises
        ------
        CannotWriteError
            It cannot be written.
        """
        path = self._ended(run, number)
        if not path.exists():
            held = {name: getattr(ending, name) for name in Ending.__slots__}
            atomic.write_json(path, {**held, "ended": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())})

    def taken_by(self, run: str, pid: int, *, since: int = 0) -> int | None:
        """Number of the last taking after ``since`` by a process of this machine; None when it took none.

        A process that was started through another one, as Python in a virtual environment is on Windows, is found by
        that one's number too.
        """
        for number in range(self.latest(run), since, -1):
            about = _read(self._claim_path(run, number)) or {}
            here = all(about.get(name) == value for name, value in _this_machine().items())
            if here and pid in (about.get("pid"), about.get("parent")):
                return number
        return None

    def latest(self, run: str) -> int:
        """Number of the last taking, 0 for none."""
        numbers = [0]
        with contextlib.suppress(FileNotFoundError):
            for name in os.listdir(self.folder / "claims"):
                found = _CLAIM.fullmatch(name)
                if found and found["run"] == run:
                    numbers.append(int(found["number"]))
        return max(numbers)

    def ending(self, run: str, number: int) -> Ending | None:
        """How a taking ended; None when nobody noted it (it runs, or was killed)."""
        return _read_ending(self._ended(run, number))

    def failures(self, run: str) -> list[Ending]:
        """Attempts at a cell that failed, the first first."""
        return [ending for ending in self._endings(run) if ending.outcome == "failed"]

    def seconds(self, run: str) -> float | None:
        """How long the attempt took that finished the cell; None when that is not known."""
        done = [ending.seconds for ending in self._endings(run) if ending.outcome == "done"]
        # A later one only found the cell finished.
        return done[0] if done else None

    def forgive(self, run: str) -> None:
        """Count the failures so far no longer: the cell is tried again by this process."""
        self._forgiven[run] = len(self.failures(run))

    def _endings(self, run: str) -> list[Ending]:
        found = [self.ending(run, number) for number in range(1, self.latest(run) + 1)]
        return [ending for ending in found if ending is not None]

    def _is_taken(self, run: str, last: int) -> bool:
        return last > 0 and not self._ended(run, last).exists() and self._lives(self._claim_path(run, last))

    def _claim_path(self, run: str, number: int) -> Path:
        return self.folder / "claims" / f"{run}.{number:03d}.json"

    def _ended(self, run: str, number: int) -> Path:
        return self.folder / "ended" / f"{run}.{number:03d}.json"

    def _lives(self, path: Path) -> bool:
        """Whether the owner of a claim is alive: by its process on this machine, else by its heart."""
        about = _read(path)
        if about is not None and _is_here(about) and not _runs(int(about["pid"])):
            return False
        try:
            beat = path.stat().st_mtime_ns
        except OSError:
            return False
        now = time.monotonic()
        # Clocks of machines differ: what counts is whether the beat changes while we look.
        known, since = self._seen.get(path, (0, now))
        if known != beat:
            self._seen[path] = (beat, now)
            return True
        return now - since < self.stale_s


class Heart:
    """Beats for a claim while a block runs, and tells when the claim was lost.

    Parameters
    ----------
    queue : CellQueue
        The queue.
    claim : Claim
        What is held.
    on_loss : callable
        Called once, from the heart's thread, when somebody has passed us over.
    beat_s : float
        Time between beats.
    """

    def __init__(self, queue: CellQueue, claim: Claim, *, on_loss: Any, beat_s: float = BEAT_S) -> None:
        self._queue, self._claim, self._on_loss, self._beat_s = queue, claim, on_loss, beat_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="claim-heart", daemon=True)

    def __enter__(self) -> Heart:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        """Stop."""
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(self._beat_s):
            if not self._queue.holds(self._claim):
                self._on_loss()
                return
            with contextlib.suppress(OSError):  # a shared folder that is away for a moment
                os.utime(self._claim.path)


def _make(path: Path, text: str) -> None:
    """Make a file that does not exist, or none at all."""
    with path.open("x", encoding="utf-8") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise


def _this_process() -> dict[str, Any]:
    return {**_this_machine(), "pid": os.getpid(), "parent": os.getppid()}


def _this_machine() -> dict[str, str]:
    return {"machine": _machine(), "host": platform.node()}


def _machine() -> str:
    """This boot of this machine, and this space of process numbers; empty where that cannot be told."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return platform.node() if os.name == "posix" else ""


def _is_here(about: dict[str, Any]) -> bool:
    return bool(about.get("machine")) and about.get("machine") == _machine() and isinstance(about.get("pid"), int)


def _runs(pid: int) -> bool:
    """Whether a process of this machine runs (a finished one that nobody has asked for does not)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return True


def _read(path: Path) -> dict[str, Any] | None:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) else None


def _read_ending(path: Path) -> Ending | None:
    held = _read(path)
    if held is None:
        return None
    try:
        return Ending(**{name: held[name] for name in Ending.__slots__})
    except KeyError:
        return None
