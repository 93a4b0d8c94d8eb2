"""Runs a built program as a stranger would have it: clean home, no Python, nothing else of this machine's settings."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import project

LIMIT_S = 300.0


class CheckFailedError(Exception):
    """The program did something else than it must."""


class NotRunError(Exception):
    """A check cannot be made on this machine; the text says why."""


@dataclass(frozen=True)
class Outcome:
    """What a run left: exit code, the two outputs, seconds."""

    code: int
    out: str
    errors: str
    seconds: float

    @property
    def sentence(self) -> str:
        """The last thing that was told on standard error."""
        lines = [line for line in self.errors.splitlines() if line.strip()]
        return lines[-1] if lines else ""


@dataclass(frozen=True)
class Program:
    """The program and the world that it runs in.

    Attributes
    ----------
    command : tuple of str
        Before the arguments: the program itself, perhaps behind one that changes its world.
    home : Path
        An empty folder.
    world : dict
        Variables beyond home and language; ``PATH`` leads nowhere.
    """

    command: tuple[str, ...]
    home: Path
    world: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """All that the program sees of this machine's variables."""
        plain = {"HOME": str(self.home), "PATH": str(self.home / "no-programs-here"), "LANG": "C.UTF-8"}
        threads = os.environ.get("OMP_NUM_THREADS")
        return {**plain, **({"OMP_NUM_THREADS": threads} if threads else {}), **self.world}

    def run(self, *arguments: str | Path, limit_s: float = LIMIT_S) -> Outcome:
        """Run to the end."""
        line = [*self.command, *map(str, arguments)]
        started = time.perf_counter()
        done = subprocess.run(
            line, check=False, env=self.environment(), cwd=self.home, capture_output=True, timeout=limit_s
        )
        texts = (done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
        return Outcome(done.returncode, *texts, time.perf_counter() - started)

    def must(self, *arguments: str | Path, code: int = 0, says: str = "") -> Outcome:
        """Run, and want this exit code, these words on standard error, and never a traceback.

        Raises
        ------
        CheckFailedError
            It went otherwise.
        """
        outcome = self.run(*arguments)
        told = outcome.errors[-1500:] + outcome.out[-500:]
        if outcome.code != code:
            raise CheckFailedError(f"exit code {outcome.code} in place of {code}: {told}")
        if "Traceback" in outcome.errors:
            raise CheckFailedError(f"a traceback reached the user: {told}")
        if says and says.casefold() not in outcome.sentence.casefold():
            raise CheckFailedError(f"does not say {says!r}: {told}")
        return outcome


@contextmanager
def clean_home() -> Iterator[Path]:
    """An empty folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="leukoviewer-check-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        yield home


def executable(folder: Path = project.PROGRAM_FOLDER) -> Path:
    """The program in its folder; on Windows the one that may print.

    Raises
    ------
    NotRunError
        It has not been built.
    """
    names: Sequence[str] = (f"{project.NAME}-console.exe", project.NAME)
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise NotRunError("nothing is built; run make package first")
