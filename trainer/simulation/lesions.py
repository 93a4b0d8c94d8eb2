"""White-matter disease: grows outward from the ventricles to a target volume; its exact share is known everywhere."""

from __future__ import annotations

import torch
from torch import Tensor

from trainer.simulation.draws import Draws
from trainer.simulation.grid import Grid
from trainer.simulation.protocol import Pose
from trainer.simulation.recruit import PatientRecord
from trainer.simulation.template import Template

_STEP = 2
# Frontal horns, occipital horns, trigones (MNI mm, mirrored): where caps form first (DeCarli 2005, Enzinger 2005).
_CAPS = ((19.0, 35.0, 6.0, 9.0), (27.0, -66.0, 14.0, 10.0), (30.0, -50.0, 18.0, 9.0), (21.0, 26.0, 20.0, 8.0))


class Lesions:
    """White-matter disease of one patient.

    Parameters
    ----------
    template : Template
        Where the white matter is.
    record : PatientRecord
        Target volume and seed.
    pose : Pose
        Size of the head, which turns the template's volume into the patient's.
    """

    def __init__(self, template: Template, record: PatientRecord, pose: Pose) -> None:
        draws = Draws(record.seed, "lesions")
        self.volume_ml = record.lesion_ml
        # Diseased white matter measures 17.5 +- 4.7 HU (Peng 2024): 8 to 12 below its surroundings.
        self.drop_hu = max(7.0, draws.normal(10.8, 1.4)) - (0.8 if record.grade == 1 else 0.0)
        self._edge = draws.uniform(0.035, 0.075)
        self._grid: Grid | None = None
        if self.volume_ml > 0:
            self._grid = self._grow(template, pose, draws)

    def share(self, points: Tensor) -> Tensor:
        """Return the share of white matter that is diseased, 0 to 1, at template places (..., 3)."""
        if self._grid is None or float(points[..., 2].amax()) < -24:
            return torch.zeros(points.shape[:-1], device=points.device)
        return torch.sigmoid(self._grid.sample(points)[0])

    def _grow(self, template: Template, pose: Pose, draws: Draws) -> Grid:
        brain = template.brain
        _, white, ventricle, depth = brain.values[:, ::_STEP, ::_STEP, ::_STEP]
        axes = [o + _STEP * torch.arange(n) for o, n in zip(brain.origin_mm, white.shape, strict=True)]
        x, y, z = (a.to(white.device) for a in torch.meshgrid(*axes, indexing="ij"))
        score = self._likely(draws, (x, y, z), ventricle, depth)
        inside = white > 0.3
        node_ml = _STEP**3 * pose.scale[0] * pose.scale[1] * pose.scale[2] / 1000
        level = _level(score[inside], white[inside] * node_ml, self.volume_ml, edge=self._edge)
        return Grid(((score - level) / self._edge)[None], brain.origin_mm, float(_STEP)).to(white.device)

    def _likely(self, draws: Draws, at: tuple[Tensor, Tensor, Tensor], ventricle: Tensor, depth: Tensor) -> Tensor:
        """How early each place falls ill: rim, caps, centrum semiovale, and chance."""
        x, y, z = at
        more = min(1.0, self.volume_ml / 40)
        rim = draws.uniform(0.7, 1.0) * torch.exp(-ventricle.clamp_min(0) / (draws.uniform(3.5, 6.0) + 5.0 * more))
        score = rim
        lean = 1 + draws.normal(0, 0.10) * torch.tanh(x / 12)
        for cx, cy, cz, width in _CAPS:
            weight = draws.uniform(0.25, 0.65)
            away = (x.abs() - cx) ** 2 + (y - cy) ** 2 + (z - cz) ** 2
            score = score + weight * torch.exp(-away / (2 * (width * draws.uniform(0.8, 1.25)) ** 2))
        side = torch.exp(-(((x.abs() - 27) / 12) ** 2)) * torch.exp(-(((y + 12) / 42) ** 4))
        crown = torch.exp(-(((z - draws.uniform(28, 38)) / 14) ** 2)) * (depth / 6).clamp(0, 1)
        score = score + draws.uniform(0.25, 0.85) * (0.5 + 0.5 * more) * side * crown
        # Fibers just under the cortex are spared until late; so is the corpus callosum's middle.
        spared = (depth / 4).clamp(0.25, 1) * (1 - 0.6 * torch.exp(-((x / 8) ** 2)))
        score = score * spared * lean + _chance(draws, score.shape, x.device)
        cerebrum = ((z + 16) / 8).clamp(0, 1) * ((y + 0.55 * z + 72) / 10).clamp(0, 1).maximum((z > 4).float())
        return score * cerebrum - (1 - cerebrum)


def _chance(draws: Draws, shape: torch.Size, device: torch.device) -> Tensor:
    """Random part: mostly the same on both sides, of two lengths."""
    nodes = tuple(shape)
    parts = []
    for length, amplitude in ((4.0, draws.uniform(0.05, 0.12)), (1.8, draws.uniform(0.05, 0.13))):
        own, shared = draws.field(nodes, length_nodes=length), draws.field(nodes, length_nodes=length)
        shared = (shared + shared.flip(0)) / 2**0.5
        parts.append(amplitude * (0.8 * shared + 0.6 * own))
    return (parts[0] + parts[1]).to(device)


def _level(score: Tensor, node_ml: Tensor, target_ml: float, *, edge: float) -> float:
    """Return the level of the score above which the tissue is ill so that the volume is `target_ml` (bisection)."""
    low, high = float(score.min()) - 1, float(score.max()) + 1
    for _ in range(26):
        middle = (low + high) / 2
        volume = float((torch.sigmoid((score - middle) / edge) * node_ml).sum())
        low, high = (middle, high) if volume > target_ml else (low, middle)
    return (low + high) / 2
