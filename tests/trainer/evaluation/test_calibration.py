"""Temperature scaling."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from trainer.evaluation.calibration import temperature
from trainer.evaluation.metrics import calibration_error, log_loss, sigmoid


def _drawn(count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(4)
    logits = chance.normal(0, 2, count)
    return (chance.random(count) < sigmoid(logits)).astype(np.int64), logits


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_logits_that_are_too_sure_are_divided_by_what_made_them_so(factor: float) -> None:
    labels, logits = _drawn()
    assert temperature(labels, logits * factor) == pytest.approx(factor, rel=0.1)


def test_the_temperature_is_the_minimum_of_the_loss() -> None:
    labels, logits = _drawn(300)
    found = temperature(labels, logits * 2.5)
    best = minimize_scalar(lambda t: log_loss(labels, logits * 2.5 / t), bounds=(0.05, 20), method="bounded").x
    assert found == pytest.approx(best, rel=1e-3)


def test_scaling_mends_the_calibration_and_keeps_the_order() -> None:
    labels, logits = _drawn()
    sure = logits * 4
    scaled = sure / temperature(labels, sure)
    assert calibration_error(labels, sigmoid(scaled)) < 0.3 * calibration_error(labels, sigmoid(sure))
    assert (np.argsort(scaled) == np.argsort(sure)).all()
