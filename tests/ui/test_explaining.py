"""Other heatmap methods in the real window: chosen, computed beside the reading, kept, stopped, dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer import app
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.errors import EngineError, RefusedError
from leukoviewer.inference import explain
from leukoviewer.inference.methods import METHODS
from leukoviewer.packages.archive import Package
from leukoviewer.ui.messages import Kind
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, Gate, analyzed, begun, opened

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint32]]
Explain = Callable[[Analysis, Volume, str, str], Work[Analysis]]


@pytest.fixture(scope="module", autouse=True)
def _slow_packages() -> None:
    """Imported before any test waits for a heatmap: on a busy machine that alone takes longer than a test may wait."""
    from leukoviewer.inference import gradcam_library, torch_engine

    assert torch_engine.is_there("cpu")
    gradcam_library._library()


@pytest.fixture
def two_models(tiny_package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Two packages of one network under two names."""
    from leukoviewer.packages.store import PackageStore
    from leukoviewer.preprocessing.recipe import BUILTIN
    from tests.packages_fixture import varied_network
    from trainer.export import Description, write

    manifest = tiny_package.manifest
    for name, seed in (("alpha", 7), ("beta", 8)):
        description = Description(
            name=name, version="1.0", recipe=BUILTIN["leuko-a"], training=manifest.training, slice_threshold=0.5,
            vote_needed=4,
        )  # fmt: skip
        write(varied_network("test_convnext", seed=seed), tmp_path / f"{name}-1.0", description=description)
    monkeypatch.setattr(app, "_store", lambda: PackageStore((tmp_path,)))
    return "alpha-1.0", "beta-1.0"


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def asked() -> list[str]:
    """The methods that were computed."""
    return []


@pytest.fixture
def held_work(tasks: Tasks, gate: Gate, asked: list[str]) -> Explain:
    """The real work, held at a gate after its first step."""

    def held(result: Analysis, volume: Volume, method: str, device: str) -> Work[Analysis]:
        asked.append(method)
        work = tasks.explain(result, volume, method, device)
        try:
            yield next(work)
            gate.wait()
            yield Progress(1, 4, "past the gate")
            return (yield from work)
        finally:
            work.close()

    return held


@pytest.fixture
def held(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, held_work: Explain, qtbot: QtBot
) -> Viewer:
    """A viewer with a result, whose other heatmaps stand before a gate."""
    viewer = opened(begun(viewers(explain=held_work), qtbot), head_folder, qtbot)
    analyzed(viewer, qtbot)
    return viewer


def _choose(viewer: Viewer, method: str) -> None:
    """Choose a method as the reader does: in the list, by its place."""
    combo = viewer.window.overlay_panel.method_choice._combo
    assert combo.isEnabled()
    number = combo.findData(method)
    combo.setCurrentIndex(number)
    combo.activated.emit(number)


def _explained(viewer: Viewer, method: str, qtbot: QtBot) -> Analysis:
    with qtbot.waitSignal(viewer.workflow.explained, timeout=WAIT_MS):
        _choose(viewer, method)
    shown = viewer.session.explanation
    assert shown is not None
    return shown


def _chosen(viewer: Viewer) -> str:
    return str(viewer.window.overlay_panel.method_choice._combo.currentData())


def _pixels(viewer: Viewer) -> Pixels:
    pixels = viewer.window.slice_view._pixels
    assert pixels is not None
    return pixels


def _bar(viewer: Viewer) -> str:
    bar = viewer.window.slice_view._overlay.bar
    return "" if bar is None else bar.method


def _other(viewer: Viewer) -> str:
    session = viewer.session
    assert session.catalog is not None
    assert session.series is not None
    return next(series.key for series in session.catalog.volumes if series.key != session.series.key)


# Choosing


def test_before_a_run_the_methods_are_named_and_cannot_be_chosen(reading: Viewer) -> None:
    combo = reading.window.overlay_panel.method_choice._combo
    assert [combo.itemData(number) for number in range(combo.count())] == list(METHODS)
    assert combo.currentData() == "gradcam"
    assert not combo.isEnabled()
    assert "run the model first" in combo.toolTip()


def test_another_method_changes_the_heat_and_neither_scores_nor_vote(reading: Viewer, qtbot: QtBot) -> None:
    result = analyzed(reading, qtbot)
    hottest = int(np.argmax([plane.max() for plane in result.maps]))
    reading.reading.go_to(result.scores[hottest].native[0])
    own, maps = _pixels(reading).copy(), result.maps.copy()
    findings = reading.window.findings
    said = (findings._slice.text(), findings._vote.text(), reading.window.ribbon.rows)
    assert _bar(reading) == "Grad-CAM"

    shown = _explained(reading, "eigencam", qtbot)
    assert shown.heatmap_method == "eigencam"
    assert not np.array_equal(_pixels(reading), own)
    assert reading.session.result is result
    assert result.heatmap_method == "gradcam"
    np.testing.assert_array_equal(result.maps, maps)
    assert (findings._slice.text(), findings._vote.text(), reading.window.ribbon.rows) == said
    assert _bar(reading) == "Eigen-CAM"
    assert "Heatmap by Eigen-CAM, " in findings._source.text()
    assert _chosen(reading) == "eigencam"


def test_kept_heatmaps_are_switched_at_once_without_any_work(
    held: Viewer, gate: Gate, asked: list[str], qtbot: QtBot
) -> None:
    viewer = held
    gate.open()
    pictures = {"gradcam": _pixels(viewer).copy()}
    for method in ("layercam", "eigencam"):
        _explained(viewer, method, qtbot)
        pictures[method] = _pixels(viewer).copy()
    for method in ("gradcam", "layercam", "eigencam", "gradcam"):
        _choose(viewer, method)
        assert viewer.workflow.is_idle
        np.testing.assert_array_equal(_pixels(viewer), pictures[method])
        assert _chosen(viewer) == method
    assert asked == ["layercam", "eigencam"]
    assert "Heatmap by" not in viewer.window.findings._source.text()


def test_a_second_run_begins_with_its_own_heatmap_again(reading: Viewer, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    _explained(reading, "layercam", qtbot)
    result = analyzed(reading, qtbot)
    assert reading.session.explanation is result
    assert _chosen(reading) == "gradcam"
    assert not reading.session.has_heatmap("layercam")


def test_opening_computes_nothing_by_itself_and_each_series_keeps_its_method(
    held: Viewer, head_folder: Path, gate: Gate, asked: list[str], qtbot: QtBot
) -> None:
    viewer = held
    gate.open()
    assert viewer.session.series is not None
    first = viewer.session.series.key
    _explained(viewer, "layercam", qtbot)
    with qtbot.waitSignal(viewer.workflow.loaded, timeout=WAIT_MS):
        viewer.workflow.show_series(_other(viewer))
    analyzed(viewer, qtbot)
    assert (_chosen(viewer), _bar(viewer)) == ("gradcam", "Grad-CAM")
    with qtbot.waitSignal(viewer.workflow.loaded, timeout=WAIT_MS):
        viewer.workflow.show_series(first)
    assert (_chosen(viewer), _bar(viewer)) == ("layercam", "Layer-CAM")
    opened(viewer, head_folder, qtbot)
    analyzed(viewer, qtbot)
    assert (_chosen(viewer), _bar(viewer)) == ("gradcam", "Grad-CAM")
    assert asked == ["layercam"]


# While it is computed


def test_progress_shows_beside_the_choice_while_reading_goes_on(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    panel = held.window.overlay_panel
    _choose(held, "layercam")
    assert gate.reached.wait(15)
    assert panel.method_choice._bar.isVisible()
    assert held.window.model_panel._run.isVisible()  # no model runs
    assert (_chosen(held), _bar(held)) == ("layercam", "Grad-CAM")
    before = held.session.view
    QTest.keyClick(held.window, Qt.Key.Key_Down)
    assert held.session.view != before
    with qtbot.waitSignal(held.workflow.explained, timeout=WAIT_MS):
        gate.open()
    assert not panel.method_choice._bar.isVisible()
    assert _bar(held) == "Layer-CAM"


@pytest.mark.parametrize("by", ["Escape", "Stop"])
def test_it_can_be_stopped_and_the_heatmap_before_it_stands(held: Viewer, gate: Gate, qtbot: QtBot, by: str) -> None:
    result, own = held.session.result, _pixels(held).copy()
    _choose(held, "layercam")
    assert gate.reached.wait(15)
    with qtbot.waitSignal(held.workflow.note, timeout=WAIT_MS) as told:
        if by == "Escape":
            QTest.keyClick(held.window, Qt.Key.Key_Escape)
        else:
            held.window.overlay_panel.method_choice._stop.click()
        gate.open()
    assert told.args == ["The heatmap was stopped; the one before it still stands."]
    assert held.session.result is held.session.explanation is result
    assert _chosen(held) == "gradcam"
    np.testing.assert_array_equal(_pixels(held), own)


def test_going_back_to_the_models_own_stops_the_work(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    _choose(held, "layercam")
    assert gate.reached.wait(15)
    _choose(held, "gradcam")
    assert not held.workflow.explaining
    gate.open()
    qtbot.waitUntil(lambda: held.workflow.is_idle, timeout=WAIT_MS)
    assert (_chosen(held), held.session.has_heatmap("layercam")) == ("gradcam", False)


def test_the_last_of_several_choices_counts(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    _choose(held, "layercam")
    assert gate.reached.wait(15)
    _choose(held, "eigencam")
    with qtbot.waitSignal(held.workflow.explained, timeout=WAIT_MS):
        gate.open()
    assert _bar(held) == "Eigen-CAM"
    assert not held.session.has_heatmap("layercam")


def test_switching_the_series_drops_the_heatmap_that_was_on_its_way(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    assert held.session.series is not None
    first = held.session.series.key
    _choose(held, "layercam")
    assert gate.reached.wait(15)
    with qtbot.waitSignal(held.workflow.loaded, timeout=WAIT_MS):
        held.workflow.show_series(_other(held))
        gate.open()
    assert held.window.message_bar.text == "The heatmap was stopped because another series is shown."
    assert held.session.explanation is None
    with qtbot.waitSignal(held.workflow.loaded, timeout=WAIT_MS):
        held.workflow.show_series(first)
    assert held.session.result is held.session.explanation
    assert not held.session.has_heatmap("layercam")


@pytest.fixture
def held_two(
    viewers: Callable[..., Viewer], two_models: tuple[str, str], head_folder: Path, held_work: Explain, qtbot: QtBot
) -> Viewer:
    """A viewer with two models."""
    return opened(begun(viewers(explain=held_work), qtbot), head_folder, qtbot)


def test_switching_the_model_drops_it_too_and_each_model_keeps_its_own(
    held_two: Viewer, two_models: tuple[str, str], gate: Gate, qtbot: QtBot
) -> None:
    viewer, session, (alpha, beta) = held_two, held_two.session, two_models
    results = {}
    for model in (beta, alpha):
        session.choose_model(model)
        results[model] = analyzed(viewer, qtbot)
    _choose(viewer, "layercam")
    assert gate.reached.wait(15)
    session.choose_model(beta)
    assert viewer.window.message_bar.text == "The heatmap was stopped because another model is shown."
    gate.open()
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    for model in (alpha, beta):
        session.choose_model(model)
        assert session.explanation is results[model]
    _explained(viewer, "eigencam", qtbot)
    session.choose_model(alpha)
    assert (_chosen(viewer), session.explanation) == ("gradcam", results[alpha])
    session.choose_model(beta)
    assert (_chosen(viewer), _bar(viewer)) == ("eigencam", "Eigen-CAM")


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(
    "mark", [{"series_key": "another"}, {"heatmap_method": "fem"}, {"scores": ()}], ids=["series", "method", "scores"]
)
def test_a_heatmap_that_belongs_elsewhere_is_dropped_even_if_the_lane_lets_it_through(
    viewers: Callable[..., Viewer], head_folder: Path, tasks: Tasks, qtbot: QtBot, mark: dict[str, object]
) -> None:
    def mislabeled(result: Analysis, volume: Volume, method: str, device: str) -> Work[Analysis]:
        found = yield from tasks.explain(result, volume, method, device)
        changed = {**mark, "maps": found.maps[:0]} if "scores" in mark else mark
        return replace(found, **changed)  # type: ignore[arg-type]

    viewer = opened(begun(viewers(explain=mislabeled), qtbot), head_folder, qtbot)
    result = analyzed(viewer, qtbot)
    _choose(viewer, "layercam")
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.explanation is viewer.session.result is result
    assert _chosen(viewer) == "gradcam"


def test_a_run_of_the_model_takes_the_place_of_the_heatmap_and_holds_the_choice(
    held: Viewer, gate: Gate, qtbot: QtBot
) -> None:
    _choose(held, "layercam")
    assert gate.reached.wait(15)
    with qtbot.waitSignal(held.workflow.analyzed, timeout=WAIT_MS):
        held.actions["model.run"].trigger()
        assert held.workflow.is_analyzing
        assert not held.window.overlay_panel.method_choice._combo.isEnabled()
        assert held.window.model_panel._stop.isVisible()
        held.workflow.explain("eigencam")
        assert held.window.message_bar.text == "The model is running."
        gate.open()
    assert _chosen(held) == "gradcam"
    assert held.window.overlay_panel.method_choice._combo.isEnabled()


# What goes wrong


def test_without_the_library_the_choice_says_what_to_install(
    viewers: Callable[..., Viewer],
    with_model: Package,
    head_folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(explain, "is_offered", lambda: False)
    viewer = opened(begun(viewers(), qtbot), head_folder, qtbot)
    result = analyzed(viewer, qtbot)
    combo = viewer.window.overlay_panel.method_choice._combo
    assert "pip install leukoviewer[gpu]" in combo.itemData(combo.findData("fem"), Qt.ItemDataRole.ToolTipRole)
    _choose(viewer, "fem")
    assert viewer.window.message_bar.text == (
        "Heatmaps by FEM need PyTorch and pytorch-grad-cam; install both with: pip install leukoviewer[gpu]."
    )
    assert viewer.workflow.is_idle
    assert (_chosen(viewer), viewer.session.explanation) == ("gradcam", result)


@pytest.mark.parametrize(
    "error", [EngineError("It failed; try another."), RefusedError("It refused."), ZeroDivisionError()]
)
def test_a_failure_is_one_sentence_and_the_result_stands(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot, error: Exception
) -> None:
    def failing(*_request: object) -> Work[Analysis]:
        yield Progress(0, 0)
        raise error

    viewer = opened(begun(viewers(explain=failing), qtbot), head_folder, qtbot)
    result = analyzed(viewer, qtbot)
    with qtbot.waitSignal(viewer.workflow.failed, timeout=WAIT_MS):
        _choose(viewer, "layercam")
    bar = viewer.window.message_bar
    assert bar.kind is Kind.ERROR
    assert "\n" not in bar.text
    assert str(error) in bar.text
    assert viewer.session.result is viewer.session.explanation is result
    assert viewer.session.refusal == ""
    assert _chosen(viewer) == "gradcam"


def test_without_a_result_asking_is_answered(reading: Viewer) -> None:
    reading.workflow.explain("layercam")
    assert "run the model first" in reading.window.message_bar.text
