"""The figures of the recruit table: a cohort as planned lies inside, a bent one does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from trainer.simulation.recruit import PatientRecord, recruit
from trainer.simulation.report.figures import OUTSIDE, Figure
from trainer.simulation.report.patients import CohortFolder, Described
from trainer.simulation.report.table_figures import PARTS


def _folder(cohort: str, records: tuple[PatientRecord, ...]) -> CohortFolder:
    described = tuple(Described(r, 30, 0.0, r.lesion_ml) for r in records)
    return CohortFolder(Path("none"), {"cohort": cohort, "format": "dicom"}, records, described)


def _figures(folder: CohortFolder) -> dict[str, Figure]:
    return {figure.key: figure for part in PARTS for figure in part(folder)}


@pytest.fixture(scope="module")
def paper() -> tuple[PatientRecord, ...]:
    return recruit("paper", patients=1244, seed=4)


def test_the_papers_cohort_lies_inside_every_range(paper: tuple[PatientRecord, ...]) -> None:
    figures = _figures(_folder("paper", paper))
    assert [f.key for f in figures.values() if f.verdict == OUTSIDE] == []
    assert {"prevalence", "grade_1", "atrophy_with", "women", "finding_lacunes", "protocol_mixed_4_7"} <= set(figures)


@pytest.mark.parametrize(
    ("changes", "outside"),
    [
        ({"atrophy": 0.8}, {"atrophy_with", "atrophy_without"}),
        ({"sex": "M"}, {"women"}),
        ({"distractors": ()}, {"finding_calcified_pineal", "finding_lacunes", "finding_motion"}),
        ({"protocol": "thick_5"}, {"protocol_thick_5", "protocol_mixed_4_7"}),
        ({"age": 50}, {"age_with", "age_without"}),
        ({"grade": 0, "lesion_ml": 0.0}, {"prevalence"}),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_bent_cohort_lies_outside_where_it_is_bent(
    paper: tuple[PatientRecord, ...], changes: dict[str, object], outside: set[str]
) -> None:
    bent = tuple(replace(r, **changes) for r in paper)
    found = {f.key for f in _figures(_folder("paper", bent)).values() if f.verdict == OUTSIDE}
    assert outside <= found


def test_volumes_that_miss_what_was_asked_are_told(paper: tuple[PatientRecord, ...]) -> None:
    folder = _folder("paper", paper)
    shrunk = tuple(replace(d, lesion_ml=d.lesion_ml / 2) for d in folder.finished)
    figures = _figures(replace(folder, finished=shrunk))
    assert figures["lesion_reached"].verdict == OUTSIDE
    assert figures["lesion_ml_2"].verdict == OUTSIDE
