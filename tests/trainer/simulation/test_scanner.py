"""The scanner adds what it says: noise of the asked size and grain, calibration, stored values."""

from __future__ import annotations

import math

import pytest
import torch

from tests.trainer.simulation.records import record_of
from trainer.simulation.protocol import Planes
from trainer.simulation.scanner import SCANNERS, Layers, Scanner


def _planes(thickness_mm: float = 5.0, *, columns: int = 512, count: int = 2) -> Planes:
    origins = torch.tensor([[-125.0, -125.0, 5.0 * i] for i in range(count)])
    return Planes(origins, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (thickness_mm,) * count, 0.49, 512, columns, 0.0)


def _layers(planes: Planes, value_hu: float = 30.0, hull_mm: float = -60.0) -> Layers:
    shape = (len(planes), planes.rows // 2, planes.columns // 2)
    return Layers(torch.full(shape, value_hu), torch.full(shape, hull_mm), torch.zeros(shape))


def _plain(**changes: object) -> Scanner:
    """A scanner without holder, cupping and streaks."""
    scanner = Scanner(record_of(distractors=(), **changes))
    scanner.holder, scanner.moves, scanner.cupping_hu, scanner.streaks_hu = False, False, 0.0, 0.0
    return scanner


@pytest.mark.parametrize("name", SCANNERS)
def test_noise_in_the_middle_of_the_head_is_the_profiles(name: str) -> None:
    scanner, planes = _plain(scanner=name), _planes()
    noise = scanner.scan(_layers(planes), planes)
    assert float(noise.std()) == pytest.approx(scanner.noise_hu * 1.14, rel=0.05)
    low, high = SCANNERS[name].noise_hu
    assert low <= scanner.noise_hu * math.sqrt(scanner.kvp / 120) <= high


def test_thin_slices_are_noisier_by_the_root_of_their_thickness() -> None:
    deviations = []
    for thickness in (1.25, 5.0):
        planes = _planes(thickness)
        deviations.append(float(_plain().scan(_layers(planes), planes).std()))
    assert deviations[0] / deviations[1] == pytest.approx(2.0, rel=0.03)


def test_noise_has_a_grain_and_no_slow_waves() -> None:
    planes = _planes()
    image = _plain().scan(_layers(planes), planes)[0]
    power = torch.fft.rfft2(image - image.mean()).abs() ** 2
    frequency = torch.sqrt(torch.fft.fftfreq(512, 0.49)[:, None] ** 2 + torch.fft.rfftfreq(512, 0.49)[None] ** 2)

    def level(low: float, high: float) -> float:
        return float(power[(frequency > low) & (frequency < high)].mean())

    assert level(0.10, 0.25) > 1.5 * level(0.0, 0.03)
    assert level(0.10, 0.25) > 20 * level(0.7, 1.0)


def test_calibration_moves_tissue_and_leaves_air_alone() -> None:
    scanner, planes = _plain(scanner="off-calibration"), _planes()
    scanner.offset_hu, scanner.contrast = 6.0, 1.0
    tissue = scanner.scan(_layers(planes, 30.0), planes)
    air = scanner.scan(_layers(planes, -1000.0, 40.0), planes)
    assert float(tissue.mean()) == pytest.approx(36.0, abs=0.3)
    assert float(air.mean()) == pytest.approx(-1000.0, abs=0.3)


def test_cupping_brightens_the_cortex() -> None:
    planes = _planes()
    levels = []
    for hull in (-1.0, -60.0):
        scanner = _plain()
        scanner.cupping_hu = 6.0
        levels.append(float(scanner.scan(_layers(planes, 30.0, hull), planes).mean()))
    assert 3.0 < levels[0] - levels[1] < 6.5


@pytest.mark.parametrize(
    ("slope", "intercept", "padding"), [(1.0, -1024.0, None), (1.0, 0.0, -1500), (1.0, -1024.0, -2000)]
)
def test_stored_values_give_back_the_picture(slope: float, intercept: float, padding: int | None) -> None:
    scanner, planes = _plain(), _planes()
    scanner.slope, scanner.intercept, scanner.padding = slope, intercept, padding
    image = torch.randn(2, 512, 512) * 150
    stored = scanner.store(image, planes)
    assert stored.dtype == torch.int16
    inner = (slice(None), slice(150, 350), slice(150, 350))
    assert float((stored[inner] * slope + intercept - image[inner]).abs().max()) <= 0.5 + 1e-3
    assert int(stored[0, 0, 0]) == (
        padding if padding is not None else round((float(image[0, 0, 0]) - intercept) / slope)
    )


def test_padding_fills_the_corners_alone() -> None:
    scanner, planes = _plain(), _planes()
    scanner.padding = -2000
    padded = scanner.store(torch.zeros(2, 512, 512), planes) == -2000
    assert float(padded.float().mean()) == pytest.approx(1 - math.pi / 4, abs=0.01)
    assert not bool(padded[:, 256].any())


def test_values_beyond_a_scanners_range_are_cut() -> None:
    scanner, planes = _plain(), _planes()
    scanner.slope, scanner.intercept, scanner.padding = 1.0, -1024.0, None
    stored = scanner.store(torch.tensor([-5000.0, 9000.0]).repeat(256).expand(2, 512, 512), planes)
    assert (int(stored.min()), int(stored.max())) == (0, 4095)


def test_the_head_holder_lies_below_the_head() -> None:
    planes = _planes()
    layers = _layers(planes, -1000.0, 40.0)
    layers.values_hu[:, 60:200, 60:200] = 30.0
    scanner = _plain()
    scanner.holder, scanner.noise_hu = True, 0.0
    image = scanner.scan(layers, planes)
    assert float(image[0, 400:450, 200:300].max()) > -400
    assert float(image[0, 130:390, 130:390].max()) < 60


def test_a_patient_who_moves_is_blurred_in_some_slices() -> None:
    planes = _planes(count=8)
    layers = _layers(planes, -1000.0, 40.0)
    layers.values_hu[:, 60:200, 60:200] = 30.0
    still, moving = _plain(), _plain()
    moving.moves = True
    for scanner in (still, moving):
        scanner.noise_hu = 0.0
    differs = (still.scan(layers, planes) - moving.scan(layers, planes)).abs().amax((1, 2)) > 1
    assert 1 <= int(differs.sum()) < 8
