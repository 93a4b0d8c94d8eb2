"""A heatmap that cannot be had: one sentence says why, and the result stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.errors import EngineError, RefusedError
from leukoviewer.inference import explain
from leukoviewer.packages.archive import Package
from leukoviewer.ui.messages import Kind
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, analyzed, begun, opened
from tests.ui.explaining.conftest import choose, chosen


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
    choose(viewer, "fem")
    assert viewer.window.message_bar.text == (
        "Heatmaps by FEM need PyTorch and pytorch-grad-cam; install both with: pip install leukoviewer[gpu]."
    )
    assert viewer.workflow.is_idle
    assert (chosen(viewer), viewer.session.explanation) == ("gradcam", result)


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
        choose(viewer, "layercam")
    bar = viewer.window.message_bar
    assert bar.kind is Kind.ERROR
    assert "\n" not in bar.text
    assert str(error) in bar.text
    assert viewer.session.result is viewer.session.explanation is result
    assert viewer.session.refusal == ""
    assert chosen(viewer) == "gradcam"


def test_without_a_result_asking_is_answered(reading: Viewer) -> None:
    reading.workflow.explain("layercam")
    assert "run the model first" in reading.window.message_bar.text
