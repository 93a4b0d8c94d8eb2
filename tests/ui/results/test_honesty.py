"""The honesty meter in the real window: runs beside the reading, stops, tells its verdict in words and numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.core.honesty import Check, Finding, Honesty
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.packages.archive import Package
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import HEADS, WAIT_MS, Gate, analyzed, begun, opened
from tests.ui.results.conftest import OTHER


def _honesty(result: Analysis, *, passed: bool) -> Honesty:
    findings = tuple(Finding(check, passed, f"The {check}.", (("likeness", 0.25),)) for check in Check)
    return Honesty(result.series_key, result.package.id, "gradcam", (2, 3), findings)


def test_the_real_checks_run_in_the_background_and_end_with_a_verdict(both: Viewer, qtbot: QtBot) -> None:
    meter = both.results.honesty
    both.actions["heatmap.honesty"].trigger()
    assert meter.window.verdict == "There is no result yet; run the model first (M)."
    assert not meter.window._run.isEnabled()
    result = analyzed(both, qtbot)
    both.actions["heatmap.honesty"].trigger()
    assert meter.window.is_running
    qtbot.waitUntil(lambda: both.session.trust.of(result.series_key, result.package.id) is not None, timeout=WAIT_MS)
    honesty = both.session.trust.of(result.series_key, result.package.id)
    assert honesty is not None
    assert meter.window.verdict == honesty.verdict
    for name in ("Repeatability", "Deletion", "Random weights"):
        assert f"<b>{name}</b>" in meter.window.details
    assert not meter.window.is_running
    shown = both.window.findings._warnings.text()
    assert (honesty.verdict in shown) is bool(honesty.failed)
    # Another package has its own verdict.
    both.session.choose_model(OTHER)
    assert meter.window.details == ""


def test_checking_can_be_stopped_and_another_series_stops_it(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot
) -> None:
    gates = [Gate(), Gate()]
    waiting = iter(gates)

    def judge(result: Analysis, _volume: Volume) -> Work[Honesty]:
        gate = next(waiting)
        yield Progress(1, 4, "Checking the heatmap")
        gate.wait()
        yield Progress(2, 4, "Checking the heatmap")
        return _honesty(result, passed=True)

    viewer = opened(begun(viewers(judge=judge), qtbot), head_folder, qtbot)
    result = analyzed(viewer, qtbot)
    viewer.actions["heatmap.honesty"].trigger()
    window = viewer.results.honesty.window
    qtbot.waitUntil(gates[0].reached.is_set, timeout=WAIT_MS)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    gates[0].open()
    qtbot.waitUntil(lambda: not window.is_running, timeout=WAIT_MS)
    assert viewer.window.message_bar.text == "Checking the heatmap was stopped; there is no verdict."
    assert window.isVisible()
    window._run.click()
    qtbot.waitUntil(gates[1].reached.is_set, timeout=WAIT_MS)
    other = next(s for s in viewer.session.catalog.series if s.description == HEADS["second"])  # type: ignore[union-attr]
    viewer.workflow.show_series(other.key)
    assert not window.is_running
    gates[1].open()
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.trust.of(result.series_key, result.package.id) is None


@pytest.mark.parametrize("passed", [True, False])
def test_the_verdict_stands_in_plain_words_with_the_numbers_behind_it(both: Viewer, qtbot: QtBot, passed: bool) -> None:
    result = analyzed(both, qtbot)
    both.session.trust.put(_honesty(result, passed=passed))
    both.actions["heatmap.honesty"].trigger()
    window = both.results.honesty.window
    assert not window.is_running
    assert window.verdict.startswith("No check speaks" if passed else "Localization not trustworthy here: the rep")
    assert window._verdict.property("kind") == ("fine" if passed else "warning")
    assert "slices 3, 4" in window._subject.text()
    assert "0.25" in window.details
    assert ("Localization not trustworthy here" in both.window.findings._warnings.text()) is not passed
    # A new run of the model is another result: its heatmap is not checked yet.
    analyzed(both, qtbot)
    assert window.verdict == "Not checked yet."
