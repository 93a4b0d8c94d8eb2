"""Shortcut probes: each finds its own shortcut and no other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.trainer.evaluation.stacks import head, write_content
from trainer.data.cache import CacheContent
from trainer.data.fingerprint_facts import CaseFacts
from trainer.data.splits import Split, split_by_patient
from trainer.evaluation.probes import SCHEMA, probes, shortcut_check

COUNT = 60
LABELS = [index % 2 for index in range(COUNT)]
FACTS = CaseFacts(
    slices=30, rows=512, columns=512, pixel_mm=0.45, step_mm=5.0, thicknesses_mm=(5.0,), tilt_deg=0.0, kernel="H30s",
    manufacturer="A", model="A1", kvp=120.0, age_years=70.0, head_hu=(), tissue_hu=(), broken=0, warnings=(),
    study="", series="", volume="",
)  # fmt: skip


def _content(folder: Path, shortcut: str) -> tuple[CacheContent, Split]:
    """Heads that differ by chance, and by label in one way alone."""

    def draw(index: int) -> np.ndarray:
        chance = np.random.default_rng(index)
        ill = LABELS[index]
        return head(
            slices=4,
            ventricle=0.18 + 0.03 * chance.normal() + 0.10 * ill * (shortcut == "atrophy"),
            skull=0.08 + 0.01 * chance.normal() + 0.05 * ill * (shortcut == "skull"),
            seed=index,
        )

    def facts(index: int) -> CaseFacts:
        ill = LABELS[index] if shortcut == "acquisition" else index % 3 == 0
        return replace(FACTS, kernel="H31s" if ill else "H30s")

    content = write_content(folder, LABELS, draw, facts=facts)
    return content, split_by_patient([case.member() for case in content.cases], shares=(0.5, 0.1, 0.4))


def _aucs(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {probe["name"]: probe for probe in found["probes"]}


@pytest.mark.parametrize("shortcut", ["atrophy", "skull", "acquisition"])
def test_each_probe_finds_its_own_shortcut(shortcut: str, tmp_path: Path) -> None:
    content, split = _content(tmp_path, shortcut)
    found = probes(content, split, resamples=200)
    held = _aucs(found)
    assert set(held) == {"atrophy", "skull", "acquisition"}
    assert held[shortcut]["auc"] > 0.85
    assert held[shortcut]["cross_validated"] > 0.85
    assert held[shortcut]["low"] <= held[shortcut]["auc"] <= held[shortcut]["high"]
    for other in set(held) - {shortcut}:
        assert held[other]["low"] < 0.7, other
    assert all(probe["patients"] == len(split.parts["test"]) for probe in held.values())
    assert (found["schema"], found["split_sha256"]) == (SCHEMA, split.sha256)
    assert set(found["fluid_share"]) == {*split.parts["train"], *split.parts["test"]}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_the_same_data_give_the_same_figures(tmp_path: Path) -> None:
    content, split = _content(tmp_path, "atrophy")
    assert probes(content, split, resamples=20) == probes(content, split, resamples=20)


def test_what_cannot_be_measured_is_null(tmp_path: Path) -> None:
    content = write_content(tmp_path, LABELS[:16], lambda _: np.full((2, 32, 32), 0.3))
    split = split_by_patient([case.member() for case in content.cases], shares=(0.5, 0.25, 0.25))
    held = _aucs(probes(content, split, resamples=20))
    assert (held["atrophy"]["auc"], held["atrophy"]["patients"]) == (None, 0)
    assert (held["acquisition"]["auc"], held["acquisition"]["patients"]) == (None, 0)


def test_scores_that_follow_atrophy_among_the_healthy_are_found() -> None:
    chance = np.random.default_rng(0)
    fluid = {f"p{i}": float(v) for i, v in enumerate(chance.random(60))}
    labels = {name: int(i % 3 == 0) for i, name in enumerate(fluid)}
    shortcut = {name: fluid[name] ** 3 + 5 * labels[name] for name in fluid}
    honest = {name: float(chance.random()) + 5 * labels[name] for name in fluid}
    assert shortcut_check(shortcut, fluid, labels, resamples=100).value == pytest.approx(1)
    interval = shortcut_check(honest, fluid, labels, resamples=400)
    assert interval.low < 0 < interval.high
    assert np.isnan(shortcut_check({"p1": 1.0}, fluid, labels, resamples=10).value)
