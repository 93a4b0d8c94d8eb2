"""Does a series hold brain? A model must not speak of a phantom, a chest or an empty scan.

The rule, on cells of about 2 mm (block means, so that noise of thin slices and sharp kernels does not decide):

1. bone is where a cell's mean is above 150 HU; it is grown by two cells, which closes gaps up to 8 mm (sutures,
   foramina, burr holes); what a flood from the slice's edge cannot reach is the inside of a skull, in that slice;
2. brain is the inside where the mean over 3 x 3 cells lies between 12 and 55 HU (diseased white matter about 17, gray
   matter 37 to 45, enhanced brain under 55; CSF and water lie under 12, plastics mostly above 55) and its standard
   deviation over the same cells is under 12 HU (even tissue, no edges of inserts);
3. a slice shows brain when it holds at least 20 square cm of it and it fills at least a quarter of its skull's inside;
   the series holds brain when at least one slice does, so two slices of a head are enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.volume import HuArray, Volume

_CELL_MM = 2.0
_BONE_HU = 150.0
_TISSUE_HU = (12.0, 55.0)
_TEXTURE_HU = 12.0
_AREA_CM2 = 20.0
_SHARE = 0.25
_SLICES_LOOKED_AT = 60
# Without geometry a usual head field of view is assumed.
_USUAL_FIELD_MM = 240.0

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ContentReport:
    """What was found.

    Attributes
    ----------
    has_brain : bool
        Whether a model may speak.
    brain_ml : float
        Volume of brain tissue found, in mL: a rough lower bound, for the reader.
    reason : str
        Why not; empty when there is brain.
    """

    has_brain: bool
    brain_ml: float
    reason: str = ""


def check(volume: Volume) -> ContentReport:
    """Look for brain as :func:`look` does, without a pause."""
    return finish(look(volume))


def look(volume: Volume) -> Work[ContentReport]:
    """Look for brain in at most 60 slices spread over the volume; yields once a slice, some ms apart.

    Parameters
    ----------
    volume : Volume
        HU of any number of slices; unreadable ones are left out.

    Returns
    -------
    ContentReport
        Never raises for its content.
    """
    good = [i for i in range(len(volume)) if i not in volume.broken]
    if not good:
        return _none("No slice of this series could be read.")
    spread = np.linspace(0, len(good) - 1, min(len(good), _SLICES_LOOKED_AT)).round().astype(int)
    looked_at = [good[i] for i in spread]
    spacing_mm = volume.spacing_mm or (_USUAL_FIELD_MM / volume.hu.shape[1], _USUAL_FIELD_MM / volume.hu.shape[2])
    block = (max(1, round(_CELL_MM / spacing_mm[0])), max(1, round(_CELL_MM / spacing_mm[1])))
    counts = np.zeros((2, len(looked_at)), dtype=np.int64)
    for position, index in enumerate(looked_at):
        yield Progress(0, 0, "Looking for the brain")
        counts[:, position] = _counts(volume.hu[index], block)
    cell_cm2 = block[0] * spacing_mm[0] * block[1] * spacing_mm[1] / 100
    area_cm2, inside_cm2 = counts * cell_cm2
    shown = (area_cm2 >= _AREA_CM2) & (area_cm2 >= _SHARE * inside_cm2)
    brain_ml = float((area_cm2 * shown).sum()) * _step_mm(volume, looked_at) / 10
    if shown.any():
        return ContentReport(has_brain=True, brain_ml=round(brain_ml, 1))
    if not inside_cm2.any():
        return _none("No brain was found: no slice shows the inside of a closed skull.")
    return _none("No brain was found: what lies inside the skull is no brain tissue.")


def _none(reason: str) -> ContentReport:
    return ContentReport(has_brain=False, brain_ml=0.0, reason=reason)


def _counts(hu: HuArray, block: tuple[int, int]) -> tuple[int, int]:
    """Cells of brain, and of a skull's inside, in one slice."""
    cells = _cells(hu, block)[None]
    inside = _enclosed(cells > _BONE_HU)
    return int((inside & _even_tissue(cells)).sum()), int(inside.sum())


def _cells(hu: HuArray, block: tuple[int, int]) -> NDArray[np.float32]:
    """Block means of one slice; a rest at the lower and right edge is cut off."""
    rows, columns = max(1, hu.shape[0] // block[0]), max(1, hu.shape[1] // block[1])
    cut = hu[: rows * block[0], : columns * block[1]]
    means: NDArray[np.float32] = cut.reshape(rows, -1, columns, cut.shape[1] // columns).mean(
        axis=(1, 3), dtype=np.float32
    )
    return means


def _even_tissue(cells: NDArray[np.float32]) -> Mask:
    # HU are held inside -200..200 so that the difference of squares keeps its digits in float32.
    held = np.clip(cells, -200, 200)
    mean, square = _mean_3x3(held), _mean_3x3(held * held)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    even: Mask = (mean > _TISSUE_HU[0]) & (mean < _TISSUE_HU[1]) & (deviation < _TEXTURE_HU)
    return even


def _mean_3x3(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    around = np.pad(cells, ((0, 0), (1, 1), (1, 1)), mode="edge")
    rows = around[:, :-2] + around[:, 1:-1] + around[:, 2:]
    total: NDArray[np.float32] = (rows[:, :, :-2] + rows[:, :, 1:-1] + rows[:, :, 2:]) / 9
    return total


def _enclosed(bone: Mask) -> Mask:
    """What a flood from the slice's edge does not reach through the grown bone, without the bone itself."""
    wall = _grown(_grown(bone))
    reached = np.zeros_like(wall)
    reached[:, [0, -1], :] = True
    reached[:, :, [0, -1]] = True
    reached &= ~wall
    count = -1
    while count != (count := int(reached.sum())):
        for axis in (1, 2):
            reached = _swept(reached, wall, axis)
            reached = np.flip(_swept(np.flip(reached, axis), np.flip(wall, axis), axis), axis)
    # The flood stops at the grown wall; growing it back gives the inside up to the bone.
    inside: Mask = _grown(_grown(~reached & ~wall)) & ~bone
    return inside


def _swept(reached: Mask, wall: Mask, axis: int) -> Mask:
    """Carry the flood along an axis until a wall stops it."""
    shape = [1, 1, 1]
    shape[axis] = -1
    index = np.arange(wall.shape[axis], dtype=np.int32).reshape(shape)
    last_reached = np.maximum.accumulate(np.where(reached, index, -2), axis=axis)
    last_wall = np.maximum.accumulate(np.where(wall, index, -1), axis=axis)
    swept: Mask = last_reached > last_wall
    return swept


def _grown(mask: Mask) -> Mask:
    grown = mask.copy()
    grown[:, 1:] |= mask[:, :-1]
    grown[:, :-1] |= mask[:, 1:]
    grown[:, :, 1:] |= mask[:, :, :-1]
    grown[:, :, :-1] |= mask[:, :, 1:]
    return grown


def _step_mm(volume: Volume, looked_at: list[int]) -> float:
    """Extent of the volume along the normal that one looked-at slice stands for."""
    stated = [p for p in volume.series.position_mm if p is not None]
    thickness = volume.series.slices[0].plane.thickness_mm if volume.series.slices[0].plane else None
    if len(stated) < 2:
        return thickness or 1.0
    return (max(stated) - min(stated)) / (len(stated) - 1) * len(volume) / len(looked_at)
