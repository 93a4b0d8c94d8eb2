"""From a volume to its result with real packages and engines."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.progress import Progress, finish
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.errors import EngineError, NoBrainError, RefusedError
from leukoviewer.inference import pipeline
from leukoviewer.inference.engine import EngineOutput
from leukoviewer.inference.levels import leveled
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package, write_package
from leukoviewer.packages.manifest import PACKAGE_FILES
from leukoviewer.packages.provenance import Calibration
from leukoviewer.preprocessing import content
from leukoviewer.preprocessing.stack import prepare
from tests.inference.conftest import ScriptedEngine, head_volume
from tests.preprocessing.conftest import build_volume


@pytest.fixture(scope="module")
def analysis(head: Volume, tiny_package: Package, tmp_path_factory: pytest.TempPathFactory) -> Generator[Analysis]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEUKOVIEWER_HOME", str(tmp_path_factory.mktemp("home")))
        yield finish(analyze(head, tiny_package, device="cpu"))


def test_each_native_slice_gets_its_score_and_padding_none(analysis: Analysis, head: Volume) -> None:
    assert [score.native for score in analysis.scores] == [(index,) for index in range(12)]
    assert [score.stack_index for score in analysis.scores] == list(range(9, 21))
    assert np.isfinite(analysis.by_native()).all()
    assert analysis.maps.shape == (12, 8, 8)
    assert analysis.map_scale > 0


def test_scores_and_maps_are_those_of_the_network(analysis: Analysis, head: Volume, tiny_package: Package) -> None:
    stack = finish(prepare(head, tiny_package.recipe))
    scored = list(stack.mapping.scored)
    output = OnnxEngine(tiny_package).run(stack.values[scored])
    np.testing.assert_array_equal([score.logit for score in analysis.scores], output.logits)
    np.testing.assert_array_equal(analysis.maps, leveled(output.maps, output.logits))
    logits = np.array([score.logit for score in analysis.scores])
    np.testing.assert_allclose([score.score for score in analysis.scores], 1 / (1 + np.exp(-logits)), rtol=1e-6)


def test_the_result_says_whose_it_is_and_who_made_it(analysis: Analysis, head: Volume, tiny_package: Package) -> None:
    assert (analysis.series_key, analysis.series_uid) == (head.series.key, head.series.series_uid)
    assert analysis.package == tiny_package.ref
    assert (analysis.engine, analysis.device) == ("onnxruntime", "cpu")
    assert (analysis.recipe_id, analysis.recipe_digest) == ("leuko-a", tiny_package.recipe.digest)
    assert (analysis.slice_threshold, analysis.vote_needed) == (0.5, 4)
    assert [stage for stage, _ in analysis.timings_s] == ["content", "preparation", "model", "network"]
    assert all(seconds >= 0 for _, seconds in analysis.timings_s)


def test_padded_slices_are_never_run(head: Volume, tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ScriptedEngine(device="cpu", batch_size=5)
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: engine)
    finish(analyze(head, tiny_package))
    assert engine.batches == [5, 5, 2]


def test_the_batch_size_can_be_given(head: Volume, tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ScriptedEngine(device="cpu", batch_size=5)
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: engine)
    finish(analyze(head, tiny_package, batch_size=12))
    assert engine.batches == [12]


def test_the_run_tells_of_the_range_and_leaves_the_volumes_warnings_to_the_volume(tiny_package: Package) -> None:
    gate = SeriesWarning(WarningCode.TILT, "The gantry was tilted by 18.5 degrees.")
    volume = replace(head_volume(report={"thicknesses_mm": (0.6,)}), warnings=(gate,))
    found = finish(analyze(volume, tiny_package, device="cpu"))
    assert [warning.code for warning in found.warnings] == [WarningCode.OUTSIDE_TRAINING_RANGE]


def test_memory_that_ran_out_stands_in_the_result(
    head: Volume, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = {"auto": ScriptedEngine(fits=0), "cpu": ScriptedEngine(device="cpu")}
    monkeypatch.setattr(pipeline, "open_engine", lambda _package, preference: engines[preference])
    found = finish(analyze(head, tiny_package))
    assert found.device == "cpu"
    assert [warning.code for warning in found.warnings] == [WarningCode.OUT_OF_MEMORY]


@pytest.mark.parametrize(("simulated", "calibrated"), [(True, False), (False, True)])
def test_a_temperature_divides_the_logit_and_calibrates_only_on_real_patients(
    simulated: bool, calibrated: bool, head: Volume, tiny_package: Package, tmp_path: Path
) -> None:
    training = replace(tiny_package.manifest.training, simulated=simulated)
    manifest = replace(tiny_package.manifest, calibration=Calibration(2.5, "validation"), training=training)
    contents = {name: (tiny_package.folder / name).read_bytes() for name in PACKAGE_FILES}
    found = finish(analyze(head, write_package(tmp_path / "tiny-1.0", manifest, contents), device="cpu"))
    logits = np.array([score.logit for score in found.scores])
    np.testing.assert_allclose([score.score for score in found.scores], 1 / (1 + np.exp(-logits / 2.5)), rtol=1e-6)
    assert found.calibrated is calibrated


def test_a_volume_model_gives_the_patients_score_to_each_slice_and_a_map_in_depth(volume_package: Package) -> None:
    found = finish(analyze(head_volume(6), volume_package, device="cpu"))
    assert len(found.scores) == 6
    assert len({score.logit for score in found.scores}) == 1
    assert found.maps.shape == (6, *volume_package.manifest.map_shape[1:])


def test_a_series_without_brain_is_refused_before_any_model_is_loaded(
    tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: pytest.fail("a model was loaded"))
    with pytest.raises(NoBrainError):
        finish(analyze(build_volume(np.zeros((5, 64, 64), np.int16)), tiny_package))


def test_the_look_for_brain_can_be_stopped_between_slices(
    head: Volume, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []
    counts = content._counts
    monkeypatch.setattr(content, "_counts", lambda *given: looked_at.append(1) or counts(*given))
    monkeypatch.setattr(pipeline, "prepare", lambda *_: pytest.fail("it went on"))
    work = analyze(head, tiny_package)
    for _ in range(4):
        assert next(work) == Progress(0, 0, "Looking for the brain")
    work.close()
    assert len(looked_at) == 3


@pytest.mark.parametrize("part", ["logits", "maps"])
@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_are_not_finite_are_no_negative_slice(
    part: str, number: float, head: Volume, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(ScriptedEngine):
        def run(self, batch: NDArray[np.float32]) -> EngineOutput:
            output = super().run(batch)
            getattr(output, part)[-1] = number
            return output

    monkeypatch.setattr(pipeline, "open_engine", lambda *_: Broken(device="cpu"))
    with pytest.raises(EngineError, match="no finite numbers"):
        finish(analyze(head, tiny_package))


def test_a_volume_of_unreadable_slices_is_refused(head: Volume, tiny_package: Package) -> None:
    with pytest.raises(RefusedError):
        finish(analyze(replace(head, broken=tuple(range(12))), tiny_package))


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_no_batch_runs_after_the_analysis_is_closed(
    batches: int, head: Volume, tiny_package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = ScriptedEngine(device="cpu", batch_size=2)
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: engine)
    work = analyze(head, tiny_package)
    step = next(work)
    while step.message != "Scoring slices" or len(engine.batches) < batches:
        step = next(work)
    work.close()
    assert len(engine.batches) == batches


def test_closing_during_a_real_batch_ends_it(tiny_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = OnnxEngine(tiny_package, threads=1)
    monkeypatch.setattr(pipeline, "open_engine", lambda *_: engine)
    work = analyze(head_volume(30), tiny_package, batch_size=30)
    while next(work) != Progress(0, 30, "Scoring slices"):
        pass
    next(work)  # the batch runs in its thread now
    work.close()  # waits for that thread: conftest looks for threads left behind
    with pytest.raises(Exception, match="stopped"):
        engine.run(np.zeros((1, 3, 256, 256), np.float32))


@pytest.mark.real_data
def test_a_real_scan_gets_28_scores_and_warnings(real_data: Path, tiny_package: Package) -> None:
    from leukoviewer.dicom.discovery import discover
    from leukoviewer.dicom.loader import load

    series = finish(discover(real_data / "head_ct_ge")).series[0]
    found = finish(analyze(finish(load(series)), tiny_package, device="cpu"))
    assert len(found.scores) == 28
    codes = {warning.code for warning in series.report.warnings}
    assert {WarningCode.TILT, WarningCode.MIXED_THICKNESS, WarningCode.IRREGULAR_SPACING} <= codes
    assert not codes & {warning.code for warning in found.warnings}
