"""Parts of a cohort, their figures, and false alarms."""

from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.evaluation.evaluations import judged, known_patients
from trainer.evaluation import metrics
from trainer.evaluation.cohort import Sampling
from trainer.evaluation.subgroups import false_alarms, groups, share, table

KNOWN = known_patients(120)
JUDGED = judged(KNOWN)
THICKNESS = np.resize([2.5, 3.0, 5.0, 7.0], len(KNOWN)).tolist()


def test_every_way_to_divide_holds_each_patient_once() -> None:
    found = groups(KNOWN, THICKNESS)
    for by in ("atrophy", "thickness", "kernel", "noise"):
        count = sum(group.members.astype(int) for group in found if group.by == by)
        assert (count == 1).all(), by
    names = {group.name for group in found}
    assert {"up to 3 mm", "above 3 to 5 mm", "above 5 mm", "with atrophy", "SOFT", "H31s", "old infarct"} <= names


def test_a_grade_is_held_against_all_without_the_disease() -> None:
    grades = np.array([one.record.grade for one in KNOWN])
    rows = {row["name"]: row for row in table(JUDGED, groups(KNOWN, THICKNESS), Sampling(20))}
    for grade in (1, 2, 3):
        row = rows[f"grade {grade} against none"]
        assert (row["positive"], row["negative"]) == ((grades == grade).sum(), (grades == 0).sum())
        chosen = (grades == grade) | (grades == 0)
        expected = metrics.auc((grades[chosen] > 0).astype(np.int64), JUDGED.patient[chosen])
        assert row["auc"]["value"] == pytest.approx(expected, abs=1e-6)


def test_parts_without_anybody_are_left_out_and_one_sided_ones_have_no_auc() -> None:
    healthy = [one for one in KNOWN if not one.record.positive]
    rows = table(judged(healthy), groups(healthy, [2.0] * len(healthy)), Sampling(5))
    assert all(row["positive"] + row["negative"] > 0 for row in rows)
    assert {row["name"] for row in rows if row["by"] == "thickness"} == {"up to 3 mm"}
    assert all(row["auc"]["value"] is None and row["sensitivity"]["patients"] == 0 for row in rows)


def test_false_alarms_count_only_patients_without_the_disease() -> None:
    found = false_alarms(JUDGED, KNOWN)
    healthy = JUDGED.labels == 0
    assert set(found) == {"all", "atrophy", "infarct", "hemorrhage", "heavy noise"}
    assert found["all"]["patients"] == healthy.sum()
    assert found["all"]["called"] == JUDGED.calls[healthy].sum()
    infarct = np.array([bool({"old_infarct", "acute_infarct"} & set(one.record.distractors)) for one in KNOWN])
    assert found["infarct"]["patients"] == (infarct & healthy).sum()
    noise = np.array([one.noise_hu for one in KNOWN])
    assert noise[noise > np.quantile(noise, 2 / 3)].min() > 3.5


@pytest.mark.parametrize(
    # Wilson's interval, e.g. Newcombe 1998, table I.
    ("called", "count", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_share_is_the_published_one(called: int, count: int, low: float, high: float) -> None:
    found = share(np.arange(count) < called)
    assert found["value"] == pytest.approx(called / count, abs=1e-6)
    assert (found["low"], found["high"]) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


def test_a_share_of_nobody_is_not_defined() -> None:
    assert share(np.zeros(0, bool)) == {"value": None, "low": None, "high": None, "called": 0, "patients": 0}
