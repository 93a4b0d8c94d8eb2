"""Heads of a few slices, also for processes that know nothing of a test's patches."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager

from trainer.simulation import cohort
from trainer.simulation.endless import EndlessSource
from trainer.simulation.patient import SimulatedPatient
from trainer.simulation.protocol import PROTOCOLS, Protocol

# Two or three slices, and the least of a volume.
TWO = Protocol((8.0, 70.0), (8.0, 70.0))
FIVE = Protocol((8.0, 30.0), (8.0, 30.0))

_start_worker = cohort._start_worker


def shrink(protocol: Protocol = TWO) -> None:
    """Every protocol of this process takes a few slices."""
    for name in PROTOCOLS:
        PROTOCOLS[name] = protocol  # type: ignore[index]


@contextmanager
def shrunk(protocol: Protocol = FIVE) -> Generator[None, None, None]:
    """The same for a while."""
    before = dict(PROTOCOLS)
    shrink(protocol)
    try:
        yield
    finally:
        PROTOCOLS.update(before)  # type: ignore[attr-defined]


def start_worker(device: str) -> None:
    """In place of `cohort._start_worker`."""
    shrink()
    _start_worker(device)


class SmallSource(EndlessSource):
    """An endless source of small heads, wherever it is drawn from."""

    __slots__ = ()

    def patient(self, index: int) -> SimulatedPatient:
        with shrunk():
            return super().patient(index)


def main(arguments: list[str]) -> int:
    """The trainer's command line, with small heads in every process."""
    from trainer import cli

    shrink()
    cohort._start_worker = start_worker
    return cli.run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
