"""Maps on a grid are sampled in millimetres."""

from __future__ import annotations

import pytest
import torch

from trainer.simulation.grid import Grid


@pytest.fixture
def ramp() -> Grid:
    """Three channels that hold each node's own coordinates, on a grid of 2 mm."""
    axes = [torch.arange(n) * 2.0 + o for n, o in ((6, -3.0), (7, 10.0), (5, 0.0))]
    return Grid(torch.stack(torch.meshgrid(*axes, indexing="ij")), (-3.0, 10.0, 0.0), 2.0)


def test_a_linear_map_is_sampled_exactly(ramp: Grid) -> None:
    points = torch.tensor([[-3.0, 10.0, 0.0], [1.3, 15.5, 3.25], [7.0, 22.0, 8.0]])
    torch.testing.assert_close(ramp.sample(points).T, points)


def test_beyond_the_edge_the_edge_goes_on(ramp: Grid) -> None:
    found = ramp.sample(torch.tensor([[-50.0, 16.0, 99.0]]))
    torch.testing.assert_close(found[:, 0], torch.tensor([-3.0, 16.0, 8.0]))


def test_the_shape_of_the_points_is_kept(ramp: Grid) -> None:
    assert ramp.sample(torch.zeros(2, 4, 5, 3)).shape == (3, 2, 4, 5)


def test_nearest_takes_a_node(ramp: Grid) -> None:
    found = ramp.sample(torch.tensor([[-1.4, 12.9, 4.2]]), mode="nearest")
    torch.testing.assert_close(found[:, 0], torch.tensor([-1.0, 12.0, 4.0]))


def test_moving_to_a_device_changes_the_memory_and_not_the_values(ramp: Grid) -> None:
    moved = ramp.to(torch.device("cpu"))
    torch.testing.assert_close(moved.values, ramp.values)
    assert moved.values.stride()[0] == 1
