"""Facts of one case for the fingerprint of a data set: what was scanned and how, in numbers, without who."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.volume import HuArray, Volume
from trainer.data.content_key import text_hash

PERCENTILES = (1, 5, 25, 50, 75, 95, 99)
# Above it lies the head, below it the air around it.
_HEAD_HU = -500.0
# Where soft tissue and fluid of the head lie: what the recipes keep of the HU.
_TISSUE_HU = (0.0, 100.0)
_SAMPLE_PX = 2_000_000
_OLDEST_YEARS = 90.0


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the chosen series of a case is.

    Attributes
    ----------
    slices, rows, columns : int
        Size of the series.
    pixel_mm : float
        Distance of rows; 0 when unknown.
    step_mm : float
        Median distance of slices along the normal; 0 when unknown.
    thicknesses_mm : tuple of float
        Distinct slice thicknesses.
    tilt_deg : float
        Of the gantry.
    kernel, manufacturer, model : str
        As the files say.
    kvp : float
        Tube voltage; 0 when unknown.
    age_years : float
        0 when unknown; above 90 given as 90, which tells nobody apart.
    head_hu, tissue_hu : tuple of float
        :data:`PERCENTILES` of the pixels above -500 HU, and of those from 0 to 100 HU; empty when there are none.
    broken : int
        Slices that cannot be read.
    warnings : tuple of str
        What the geometry gate and the loader found, by stable name.
    study, series, volume : str
        Hashes of the UIDs (empty without one) and of all pixels, to find duplicates.
    """

    slices: int
    rows: int
    columns: int
    pixel_mm: float
    step_mm: float
    thicknesses_mm: tuple[float, ...]
    tilt_deg: float
    kernel: str
    manufacturer: str
    model: str
    kvp: float
    age_years: float
    head_hu: tuple[float, ...]
    tissue_hu: tuple[float, ...]
    broken: int
    warnings: tuple[str, ...]
    study: str
    series: str
    volume: str

    @classmethod
    def of(cls, volume: Volume) -> CaseFacts:
        """Read the facts of a loaded series."""
        series = volume.series
        spacing = volume.spacing_mm
        sample = _sample(volume)
        return cls(
            slices=len(volume),
            rows=int(volume.hu.shape[1]),
            columns=int(volume.hu.shape[2]),
            pixel_mm=round(spacing[0], 4) if spacing else 0.0,
            step_mm=round(series.report.spacing_mm or 0.0, 3),
            thicknesses_mm=tuple(round(mm, 3) for mm in series.report.thicknesses_mm),
            tilt_deg=round(series.report.tilt_deg, 1),
            kernel=series.kernel,
            manufacturer=series.manufacturer,
            model=series.model_name,
            kvp=series.kvp or 0.0,
            age_years=min(series.patient.age_years or 0.0, _OLDEST_YEARS),
            head_hu=_percentiles(sample[sample > _HEAD_HU]),
            tissue_hu=_percentiles(sample[(sample >= _TISSUE_HU[0]) & (sample <= _TISSUE_HU[1])]),
            broken=len(volume.broken),
            warnings=tuple(sorted({warning.code.value for warning in volume.warnings})),
            study=text_hash(series.study_uid) if series.study_uid else "",
            series=text_hash(series.series_uid) if series.series_uid else "",
            volume=pixel_hash(volume.hu),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> CaseFacts:
        """Build from the JSON form (``dataclasses.asdict``).

        Raises
        ------
        KeyError, TypeError
            It is of another form.
        """
        held = {item.name: data[item.name] for item in fields(cls)}
        values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in held.items()}
        return cls(**values)


def pixel_hash(image: HuArray) -> str:
    """Hash of HU, the same whether they are held as int16 or as whole numbers in float32."""
    whole = image if image.dtype == np.int16 else np.clip(np.rint(image), -32768, 32767).astype(np.int16)
    return hashlib.blake2b(np.ascontiguousarray(whole).tobytes(), digest_size=16).hexdigest()


def _sample(volume: Volume) -> NDArray[np.float32]:
    """HU of at most some million pixels, evenly spread over the slices that could be read."""
    good = [index for index in range(len(volume)) if index not in volume.broken]
    _, rows, columns = volume.hu.shape
    step = max(1, int(np.ceil(np.sqrt(len(good) * rows * columns / _SAMPLE_PX))))
    return volume.hu[good][:, ::step, ::step].astype(np.float32)


def _percentiles(values: NDArray[np.float32]) -> tuple[float, ...]:
    if not values.size:
        return ()
    return tuple(round(float(value), 1) for value in np.percentile(values, PERCENTILES))
