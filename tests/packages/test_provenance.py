from __future__ import annotations

import numpy as np
import pytest

from leukoviewer.errors import PackageError
from leukoviewer.packages.fields import Fields
from leukoviewer.packages.provenance import Calibration, Metric, PatientCalibration, Training, TrainingRange

VALUES = [
    Calibration(1.4, "validation slices"),
    Training("run", "simulated patients", True, (("seed", 1), ("optimizer", "adam"), ("rate", 0.5), ("ema", False))),
    Training("", "hospital patients", False),
    Metric("AUC", "patient", "test", 12, 0.9, (0.8, 1.0)),
    Metric("AUC", "slice", "validation", 12, 0.9),
    TrainingRange((1.0, 5.0), (2.0, 5.0), ("H30s", "FC21")),
    TrainingRange(),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_the_json_form_gives_the_value_back(value: Calibration | Training | Metric | TrainingRange) -> None:
    assert type(value).read(Fields(value.to_json(), "The model x")) == value


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_a_surplus_field_is_refused(value: Calibration | Training | Metric | TrainingRange) -> None:
    with pytest.raises(PackageError, match="unknown"):
        type(value).read(Fields({**value.to_json(), "surplus": 1}, "The model x"))


@pytest.mark.parametrize("temperature", [0.0, -1.0])
def test_a_temperature_is_positive(temperature: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        Calibration(temperature, "x")


@pytest.mark.parametrize(
    ("share", "logits", "mean"),
    [
        (1.0, [1.0, 3.0], 2.0),
        (0.25, [0.0, 4.0, 1.0, 2.0], 4.0),
        (0.26, [0.0, 4.0, 1.0, 2.0], 3.0),
        (0.01, [5.0], 5.0),
    ],
)
def test_a_patients_probability_stands_on_its_highest_logits(share: float, logits: list[float], mean: float) -> None:
    found = PatientCalibration(2.0, -3.0, share, "validation").probability(np.array(logits))
    assert found == pytest.approx(1 / (1 + np.exp(-(2 * mean - 3))))
