"""Every finding changes the tissue in its own direction, where it belongs, and says where."""

from __future__ import annotations

import pytest
import torch

from tests.trainer.simulation.records import record_of
from trainer.simulation.anatomy import Anatomy, Sample
from trainer.simulation.distractors import MASKED, Distractors
from trainer.simulation.protocol import Pose
from trainer.simulation.recruit import DISTRACTORS
from trainer.simulation.template import Template

LIFE_SIZE = Pose(torch.eye(3), (1.0, 1.0, 1.0))

# Lowest and highest change in HU that the finding may make where it fills a place.
CHANGES = {
    "calcified_pineal": (30, 400),
    "calcified_choroid": (30, 450),
    "calcified_falx": (60, 650),
    "calcified_basal_ganglia": (10, 250),
    "calcified_artery": (100, 750),
    "old_infarct": (-40, 0),
    "lacunes": (-45, 0),
    "perivascular_spaces": (-45, 0),
    "acute_infarct": (-30, 0),
    "hemorrhage_intraparenchymal": (-15, 80),
    "hemorrhage_subdural": (-30, 75),
    "hemorrhage_subarachnoid": (0, 50),
    "hemorrhage_intraventricular": (20, 80),
    "hemorrhage_epidural": (10, 85),
    "hyperdense_artery": (5, 75),
    "shunt": (150, 330),
}


def _sample(anatomy: Anatomy, center: tuple[float, float, float], reach: tuple[float, float, float]) -> Sample:
    """A block of places around a center, at most 25 a side."""
    axes = [torch.linspace(c - r, c + r, 25) for c, r in zip(center, reach, strict=True)]
    points = torch.stack(torch.meshgrid(*axes, indexing="ij"), -1).reshape(1, -1, 3)
    return anatomy.sample(points, anatomy.locate(anatomy.pose.to_scanner(points))[1])


def test_every_finding_but_motion_has_a_mask() -> None:
    assert set(MASKED) == set(CHANGES) == set(DISTRACTORS) - {"motion"}
    assert len(MASKED) <= 32


@pytest.mark.parametrize("name", MASKED)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_finding_changes_density_in_its_own_direction(template: Template, name: str, seed: int) -> None:
    record = record_of(distractors=(name,), seed=seed)
    anatomy = Anatomy(template, record, LIFE_SIZE)
    distractors = Distractors(record, anatomy)
    changed = 0
    for body in distractors.findings[0].bodies:
        reach = (1.4 * body.radii[0] + 2, 1.4 * body.radii[1] + 2, 1.4 * body.radii[2] + 2)
        sample = _sample(anatomy, body.center, reach)
        before = anatomy.brain(sample)
        after, shares = distractors.apply(before, sample)
        filled = shares[name] > 0.9
        if bool(filled.any()):
            change = (after - before)[filled]
            assert CHANGES[name][0] - 6 <= float(change.median()) <= CHANGES[name][1]
            changed += int(filled.sum())
        assert torch.equal(after[shares[name] == 0], before[shares[name] == 0])
    assert changed > 0


def test_blood_in_the_ventricles_stays_there(template: Template) -> None:
    record = record_of(distractors=("hemorrhage_intraventricular",), seed=3)
    anatomy = Anatomy(template, record, LIFE_SIZE)
    sample = _sample(anatomy, (0, -40, 12), (40, 40, 25))
    _, shares = Distractors(record, anatomy).apply(anatomy.brain(sample), sample)
    assert float(shares["hemorrhage_intraventricular"][sample.ventricle > 1.0].max()) == 0


def test_subdural_blood_lies_in_a_layer_at_the_skull(template: Template) -> None:
    record = record_of(distractors=("hemorrhage_subdural",), seed=3)
    anatomy = Anatomy(template, record, LIFE_SIZE)
    distractors = Distractors(record, anatomy)
    body = distractors.findings[0].bodies[0]
    sample = _sample(anatomy, body.center, body.radii)
    _, shares = distractors.apply(anatomy.brain(sample), sample)
    hull = sample.hull[shares["hemorrhage_subdural"] > 0.5]
    assert float(hull.min()) > -16
    assert float(hull.max()) < 2


def test_two_findings_keep_masks_of_their_own(template: Template) -> None:
    record = record_of(distractors=("calcified_pineal", "old_infarct"), seed=5)
    anatomy = Anatomy(template, record, LIFE_SIZE)
    sample = _sample(anatomy, (0, -28, 3), (10, 10, 10))
    _, shares = Distractors(record, anatomy).apply(anatomy.brain(sample), sample)
    assert float(shares["calcified_pineal"].max()) > 0.5
    assert float(shares.get("old_infarct", torch.zeros(1)).max()) < 0.5


def test_a_slice_that_a_finding_does_not_reach_stays_as_it_is(template: Template) -> None:
    record = record_of(distractors=("calcified_pineal",))
    anatomy = Anatomy(template, record, LIFE_SIZE)
    sample = _sample(anatomy, (0, -28, 60), (20, 20, 5))
    before = anatomy.brain(sample)
    after, shares = Distractors(record, anatomy).apply(before, sample)
    assert torch.equal(after, before)
    assert shares == {}
