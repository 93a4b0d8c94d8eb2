"""Runs one long call beside a generator, so that it tells it is alive and can be stopped between its own yields.

The work of the core knows no threads; a single call into a network, though, may take seconds (a whole volume,
Score-CAM) and cannot yield. It runs in a thread that never outlives the generator: closing the generator stops and
joins it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from leukoviewer.core.progress import Progress, Work

Result = TypeVar("Result")

_BEAT_S = 0.1


def watched(call: Callable[[], Result], stop: Callable[[], None], progress: Progress) -> Work[Result]:
    """Run a call in a thread, yielding the same progress ten times a second.

    Parameters
    ----------
    call : callable
        What takes long.
    stop : callable
        Makes a running ``call`` end soon; called when the generator is closed before the end.
    progress : Progress
        What to say meanwhile.

    Returns
    -------
    object
        What ``call`` returned; its exceptions are passed on.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="leukoviewer-network") as pool:
        future = pool.submit(call)
        try:
            while not wait((future,), timeout=_BEAT_S).done:
                yield progress
            return future.result()
        finally:
            if not future.done():
                stop()
