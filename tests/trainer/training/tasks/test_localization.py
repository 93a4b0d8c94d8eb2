"""Maps of classes from the last feature map: shape, target, loss."""

from __future__ import annotations

import pytest
import torch

from tests.packages_fixture import varied_network
from trainer.training.tasks.localization import PlaceHead, dice, loss, target


def test_a_head_reads_four_by_four_places_of_each_cell() -> None:
    network = varied_network("test_convnext")
    features = network.features(torch.zeros(2, 3, 64, 96))
    maps = PlaceHead.on(network, 3)(features)
    assert maps.shape == (2, 3, 4 * features.shape[2], 4 * features.shape[3])


def test_the_target_is_the_share_of_each_cell() -> None:
    masks = torch.zeros(1, 1, 16, 16)
    masks[..., :2, :4] = 1
    shares = target(masks, torch.zeros(1, 1, 4, 4))
    expected = torch.zeros(1, 1, 4, 4)
    expected[0, 0, 0, 0] = 0.5
    assert torch.equal(shares, expected)


def test_the_loss_is_least_where_the_map_is_right_and_counts_by_class() -> None:
    shares = torch.zeros(1, 2, 8, 8)
    shares[:, 0, 2:4, 2:4] = 1
    right = torch.where(shares > 0, 8.0, -8.0)
    wrong = -right
    one, other = torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0])
    assert loss(right, shares, one) < 0.2 < loss(wrong, shares, one)
    mixed = torch.stack([right[:, 0], wrong[:, 1]], dim=1)
    assert loss(mixed, shares, one) == pytest.approx(float(loss(right, shares, one)))
    assert loss(mixed, shares, other) > 1


def test_dice_is_one_for_the_same_and_near_none_for_what_does_not_meet() -> None:
    shares = torch.zeros(1, 1, 16, 16)
    shares[..., :8] = 1
    assert float(dice(shares, shares)) == pytest.approx(1)
    assert float(dice(1 - shares, shares)) < 0.01
