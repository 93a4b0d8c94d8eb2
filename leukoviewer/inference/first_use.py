"""Remembers which engine has repeated which package's golden case on this computer: it runs on first use only."""

from __future__ import annotations

import hashlib
import logging
import platform
from pathlib import Path

from leukoviewer import atomic, paths
from leukoviewer.about import version_of
from leukoviewer.errors import CannotWriteError
from leukoviewer.inference.engine import Engine
from leukoviewer.packages.archive import Package

_log = logging.getLogger(__name__)


def is_known_good(engine: Engine, package: Package) -> bool:
    """Whether this engine, in its present version, has repeated this very package's golden case here before."""
    return _mark(engine, package).is_file()


def remember(engine: Engine, package: Package) -> None:
    """Note that it has. Where nothing can be written, the golden case simply runs again next time."""
    try:
        atomic.write_text(_mark(engine, package), f"{package.id}\n", private=True)
    except CannotWriteError:
        _log.info("the golden case cannot be remembered as passed")


def _mark(engine: Engine, package: Package) -> Path:
    """An empty note named by everything that the outcome depends on."""
    # The program's own, because it prepares slices and lays OpenVINO's graph out.
    versions = tuple(version_of(name) for name in (paths.APPLICATION, engine.name))
    parts = (package.sha256, engine.name, *versions, engine.device, platform.platform(), platform.processor())
    name = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return paths.user_cache() / "golden" / name
