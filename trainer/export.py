"""Makes a model package of a trained network: weights, graph, golden case, card, license, manifest."""

from __future__ import annotations

import copy
import logging
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from leukoviewer.errors import LeukoError
from leukoviewer.inference import golden as golden_case
from leukoviewer.inference.engine import batch_of
from leukoviewer.inference.networks import VOLUME_ARCHITECTURES, Network
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.packages.archive import Golden, Package, write_package
from leukoviewer.packages.manifest import CARD, GOLDEN, GRAPH, LICENSE, WEIGHTS, Layout, Manifest, Task
from leukoviewer.packages.provenance import Calibration, Metric, PatientCalibration, Training, TrainingRange
from leukoviewer.packages.tensors import layout_of, tensors_to_bytes
from leukoviewer.preprocessing.recipe import Recipe
from trainer.export_card import card
from trainer.export_evaluations import NOTES, Evaluations
from trainer.export_graph import graph_to_bytes
from trainer.export_run import TrainedRun
from trainer.export_weights import Precision, stored_tensors, with_stored

_log = logging.getLogger(__name__)

_GOLDEN_SLICES = 2
_TOLERANCE = 1e-3
INTENDED_USE = (
    "A second opinion, for research, on leukoencephalopathy in axial non-contrast head CT of adults: a score by slice, "
    "a vote by patient and a heatmap. Not for diagnosis."
)


@dataclass(frozen=True, slots=True)
class Description:
    """What a package says of itself beside what its network shows, see the package's manifest.

    Attributes
    ----------
    name, version : str
        Identity.
    recipe : Recipe
        The preprocessing of the training.
    training : Training
        Provenance.
    slice_threshold, vote_needed, operating_point
        Chosen on validation.
    notes : tuple of str
        Known failures for the card.
    """

    name: str
    version: str
    recipe: Recipe
    training: Training
    slice_threshold: float = 0.5
    vote_needed: int = 0
    operating_point: str = ""
    calibration: Calibration | None = None
    metrics: tuple[Metric, ...] = ()
    training_range: TrainingRange = TrainingRange()  # noqa: RUF009 - frozen
    labels: tuple[str, str] = ("no leukoencephalopathy", "leukoencephalopathy")
    notes: tuple[str, ...] = ()
    patient_calibration: PatientCalibration | None = None
    precision: Precision = Precision.FLOAT16


def export(
    run: Path,
    out: Path,
    *,
    name: str,
    version: str,
    notes: tuple[str, ...] = (),
    precision: Precision = Precision.FLOAT16,
) -> Package:
    """Export a finished run as the package ``<out>/<name>-<version>``.

    Parameters
    ----------
    run : Path
        The run's folder: its best checkpoint, recipe, operating point, calibration and figures go into the package.
    out : Path
        Folder of packages.
    name, version : str
        Identity of the package.
    notes : tuple of str
        Known failures and further limits, for the card.
    precision : Precision
        How the weights are stored.

    Raises
    ------
    UsageError
        The folder holds no finished run.
    CannotWriteError
        The package exists already or cannot be written.
    """
    trained = TrainedRun.read(run)
    slice_threshold, vote_needed, operating_point = trained.operating_point()
    description = Description(
        name=name,
        version=version,
        recipe=trained.recipe(),
        training=_with_detail(trained.training(), "weights_stored_as", str(precision)),
        slice_threshold=slice_threshold,
        vote_needed=vote_needed,
        operating_point=operating_point,
        calibration=trained.calibration(),
        metrics=trained.metrics(),
        training_range=trained.training_range(),
        notes=notes,
        patient_calibration=trained.patient_calibration(),
        precision=precision,
    )
    return write(trained.network(), out / f"{name}-{version}", description=description)


def _with_detail(training: Training, name: str, value: str) -> Training:
    return replace(training, details=(*training.details, (name, value)))


def write(network: Network, folder: Path, *, description: Description) -> Package:
    """Write a network as a package, whole or not at all.

    Parameters
    ----------
    network : Network
        Left as it is.
    folder : Path
        New folder.
    description : Description
        Everything else.

    Returns
    -------
    Package
        Opened again; ONNX Runtime has repeated its golden case.

    Raises
    ------
    LeukoError
        ONNX Runtime gives something else than torch; nothing is left behind.
    CannotWriteError
        The folder exists already or cannot be written.
    """
    stored = copy.deepcopy(network).cpu().float().eval()
    tensors = stored_tensors(stored, description.precision)
    with_stored(stored, tensors)
    layout = Layout.VOLUME if network.architecture in VOLUME_ARCHITECTURES else Layout.SLICES
    golden = golden_of(stored, description.recipe, layout)
    manifest = _manifest(description, network.architecture, layout, golden)
    weights = tensors_to_bytes(tensors)
    evaluations = _noted(description.notes)
    example = torch.from_numpy(batch_of(golden.stack, description.recipe, layout))
    contents = {
        WEIGHTS: weights,
        GRAPH: graph_to_bytes(stored, example, layout_of(weights)),
        GOLDEN: golden.to_bytes(),
        CARD: card(manifest, evaluations).encode("utf-8"),
        LICENSE: _license_text(),
        **evaluations.contents(),
    }
    package = write_package(folder, manifest, contents)
    try:
        outcome = golden_case.require(OnnxEngine(package), package)
    except LeukoError:
        shutil.rmtree(folder)
        raise
    _log.info("%s", outcome.sentence)
    return package


def _noted(notes: tuple[str, ...]) -> Evaluations:
    return Evaluations().with_value("notes", {"schema": NOTES, "notes": list(notes)}) if notes else Evaluations()


def golden_of(network: Network, recipe: Recipe, layout: Layout) -> Golden:
    """What a network in evaluation mode says of the golden stack."""
    depth = _GOLDEN_SLICES if layout is Layout.SLICES else recipe.depth or _GOLDEN_SLICES
    stack = golden_stack(depth, recipe.plane_shape)
    with torch.no_grad():
        logits, maps = network.explain(torch.from_numpy(batch_of(stack, recipe, layout)))
    return Golden(stack, logits.numpy(), maps.numpy(), _TOLERANCE)


def golden_stack(depth: int, plane: tuple[int, int]) -> NDArray[np.float32]:
    """A drawn head in gray 0..1, whole 255ths, shape (depth, *plane): bone, brain, ventricles, dark white matter."""
    z, y, x = np.meshgrid(*(np.linspace(-1, 1, n) if n > 1 else np.zeros(1) for n in (depth, *plane)), indexing="ij")
    radius = np.sqrt((x / 0.72) ** 2 + (y / 0.86) ** 2 + (z / 1.8) ** 2)
    ventricles = ((np.abs(x) - 0.14) / 0.09) ** 2 + (y / 0.3) ** 2 + (z / 1.2) ** 2
    gray = np.where(radius < 1, 1.0, 0.0)
    gray = np.where(radius < 0.93, 0.34 + 0.03 * np.sin(9 * x + 4 * z) * np.cos(7 * y), gray)
    gray = np.where((radius < 0.93) & (ventricles < 2.6), 0.22, gray)
    gray = np.where((radius < 0.93) & (ventricles < 1), 0.07, gray)
    stack: NDArray[np.float32] = np.rint(gray * 255).astype(np.float32) / np.float32(255)
    return stack


def _manifest(description: Description, architecture: str, layout: Layout, golden: Golden) -> Manifest:
    try:
        return Manifest(
            name=description.name,
            version=description.version,
            task=Task.BINARY,
            architecture=architecture,
            layout=layout,
            recipe=description.recipe,
            labels=description.labels,
            slice_threshold=description.slice_threshold,
            vote_needed=description.vote_needed,
            operating_point=description.operating_point,
            map_shape=tuple(int(n) for n in golden.maps.shape[1:]),
            training=description.training,
            intended_use=INTENDED_USE,
            license="Apache-2.0",
            calibration=description.calibration,
            metrics=description.metrics,
            training_range=description.training_range,
            patient_calibration=description.patient_calibration,
        )
    except ValueError as error:
        raise LeukoError(f"The package cannot be described: {error}.", thing=description) from error


def _license_text() -> bytes:
    path = Path(__file__).resolve().parents[1] / "LICENSE"
    try:
        return path.read_bytes()
    except OSError as error:
        raise LeukoError(
            "The file LICENSE of the project is missing; export from a full checkout.", thing=path
        ) from error
