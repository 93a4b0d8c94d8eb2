"""The measured part of a model card: tables and sentences from saved evaluations, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from leukoviewer.packages.provenance import Metric
from trainer.evaluation.probes import SCHEMA as PROBES
from trainer.export_evaluations import PRECISION, Evaluations

Found = Mapping[str, Any]
_COHORT_FIGURES = {
    "auc": "AUC",
    "average_precision": "average precision",
    "sensitivity": "sensitivity",
    "specificity": "specificity",
    "accuracy": "accuracy",
    "brier": "Brier score",
    "calibration_error": "expected calibration error",
}


def figures(evaluations: Evaluations, metrics: Sequence[Metric]) -> str:
    """How good the model is: by cohort where it was evaluated, else what its run measured."""
    if not evaluations.cohorts:
        return _of_run(metrics)
    parts = [_cohorts(evaluations.cohorts), _calibration(evaluations.cohorts)]
    parts += [_subgroups(one) for one in evaluations.cohorts if one.get("subgroups")]
    parts.append(_false_alarms(evaluations.cohorts))
    return "\n\n".join(part for part in parts if part)


def heat(evaluations: Evaluations) -> str:
    """What heatmaps were seen to do; empty when nobody looked."""
    parts = [_energy(one) for one in evaluations.cohorts if "heat" in one]
    parts += [_randomized(one) for one in evaluations.cohorts if "randomization" in one]
    return "\n\n".join(parts)


def scans(evaluations: Evaluations) -> str:
    """What the model said of single real scans; empty when it was shown none."""
    return "\n\n".join(_scan(one) for one in evaluations.scans)


def probes(evaluations: Evaluations) -> str:
    """What shortcuts alone would score; empty when they were not measured."""
    found = evaluations.one(PROBES)
    if found is None:
        return ""
    rows = [(p["name"], p["what"], str(p["patients"]), with_interval(p, key="auc")) for p in found["probes"]]
    text = "What simple classifiers reach that see nothing of the white matter; a model should be clearly above them."
    return f"{text}\n\n{table(('probe', 'sees', 'patients', 'AUC'), rows)}"


def precision(evaluations: Evaluations) -> str:
    """What storing the weights in fewer bits costs; empty when it was not measured."""
    found = evaluations.one(PRECISION)
    if found is None:
        return ""
    return (
        f"The weights are stored as {found['stored']}. On {found['patients']} patients of the run's test side the "
        f"patient AUC is {number(found['auc_stored'])}, with the float32 weights {number(found['auc_float32'])} (loss "
        f"{number(found['auc_loss'])}); a slice's logit moves by at most {number(found['largest_logit_difference'])}."
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def number(value: float | None) -> str:
    """Three decimals."""
    return "not defined" if value is None else f"{value:.3f}"


def with_interval(found: Found, *, key: str = "value") -> str:
    """A figure with its 95 % interval."""
    if found[key] is None:
        return "not defined"
    if found["low"] is None or found["high"] is None:
        return number(found[key])
    return f"{number(found[key])} ({number(found['low'])} to {number(found['high'])})"


def _of_run(metrics: Sequence[Metric]) -> str:
    if not metrics:
        return "It was not measured on held-out data: its scores mean nothing yet."
    rows = [(m.name, m.by, m.split, str(m.count), number(m.value), _range(m.interval)) for m in metrics]
    return table(("figure", "by", "data", "patients", "value", "95 % interval"), rows)


def _range(interval: tuple[float, float] | None) -> str:
    return "not computed" if interval is None else f"{number(interval[0])} to {number(interval[1])}"


def _cohorts(cohorts: Sequence[Found]) -> str:
    rows = []
    for by in ("patient", "slice"):
        for key, title in _COHORT_FIGURES.items():
            cells = [with_interval(c["figures"][by][key]) if key in c["figures"][by] else "" for c in cohorts]
            if any(cells):
                rows.append((title, by, *cells))
    told = "; ".join(_about(one) for one in cohorts)
    text = f"With 95 % intervals (bootstrap over patients). By slice every slice carries its patient's label. {told}."
    return f"{text}\n\n{table(('figure', 'by', *(c['name'] for c in cohorts)), rows)}"


def _about(one: Found) -> str:
    cohort = one["cohort"]
    made = ""
    if "cohort_seed" in cohort:
        made = f", seed {cohort['cohort_seed']}, simulator {cohort.get('cohort_simulator_version', 'unknown')}"
    side = "the test side" if cohort["side"] == "test" else "all patients, none of them trained on"
    return f"`{one['name']}`: {one['patients']} {cohort['description']}, {one['positive']} positive ({side}{made})"


def _calibration(cohorts: Sequence[Found]) -> str:
    rows = []
    for one in cohorts:
        for by, found in one["figures"]["calibration"].items():
            cells = [number(found[key]) if key in found else "" for key in ("before", "after", "by_chance")]
            rows.append((one["name"], by, *cells))
    head = ("cohort", "by", "before calibration", "after", "perfect scores, by chance")
    return f"Expected calibration error:\n\n{table(head, rows)}"


def _subgroups(one: Found) -> str:
    rows = [
        (
            row["by"],
            row["name"],
            f"{row['positive']} / {row['negative']}",
            with_interval(row["auc"]),
            with_interval(row["sensitivity"]),
            with_interval(row["false_positive_rate"]),
        )
        for row in one["subgroups"]
    ]
    head = ("by", "part", "with / without the disease", "AUC", "sensitivity", "false-positive rate")
    return f"Parts of `{one['name']}`:\n\n{table(head, rows)}"


def _false_alarms(cohorts: Sequence[Found]) -> str:
    told = [one for one in cohorts if "false_positive_rate" in one]
    if not told:
        return ""
    rows = [
        (one["name"], name, f"{found['called']} of {found['patients']}", with_interval(found))
        for one in told
        for name, found in one["false_positive_rate"].items()
    ]
    text = "How often patients without the disease are called positive, by what they have instead:"
    return f"{text}\n\n{table(('cohort', 'patients with', 'called', 'false-positive rate'), rows)}"


def _energy(one: Found) -> str:
    found = one["heat"]
    reach = f"{found['reach_mm']:g}"
    return (
        f"On `{one['name']}`, in {found['slices']} slices of {found['patients']} patients that show the disease and "
        f"are called: {with_interval(found['energy_inside'])} of the heat lies in the lesions or within {reach} mm "
        f"of them ({with_interval(found['energy_inside_of_painted'])} of what the viewer paints; over all slices of "
        f"these patients {with_interval(found['energy_inside_whole_scan'])}; heat spread evenly over the head would "
        f"have {with_interval(found['even_heat_inside'])}). The hottest point lies there in "
        f"{with_interval(found['pointing_game'])} of the slices."
    )


def _randomized(one: Found) -> str:
    found = one["randomization"]
    last = found["steps"][-1]
    verdict = "passed" if found["passed"] else "FAILED: the heatmaps do not depend enough on what was learned"
    return (
        f"Weight randomization ({found['method']}) on {found['maps']} slices of `{one['name']}`: with all weights "
        f"random the rank correlation with the trained heatmaps is {number(last['rank_correlation'])} and the "
        f"structural similarity {number(last['structural_similarity'])} (allowed {found['most_rank_correlation']:g} "
        f"and {found['most_structural_similarity']:g}): {verdict}."
    )


def _scan(one: Found) -> str:
    found = one["scan"]
    vote = found["vote"]
    verdict = "positive" if vote["verdict"] else "negative"
    lines = [
        f"`{one['name']}`: {vote['positive']} of {vote['scored']} slices positive, more than {vote['needed']} needed: "
        f"{verdict}."
    ]
    sides = {"all slices": found["heat"]}
    if "diseased" in found:
        part = found["diseased"]
        first, last = part["slices"]
        lines.append(
            f"Mean logit of slices {first} to {last}: {number(part['mean_logit'])}, of the others "
            f"{number(part['mean_logit_of_others'])}."
        )
        sides[f"slices {first} to {last}"] = part["heat"]
    rows = [(name, *(number(heat[name]) for heat in sides.values())) for name in found["heat"]]
    text = f"{' '.join(lines)} Share of the heat by what lies under it, told by the picture alone:"
    parts = [f"{text}\n\n{table(('under it', *sides), rows)}"]
    if "robustness" in one:
        parts.append(_spread(one["robustness"]))
    return "\n\n".join(parts)


def _spread(found: Found) -> str:
    spread = found["spread"]
    low, high = spread["patient_logit"]
    fewest, most = spread["positive_slices"]
    kept = "the verdict stays the same" if spread["same_verdict"] else "the VERDICT CHANGES"
    rows = [
        (row["change"], number(row["patient_logit"]), str(row["positive_slices"]), number(row["largest_move"]))
        for row in ({"change": "none", "largest_move": 0.0, **found["unchanged"]}, *found["changed"])
    ]
    text = (
        f"Changed in ways that mean nothing, the patient's logit lies between {number(low)} and {number(high)} and "
        f"{fewest} to {most} slices are positive; {kept}:"
    )
    return f"{text}\n\n{table(('change', 'logit of the patient', 'positive slices', 'largest move of a slice'), rows)}"
