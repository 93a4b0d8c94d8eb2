from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from leukoviewer.errors import UsageError
from leukoviewer.inference.torch_engine import TorchEngine
from leukoviewer.preprocessing.recipe import BUILTIN
from leukoviewer.preprocessing.stack import model_input
from tests.trainer.finished_run import drawn_scores, write_run
from trainer.data.scores import ScoreTable
from trainer.evaluation.patient_calibration import fit
from trainer.experiments.rundir import RunFolder
from trainer.export import export
from trainer.export_run import TrainedRun


@pytest.fixture
def run(tmp_path: Path) -> Path:
    write_run(tmp_path / "run", changes=("evaluate.resamples=20",))
    return tmp_path / "run"


def test_a_finished_run_becomes_a_package_with_its_network(tmp_path: Path) -> None:
    network = write_run(tmp_path / "run")
    package = export(tmp_path / "run", tmp_path / "models", name="leuko", version="0.1", notes=("It fails on X.",))
    assert package.folder == tmp_path / "models" / "leuko-0.1"
    values = np.random.default_rng(0).random((2, 256, 256), dtype=np.float32)
    with torch.no_grad():
        expected = network(torch.from_numpy(model_input(values, package.recipe)))
    np.testing.assert_allclose(TorchEngine(package).run(values).logits, expected, atol=0.02)
    assert "- It fails on X." in package.card


def test_provenance_comes_from_the_runs_own_notes(run: Path) -> None:
    training = TrainedRun.read(run).training()
    details = dict(training.details)
    assert training.trained_on == "simulated patients"
    assert training.simulated
    assert training.run.startswith("leukoencephalopathy-")
    assert (details["patients"], details["patients_to_train"], details["patients_to_test"]) == (60, 42, 10)
    assert (details["epochs"], details["steps"], details["seed"]) == (7, 420, 5)
    assert details["initial_weights"] == "random"
    assert (details["minutes"], details["cohort_name"], details["cohort_seed"]) == (1.5, "paper", 2026)
    assert details["split_sha256"] == "ab" * 32


def test_figures_come_with_their_intervals_test_first(run: Path) -> None:
    metrics = TrainedRun.read(run).metrics()
    stored = json.loads(RunFolder(run).metrics.read_text())
    first = metrics[0]
    assert (first.name, first.by, first.split, first.count) == ("AUC", "patient", "test", 10)
    found = stored["test"]["patient"]["auc"]
    assert (first.value, first.interval) == (found["value"], (found["low"], found["high"]))
    assert {(m.by, m.split) for m in metrics} == {
        (by, split) for by in ("patient", "slice") for split in ("test", "validation")
    }


def test_figures_that_are_not_defined_are_left_out(run: Path) -> None:
    path = RunFolder(run).metrics
    figures = json.loads(path.read_text())
    figures["test"]["patient"]["auc"] = {"value": None, "low": None, "high": None}
    path.write_text(json.dumps(figures))
    found = [(m.name, m.by) for m in TrainedRun.read(run).metrics() if m.split == "test"]
    assert ("AUC", "patient") not in found
    assert ("AUC", "slice") in found


def test_operating_point_temperature_range_and_recipe_are_those_of_the_run(run: Path) -> None:
    trained = TrainedRun.read(run)
    stored = json.loads(RunFolder(run).metrics.read_text())
    threshold, needed, how = trained.operating_point()
    point = stored["operating_point"]
    assert (threshold, needed) == (point["slice_threshold"], point["needed"])
    assert how == "chosen on validation patients for a sensitivity of at least 95%"
    assert trained.calibration().temperature == stored["calibration"]["temperature"]
    assert trained.training_range().thickness_mm == (3.0, 5.0)
    assert trained.training_range().kernels == ("SIM-SOFT",)
    assert trained.recipe() == BUILTIN["leuko-a"]


def _with_scores(run: Path) -> tuple[ScoreTable, ScoreTable]:
    tables = (drawn_scores(1), drawn_scores(2))
    for part, table in zip(("validation", "test"), tables, strict=True):
        table.write(RunFolder(run).scores(part))
    return tables


def test_saved_scores_give_a_calibration_by_patient(run: Path) -> None:
    assert TrainedRun.read(run).patient_calibration() is None
    validation, _ = _with_scores(run)
    found = TrainedRun.read(run).patient_calibration()
    assert found is not None
    assert found.slope == pytest.approx(fit(validation).slope, abs=1e-5)
    assert found.fitted_on == "validation patients, simulated patients"


def test_an_operating_point_of_an_earlier_rule_is_chosen_anew_with_its_figures(run: Path) -> None:
    path = RunFolder(run).metrics
    today = json.loads(path.read_text())
    _with_scores(run)
    old = copy.deepcopy(today)
    old["operating_point"] |= {"slice_threshold": 0.99, "needed": 5}
    old["test"]["patient"]["sensitivity"]["value"] = 0.0
    path.write_text(json.dumps(old))
    trained = TrainedRun.read(run)
    assert trained.operating_point()[:2] == (
        today["operating_point"]["slice_threshold"],
        today["operating_point"]["needed"],
    )
    assert trained.figures["test"]["patient"]["sensitivity"]["value"] > 0
    assert trained.figures["training_range"] == today["training_range"]
    assert json.loads(path.read_text()) == old


def _without(*parts: str) -> Callable[[Path], None]:
    return lambda run: run.joinpath(*parts).unlink()


def _broken(*parts: str) -> Callable[[Path], None]:
    return lambda run: run.joinpath(*parts).write_bytes(b"\x80\x02broken")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (_without("config.json"), "holds no run"),
        (_without("metrics.json"), "is not finished"),
        (_without("checkpoints", "best.ckpt"), "is not finished"),
        (_broken("metrics.json"), "is not finished"),
        (_broken("checkpoints", "best.ckpt"), "is not finished"),
    ],
)
def test_what_is_no_finished_run_is_told(damage: Callable[[Path], None], told: str, run: Path) -> None:
    damage(run)
    with pytest.raises(UsageError, match=told):
        TrainedRun.read(run)


def test_a_checkpoint_of_another_network_is_told(run: Path) -> None:
    best = RunFolder(run).best
    checkpoint = torch.load(best, weights_only=True)
    checkpoint["state_dict"].popitem()
    torch.save(checkpoint, best)
    with pytest.raises(UsageError, match="does not fit test_convnext"):
        TrainedRun.read(run).network()


def test_a_checkpoint_never_runs_code(run: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
            return pytest.fail, ("a pickle was run",)

    torch.save({"state_dict": {}, "bomb": Bomb()}, RunFolder(run).best)
    with pytest.raises(UsageError, match="is not finished"):
        TrainedRun.read(run)
