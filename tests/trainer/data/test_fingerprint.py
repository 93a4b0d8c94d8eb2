"""The fingerprint of a data set."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from leukoviewer.core.progress import finish
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.trainer.phantom_cohort import write_cohort, write_patient
from trainer.data.cache import CacheContent, fill
from trainer.data.cases import CaseSet
from trainer.data.fingerprint import find_shared, fingerprint, refused
from trainer.data.fingerprint_text import as_markdown, as_text, tables, write_lists
from trainer.data.sources import simulated

Prepared = tuple[CaseSet, list[CacheContent]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Four patients; a fifth of thick slices and another kernel, a copy of the first, one without brain or report."""
    root = write_cohort(tmp_path_factory.mktemp("fingerprint"), patients=4)
    patients = root / "patients"
    write_patient(patients, 5, label=1, kernel="H60s", step_mm=7.0, thickness_mm=7.0, patient_age="095Y")
    shutil.copytree(patients / "1000", patients / "1100")
    (patients / "1100" / "1000.json").rename(patients / "1100" / "1100.json")
    write_patient(patients, 7, label=0, brain=False)
    (write_patient(patients, 8, label=0) / "1008.json").unlink()
    found = simulated.read_cases(root)
    recipes = (BUILTIN["leuko-a"], BUILTIN["leuko-c"])
    return found, [finish(fill(found.cases, recipe, root / "cache")) for recipe in recipes]


@pytest.fixture(scope="module")
def described(prepared: Prepared) -> dict[str, Any]:
    return fingerprint(*prepared)


def test_patients_are_counted_once_for_all_recipes(described: dict[str, Any]) -> None:
    assert described["patients"] == {
        "found": 8,
        "usable": 6,
        "persons": 5,
        "positive": 3,
        "prevalence": 0.5,
        "left_out": 2,
        "with_unreadable_slices": 0,
    }
    assert [one["scored_slices"] for one in described["recipes"]] == [6 + 7 + 8 + 9 + 11 + 6] * 2
    assert described["simulated"] is True


def test_numbers_are_given_for_all_and_by_label(described: dict[str, Any]) -> None:
    slices = described["numbers"]["slices"]
    assert (slices["known"], slices["min"], slices["max"], slices["median"]) == (6, 6, 11, 7.5)
    assert (slices["median_with"], slices["median_without"]) == (9, 6)
    assert described["numbers"]["thickness_mm"]["max"] == 7
    assert described["numbers"]["age_years"]["max"] == 90, "the very old are not told apart"
    assert described["hu"]["tissue_hu"]["percentiles"] == [1, 5, 25, 50, 75, 95, 99]


def test_categories_say_how_many_are_ill(described: dict[str, Any]) -> None:
    assert described["categories"]["kernel"] == [
        {"value": "H30s", "patients": 5, "positive": 2},
        {"value": "H60s", "patients": 1, "positive": 1},
    ]
    assert {one["value"] for one in described["categories"]["matrix"]} == {f"48 x {48 + i}" for i in (0, 1, 2, 3, 5)}
    assert described["categories"]["manufacturer"] == [{"value": "Phantom Works", "patients": 6, "positive": 3}]


def test_a_copy_is_found_by_everything_that_it_shares(prepared: Prepared, described: dict[str, Any]) -> None:
    pairs = find_shared(prepared[1][0].cases)
    assert {(pair.case_id, pair.other_id) for pair in pairs} == {("1000", "1100")}
    assert {pair.kind: pair.count for pair in pairs} == {
        "patient": 1,
        "study": 1,
        "series": 1,
        "instance": 6,
        "pixels": 6,
    }
    assert {one["kind"] for one in described["shared"]} == {pair.kind for pair in pairs}
    assert all(one["patients"] == 2 and one["unlike_labels"] == 0 for one in described["shared"])


def test_refusals_stand_with_their_reasons(prepared: Prepared, described: dict[str, Any]) -> None:
    reasons = {one["reason"]: one["patients"] for one in described["left_out"]}
    assert sorted(reasons.values()) == [1, 1]
    assert any("brain" in reason for reason in reasons)
    assert any("<id>.json is missing" in reason for reason in reasons)
    assert [case_id for case_id, _ in refused(prepared[1])] == ["1007"]


def test_it_names_nobody_in_any_form(described: dict[str, Any]) -> None:
    shown = tables(described)
    for text in (json.dumps(described, allow_nan=False), as_text(shown), as_markdown(shown, title="Data")):
        for told in ("1100", "1007", "Phantom^Head", '"P0"', "examination"):
            assert told not in text


def test_the_text_is_aligned_and_says_everything(described: dict[str, Any]) -> None:
    text = as_text(tables(described))
    for words in (
        "Folders found",
        "3 / 3 (50.0% with)",
        "H60s",
        "48 x 53",
        "the same pictures by their pixels",
        "brain",
    ):
        assert words in text
    lines = text[text.index("Kernel") :].splitlines()[1:4]
    assert len({len(line) for line in lines}) == 1
    assert max(len(line) for line in text.splitlines()) <= 140


def test_markdown_holds_a_table_of_each(described: dict[str, Any]) -> None:
    page = as_markdown(tables(described), title="Fingerprint of the data")
    assert page.startswith("# Fingerprint of the data\n\n## Patients\n\n")
    for title in ("Geometry and acquisition", "Kernel", "Shared between folders", "Left out"):
        block = page[page.index(f"## {title}") :].splitlines()[2:]
        rows = [*block, ""][: [*block, ""].index("")]
        assert len({row.count("|") for row in rows}) == 1
        assert len(rows) >= 3


def test_the_lists_name_the_cases_for_whoever_repairs_the_data(prepared: Prepared, tmp_path: Path) -> None:
    found, contents = prepared
    write_lists(tmp_path, left_out=(*found.unusable, *refused(contents)), shared=find_shared(contents[0].cases))
    left_out = list(csv.DictReader((tmp_path / "left_out.csv").read_text().splitlines()))
    assert {row["case"] for row in left_out} == {"1007", "1008"}
    shared = list(csv.DictReader((tmp_path / "shared.csv").read_text().splitlines()))
    assert {row["kind"]: row["marks"] for row in shared}["pixels"] == "6"
