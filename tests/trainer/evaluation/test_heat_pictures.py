"""Pictures of heat: the slice is untouched on the left, hot only where there is heat on the right."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.evaluation.heat_pictures import draw_pair, enlarged, outline


def test_a_map_is_enlarged_with_its_cells_over_the_whole_plane() -> None:
    found = enlarged(np.array([[0.0, 4.0]], dtype=np.float32), (3, 8))
    assert found.shape == (3, 8)
    assert found[0].tolist() == pytest.approx([0, 0, 0.5, 1.5, 2.5, 3.5, 4, 4])
    assert (found == found[0]).all()


def test_an_even_map_stays_even() -> None:
    assert enlarged(np.full((3, 5), 2.0, dtype=np.float32), (17, 20)) == pytest.approx(2.0)


def test_the_left_is_the_slice_and_the_right_is_hot_only_where_there_is_heat() -> None:
    gray = np.full((4, 4), 0.5, dtype=np.float32)
    heat = np.zeros((4, 4), dtype=np.float32)
    heat[1, 2] = 1.0
    found = draw_pair(gray, heat)
    assert found.shape == (4, 8, 3)
    assert (found[:, :4] == 128).all()
    changed = (found[:, 4:] != 128).any(axis=2)
    assert np.argwhere(changed).tolist() == [[1, 2]]


def test_heat_grows_lighter_with_its_height() -> None:
    gray = np.zeros((1, 3), dtype=np.float32)
    found = draw_pair(gray, np.array([[0.2, 0.6, 1.0]], dtype=np.float32))[0, 3:].astype(int).sum(axis=1)
    assert found[0] < found[1] < found[2]


def test_the_disease_is_outlined_on_the_right_alone() -> None:
    gray, heat = np.zeros((7, 7), dtype=np.float32), np.zeros((7, 7), dtype=np.float32)
    lesion = np.zeros((7, 7), dtype=np.float32)
    lesion[2:5, 2:5] = 1.0
    found = draw_pair(gray, heat, lesion)
    assert not found[:, :7].any()
    blue = found[:, 7:].any(axis=2)
    assert blue.sum() == 8
    assert not blue[3, 3]


def test_an_outline_at_the_edge_of_the_plane_is_closed() -> None:
    mask = np.ones((3, 3), dtype=bool)
    assert outline(mask).sum() == 8
