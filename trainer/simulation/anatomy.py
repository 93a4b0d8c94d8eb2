"""One patient's head: the template warped, widened and aged, and its tissues in Hounsfield units."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from trainer.simulation.draws import Draws
from trainer.simulation.grid import Grid
from trainer.simulation.protocol import Pose
from trainer.simulation.recruit import PatientRecord
from trainer.simulation.template import Template

# Fields that vary smoothly in the head and are sampled with the warp.
_EXTENT_MM = 288.0


@dataclass(frozen=True, slots=True)
class Sample:
    """Features at places of one slice; all tensors float32, shape (depths, points) unless stated.

    Parameters
    ----------
    points : Tensor
        (depths, points, 3): places in the template, mm.
    grey, white : Tensor
        Share of grey and white matter after atrophy.
    ventricle, hull, depth : Tensor
        Signed distances to the ventricles and to the brain's hull (mm, negative inside), depth in white matter (mm).
    vault : Tensor
        Signed distance to the hull with its notches bridged (mm), which the outside of the skull follows.
    bodies : Tensor
        (7, depths, points): signed distances of `skullbase.CHANNELS`.
    low, mid, fine : Tensor
        Random fields of unit variance: length about 40, 12 and 5 mm.
    """

    points: Tensor
    grey: Tensor
    white: Tensor
    ventricle: Tensor
    depth: Tensor
    hull: Tensor
    vault: Tensor
    bodies: Tensor
    low: Tensor
    mid: Tensor
    fine: Tensor


def step(distance_mm: Tensor, *, width_mm: float = 1.0) -> Tensor:
    """Return 1 where the distance is positive, 0 where negative, with a ramp of `width_mm` between."""
    return (distance_mm / width_mm + 0.5).clamp(0, 1)


class Anatomy:
    """Warp, tissue values and shell of one patient.

    Parameters
    ----------
    template : Template
        Features on the wanted device.
    record : PatientRecord
        Age, atrophy and seed.
    pose : Pose
        Size and position of the head.
    """

    def __init__(self, template: Template, record: PatientRecord, pose: Pose) -> None:
        self.template = template
        self.pose = pose
        device = template.brain.values.device
        draws = Draws(record.seed, "anatomy")
        self._warp = _warp_field(draws).to(device)
        self._texture = _texture_field(draws).to(device)
        older = (record.age - 65) / 10
        # Ventricles widen with atrophy, not in step with the sulci (Ambarki 2010: 37 +- 18 mL at 71 years).
        self.widening_mm = draws.normal(1.8, 1.3) + 8.5 * record.atrophy * draws.uniform(0.25, 1.2)
        self.widening_mm = min(9.0, max(-1.2, self.widening_mm))
        self.loss = min(0.55, max(0.02, 0.09 + 0.42 * record.atrophy * draws.uniform(0.6, 1.3) + draws.normal(0, 0.03)))
        self.gain = draws.uniform(1.10, 1.35)
        self.sulci = draws.uniform(0.4, 0.8) + 0.6 * record.atrophy
        self.gap_mm = 0.7 + draws.uniform(0, 0.9) + 2.0 * record.atrophy * draws.uniform(0.3, 1.0)
        self.white_hu = draws.normal(27.2, 1.3)
        self.grey_hu = self.white_hu + draws.normal(10.0, 1.2)
        self.crisp = draws.uniform(1.3, 1.9)
        self.fluid_hu = draws.normal(7.0, 2.0)
        self.uneven_hu = draws.uniform(0.3, 1.1)
        self.bone_mm = draws.normal(7.0 if record.sex == "F" else 6.6, 1.1)
        self.bone_hu = draws.normal(1050, 90)
        self.diploe_hu = draws.normal(620, 110)
        self.scalp_mm = draws.normal(5.5, 1.2)
        self.fat_hu = draws.normal(-85, 12)
        self.falx_hu = draws.normal(56, 5) + max(0.0, older)
        self.air_mm = draws.normal(0.0, 1.5)
        self.frontal_sinus_mm = draws.normal(-2.0, 3.0)
        self.pneumatized = draws.normal(0.2, 0.8)

    def locate(self, scanner_mm: Tensor) -> tuple[Tensor, Tensor]:
        """Map places in the scanner to the template and give the random fields there.

        Parameters
        ----------
        scanner_mm : Tensor
            float32, shape (..., 3).

        Returns
        -------
        points, fields : Tensor
            Template places (..., 3) in mm, and the fields low, mid and fine, shape (3, ...).
        """
        rough = self.pose.to_template(scanner_mm)
        warp = self._warp.sample(rough)
        points = rough + warp[:3].movedim(0, -1)
        # The skull follows the slow part of the warp only: it is smooth, what lies in it is not.
        within = (-self.template.shell.sample(points)[0] / 12).clamp(0, 1)
        quick = (warp[3:6] * within).movedim(0, -1)
        # The falx is taut: the middle bends with the head, it does not wave with the gyri.
        taut = 1 - torch.exp(-((points[..., :1] / 13) ** 2))
        points = points + torch.cat([quick[..., :1] * taut, quick[..., 1:]], -1)
        points = points - self.widening_mm * self.template.push.sample(points).movedim(0, -1)
        fields = torch.cat([warp[6:], self._texture.sample(points)])
        return points, fields

    def outside(self, points: Tensor) -> Tensor:
        """Return the rough distance to the head's surface (mm, negative inside) at template places."""
        shell = self.template.shell.sample(points)
        return torch.minimum(shell[8] - self.gap_mm - self.bone_mm - self.scalp_mm, shell[1])

    def sample(self, points: Tensor, fields: Tensor) -> Sample:
        """Return the features at template places, atrophy applied."""
        grey, white, ventricle, depth = self.template.brain.sample(points)
        shell = self.template.shell.sample(points)
        low, mid, fine = fields
        tissue = (grey + white).clamp(0, 1)
        # Sulci of this patient's own: thin sheets where a random field crosses zero, in the outer brain only.
        own = torch.exp(-((fine / 0.14) ** 2)) * step(shell[0] + 17, width_mm=14) * (grey * 1.3).clamp(0, 1)
        # Fluid here and there beside the falx, above the corpus callosum: the mean of 152 people has closed it.
        cleft = (
            torch.exp(-(((points[..., 0].abs() - 1.9) / 0.9) ** 2)) * step(shell[0] + 40, width_mm=8) * (grey > white)
        )
        own = torch.maximum(own, 0.6 * cleft * (0.4 + 0.6 * mid).clamp(0, 1) * step(points[..., 2] - 4, width_mm=8))
        cerebrum = step(points[..., 2] - 2 + 0.35 * points[..., 1].clamp(-60, 0) + 26, width_mm=10)
        loss = self.loss + self.sulci * own * cerebrum
        kept = ((tissue - loss) / (1 - self.loss) * self.gain).clamp(min=0)
        kept = torch.minimum(kept, tissue)
        # The maps are means of 152 people and blur the border of cortex and white matter; one person's is sharper.
        share = ((white / (grey + white).clamp_min(1e-3) - 0.5) * self.crisp + 0.5).clamp(0, 1)
        return Sample(
            points, (1 - share) * kept, share * kept, ventricle, depth, shell[0], shell[8], shell[1:8], low, mid, fine
        )

    def brain(self, s: Sample) -> Tensor:
        """Return brain and fluid in HU, without findings, shape (depths, points)."""
        tissue = (s.grey + s.white).clamp(0, 1)
        # Grey matter without its neighbor's blur is rare in the maps; deep nuclei are a little darker than cortex.
        values = self.grey_hu * s.grey + self.white_hu * s.white + self.fluid_hu * (1 - tissue)
        values = values + self.uneven_hu * tissue * (0.6 * s.low + 0.4 * s.mid)
        midline = torch.exp(-((s.points[..., 0] / 0.8) ** 2)) * step(s.hull + 42, width_mm=4)
        above = step(s.points[..., 2] - 8, width_mm=6)
        falx = midline * above * step(8 - (s.points[..., 1] + 20).abs() + 75, width_mm=10)
        sinus = torch.exp(-((s.points[..., 0] / 3.5) ** 2)) * step(s.hull + 6, width_mm=3) * step(s.points[..., 2] - 2)
        sinus = sinus * step(30 - s.points[..., 1], width_mm=20)
        cover = torch.maximum(falx * 0.8, sinus)
        return values + (self.falx_hu - values).clamp(min=0) * cover

    def dress(self, values: Tensor, s: Sample) -> Tensor:
        """Put skull, scalp, face and air around brain values; returns HU, shape (depths, points)."""
        gap = self.gap_mm + 0.5 * s.low
        bone = (self.bone_mm * _thickness(s) + 0.7 * s.low).clamp_min(2.2)
        inner, past = s.hull - gap, s.vault - gap - bone
        fluid = torch.full_like(values, self.fluid_hu)
        values = values + (fluid - values) * step(s.hull + 0.3, width_mm=1.2)
        table = torch.minimum((inner / (0.28 * bone)).clamp(0, 1), (-past / (0.3 * bone)).clamp(0, 1))
        skull = self.bone_hu + (self.diploe_hu - self.bone_hu) * table * (1 + 0.12 * s.fine).clamp(0, 1.2)
        values = values + (skull - values) * step(inner)
        head = torch.minimum(past - self.scalp_mm * (1 + 0.15 * s.low), s.bodies[0])
        values = values + (self._soft(head, past, s) - values) * step(past)
        values = self._base(values, past, s)
        values = values + (-1000.0 - values) * step(head)
        return self._air(values, s)

    def _soft(self, head: Tensor, past: Tensor, s: Sample) -> Tensor:
        """Skin, fat below it, then muscle with streaks of fat."""
        muscle = 52 + (self.fat_hu - 52) * step(s.mid + 0.6 * s.fine - 1.1, width_mm=0.6)
        fat_mm = 2.4 + 0.35 * self.scalp_mm + 0.6 * s.low
        soft = muscle + (self.fat_hu - muscle) * step(head + fat_mm + 1.5)
        lower = step(-12 - s.points[..., 2], width_mm=20)
        galea = (1 - lower) * step(2.0 - past)
        soft = soft + (35 - soft) * galea
        return soft + (38 - soft) * step(head + 2.4)

    def _base(self, values: Tensor, past: Tensor, s: Sample) -> Tensor:
        """Orbit, eye, muscles and the bones of base and face, where there is no brain."""
        low = s.points[..., 2].amin()
        if float(low) > 14:
            return values
        _, bone, _, _, fat, globe, muscle = s.bodies
        outer = step(past)
        for distance, hu in ((fat, self.fat_hu), (globe, 9.0), (muscle, 50.0)):
            values = values + (hu - values) * step(-distance) * outer
        bare = 1 - (s.grey + s.white).clamp(0, 1) * step(-s.hull)
        dense = self.bone_hu * (0.75 + 0.12 * s.fine + 0.1 * s.mid).clamp(0.4, 1.3)
        return values + (dense - values).clamp(min=0) * step(-bone + 0.4 * s.mid) * bare

    def _air(self, values: Tensor, s: Sample) -> Tensor:
        if float(s.points[..., 2].amin()) > 14:
            return values
        frontal = step(s.points[..., 2] + 18, width_mm=4)
        opened = -s.bodies[2] + self.air_mm * 0.5 + self.frontal_sinus_mm * frontal + 0.8 * s.mid * frontal
        away = step(s.hull - self.gap_mm - 1.0)
        cells = step(1.0 - s.bodies[3]) * step(1.6 * s.fine + 0.5 * s.mid + self.pneumatized, width_mm=0.7)
        return values + (-990.0 - values) * torch.maximum(step(opened) * away, cells * step(s.hull - self.gap_mm - 2.5))


def _thickness(s: Sample) -> Tensor:
    """Relative thickness of the skull: thick at front and back, thin at the temples and under the brain."""
    x, y, z = s.points.unbind(-1)
    side = (x / 70) ** 2 - ((y + 18) / 95) ** 2
    return (1.0 - 0.28 * side.clamp(-1, 1) - 0.35 * (-(z + 18) / 30).clamp(0, 1)).clamp(0.4, 1.4)


def _warp_field(draws: Draws) -> Grid:
    """Slow and quick elastic displacement in mm (3 channels each) and the field `low`, on a grid of 8 mm."""
    nodes = [int(_EXTENT_MM / 8)] * 3
    slow = draws.uniform(1.5, 3.8)
    quick = (draws.uniform(1.0, 2.6), draws.uniform(0.8, 1.8), draws.uniform(0.3, 0.8))
    shifts = [slow * draws.field(nodes, length_nodes=5.0) for _ in range(3)]
    for _ in range(3):
        parts = [a * draws.field(nodes, length_nodes=n) for a, n in zip(quick, (2.8, 1.5, 0.8), strict=True)]
        shifts.append(parts[0] + parts[1] + parts[2])
    shifts.append(draws.field(nodes, length_nodes=2.6))
    half = _EXTENT_MM / 2
    return Grid(torch.stack(shifts), (-half, -half - 14, -half - 10), 8.0)


def _texture_field(draws: Draws) -> Grid:
    """Fields `mid` and `fine` on a grid of 4 mm."""
    nodes = [int(_EXTENT_MM / 4)] * 3
    half = _EXTENT_MM / 2
    fields = [draws.field(nodes, length_nodes=n) for n in (1.7, 1.0)]
    return Grid(torch.stack(fields), (-half, -half - 14, -half - 10), 4.0)
