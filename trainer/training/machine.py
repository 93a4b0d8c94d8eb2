"""On what a run trains: accelerator, devices, precision, and in how many parts a batch fits them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from leukoviewer.errors import UsageError
from trainer.experiments.config import OptimizeConfig


@dataclass(frozen=True, slots=True)
class Machine:
    """Resolved settings.

    Attributes
    ----------
    accelerator, strategy, precision : str
        Lightning's names.
    devices, nodes : int
        Of each node, and nodes.
    parts : int
        In how many parts each process takes a batch.
    """

    accelerator: str
    devices: int
    nodes: int
    strategy: str
    precision: str
    parts: int

    @classmethod
    def of(cls, settings: OptimizeConfig) -> Machine:
        """The machine that an experiment asks for.

        Raises
        ------
        UsageError
            A batch is smaller than the devices that share it.
        """
        accelerator = _accelerator(settings.accelerator)
        devices = settings.devices or (torch.cuda.device_count() if accelerator == "cuda" else 1)
        world = devices * settings.nodes
        if settings.batch_size < world:
            raise UsageError(
                f"A batch of {settings.batch_size} cannot be shared by {world} devices; take fewer devices, or a "
                "larger optimize.batch_size."
            )
        each = math.ceil(settings.batch_size / world)
        parts = math.ceil(each / settings.micro_batch) if settings.micro_batch > 0 else 1
        return cls(
            accelerator=accelerator,
            devices=devices,
            nodes=settings.nodes,
            strategy="ddp" if settings.strategy == "auto" and world > 1 else settings.strategy,
            precision=_precision(settings.precision, accelerator),
            parts=parts,
        )

    @property
    def world(self) -> int:
        """Processes in all."""
        return self.devices * self.nodes


def _accelerator(wanted: str) -> str:
    if wanted == "auto":
        if torch.cuda.is_available():
            return "cuda"
        return "mps" if torch.backends.mps.is_available() else "cpu"
    return "cuda" if wanted == "gpu" else wanted


def _precision(wanted: str, accelerator: str) -> str:
    """Bfloat16 beside float32 weights on GPUs that compute in it; elsewhere it would save nothing or cost time."""
    if wanted != "auto":
        return wanted
    return "bf16-mixed" if accelerator == "cuda" and torch.cuda.is_bf16_supported() else "32-true"
