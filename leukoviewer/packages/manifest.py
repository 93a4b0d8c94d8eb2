"""What a model package says of itself: the manifest, its JSON form and its strict reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from leukoviewer.errors import PackageError
from leukoviewer.packages.fields import Fields
from leukoviewer.packages.provenance import Calibration, Metric, PatientCalibration, Training, TrainingRange
from leukoviewer.preprocessing.recipe import Recipe

SCHEMA = "leukoviewer.package/1"

WEIGHTS, GRAPH, GOLDEN = "weights.safetensors", "graph.onnx", "golden.npz"
CARD, LICENSE = "card.md", "LICENSE"
# Every package holds exactly these beside its manifest and its evaluations; what else lies there is never opened.
PACKAGE_FILES = (WEIGHTS, GRAPH, GOLDEN, CARD, LICENSE)
# What the trainer measured, from which the card was written: JSON files in a folder of their own.
EVALUATIONS = "evaluations/"
_EVALUATION = re.compile(EVALUATIONS + r"[a-z0-9][a-z0-9_-]{0,63}\.json")
_MAX_EVALUATIONS = 16

_NAME = re.compile(r"[a-z0-9][a-z0-9_]*(-[a-z0-9_]+)*")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*([a-z]+[0-9]*)?")
_ARCHITECTURE = re.compile(r"[a-z][a-z0-9_]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def is_evaluation(name: str) -> bool:
    """Whether a file of a package is one of its evaluations, by its name with '/' between folder and file."""
    return _EVALUATION.fullmatch(name) is not None


class Task(StrEnum):
    """What a model answers. This version runs ``binary`` ones."""

    BINARY = "binary"
    MULTICLASS = "multiclass"
    SEGMENTATION = "segmentation"


class Layout(StrEnum):
    """What a model looks at: each slice by itself, or the whole stack at once."""

    SLICES = "slices"
    VOLUME = "volume"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size and hash of one file."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A model package's description.

    Attributes
    ----------
    name, version : str
        Identity.
    task : Task
        What it answers.
    architecture : str
        Name of the network.
    layout : Layout
        Slices or volume.
    recipe : Recipe
        The preprocessing, in full; it fixes rows, columns, depth and channels.
    labels : tuple of str
        Names of the negative and the positive finding.
    slice_threshold : float
        A slice is positive when its score is at or above it.
    vote_needed : int
        The paper's t: a patient is positive when more slices than that are.
    operating_point : str
        How threshold and vote were chosen.
    calibration : Calibration or None
        None: scores are no probabilities.
    map_shape : tuple of int
        Size of a raw heatmap: rows, columns; for volumes depth first.
    training : Training
        Provenance.
    metrics : tuple of Metric
        Figures on held-out data.
    training_range : TrainingRange
        What it knows.
    intended_use, license : str
        For the reader.
    files : mapping of str to FileEntry
        Every file of the package but the manifest.
    patient_calibration : PatientCalibration or None
        How the logits of a patient's slices become the patient's probability; None where it was not fitted.
    """

    name: str
    version: str
    task: Task
    architecture: str
    layout: Layout
    recipe: Recipe
    labels: tuple[str, ...]
    slice_threshold: float
    vote_needed: int
    operating_point: str
    map_shape: tuple[int, ...]
    training: Training
    intended_use: str
    license: str
    calibration: Calibration | None = None
    metrics: tuple[Metric, ...] = ()
    training_range: TrainingRange = field(default_factory=TrainingRange)
    files: Mapping[str, FileEntry] = field(default_factory=lambda: MappingProxyType({}))
    patient_calibration: PatientCalibration | None = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or not _VERSION.fullmatch(self.version):
            raise ValueError("a package's name is lower-case words joined by '-', its version numbers joined by '.'")
        if not _ARCHITECTURE.fullmatch(self.architecture):
            raise ValueError("an architecture is named by lower-case letters, digits and '_'")
        if not 0 <= self.slice_threshold <= 1 or self.vote_needed < 0:
            raise ValueError("the slice threshold lies between 0 and 1, and the vote is not negative")
        if self.task is Task.BINARY and len(self.labels) != 2:
            raise ValueError("a binary model names two labels")
        if self.layout is Layout.VOLUME and self.recipe.depth is None:
            raise ValueError("a model of volumes needs a preprocessing of fixed depth")
        if len(self.map_shape) != (3 if self.layout is Layout.VOLUME else 2) or min(self.map_shape) < 1:
            raise ValueError("the heatmap's size does not fit the layout")

    @property
    def id(self) -> str:
        """``<name>-<version>``."""
        return f"{self.name}-{self.version}"

    @property
    def channels(self) -> int:
        """Channels of the network's input."""
        return len(self.recipe.channels.mean)

    @classmethod
    def from_json(cls, data: object, subject: str) -> Manifest:
        """Read the JSON form.

        Parameters
        ----------
        data : object
            What ``json.loads`` gave.
        subject : str
            How sentences name the package, e.g. ``"The model in leuko-1.0"``.

        Raises
        ------
        PackageError
            Something is missing, unknown, of the wrong kind or contradictory.
        RecipeError
            This version cannot build the preprocessing.
        """
        fields = Fields(data, subject)
        if fields.text("schema") != SCHEMA:
            fields.refuse("schema", f"is not {SCHEMA}")
        recipe = Recipe.from_json(fields.raw("recipe"))
        if fields.text("recipe_digest") != recipe.digest:
            fields.refuse("recipe_digest", "does not belong to the recipe")
        identifier = fields.text("id")
        try:
            manifest = _read(fields, recipe)
        except ValueError as error:
            raise PackageError(f"{subject} cannot be used: {error}; install the model again.", thing=data) from error
        if identifier != manifest.id:
            fields.refuse("id", "is not the name and the version")
        return manifest

    def to_json(self) -> dict[str, Any]:
        """The JSON form, in reading order."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "name": self.name,
            "version": self.version,
            "task": str(self.task),
            "architecture": self.architecture,
            "layout": str(self.layout),
            "intended_use": self.intended_use,
            "license": self.license,
            "labels": list(self.labels),
            "slice_threshold": self.slice_threshold,
            "vote_needed": self.vote_needed,
            "operating_point": self.operating_point,
            "calibration": self.calibration and self.calibration.to_json(),
            # Packages that were made before it existed stay what they were.
            **({"patient_calibration": self.patient_calibration.to_json()} if self.patient_calibration else {}),
            "cam": {"method": "gradcam", "map_shape": list(self.map_shape)},
            "training": self.training.to_json(),
            "training_range": self.training_range.to_json(),
            "metrics": [metric.to_json() for metric in self.metrics],
            "recipe": self.recipe.to_json(),
            "recipe_digest": self.recipe.digest,
            "files": {name: {"sha256": e.sha256, "size": e.size} for name, e in self.files.items()},
        }


def _read(fields: Fields, recipe: Recipe) -> Manifest:
    calibration = fields.optional_part("calibration")
    by_patient = fields.optional_part("patient_calibration") if "patient_calibration" in fields.names() else None
    manifest = Manifest(
        name=fields.text("name"),
        version=fields.text("version"),
        task=Task(fields.text("task")),
        architecture=fields.text("architecture"),
        layout=Layout(fields.text("layout")),
        recipe=recipe,
        labels=fields.texts("labels"),
        slice_threshold=fields.number("slice_threshold"),
        vote_needed=fields.whole("vote_needed"),
        operating_point=fields.text("operating_point", empty=True),
        map_shape=_read_cam(fields.part("cam")),
        training=Training.read(fields.part("training")),
        intended_use=fields.text("intended_use"),
        license=fields.text("license"),
        calibration=None if calibration is None else Calibration.read(calibration),
        metrics=tuple(Metric.read(part) for part in fields.parts("metrics")),
        training_range=TrainingRange.read(fields.part("training_range")),
        files=_read_files(fields.part("files")),
        patient_calibration=None if by_patient is None else PatientCalibration.read(by_patient),
    )
    fields.end()
    return manifest


def _read_cam(fields: Fields) -> tuple[int, ...]:
    if fields.text("method") != "gradcam":
        fields.refuse("method", "is unknown to this version")
    shape = fields.raw("map_shape")
    fields.end()
    if not isinstance(shape, list) or not all(isinstance(n, int) and not isinstance(n, bool) for n in shape):
        fields.refuse("map_shape", "must be a list of whole numbers")
    return tuple(shape)


def _read_files(fields: Fields) -> Mapping[str, FileEntry]:
    entries = {}
    for name in fields.names():
        if name not in PACKAGE_FILES and not is_evaluation(name):
            fields.refuse(name, "is no file of a model package")
        part = fields.part(name)
        entries[name] = FileEntry(part.text("sha256"), part.whole("size"))
        if not _SHA256.fullmatch(entries[name].sha256):
            part.refuse("sha256", "is no SHA-256")
        part.end()
    for name in PACKAGE_FILES:
        if name not in entries:
            fields.refuse(name, "is missing")
    if len(entries) > len(PACKAGE_FILES) + _MAX_EVALUATIONS:
        fields.refuse(EVALUATIONS, "are far too many")
    return MappingProxyType(entries)
