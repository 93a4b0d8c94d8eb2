"""The files of an evaluation: ``<name>.json`` with every figure, and the scores that they were computed from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic
from leukoviewer.errors import UsageError
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.dataset import SliceTable, StackFiles
from trainer.evaluation.cohort import SCHEMA, Judged, Sampling, figures
from trainer.evaluation.cohort_records import Known
from trainer.evaluation.heat_share import SliceHeat
from trainer.evaluation.subgroups import false_alarms, groups, table

# Slices of the randomization test, each of another patient.
_SLICES = 24


def evaluation(
    name: str,
    *,
    model: Mapping[str, Any],
    about: Mapping[str, Any],
    judged: Judged,
    known: tuple[Mapping[str, Known], Sequence[PreparedCase]],
    sampling: Sampling,
) -> dict[str, Any]:
    """The content of the JSON file; parts of the cohort only where its patients are known.

    Parameters
    ----------
    name : str
        Of the evaluation: ``paper``, ``external``, ...
    model, about : mapping
        The model and the cohort.
    judged : Judged
        Its scores.
    known : (mapping, sequence of PreparedCase)
        What is known of the patients by id, and how they were prepared.
    sampling : Sampling
        Of the intervals.
    """
    records, prepared = known
    labels = judged.labels
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "name": name,
        "model": dict(model),
        "cohort": dict(about),
        "patients": len(labels),
        "positive": int(labels.sum()),
        "slices": len(judged.table.logit),
        "patient_score": "mean of the highest quarter of the patient's slice scores; calls are made by the vote",
        "figures": figures(judged, sampling),
    }
    if records:
        by_id = {case.case_id: case for case in prepared}
        ordered = [records[patient] for patient in judged.table.patients]
        thickness = [by_id[patient].thickness_mm for patient in judged.table.patients]
        found["subgroups"] = table(judged, groups(ordered, thickness), sampling)
        found["false_positive_rate"] = false_alarms(judged, ordered)
    return found


def write_tables(folder: Path, name: str, judged: Judged, known: Mapping[str, Known]) -> None:
    """Write ``<name>-scores.csv`` (a row a slice) and ``<name>-patients.csv`` (a row a patient, with what is known)."""
    judged.table.write(folder / f"{name}-scores.csv")
    rows = []
    for index, patient in enumerate(judged.table.patients):
        one = known.get(patient)
        row: dict[str, Any] = {
            "patient": patient,
            "label": int(judged.labels[index]),
            "score": f"{judged.patient[index]:.6f}",
            "probability": f"{judged.probability[index]:.6f}",
            "called": int(judged.calls[index]),
        }
        if one is not None:
            row |= {
                "grade": one.record.grade,
                "lesion_ml": one.lesion_ml,
                "atrophy": one.record.atrophy,
                "findings": ";".join(one.record.distractors),
                "protocol": one.record.protocol,
                "kernel": one.kernel,
                "noise_hu": one.noise_hu,
            }
        rows.append(row)
    _write_csv(folder / f"{name}-patients.csv", rows)


def write_heat(folder: Path, name: str, rows: Sequence[SliceHeat]) -> None:
    """Write ``<name>-heat.csv``: a row a scored slice of the patients whose heatmaps were looked at."""
    _write_csv(folder / f"{name}-heat.csv", [asdict(row) for row in rows])


def surest_slices(package: Package, judged: Judged, content: CacheContent) -> NDArray[np.float32]:
    """The highest slice of each of the surest true positives; for a model of volumes the surest one's stack.

    Raises
    ------
    UsageError
        The model calls none of the patients with the disease.
    """
    order = [i for i in np.argsort(-judged.patient) if judged.labels[i] and judged.calls[i]]
    if not order:
        raise UsageError("The model finds none of the patients with the disease; its heatmaps cannot be tested.")
    by_id = {case.case_id: case for case in content.cases}
    cases = tuple(by_id[patient] for patient in judged.table.patients)
    files = StackFiles(content, SliceTable.of(cases))
    if package.manifest.layout is Layout.VOLUME:
        surest: NDArray[np.float32] = files.stacks(np.array(order[:1], dtype=np.int64))[0]
        return surest
    highest = []
    for patient in order[:_SLICES]:
        rows = np.flatnonzero(judged.table.patient == patient)
        highest.append(rows[int(np.argmax(judged.table.logit[rows]))])
    return files.slices(np.array(highest, dtype=np.int64))


def _write_csv(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    atomic.write_text(path, text.getvalue())
