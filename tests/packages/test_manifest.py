from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from leukoviewer.errors import PackageError, RecipeError
from leukoviewer.packages.manifest import PACKAGE_FILES, FileEntry, Layout, Manifest
from leukoviewer.packages.provenance import PatientCalibration
from leukoviewer.preprocessing.intensity import Rescale
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.spatial import Resize


def test_the_json_form_gives_the_manifest_back(manifest: Manifest) -> None:
    data = json.loads(json.dumps(manifest.to_json()))
    assert Manifest.from_json(data, "The model x") == manifest


def test_a_manifest_without_calibration_keeps_none(make_manifest: Callable[..., Manifest]) -> None:
    bare = make_manifest(calibration=None, metrics=())
    assert Manifest.from_json(bare.to_json(), "The model x") == bare


def test_a_calibration_by_patient_and_evaluations_are_read_back(make_manifest: Callable[..., Manifest]) -> None:
    entries = {name: FileEntry("0" * 64, 1) for name in (*PACKAGE_FILES, "evaluations/paper.json")}
    found = make_manifest(patient_calibration=PatientCalibration(2.0, -1.0, 0.25, "validation patients"), files=entries)
    assert Manifest.from_json(json.loads(json.dumps(found.to_json())), "The model x") == found


def test_without_them_the_json_form_is_what_it_was_before_they_existed(manifest: Manifest) -> None:
    assert "patient_calibration" not in manifest.to_json()


def test_the_id_is_name_and_version(manifest: Manifest) -> None:
    assert manifest.id == "leuko-small-1.2"
    assert manifest.channels == 3


def _change(value: object, *path: str) -> Callable[[dict[str, Any]], None]:
    """Put a value into nested objects; None takes the field away."""

    def change(data: dict[str, Any]) -> None:
        for parent in path[:-1]:
            data = data[parent]
        if value is None:
            del data[path[-1]]
        else:
            data[path[-1]] = value

    return change


def _with_many_evaluations(data: dict[str, Any]) -> None:
    data["files"] |= {f"evaluations/n{i}.json": {"sha256": "0" * 64, "size": 1} for i in range(17)}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_change("leukoviewer.package/2", "schema"), "schema is not leukoviewer.package/1"),
        (_change(None, "schema"), "schema is missing"),
        (_change(1, "surplus"), "surplus is unknown"),
        (_change("other-1.2", "id"), "id is not the name and the version"),
        (_change("../evil", "name"), "lower-case words"),
        (_change("1.2/..", "version"), "version numbers"),
        (_change("regression", "task"), "regression"),
        (_change("cube", "layout"), "cube"),
        (_change("hf-hub:someone/net", "architecture"), "architecture"),
        (_change(["one"], "labels"), "two labels"),
        (_change(1.5, "slice_threshold"), "between 0 and 1"),
        (_change(float("nan"), "slice_threshold"), "finite"),
        (_change(-1, "vote_needed"), "vote_needed must be a whole number"),
        (_change(0, "calibration", "temperature"), "positive"),
        (_change("magic", "cam", "method"), "method is unknown"),
        (_change([8], "cam", "map_shape"), "heatmap"),
        (_change([8, "8"], "cam", "map_shape"), "map_shape must be"),
        (_change("0" * 64, "recipe_digest"), "does not belong to the recipe"),
        (_change(None, "files", "golden.npz"), "golden.npz is missing"),
        (_change({"sha256": "0" * 64, "size": 1}, "files", "../evil"), "no file of a model package"),
        (_change("abc", "files", "card.md", "sha256"), "no SHA-256"),
        (_change({"sha256": "0" * 64, "size": 1}, "files", "evaluations/../x.json"), "no file of a model package"),
        (_change({"sha256": "0" * 64, "size": 1}, "files", "evaluations/x.py"), "no file of a model package"),
        (_with_many_evaluations, "evaluations/ are far too many"),
        (_change({"slope": 1, "offset": 0, "share": 0, "fitted_on": "x"}, "patient_calibration"), "share of slices"),
        (_change({"slope": 1, "offset": 0, "share": 1}, "patient_calibration"), "fitted_on is missing"),
        (_change({}, "metrics"), "metrics must be a list"),
        (_change("yes", "training", "simulated"), "simulated must be true or false"),
    ],
)
def test_a_manifest_that_is_wrong_is_refused_in_a_sentence(
    manifest: Manifest, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    data = copy.deepcopy(manifest.to_json())
    change(data)
    with pytest.raises(PackageError, match=told) as caught:
        Manifest.from_json(data, "The model x")
    assert str(caught.value).startswith("The model x cannot be used")


def test_a_recipe_of_the_future_is_refused(manifest: Manifest) -> None:
    data = copy.deepcopy(manifest.to_json())
    data["recipe"]["steps"].append({"step": "superresolution"})
    with pytest.raises(RecipeError, match="superresolution"):
        Manifest.from_json(data, "The model x")


def test_a_volume_model_needs_a_fixed_depth(make_manifest: Callable[..., Manifest]) -> None:
    recipe = Recipe("free-depth", (Resize(64, 64), Rescale()))
    with pytest.raises(ValueError, match="fixed depth"):
        make_manifest(layout=Layout.VOLUME, map_shape=(2, 8, 8), recipe=recipe)


def test_a_volume_model_has_a_map_in_depth(make_manifest: Callable[..., Manifest]) -> None:
    assert make_manifest(layout=Layout.VOLUME, map_shape=(2, 8, 8)).layout is Layout.VOLUME
    with pytest.raises(ValueError, match="does not fit the layout"):
        make_manifest(layout=Layout.VOLUME)
