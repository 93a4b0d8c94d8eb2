"""Evaluations as ``leuko-trainer evaluate`` writes them, of drawn scores and without any network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from trainer.data.cache import PreparedCase
from trainer.data.scores import ScoreTable
from trainer.evaluation.cohort import SCHEMA, Judged, Sampling
from trainer.evaluation.cohort_file import evaluation
from trainer.evaluation.cohort_records import Known
from trainer.evaluation.metrics import sigmoid
from trainer.evaluation.report import patient_scores
from trainer.evaluation.scan_shares import CLASSES
from trainer.simulation.recruit import recruit

PATIENTS = 40


def known_patients(count: int = PATIENTS) -> list[Known]:
    """Recruited, not simulated."""
    records = recruit("paper", patients=count, seed=77)
    return [Known(record, 2.0 + 0.1 * (i % 30), ("SOFT", "H31s")[i % 2], 1.0) for i, record in enumerate(records)]


def judged(known: list[Known], *, seed: int = 1, slices: int = 8) -> Judged:
    """Scores of these patients; the disease adds to a quarter of the slices."""
    chance = np.random.default_rng(seed)
    count = len(known)
    labels = np.array([one.record.positive for one in known], dtype=np.int64)
    logit = chance.normal(-1, 1, (count, slices))
    logit[:, :2] += 3.0 * labels[:, None]
    patient = np.repeat(np.arange(count), slices)
    ids = tuple(one.record.id for one in known)
    table = ScoreTable(ids, patient, np.tile(np.arange(slices), count), labels[patient], logit.ravel())
    scores = sigmoid(table.logit)
    ranked = patient_scores(table, scores)
    return Judged(table, scores, ranked, ranked, table.patient_count(scores >= 0.6) > 0)


def prepared(known: list[Known]) -> list[PreparedCase]:
    """What the cache would know of them."""
    return [
        PreparedCase(one.record.id, int(one.record.positive), "", (8, 4, 4), tuple(range(8)), (), "", thickness_mm=mm)
        for one, mm in zip(known, np.resize([2.5, 4.0, 5.0, 7.0], len(known)).tolist(), strict=True)
    ]


def cohort_evaluation(name: str, model: Mapping[str, Any], *, seed: int = 1) -> dict[str, Any]:
    """A complete one, as it is after its way through a file."""
    known = known_patients()
    about = {"description": "simulated patients", "simulated": True, "cohort_seed": 77, "side": "all"}
    by_id = {one.record.id: one for one in known}
    found = evaluation(
        name,
        model=model,
        about=about,
        judged=judged(known, seed=seed),
        known=(by_id, prepared(known)),
        sampling=Sampling(20),
    )
    share = {"value": 0.7171, "low": 0.6161, "high": 0.8181}
    names = ("energy_inside", "energy_inside_of_painted", "energy_inside_whole_scan", "even_heat_inside")
    heat = {"reach_mm": 10.0, "patients": 9, "slices": 31, **dict.fromkeys((*names, "pointing_game"), share)}
    step = {"randomized": 1.0, "rank_correlation": 0.1212, "structural_similarity": 0.2323}
    tested = {"method": "m", "maps": 24, "most_rank_correlation": 0.5, "most_structural_similarity": 0.5}
    found |= {"heat": heat, "randomization": {**tested, "steps": [step], "passed": True}}
    copied: dict[str, Any] = json.loads(json.dumps(found, allow_nan=False))
    return copied


def scan_evaluation(name: str, model: Mapping[str, Any]) -> dict[str, Any]:
    """A single scan with its robustness."""
    heat = {kind: round(0.1 + 0.0123 * i, 4) for i, kind in enumerate(CLASSES)}
    told = {"patient_logit": 1.2345, "positive_slices": 7, "scored_slices": 28, "positive": True}
    spread = {"patient_logit": [1.1111, 1.2345], "positive_slices": [6, 8], "same_verdict": True}
    return {
        "schema": SCHEMA,
        "name": name,
        "model": dict(model),
        "scan": {
            "vote": {"positive": 7, "scored": 28, "needed": 3, "verdict": True},
            "slices": [],
            "heat": heat,
            "diseased": {"slices": [17, 23], "mean_logit": 2.3456, "mean_logit_of_others": -1.4567, "heat": heat},
        },
        "robustness": {
            "unchanged": told,
            "changed": [{"change": "turned", **told, "largest_move": 0.3333}],
            "spread": {**spread, "largest_move_of_a_slice": 0.3333},
        },
    }
