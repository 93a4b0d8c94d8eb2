"""What can go wrong while a network learns: one sentence each, with the way out, and a checkpoint that is left."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import pytest
import torch

from leukoviewer.errors import CannotWriteError, LeukoError, OutOfMemoryError, UsageError
from tests.trainer.training.small_run import digest, train_small
from trainer.experiments.config import OptimizeConfig
from trainer.training.module import Classifier
from trainer.training.watch import NotFiniteError, is_out_of_memory, out_of_memory


def _broken_step(step: int, act):
    original = Classifier.training_step

    def training_step(self, batch, index):
        value = original(self, batch, index)
        return act(self, value) if self.global_step == step else value

    return training_step


def _nan(_module, value):
    return value * float("nan")


@pytest.mark.parametrize("seen_late", [False, True])
def test_a_loss_that_is_no_number_names_step_and_rate_and_leaves_the_last_good_checkpoint(
    seen_late: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Classifier, "training_step", _broken_step(6, _nan))
    if seen_late:
        # As on a GPU, where the loss is looked at every 20 steps: the weights are spoilt by then.
        monkeypatch.setattr("trainer.training.watch.LossWatch.check", lambda *_: None)
    with pytest.raises(
        NotFiniteError, match=r"not finite at step \d with the learning rate 0\.00.*gradient_clip"
    ) as told:
        train_small(tmp_path, {"schedule": "constant", "warmup": 0.0})
    assert told.value.thing == (7 if seen_late else 6)
    kept = torch.load(tmp_path / "run" / "checkpoints" / "last.ckpt", weights_only=True)
    assert kept["global_step"] == 6
    assert all(bool(torch.isfinite(value).all()) for value in kept["state_dict"].values())


def test_scores_that_are_no_numbers_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Classifier.forward
    monkeypatch.setattr(
        Classifier, "forward", lambda self, values: original(self, values) * (1 if self.training else float("inf"))
    )
    with pytest.raises(NotFiniteError, match="scores were not finite at step 4"):
        train_small(tmp_path, {"epochs": 1})


def test_a_full_disk_is_told_and_the_run_carries_on_when_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_small(tmp_path / "whole", {"epochs": 3})
    left = [7]

    def fsync(_file: int) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("leukoviewer.atomic.os.fsync", fsync)
        with pytest.raises(CannotWriteError, match=r"last\.ckpt cannot be written \(No space.*--resume") as told:
            train_small(tmp_path, {"epochs": 3})
    assert told.value.exit_code == 7
    folder = tmp_path / "run" / "checkpoints"
    assert sorted(path.name for path in folder.iterdir()) == ["best.ckpt", "last.ckpt"]
    assert torch.load(folder / "last.ckpt", weights_only=True)["global_step"] == 4
    train_small(tmp_path, {"epochs": 3})
    assert digest(folder / "last.ckpt") == digest(tmp_path / "whole" / "run" / "checkpoints" / "last.ckpt")


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        RuntimeError("MPS backend out of memory"),
        MemoryError(),
    ],
)
def test_too_little_memory_names_the_setting_that_helps(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_module, _value):
        raise error

    monkeypatch.setattr(Classifier, "training_step", _broken_step(0, fail))
    with pytest.raises(OutOfMemoryError, match=r"for 8 at once.*micro_batch=4; .* a step still sees 8"):
        train_small(tmp_path, {})
    assert is_out_of_memory(error)


def test_other_errors_stay_what_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_module, _value):
        raise RuntimeError("odd")

    monkeypatch.setattr(Classifier, "training_step", _broken_step(0, fail))
    with pytest.raises(RuntimeError, match=r"^odd$"):
        train_small(tmp_path, {})


def test_a_batch_of_one_cannot_be_made_smaller() -> None:
    error = out_of_memory(OptimizeConfig(batch_size=8), parts=4, world=2)
    assert "micro_batch" not in str(error)
    assert isinstance(error, LeukoError)


def test_too_few_slices_for_the_parts_of_a_batch_are_refused(tmp_path: Path) -> None:
    # 32 slices to train on: an epoch is one batch of them, for 64 parts.
    with pytest.raises(UsageError, match="too little to train: 32 in a batch for 64 shares"):
        train_small(tmp_path, {"batch_size": 64, "micro_batch": 1})


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_with_epoch_step_loss_and_best_figure(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("trainer.training.journal._SHOW_S", 0.0)
    stream = _Terminal()
    train_small(tmp_path, {"epochs": 2}, stream=stream)
    told = stream.getvalue()
    assert "epoch 1, step 1 of 4, loss 0." in told
    assert "epoch 2, step 4 of 4" in told
    assert "best" in told
    assert "epoch   1" in told, "the lines of epochs stand above it"
    assert "100%" in told


def test_tensorboard_finds_loss_and_figures(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    train_small(tmp_path, {"epochs": 5})
    files = list((tmp_path / "run" / "log").glob("events.out.tfevents.*"))
    tags = {value.tag for path in files for event in EventFileLoader(str(path)).Load() for value in event.summary.value}
    assert {"loss", "selection", "step_loss", "rate"} <= tags
