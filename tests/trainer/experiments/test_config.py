"""Experiments as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import BUILTIN
from trainer.data.augment import Augmentation
from trainer.experiments.config import AugmentConfig, ExperimentConfig, load

PAPER = "leukoencephalopathy"


def test_the_definition_without_a_preset_is_the_papers() -> None:
    config = load(PAPER)
    assert load(PAPER, preset="paper") == config
    optimize = config.optimize
    assert (optimize.optimizer, optimize.learning_rate, optimize.batch_size, optimize.epochs) == ("adam", 1e-5, 64, 50)
    assert (config.augment.rotation_deg > 0, config.augment.flip, config.augment.noise) == (True, True, 0.0)
    assert config.data.shares == (0.70, 0.15, 0.15)
    assert config.model.pretrained


def test_the_papers_volume_model_has_its_batch_size() -> None:
    config = load(PAPER, preset="paper-3d")
    assert (config.model.architecture, config.model.layout) == ("resnet50_3d", "volume")
    assert (config.optimize.batch_size, config.optimize.learning_rate) == (2, 1e-5)


def test_the_bundled_model_is_a_small_convnext_from_random_weights_on_recipe_a() -> None:
    config = load(PAPER, preset="bundled")
    assert config.model.architecture.startswith("convnext_")
    assert not config.model.pretrained
    assert config.data.recipe == "leuko-a-brain"
    assert BUILTIN["leuko-a-brain"].steps == BUILTIN["leuko-a"].steps
    assert 0 < config.optimize.budget_minutes <= 60
    assert config.optimize.sizes[-1][1] == 256


@pytest.mark.parametrize("preset", [None, "paper", "paper-3d", "bundled"])
def test_every_preset_survives_its_json_form_and_names_a_known_recipe(preset: str | None) -> None:
    config = load(PAPER, preset=preset)
    assert ExperimentConfig.from_json(json.loads(json.dumps(config.to_json()))) == config
    assert config.data.recipe in BUILTIN


@pytest.mark.parametrize(
    ("change", "read"),
    [
        ("optimize.learning_rate=1e-3", lambda c: c.optimize.learning_rate == 1e-3),
        ("optimize.epochs = 3", lambda c: c.optimize.epochs == 3),
        ("optimize.learning_rate=1", lambda c: c.optimize.learning_rate == 1.0),
        ("model.architecture=resnet50", lambda c: c.model.architecture == "resnet50"),
        ('model.architecture="densenet121"', lambda c: c.model.architecture == "densenet121"),
        ("model.pretrained=false", lambda c: c.model.pretrained is False),
        ("optimize.sizes=[[0.0, 64], [0.5, 128]]", lambda c: c.optimize.sizes == ((0.0, 64), (0.5, 128))),
        ("data.focus=[0.2, 0.6]", lambda c: c.data.focus == (0.2, 0.6)),
        ("data.focus=[0, 1]", lambda c: c.data.focus == (0, 1)),
        ("data.focus=[]", lambda c: c.data.focus == ()),
        ("data.outside=1", lambda c: c.data.outside == 1.0),
        ("data.outside=0.1", lambda c: c.data.outside == 0.1),
        ("name=mine", lambda c: c.name == "mine"),
    ],
)
def test_single_settings_are_changed_on_the_command_line(change: str, read) -> None:
    assert read(load(PAPER, changes=[change]))


def test_later_changes_win() -> None:
    changes = ["optimize.epochs=3", "optimize.epochs=4"]
    assert load(PAPER, preset="bundled", changes=changes).optimize.epochs == 4


@pytest.mark.parametrize(
    "change",
    [
        "optimize.speed=3",
        "speed=3",
        "optimize=3",
        "optimize.epochs=fast",
        "optimize.epochs=2.5",
        "optimize.epochs=-1",
        "evaluate.slice_temperature=-1.0",
        "optimize.learning_rate=-1",
        "model.pretrained=1",
        "model.layout=cube",
        "optimize.optimizer=sgd",
        "optimize.schedule=linear",
        "task=segmentation",
        "data.shares=[0.5, 0.5]",
        "data.shares=3",
        'data.shares=["a", "b", "c"]',
        "data.shares=[[1], [2], [3]]",
        "data.focus=0.5",
        "data.focus=[0.5]",
        "data.focus=[0.1, 0.2, 0.3]",
        "data.focus=[0.6, 0.2]",
        "data.focus=[0.5, 0.5]",
        "data.focus=[-0.1, 0.5]",
        "data.focus=[0.5, 1.1]",
        "data.focus=[nan, 0.5]",
        'data.focus=["low", "high"]',
        "data.focus=[false, true]",
        "data.outside=0",
        "data.outside=-0.5",
        "data.outside=1.5",
        "data.outside=nan",
        "data.outside=half",
        "optimize.sizes=[3, 4]",
        'optimize.sizes=[["early", "small"]]',
        "optimize.sizes=[[0.5, nan]]",
        "optimize.sizes=[[0.5]]",
        "optimize.sizes=[[0.5, 2]]",
        "epochs",
        "=3",
    ],
)
def test_impossible_settings_are_refused_in_a_sentence(change: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(PAPER, changes=[change])
    assert str(caught.value).count(". ") == 0
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(("name", "preset"), [("unknown", None), (PAPER, "fast"), ("nowhere/x.toml", None)])
def test_unknown_names_are_refused(name: str, preset: str | None) -> None:
    with pytest.raises(UsageError):
        load(name, preset=preset)


def test_a_file_of_ones_own_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\n[optimize]\nepochs = 2\n[presets.long.optimize]\nepochs = 9\n')
    assert load(str(path)).optimize.epochs == 2
    assert load(str(path), preset="long").optimize.epochs == 9
    path.write_text("name = ")
    with pytest.raises(UsageError, match="TOML"):
        load(str(path))


def test_the_settings_of_augmentation_are_those_that_the_code_knows() -> None:
    assert set(AugmentConfig.__slots__) == set(Augmentation.__slots__)
