"""One patient from the record to the picture: anatomy, disease, findings and scanner put together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from trainer.simulation.anatomy import Anatomy
from trainer.simulation.distractors import MASKED, Distractors
from trainer.simulation.draws import Draws
from trainer.simulation.lesions import Lesions
from trainer.simulation.protocol import Planes, draw_examination
from trainer.simulation.recruit import PatientRecord
from trainer.simulation.scanner import Layers, Scanner
from trainer.simulation.template import Template

# Tissue is computed at every second pixel (about 0.9 mm; the maps have 1 mm), the warp at every eighth.
_WORK_PX = 2
_COARSE_PX = 8
# A slice counts as diseased from this area on; less is not seen by a reader.
SLICE_AREA_MM2 = 25.0


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known about a simulated patient, on the picture's own pixels; slices as in the picture.

    Parameters
    ----------
    lesion : ndarray
        bool, shape (slices, rows, columns): white-matter disease.
    findings : ndarray
        uint32, same shape: bit i is set where the finding `distractors.MASKED[i]` lies.
    lesion_ml : float
        Volume of the disease in mL, from its exact share of each pixel and the slices' distance.
    area_mm2 : tuple of float
        Area of the disease in each slice.
    widening_mm : float
        How far the walls of the ventricles were moved outward from the template.
    """

    lesion: NDArray[np.bool_]
    findings: NDArray[np.uint32]
    lesion_ml: float
    area_mm2: tuple[float, ...]
    widening_mm: float


@dataclass(frozen=True, slots=True)
class SimulatedPatient:
    """A finished patient.

    Parameters
    ----------
    record : PatientRecord
        What was asked for.
    planes : Planes
        Where the slices lie; lowest slice first.
    stored : ndarray
        int16, shape (slices, rows, columns): values as stored in the files.
    scanner : Scanner
        Slope, intercept, padding, kernel, voltage.
    truth : Truth
        Masks and volumes.
    """

    record: PatientRecord
    planes: Planes
    stored: NDArray[np.int16]
    scanner: Scanner
    truth: Truth

    @property
    def slice_labels(self) -> tuple[int, ...]:
        """1 for each slice of a positive patient that shows at least `SLICE_AREA_MM2` of the disease, else 0."""
        return tuple(int(self.record.positive and area >= SLICE_AREA_MM2) for area in self.truth.area_mm2)

    @property
    def hu(self) -> NDArray[np.float32]:
        """The picture in HU, float32, padding included."""
        return (self.stored.astype(np.float32) * self.scanner.slope + self.scanner.intercept).astype(np.float32)


@dataclass(slots=True)
class _Canvas:
    """What the slices are painted on, at half resolution."""

    values: Tensor
    hull: Tensor
    dense: Tensor
    lesion: Tensor
    findings: dict[str, Tensor]


def simulate(record: PatientRecord, template: Template) -> SimulatedPatient:
    """Simulate one patient; the same record gives the same bytes on one kind of device.

    Parameters
    ----------
    record : PatientRecord
        From `recruit.recruit`.
    template : Template
        From `template.load_template`; its device does the work.
    """
    surface = skull_surface(template)
    pose, planes = draw_examination(record.protocol, Draws(record.seed, "protocol"), sex=record.sex, surface_mm=surface)
    anatomy = Anatomy(template, record, pose)
    lesions = Lesions(template, record, pose)
    distractors = Distractors(record, anatomy)
    canvas = _paint(planes, anatomy, lesions, distractors)
    scanner = Scanner(record)
    image = scanner.scan(Layers(canvas.values, canvas.hull, canvas.dense), planes)
    stored = scanner.store(image, planes).cpu().numpy()
    return SimulatedPatient(record, planes, stored, scanner, _truth(canvas, planes, anatomy))


def skull_surface(template: Template) -> Tensor:
    """Return points of the outer skull of the template, float32 (n, 3), in mm on the CPU."""
    shell = template.shell
    hull = shell.values[0].cpu()
    nodes = torch.nonzero((hull > 7) & (hull < 9))
    points = nodes.float() * shell.step_mm + torch.tensor(shell.origin_mm)
    return points[points[:, 2] > -60][::7]


def _paint(planes: Planes, anatomy: Anatomy, lesions: Lesions, distractors: Distractors) -> _Canvas:
    device = anatomy.template.brain.values.device
    size = (len(planes), planes.rows // _WORK_PX, planes.columns // _WORK_PX)
    canvas = _Canvas(
        torch.full(size, -1000.0, device=device),
        torch.full(size, 40.0, device=device),
        torch.zeros(size, device=device),
        torch.zeros(size, device=device),
        {},
    )
    for index in range(len(planes)):
        _paint_slice(canvas, index, planes, anatomy, (lesions, distractors))
    return canvas


def _paint_slice(
    canvas: _Canvas, index: int, planes: Planes, anatomy: Anatomy, ill: tuple[Lesions, Distractors]
) -> None:
    lesions, distractors = ill
    thickness = planes.thickness_mm[index]
    count = 2 if thickness < 4.5 else 3
    depths = ((torch.arange(count) + 0.5) / count - 0.5) * thickness
    places = planes.points(index, step_px=_COARSE_PX, depths_mm=depths).to(canvas.values.device)
    points, fields = anatomy.locate(places)
    outside = anatomy.outside(points)
    maps = torch.cat([points.movedim(-1, 1), fields.movedim(0, 1), outside[:, None]], 1)
    fine = functional.interpolate(maps, scale_factor=_COARSE_PX // _WORK_PX, mode="bilinear", align_corners=False)
    canvas.hull[index] = 40.0
    inside = fine[:, 6].amin(0) < 4.0
    if not bool(inside.any()):
        return
    chosen = fine[:, :6, inside]
    sample = anatomy.sample(chosen[:, :3].movedim(1, -1).contiguous(), chosen[:, 3:].movedim(1, 0))
    share = lesions.share(sample.points) * sample.white.clamp(0, 1)
    values = anatomy.brain(sample) - lesions.drop_hu * share
    values, found = distractors.apply(values, sample)
    values = anatomy.dress(values, sample)
    canvas.values[index, inside] = values.mean(0)
    canvas.hull[index, inside] = sample.hull.mean(0)
    canvas.lesion[index, inside] = share.mean(0)
    canvas.dense[index] = _dense_bone(canvas.values[index], sample.points[..., 2], inside)
    for name, part in found.items():
        canvas.findings.setdefault(name, torch.zeros_like(canvas.values))[index, inside] = part.mean(0)


def _dense_bone(values: Tensor, height: Tensor, inside: Tensor) -> Tensor:
    """How much dense bone of the skull base lies both left and right of each place, 0 to 1."""
    if float(height.amin()) > -14:
        return torch.zeros_like(values)
    base = torch.zeros_like(values)
    base[inside] = ((-22 - height.mean(0)) / 10).clamp(0, 1)
    bone = ((values - 300) / 600).clamp(0, 1)
    left, right = bone.cumsum(1), bone.flip(1).cumsum(1).flip(1)
    both = torch.minimum(left, right)
    smooth = functional.avg_pool2d(both[None, None], (7, 1), stride=1, padding=(3, 0))[0, 0]
    return ((smooth - 9) / 18).clamp(0, 1) * base


def _truth(canvas: _Canvas, planes: Planes, anatomy: Anatomy) -> Truth:
    pixel = (_WORK_PX * planes.pixel_mm) ** 2
    area = [float(a) * pixel for a in canvas.lesion.sum((1, 2)).cpu()]
    along = (planes.origins_mm @ planes.normal).tolist()
    gaps = np.gradient(np.asarray(along)) if len(along) > 1 else np.asarray(planes.thickness_mm)
    volume = float(np.sum(np.asarray(area) * gaps)) / 1000
    findings = np.zeros((len(planes), planes.rows, planes.columns), dtype=np.uint32)
    for name, share in canvas.findings.items():
        findings |= _full_size(share).astype(np.uint32) << np.uint32(MASKED.index(name))
    return Truth(_full_size(canvas.lesion), findings, volume, tuple(area), anatomy.widening_mm)


def _full_size(share: Tensor) -> NDArray[np.bool_]:
    large = functional.interpolate(share[:, None], scale_factor=_WORK_PX, mode="bilinear", align_corners=False)[:, 0]
    return np.asarray((large > 0.5).cpu().numpy(), dtype=np.bool_)
