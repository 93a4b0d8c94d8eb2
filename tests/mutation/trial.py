"""One mutant against the tests: in a forked process that imports the changed module in place of the true one."""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from tests.mutation.operators import Mutant

_ANSWER_BYTES = 4096
# One arrangement of names is enough here, and no decoding process, whose start takes a second.
_QUICK = "not reversed and not scattered and not 10008.1.2.5 and not 10008.1.2.4 and not 1.2.1.99 and not case_36"
_QUICK += " and not case_47 and not case_48 and not case_49"


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the changed module to whoever imports it."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self._mutant.module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._mutant.tree(), f"<mutant of {self._mutant.module}>", "exec"), module.__dict__)


class _FirstFailure:
    """Remembers the test that noticed."""

    def __init__(self) -> None:
        self.name = ""

    def pytest_runtest_logreport(self, report: object) -> None:
        if getattr(report, "failed", False) and not self.name:
            self.name = str(getattr(report, "nodeid", ""))


def judge(mutant: Mutant | None, tests: Sequence[str], limit_s: float) -> str:
    """The test that kills a mutant (or what else ended it); empty when it survives them all.

    Parameters
    ----------
    mutant : Mutant or None
        None runs the tests on the code as it is.
    tests : sequence of str
        Files or node ids of pytest, in the order in which they are run, up to the first failure.
    limit_s : float
        Processor time after which a mutant counts as killed: it loops.
    """
    readable, writable = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(readable)
        _run(mutant, tests, writable)
    os.close(writable)
    with os.fdopen(readable, "rb") as pipe:
        ended = _wait(child, limit_s)
        said = pipe.read(_ANSWER_BYTES).decode() if ended else ""
    return said.partition("\n")[2] if said.startswith("done") else ("took too long" if not ended else "crashed")


def _run(mutant: Mutant | None, tests: Sequence[str], answer: int) -> None:
    """In the child: never returns."""
    import pytest

    os.setpgid(0, 0)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    # Whatever was imported before would keep its true rules.
    for name in [name for name in sys.modules if name.startswith(("leukoviewer", "tests.")) and "mutation" not in name]:
        del sys.modules[name]
    if mutant is not None:
        sys.meta_path.insert(0, _Changed(mutant))
    first = _FirstFailure()
    root = Path(__file__).resolve().parents[2]
    options = [
        "-x", "-q", "-p", "no:cacheprovider", "--noconftest", "-p", "tests.dicom_cases.conftest", f"--rootdir={root}",
        "-c", str(Path(__file__).with_name("pytest.ini")), "-W", "ignore",
        "-k", _QUICK,
    ]  # fmt: skip
    code = pytest.main([*options, *tests], plugins=[first])
    os.write(answer, f"done\n{first.name if code in {0, 1} else f'tests could not be run ({int(code)})'}".encode())
    os._exit(0)


def _wait(child: int, limit_s: float) -> bool:
    """Whether the child ended by itself; else it and what it started are killed.

    Its processor time is measured, so that a busy machine kills nothing.
    """
    ended = False
    hard_end_s = time.monotonic() + 40 * limit_s
    while not ended:
        pid, _ = os.waitpid(child, os.WNOHANG)
        ended = pid == child
        if not ended and (_cpu_s(child) > limit_s or time.monotonic() > hard_end_s):
            break
        if not ended:
            time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if not ended:
        os.waitpid(child, 0)
    return ended


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
