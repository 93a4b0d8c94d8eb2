"""The figures of pictures: each rule on patients whose measures are given."""

from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.simulation.report.conftest import made_up
from trainer.simulation.recruit import recruit
from trainer.simulation.report.figures import INSIDE, OUTSIDE, SHOWN, Figure
from trainer.simulation.report.patients import Measured
from trainer.simulation.report.picture_figures import PARTS

RECORDS = recruit("paper", patients=60, seed=2)


def _figures(measured: list[Measured], real: Measured | None = None) -> dict[str, Figure]:
    return {f.key: f for part in PARTS for f in part(measured, real.measures if real else None)}


def _sixty(**changes: float) -> list[Measured]:
    return [made_up(record, **changes) for record in RECORDS]


def test_measures_as_published_lie_inside() -> None:
    figures = _figures(_sixty(), made_up(RECORDS[0]))
    outside = [key for key, figure in figures.items() if figure.verdict == OUTSIDE]
    assert outside == []
    assert figures["evans"].real == "0.280"


@pytest.mark.parametrize(
    ("changes", "outside"),
    [
        ({"evans": 0.22}, "evans"),
        ({"ventricle_ml": 12.0}, "ventricle_ml"),
        ({"noise_5mm_hu": 7.0}, "noise_5mm_hu"),
        ({"noise_5mm_hu": 11.0}, "noise_most_hu"),
        ({"grey_hu": 30.0}, "contrast_hu"),
        ({"lesion_hu": 24.0}, "lesion_drop_hu"),
        ({"white_painted_hu": 33.0}, "white_painted_hu"),
        ({"fluid_hu": 19.0}, "fluid_hu"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_measure_lies_outside_with_a_reason(changes: dict[str, float], outside: str) -> None:
    figure = _figures(_sixty(**changes))[outside]
    assert figure.verdict == OUTSIDE
    assert figure.reason


@pytest.mark.parametrize(("exponent", "verdict"), [(-0.5, INSIDE), (0.0, OUTSIDE)])
def test_noise_falls_with_the_root_of_the_thickness(exponent: float, verdict: str) -> None:
    chance = np.random.default_rng(4)
    measured = []
    for record in RECORDS:
        thickness = chance.uniform(2, 8)
        noise = 4.0 * (thickness / 5) ** exponent * np.exp(chance.normal(0, 0.03))
        measured.append(made_up(record, noise_hu=noise, noise_5mm_hu=noise * (thickness / 5) ** 0.5))
    for one in measured:
        object.__setattr__(one.known, "noise_hu", 4.0)
    assert _figures(measured)["noise_exponent"].verdict == verdict


def test_without_a_real_scan_the_pictures_own_measures_are_only_shown() -> None:
    figures = _figures(_sixty())
    assert figures["white_hu_picture"].verdict == SHOWN
    assert figures["white_hu_picture"].reason == "no real scan at hand"
    assert _figures(_sixty(), made_up(RECORDS[0]))["white_hu_picture"].verdict == INSIDE
