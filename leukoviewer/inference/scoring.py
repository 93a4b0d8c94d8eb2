"""Runs a stack through an engine batch by batch, with less at a time when the device's memory is too small."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import OutOfMemoryError
from leukoviewer.inference.depth_maps import by_slice
from leukoviewer.inference.engine import Engine, EngineOutput
from leukoviewer.inference.watch import watched

_log = logging.getLogger(__name__)

_MESSAGE = "Scoring slices"


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What a network said of some slices.

    Attributes
    ----------
    logits : array of float32, shape (n,)
        One a slice. A model of volumes says one thing on the patient: the same on every slice.
    maps : array of float32, shape (n, h', w')
        Raw heatmaps, one a slice.
    engine : str
        Name of the engine that finished.
    device : str
        Its device.
    warnings : tuple of SeriesWarning
        That the memory of a device was too small.
    """

    logits: NDArray[np.float32]
    maps: NDArray[np.float32]
    engine: str
    device: str
    warnings: tuple[SeriesWarning, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How a stack is run.

    Attributes
    ----------
    engine : Engine
        Where.
    batch_size : int
        Slices at a time.
    on_processor : callable
        Opens the engine to fall back to.
    notes : tuple of str
        What had to be changed, for the reader.
    """

    engine: Engine
    batch_size: int
    on_processor: Callable[[], Engine] = field(repr=False)
    notes: tuple[str, ...] = ()

    def with_less_memory(self, error: OutOfMemoryError) -> Plan:
        """Half the batch; from a single slice on the processor.

        Raises
        ------
        OutOfMemoryError
            It was a single slice on the processor already.
        """
        if self.batch_size > 1:
            half = self.batch_size // 2
            note = f"The {self.engine.device.upper()} device ran out of memory; it took {half} slices at a time."
            return replace(self, batch_size=half, notes=(*self.notes, note))
        if self.engine.device == "cpu":
            raise error
        note = f"The {self.engine.device.upper()} device has too little memory; the processor did the work."
        processor = self.on_processor()
        return replace(self, engine=processor, batch_size=processor.batch_size, notes=(*self.notes, note))


def score_slices(plan: Plan, values: NDArray[np.float32]) -> Work[Scored]:
    """Score gray slices (n, h, w), each by itself; yields progress by batch.

    Raises
    ------
    OutOfMemoryError
        Even the processor has too little memory for one slice.
    EngineError
        The engine failed.
    """
    outputs: list[EngineOutput] = []
    done, total = 0, len(values)
    while done < total:
        batch = values[done : done + plan.batch_size]
        step = Progress(done, total, _MESSAGE)
        yield step
        try:
            outputs.append((yield from watched(partial(plan.engine.run, batch), plan.engine.stop, step)))
        except OutOfMemoryError as error:
            plan = plan.with_less_memory(error)
            yield _told(plan, done, total)
        else:
            done += len(batch)
    yield Progress(total, total, _MESSAGE)
    logits = np.concatenate([output.logits for output in outputs])
    return _scored(plan, logits, np.concatenate([output.maps for output in outputs]))


def score_volume(plan: Plan, values: NDArray[np.float32]) -> Work[Scored]:
    """Score a whole stack (d, h, w), padding included as in training: each slice gets its one logit and a map.

    Raises
    ------
    OutOfMemoryError
        Even the processor has too little memory.
    EngineError
        The engine failed.
    """
    plan = replace(plan, batch_size=1)
    step = Progress(0, len(values), "Scoring the whole stack")
    while True:
        yield step
        try:
            output = yield from watched(partial(plan.engine.run, values), plan.engine.stop, step)
        except OutOfMemoryError as error:
            plan = plan.with_less_memory(error)
            yield _told(plan, 0, len(values))
        else:
            yield Progress(len(values), len(values), "Scoring the whole stack")
            return _scored(plan, np.repeat(output.logits, len(values)), by_slice(output.maps[0], len(values)))


def _told(plan: Plan, done: int, total: int) -> Progress:
    _log.warning("out of memory; going on with batches of %d on %s", plan.batch_size, plan.engine.device)
    return Progress(done, total, plan.notes[-1])


def _scored(plan: Plan, logits: NDArray[np.float32], maps: NDArray[np.float32]) -> Scored:
    warnings = tuple(SeriesWarning(WarningCode.OUT_OF_MEMORY, note) for note in plan.notes[-1:])
    return Scored(logits, maps, plan.engine.name, plan.engine.device, warnings)
