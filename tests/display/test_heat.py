"""Raw maps as heat on one scale for the whole scan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.display.heat import cell_mm, native_heat
from tests.display import scene


def test_all_slices_share_one_scale() -> None:
    result = scene.analysis(scene.volume())
    tops = [float(heat.max()) for heat in (native_heat(result, index) for index in range(4)) if heat is not None]
    # The map of slice i is i: the scan's largest value is 3.
    assert tops == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_heat_lies_on_the_native_pixels_where_its_cell_does() -> None:
    heat = native_heat(scene.analysis(scene.volume()), 3)
    assert heat is not None
    assert (heat.shape, heat.dtype) == ((16, 24), np.float32)
    assert (heat[:4] == 1).all()
    assert heat[-1, -1] == 0


def test_a_slice_the_model_did_not_see_has_no_heat() -> None:
    result = scene.analysis(scene.volume(), {0: 0.1, 2: 0.9})
    assert native_heat(result, 1) is None
    assert native_heat(result, 2) is not None


def test_a_scan_without_any_heat_stays_empty_instead_of_dividing_by_zero() -> None:
    result = scene.analysis(scene.volume())
    dark = replace(result, maps=np.zeros((4, 2, 3), dtype=np.float32))
    heat = native_heat(dark, 0)
    assert heat is not None
    assert (heat == 0).all()


def test_the_size_of_a_cell_is_that_on_the_patient() -> None:
    # 16 x 24 px of 0.5 x 0.8 mm under 2 x 3 cells.
    assert cell_mm(scene.analysis(scene.volume()), (0.5, 0.8)) == pytest.approx((4.0, 6.4))
