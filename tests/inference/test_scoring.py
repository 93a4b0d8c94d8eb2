"""Batches, memory and cancel with engines whose answers are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from leukoviewer.core.geometry import WarningCode
from leukoviewer.core.progress import Progress, finish
from leukoviewer.errors import EngineError, OutOfMemoryError
from leukoviewer.inference.scoring import Plan, score_slices, score_volume
from tests.inference.conftest import ScriptedEngine

VALUES = np.random.default_rng(3).random((10, 4, 4), dtype=np.float32)


def _no_processor() -> ScriptedEngine:
    pytest.fail("the processor was not to be asked")


def _plan(engine: ScriptedEngine, processor: Callable[[], ScriptedEngine] = _no_processor) -> Plan:
    return Plan(engine, engine.batch_size, processor)


@pytest.mark.parametrize(
    ("batch_size", "batches"), [(4, [4, 4, 2]), (1, [1] * 10), (5, [5, 5]), (10, [10]), (64, [10])]
)
def test_slices_run_by_batches_and_come_back_in_order(batch_size: int, batches: list[int]) -> None:
    engine = ScriptedEngine(batch_size=batch_size)
    scored = finish(score_slices(_plan(engine), VALUES))
    assert engine.batches == batches
    expected = VALUES.reshape(10, -1).mean(axis=1)
    np.testing.assert_allclose(scored.logits, expected, rtol=1e-6)
    assert scored.maps.shape == (10, 3, 3)
    np.testing.assert_allclose(scored.maps[:, 0, 0], np.abs(expected), rtol=1e-6)
    assert (scored.engine, scored.device, scored.warnings) == ("scripted", "cuda", ())


def test_progress_is_told_before_each_batch_and_at_the_end() -> None:
    steps: list[Progress] = []
    finish(score_slices(_plan(ScriptedEngine(batch_size=4)), VALUES), on_progress=steps.append)
    assert sorted({step.done for step in steps}) == [0, 4, 8, 10]
    assert {step.total for step in steps} == {10}
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_the_batch_is_halved_until_it_fits_and_the_reader_is_told() -> None:
    engine, steps = ScriptedEngine(batch_size=8, fits=2), []
    scored = finish(score_slices(_plan(engine), VALUES), on_progress=steps.append)
    assert engine.batches == [8, 4, 2, 2, 2, 2, 2]
    assert len(scored.logits) == 10
    (warning,) = scored.warnings
    assert warning.code is WarningCode.OUT_OF_MEMORY
    assert warning.message == "The CUDA device ran out of memory; it took 2 slices at a time."
    assert warning.message in {step.message for step in steps}


def test_the_processor_takes_over_where_a_single_slice_does_not_fit() -> None:
    graphics, processor = ScriptedEngine(batch_size=2, fits=0), ScriptedEngine(device="cpu", batch_size=5)
    scored = finish(score_slices(_plan(graphics, lambda: processor), VALUES))
    assert graphics.batches == [2, 1]
    assert processor.batches == [5, 5]
    assert scored.device == "cpu"
    assert scored.warnings[-1].message == "The CUDA device has too little memory; the processor did the work."


def test_what_was_scored_before_memory_ran_out_is_kept() -> None:
    graphics, processor = ScriptedEngine(batch_size=4), ScriptedEngine(device="cpu", batch_size=4)
    work = score_slices(_plan(graphics, lambda: processor), VALUES)
    while len(graphics.batches) < 1:
        next(work)
    graphics.fits = 0
    scored = finish(work)
    assert graphics.batches[0] == 4
    assert sum(processor.batches) == 6
    expected = VALUES.reshape(10, -1).mean(axis=1)
    np.testing.assert_allclose(scored.logits, expected, rtol=1e-6)


def test_a_processor_without_memory_is_an_error() -> None:
    engine = ScriptedEngine(device="cpu", batch_size=2, fits=0)
    with pytest.raises(OutOfMemoryError):
        finish(score_slices(_plan(engine), VALUES))
    assert engine.batches == [2, 1]


def test_other_failures_are_passed_on() -> None:
    engine = ScriptedEngine()

    def fail(_: np.ndarray) -> None:
        raise EngineError("broken")

    engine.run = fail  # type: ignore[method-assign, assignment]
    with pytest.raises(EngineError, match="broken"):
        finish(score_slices(_plan(engine), VALUES))


@pytest.mark.parametrize("after", [0, 1, 2])
def test_no_batch_runs_after_the_work_is_closed(after: int) -> None:
    engine = ScriptedEngine(batch_size=2)
    work = score_slices(_plan(engine), VALUES)
    next(work)
    while len(engine.batches) < after:
        next(work)
    work.close()
    assert len(engine.batches) == after


def test_a_volume_gives_its_one_logit_to_every_slice() -> None:
    engine = ScriptedEngine(batch_size=8, volumes=True)
    scored = finish(score_volume(_plan(engine), VALUES))
    assert engine.batches == [10]
    assert len(set(scored.logits.tolist())) == 1
    assert scored.logits.shape == (10,)
    assert scored.maps.shape == (10, 3, 3)


def test_a_volume_that_does_not_fit_goes_to_the_processor_at_once() -> None:
    graphics, processor = ScriptedEngine(fits=0, volumes=True), ScriptedEngine(device="cpu", volumes=True)
    scored = finish(score_volume(_plan(graphics, lambda: processor), VALUES))
    assert graphics.batches == [10]
    assert scored.device == "cpu"
    assert scored.warnings[0].code is WarningCode.OUT_OF_MEMORY
