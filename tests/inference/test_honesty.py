"""The honesty meter on heatmaps that are known to be honest and on ones that are known not to be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.honesty import Check, Finding, Honesty
from leukoviewer.core.progress import finish
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.errors import PackageError
from leukoviewer.inference import honesty
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.pipeline import analyze
from leukoviewer.packages.archive import Package
from leukoviewer.packages.tensors import layout_of, read_layout, read_tensors
from tests.inference.conftest import head_volume


@pytest.fixture(scope="module")
def volume() -> Volume:
    return head_volume()


@pytest.fixture(scope="module")
def result(volume: Volume, tiny_package: Package) -> Analysis:
    return finish(analyze(volume, tiny_package, device="cpu"))


class _Pointer:
    """An engine that scores how much gray lies in a place of the slice, and points where it is told to."""

    def __init__(self, *, honest: bool) -> None:
        self._is_honest = honest

    def run(self, values: np.ndarray) -> object:
        from leukoviewer.inference.engine import EngineOutput

        side = values.shape[-1] // 8
        cells = values.reshape(len(values), 8, side, 8, side).mean(axis=(2, 4))
        cells = cells - cells.min(axis=(1, 2), keepdims=True)
        logits = 10 * cells.max(axis=(1, 2))
        fixed = np.broadcast_to(np.eye(8, dtype=np.float32)[::-1], cells.shape)
        return EngineOutput(logits.astype(np.float32), (cells if self._is_honest else fixed).astype(np.float32))

    def stop(self) -> None:
        """Nothing runs long."""


def _bench(package: Package, *, honest: bool) -> honesty._Bench:
    """Slices with one bright spot each on an even head."""
    values = np.zeros((3, 256, 256), dtype=np.float32)
    values[:, 40:216, 40:216] = 0.35
    for number, plane in enumerate(values):
        at = 70 + 32 * number
        plane[at : at + 26, at : at + 26] = 0.9
    engine: object = _Pointer(honest=honest)
    return honesty._Bench(package, engine, values, (0, 1, 2), 20)  # type: ignore[arg-type]


@pytest.mark.parametrize("honest", [True, False])
def test_a_map_that_points_at_what_is_scored_passes_and_one_that_never_moves_fails(
    tiny_package: Package, honest: bool
) -> None:
    bench = _bench(tiny_package, honest=honest)
    plain = finish(honesty._run(bench, bench.engine, bench.slices, 0))
    repeat = finish(honesty._repeatability(bench, plain[1]))
    deletion = finish(honesty._deletion(bench, plain, np.random.default_rng(0)))
    assert (repeat.passed, deletion.passed) == (honest, honest)
    assert dict(repeat.numbers)["both must reach"] == honesty.LEAST_REPEATABILITY
    falls = dict(deletion.numbers)
    hot, largest = falls["fall of the logit without the hot region"], falls["without a random region, largest"]
    assert (hot > largest) is honest


def test_the_checks_of_a_real_package_give_numbers_and_a_verdict(
    result: Analysis, volume: Volume, tiny_package: Package
) -> None:
    steps = []
    work = honesty.judge(result, volume, tiny_package)
    try:
        while True:
            steps.append(next(work))
    except StopIteration as end:
        found: Honesty = end.value
    assert [finding.check for finding in found.findings] == list(Check)
    assert all(finding.passed is not None for finding in found.findings)
    assert (found.series_key, found.package_id) == (volume.series.key, tiny_package.id)
    warm = [score for score, raw in zip(result.scores, result.maps, strict=True) if raw.max() > 0]
    surest = sorted(warm, key=lambda score: -score.score)[:3]
    assert set(found.slices) == {index for score in surest for index in score.native}
    totals = {step.total for step in steps if step.message == "Checking the heatmap" and step.total}
    assert totals == {1 + 5 + 1 + honesty.DRAWS + 2}
    assert max(step.done for step in steps if step.total in totals) == max(totals) - 1
    assert found.verdict


def test_shuffled_weights_hold_the_same_numbers_in_another_order_and_score_otherwise(tiny_package: Package) -> None:
    path = tiny_package.weights_path
    content = honesty.shuffled(tiny_package, np.random.default_rng(0))
    assert layout_of(content) == read_layout(path)
    assert content != path.read_bytes()
    for name, spec in read_layout(path).items():
        before = np.sort(read_tensors(path)[name].ravel())
        after = np.frombuffer(content[spec.offset : spec.offset + spec.length], dtype=before.dtype)
        np.testing.assert_array_equal(np.sort(after), before)
    golden = tiny_package.golden()
    values = golden.stack[:2]
    plain, other = OnnxEngine(tiny_package).run(values), OnnxEngine(tiny_package, weights=content).run(values)
    assert np.abs(plain.logits - other.logits).max() > 1e-3
    same = OnnxEngine(tiny_package, weights=path.read_bytes()).run(values)
    np.testing.assert_array_equal(same.logits, plain.logits)


def test_without_heat_there_is_nothing_to_judge(result: Analysis, volume: Volume, tiny_package: Package) -> None:
    cold = replace(result, maps=np.zeros_like(result.maps))
    found = finish(honesty.judge(cold, volume, tiny_package))
    assert not found.findings
    assert "no localization to judge" in found.verdict


def test_a_result_of_another_series_or_a_changed_package_is_refused(
    result: Analysis, volume: Volume, tiny_package: Package
) -> None:
    with pytest.raises(ValueError, match="another series"):
        finish(honesty.judge(replace(result, series_key="x"), volume, tiny_package))
    changed = replace(result, package=replace(result.package, sha256="00" * 32))
    with pytest.raises(PackageError, match="was changed"):
        finish(honesty.judge(changed, volume, tiny_package))


@pytest.mark.parametrize(
    ("passed", "start"),
    [
        ((True, True, True), "No check speaks against"),
        ((True, False, True), "Localization not trustworthy here: b"),
        ((False, False, True), "Localization not trustworthy here: a; B"),
        ((True, True, None), "Not every check could be done"),
    ],
)
def test_one_failed_check_is_enough(passed: tuple[bool | None, ...], start: str) -> None:
    findings = tuple(
        Finding(check, one, f"{name}.") for check, one, name in zip(Check, passed, ("A", "B", "C"), strict=True)
    )
    assert Honesty("s", "p", "gradcam", (1,), findings).verdict.startswith(start)


def test_ranks_share_ties_and_correlation_is_bounded() -> None:
    one = np.array([[0, 0], [2, 5]], dtype=np.float32)
    np.testing.assert_array_equal(honesty._ranks(one), [0.5, 0.5, 2, 3])
    assert honesty.rank_correlation(one, one * 7) == pytest.approx(1)
    assert honesty.rank_correlation(one, -one) == pytest.approx(-1)
    assert honesty._correlation(one, np.ones_like(one)) == 0
