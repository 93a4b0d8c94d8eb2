"""Which of the processes of a distributed run this is, known before any of them has started to talk."""

from __future__ import annotations

import os

from trainer.experiments.config import OptimizeConfig


def is_first(settings: OptimizeConfig) -> bool:
    """Whether this process writes the run's folder.

    Lightning's launcher, torchrun and Slurm run the same command once for each device; all but one of these processes
    only train. A run of one process is the first whatever the machine's queue has put into the environment.
    """
    if settings.devices == 1 and settings.nodes == 1:
        return True
    for name in ("RANK", "SLURM_PROCID"):
        if name in os.environ:
            return _number(name) == 0
    return _number("NODE_RANK") == 0 and _number("LOCAL_RANK") == 0


def _number(name: str) -> int:
    try:
        return int(os.environ.get(name, "0"))
    except ValueError:
        return 0
