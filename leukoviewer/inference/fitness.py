"""Does a series suit a model? What it must not score; what is scored with a warning: ``packages.training_range``."""

from __future__ import annotations

from leukoviewer.core.progress import Work
from leukoviewer.core.volume import Volume
from leukoviewer.errors import NoBrainError, PackageError, RefusedError
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Task
from leukoviewer.preprocessing import content


def refuse_unsuitable(volume: Volume, package: Package) -> Work[None]:
    """Refuse what this version or any model must not score; yields while it looks for brain.

    Raises
    ------
    PackageError
        The package's task is not one that this version runs.
    RefusedError
        The series is no volume; the sentence is the geometry gate's reason.
    NoBrainError
        The series holds no brain tissue.
    """
    if package.manifest.task is not Task.BINARY:
        raise PackageError(
            f"This version does not run models for {package.manifest.task}; use {package.id} in a later one."
        )
    if not volume.series.is_volume:
        raise RefusedError(volume.series.report.reason, thing=volume.series.key)
    found = yield from content.look(volume)
    if not found.has_brain:
        raise NoBrainError(found.reason, thing=volume.series.key)
