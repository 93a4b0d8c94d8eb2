"""Marks of slices: found at their images again, written without a word on the patient."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer import paths
from leukoviewer.core.key_images import SHELF, KeyImage, indices_of, key_image_of
from leukoviewer.core.study_record import Found, file_of, load, save, study_of
from tests.display import scene


@pytest.fixture
def file() -> Path:
    return file_of(SHELF, study_of(scene.series()))


def test_what_is_saved_is_found_again_without_a_word_on_the_patient(file: Path) -> None:
    keys = frozenset({key_image_of(scene.series(), 2), KeyImage("1.9", "1.9.4", frame=3, slice_index=7)})
    save(SHELF, file, keys)
    assert load(SHELF, file) == Found(keys)
    assert file.parent == paths.user_data() / "key_images"
    assert scene.SECRET not in file.name + file.read_text(encoding="utf-8")


def test_marks_stand_on_their_images_whatever_their_order() -> None:
    series = scene.series(4)
    keys = {key_image_of(series, 0), key_image_of(series, 3)}
    turned = replace(series, slices=tuple(reversed(series.slices)))
    assert indices_of(keys, series) == (0, 3)
    assert indices_of(keys, turned) == (0, 3)
    assert indices_of({key_image_of(series, 1)}, turned) == (2,)
    assert indices_of(keys, replace(series, slices=series.slices[1:3])) == ()


def test_of_two_slices_with_one_identifier_the_index_decides() -> None:
    series = scene.series(4)
    same = replace(series, slices=(series.slices[0],) * 2 + series.slices[2:])
    assert indices_of({key_image_of(same, 1)}, same) == (1,)


def _with(**changes: object) -> str:
    one = {"series_uid": "1", "sop_instance_uid": "1.1", "frame": 0, "slice_index": 0} | changes
    return json.dumps({"schema": SHELF.schema, "key_images": [one]})


@pytest.mark.parametrize(
    "content",
    [
        "", "[]", "null", json.dumps({"schema": "leukoviewer.key_images/2", "key_images": []}),
        json.dumps({"schema": SHELF.schema}), json.dumps({"schema": SHELF.schema, "key_images": {}}),
        _with(frame="0"), _with(frame=True), _with(slice_index=-1), _with(sop_instance_uid=None), _with(series_uid=3),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_in_a_sentence_and_kept_aside(file: Path, content: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(content)
    found = load(SHELF, file)
    aside = file.with_name(f"{file.stem}.unreadable-1.json")
    assert (found.value, found.is_writable, aside.read_text()) == (None, True, content)
    assert found.note.startswith("The file with the key images of this study cannot be read")
    assert aside.name in found.note
