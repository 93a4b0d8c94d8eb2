"""Measures of atrophy and of what lies outside the brain, on drawn heads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.trainer.evaluation.stacks import head, write_content
from trainer.data.cache import fill
from trainer.data.cases import Case
from trainer.evaluation.atrophy import Looked, look_at, within_skull


def _look(tmp_path: Path, **options: float) -> Looked:
    content = write_content(tmp_path / repr(sorted(options.items())), [0], lambda _: head(side=128, **options))
    return look_at(content, content.cases[0])


def test_larger_ventricles_are_measured_larger(tmp_path: Path) -> None:
    found = [_look(tmp_path, ventricle=size).atrophy for size in (0.1, 0.2, 0.3)]
    for name in ("fluid_share", "ventricle_share", "ventricle_peak", "evans"):
        values = [getattr(one, name) for one in found]
        assert values == sorted(values)
        assert values[2] > 1.5 * values[0]
    # The drawn ventricle is 0.4 wide, the inside of the skull 2 x 0.72 x 0.94.
    assert found[1].evans == pytest.approx(0.4 / 1.3536, abs=0.05)


def test_wider_sulci_are_measured_as_sulci_and_not_as_ventricles(tmp_path: Path) -> None:
    narrow, wide = (_look(tmp_path, rim=rim).atrophy for rim in (0.0, 0.08))
    assert wide.sulcus_share > narrow.sulcus_share + 0.1
    assert wide.ventricle_share == pytest.approx(narrow.ventricle_share, abs=0.02)


def test_diseased_white_matter_is_no_fluid(tmp_path: Path) -> None:
    def lesion(index: int) -> np.ndarray:
        values = head(side=128)
        values[:, 40:88, 60:100] -= 0.10 * index * (values[:, 40:88, 60:100] > 0.2)
        return values

    content = write_content(tmp_path / "x", [0, 1], lesion)
    well, ill = (look_at(content, case).atrophy.fluid_share for case in content.cases)
    assert ill == pytest.approx(well, abs=0.02)


def test_the_outside_shows_the_skull_and_not_what_lies_in_it(tmp_path: Path) -> None:
    small, large = _look(tmp_path, ventricle=0.1).outside, _look(tmp_path, ventricle=0.3).outside
    np.testing.assert_array_equal(small, large)
    thick = _look(tmp_path, skull=0.12).outside
    assert np.abs(thick - small).max() > 0.2


def test_without_a_closed_skull_there_is_nothing_to_measure(tmp_path: Path) -> None:
    content = write_content(tmp_path / "x", [0], lambda _: np.full((4, 64, 64), 0.3))
    assert np.isnan(look_at(content, content.cases[0]).atrophy.values()).all()
    broken = head()[0].copy()
    broken[30:34, :] = 0.3
    assert not within_skull(broken).any()


def test_the_real_head_has_fluid_of_a_usual_amount(real_data: Path, tmp_path: Path) -> None:
    content = finish(fill([Case("x", real_data / "head_ct_ge", 1)], BUILTIN["leuko-a"], tmp_path))
    found = look_at(content, content.cases[0]).atrophy
    # An old brain with some atrophy; Evans' index of such heads lies about 0.25 to 0.40.
    assert 0.03 < found.fluid_share < 0.35
    assert 0.005 < found.ventricle_share < 0.15
    assert 0.2 < found.evans < 0.5
