"""A heatmap is computed beside the reading: its progress, stopping it, and what drops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.core.progress import Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, Gate, analyzed, begun, opened
from tests.ui.explaining.conftest import choose, chosen, explained, method_on_bar, other_series, pixels_of


def test_progress_shows_beside_the_choice_while_reading_goes_on(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    panel = held.window.overlay_panel
    choose(held, "layercam")
    assert gate.reached.wait(15)
    assert panel.method_choice._bar.isVisible()
    assert held.window.model_panel._run.isVisible()  # no model runs
    assert (chosen(held), method_on_bar(held)) == ("layercam", "Grad-CAM")
    before = held.session.view
    QTest.keyClick(held.window, Qt.Key.Key_Down)
    assert held.session.view != before
    with qtbot.waitSignal(held.workflow.explained, timeout=WAIT_MS):
        gate.open()
    assert not panel.method_choice._bar.isVisible()
    assert method_on_bar(held) == "Layer-CAM"


@pytest.mark.parametrize("by", ["Escape", "Stop"])
def test_it_can_be_stopped_and_the_heatmap_before_it_stands(held: Viewer, gate: Gate, qtbot: QtBot, by: str) -> None:
    result, own = held.session.result, pixels_of(held).copy()
    choose(held, "layercam")
    assert gate.reached.wait(15)
    with qtbot.waitSignal(held.workflow.note, timeout=WAIT_MS) as told:
        if by == "Escape":
            QTest.keyClick(held.window, Qt.Key.Key_Escape)
        else:
            held.window.overlay_panel.method_choice._stop.click()
        gate.open()
    assert told.args == ["The heatmap was stopped; the one before it still stands."]
    assert held.session.result is held.session.explanation is result
    assert chosen(held) == "gradcam"
    np.testing.assert_array_equal(pixels_of(held), own)


def test_going_back_to_the_models_own_stops_the_work(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    choose(held, "layercam")
    assert gate.reached.wait(15)
    choose(held, "gradcam")
    assert not held.workflow.explaining
    gate.open()
    qtbot.waitUntil(lambda: held.workflow.is_idle, timeout=WAIT_MS)
    assert (chosen(held), held.session.has_heatmap("layercam")) == ("gradcam", False)


def test_the_last_of_several_choices_counts(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    choose(held, "layercam")
    assert gate.reached.wait(15)
    choose(held, "eigencam")
    with qtbot.waitSignal(held.workflow.explained, timeout=WAIT_MS):
        gate.open()
    assert method_on_bar(held) == "Eigen-CAM"
    assert not held.session.has_heatmap("layercam")


def test_switching_the_series_drops_the_heatmap_that_was_on_its_way(held: Viewer, gate: Gate, qtbot: QtBot) -> None:
    assert held.session.series is not None
    first = held.session.series.key
    choose(held, "layercam")
    assert gate.reached.wait(15)
    with qtbot.waitSignal(held.workflow.loaded, timeout=WAIT_MS):
        held.workflow.show_series(other_series(held))
        gate.open()
    assert held.window.message_bar.text == "The heatmap was stopped because another series is shown."
    assert held.session.explanation is None
    with qtbot.waitSignal(held.workflow.loaded, timeout=WAIT_MS):
        held.workflow.show_series(first)
    assert held.session.result is held.session.explanation
    assert not held.session.has_heatmap("layercam")


def test_switching_the_model_drops_it_too_and_each_model_keeps_its_own(
    held_two: Viewer, two_models: tuple[str, str], gate: Gate, qtbot: QtBot
) -> None:
    viewer, session, (alpha, beta) = held_two, held_two.session, two_models
    results = {}
    for model in (beta, alpha):
        session.choose_model(model)
        results[model] = analyzed(viewer, qtbot)
    choose(viewer, "layercam")
    assert gate.reached.wait(15)
    session.choose_model(beta)
    assert viewer.window.message_bar.text == "The heatmap was stopped because another model is shown."
    gate.open()
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    for model in (alpha, beta):
        session.choose_model(model)
        assert session.explanation is results[model]
    explained(viewer, "eigencam", qtbot)
    session.choose_model(alpha)
    assert (chosen(viewer), session.explanation) == ("gradcam", results[alpha])
    session.choose_model(beta)
    assert (chosen(viewer), method_on_bar(viewer)) == ("eigencam", "Eigen-CAM")


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
    choose(viewer, "layercam")
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.explanation is viewer.session.result is result
    assert chosen(viewer) == "gradcam"


def test_a_run_of_the_model_takes_the_place_of_the_heatmap_and_holds_the_choice(
    held: Viewer, gate: Gate, qtbot: QtBot
) -> None:
    choose(held, "layercam")
    assert gate.reached.wait(15)
    with qtbot.waitSignal(held.workflow.analyzed, timeout=WAIT_MS):
        held.actions["model.run"].trigger()
        assert held.workflow.is_analyzing
        assert not held.window.overlay_panel.method_choice._combo.isEnabled()
        assert held.window.model_panel._stop.isVisible()
        held.workflow.explain("eigencam")
        assert held.window.message_bar.text == "The model is running."
        gate.open()
    assert chosen(held) == "gradcam"
    assert held.window.overlay_panel.method_choice._combo.isEnabled()
