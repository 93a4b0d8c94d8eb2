"""On what a run trains."""

from __future__ import annotations

import pytest
import torch

from leukoviewer.errors import UsageError
from trainer.experiments.config import OptimizeConfig, load
from trainer.training.machine import Machine


@pytest.fixture
def gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four GPUs with bfloat16, as torch would tell."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 4)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)


@pytest.mark.parametrize(
    ("batch", "micro", "devices", "nodes", "parts"),
    [(64, 0, 1, 1, 1), (64, 64, 1, 1, 1), (64, 16, 1, 1, 4), (64, 24, 1, 1, 3), (64, 16, 2, 1, 2), (64, 16, 4, 2, 1)],
)
def test_a_batch_is_cut_until_its_parts_fit(batch: int, micro: int, devices: int, nodes: int, parts: int) -> None:
    settings = OptimizeConfig(batch_size=batch, micro_batch=micro, devices=devices, nodes=nodes, accelerator="cpu")
    machine = Machine.of(settings)
    assert machine.parts == parts
    assert machine.world == devices * nodes
    assert machine.strategy == ("auto" if machine.world == 1 else "ddp")


@pytest.mark.usefixtures("gpus")
@pytest.mark.parametrize(
    ("accelerator", "precision", "expected"),
    [
        ("auto", "auto", ("cuda", "bf16-mixed")),
        ("gpu", "auto", ("cuda", "bf16-mixed")),
        ("auto", "32-true", ("cuda", "32-true")),
        ("cpu", "auto", ("cpu", "32-true")),
        ("cpu", "bf16-mixed", ("cpu", "bf16-mixed")),
    ],
)
def test_precision_is_bfloat16_where_a_gpu_has_it(accelerator: str, precision: str, expected: tuple[str, str]) -> None:
    machine = Machine.of(OptimizeConfig(accelerator=accelerator, precision=precision))
    assert (machine.accelerator, machine.precision) == expected


@pytest.mark.usefixtures("gpus")
def test_no_number_of_devices_means_all_of_them() -> None:
    assert Machine.of(OptimizeConfig(devices=0, nodes=2)).world == 8
    assert Machine.of(OptimizeConfig(devices=0, accelerator="cpu")).world == 1


def test_a_gpu_without_bfloat16_computes_in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    assert Machine.of(OptimizeConfig()).precision == "32-true"


def test_a_batch_smaller_than_the_devices_is_refused() -> None:
    with pytest.raises(UsageError, match=r"batch of 2 cannot be shared by 4 devices.*optimize\.batch_size"):
        Machine.of(OptimizeConfig(batch_size=2, devices=4, accelerator="cpu"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("optimize.micro_batch=-1", "0 or more"),
        ("optimize.devices=-1", "0 or more"),
        ("optimize.checkpoint_minutes=-0.5", "0 or more"),
        ("data.workers=-2", "0 or more"),
        ("optimize.nodes=0", "1 or more"),
        ("optimize.precision=8-bit", "auto, 32-true, bf16-mixed"),
        ("optimize.accelerator=abacus", "auto, cpu, gpu"),
    ],
)
def test_settings_of_no_machine_are_refused(change: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        load("leukoencephalopathy", changes=(change,))
