"""Augmentation of a whole batch: rotation and horizontal flip (Cernekova et al.), and more on request."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

# What is drawn for each picture, whether it is used or not, so that one change more moves no other.
_DRAWS = ("angle", "size", "mirror", "right", "down", "blur", "contrast", "gray", "noise", "seed")
DRAWS = len(_DRAWS)


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How strongly pictures are changed; 0 leaves a thing as it is.

    Attributes
    ----------
    rotation_deg : float
        Largest rotation in the plane to either side.
    flip : bool
        Whether half of the pictures are mirrored left to right.
    scale, shift : float
        Largest relative change of size, and of place as a share of the width.
    gray_shift, contrast : float
        Largest shift of gray (0.01 is 1 HU for 0..100 HU) and relative change of contrast.
    noise : float
        Largest standard deviation of added noise, in gray.
    blur_px : float
        Largest standard deviation of a blur, in px of the batch.
    """

    rotation_deg: float = 0.0
    flip: bool = False
    scale: float = 0.0
    shift: float = 0.0
    gray_shift: float = 0.0
    contrast: float = 0.0
    noise: float = 0.0
    blur_px: float = 0.0

    @property
    def moves(self) -> bool:
        """Whether pictures are moved in the plane."""
        return self.flip or max(self.rotation_deg, self.scale, self.shift) > 0


def augment(values: Tensor, how: Augmentation, generator: torch.Generator) -> Tensor:
    """Change every picture of a batch by its own draw; all slices of a stack by the same one.

    Parameters
    ----------
    values : Tensor of float32, shape (b, d, h, w)
        Gray 0..1; left as it is.
    how : Augmentation
        How strongly.
    generator : torch.Generator
        Source of chance, on the CPU; one call draws the same whatever ``how`` is.

    Returns
    -------
    Tensor of float32, same shape, in 0..1
    """
    return augment_by(values, how, torch.rand(len(values), DRAWS, generator=generator).numpy())


def augment_by(values: Tensor, how: Augmentation, draws: NDArray[np.float32]) -> Tensor:
    """As :func:`augment`, by draws that were made before.

    A picture then changes alike in whatever batch, on whatever device and in whatever process it is.

    Parameters
    ----------
    draws : array of float32, shape (b, ``DRAWS``)
        Uniform in 0..1, one row a picture; no tensor, which the loop would move to the device and back.
    """
    drawn = dict(zip(_DRAWS, torch.from_numpy(draws).unbind(1), strict=True))
    if how.moves:
        values = _moved(values, how, drawn)
    if how.blur_px > 0:
        values = _blurred(values, drawn["blur"] * how.blur_px)
    if how.contrast > 0 or how.gray_shift > 0:
        contrast = 1 + _around(how.contrast, drawn["contrast"])
        values = values * _wide(contrast, values) + _wide(_around(how.gray_shift, drawn["gray"]), values)
    if how.noise > 0:
        values = values + _noise(values, drawn["seed"]) * _wide(drawn["noise"] * how.noise, values)
    return values.clamp(0, 1)


def _around(limit: float, draw: Tensor) -> Tensor:
    return (draw * 2 - 1) * limit


def _wide(by_picture: Tensor, values: Tensor) -> Tensor:
    return by_picture.to(values.device, values.dtype)[:, None, None, None]


def _noise(values: Tensor, seeds: Tensor) -> Tensor:
    """Noise of deviation 1, each picture's from its own seed."""
    drawn = torch.empty(values.shape, dtype=torch.float32)
    for picture, seed in zip(drawn, seeds.tolist(), strict=True):
        picture.normal_(generator=torch.Generator().manual_seed(int(seed * 2**24)))
    return drawn.to(values.device, values.dtype)


def _moved(values: Tensor, how: Augmentation, drawn: Mapping[str, Tensor]) -> Tensor:
    count, _, height, width = values.shape
    angle = _around(math.radians(how.rotation_deg), drawn["angle"])
    size = 1 + _around(how.scale, drawn["size"])
    mirror = torch.where(drawn["mirror"] < 0.5, -1.0, 1.0) if how.flip else torch.ones(count)
    right, down = (2 * _around(how.shift, drawn[name]) for name in ("right", "down"))
    cosine, sine, aspect = angle.cos() / size, angle.sin() / size, height / width
    theta = torch.stack(
        (
            torch.stack((cosine * mirror, -sine * aspect, right), dim=1),
            torch.stack((sine * mirror / aspect, cosine, down), dim=1),
        ),
        dim=1,
    ).to(values.device)
    grid = functional.affine_grid(theta, list(values.shape), align_corners=False)
    return functional.grid_sample(values, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def _blurred(values: Tensor, sigma: Tensor) -> Tensor:
    """A Gaussian of each picture's own width, cut at 2 px."""
    count, depth, height, width = values.shape
    offset = torch.arange(-2, 3, dtype=torch.float32)
    weight = torch.exp(-0.5 * (offset[None] / sigma.clamp_min(1e-2)[:, None]) ** 2)
    weight = (weight / weight.sum(dim=1, keepdim=True)).to(values.device, values.dtype)
    kernel = weight.repeat_interleave(depth, dim=0)
    flat = functional.pad(values, (2, 2, 2, 2), mode="replicate").reshape(1, count * depth, height + 4, width + 4)
    flat = functional.conv2d(flat, kernel[:, None, :, None], groups=count * depth)
    flat = functional.conv2d(flat, kernel[:, None, None, :], groups=count * depth)
    return flat.reshape(values.shape)
