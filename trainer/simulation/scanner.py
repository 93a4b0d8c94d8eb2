"""From tissue to a scanner's picture: kernel, noise and its texture, cupping, streaks, calibration, stored values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from trainer.simulation.draws import Draws
from trainer.simulation.protocol import Planes
from trainer.simulation.recruit import PatientRecord

_MU_RANGE_HU = (-1024.0, 3071.0)


@dataclass(frozen=True, slots=True)
class ScannerProfile:
    """A scanner as a site has set it up.

    Parameters
    ----------
    model, kernel : str
        Names that stand in the files.
    kvp : tuple of float
        Tube voltages in use.
    blur_mm : tuple of float
        Standard deviation of the point spread in the plane.
    noise_hu : tuple of float
        Standard deviation in the middle of the brain at 5 mm (4 HU at 120 kV and 500 mAs: scirp 93128).
    texture : float
        Noise grain: frequency in cycles per mm at which the spectrum peaks.
    cupping_hu : tuple of float
        Brightening of the cortex below the skull.
    offset_hu : tuple of float
        Mean and spread of the calibration error (grey matter differs by 1 to 10 HU between scanners).
    stored : tuple of (slope, intercept, padding)
        Ways in which values are stored.
    """

    model: str
    kernel: str
    kvp: tuple[float, ...]
    blur_mm: tuple[float, float]
    noise_hu: tuple[float, float]
    texture: float
    cupping_hu: tuple[float, float]
    offset_hu: tuple[float, float]
    stored: tuple[tuple[float, float, int | None], ...] = (
        (1.0, -1024.0, None),
        (1.0, 0.0, -1500),
        (1.0, -1024.0, -2000),
    )


SCANNERS: Mapping[str, ScannerProfile] = {
    "site-a": ScannerProfile("Sim Dual", "STD+", (120.0,), (0.45, 0.75), (2.6, 5.2), 0.20, (0.5, 6.0), (0.5, 2.0)),
    "site-b": ScannerProfile(
        "Sim Helix", "SOFT", (120.0, 130.0), (0.60, 0.95), (1.8, 4.2), 0.14, (0.0, 4.0), (-1.0, 1.8)
    ),
    "site-c": ScannerProfile(
        "Sim Sixteen", "H31s", (120.0, 110.0), (0.40, 0.65), (3.2, 6.2), 0.26, (0.5, 5.0), (2.0, 2.0)
    ),
    "elsewhere": ScannerProfile(
        "Sim Volume", "FC26", (120.0, 100.0), (0.50, 0.80), (2.6, 4.8), 0.23, (0.0, 5.0), (3.5, 1.5)
    ),
    "low-dose": ScannerProfile(
        "Sim Dual", "STD+", (100.0, 120.0), (0.45, 0.75), (6.0, 9.5), 0.20, (0.5, 7.0), (0.5, 2.0)
    ),
    "sharp": ScannerProfile("Sim Sixteen", "H60s", (120.0,), (0.20, 0.35), (6.0, 11.0), 0.42, (0.5, 5.0), (2.0, 2.0)),
    "off-calibration": ScannerProfile(
        "Sim Dual", "STD", (120.0,), (0.45, 0.8), (3.0, 5.0), 0.20, (3.0, 11.0), (0.0, 7.0)
    ),
}


@dataclass(frozen=True, slots=True)
class Layers:
    """What the scanner sees of one patient, at half of the image's resolution; float32, shape (slices, rows, columns).

    Parameters
    ----------
    values_hu : Tensor
        Tissue, averaged over each slice's thickness.
    hull_mm : Tensor
        Signed distance to the brain's hull, negative inside.
    dense : Tensor
        Share of dense bone of the base left and right of each place (0 to 1), which casts streaks.
    """

    values_hu: Tensor
    hull_mm: Tensor
    dense: Tensor


class Scanner:
    """One examination on one scanner."""

    def __init__(self, record: PatientRecord) -> None:
        self.profile = SCANNERS[record.scanner]
        self._draws = Draws(record.seed, "scanner")
        draws, profile = self._draws, self.profile
        self.kvp = profile.kvp[draws.integer(0, len(profile.kvp) - 1)]
        self.slope, self.intercept, self.padding = profile.stored[draws.integer(0, len(profile.stored) - 1)]
        self.blur_mm = draws.uniform(*profile.blur_mm)
        self.noise_hu = draws.uniform(*profile.noise_hu) * math.sqrt(120.0 / self.kvp)
        self.cupping_hu = draws.uniform(*profile.cupping_hu)
        self.cupping_mm = draws.uniform(4.0, 13.0)
        self.offset_hu = draws.normal(*profile.offset_hu)
        self.contrast = draws.normal(1.0, 0.05)
        self.streaks_hu = draws.uniform(2.0, 12.0)
        self.holder = draws.chance(0.85)
        self.moves = "motion" in record.distractors

    def scan(self, layers: Layers, planes: Planes) -> Tensor:
        """Return the picture in HU, float32, shape (slices, rows, columns), on the layers' device."""
        coarse = self._before_noise(layers, planes)
        coarse = _blur(coarse, self.blur_mm / (2 * planes.pixel_mm))
        image = _enlarge(coarse)
        if self.moves:
            image = self._moved(image, planes)
        return image + self._noise(layers, planes)

    def store(self, image_hu: Tensor, planes: Planes) -> Tensor:
        """Return stored values, int16: by slope and intercept, with padding outside of the reconstruction circle."""
        clipped = image_hu.clamp(*_MU_RANGE_HU)
        stored = ((clipped - self.intercept) / self.slope).round()
        if self.padding is not None:
            stored = torch.where(_outside(planes, image_hu.device), float(self.padding), stored)
        return stored.to(torch.int16)

    def _before_noise(self, layers: Layers, planes: Planes) -> Tensor:
        values = layers.values_hu
        soft = (values > -200) & (values < 150)
        inside = (layers.hull_mm < 0).float()
        cup = self.cupping_hu * torch.exp(layers.hull_mm.clamp(max=0) / self.cupping_mm) * inside
        # Soft tissue only: the contrast between tissues depends on voltage and calibration.
        scaled = 30 + (values - 30) * self.contrast
        values = torch.where(soft, scaled, values) + cup + self.offset_hu * (values > -300)
        values = values - self.streaks_hu * layers.dense * inside * self._stripes(values)
        if self.holder:
            values = torch.maximum(values, self._holder(planes, values))
        return values

    def _stripes(self, values: Tensor) -> Tensor:
        """Dark and bright bands between the petrous bones (Hounsfield bar), changing from slice to slice."""
        count, rows, _ = values.shape
        bands = self._draws.white((count, 1, max(4, rows // 12)))
        lines = functional.interpolate(bands, size=rows, mode="linear", align_corners=False)[:, 0]
        return (0.7 + 0.8 * lines).to(values.device)[:, :, None]

    def _holder(self, planes: Planes, values: Tensor) -> Tensor:
        """Head holder: an open shell below and beside the head, in air."""
        draws = self._draws
        count, rows, columns = values.shape
        pixel = 2 * planes.pixel_mm
        # The head lies in it: its deepest point is a few millimetres below the lowest row of the head.
        lowest = (
            int(torch.nonzero((values > -300).any(dim=2).any(dim=0)).max()) if bool((values > -300).any()) else rows
        )
        half, deep = draws.uniform(100, 112), draws.uniform(96, 108)
        y = (torch.arange(rows) - lowest)[:, None] * pixel - draws.uniform(3, 9) + deep
        x = (torch.arange(columns) - columns / 2)[None, :] * pixel - draws.uniform(-6, 6)
        ring = ((x / half).abs() ** 2.6 + (y.clamp(min=0) / deep) ** 2.6) ** (1 / 2.6)
        shell = ((1.2 / deep - (ring - 1).abs()) * deep + 0.7).clamp(0, 1) * (y > -draws.uniform(0, 40))
        wall = draws.uniform(40, 260)
        gone = torch.linspace(0, 1, count)[:, None, None] > draws.uniform(0.75, 1.6)
        return torch.where(gone, -1000.0, -1000 + (1000 + wall) * shell[None]).to(values.device)

    def _moved(self, image: Tensor, planes: Planes) -> Tensor:
        """Some slices are the mean of two positions a few millimetres apart."""
        hit = [i for i in range(len(planes)) if self._draws.chance(0.3)] or [len(planes) // 2]
        for index in hit:
            shift = [round(self._draws.normal(0, 2.0) / planes.pixel_mm) for _ in range(2)]
            other = torch.roll(image[index], shift, dims=(0, 1))
            share = self._draws.uniform(0.2, 0.5)
            image[index] = image[index] * (1 - share) + other * share
        return image

    def _noise(self, layers: Layers, planes: Planes) -> Tensor:
        """Noise with a ramp-and-roll-off spectrum, stronger in the middle of the head and between dense bones."""
        rows, columns = planes.rows, planes.columns
        shape = _spectrum(rows, columns, planes.pixel_mm, peak=self.profile.texture)
        white = self._draws.white((len(planes), rows, columns)).to(layers.values_hu.device)
        noise = torch.fft.irfft2(torch.fft.rfft2(white) * shape.to(white.device), s=(rows, columns))
        per_slice = torch.tensor([self.noise_hu * math.sqrt(5.0 / t) for t in planes.thickness_mm]).clamp(max=22.0)
        depth = (-layers.hull_mm / 55).clamp(-0.3, 1)
        level = (0.72 + 0.42 * depth) * (1 + 0.5 * layers.dense)
        level = torch.where(layers.values_hu < -700, 0.55 * level, level)
        grained: Tensor = noise * _enlarge(level) * per_slice.to(noise.device)[:, None, None]
        return grained


def _spectrum(rows: int, columns: int, pixel_mm: float, *, peak: float) -> Tensor:
    """Amplitude by frequency: rises, peaks at `peak` cycles per mm, rolls off (fan-beam noise power); unit variance."""
    f = torch.sqrt(
        torch.fft.fftfreq(rows, pixel_mm)[:, None] ** 2 + torch.fft.rfftfreq(columns, pixel_mm)[None, :] ** 2
    )
    power = (f + 0.15 * peak) * torch.exp(-0.5 * (f / peak) ** 2)
    weight = torch.full_like(power, 2.0)
    weight[:, 0] = 1.0
    weight[:, -1] = 1.0
    amplitude: Tensor = torch.sqrt(power / ((power * weight).sum() / (rows * columns)))
    return amplitude


def _blur(image: Tensor, sigma_px: float) -> Tensor:
    """Gaussian blur of each slice."""
    reach = max(1, math.ceil(3 * sigma_px))
    line = torch.exp(-(torch.arange(-reach, reach + 1, device=image.device) ** 2) / (2 * max(sigma_px, 0.05) ** 2))
    line = line / line.sum()
    padded = functional.pad(image[:, None], (reach, reach, reach, reach), mode="replicate")
    across = functional.conv2d(padded, line[None, None, None])
    blurred: Tensor = functional.conv2d(across, line[None, None, :, None])[:, 0]
    return blurred


def _enlarge(image: Tensor) -> Tensor:
    return functional.interpolate(image[:, None], scale_factor=2, mode="bilinear", align_corners=False)[:, 0]


def _outside(planes: Planes, device: torch.device) -> Tensor:
    """Whether a pixel lies outside of the reconstruction circle."""
    y = torch.arange(planes.rows, device=device) - (planes.rows - 1) / 2
    x = torch.arange(planes.columns, device=device) - (planes.columns - 1) / 2
    radius = max(planes.rows, planes.columns) / 2
    return y[:, None] ** 2 + x[None, :] ** 2 > radius**2
