"""Cells of a grid on a Ray cluster: each one a task, which starts the cell's process where it lands."""

from __future__ import annotations

import importlib
import logging
import os
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from leukoviewer.errors import EngineError, UsageError
from trainer.experiments.grid_place import GridPlace
from trainer.grid_engines.cell_process import CellJob, run_cell
from trainer.grid_engines.work import LOST, UNSEEN

# Ray's smallest: the tasks give back a word.
_OBJECT_STORE_BYTES = 80 * 1024 * 1024


class RayEngine:
    """A Ray task a cell.

    Parameters
    ----------
    cells : int
        How many there may be at once; a cluster takes as many of them as it has room for.
    threads : int
        Processors of a cell.
    address : str, optional
        ``ray://...`` or ``auto``; without one a cluster is started on this machine for as long as the work lasts.

    Raises
    ------
    UsageError
        Ray is not installed.
    EngineError
        The cluster cannot be reached.
    """

    def __init__(self, *, cells: int, threads: int, address: str | None = None) -> None:
        self._ray = load_ray()
        self._capacity, self._tasks = cells, list[Any]()
        root = str(Path(__file__).resolve().parents[2])
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if address is None:
            options |= {
                "num_cpus": cells * threads,
                "include_dashboard": False,
                "object_store_memory": _OBJECT_STORE_BYTES,
                "runtime_env": {"env_vars": {"PYTHONPATH": root}},
            }
        try:
            self._ray.init(address=address or "local", **options)
        except (ConnectionError, OSError, RuntimeError, ValueError, self._ray.exceptions.RayError) as error:
            where = address or "on this machine"
            raise EngineError(
                f"The Ray cluster {where} cannot be reached ({type(error).__name__}); check the address, or use "
                "--engine local.",
                thing=address,
            ) from error
        gpus = 1 if self._ray.cluster_resources().get("GPU", 0) else 0
        self._task = self._ray.remote(num_cpus=max(1, threads), num_gpus=gpus, max_retries=0)(_carry_out)

    @property
    def capacity(self) -> int:
        """See :class:`~trainer.grid_engines.work.Engine`."""
        return self._capacity

    def start(self, job: CellJob) -> Future[str]:
        """See :class:`~trainer.grid_engines.work.Engine`."""
        task = self._task.remote(job)
        self._tasks.append(task)
        future: Future[str] = Future()
        future.set_running_or_notify_cancel()
        task.future().add_done_callback(lambda ended: future.set_result(LOST if ended.exception() else ended.result()))
        return future

    def close(self) -> None:
        """See :class:`~trainer.grid_engines.work.Engine`."""
        errors = self._ray.exceptions
        _, left = self._ray.wait(self._tasks, num_returns=len(self._tasks), timeout=0) if self._tasks else ([], [])
        for task in left:
            # An interrupt in the task, which asks the cell's process to stop.
            self._ray.cancel(task, force=False)
        for task in left:
            try:
                self._ray.get(task, timeout=90)
            except (errors.RayError, TimeoutError):
                continue
        self._ray.shutdown()


def load_ray() -> Any:
    """The library.

    Raises
    ------
    UsageError
        It is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anyone outside
    try:
        return importlib.import_module("ray")
    except ImportError as error:
        raise UsageError(
            "Ray is not installed here; install it with pip install leukoviewer[ray], or use --engine local."
        ) from error


def _carry_out(job: CellJob) -> str:
    """The task; on a node of the cluster."""
    return run_cell(job) if GridPlace(Path(job.grid)).exists else UNSEEN
