"""Values that the window shows and that are handed in from outside: models, thresholds, the tasks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.attributes import FileAttributes
from leukoviewer.core.honesty import Honesty
from leukoviewer.core.progress import Work
from leukoviewer.core.result_pictures import ResultPictures
from leukoviewer.core.results import Analysis, PackageRef, StackMapping, Vote
from leukoviewer.core.series import Catalog, Series
from leukoviewer.core.volume import Volume
from leukoviewer.packages.provenance import TrainingRange


@dataclass(frozen=True, slots=True)
class HeatmapChoice:
    """One method to make heatmaps as the reader may choose it.

    Attributes
    ----------
    key : str
        As results name it, e.g. ``layercam``.
    name : str
        E.g. ``"Layer-CAM"``.
    tip : str
        What it shows, in plain words.
    is_slow : bool
        Whether it takes minutes on a processor.
    problem : str
        Why it cannot be used on this computer, as a sentence; empty when it can.
    """

    key: str
    name: str
    tip: str = ""
    is_slow: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """One model package as the reader may choose it.

    Attributes
    ----------
    id : str
        Identity of the package, or the folder's name when it is broken.
    ref : PackageRef or None
        Its provenance; None for a broken one.
    facts : tuple of str
        Lines on training and figures, most important first; always in sight.
    details : tuple of str
        What else is known of it.
    problem : str
        Why it cannot be used, as a sentence; empty for a good one.
    heatmaps : tuple of HeatmapChoice
        The methods that it offers for heatmaps; the first comes with every result.
    training_range : TrainingRange
        What series it knows.
    plane_shape : (int, int) or None
        Rows and columns of the slices that it gets.
    """

    id: str
    ref: PackageRef | None = None
    facts: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    problem: str = ""
    heatmaps: tuple[HeatmapChoice, ...] = ()
    training_range: TrainingRange = field(default_factory=TrainingRange)
    plane_shape: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        if (self.ref is None) != bool(self.problem):
            raise ValueError("a model has either its provenance or a problem")

    def heatmap(self, key: str) -> HeatmapChoice:
        """A method by its key; one that this model does not name is called by its key."""
        return next((choice for choice in self.heatmaps if choice.key == key), HeatmapChoice(key, key))


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Where the reader puts the limits of a result.

    Attributes
    ----------
    slice_threshold : float
        0..1; a slice is positive at or above it.
    needed : int
        The patient is positive with more positive slices than this.
    """

    slice_threshold: float
    needed: int

    def __post_init__(self) -> None:
        if not 0 <= self.slice_threshold <= 1 or self.needed < 0:
            raise ValueError("a slice threshold lies between 0 and 1 and the vote needs no negative number")


class LoadTask(Protocol):
    """Reads a series; the slice ``first`` (the middle one by default) comes first."""

    def __call__(self, series: Series, *, first: int | None = None) -> Work[Volume]: ...


@dataclass(frozen=True, slots=True)
class Tasks:
    """What the window can have done; the composition root hands it in, so that the window knows no files and models.

    Attributes
    ----------
    discover : path -> Work[Catalog]
        Find the series of a folder.
    load : LoadTask
        Read a series.
    analyze : (volume, package id, device) -> Work[Analysis]
        Run a model.
    explain : (result, volume, method, device) -> Work[Analysis]
        The result with its heatmaps made by another method; all else stays as it is.
    judge : (result, volume) -> Work[Honesty]
        Check how honest a result's heatmap is.
    thumbnail : series -> array of uint8, shape (rows, columns)
        A small picture of a series.
    attributes : path -> Work[FileAttributes]
        Read all attributes of a file.
    models : () -> Work[tuple of ModelChoice]
        The installed packages.
    warm_up : () -> Work[None]
        Import what opening and scoring will need, while nobody waits.
    project : (raw map, mapping) -> array of float32, shape (native rows, native columns)
        Spread a raw heatmap over the native plane.
    engines : () -> Work[tuple of str]
        What models can run on here, in words.
    dicom_results : (volume, result, pictures, vote) -> Work[dict of str to bytes]
        Make the DICOM objects of a result.
    clean : series -> Work
        The series' files without their patient, each a :class:`~leukoviewer.core.clean_file.CleanFile`.
    """

    discover: Callable[[Path], Work[Catalog]]
    load: LoadTask
    analyze: Callable[[Volume, str, str], Work[Analysis]]
    explain: Callable[[Analysis, Volume, str, str], Work[Analysis]]
    judge: Callable[[Analysis, Volume], Work[Honesty]]
    thumbnail: Callable[[Series], NDArray[np.uint8]]
    attributes: Callable[[Path], Work[FileAttributes]]
    models: Callable[[], Work[tuple[ModelChoice, ...]]]
    warm_up: Callable[[], Work[None]]
    engines: Callable[[], Work[tuple[str, ...]]]
    project: Callable[[NDArray[np.float32], StackMapping], NDArray[np.float32]]
    dicom_results: Callable[[Volume, Analysis, ResultPictures, Vote], Work[dict[str, bytes]]]
    clean: Callable[[Series], Work[None]]
