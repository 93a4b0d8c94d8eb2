"""Findings beside white-matter disease, each with a mask: infarcts, lacunes, bleeding, calcifications, devices.

A finding is a list of bodies in template millimetres. Every body says how it changes brain values and where it may lie.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from trainer.simulation.anatomy import Anatomy, Sample, step
from trainer.simulation.draws import Draws
from trainer.simulation.recruit import DISTRACTORS, PatientRecord

Point = tuple[float, float, float]
Where = Callable[[Sample], Tensor]

# Findings that have a mask: bit number of each in the truth files; `motion` has none.
MASKED = tuple(name for name in DISTRACTORS if name != "motion")


@dataclass(frozen=True, slots=True)
class Body:
    """An ellipsoid with a rough, soft edge that changes brain values.

    Parameters
    ----------
    center, radii : Point
        Template mm.
    hu : float
        Value inside, or what is added where `adds` is true.
    edge_mm, rough : float
        Width of the edge; how far, relative to the smallest radius, chance moves it.
    adds : bool
        Whether `hu` is added to the tissue instead of replacing it.
    where : callable, optional
        Share of each place that may change (for example only fluid).
    """

    center: Point
    radii: Point
    hu: float
    edge_mm: float = 1.5
    rough: float = 0.15
    adds: bool = False
    where: Where | None = None

    def reaches(self, low_mm: float, high_mm: float) -> bool:
        """Whether any place between two heights of the template may lie in the body."""
        reach = self.radii[2] * (1 + 3 * self.rough) + self.edge_mm + 1
        return low_mm <= self.center[2] + reach and high_mm >= self.center[2] - reach

    def share(self, s: Sample) -> Tensor:
        """Return the share of each place that the body fills, 0 to 1."""
        center = torch.tensor(self.center, device=s.points.device)
        radii = torch.tensor(self.radii, device=s.points.device)
        least = min(self.radii)
        inside = (1 - ((s.points - center) / radii).norm(dim=-1)) * least
        filled = step(inside + self.rough * least * (0.7 * s.mid + 0.5 * s.fine), width_mm=self.edge_mm)
        return filled if self.where is None else filled * self.where(s)


@dataclass(frozen=True, slots=True)
class Finding:
    """One named finding and its bodies."""

    name: str
    bodies: tuple[Body, ...]


class Distractors:
    """The findings of one patient, beside white-matter disease."""

    def __init__(self, record: PatientRecord, anatomy: Anatomy) -> None:
        self.findings = tuple(
            Finding(name, tuple(_BUILDERS[name](Draws(record.seed, "finding", name), record, anatomy)))
            for name in record.distractors
            if name in _BUILDERS
        )

    def apply(self, values: Tensor, s: Sample) -> tuple[Tensor, dict[str, Tensor]]:
        """Change brain values in HU (depths, points); return them and the share of each finding that is met here."""
        low, high = float(s.points[..., 2].amin()), float(s.points[..., 2].amax())
        shares: dict[str, Tensor] = {}
        for finding in self.findings:
            for body in finding.bodies:
                if not body.reaches(low, high):
                    continue
                share = body.share(s)
                values = values + (body.hu if body.adds else body.hu - values) * share
                seen = shares.get(finding.name)
                shares[finding.name] = share if seen is None else torch.maximum(seen, share)
        return values, shares


def _tissue(s: Sample) -> Tensor:
    return (s.grey + s.white).clamp(0, 1)


def _brain(s: Sample) -> Tensor:
    return step(-s.hull)


def _fluid(s: Sample) -> Tensor:
    return (1 - s.grey - s.white).clamp(0, 1) * step(-s.hull)


def _parenchyma(s: Sample) -> Tensor:
    return _tissue(s) * step(s.ventricle - 0.5)


def _side(draws: Draws) -> float:
    return 1.0 if draws.chance(0.5) else -1.0


def _around(draws: Draws, radius: float, *, spread: float = 0.3) -> Point:
    return tuple(radius * draws.uniform(1 - spread, 1 + spread) for _ in range(3))  # type: ignore[return-value]


def _pineal(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    bodies = [
        Body(
            (draws.normal(0, 0.8), -27.5, draws.normal(3, 1)),
            _around(draws, draws.uniform(1.0, 2.8)),
            draws.uniform(90, 320),
        )
    ]
    if draws.chance(0.25):
        bodies.append(Body((0.0, -23.5, 4.0), _around(draws, 1.3), draws.uniform(90, 250)))
    return bodies


def _choroid(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    sides = (1.0, -1.0) if draws.chance(0.8) else (_side(draws),)
    bodies = []
    for side in sides:
        for _ in range(draws.integer(1, 3)):
            x, y = 25 + draws.normal(0, 1.2), -44 + draws.normal(0, 2.5)
            center = (side * x, y, 9 + draws.normal(0, 3.5))
            bodies.append(
                Body(center, _around(draws, draws.uniform(1.0, 3.4), spread=0.5), draws.uniform(80, 400), rough=0.3)
            )
    return bodies


def _falx(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    bodies = []
    for _ in range(draws.integer(1, 3)):
        center = (draws.normal(0, 0.6), draws.uniform(-50, 50), draws.uniform(40, 66))
        radii = (draws.uniform(0.8, 1.8), draws.uniform(3, 9), draws.uniform(3, 8))
        bodies.append(Body(center, radii, draws.uniform(120, 600), rough=0.3, where=_brain))
    return bodies


def _ganglia(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    size = draws.uniform(1.2, 4.5)
    return [
        Body(
            (side * 19 + draws.normal(0, 1), -2 + draws.normal(0, 2), draws.normal(-1, 1.5)),
            _around(draws, size),
            draws.uniform(50, 220),
            rough=0.35,
        )
        for side in (1.0, -1.0)
    ]


def _artery(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    spots: list[Point] = [(11, 2, -20), (-11, 2, -20), (10, -4, -26), (-10, -4, -26), (9, -30, -52), (-9, -30, -52)]
    kept = [spot for spot in spots if draws.chance(0.6)] or spots[:1]
    return [Body(p, (1.4, 1.6, draws.uniform(2, 5)), draws.uniform(200, 700), edge_mm=1.0, where=_open) for p in kept]


def _open(s: Sample) -> Tensor:
    return step(4 - s.hull)


def _cortical(draws: Draws) -> Point:
    """A place at the cortex of the cerebrum, in MNI mm."""
    around, up = draws.uniform(0, 2 * math.pi), draws.uniform(-14, 56)
    shrink = math.sqrt(max(0.15, 1 - ((up - 2) / 76) ** 2))
    return (60 * shrink * math.cos(around), -18 + 78 * shrink * math.sin(around), up)


def _old_infarct(draws: Draws, _r: PatientRecord, anatomy: Anatomy) -> list[Body]:
    bodies = []
    for _ in range(draws.integer(1, 2) if draws.chance(0.2) else 1):
        size = draws.uniform(9, 27)
        # Gliosis around the cavity (chronic 7, old 11.9 +- 5.9 HU: jneonatalsurg 5888, Peng 2024).
        center, hu = _cortical(draws), min(18.0, max(anatomy.fluid_hu, draws.normal(12, 4)))
        radii = _around(draws, size)
        wide: Point = (radii[0] * 1.25, radii[1] * 1.25, radii[2] * 1.25)
        bodies.append(Body(center, wide, hu + 9, edge_mm=5.0, rough=0.22, where=_parenchyma))
        bodies.append(Body(center, radii, hu, edge_mm=draws.uniform(2, 4), rough=0.22, where=_tissue))
    return bodies


def _acute_infarct(draws: Draws, _r: PatientRecord, anatomy: Anatomy) -> list[Body]:
    # Swollen cortex loses its contrast to white matter: 18.9 +- 6.4 HU when plain, 22 when fresh (Peng 2024).
    center, radii = _cortical(draws), _around(draws, draws.uniform(14, 32))
    hu = min(anatomy.white_hu - 2.0, max(15.0, draws.normal(21, 3)))
    return [Body(center, radii, hu, edge_mm=draws.uniform(3, 7), rough=0.2, where=_parenchyma)]


def _lacunes(draws: Draws, _r: PatientRecord, anatomy: Anatomy) -> list[Body]:
    homes: list[Point] = [
        (24, 2, 2),
        (14, -16, 6),
        (22, 8, 10),
        (26, -12, 24),
        (24, 14, 26),
        (22, -28, 28),
        (8, -24, -30),
    ]
    bodies = []
    for _ in range(draws.integer(1, 4)):
        x, y, z = homes[draws.integer(0, len(homes) - 1)]
        center = (_side(draws) * (x + draws.normal(0, 3)), y + draws.normal(0, 5), z + draws.normal(0, 4))
        radii = _around(draws, draws.uniform(1.8, 5.5))
        bodies.append(Body(center, radii, anatomy.fluid_hu + draws.uniform(0, 6), edge_mm=1.2, where=_tissue))
    return bodies


def _perivascular(draws: Draws, _r: PatientRecord, anatomy: Anatomy) -> list[Body]:
    return [
        Body(
            (_side(draws) * draws.normal(23, 3), draws.normal(2, 5), draws.normal(-8, 2)),
            (draws.uniform(0.9, 1.8), draws.uniform(0.9, 2.2), draws.uniform(2, 5)),
            anatomy.fluid_hu + 2,
            edge_mm=1.0,
            where=_tissue,
        )
        for _ in range(draws.integer(2, 7))
    ]


def _intraparenchymal(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    deep = draws.chance(0.6)
    side = _side(draws)
    center = (side * draws.uniform(20, 28), draws.uniform(-18, 10), draws.uniform(-2, 12)) if deep else _cortical(draws)
    if not deep:
        center = (center[0] * 0.72, -18 + (center[1] + 18) * 0.75, center[2])
    radii = _around(draws, draws.uniform(5, 20))
    rim = draws.uniform(3, 8)
    wide: Point = (radii[0] + rim, radii[1] + rim, radii[2] + rim)
    return [
        Body(center, wide, -draws.uniform(6, 12), edge_mm=4.0, rough=0.12, adds=True, where=_parenchyma),
        Body(center, radii, draws.uniform(56, 78), edge_mm=1.5, rough=0.14, where=_brain),
    ]


def _crescent(draws: Draws, *, thick: tuple[float, float], reach: tuple[float, float], hu: float) -> list[Body]:
    """Blood between brain and skull: a wide body of which only the layer at the hull counts."""
    side, depth = _side(draws), draws.uniform(*thick)
    center = (side * 62.0, draws.uniform(-50, 30), draws.uniform(0, 40))
    radii: Point = (30.0, draws.uniform(*reach), draws.uniform(reach[0] * 0.7, reach[1] * 0.8))

    def layer(s: Sample) -> Tensor:
        across = (
            (s.points[..., 1:] - torch.tensor(center[1:], device=s.points.device))
            / torch.tensor(radii[1:], device=s.points.device)
        ).norm(dim=-1)
        return step(s.hull + depth * (1 - across**2).clamp(min=0) - 0.3) * step(1.5 - s.hull)

    return [Body(center, radii, hu, edge_mm=3.0, rough=0.05, where=layer)]


def _subdural(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    # Fresh 50 to 75 HU, chronic close to fluid.
    hu = draws.uniform(50, 72) if draws.chance(0.55) else draws.uniform(14, 34)
    return _crescent(draws, thick=(4, 15), reach=(38, 62), hu=hu)


def _epidural(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    return _crescent(draws, thick=(10, 26), reach=(22, 34), hu=draws.uniform(55, 78))


def _subarachnoid(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    hu = draws.uniform(25, 48)
    cisterns = Body((0, 0, -16), (38, 34, 18), hu, edge_mm=8, adds=True, where=_fluid)
    side = _side(draws)
    fissure = Body((side * 42, 2, 2), (22, 34, 20), hu * draws.uniform(0.5, 1), edge_mm=8, adds=True, where=_fluid)
    return [fissure] if draws.chance(0.4) else [cisterns, fissure]


def _intraventricular(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    level = draws.uniform(-58, -30)

    def pooled(s: Sample) -> Tensor:
        return step(-s.ventricle) * step(level - s.points[..., 1], width_mm=3)

    return [Body((0, level - 18, 12), (45, 30, 32), draws.uniform(50, 75), edge_mm=2, rough=0.05, where=pooled)]


def _dense_artery(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    side = _side(draws)
    return [
        Body(
            (side * x, 2.0 + 0.05 * (x - 20) ** 2 * 0.2, -17.0 + 0.05 * x),
            (3.2, 1.4, 1.6),
            draws.uniform(52, 68),
            edge_mm=1.0,
            rough=0.05,
        )
        for x in (14, 18, 22, 26)
    ]


def _shunt(draws: Draws, _r: PatientRecord, _a: Anatomy) -> list[Body]:
    side = _side(draws)
    start, end = (side * 42.0, -58.0, 44.0), (side * 8.0, 14.0, 14.0)
    bodies = []
    for i in range(25):
        t = i / 24
        center = (
            start[0] + (end[0] - start[0]) * t,
            start[1] + (end[1] - start[1]) * t,
            start[2] + (end[2] - start[2]) * t,
        )
        bodies.append(Body(center, (2.2, 2.2, 2.2), draws.uniform(250, 320), edge_mm=0.8, rough=0.0))
    return bodies


_BUILDERS: Mapping[str, Callable[[Draws, PatientRecord, Anatomy], list[Body]]] = {
    "calcified_pineal": _pineal,
    "calcified_choroid": _choroid,
    "calcified_falx": _falx,
    "calcified_basal_ganglia": _ganglia,
    "calcified_artery": _artery,
    "old_infarct": _old_infarct,
    "lacunes": _lacunes,
    "perivascular_spaces": _perivascular,
    "acute_infarct": _acute_infarct,
    "hemorrhage_intraparenchymal": _intraparenchymal,
    "hemorrhage_subdural": _subdural,
    "hemorrhage_epidural": _epidural,
    "hemorrhage_subarachnoid": _subarachnoid,
    "hemorrhage_intraventricular": _intraventricular,
    "hyperdense_artery": _dense_artery,
    "shunt": _shunt,
}
