"""The model card: what the package's manifest and its saved evaluations say, as a page for people, with its limits."""

from __future__ import annotations

from collections.abc import Sequence

from leukoviewer.packages.manifest import Layout, Manifest
from trainer import export_card_figures as measured
from trainer.export_evaluations import Evaluations

_SIMULATED = (
    "It has never seen a real patient while it was trained: a program drew heads from an atlas, with disease, other "
    "findings and a scanner's noise, and what it does not draw, the model does not know. Its figures are on "
    "simulated patients too, and say nothing on how well it does on real ones."
)
_LIMITS = (
    "Research use, not for diagnosis. It does not replace a clinician's complete review of the images.",
    "A score is not a probability unless this card names a calibration.",
    "The heatmap (Grad-CAM) shows where the network looked, coarsely; it is no outline of a lesion, and a map at the "
    "edge of the brain points to atrophy rather than to white-matter disease.",
    "Leukoencephalopathy here means diffuse low density of the white matter around the ventricles. Edema, infarcts, "
    "tumors and hemorrhage are not what it was made for, and may raise or hide its score.",
    "Series outside the training range above (slice thickness, spacing, kernel) are scored with a warning.",
    "Children, contrast-enhanced scans and scans with metal were not part of the training unless named below.",
)
_VOLUME_LIMIT = (
    "It looks at the whole stack and says one thing on the patient: each slice carries the patient's score, and the "
    "vote is all slices or none. In depth its heatmap is much coarser than the slices."
)


def card(manifest: Manifest, evaluations: Evaluations) -> str:
    """The card in Markdown: the same manifest and evaluations give the same bytes.

    Parameters
    ----------
    manifest : Manifest
        What the model is and where it comes from.
    evaluations : Evaluations
        What was measured, and the known failures.
    """
    training = manifest.training
    limits = [*_LIMITS, *([_VOLUME_LIMIT] if manifest.layout is Layout.VOLUME else []), *evaluations.notes]
    sections = [
        ("", f"# {manifest.name} {manifest.version}"),
        ("", manifest.intended_use),
        ("", f"**Trained on {training.trained_on}.** {_SIMULATED if training.simulated else ''}".strip()),
        ("## What it does", _table(_properties(manifest))),
        (
            "## Where the weights come from",
            _table([("training run", training.run or "not recorded"), *_readable(training.details)]),
        ),
        ("", measured.precision(evaluations)),
        ("## How good it is", measured.figures(evaluations, manifest.metrics)),
        ("## What shortcuts would reach", measured.probes(evaluations)),
        ("## Where it looks", measured.heat(evaluations)),
        ("## On real scans", measured.scans(evaluations)),
        ("## What it knows", _table(_range(manifest))),
        ("## Limits and known failures", "\n".join(f"- {limit}" for limit in limits)),
        ("## License", f"{manifest.license}; the text is in the file LICENSE beside this card."),
    ]
    return "\n\n".join(part for title, text in sections if text for part in (title, text) if part) + "\n"


def _properties(manifest: Manifest) -> list[tuple[str, str]]:
    rows, columns = manifest.recipe.plane_shape
    looks_at = "each slice by itself" if manifest.layout is Layout.SLICES else "the whole stack at once"
    threshold = f"score at or above {manifest.slice_threshold:.3g}: {manifest.labels[-1]}"
    calibration = manifest.calibration
    return [
        ("network", manifest.architecture),
        ("looks at", f"{looks_at}, {rows} x {columns} px, after the preprocessing {manifest.recipe.id}"),
        ("slice", threshold),
        ("patient", f"positive when more than {manifest.vote_needed} slices are positive"),
        ("operating point", manifest.operating_point or "not chosen on data"),
        (
            "calibration",
            "none: scores are no probabilities"
            if calibration is None
            else f"temperature {calibration.temperature:.3g}, fitted on {calibration.fitted_on}{_only_there(manifest)}",
        ),
        *_by_patient(manifest),
        ("heatmap", "Grad-CAM of the logit at the last feature map, one scale a scan"),
    ]


def _by_patient(manifest: Manifest) -> list[tuple[str, str]]:
    found = manifest.patient_calibration
    if found is None:
        return []
    line = f"logistic of {found.slope:.3g} times the mean of the highest {found.share:.0%} of the logits"
    shift = f"{'plus' if found.offset >= 0 else 'minus'} {abs(found.offset):.3g}"
    where = f"fitted on {found.fitted_on}{_only_there(manifest)}"
    return [("calibration by patient", f"{line}, {shift}; {where}")]


def _only_there(manifest: Manifest) -> str:
    return "; on real scans a score is no probability" if manifest.training.simulated else ""


def _range(manifest: Manifest) -> list[tuple[str, str]]:
    found = manifest.training_range
    return [
        ("slice thickness", _span(found.thickness_mm)),
        ("distance of slices", _span(found.spacing_mm)),
        ("kernels", ", ".join(found.kernels) or "not recorded"),
    ]


def _span(interval: tuple[float, float] | None) -> str:
    return "not recorded" if interval is None else f"{interval[0]:.3g} to {interval[1]:.3g} mm"


def _readable(details: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(name.replace("_", " "), f"{value:,}" if isinstance(value, int) else str(value)) for name, value in details]


def _table(pairs: Sequence[tuple[str, str]]) -> str:
    return "\n".join(("| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in pairs)))
