"""Augmentation of batches."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from trainer.data.augment import DRAWS, Augmentation, augment, augment_by


def _batch(count: int = 4, depth: int = 1) -> torch.Tensor:
    """A soft square right of the middle, asymmetric in every direction."""
    values = torch.zeros(count, depth, 32, 32)
    values[:, :, 10:16, 18:26] = 0.5
    return values


def _chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _middle(picture: torch.Tensor) -> tuple[float, float]:
    weight = picture / picture.sum()
    index = torch.arange(32.0)
    return float((weight.sum(1) * index).sum()), float((weight.sum(0) * index).sum())


def test_nothing_asked_changes_nothing() -> None:
    values = _batch()
    assert torch.equal(augment(values, Augmentation(), _chance()), values)


@pytest.mark.parametrize(
    "how",
    [
        Augmentation(rotation_deg=20),
        Augmentation(flip=True),
        Augmentation(scale=0.2),
        Augmentation(shift=0.1),
        Augmentation(gray_shift=0.1),
        Augmentation(contrast=0.3),
        Augmentation(noise=0.1),
        Augmentation(blur_px=1.0),
        Augmentation(10, True, 0.1, 0.1, 0.02, 0.1, 0.02, 0.7),
    ],
)
def test_each_change_acts_follows_its_seed_and_stays_gray(how: Augmentation) -> None:
    values = _batch(16)
    before = values.clone()
    first, again, other = (augment(values, how, _chance(seed)) for seed in (1, 1, 2))
    assert torch.equal(values, before)
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert not torch.equal(first, values)
    assert first.shape == values.shape
    assert first.min() >= 0
    assert first.max() <= 1


def test_half_of_the_pictures_are_mirrored_left_to_right() -> None:
    values = _batch(400)
    flipped = augment(values, Augmentation(flip=True), _chance())
    mirrored = [torch.allclose(one, two.flip(-1), atol=1e-5) for one, two in zip(flipped, values, strict=True)]
    same = [torch.allclose(one, two, atol=1e-5) for one, two in zip(flipped, values, strict=True)]
    assert all(a or b for a, b in zip(mirrored, same, strict=True))
    assert 150 < sum(mirrored) < 250


def test_rotation_keeps_the_middle_of_the_picture_and_the_distance_from_it() -> None:
    rotated = augment(_batch(30), Augmentation(rotation_deg=30), _chance())
    radius = []
    for picture in rotated[:, 0]:
        row, column = _middle(picture)
        radius.append(((row - 15.5) ** 2 + (column - 15.5) ** 2) ** 0.5)
    assert max(radius) - min(radius) < 0.3


def test_a_shift_moves_by_at_most_its_share() -> None:
    moved = augment(_batch(50), Augmentation(shift=0.1), _chance())
    rows = [_middle(picture)[0] for picture in moved[:, 0]]
    assert max(abs(row - 12.5) for row in rows) <= 3.3
    assert max(rows) - min(rows) > 3


def test_all_slices_of_a_stack_move_together() -> None:
    changed = augment(_batch(3, depth=5), Augmentation(rotation_deg=20, flip=True, blur_px=1.0), _chance())
    for stack in changed:
        for picture in stack:
            torch.testing.assert_close(picture, stack[0])


def test_noise_has_at_most_the_asked_spread() -> None:
    values = torch.full((64, 1, 32, 32), 0.5)
    spread = augment(values, Augmentation(noise=0.05), _chance()).std(dim=(1, 2, 3))
    assert spread.max() < 0.055
    assert spread.max() > 0.04


def test_a_blur_keeps_the_sum_of_gray_inside_the_picture() -> None:
    values = _batch(8)
    blurred = augment(values, Augmentation(blur_px=1.5), _chance())
    torch.testing.assert_close(blurred.sum(dim=(1, 2, 3)), values.sum(dim=(1, 2, 3)), rtol=1e-4, atol=1e-3)


def test_a_picture_changes_alike_alone_and_among_others() -> None:
    how = Augmentation(10, True, 0.1, 0.1, 0.02, 0.1, 0.02, 0.7)
    values, draws = torch.rand(5, 1, 32, 32), np.random.default_rng(0).random((5, DRAWS), np.float32)
    together = augment_by(values, how, draws)
    for index in range(5):
        alone = augment_by(values[index : index + 1], how, draws[index : index + 1])
        torch.testing.assert_close(alone[0], together[index], rtol=0, atol=1e-6)


def test_one_change_more_moves_no_other() -> None:
    values = _batch(6)
    moved, changed = Augmentation(rotation_deg=20, shift=0.1), Augmentation(rotation_deg=20, shift=0.1, gray_shift=1e-9)
    torch.testing.assert_close(augment(values, moved, _chance()), augment(values, changed, _chance()))
