"""What is truly in a simulated patient's picture: its tissues, found by running the anatomy of its record again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from trainer.simulation.anatomy import Anatomy
from trainer.simulation.draws import Draws
from trainer.simulation.lesions import Lesions
from trainer.simulation.patient import skull_surface
from trainer.simulation.protocol import draw_examination
from trainer.simulation.recruit import PatientRecord
from trainer.simulation.report.scan import Scan
from trainer.simulation.scanner import Scanner
from trainer.simulation.template import Template

# Tissue is looked up at the middle of blocks of so many pixels.
_STEP_PX = 8
_LEAST_PLACES = 12


@dataclass(frozen=True, slots=True)
class Known:
    """Truth beside the measures of the picture; NaN where a tissue is not met.

    Attributes
    ----------
    white_hu, grey_hu, fluid_hu, lesion_hu : float
        Medians in the picture of what is truly healthy white matter, cortex and nuclei, ventricle, diseased tissue.
    white_mean_hu, white_low_hu : float
        Mean and tenth percentile of all white matter of the cerebrum, diseased or not.
    white_painted_hu, grey_painted_hu : float
        Pure tissue before slices mix it with its neighbors.
    ventricle_ml : float
        Lateral and third ventricles.
    noise_hu : float
        Standard deviation in the middle of the brain, asked of the scanner for 5 mm.
    """

    white_hu: float
    grey_hu: float
    fluid_hu: float
    lesion_hu: float
    white_mean_hu: float
    white_low_hu: float
    white_painted_hu: float
    grey_painted_hu: float
    ventricle_ml: float
    noise_hu: float


def look_up(record: PatientRecord, scan: Scan, template: Template) -> Known:
    """Return the truth about a patient of this very version of the simulator.

    Parameters
    ----------
    record : PatientRecord
        From the recruit table.
    scan : Scan
        The patient's picture.
    template : Template
        On the CPU.
    """
    pose, planes = draw_examination(
        record.protocol, Draws(record.seed, "protocol"), sex=record.sex, surface_mm=skull_surface(template)
    )
    anatomy, lesions, scanner = Anatomy(template, record, pose), Lesions(template, record, pose), Scanner(record)
    found = []
    for index in range(len(planes)):
        places = planes.points(index, step_px=_STEP_PX, depths_mm=torch.zeros(1)).flatten(1, 2)
        sample = anatomy.sample(*anatomy.locate(places))
        height = sample.points[..., 2]
        maps = (sample.grey, sample.white, sample.ventricle, sample.hull, lesions.share(sample.points), height)
        found.append(torch.cat(maps))
    # Planes are drawn from the base up, scans are read from the vertex down.
    grey, white, ventricle, hull, ill, height_mm = torch.stack(found).flip(0).numpy().transpose(1, 0, 2)
    values = _middles(scan.hu)
    above = height_mm > 0
    healthy = (white > 0.9) & (ill < 0.03) & (hull < -8) & above
    every = values[(white > 0.75) & (hull < -8) & above]
    cell_ml = ((_STEP_PX * scan.pixel_mm) ** 2 * scan.step_mm / 1000)[:, None]
    return Known(
        white_hu=_median(values, healthy),
        grey_hu=_median(values, (grey > 0.85) & (hull < -6) & above),
        fluid_hu=_median(values, (ventricle < -2) & above),
        lesion_hu=_median(values, (ill > 0.9) & (white > 0.85)),
        white_mean_hu=float(every.mean()),
        white_low_hu=float(np.quantile(every, 0.1)),
        white_painted_hu=anatomy.white_hu + scanner.offset_hu,
        grey_painted_hu=anatomy.grey_hu + scanner.offset_hu,
        ventricle_ml=float(((ventricle < 0) * cell_ml).sum()),
        noise_hu=scanner.noise_hu,
    )


def _middles(hu: NDArray[np.generic]) -> NDArray[np.float32]:
    """The mean of the four pixels about the middle of every block, shape (slices, blocks)."""
    half = _STEP_PX // 2
    rows, columns = hu.shape[1] // _STEP_PX, hu.shape[2] // _STEP_PX
    blocks = hu[:, : rows * _STEP_PX, : columns * _STEP_PX].reshape(len(hu), rows, _STEP_PX, columns, _STEP_PX)
    middle = blocks[:, :, half - 1 : half + 1, :, half - 1 : half + 1].astype(np.float32)
    values: NDArray[np.float32] = middle.mean(axis=(2, 4)).reshape(len(hu), -1)
    return values


def _median(values: NDArray[np.float32], where: NDArray[np.bool_]) -> float:
    return float(np.median(values[where])) if np.count_nonzero(where) >= _LEAST_PLACES else float("nan")
