"""Runs jobs in processes that end with their parent; a job that cannot be done yet is asked for again later."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from leukoviewer.errors import LeukoError

Job = TypeVar("Job")
Done = TypeVar("Done")

# How long it is waited when no job can be done yet.
_WAIT_S = 0.1


def run_jobs(
    work: Callable[[Job], Done | None], jobs: Sequence[Job], *, workers: int
) -> Generator[Done | None, None, None]:
    """Do all jobs, in any order; yields each result, and None whenever a job has to be asked for again.

    Parameters
    ----------
    work : callable
        Does one job, or returns None when it cannot be done yet; a function of a module.
    jobs : sequence
        What to do.
    workers : int
        Processes; with one the work is done in this process.

    Raises
    ------
    LeukoError
        A process was ended from outside.
    """
    if workers <= 1 or len(jobs) <= 1:
        yield from _here(work, deque(jobs))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(jobs)), mp_context=context, initializer=_start_worker) as pool:
        try:
            yield from _spread(work, deque(jobs), pool, most=2 * workers)
        except BrokenProcessPool as error:
            raise LeukoError(
                "A process that prepares patients was ended from outside (perhaps for lack of memory); "
                "run again with fewer workers, what is prepared is kept."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _here(work: Callable[[Job], Done | None], waiting: deque[Job]) -> Generator[Done | None, None, None]:
    put_off = 0
    while waiting:
        job = waiting.popleft()
        result = work(job)
        put_off = 0 if result is not None else put_off + 1
        if result is None:
            waiting.append(job)
        yield result
        if put_off >= len(waiting) > 0:
            time.sleep(_WAIT_S)


def _spread(
    work: Callable[[Job], Done | None], waiting: deque[Job], pool: ProcessPoolExecutor, *, most: int
) -> Generator[Done | None, None, None]:
    running: dict[Future[Done | None], Job] = {}
    while waiting or running:
        while waiting and len(running) < most:
            job = waiting.popleft()
            running[pool.submit(work, job)] = job
        finished = wait(running, return_when=FIRST_COMPLETED).done
        for future in finished:
            job, result = running.pop(future), future.result()
            if result is None:
                waiting.append(job)
            yield result
            if result is None and len(waiting) + len(running) <= most:
                time.sleep(_WAIT_S)


def _start_worker() -> None:
    # Ctrl-C reaches the whole group of processes; only the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would go on and take work from the next run."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
