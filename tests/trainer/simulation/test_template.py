"""The template's features are where anatomy has them, and the cache can be trusted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from leukoviewer.errors import LeukoError
from trainer.simulation import template as module
from trainer.simulation.template import BRAIN_CHANNELS, Template, load_template

HERE = {name: i for i, name in enumerate(BRAIN_CHANNELS)}


def _at(template: Template, name: str, *point: float) -> float:
    return float(template.brain.sample(torch.tensor([point]))[HERE[name]])


@pytest.mark.parametrize("side", [-1.0, 1.0])
@pytest.mark.parametrize(
    ("name", "point", "limits"),
    [
        ("white", (26, -12, 30), (0.8, 1.01)),
        ("grey", (13, -18, 8), (0.3, 1.01)),
        ("ventricle", (13, 24, 6), (-6, 1.0)),
        ("ventricle", (25, -48, 8), (-6, 4.0)),
        ("ventricle", (60, -20, 10), (15, 60.0)),
        ("depth", (26, -12, 30), (3, 25.0)),
    ],
)
def test_features_are_where_anatomy_has_them(
    template: Template, name: str, point: tuple[float, float, float], limits: tuple[float, float], side: float
) -> None:
    assert limits[0] <= _at(template, name, side * point[0], *point[1:]) <= limits[1]


@pytest.mark.parametrize(
    ("point", "inside"),
    [
        ((0, -20, 20), True),
        ((60, -20, 10), True),
        ((0, -20, 92), False),
        ((0, 90, 10), False),
        ((0, -45, -45), True),
        ((0, 40, -60), False),
    ],
)
def test_the_hull_holds_the_brain_and_nothing_else(
    template: Template, point: tuple[float, float, float], inside: bool
) -> None:
    hull = float(template.shell.sample(torch.tensor([point], dtype=torch.float32))[0])
    assert (hull < 0) is inside


def test_the_vault_has_no_notch_at_the_midline(template: Template) -> None:
    """Behind and in front of the hemispheres the skull is convex although the brain is not."""
    angles = torch.linspace(0, 2 * np.pi, 73)
    points = torch.stack([70 * torch.cos(angles), -18 + 100 * torch.sin(angles), torch.full_like(angles, 30.0)], -1)
    hull = template.shell.sample(points)[0]
    assert float(hull.diff().abs().max()) < 6


@pytest.mark.parametrize(
    ("place", "filled_mm"),
    # Between the occipital lobes, between temple and forehead, above the base (nothing to fill), before the temples.
    [((0.0, -108.0, -8.0), 4.0), ((58.0, 24.0, -6.0), 2.0), ((0.0, -104.0, 30.0), 0.0), ((30.0, 56.0, -36.0), 0.0)],
)
def test_the_outside_of_the_skull_bridges_the_notches_of_the_brain(
    template: Template, place: tuple[float, float, float], filled_mm: float
) -> None:
    shell = template.shell.sample(torch.tensor([place]))[:, 0]
    assert float(shell[0] - shell[8]) >= filled_mm - 0.8


def test_the_vault_lies_outside_of_the_hull_and_not_far(template: Template) -> None:
    filled = template.shell.values[0] - template.shell.values[8]
    near = template.shell.values[0].abs() < 30
    assert float(filled[near].min()) > -3.5
    assert float(filled[near].max()) < 17


def test_the_push_points_away_from_the_ventricles(template: Template) -> None:
    push = template.push.sample(torch.tensor([[22.0, 0.0, 24.0], [-22.0, 0.0, 24.0]]))
    assert float(push[0, 0]) > 0.2
    assert float(push[0, 1]) < -0.2


def test_the_push_ends_at_the_skull(template: Template) -> None:
    assert float(template.push.sample(torch.tensor([[70.0, -20.0, 20.0]])).norm()) < 0.05


def test_the_second_call_reads_the_cache(
    template: Template, simulation_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(files: list[Path]) -> dict[str, np.ndarray]:
        raise AssertionError("computed although it lies in the cache")

    monkeypatch.setattr(module, "_compute", never)
    again = load_template(torch.device("cpu"), cache=simulation_home / "cache" / "simulation")
    torch.testing.assert_close(again.shell.values, template.shell.values)


def test_a_damaged_cache_is_computed_anew(tmp_path: Path, template: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = {
        name: getattr(template, name).values.numpy().astype(np.float16)[:, ::8, ::8, ::8]
        for name in ("brain", "shell", "push")
    }
    monkeypatch.setattr(module, "_compute", lambda files: arrays)
    load_template(torch.device("cpu"), cache=tmp_path)
    (held,) = tmp_path.iterdir()
    held.write_bytes(held.read_bytes()[:1000])
    again = load_template(torch.device("cpu"), cache=tmp_path)
    assert again.brain.values.shape == arrays["brain"].shape
    assert [p.name for p in tmp_path.iterdir()] == [held.name]


def test_a_cache_that_cannot_be_written_costs_time_only(
    tmp_path: Path, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = {
        name: getattr(template, name).values.numpy().astype(np.float16)[:, :4, :4, :4]
        for name in ("brain", "shell", "push")
    }
    monkeypatch.setattr(module, "_compute", lambda files: arrays)
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert load_template(torch.device("cpu"), cache=blocked / "cache").brain.values.shape[0] == 4


def test_without_nilearn_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LeukoError, match="nilearn"):
        load_template(torch.device("cpu"))
