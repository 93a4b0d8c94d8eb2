"""The result folder: what is written, what is replaced, what stays untouched, whole or not at all."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from PIL import Image

from leukoviewer import atomic, paths
from leukoviewer.commands.result_folder import ResultFolder
from leukoviewer.core.progress import finish
from leukoviewer.core.results import Analysis, PackageRef, SliceScore, StackMapping
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.errors import CannotWriteError, RefusedError
from tests.phantom import write_phantom

PACKAGE = PackageRef(
    id="toy-1.0", name="toy", version="1.0", sha256="0" * 64, task="binary", architecture="none",
    trained_on="nothing", simulated=True,
)  # fmt: skip


def _volume(folder: Path, **options: Any) -> Volume:
    phantom = write_phantom(folder, **options)
    (series,) = finish(discover(folder)).series
    return Volume(series, phantom.hu.astype(np.int16))


def _analysis(volume: Volume, *, scored: tuple[int, ...]) -> Analysis:
    """Scores that grow from slice to slice, from a stack of half the size."""
    slices, rows, columns = volume.hu.shape
    logits = np.linspace(-2, 2, len(scored))
    return Analysis(
        series_key=volume.series.key,
        series_uid=volume.series.series_uid,
        package=PACKAGE,
        engine="onnxruntime",
        device="cpu",
        recipe_id="leuko-a",
        recipe_digest="1" * 64,
        mapping=StackMapping(
            native=tuple((index,) for index in scored),
            native_shape=(slices, rows, columns),
            stack_shape=(len(scored), rows // 2, columns // 2),
            scale=(2.0, 2.0),
        ),
        scores=tuple(
            SliceScore(position, (index,), float(logit), float(1 / (1 + np.exp(-logit))))
            for position, (index, logit) in enumerate(zip(scored, logits, strict=True))
        ),
        maps=np.random.default_rng(1).random((len(scored), 4, 4), dtype=np.float32),
        slice_threshold=0.5,
        vote_needed=1,
    )


def _tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def volume(tmp_path: Path) -> Volume:
    return _volume(tmp_path / "dicom", slices=5, rows=48, columns=32, spacing_mm=(3.5, 5.0))


def test_a_result_is_a_json_file_a_table_a_montage_and_a_picture_a_scored_slice(volume: Volume, tmp_path: Path) -> None:
    out = tmp_path / "new" / "results"
    told = finish(ResultFolder.prepare(out).write(volume, _analysis(volume, scored=(0, 1, 3, 4))))
    pictures = {f"overlays/slice_{number:03d}.png" for number in (1, 2, 4, 5)}
    assert _tree(out) == {"result.json", "scores.csv", "montage.png", *pictures}
    assert told == ("result.json", "scores.csv", "montage.png", "overlays (4 pictures)")


def test_the_json_file_keeps_to_its_published_schema(volume: Volume, tmp_path: Path) -> None:
    finish(ResultFolder.prepare(tmp_path / "out").write(volume, _analysis(volume, scored=(0, 1, 3, 4))))
    result = json.loads((tmp_path / "out" / "result.json").read_text(encoding="utf-8"))
    schema = json.loads((paths.resources() / "schemas" / "result-1.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(result, schema)
    assert result["status"] == "scored"
    assert [row["index"] for row in result["scores"]] == [0, 1, 3, 4]
    assert result["unscored_slices"] == [2]


def test_the_table_has_one_row_a_scored_native_slice_superior_first(volume: Volume, tmp_path: Path) -> None:
    finish(ResultFolder.prepare(tmp_path / "out").write(volume, _analysis(volume, scored=(0, 1, 3, 4))))
    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["index", "position_mm", "SOPInstanceUID", "logit", "score", "positive"]
    assert [int(row["index"]) for row in rows] == [0, 1, 3, 4]
    assert [row["SOPInstanceUID"] for row in rows] == [volume.series.slices[i].sop_instance_uid for i in (0, 1, 3, 4)]
    positions = [float(row["position_mm"]) for row in rows]
    assert positions == sorted(positions, reverse=True)
    assert [row["positive"] for row in rows] == ["false", "false", "true", "true"]


def test_pictures_have_true_proportions(volume: Volume, tmp_path: Path) -> None:
    finish(ResultFolder.prepare(tmp_path / "out").write(volume, _analysis(volume, scored=(2,))))
    with Image.open(tmp_path / "out" / "overlays" / "slice_003.png") as picture:
        foot_px = 40
        assert (picture.height - foot_px) / picture.width == pytest.approx(48 * 3.5 / (32 * 5.0), rel=0.01)


def test_a_second_result_replaces_the_first_and_leaves_the_files_of_others(volume: Volume, tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = ResultFolder.prepare(out)
    finish(folder.write(volume, _analysis(volume, scored=(0, 1, 3, 4))))
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    (out / "overlays" / "slice_9.png").write_text("mine too", encoding="utf-8")
    finish(folder.write(volume, _analysis(volume, scored=(1, 2))))
    mine = {"notes.txt", "overlays/slice_9.png"}
    ours = {"result.json", "scores.csv", "montage.png", "overlays/slice_002.png", "overlays/slice_003.png"}
    assert _tree(out) == mine | ours


def test_a_refusal_takes_an_earlier_result_away_and_states_its_reason(volume: Volume, tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = ResultFolder.prepare(out)
    finish(folder.write(volume, _analysis(volume, scored=(0, 1))))
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    folder.write_refusal(RefusedError("This series holds no brain."), volume.series, PACKAGE)
    assert _tree(out) == {"result.json", "notes.txt"}
    assert not (out / "overlays").exists()
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert (result["status"], result["refusal"]["reason"]) == ("refused", "This series holds no brain.")


def test_a_result_json_of_another_program_does_not_decide_what_is_removed(volume: Volume, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "overlays").mkdir(parents=True)
    (out / "overlays" / "slice_001.png").write_text("theirs", encoding="utf-8")
    atomic.write_json(out / "result.json", {"schema": "another/1", "scores": [{"index": 0}]})
    ResultFolder.prepare(out).write_refusal(RefusedError("No."), volume.series, None)
    assert (out / "overlays" / "slice_001.png").read_text(encoding="utf-8") == "theirs"


def test_stopping_half_way_leaves_no_result_json_and_no_half_file(volume: Volume, tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = ResultFolder.prepare(out)
    finish(folder.write(volume, _analysis(volume, scored=(0, 1, 2))))
    work = folder.write(volume, _analysis(volume, scored=(0, 1, 2)))
    next(work)
    next(work)
    work.close()
    assert "result.json" not in _tree(out)
    assert not [name for name in _tree(out) if name.endswith(".part")]
    # Pictures that the next result does not bring are known by what the stopped one noted.
    finish(folder.write(volume, _analysis(volume, scored=(2,))))
    assert [name for name in _tree(out) if "slice_" in name] == ["overlays/slice_003.png"]


def test_progress_counts_to_its_end(volume: Volume, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    work = ResultFolder.prepare(tmp_path / "out").write(volume, _analysis(volume, scored=(0, 1, 2)))
    finish(work, on_progress=lambda step: steps.append((step.done, step.total)))
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_a_file_in_the_place_of_the_folder_is_refused_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    for path in (tmp_path / "out", tmp_path / "out" / "inside"):
        with pytest.raises(CannotWriteError, match="is a file"):
            ResultFolder.prepare(path)


def test_preparing_makes_no_folder_yet(tmp_path: Path) -> None:
    ResultFolder.prepare(tmp_path / "out")
    assert not (tmp_path / "out").exists()
