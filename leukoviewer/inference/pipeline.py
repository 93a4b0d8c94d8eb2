"""From a loaded series to a model's result: content check, stack, network, scores and heatmaps on native slices."""

from __future__ import annotations

import time
from functools import partial

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis, SliceScore
from leukoviewer.core.volume import Volume
from leukoviewer.errors import EngineError, RefusedError
from leukoviewer.inference.device import open_engine
from leukoviewer.inference.fitness import refuse_unsuitable
from leukoviewer.inference.kept import give_back
from leukoviewer.inference.levels import leveled
from leukoviewer.inference.scoring import Plan, Scored, score_slices, score_volume
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.packages.training_range import range_warnings
from leukoviewer.preprocessing.stack import Stack, prepare


def analyze(volume: Volume, package: Package, *, device: str = "auto", batch_size: int | None = None) -> Work[Analysis]:
    """Score a series with a model; yields progress by batch and can be closed at any time.

    Parameters
    ----------
    volume : Volume
        A loaded series, superior first.
    package : Package
        The model.
    device : str
        ``auto``, ``cpu``, ``cuda`` or ``mps``.
    batch_size : int, optional
        Slices a batch; by default what suits the device.

    Returns
    -------
    Analysis
        One score and one raw heatmap for each stack slice that holds an image; padded slices are not run. A model of
        volumes runs the whole stack and gives the patient's one score to each of them.

    Raises
    ------
    RefusedError
        The series is no volume, or none of its slices can be scored.
    NoBrainError
        It holds no brain.
    EngineError
        The device is not there, or failed, or the model gives numbers that are not finite.
    """
    clock = _Clock()
    yield from refuse_unsuitable(volume, package)
    clock.lap("content")
    stack = yield from prepare(volume, package.recipe)
    if not stack.mapping.scored:
        raise RefusedError("No slice of this series can be scored; all are padding or unreadable.", thing=stack)
    clock.lap("preparation")
    yield Progress(0, 0, "Loading the model")
    engine = open_engine(package, device)
    plan = Plan(engine, batch_size or engine.batch_size, partial(open_engine, package, "cpu"))
    clock.lap("model")
    scored = yield from _run(plan, stack, package)
    if engine.device == scored.device == "cpu":  # a graphics processor's memory is not held, and may go away
        give_back(engine)
    if not (np.isfinite(scored.logits).all() and np.isfinite(scored.maps).all()):
        # Not a number is below every threshold: it would stand there as a negative slice.
        raise EngineError("The model gave no finite numbers for this series; it cannot be scored.", thing=package.id)
    clock.lap("network")
    return _analysis(volume, package, stack, scored=scored, clock=clock)


def _run(plan: Plan, stack: Stack, package: Package) -> Work[Scored]:
    """Scores of the stack slices that hold an image."""
    wanted = list(stack.mapping.scored)
    if package.manifest.layout is Layout.SLICES:
        return (yield from score_slices(plan, stack.values[wanted]))
    whole = yield from score_volume(plan, stack.values)
    return Scored(whole.logits[wanted], whole.maps[wanted], whole.engine, whole.device, whole.warnings)


def _analysis(volume: Volume, package: Package, stack: Stack, *, scored: Scored, clock: _Clock) -> Analysis:
    manifest, series = package.manifest, volume.series
    by_patient = manifest.patient_calibration
    temperature = 1.0 if manifest.calibration is None else manifest.calibration.temperature
    return Analysis(
        series_key=series.key,
        series_uid=series.series_uid,
        package=package.ref,
        engine=scored.engine,
        device=scored.device,
        recipe_id=stack.recipe_id,
        recipe_digest=stack.recipe_digest,
        mapping=stack.mapping,
        scores=tuple(
            SliceScore(index, stack.mapping.native[index], float(logit), _logistic(float(logit) / temperature))
            for index, logit in zip(stack.mapping.scored, scored.logits, strict=True)
        ),
        maps=_heatmaps(manifest.layout, scored),
        slice_threshold=manifest.slice_threshold,
        vote_needed=manifest.vote_needed,
        # A temperature fitted on simulated patients makes no probabilities of real ones.
        calibrated=manifest.calibration is not None and not manifest.training.simulated,
        timings_s=tuple(clock.laps),
        warnings=(*range_warnings(series, manifest.training_range), *scored.warnings),
        patient_probability=None if by_patient is None else by_patient.probability(scored.logits),
        patient_calibrated_on="" if by_patient is None else by_patient.fitted_on,
    )


def _heatmaps(layout: Layout, scored: Scored) -> NDArray[np.float32]:
    """Slices of one pass over a volume share its units already."""
    maps: NDArray[np.float32] = np.ascontiguousarray(scored.maps, dtype=np.float32)
    return leveled(maps, scored.logits) if layout is Layout.SLICES else maps


def _logistic(logit: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(logit, -60, 60))))


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.laps: list[tuple[str, float]] = []
        self._since = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps.append((stage, now - self._since))
        self._since = now
