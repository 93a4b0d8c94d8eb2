"""Result files: what they hold, what they leave out, and that they keep to their schema."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, Verdict, WarningCode
from leukoviewer.display import report
from leukoviewer.display.report import Stamp
from tests.display import scene

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
STAMP = Stamp("0.1.0", NOW)


@pytest.fixture
def check(repository: Path) -> Callable[[report.Json], dict[str, Any]]:
    """Hold a record against the schema file and give it back as a reader of the file sees it."""
    schema = json.loads((repository / "resources" / "schemas" / "result-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)

    def read_back(record: report.Json) -> dict[str, Any]:
        again: dict[str, Any] = json.loads(json.dumps(record, allow_nan=False))
        jsonschema.Draft202012Validator(schema).validate(again)
        return again

    return read_back


Check = Callable[[report.Json], dict[str, Any]]


def test_a_scored_series_tells_every_native_slice(check: Check) -> None:
    volume = scene.volume()
    record = check(report.scored(scene.analysis(volume), volume, stamp=STAMP))
    assert record["schema"] == "leukoviewer.result/1"
    assert record["status"] == "scored"
    assert [row["index"] for row in record["scores"]] == [0, 1, 2, 3]
    assert [row["score"] for row in record["scores"]] == [0, 0.25, 0.5, 0.75]
    assert [row["positive"] for row in record["scores"]] == [False, False, True, True]
    assert [row["position_mm"] for row in record["scores"]] == [100, 95, 90, 85]
    assert [row["sop_instance_uid"] for row in record["scores"]] == ["1.2.3.0", "1.2.3.1", "1.2.3.2", "1.2.3.3"]
    assert record["unscored_slices"] == []


def test_it_names_the_series_its_geometry_and_the_warnings(check: Check) -> None:
    volume = scene.volume()
    record = check(report.scored(scene.analysis(volume), volume, stamp=STAMP))
    assert record["series"]["series_uid"] == "1.2.3"
    assert (record["series"]["rows"], record["series"]["columns"], record["series"]["slices"]) == (16, 24, 4)
    assert record["series"]["pixel_spacing_mm"] == [0.5, 0.5]
    assert record["geometry"] == {
        "verdict": "volume_with_warnings",
        "reason": "",
        "tilt_deg": 18.5,
        "spacing_mm": 5.0,
        "steps_mm": [5.0, 5.0, 5.0],
        "thicknesses_mm": [5.0],
    }
    assert record["warnings"] == [
        {"code": "tilt", "message": "The gantry is tilted by 18.5 degrees.", "slices": []},
    ]


def test_it_names_the_model_and_how_it_was_run(check: Check) -> None:
    volume = scene.volume()
    result = replace(
        scene.analysis(volume),
        warnings=(SeriesWarning(WarningCode.OUTSIDE_TRAINING_RANGE, "Thicker than in training.", (1, 2)),),
    )
    record = check(report.scored(result, volume, stamp=STAMP))
    assert record["package"]["id"] == "leuko-tiny-1.2"
    assert record["package"]["sha256"] == "ab" * 32
    assert record["package"]["training_run"] == "run-7"
    assert record["simulated"] is True
    assert record["engine"] == {"name": "onnxruntime", "device": "cpu"}
    assert record["recipe"] == {"id": "leuko-a", "digest": "cd" * 32}
    assert record["timings_s"] == {"stack": 0.25, "engine": 0.5}
    assert record["heatmap"] == {"method": "gradcam", "scale": 3.0, "cells": [2, 3], "cell_mm": [4.0, 4.0]}
    assert record["model_warnings"][0]["code"] == "outside_training_range"
    assert record["model_warnings"][0]["slices"] == [1, 2]
    assert record["software"] == {"name": "LeukoViewer", "version": "0.1.0"}
    assert "not for diagnosis" in record["disclaimer"]


def test_the_vote_is_the_packages_own_or_the_one_moved_by_hand(check: Check) -> None:
    volume = scene.volume()
    result = scene.analysis(volume)
    own = check(report.scored(result, volume, stamp=STAMP))
    assert own["vote"] == {
        "scored": 4,
        "positive": 2,
        "slice_threshold": 0.5,
        "needed": 0,
        "is_positive": True,
        "sentence": "2 of 4 slices positive, more than 0 needed: positive",
    }
    moved = check(report.scored(result, volume, stamp=STAMP, vote=result.vote(slice_threshold=0.7, needed=3)))
    assert (moved["vote"]["positive"], moved["vote"]["is_positive"]) == (1, False)
    assert [row["positive"] for row in moved["scores"]] == [False, False, False, True]


def test_slices_the_model_did_not_see_are_named_and_not_scored(check: Check) -> None:
    volume = scene.volume()
    record = check(report.scored(scene.analysis(volume, {0: 0.1, 2: 0.9}), volume, stamp=STAMP))
    assert [row["index"] for row in record["scores"]] == [0, 2]
    assert record["unscored_slices"] == [1, 3]


def test_the_slices_of_a_slab_share_its_score_and_vote_once(check: Check) -> None:
    volume = scene.volume()
    record = check(report.scored(scene.with_slab(scene.analysis(volume)), volume, stamp=STAMP))
    assert [(row["index"], row["stack_index"], row["score"]) for row in record["scores"]] == [
        (0, 0, 0.25),
        (1, 0, 0.25),
        (2, 1, 0.75),
        (3, 1, 0.75),
    ]
    assert (record["vote"]["scored"], record["vote"]["positive"]) == (2, 1)


def test_the_result_of_another_series_is_refused() -> None:
    volume = scene.volume()
    with pytest.raises(ValueError, match="another series"):
        report.scored(replace(scene.analysis(volume), series_key="9.9"), volume, stamp=STAMP)
    with pytest.raises(ValueError, match="another series"):
        report.scored(scene.analysis(scene.volume(3)), volume, stamp=STAMP)


def test_nothing_of_the_patient_is_in_the_file_unless_asked_for(check: Check) -> None:
    volume = scene.volume()
    record = report.scored(scene.analysis(volume), volume, stamp=STAMP)
    assert "patient" not in check(record)
    for secret in (scene.SECRET, "19500102", "20240131"):
        assert secret not in json.dumps(record)
    asked = check(report.scored(scene.analysis(volume), volume, stamp=replace(STAMP, with_patient=True)))
    assert asked["patient"] == {
        "name": "Sekret^Jane",
        "id": "Sekret-77",
        "birth_date": "19500102",
        "sex": "F",
        "age_years": 71.4,
        "study_date": "20240131",
    }


def test_the_time_is_written_in_utc(check: Check) -> None:
    volume = scene.volume()
    there = NOW.astimezone(timezone(timedelta(hours=9)))
    record = check(report.scored(scene.analysis(volume), volume, stamp=Stamp("1", there)))
    assert record["created"] == "2026-03-04T05:06:07+00:00"


def test_a_refusal_holds_the_reason_and_no_scores(check: Check) -> None:
    record = check(report.refused(scene.series(), "No brain tissue is in this series.", stamp=STAMP))
    assert record["status"] == "refused"
    assert record["refusal"] == {"reason": "No brain tissue is in this series."}
    assert record["scores"] == []
    assert record["unscored_slices"] == [0, 1, 2, 3]
    assert (record["vote"], record["heatmap"], record["package"]) == (None, None, None)
    assert record["warnings"][0]["code"] == "tilt"
    assert scene.SECRET not in json.dumps(record)


def test_a_refusal_names_the_model_that_was_asked_for(check: Check) -> None:
    broken = SeriesWarning(WarningCode.BROKEN_SLICES, "2 slices could not be read.", (0, 1))
    record = check(report.refused(scene.series(), "No brain.", stamp=STAMP, package=scene.PACKAGE, warnings=(broken,)))
    assert record["package"]["id"] == "leuko-tiny-1.2"
    assert [warning["code"] for warning in record["warnings"]] == ["broken_slices"]


def test_a_refused_series_without_geometry_keeps_to_the_schema(check: Check) -> None:
    series = scene.series(1)
    bare = replace(
        series,
        slices=(replace(series.slices[0], plane=None),),
        report=GeometryReport(Verdict.REFUSED, "Positions are missing."),
        series_number=None,
    )
    record = check(report.refused(bare, "Positions are missing.", stamp=STAMP))
    assert record["series"]["pixel_spacing_mm"] is None
    assert record["geometry"]["spacing_mm"] is None


def test_a_refusal_without_a_reason_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="needs its reason"):
        report.refused(scene.series(), "", stamp=STAMP)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("status", "fine"),
        ("schema", "leukoviewer.result/2"),
        ("vote", None),
        ("refusal", {"reason": "both"}),
        ("scores", [{"index": 0}]),
        ("extra", 1),
    ],
)
def test_the_schema_refuses_a_file_that_is_not_one(check: Check, place: str, value: object) -> None:
    volume = scene.volume()
    record = report.scored(scene.analysis(volume), volume, stamp=STAMP)
    with pytest.raises(jsonschema.ValidationError):
        check({**record, place: value})


def test_the_csv_has_one_row_a_scored_native_slice_superior_first() -> None:
    volume = scene.volume()
    result = scene.analysis(volume, {0: 0.1, 2: 0.9})
    text = report.scores_csv(report.score_rows(result, volume.series))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.splitlines()[0] == "index,position_mm,SOPInstanceUID,logit,score,positive"
    assert [(row["index"], row["position_mm"], row["SOPInstanceUID"], row["positive"]) for row in rows] == [
        ("0", "100", "1.2.3.0", "false"),
        ("2", "90", "1.2.3.2", "true"),
    ]
    assert [float(row["score"]) for row in rows] == [0.1, 0.9]
    assert float(rows[1]["logit"]) == pytest.approx(2.197, abs=1e-3)


def test_the_csv_follows_a_moved_threshold_and_knows_no_position_without_geometry() -> None:
    volume = scene.volume()
    bare = replace(volume.series, slices=tuple(replace(s, plane=None) for s in volume.series.slices))
    rows = report.score_rows(scene.analysis(volume), bare, threshold=0.2)
    assert [row[5] for row in rows] == ["false", "true", "true", "true"]
    assert [row[1] for row in rows] == ["", "", "", ""]
