"""How many threads a model may use."""

from __future__ import annotations

import os


def default_threads() -> int:
    """Threads to work with: ``OMP_NUM_THREADS`` where it is set, else the processors that this process may use."""
    stated = os.environ.get("OMP_NUM_THREADS", "")
    if stated.isdigit() and int(stated) > 0:
        return int(stated)
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
