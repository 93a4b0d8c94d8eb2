"""Window and level against the standard's own formula and known vectors."""

from __future__ import annotations

import math

import numpy as np
import pytest

from leukoviewer.core.window import BRAIN, MAX_WIDTH_HU, PRESETS, Window, automatic


def standard_linear(value: float, center: float, width: float, low: float = 0.0, high: float = 255.0) -> float:
    """DICOM PS3.3 C.11.2.1.2.1, word for word."""
    if value <= center - 0.5 - (width - 1) / 2:
        return low
    if value > center - 0.5 + (width - 1) / 2:
        return high
    return ((value - (center - 0.5)) / (width - 1) + 0.5) * (high - low) + low


# dcm4che/dcm4che#1578 names the right levels and the wrong ones (23, 162, 255); these HU follow from the formula.
@pytest.mark.parametrize(("hu", "level"), [(-129, 20), (65, 144), (194, 226)])
def test_window_400_40_gives_the_levels_of_dcm4che_issue_1578(hu: int, level: int) -> None:
    assert Window(40, 400).to_gray(np.array([hu]))[0] == level


@pytest.mark.parametrize("window", [*PRESETS, Window(40, 1), Window(0.5, 2), Window(-500.25, 3.5), Window(128, 256)])
def test_every_level_is_the_standards(window: Window) -> None:
    values = np.arange(-1100, 1700)
    expected = [standard_linear(float(v), window.center, window.width) for v in values] if window.width > 1 else [
        0.0 if v <= window.center - 0.5 else 255.0 for v in values
    ]  # fmt: skip
    levels = window.to_gray(values).astype(float)
    assert np.abs(levels - expected).max() <= 0.5 + 1e-3


def test_the_presets_are_those_of_radiology_departments_in_the_order_of_their_keys() -> None:
    assert [(one.name, one.width, one.center) for one in PRESETS] == [
        ("Brain", 80, 40), ("White matter", 40, 40), ("Subdural", 215, 75), ("Posterior fossa", 120, 40),
        ("Soft tissue", 400, 40), ("Bone", 2500, 480), ("Lung", 1500, -600),
    ]  # fmt: skip
    assert PRESETS[0] == BRAIN


def test_window_of_width_one_is_a_threshold() -> None:
    assert Window(40, 1).to_gray(np.array([39, 39.5, 40])).tolist() == [0, 0, 255]


def test_window_128_256_shows_gray_levels_as_they_are() -> None:
    levels = np.arange(256)
    assert Window(128, 256).to_gray(levels).tolist() == levels.tolist()


@pytest.mark.parametrize("dtype", [np.int16, np.float32, np.uint8, np.float64])
def test_the_type_of_hu_does_not_change_the_levels(dtype: type) -> None:
    values = np.arange(0, 90)
    assert (BRAIN.to_gray(values.astype(dtype)) == BRAIN.to_gray(values)).all()


@pytest.mark.parametrize(
    ("center", "width"), [(math.nan, 80), (40, math.inf), (40, 0.5), (40, 0), (40, -80), (40, MAX_WIDTH_HU + 1)]
)
def test_impossible_windows_are_refused(center: float, width: float) -> None:
    with pytest.raises(ValueError, match="window"):
        Window(center, width)


def test_a_window_set_by_hand_loses_its_name_and_stays_in_bounds() -> None:
    changed = BRAIN.with_values(center=30, width=0.1)
    assert (changed.center, changed.width, changed.name) == (30, 1.0, "")
    assert BRAIN.with_values(center=0, width=1e9).width == MAX_WIDTH_HU


def test_the_first_preset_is_the_brain() -> None:
    assert PRESETS[0] is BRAIN
    assert (BRAIN.center, BRAIN.width) == (40, 80)
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)


def test_automatic_window_spans_what_is_not_air() -> None:
    hu = np.full((50, 50), -1024.0)
    hu[10:40, 10:40] = np.linspace(0, 100, 900).reshape(30, 30)
    window = automatic(hu)
    assert window.center == pytest.approx(50, abs=1)
    assert window.width == pytest.approx(98, abs=1)


def test_what_is_denser_than_minus_200_hu_is_not_air() -> None:
    window = automatic(np.array([-200.0] * 50 + [-199.5] * 50 + [-99.5] * 50))
    assert (window.center, window.width) == (-149.5, 100)


@pytest.mark.parametrize("hu", [np.full((4, 4), -1024), np.array([[np.nan, np.inf]]), np.full((4, 4), 7)])
def test_automatic_window_of_an_image_without_contrast_is_still_a_window(hu: np.ndarray) -> None:
    assert automatic(hu).width >= 1
