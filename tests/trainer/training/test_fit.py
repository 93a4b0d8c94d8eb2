"""The loop on phantom patients: learns, stops, keeps, carries on."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from leukoviewer.errors import UsageError
from tests.trainer.training.small_run import DEPTH, RECIPE, judge_means, write_stacks
from trainer.data.cache import CacheContent
from trainer.data.dataset import SliceBatches
from trainer.experiments.config import ExperimentConfig
from trainer.training.fit import Sides, fit, new_module, score
from trainer.training.initialize import keep_variance, set_layer_scale


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> CacheContent:
    return write_stacks(tmp_path_factory.mktemp("stacks"))


def _config(**optimize) -> ExperimentConfig:
    config = ExperimentConfig.from_json(
        {
            "model": {"architecture": "resnet10t", "pretrained": False},
            "augment": {"flip": False, "rotation_deg": 0.0},
            "optimize": {"learning_rate": 3e-3, "batch_size": 8, "epochs": 2, "patience": 0, "threads": 1},
        }
    )
    return replace(config, optimize=replace(config.optimize, **optimize))


def _sides(content: CacheContent) -> Sides:
    return Sides(content, content.cases[:8], content.cases[8:])


def _fit(config: ExperimentConfig, content: CacheContent, run: Path, *, stream: io.StringIO | None = None) -> Path:
    return fit(config, RECIPE, _sides(content), run=run, judge=judge_means, stream=stream or io.StringIO())


def test_a_run_learns_and_its_best_checkpoint_scores_all_slices(content: CacheContent, tmp_path: Path) -> None:
    stream = io.StringIO()
    config = _config(epochs=8)
    best = _fit(config, content, tmp_path, stream=stream)
    assert best == tmp_path / "checkpoints" / "best.ckpt"
    scores = score(config, RECIPE, content, content.cases[8:], best)
    assert len(scores.logit) == 4 * DEPTH
    means = scores.patient_mean(scores.logit)
    assert means[scores.patient_label == 1].min() > means[scores.patient_label == 0].max()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 8
    assert "loss" in lines[-1]
    assert lines[-1].endswith("100 %")
    assert (tmp_path / "log" / "metrics.csv").read_text().count("\n") >= 8


def test_slices_outside_the_focus_are_shown_less_often(content: CacheContent, tmp_path: Path, monkeypatch) -> None:
    made: list[np.ndarray | None] = []

    def batches(*arguments, share=None, **settings) -> SliceBatches:
        made.append(share)
        return SliceBatches(*arguments, share=share, **settings)

    monkeypatch.setattr("trainer.training.fit.SliceBatches", batches)
    config = _config(epochs=1)
    focused = replace(config, data=replace(config.data, focus=(0.3, 1.0), outside=0.25))
    _fit(focused, content, tmp_path)
    assert made[0] is not None
    # Four slices a case lie at 0, 1/3, 2/3 and 1; the validation is always shown whole.
    np.testing.assert_array_equal(made[0], np.tile([0.25, 1, 1, 1], 8))
    assert made[1] is None
    rows = (tmp_path / "log" / "metrics.csv").read_text()
    assert "selection" in rows


def test_the_same_seed_gives_the_same_weights(content: CacheContent, tmp_path: Path) -> None:
    config = _config(epochs=1)
    one, two, other = (
        torch.load(_fit(c, content, tmp_path / name), weights_only=True)["state_dict"]
        for name, c in (("a", config), ("b", config), ("c", _config(epochs=1, seed=1)))
    )
    assert all(torch.equal(one[name], two[name]) for name in one)
    assert not all(torch.equal(one[name], other[name]) for name in one)


def test_a_stopped_run_is_carried_on_to_the_same_end(content: CacheContent, tmp_path: Path) -> None:
    whole = _fit(_config(epochs=3), content, tmp_path / "whole").with_name("last.ckpt")
    # The cosine of three epochs is followed by both, so the first part is stopped from outside after one epoch.
    with pytest.raises(KeyboardInterrupt):
        fit(_config(epochs=3), RECIPE, _sides(content), run=tmp_path / "parts", judge=_stop_at(2), stream=io.StringIO())
    parts = _fit(_config(epochs=3), content, tmp_path / "parts").with_name("last.ckpt")
    first, second = (torch.load(path, weights_only=True) for path in (whole, parts))
    assert first["epoch"] == second["epoch"] == 2
    assert first["global_step"] == second["global_step"]
    for name, weight in first["state_dict"].items():
        torch.testing.assert_close(weight, second["state_dict"][name], msg=name)


def _stop_at(epoch: int):
    calls: list[int] = []

    def judge(table) -> dict[str, float]:
        calls.append(1)
        if len(calls) == epoch:
            raise KeyboardInterrupt
        return judge_means(table)

    return judge


def test_a_budget_of_time_ends_the_run_with_a_validated_checkpoint(content: CacheContent, tmp_path: Path) -> None:
    stream = io.StringIO()
    config = _config(epochs=1000, budget_minutes=0.02)
    best = _fit(config, content, tmp_path, stream=stream)
    assert best.is_file()
    lines = stream.getvalue().splitlines()
    assert 0 < len(lines) < 1000
    assert lines[-1].endswith("100 %")
    again = io.StringIO()
    assert _fit(config, content, tmp_path, stream=again) == best
    assert again.getvalue() == ""


def test_averaged_weights_are_what_is_kept(content: CacheContent, tmp_path: Path) -> None:
    kept = torch.load(_fit(_config(ema=0.9), content, tmp_path), weights_only=True)
    assert set(kept["state_dict"]) == set(new_module(_config(), RECIPE, judge=lambda _: {}).state_dict())
    current = kept["current_model_state"]
    name = "network.backbone.fc.weight"
    assert not torch.equal(kept["state_dict"][name], current[name])


def test_the_last_checkpoint_follows_every_epoch_also_when_none_gets_better(
    content: CacheContent, tmp_path: Path
) -> None:
    best = fit(
        _config(epochs=3),
        RECIPE,
        _sides(content),
        run=tmp_path,
        judge=lambda _: {"selection": 0.5},
        stream=io.StringIO(),
    )
    epochs = [torch.load(best.with_name(name), weights_only=True)["epoch"] for name in ("best.ckpt", "last.ckpt")]
    assert epochs == [0, 2]


def test_early_stopping_ends_a_run_that_gets_no_better(content: CacheContent, tmp_path: Path) -> None:
    stream = io.StringIO()
    config = _config(epochs=20, patience=2)
    fit(config, RECIPE, _sides(content), run=tmp_path, judge=lambda _: {"selection": 0.5}, stream=stream)
    assert len(stream.getvalue().splitlines()) == 3


def test_slices_may_be_shown_small_first(content: CacheContent, tmp_path: Path) -> None:
    seen: list[int] = []
    config = _config(epochs=2, sizes=((0.0, 16), (0.5, 32)))
    module_shapes(seen, config, content, tmp_path)
    assert set(seen[:2]) == {16}
    assert set(seen[-2:]) == {32}


def module_shapes(seen: list[int], config: ExperimentConfig, content: CacheContent, run: Path) -> None:
    from trainer.training.module import Classifier

    original = Classifier.forward

    def forward(self, values):
        if self.training:
            seen.append(values.shape[-1])
        return original(self, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Classifier, "forward", forward)
        _fit(config, content, run)


def test_few_validation_slices_may_be_looked_at_after_an_epoch(content: CacheContent, tmp_path: Path) -> None:
    counts: list[int] = []
    config = _config(epochs=1)
    config = replace(config, evaluate=replace(config.evaluate, slices_per_case=2))

    def judge(table) -> dict[str, float]:
        counts.append(len(table.logit))
        return judge_means(table)

    fit(config, RECIPE, _sides(content), run=tmp_path, judge=judge, stream=io.StringIO())
    assert counts == [8]


def test_layer_scales_of_a_convnext_are_set_and_others_have_none() -> None:
    config = ExperimentConfig.from_json({"model": {"architecture": "convnext_atto", "pretrained": False}})
    network = new_module(config, RECIPE, judge=lambda _: {}).network
    assert set_layer_scale(network, 0.25) == 12
    gammas = [p for name, p in network.named_parameters() if name.endswith(".gamma")]
    assert all(bool((gamma == 0.25).all()) for gamma in gammas)
    assert set_layer_scale(new_module(_config(), RECIPE, judge=lambda _: {}).network, 0.25) == 0


def test_norms_and_biases_are_not_decayed() -> None:
    module = new_module(_config(weight_decay=0.1, optimizer="adamw"), RECIPE, judge=lambda _: {})
    decayed, others = module.configure_optimizers().param_groups
    assert (decayed["weight_decay"], others["weight_decay"]) == (0.1, 0.0)
    assert all(p.ndim > 1 for p in decayed["params"])
    assert len(decayed["params"]) + len(others["params"]) == len(list(module.network.parameters()))


def test_a_layout_that_does_not_fit_the_network_is_refused(content: CacheContent, tmp_path: Path) -> None:
    config = _config()
    with pytest.raises(UsageError, match="layout"):
        _fit(replace(config, model=replace(config.model, layout="volume")), content, tmp_path)


def test_a_volume_network_learns_from_whole_stacks(content: CacheContent, tmp_path: Path) -> None:
    config = _config(epochs=1, batch_size=4)
    config = replace(config, model=replace(config.model, architecture="resnet10_3d", layout="volume"))
    best = _fit(config, content, tmp_path)
    scores = score(config, RECIPE, content, content.cases[8:], best)
    assert scores.slice.tolist() == [-1] * 4
    assert np.isfinite(scores.logit).all()


def test_random_weights_of_a_small_convnext_learn_in_few_steps(content: CacheContent, tmp_path: Path) -> None:
    config = _config(epochs=12, optimizer="adamw", learning_rate=8e-4, gradient_clip=1.0, schedule="cosine", warmup=0.1)
    model = {"architecture": "convnext_atto", "pretrained": False, "layer_scale": 0.3, "keep_variance": True}
    config = replace(config, model=replace(config.model, **model))
    best = _fit(config, content, tmp_path)
    scores = score(config, RECIPE, content, content.cases[8:], best)
    means = scores.patient_mean(scores.logit)
    assert means[scores.patient_label == 1].min() > means[scores.patient_label == 0].max()


def test_weights_drawn_by_their_inputs_let_the_blocks_act() -> None:
    def growth(*, kept: bool) -> float:
        torch.manual_seed(0)
        config = ExperimentConfig.from_json(
            {"model": {"architecture": "convnext_atto", "pretrained": False, "layer_scale": 1.0, "keep_variance": kept}}
        )
        stage = new_module(config, RECIPE, judge=lambda _: {}).network.backbone.stages[0]
        signal = torch.randn(2, 40, 8, 8)
        with torch.inference_mode():
            return float((stage(signal) - signal).std())

    assert growth(kept=False) < 0.05
    assert growth(kept=True) > 0.1
    network = new_module(_config(), RECIPE, judge=lambda _: {}).network
    before = network.backbone.fc.weight.clone()
    assert keep_variance(network) > 5
    assert torch.equal(network.backbone.fc.weight, before)
