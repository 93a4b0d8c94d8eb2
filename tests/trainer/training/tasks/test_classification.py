"""Inputs and loss of one logit."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch.nn import functional

from leukoviewer.preprocessing.recipe import BUILTIN
from leukoviewer.preprocessing.stack import model_input
from trainer.training.tasks.classification import loss, network_input, resized

CHANNELS = BUILTIN["leuko-a"].channels


def test_the_trainers_input_equals_the_viewers() -> None:
    values = np.random.default_rng(1).random((3, 16, 16)).astype(np.float32)
    ours = network_input(torch.from_numpy(values)[:, None], CHANNELS, "slices")
    np.testing.assert_allclose(ours.numpy(), model_input(values, BUILTIN["leuko-a"]), atol=1e-6)


def test_a_volumes_input_holds_the_slices_inputs() -> None:
    values = torch.rand(2, 5, 16, 16)
    volume = network_input(values, CHANNELS, "volume")
    assert volume.shape == (2, 3, 5, 16, 16)
    torch.testing.assert_close(volume[:, :, 3], network_input(values[:, 3:4], CHANNELS, "slices"))


@pytest.mark.parametrize("size_px", [128, 96, 64])
def test_smaller_slices_keep_their_mean(size_px: int) -> None:
    values = torch.rand(2, 1, 256, 256)
    small = resized(values, size_px)
    assert small.shape == (2, 1, size_px, size_px)
    torch.testing.assert_close(small.mean(), values.mean(), atol=3e-3, rtol=0)
    assert small.std() < values.std()


def test_the_full_size_is_left_as_it_is() -> None:
    values = torch.rand(1, 1, 64, 64)
    assert resized(values, 64) is values


def test_the_loss_is_the_binary_cross_entropy_with_softened_labels() -> None:
    logits, labels = torch.tensor([2.0, -1.0]), torch.tensor([1.0, 0.0])
    plain = functional.binary_cross_entropy_with_logits(logits, labels)
    torch.testing.assert_close(loss(logits, labels, smoothing=0.0), plain)
    soft = functional.binary_cross_entropy_with_logits(logits, torch.tensor([0.95, 0.05]))
    torch.testing.assert_close(loss(logits, labels, smoothing=0.1), soft)
