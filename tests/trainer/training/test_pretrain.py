"""Shown where dark squares lie, a network finds them, and leaves its weights for training."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import pytest
import torch

from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.depth import DepthWindow
from leukoviewer.preprocessing.intensity import Rescale
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.spatial import Resize
from trainer.evaluation.metrics import auc
from trainer.experiments.config import ExperimentConfig
from trainer.simulation.pool import Pool
from trainer.training.fit import Sides, fit, new_network
from trainer.training.pretrain import Localizer, MaskedBatches, pretrain
from trainer.training.start import START_FILE, load_start
from trainer.training.tasks.classification import network_input

SIDE = 64
RECIPE = Recipe("tiny", (DepthWindow(4), Resize(SIDE, SIDE), Rescale()))


@pytest.fixture(scope="module")
def pool() -> Pool:
    """Twenty patients of four slices; every second one with a dark square somewhere."""
    chance = np.random.default_rng(1)
    values = np.clip(0.4 + chance.normal(0, 0.02, (80, SIDE, SIDE)), 0, 1)
    masks = np.zeros((80, 3, SIDE // 4, SIDE // 4), dtype=np.uint8)
    patient = np.repeat(np.arange(20), 4)
    for index in np.flatnonzero((patient // 10 + patient) % 2):
        row, column = chance.integers(0, SIDE // 4 - 4, 2)
        masks[index, 0, row : row + 4, column : column + 4] = 255
        values[index, row * 4 : row * 4 + 16, column * 4 : column * 4 + 16] -= 0.3
    return Pool(values.astype(np.float16), masks, patient, masks[:, 0].any((1, 2)))


def _config(architecture: str = "resnet10t", **optimize: object) -> ExperimentConfig:
    return ExperimentConfig.from_json(
        {
            "model": {"architecture": architecture, "pretrained": False},
            "augment": {"flip": True, "rotation_deg": 5.0, "contrast": 0.02},
            "optimize": {
                "learning_rate": 3e-3,
                "batch_size": 8,
                "epochs": 8,
                "patience": 0,
                "threads": 1,
                "optimizer": "adamw",
                **optimize,
            },
        }
    )


def test_it_learns_where_things_lie_and_leaves_its_weights(pool: Pool, tmp_path: Path) -> None:
    stream = io.StringIO()
    file = pretrain(_config(), RECIPE, pool, run=tmp_path, rank=auc, stream=stream)
    assert file == tmp_path / START_FILE
    scores = [float(score) for score in re.findall(r"dice_disease (\S+)", stream.getvalue())]
    assert len(scores) == 8
    assert scores[-1] > 0.4 > scores[0]
    fresh = new_network(_config(), RECIPE)
    before = fresh.state_dict()["backbone.conv1.0.weight"].clone()
    load_start(fresh, tmp_path)
    assert not torch.equal(before, fresh.state_dict()["backbone.conv1.0.weight"])


def test_a_network_that_maps_places_learns_to_judge_by_them_at_once(pool: Pool, tmp_path: Path) -> None:
    stream = io.StringIO()
    config = _config("resnet10t_places")
    pretrain(config, RECIPE, pool, run=tmp_path, rank=auc, stream=stream)
    judged = [float(score) for score in re.findall(r"slice_auc (\S+)", stream.getvalue())]
    assert len(judged) == 8
    assert judged[-1] > 0.9
    fresh = new_network(config, RECIPE)
    load_start(fresh, tmp_path)
    shown = torch.from_numpy(pool.values[pool.shows].astype(np.float32))[:, None]
    empty = torch.from_numpy(pool.values[~pool.shows].astype(np.float32))[:, None]
    with torch.no_grad():
        fresh.eval()
        logits = [fresh(network_input(values, RECIPE.channels, "slices")).mean() for values in (shown, empty)]
    assert logits[0] > logits[1] + 1  # the head that was learnt came along


def test_what_was_learnt_is_read_out_without_training_on(pool: Pool, tmp_path: Path) -> None:
    config = _config("resnet10t_places", epochs=1)
    pretrain(config, RECIPE, pool, run=tmp_path / "start", rank=auc, stream=io.StringIO())
    model = {**config.to_json()["model"], "start": str(tmp_path / "start")}
    read = ExperimentConfig.from_json({**config.to_json(), "model": model, "optimize": {"epochs": 0}})
    best = fit(read, RECIPE, Sides.__new__(Sides), run=tmp_path / "run", judge=lambda _: {}, stream=io.StringIO())
    state = torch.load(best, weights_only=True)["state_dict"]
    learnt = new_network(config, RECIPE)
    load_start(learnt, tmp_path / "start")
    assert state.keys() == {f"network.{name}" for name in learnt.state_dict()}
    assert all(torch.equal(state[f"network.{name}"], value) for name, value in learnt.state_dict().items())


def test_nothing_to_train_and_nothing_to_read_is_told(tmp_path: Path) -> None:
    config = _config("resnet10t_places", epochs=0)
    with pytest.raises(UsageError, match="no start is given; name a run of pretrain with --start"):
        fit(config, RECIPE, Sides.__new__(Sides), run=tmp_path, judge=lambda _: {}, stream=io.StringIO())
    assert not list(tmp_path.iterdir())


def test_masks_move_with_their_pictures(pool: Pool) -> None:
    config = _config()
    module = Localizer(new_network(config, RECIPE), config, RECIPE, rank=auc)
    shown = pool.masks[:, 0].any((1, 2))
    values, masks = (torch.from_numpy(part[shown]).float() for part in (pool.values[:, None], pool.masks / 255))
    for _ in range(3):
        moved, followed = module._augmented(values, masks)
        assert not torch.equal(moved, values)
        dark = torch.nn.functional.avg_pool2d((moved < 0.25).float(), 4)[:, 0]
        inside = followed[:, 0] > 0.9
        assert dark[inside].mean() > 0.8
        assert dark[followed[:, 0] < 0.01].mean() < 0.15  # what lies outside of a turned picture is dark too


def test_slices_that_show_something_come_more_often_and_each_epoch_differs(pool: Pool) -> None:
    batches = MaskedBatches(pool, np.ones(len(pool), dtype=bool), batch_size=8, shuffle=True, seed=2)
    first = [batch.masks[:, 0].amax((1, 2)) for batch in batches]
    batches.set_epoch(1)
    second = [batch.masks[:, 0].amax((1, 2)) for batch in batches]
    assert len(first) == len(batches) == 10
    assert not all(torch.equal(a, b) for a, b in zip(first, second, strict=True))
    shown = float(pool.masks[:, 0].any((1, 2)).mean())
    assert float(torch.cat(first + second).mean()) > shown + 0.1


def test_only_chosen_slices_are_drawn_and_in_order_each_comes_once(pool: Pool) -> None:
    chosen = np.arange(len(pool)) % 3 == 1
    batches = MaskedBatches(pool, chosen, batch_size=8, shuffle=False)
    drawn = torch.cat([batch.values for batch in batches])[:, 0].numpy()
    assert np.array_equal(drawn, pool.values[chosen])
    assert len(list(batches)) == len(batches)


def test_networks_of_whole_stacks_are_refused(pool: Pool, tmp_path: Path) -> None:
    config = ExperimentConfig.from_json({"model": {"architecture": "resnet50_3d", "layout": "volume"}})
    with pytest.raises(UsageError, match="single slices"):
        pretrain(config, RECIPE, pool, run=tmp_path, rank=auc, stream=io.StringIO())
