"""Engine and slices at a time: measured once within seconds, remembered; changed only where clearly faster."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from leukoviewer import paths
from leukoviewer.errors import EngineError
from leukoviewer.inference import calibration
from leukoviewer.inference.calibration import Calibration, best_for, candidates, chosen, measure
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout


@pytest.fixture
def four_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(calibration, "default_threads", lambda: 4)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch, four_threads: None) -> list[int]:
    """What was asked to be measured; the answer is always two threads."""
    asked: list[int] = []

    def answer(_package: Package, most: int) -> Calibration:
        asked.append(most)
        return Calibration(2, {4: 10.0, 2: 20.0})

    monkeypatch.setattr(calibration, "measure", answer)
    return asked


def _notes() -> list[Path]:
    return list((paths.user_cache() / "calibration").glob("*"))


@pytest.mark.parametrize(
    ("speeds", "expected"),
    [({4: 10.0}, 4), ({4: 10.0, 2: 10.5}, 4), ({4: 10.0, 2: 12.0}, 2), ({8: 5.0, 4: 9.0, 2: 8.9}, 4)],
)
def test_fewer_threads_are_taken_only_when_clearly_faster(speeds: dict[int, float], expected: int) -> None:
    assert chosen(speeds) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Calibration(2, {2: 40.0, 1: 20.0}), 10),
        (Calibration(2, {2: 40.0}, "openvino", {"onnxruntime": 44.0, "openvino": 48.0}), 12),
        (Calibration(2, {2: 40.0}, "onnxruntime", {"onnxruntime": 44.0, "openvino": 20.0}), 12),
        (Calibration(2, {2: 19.0}), 4),
        (Calibration(12, {12: 400.0}), 24),
        (Calibration(8, {8: 3.0}), 8),
        (Calibration(4, {4: 4000.0}), 32),
        (Calibration(4, {}), None),
    ],
)
def test_a_batch_takes_a_quarter_of_a_second_and_gives_each_thread_as_many(
    found: Calibration, expected: int | None
) -> None:
    assert found.batch_size == expected


@pytest.mark.parametrize(("most", "expected"), [(1, (1,)), (2, (2, 1)), (8, (8, 4)), (32, (32, 16, 8))])
def test_all_threads_are_tried_first(most: int, expected: tuple[int, ...]) -> None:
    assert candidates(most) == expected


def test_it_is_measured_once_and_remembered(tiny_package: Package, measured: list[int]) -> None:
    assert best_for(tiny_package).threads == 2
    assert best_for(tiny_package) == Calibration(2, {4: 10.0, 2: 20.0})
    assert measured == [4]
    assert best_for(tiny_package, again=True).threads == 2
    assert measured == [4, 4]


def test_another_package_is_measured_by_itself(tiny_package: Package, measured: list[int]) -> None:
    best_for(tiny_package)
    best_for(replace(tiny_package, sha256="0" * 64))
    assert measured == [4, 4]


def test_another_number_of_threads_is_measured_anew(
    tiny_package: Package, measured: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    best_for(tiny_package)
    monkeypatch.setattr(calibration, "default_threads", lambda: 6)
    best_for(tiny_package)
    assert measured == [4, 6]


@pytest.mark.parametrize(
    "damage", ["", "[]", "{", '{"schema": "other"}', '{"schema": "leukoviewer.calibration/2", "most": 4}'],
)  # fmt: skip
def test_a_damaged_note_does_not_count(tiny_package: Package, measured: list[int], damage: str) -> None:
    best_for(tiny_package)
    (note,) = _notes()
    note.write_text(damage, encoding="utf-8")
    assert best_for(tiny_package).threads == 2
    assert measured == [4, 4]


def test_a_note_never_asks_for_more_threads_than_there_are(tiny_package: Package, measured: list[int]) -> None:
    best_for(tiny_package)
    (note,) = _notes()
    note.write_text(json.dumps({**json.loads(note.read_text(encoding="utf-8")), "threads": 4000}), encoding="utf-8")
    assert best_for(tiny_package).threads == 2
    assert measured == [4, 4]


@pytest.mark.parametrize(("name", "value"), [("OMP_NUM_THREADS", "4"), (calibration.SWITCH, "off")])
def test_it_can_be_left_out(
    tiny_package: Package, measured: list[int], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert best_for(tiny_package) == Calibration(4, {})
    assert measured == []
    assert _notes() == []


def test_a_model_of_volumes_has_nothing_to_choose(tiny_package: Package, measured: list[int]) -> None:
    volume = replace(tiny_package, manifest=_of_volumes(tiny_package))
    assert best_for(volume).threads == 4
    assert measured == []


def _of_volumes(package: Package) -> object:
    class Manifest:
        layout = Layout.VOLUME

    return Manifest()


def test_where_nothing_can_be_written_it_goes_on(
    tiny_package: Package, measured: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(blocked))
    assert best_for(tiny_package).threads == 2


def test_real_engines_are_timed(tiny_package: Package) -> None:
    found = measure(tiny_package, 2)
    assert set(found.slices_per_s) == {2, 1}
    assert all(speed > 0 for speed in found.slices_per_s.values())
    assert found.threads in {1, 2}
    assert set(found.against) == {"onnxruntime", "openvino"}
    assert all(speed > 0 for speed in found.against.values())
    assert found.sentence.startswith(f"{found.engine}, {found.threads} at a time (2: ")
    assert f"openvino {found.against['openvino']:.1f} slices a second" in found.sentence


@pytest.mark.parametrize(
    ("onnx", "openvino", "expected"),
    [(10.0, 11.0, "openvino"), (10.0, 10.2, "onnxruntime"), (10.0, 9.0, "onnxruntime")],
)
def test_openvino_is_taken_only_when_clearly_faster(
    tiny_package: Package, monkeypatch: pytest.MonkeyPatch, onnx: float, openvino: float, expected: str
) -> None:
    monkeypatch.setattr(calibration, "_race", lambda *_: {"onnxruntime": onnx, "openvino": openvino})
    assert measure(tiny_package, 1).engine == expected


def test_without_openvino_nothing_is_raced(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration.openvino_engine, "is_installed", lambda: False)
    found = measure(tiny_package, 1)
    assert (found.engine, found.against) == ("onnxruntime", {})


def test_an_openvino_that_does_not_start_leaves_onnx_runtime(
    tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)
    found = measure(tiny_package, 1)
    assert (found.engine, found.against) == ("onnxruntime", {})


def test_the_engine_is_remembered_as_long_as_it_is_installed(
    tiny_package: Package, four_threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = Calibration(4, {4: 10.0}, "openvino", {"onnxruntime": 10.0, "openvino": 12.0})
    monkeypatch.setattr(calibration, "measure", lambda *_: outcome)
    assert best_for(tiny_package) == outcome
    monkeypatch.setattr(calibration, "measure", lambda *_: Calibration(4, {4: 10.0}))
    assert best_for(tiny_package) == outcome
    monkeypatch.setattr(calibration.openvino_engine, "is_installed", lambda: False)
    assert best_for(tiny_package).engine == "onnxruntime"


def test_an_openvino_that_differs_takes_no_part(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise EngineError("other results")

    monkeypatch.setattr(calibration.golden, "require", refuse)
    assert measure(tiny_package, 1).against == {}


def test_a_long_race_ends_after_one_turn(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = []
    monkeypatch.setattr(calibration, "_timed", lambda engine, *_: turns.append(engine.name) or 0.5)
    ticks = count(step=2.0)
    assert calibration._race(tiny_package, 1, 100.0, lambda: next(ticks))
    assert turns == ["onnxruntime", "openvino"] * 2


def test_a_race_that_would_take_too_long_does_not_begin(tiny_package: Package) -> None:
    assert calibration._race(tiny_package, 2, 4.0, lambda: pytest.fail("it began")) == {}


def test_it_ends_when_its_time_is_over(tiny_package: Package) -> None:
    ticks = count(step=1.0)
    found = measure(tiny_package, 2, clock=lambda: next(ticks))
    assert set(found.slices_per_s) == {2}
    assert not found.against
