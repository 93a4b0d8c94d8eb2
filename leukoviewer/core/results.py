"""What a model says of a series: scores by slice, raw heatmaps, the patient's vote, provenance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.geometry import SeriesWarning

# The heatmap that every result carries: Grad-CAM in closed form, from the pass that gives the scores.
CLOSED_FORM = "gradcam"


@dataclass(frozen=True, slots=True)
class StackMapping:
    """How the slices and pixels of a model's stack lie on the native series.

    A stack pixel center ``(i, j)`` lies at native ``((i + 0.5) * scale - 0.5 + offset)`` by axis (pixel-edge aligned
    resizing); both axes have their own scale, so rows need not equal columns.

    Attributes
    ----------
    native : tuple of tuple of int
        For each stack slice the native slices behind it (several for a slab); empty for a padded slice.
    native_shape : (int, int, int)
        Slices, rows, columns of the native series.
    stack_shape : (int, int, int)
        Slices, rows, columns of the stack.
    scale : (float, float)
        Native px per stack px, by row and by column.
    offset : (float, float)
        Native px, by row and by column; nonzero when the recipe crops or pads in the plane.
    """

    native: tuple[tuple[int, ...], ...]
    native_shape: tuple[int, int, int]
    stack_shape: tuple[int, int, int]
    scale: tuple[float, float]
    offset: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        if len(self.native) != self.stack_shape[0]:
            raise ValueError("the mapping names the native slices of each stack slice")
        if any(not 0 <= i < self.native_shape[0] for group in self.native for i in group):
            raise ValueError("the mapping points outside the series")
        if min(self.scale) <= 0:
            raise ValueError("the mapping needs positive scales")

    @property
    def scored(self) -> tuple[int, ...]:
        """Stack indices that hold an image: padded ones are never scored."""
        return tuple(i for i, group in enumerate(self.native) if group)

    @property
    def counting(self) -> str:
        """How many slices the series' ones are for the model, as a sentence; empty where each counts once."""
        if all(len(group) < 2 for group in self.native):
            return ""
        seen = len({index for group in self.native for index in group})
        return f"The {seen} slices of the scan count as {len(self.scored)}: the model averages those that lie close."

    def stack_index(self, native_index: int) -> int | None:
        """The stack slice that shows a native slice, None when the model does not see it."""
        return next((i for i, group in enumerate(self.native) if native_index in group), None)


@dataclass(frozen=True, slots=True)
class PackageRef:
    """Which model spoke: shown beside every result and written into every file.

    Attributes
    ----------
    id, name, version : str
        Identity; ``id`` is ``<name>-<version>``.
    sha256 : str
        Of the manifest, which names the hash of every other file.
    task, architecture : str
        E.g. ``binary``, ``convnext_atto``.
    trained_on : str
        One phrase on the training data, e.g. ``"simulated patients"``.
    simulated : bool
        Whether all training data were simulated.
    training_run : str
        Identifier of the run that made the weights.
    """

    id: str
    name: str
    version: str
    sha256: str
    task: str
    architecture: str
    trained_on: str
    simulated: bool
    training_run: str = ""


@dataclass(frozen=True, slots=True)
class SliceScore:
    """What the model says of one stack slice.

    Attributes
    ----------
    stack_index : int
        Position in the model's stack.
    native : tuple of int
        Native slices behind it, at least one.
    logit : float
        The model's output.
    score : float
        0..1: the logistic function of the logit (after the package's temperature, if it has one). A score, not a
        probability, unless the package is calibrated.
    """

    stack_index: int
    native: tuple[int, ...]
    logit: float
    score: float

    def __post_init__(self) -> None:
        if not self.native:
            raise ValueError("padded slices are never scored")


@dataclass(frozen=True, slots=True)
class Vote:
    """The patient's vote: positive when more than ``needed`` slices are positive (paper, section on evaluation).

    Attributes
    ----------
    scored, positive : int
        Slices scored, and those at or above ``slice_threshold``.
    slice_threshold : float
        A slice is positive when its score is at or above it.
    needed : int
        The paper's t: the patient is positive if ``positive > needed``.
    """

    scored: int
    positive: int
    slice_threshold: float
    needed: int

    @property
    def is_positive(self) -> bool:
        """The verdict."""
        return self.positive > self.needed

    @property
    def sentence(self) -> str:
        """The vote in words."""
        verdict = "positive" if self.is_positive else "negative"
        return f"{self.positive} of {self.scored} slices positive, more than {self.needed} needed: {verdict}"


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """One model's result for one series.

    Attributes
    ----------
    series_key, series_uid : str
        Whose result it is; it is never shown on another series.
    package : PackageRef
        Which model.
    engine, device : str
        E.g. ``onnxruntime``, ``cpu``.
    recipe_id, recipe_digest : str
        Which preprocessing.
    mapping : StackMapping
        Where stack slices and pixels lie on the series.
    scores : tuple of SliceScore
        In stack order, superior first.
    maps : array of float32, shape (len(scores), map rows, map columns)
        Heatmaps of the logit, not negative, on one scale for the scan: of slices scored one by one, each one's peak is
        log(1 + e^logit) (see ``leukoviewer.inference.levels``); of a volume, the model's own units.
    slice_threshold : float
        The package's operating point for a slice.
    vote_needed : int
        The package's t.
    calibrated : bool
        Whether scores are calibrated probabilities on the package's validation data.
    timings_s : tuple of (str, float)
        Seconds by stage.
    warnings : tuple of SeriesWarning
        What the model's run adds to the warnings of the volume, which are not repeated here.
    heatmap_method : str
        Which method made the maps; Grad-CAM unless another was asked for.
    patient_probability : float or None
        0..1, where the package was calibrated by patient; None otherwise. It does not depend on the vote's limits.
    patient_calibrated_on : str
        One phrase on the data of that calibration.
    """

    series_key: str
    series_uid: str
    package: PackageRef
    engine: str
    device: str
    recipe_id: str
    recipe_digest: str
    mapping: StackMapping
    scores: tuple[SliceScore, ...]
    maps: NDArray[np.float32]
    slice_threshold: float
    vote_needed: int
    calibrated: bool = False
    timings_s: tuple[tuple[str, float], ...] = ()
    warnings: tuple[SeriesWarning, ...] = ()
    heatmap_method: str = CLOSED_FORM
    patient_probability: float | None = None
    patient_calibrated_on: str = ""

    def __post_init__(self) -> None:
        if self.maps.ndim != 3 or self.maps.shape[0] != len(self.scores):
            raise ValueError("a result holds one map a score")
        self.maps.setflags(write=False)

    @property
    def map_scale(self) -> float:
        """The largest value over the whole scan: what the color bar's top means on every slice."""
        return float(self.maps.max()) if self.maps.size else 0.0

    def vote(self, *, slice_threshold: float | None = None, needed: int | None = None) -> Vote:
        """The patient's vote at the package's thresholds, or at others moved by the reader."""
        threshold = self.slice_threshold if slice_threshold is None else slice_threshold
        positive = sum(item.score >= threshold for item in self.scores)
        return Vote(len(self.scores), positive, threshold, self.vote_needed if needed is None else needed)

    def by_native(self) -> NDArray[np.float64]:
        """Score of each native slice, shape (slices,); NaN where the model did not look."""
        scores = np.full(self.mapping.native_shape[0], np.nan)
        for item in self.scores:
            scores[list(item.native)] = item.score
        return scores

    def map_of(self, native_index: int) -> NDArray[np.float32] | None:
        """Raw map of a native slice, shape (map rows, map columns), None where the model did not look."""
        for position, item in enumerate(self.scores):
            if native_index in item.native:
                found: NDArray[np.float32] = self.maps[position]
                return found
        return None
