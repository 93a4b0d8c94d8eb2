"""Starting weights: what ``leuko-trainer pretrain`` leaves for ``leuko-trainer train``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import nn

from leukoviewer import atomic
from leukoviewer.errors import UsageError
from leukoviewer.inference.networks import Network, PlacesNetwork
from trainer.experiments.rundir import RunFolder

START_FILE = "start.safetensors"


def write_start(network: Network, path: Path) -> None:
    """Write a network's weights, whole or not at all."""
    atomic.write_bytes(path, save({name: value.contiguous() for name, value in network.state_dict().items()}))


def load_start(network: Network, run: Path) -> None:
    """Give a network the weights of a run of ``pretrain``.

    Its last linear layer stays as it is: it has not learnt yet, unless the network maps places and judges by them.

    Raises
    ------
    UsageError
        The run has no such file, or it is of another network.
    """
    path = run / START_FILE
    try:
        state = load(path.read_bytes())
    except (OSError, SafetensorError) as error:
        raise UsageError(
            f"{run} holds no starting weights; make them with leuko-trainer pretrain.", thing=run
        ) from error
    own = network.state_dict()
    last: set[str] = set()
    if not isinstance(network, PlacesNetwork):
        last = {f"{_name_of(network, network.pooling_head.linear)}.{kind}" for kind in ("weight", "bias")} & set(own)
    if {name: tuple(value.shape) for name, value in state.items()} != {n: tuple(v.shape) for n, v in own.items()}:
        raise UsageError(f"{path.name} holds weights of another network than {network.architecture}.", thing=path)
    network.load_state_dict({**state, **{name: own[name] for name in last}})


def read_about(run: Path) -> dict[str, Any]:
    """What a run of ``pretrain`` notes of its patients, with the hash of its weights: the provenance of a start.

    Raises
    ------
    UsageError
        The folder holds no such run, or it is not finished.
    """
    _, noted = RunFolder(run).read_config()
    try:
        found = {"pool": noted["pool"], "sha256": hashlib.sha256((run / START_FILE).read_bytes()).hexdigest()}
    except (KeyError, OSError) as error:
        raise UsageError(
            f"{run} holds no starting weights; make them with leuko-trainer pretrain.", thing=run
        ) from error
    earlier = {"start": noted["start"]} if "start" in noted else {}
    return {**found, **_loop(run), **earlier}


def about_start(run: str) -> dict[str, Any]:
    """What a run notes of its starting weights; nothing when it begins with others."""
    return {"start": read_about(Path(run))} if run else {}


def _loop(run: Path) -> dict[str, Any]:
    """Steps and minutes until the best weights; nothing when the checkpoint was cleared away."""
    best = RunFolder(run).best
    if not best.is_file():
        return {}
    held = torch.load(best, map_location="cpu", weights_only=True)
    return {"loop": {"steps": int(held["global_step"]), "minutes": round(float(held["spent_s"]) / 60, 1)}}


def _name_of(network: Network, module: nn.Module) -> str:
    return str(next(name for name, found in network.named_modules() if found is module))
