"""Measures a scan by its picture alone: tissue, noise and its spectrum, ventricles; one code for real and simulated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trainer.simulation.report.brain import Brain, Image, Mask, find_brain
from trainer.simulation.report.scan import Scan

_ROI_PX = 32
_LEAST_ROIS = 4
# Spatial frequencies of the noise spectrum, cycles per mm.
FREQUENCY = np.arange(0.02, 1.001, 0.02)
# Hounsfield units relative to white matter at which the share of brain is counted.
RELATIVE_HU = np.arange(-35.0, 35.0, 1.0)
# Below it anatomy, not noise, makes the spectrum (a region of interest is about 15 mm wide).
_LOWEST = 0.07
# Tissue is measured from below the vertex' partial volume down to the basal ganglia.
_TISSUE_MM = (28.0, 72.0)


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What the picture of one scan says; NaN where it cannot be measured.

    Attributes
    ----------
    white_hu, grey_hu, fluid_hu : float
        White and grey matter (means of two classes of brain tissue), fluid of the ventricles.
    white_mean_hu : float
        Mean of the darker class with all that is diseased in it: what a threshold on white matter sees.
    rim_hu : float
        Limit of the darkest quarter of the tissue 2 to 8 mm outside of the ventricles, less `white_hu`.
    noise_hu, noise_5mm_hu : float
        Standard deviation in even tissue after removal of the trend; the same scaled to slices of 5 mm.
    spectrum : ndarray
        float64, noise power at `FREQUENCY`, of unit sum; NaN where no region is even enough.
    histogram : ndarray
        float64, share of the brain (slightly smoothed, without cupping) in steps of 1 HU from each of `RELATIVE_HU`.
    ventricle_ml, fluid_share, evans : float
        Lateral and third ventricles above the cisterns; share of fluid within the skull; Evans index.
    """

    white_hu: float
    grey_hu: float
    fluid_hu: float
    white_mean_hu: float
    rim_hu: float
    noise_hu: float
    noise_5mm_hu: float
    spectrum: NDArray[np.float64]
    histogram: NDArray[np.float64]
    ventricle_ml: float
    fluid_share: float
    evans: float

    @property
    def contrast_hu(self) -> float:
        """Grey less white matter."""
        return self.grey_hu - self.white_hu

    @property
    def cnr(self) -> float:
        """Contrast of grey and white matter to noise."""
        return self.contrast_hu / self.noise_hu

    @property
    def grain(self) -> float:
        """Mean frequency of the noise, cycles per mm: high for sharp kernels; NaN without a spectrum."""
        return float((FREQUENCY * self.spectrum).sum() / self.spectrum.sum())

    @property
    def peak(self) -> float:
        """Frequency at which the noise has most power, cycles per mm; NaN without a spectrum."""
        if not np.isfinite(self.spectrum).all():
            return float("nan")
        smooth = np.convolve(self.spectrum, np.ones(3) / 3, mode="same")
        return float(FREQUENCY[int(np.argmax(smooth))])


def measure(scan: Scan) -> Measures | None:
    """Measure a scan; None where no closed skull with brain is found."""
    brain = find_brain(scan)
    if brain is None:
        return None
    depth = np.cumsum(brain.step_mm)
    chosen = brain.inside & (brain.edge_mm > 5)
    chosen &= ((depth > _TISSUE_MM[0]) & (depth < _TISSUE_MM[1]))[:, None, None]
    if np.count_nonzero(chosen) < 2000:
        return None
    flat, white, grey = _tissue(brain, chosen)
    fluid = _fluid(brain, white)
    limit = fluid + 0.36 * (white - fluid)
    ventricle = _ventricles(brain, limit)
    noise, noise_5mm, spectrum = _noise(scan, brain, (white - 4, grey + 2))
    within = chosen & (flat > limit) & (flat < grey + 15)
    return Measures(
        white_hu=white,
        grey_hu=grey,
        fluid_hu=_core(brain, ventricle, fluid),
        white_mean_hu=float(flat[within & (flat < (white + grey) / 2)].mean()),
        rim_hu=_rim(brain, ventricle, flat) - white,
        noise_hu=noise,
        noise_5mm_hu=noise_5mm,
        spectrum=spectrum,
        histogram=np.histogram(flat[chosen] - white, bins=[*RELATIVE_HU, 35.0])[0] / np.count_nonzero(chosen),
        ventricle_ml=float((ventricle * brain.voxel_ml).sum()),
        fluid_share=float(((brain.smooth < limit) & brain.inside)[depth < _TISSUE_MM[1]].sum())
        / max(1.0, float(brain.inside[depth < _TISSUE_MM[1]].sum())),
        evans=_evans(brain, ventricle),
    )


def _tissue(brain: Brain, chosen: Mask) -> tuple[Image, float, float]:
    """The picture without its cupping, and the means of the two classes of tissue about the commonest value."""
    from scipy import ndimage

    counts, edges = np.histogram(brain.smooth[chosen], bins=140, range=(-10, 60))
    common = float(edges[int(np.argmax(ndimage.gaussian_filter1d(counts.astype(float), 2)))]) + 0.25
    tissue = chosen & (np.abs(brain.smooth - common) < 9)
    flat = _flattened(brain, tissue)
    values = flat[tissue]
    dark, bright = (float(q) for q in np.quantile(values, (0.25, 0.8)))
    for _ in range(60):
        between = (dark + bright) / 2
        dark, bright = float(values[values < between].mean()), float(values[values >= between].mean())
    return flat, dark, bright


def _flattened(brain: Brain, tissue: Mask) -> Image:
    """Take the bowl that beam hardening leaves out of every slice."""
    flat = brain.smooth.copy()
    row, column = np.mgrid[: flat.shape[1], : flat.shape[2]]
    for index, mask in enumerate(tissue):
        if np.count_nonzero(mask) < 500:
            continue
        far = ((row - row[mask].mean()) ** 2 + (column - column[mask].mean()) ** 2) * brain.pixel_mm**2 / 3600
        steep = np.polyfit(far[mask], flat[index][mask], 1)[0]
        flat[index] -= (steep * (far - far[mask].mean())).astype(np.float32)
    return flat


def _fluid(brain: Brain, white_hu: float) -> float:
    """Fluid as the darkest hundredth of what lies deep in the brain; without ventricles a value well below tissue."""
    deep = brain.smooth[brain.inside & (brain.edge_mm > 24)]
    darkest = float(np.quantile(deep, 0.01)) if deep.size else white_hu
    return min(darkest, white_hu - 14)


def _ventricles(brain: Brain, limit_hu: float) -> Mask:
    """Large connected fluid deep below the skull."""
    from scipy import ndimage

    # The way to the skull is cut across the midline too: fissures reach in there, ventricles do not.
    dark = (brain.smooth < limit_hu) & brain.inside & (brain.edge_mm > 24)
    dark = ndimage.binary_opening(dark, np.ones((1, 2, 2), dtype=bool))
    labels, count = ndimage.label(dark, np.ones((3, 3, 3)))
    if not count:
        return np.asarray(dark, dtype=bool)
    sizes = np.asarray(ndimage.sum(np.broadcast_to(brain.voxel_ml, dark.shape), labels, range(1, count + 1)))
    keep = 1 + np.flatnonzero((sizes > 0.6) & (sizes > 0.08 * sizes.max()) & _central(brain, labels, count))
    return np.asarray(np.isin(labels, keep), dtype=bool)


def _central(brain: Brain, labels: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    """Whether each piece lies near the middle of the brain, as the ventricles do and infarcts seldom."""
    from scipy import ndimage

    inside = brain.inside[len(brain.inside) // 2 :].any(axis=0)
    middle = np.array(ndimage.center_of_mass(inside))
    centers = np.array(ndimage.center_of_mass(labels > 0, labels, range(1, count + 1)))[:, 1:]
    along, across = (np.abs(centers - middle) * brain.pixel_mm).T
    near: NDArray[np.bool_] = (across < 28) & (along < 45)
    return near


def _core(brain: Brain, ventricle: Mask, fallback_hu: float) -> float:
    """Median within the ventricles, away from their walls; NaN where they are too narrow."""
    from scipy import ndimage

    core = ndimage.binary_erosion(ventricle, np.ones((1, 5, 5), dtype=bool))
    return float(np.median(brain.smooth[core])) if np.count_nonzero(core) >= 40 else float("nan")


def _rim(brain: Brain, ventricle: Mask, flat: Image) -> float:
    """Darkest quarter's limit of the tissue 2 to 8 mm outside of the bodies of the lateral ventricles."""
    from scipy import ndimage

    values = []
    depth = np.cumsum(brain.step_mm)
    for index, mask in enumerate(ventricle):
        if np.count_nonzero(mask) * brain.pixel_mm**2 < 60 or depth[index] > 62:
            continue
        away = ndimage.distance_transform_edt(~mask) * brain.pixel_mm
        values.append(flat[index][(away > 2) & (away < 8) & brain.inside[index] & (brain.smooth[index] < 55)])
    return float(np.quantile(np.concatenate(values), 0.25)) if values else float("nan")


def _evans(brain: Brain, ventricle: Mask) -> float:
    """Largest width of the frontal horns to the largest inner width of the skull, both in the slice of the former."""
    best, index_of_best = 0.0, float("nan")
    depth = np.cumsum(brain.step_mm)
    for index, mask in enumerate(ventricle):
        if depth[index] < 40 or not mask.any():
            continue
        rows = np.flatnonzero(brain.inside[index].any(axis=1))
        front = mask[: int(rows[0] + 0.46 * (rows[-1] - rows[0]))]
        columns = np.flatnonzero(front.any(axis=0))
        if len(columns) and columns[-1] - columns[0] > best:
            best = float(columns[-1] - columns[0])
            index_of_best = (best + 1) / float(np.ptp(np.flatnonzero(brain.inside[index].any(axis=0))) + 1)
    return index_of_best


def _noise(scan: Scan, brain: Brain, tissue_hu: tuple[float, float]) -> tuple[float, float, NDArray[np.float64]]:
    """Standard deviation, the same for slices of 5 mm, and the spectrum of the noise in even tissue."""
    powers: list[NDArray[np.float64]] = []
    scaled: list[float] = []
    for index, row, column in _even_places(brain, tissue_hu):
        patch = scan.hu[brain.first + index, row : row + _ROI_PX, column : column + _ROI_PX].astype(np.float64)
        power = np.abs(np.fft.fft2(_without_trend(patch))) ** 2 / _ROI_PX**4
        powers.append(power)
        scaled.append(float(scan.thickness_mm[brain.first + index]) / 5.0)
    if len(powers) < _LEAST_ROIS:
        return float("nan"), float("nan"), np.full(len(FREQUENCY), np.nan)
    line = np.fft.fftfreq(_ROI_PX, scan.pixel_mm)
    radius = np.hypot(line[:, None], line[None, :])
    noisy = radius >= _LOWEST
    variance = np.array([power[noisy].sum() for power in powers])
    return (
        float(np.sqrt(variance.mean())),
        float(np.sqrt((variance * np.array(scaled)).mean())),
        _by_frequency(np.mean(powers, axis=0), radius),
    )


def _even_places(brain: Brain, tissue_hu: tuple[float, float]) -> list[tuple[int, int, int]]:
    """Slice, and first row and column in the scan's own pixels, of squares of even tissue."""
    from scipy import ndimage

    side = _ROI_PX // 2
    depth = np.cumsum(brain.step_mm)
    places = []
    for index in np.flatnonzero((depth > _TISSUE_MM[0]) & (depth < _TISSUE_MM[1])):
        slow = ndimage.gaussian_filter(brain.smooth[index], 1.6 / brain.pixel_mm)
        mean = ndimage.uniform_filter(slow, side)
        spread = np.sqrt(np.maximum(ndimage.uniform_filter(slow**2, side) - mean**2, 0))
        clear = ndimage.uniform_filter((brain.edge_mm[index] > 6).astype(np.float32), side) > 0.999
        even = clear & (spread < 1.7) & (mean > tissue_hu[0]) & (mean < tissue_hu[1])
        for row in range(side // 2, even.shape[0] - side // 2, side // 2):
            for column in range(side // 2, even.shape[1] - side // 2, side // 2):
                if even[row, column]:
                    places.append((int(index), 2 * (row - side // 2), 2 * (column - side // 2)))
    return places


def _without_trend(patch: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take a polynomial of second order away: slow changes are anatomy."""
    line = np.linspace(-1, 1, len(patch))
    x, y = np.meshgrid(line, line)
    basis = np.stack([np.ones_like(x), x, y, x * y, x**2, y**2], axis=-1).reshape(-1, 6)
    fitted = basis @ np.linalg.lstsq(basis, patch.ravel(), rcond=None)[0]
    left: NDArray[np.float64] = patch - fitted.reshape(patch.shape)
    return left


def _by_frequency(power: NDArray[np.float64], radius: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean power at each of `FREQUENCY`, of unit sum."""
    order = np.argsort(radius.ravel())
    at, values = radius.ravel()[order], power.ravel()[order]
    ring = np.round(at / at[at > 0].min()).astype(np.int64)
    counts = np.maximum(np.bincount(ring), 1)
    curve = np.interp(FREQUENCY, np.bincount(ring, at) / counts, np.bincount(ring, values) / counts, right=0.0)
    curve[FREQUENCY < _LOWEST / 2] = 0.0
    scaled: NDArray[np.float64] = curve / max(float(curve.sum()), 1e-12)
    return scaled
