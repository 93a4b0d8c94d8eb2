"""One process of the fuzzer: takes indices, opens each damaged file, and tells how it ended."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from leukoviewer.dicom.decode_process import DecodeProcess
from tests.fuzz.cases import DAMAGED, Case, bases, case_of, damaged, neighbors, series_of_neighbors
from tests.fuzz.outcome import Outcome, outcome_of

# A file that keeps its decoder busy shall not keep the fuzzer busy; the program itself waits longer.
DECODE_LIMIT_S = 1.5
MEMORY_BYTES = 6 << 30


class Bench:
    """A folder in which one damaged file after the other is opened.

    Parameters
    ----------
    folder : Path
        Empty; used alone.
    decode_limit_s : float
        Time on the clock that one frame may take.
    """

    def __init__(self, folder: Path, *, decode_limit_s: float = DECODE_LIMIT_S) -> None:
        self._alone, self._series = folder / "alone", folder / "series"
        self._decoder = DecodeProcess(limit_s=decode_limit_s)
        self._count = 0
        self._alone.mkdir()
        self._series.mkdir()
        hu = [image for index, image in enumerate(series_of_neighbors().stored()[1]) if index != DAMAGED]
        self._sound = {self._series / f"sound{number}.dcm": image for number, image in enumerate(hu)}
        for path, data in zip(self._sound, neighbors(), strict=True):
            path.write_bytes(data)

    def outcome(self, case: Case) -> Outcome:
        """Write the case's file and open it."""
        return self.opened(damaged(case), among_others=case.has_neighbors)

    def opened(self, data: bytes, *, among_others: bool = False) -> Outcome:
        """Open these bytes as a file, alone or with sound slices of its series beside it."""
        # A name of its own: a decoder keeps the last file that it was given by its name.
        self._count += 1
        path = (self._series if among_others else self._alone) / f"case{self._count}.dcm"
        path.write_bytes(data)
        try:
            if among_others:
                return outcome_of(self._series, decoder=self._decoder, sound=dict(self._sound))
            return outcome_of(path, decoder=self._decoder)
        finally:
            path.unlink()

    def close(self) -> None:
        """End the decoder."""
        self._decoder.close()


def work(
    connection: Connection, folder: str, seed: int, decode_limit_s: float, prepare: Callable[[], object] | None = None
) -> None:
    """Tell by None that all is ready, then answer indices until None comes; an answer is ``(index, case, outcome)``."""
    be_alone()
    if prepare is not None:
        prepare()
    bench = Bench(Path(folder), decode_limit_s=decode_limit_s)
    bases()
    connection.send(None)
    try:
        while (index := connection.recv()) is not None:
            case = case_of(seed, index)
            connection.send((index, case, bench.outcome(case)))
    finally:
        bench.close()


def be_alone() -> None:
    """A group of its own, so that decoders die with it; a limit of memory; numeric warnings are faults."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("error")
    if sys.platform != "win32":
        import resource

        os.setpgrp()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
