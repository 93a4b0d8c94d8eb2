"""White-matter disease has the asked volume and lies where it grows."""

from __future__ import annotations

import pytest
import torch

from tests.trainer.simulation.records import record_of
from trainer.simulation.lesions import Lesions
from trainer.simulation.protocol import Pose
from trainer.simulation.template import Template

LIFE_SIZE = Pose(torch.eye(3), (1.0, 1.0, 1.0))


def _nodes(template: Template) -> tuple[torch.Tensor, torch.Tensor]:
    """Every second node of the brain maps in mm, and the maps there."""
    grid = template.brain
    values = grid.values[:, ::2, ::2, ::2]
    axes = [o + 2.0 * torch.arange(n) for o, n in zip(grid.origin_mm, values.shape[1:], strict=True)]
    return torch.stack(torch.meshgrid(*axes, indexing="ij"), -1), values


def _share(template: Template, lesions: Lesions) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    points, values = _nodes(template)
    return lesions.share(points) * values[1], points, values


@pytest.mark.parametrize(("grade", "volume"), [(0, 0.6), (1, 4.0), (2, 21.0), (3, 48.0), (3, 105.0)])
def test_the_volume_is_the_one_asked_for(template: Template, grade: int, volume: float) -> None:
    share, _, _ = _share(template, Lesions(template, record_of(grade=grade, lesion_ml=volume), LIFE_SIZE))
    assert float(share.sum()) * 8 / 1000 == pytest.approx(volume, rel=0.1, abs=0.15)


def test_a_small_head_gets_the_same_volume_in_its_own_millimetres(template: Template) -> None:
    small = Pose(torch.eye(3), (0.85, 0.85, 0.85))
    share, _, _ = _share(template, Lesions(template, record_of(lesion_ml=20.0), small))
    assert float(share.sum()) * 8 * 0.85**3 / 1000 == pytest.approx(20.0, rel=0.1)


def test_without_disease_nothing_is_ill(template: Template) -> None:
    lesions = Lesions(template, record_of(grade=0, lesion_ml=0.0), LIFE_SIZE)
    assert float(lesions.share(_nodes(template)[0]).sum()) == 0


@pytest.mark.parametrize("seed", range(3))
def test_it_lies_near_the_ventricles_in_the_cerebrum(template: Template, seed: int) -> None:
    share, points, values = _share(template, Lesions(template, record_of(seed=seed, grade=1, lesion_ml=5.0), LIFE_SIZE))
    total = float(share.sum())
    near = float(share[values[2] < 12].sum()) / total
    assert near > 0.75
    assert float(share[points[..., 2] < -18].sum()) / total < 0.01


@pytest.mark.parametrize("seed", range(3))
def test_it_is_mostly_symmetric(template: Template, seed: int) -> None:
    share, _, _ = _share(template, Lesions(template, record_of(seed=seed, grade=3, lesion_ml=45.0), LIFE_SIZE))
    ill = share > 0.5
    both = float((ill & ill.flip(0)).sum()) / float(ill.sum())
    assert 0.4 < both < 0.98


def test_it_grows_outward_with_its_volume(template: Template) -> None:
    away = []
    for volume in (4.0, 20.0, 60.0):
        share, _, values = _share(template, Lesions(template, record_of(grade=3, lesion_ml=volume), LIFE_SIZE))
        away.append(float((share * values[2]).sum() / share.sum()))
    assert away == sorted(away)


def test_fibers_below_the_cortex_are_spared(template: Template) -> None:
    share, _, values = _share(template, Lesions(template, record_of(grade=2, lesion_ml=20.0), LIFE_SIZE))
    white = values[1]
    shallow, deep = (white > 0.7) & (values[3] < 2.5), (white > 0.7) & (values[3] > 5)
    assert float(share[shallow].mean()) < 0.5 * float(share[deep].mean())


@pytest.mark.parametrize("seed", range(6))
def test_the_drop_in_density_is_within_the_published_range(template: Template, seed: int) -> None:
    """17.5 +- 4.7 HU against 26 to 30 of healthy white matter (Peng 2024)."""
    assert 6.0 <= Lesions(template, record_of(seed=seed), LIFE_SIZE).drop_hu <= 14.0


def test_the_same_record_grows_the_same_disease(template: Template) -> None:
    points = torch.tensor([[19.0, 35.0, 6.0], [28.0, -50.0, 18.0], [25.0, -10.0, 32.0]])
    shares = [Lesions(template, record_of(seed=9), LIFE_SIZE).share(points) for _ in range(2)]
    assert torch.equal(shares[0], shares[1])
    assert not torch.equal(shares[0], Lesions(template, record_of(seed=10), LIFE_SIZE).share(points))
