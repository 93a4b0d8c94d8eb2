"""What the reader is told of each installed package: what trained it and how good it was (pure functions)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from leukoviewer.core.score_text import score_text
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.packages.provenance import Metric
from leukoviewer.packages.store import BrokenPackage
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.values import HeatmapChoice, ModelChoice

Heatmaps = Mapping[Layout, tuple[HeatmapChoice, ...]]


def choices(
    packages: Sequence[Package | BrokenPackage], default_id: str, *, heatmaps: Heatmaps = MappingProxyType({})
) -> tuple[ModelChoice, ...]:
    """Choices in the order of the packages, the default one first, damaged ones last.

    Parameters
    ----------
    packages : sequence of Package or BrokenPackage
        As found.
    default_id : str
        The package to begin with; empty without one.
    heatmaps : mapping of Layout to tuple of HeatmapChoice
        The methods for heatmaps that models of a layout offer.
    """
    made = [_choice(package, heatmaps) for package in packages]
    return tuple(sorted(made, key=lambda choice: (bool(choice.problem), choice.id != default_id)))


def _choice(package: Package | BrokenPackage, heatmaps: Heatmaps) -> ModelChoice:
    if isinstance(package, BrokenPackage):
        return ModelChoice(package.id, problem=package.reason)
    offered = heatmaps.get(package.manifest.layout, ())
    return ModelChoice(
        package.id, package.ref, facts(package), details(package), heatmaps=offered,
        training_range=package.manifest.training_range, plane_shape=package.recipe.plane_shape,
    )  # fmt: skip


def facts(package: Package) -> tuple[str, ...]:
    """Training data first, then the best known figure, then what scores are."""
    manifest = package.manifest
    lines = [tr("Trained on {}").format(told(manifest.training.trained_on))]
    metric = headline(manifest.metrics)
    if metric is not None:
        lines.append(metric_line(metric, simulated=manifest.training.simulated))
    return tuple(lines)


def details(package: Package) -> tuple[str, ...]:
    """What else can be told of it, for the tip."""
    manifest = package.manifest
    calibration = manifest.calibration
    scores = tr("Scores are no probabilities")
    if calibration is not None:
        scores = tr("Calibrated on {}").format(told(calibration.fitted_on))
    labels = " / ".join(told(label) for label in manifest.labels)
    lines = [f"{manifest.architecture}, {manifest.recipe.id}, {labels}", scores, told(manifest.intended_use)]
    lines += [metric_line(metric, simulated=manifest.training.simulated) for metric in manifest.metrics]
    return tuple(lines)


def headline(metrics: Sequence[Metric]) -> Metric | None:
    """The figure that says most: an AUC by patient on test data, or the nearest to it."""
    return min(
        metrics,
        key=lambda metric: ("auc" not in metric.name.lower(), metric.by != "patient", metric.split != "test"),
        default=None,
    )


def metric_line(metric: Metric, *, simulated: bool) -> str:
    """E.g. ``"AUC by patient 0.93 (0.88–0.97) on 120 simulated patients, test"``; 0.998 is not told as 1."""
    interval = "" if metric.interval is None else " ({}–{})".format(*map(score_text, metric.interval))
    words = tr("{} by {} {}{} on {} simulated patients, {}") if simulated else tr("{} by {} {}{} on {} patients, {}")
    return words.format(
        told(metric.name), told(metric.by), score_text(metric.value), interval, metric.count, told(metric.split)
    )
