"""Other heatmap methods in the real window: chosen, shown, kept for each series and each run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from leukoviewer.inference.methods import METHODS
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, Gate, analyzed, opened
from tests.ui.explaining.conftest import choose, chosen, explained, method_on_bar, other_series, pixels_of


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
    own, maps = pixels_of(reading).copy(), result.maps.copy()
    findings = reading.window.findings
    said = (findings._slice.text(), findings._vote.text(), reading.window.ribbon.rows)
    assert method_on_bar(reading) == "Grad-CAM"

    shown = explained(reading, "eigencam", qtbot)
    assert shown.heatmap_method == "eigencam"
    assert not np.array_equal(pixels_of(reading), own)
    assert reading.session.result is result
    assert result.heatmap_method == "gradcam"
    np.testing.assert_array_equal(result.maps, maps)
    assert (findings._slice.text(), findings._vote.text(), reading.window.ribbon.rows) == said
    assert method_on_bar(reading) == "Eigen-CAM"
    assert "Heatmap by Eigen-CAM, " in findings._source.text()
    assert chosen(reading) == "eigencam"


def test_kept_heatmaps_are_switched_at_once_without_any_work(
    held: Viewer, gate: Gate, asked: list[str], qtbot: QtBot
) -> None:
    viewer = held
    gate.open()
    pictures = {"gradcam": pixels_of(viewer).copy()}
    for method in ("layercam", "eigencam"):
        explained(viewer, method, qtbot)
        pictures[method] = pixels_of(viewer).copy()
    for method in ("gradcam", "layercam", "eigencam", "gradcam"):
        choose(viewer, method)
        assert viewer.workflow.is_idle
        np.testing.assert_array_equal(pixels_of(viewer), pictures[method])
        assert chosen(viewer) == method
    assert asked == ["layercam", "eigencam"]
    assert "Heatmap by" not in viewer.window.findings._source.text()


def test_a_second_run_begins_with_its_own_heatmap_again(reading: Viewer, qtbot: QtBot) -> None:
    analyzed(reading, qtbot)
    explained(reading, "layercam", qtbot)
    result = analyzed(reading, qtbot)
    assert reading.session.explanation is result
    assert chosen(reading) == "gradcam"
    assert not reading.session.has_heatmap("layercam")


def test_opening_computes_nothing_by_itself_and_each_series_keeps_its_method(
    held: Viewer, head_folder: Path, gate: Gate, asked: list[str], qtbot: QtBot
) -> None:
    viewer = held
    gate.open()
    assert viewer.session.series is not None
    first = viewer.session.series.key
    explained(viewer, "layercam", qtbot)
    with qtbot.waitSignal(viewer.workflow.loaded, timeout=WAIT_MS):
        viewer.workflow.show_series(other_series(viewer))
    analyzed(viewer, qtbot)
    assert (chosen(viewer), method_on_bar(viewer)) == ("gradcam", "Grad-CAM")
    with qtbot.waitSignal(viewer.workflow.loaded, timeout=WAIT_MS):
        viewer.workflow.show_series(first)
    assert (chosen(viewer), method_on_bar(viewer)) == ("layercam", "Layer-CAM")
    opened(viewer, head_folder, qtbot)
    analyzed(viewer, qtbot)
    assert (chosen(viewer), method_on_bar(viewer)) == ("gradcam", "Grad-CAM")
    assert asked == ["layercam"]
