"""The panels at the right: they show values without answering back, and ask by signals."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leukoviewer.core.progress import Progress
from leukoviewer.core.window import PRESETS, Window
from leukoviewer.display.state import HeatmapStyle
from leukoviewer.ui.values import Cutoffs, ModelChoice
from leukoviewer.ui.widgets.findings import Findings, FindingsText
from leukoviewer.ui.widgets.model_panel import NO_MODEL, ModelPanel, devices_here
from leukoviewer.ui.widgets.overlay_panel import OverlayPanel
from leukoviewer.ui.widgets.window_panel import WindowPanel
from tests.display import scene

MODELS = (
    ModelChoice("a-1.0", scene.PACKAGE, ("Trained on simulated patients", "AUC 0.9"), ("convnext_atto",)),
    ModelChoice("b-2.0", scene.PACKAGE, ("Trained on other patients",)),
    ModelChoice("torn-1.0", problem="The model in torn-1.0 cannot be used."),
)


def _shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()


class Asked:
    """What a widget asked for, by signal."""

    def __init__(self, widget: QWidget, *names: str) -> None:
        self.calls: list[tuple[object, ...]] = []
        for name in names:
            getattr(widget, name).connect(lambda *values, name=name: self.calls.append((name, *values)))


# Window


@pytest.fixture
def window_panel(qtbot: QtBot) -> WindowPanel:
    panel = WindowPanel()
    _shown(qtbot, panel)
    return panel


def test_each_preset_has_a_button_that_asks_for_it(window_panel: WindowPanel) -> None:
    asked = Asked(window_panel, "window_asked", "dicom_asked", "automatic_asked")
    for preset in PRESETS:
        window_panel._buttons[preset.name].click()
    window_panel.set_dicom_count(1)
    window_panel._buttons["DICOM"].click()
    window_panel._buttons["Automatic"].click()
    assert asked.calls == [*(("window_asked", preset) for preset in PRESETS), ("dicom_asked",), ("automatic_asked",)]


def test_a_button_stays_down_only_when_its_window_is_in_use(window_panel: WindowPanel) -> None:
    window_panel.set_window(PRESETS[0])
    window_panel._buttons["Bone"].click()
    assert not window_panel._buttons["Bone"].isChecked()
    window_panel.set_window(PRESETS[5])
    assert window_panel._buttons["Bone"].isChecked()
    assert not window_panel._buttons["Brain"].isChecked()


def test_showing_a_window_asks_for_nothing(window_panel: WindowPanel) -> None:
    asked = Asked(window_panel, "window_asked", "invert_asked")
    window_panel.set_window(Window(-600, 1500, "Lung"))
    window_panel.set_inverted(True)
    assert (window_panel._width.value(), window_panel._center.value()) == (1500, -600)
    assert asked.calls == []


def test_a_typed_width_asks_for_a_window_without_a_name(window_panel: WindowPanel, qtbot: QtBot) -> None:
    asked = Asked(window_panel, "window_asked")
    window_panel.set_window(PRESETS[0])
    window_panel._width.setValue(200)
    qtbot.keyClick(window_panel._width, Qt.Key.Key_Return)
    assert asked.calls == [("window_asked", Window(40, 200))]


def test_leaving_a_field_unchanged_asks_for_nothing(window_panel: WindowPanel, qtbot: QtBot) -> None:
    asked = Asked(window_panel, "window_asked")
    window_panel.set_window(Window(40.4, 80.3))
    qtbot.keyClick(window_panel._width, Qt.Key.Key_Return)
    assert asked.calls == []


def test_the_files_window_is_offered_only_when_they_bring_one(window_panel: WindowPanel) -> None:
    window_panel.set_dicom_count(0)
    assert not window_panel._buttons["DICOM"].isEnabled()
    window_panel.set_dicom_count(2)
    assert window_panel._buttons["DICOM"].isEnabled()


# Heatmap


@pytest.fixture
def overlay_panel(qtbot: QtBot) -> OverlayPanel:
    panel = OverlayPanel()
    _shown(qtbot, panel)
    return panel


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (lambda p: p._visible.click(), HeatmapStyle(visible=False)),
        (lambda p: p._opacity.setValue(80), HeatmapStyle(opacity=0.8)),
        (lambda p: p._threshold.setValue(0), HeatmapStyle(threshold=0.0)),
        (lambda p: p._colors.setCurrentText("viridis"), HeatmapStyle(colormap="viridis")),
    ],
)
def test_each_control_asks_for_its_style(overlay_panel: OverlayPanel, act, expected: HeatmapStyle) -> None:  # type: ignore[no-untyped-def]
    asked = Asked(overlay_panel, "style_asked")
    act(overlay_panel)
    assert asked.calls == [("style_asked", expected)]


def test_showing_a_style_asks_for_nothing_and_shows_percents(overlay_panel: OverlayPanel) -> None:
    asked = Asked(overlay_panel, "style_asked")
    overlay_panel.set_style(HeatmapStyle(visible=False, opacity=0.7, threshold=0.25, colormap="magma"))
    assert asked.calls == []
    assert (overlay_panel._opacity_text.text(), overlay_panel._threshold_text.text()) == ("70 %", "25 %")
    assert overlay_panel._colors.currentText() == "magma"
    assert not overlay_panel._visible.isChecked()


@pytest.mark.parametrize(
    ("size", "text"), [(None, "Cells are coarse;"), ((31.2, 30.9), "about 31 mm"), ((31.2, 15.6), "about 31 × 16 mm")]
)
def test_the_panel_says_how_coarse_the_map_is(
    overlay_panel: OverlayPanel, size: tuple[float, float] | None, text: str
) -> None:
    overlay_panel.set_cell_mm(size)
    assert text in overlay_panel._note.text()
    assert "one scale" in overlay_panel._note.text()


# Model


@pytest.fixture
def model_panel(qtbot: QtBot) -> ModelPanel:
    panel = ModelPanel()
    _shown(qtbot, panel)
    return panel


def test_the_chosen_model_shows_its_provenance(model_panel: ModelPanel) -> None:
    model_panel.set_models(MODELS, "a-1.0")
    assert model_panel._choice.currentText() == "leuko-tiny 1.2"
    assert model_panel._facts.text() == "Trained on simulated patients\nAUC 0.9"
    assert model_panel._facts.toolTip() == "convnext_atto"
    model_panel.set_models(MODELS, "b-2.0")
    assert model_panel._facts.text() == "Trained on other patients"


def test_a_damaged_model_is_told_and_cannot_be_chosen(model_panel: ModelPanel) -> None:
    model_panel.set_models(MODELS, "a-1.0")
    assert model_panel._choice.itemText(2) == "torn-1.0 (damaged)"
    flags = model_panel._choice.model().index(2, 0).flags()
    assert not flags & Qt.ItemFlag.ItemIsEnabled
    assert model_panel._choice.itemData(2, Qt.ItemDataRole.ToolTipRole) == MODELS[2].problem


def test_without_models_the_panel_says_what_to_do(model_panel: ModelPanel) -> None:
    model_panel.set_models((), "")
    assert model_panel._facts.text() == NO_MODEL
    assert not model_panel._choice.isEnabled()


def test_choices_ask_by_id(model_panel: ModelPanel) -> None:
    model_panel.set_models(MODELS, "a-1.0")
    asked = Asked(model_panel, "model_asked", "device_asked", "run_asked", "stop_asked")
    model_panel._choice.activated.emit(0)
    model_panel.set_device("cpu")
    model_panel._device.activated.emit(1)
    model_panel.set_reason("", has_result=False)
    model_panel._run.click()
    model_panel.set_running(True)
    model_panel._stop.click()
    assert asked.calls == [("model_asked", "a-1.0"), ("device_asked", "cpu"), ("run_asked",), ("stop_asked",)]


def test_a_reason_switches_the_button_off_and_is_its_tip(model_panel: ModelPanel) -> None:
    model_panel.set_reason("The series is still being read.", has_result=False)
    assert not model_panel._run.isEnabled()
    assert model_panel._run.toolTip() == "The series is still being read."
    model_panel.set_reason("", has_result=True)
    assert model_panel._run.isEnabled()
    assert model_panel._run.text() == "Run again"


def test_progress_takes_the_place_of_the_button(model_panel: ModelPanel) -> None:
    model_panel.set_running(True)
    assert not model_panel._run.isVisible()
    model_panel.set_progress(Progress(3, 12, "Scoring slices"))
    assert (model_panel._bar.value(), model_panel._bar.maximum()) == (3, 12)
    assert model_panel._bar.text() == "Scoring slices"
    model_panel.set_progress(Progress(0, 0, "Loading the model"))
    assert model_panel._bar.text() == "Loading the model"
    model_panel.set_running(False)
    assert model_panel._run.isVisible()
    assert not model_panel._bar.isVisible()


def test_the_devices_fit_the_platform() -> None:
    assert devices_here("darwin") == ("auto", "cpu", "mps")
    assert devices_here("linux") == devices_here("win32") == ("auto", "cpu", "cuda")


def test_a_remembered_device_of_another_platform_is_shown_as_it_is(model_panel: ModelPanel) -> None:
    absent = next(name for name in ("mps", "cuda") if name not in devices_here())
    model_panel.set_device(absent)
    assert model_panel._device.currentData() == absent


# Findings


@pytest.fixture
def findings(qtbot: QtBot) -> Findings:
    panel = Findings()
    _shown(qtbot, panel)
    return panel


def test_lines_show_only_when_there_is_something_to_say(findings: Findings) -> None:
    findings.set_text(FindingsText("Slice 1: score 0.90, positive", True, True, "5 of 9 slices positive.", True))
    assert findings._slice.property("tone") == "positive"
    assert findings._vote.property("tone") == "positive"
    assert not findings._warnings.isVisible()
    assert not findings._source.isVisible()
    findings.set_text(FindingsText("No result yet.", warnings=("Tilted.", "Gap.")))
    assert findings._slice.property("tone") == "quiet"
    assert not findings._vote.isVisible()
    assert findings._warnings.text() == "⚠ Tilted.\n⚠ Gap."


def test_limits_hide_without_a_result(findings: Findings) -> None:
    findings.set_cutoffs(None, scored=0, moved=False)
    assert not findings._limits.isVisible()
    findings.set_cutoffs(Cutoffs(0.537, 4), scored=28, moved=True)
    assert findings._limits.isVisible()
    assert findings._threshold_text.text() == "0.537"
    assert findings._needed.maximum() == 28
    assert findings._reset.isEnabled()


def test_moving_one_limit_keeps_the_other_exactly(findings: Findings) -> None:
    findings.set_cutoffs(Cutoffs(0.537, 4), scored=28, moved=False)
    asked = Asked(findings, "cutoffs_asked", "reset_asked")
    findings._needed.setValue(6)
    assert asked.calls == [("cutoffs_asked", Cutoffs(0.537, 6))]
    findings.set_cutoffs(Cutoffs(0.537, 6), scored=28, moved=True)
    findings._threshold.setValue(20)
    findings._reset.click()
    assert asked.calls[1:] == [("cutoffs_asked", Cutoffs(0.2, 6)), ("reset_asked",)]


@pytest.mark.parametrize(("threshold", "text"), [(0.5, "0.50"), (0.53, "0.53"), (0.5349, "0.535")])
def test_a_threshold_between_hundredths_is_told_finer(findings: Findings, threshold: float, text: str) -> None:
    findings.set_cutoffs(Cutoffs(threshold, 4), scored=12, moved=False)
    assert findings._threshold_text.text() == text


def test_a_vote_that_needs_more_slices_than_were_scored_can_be_shown(findings: Findings) -> None:
    findings.set_cutoffs(Cutoffs(0.5, 40), scored=12, moved=False)
    assert findings._needed.value() == 40


def test_the_research_line_always_stands(findings: Findings) -> None:
    labels = [child for child in findings.findChildren(QWidget) if child.objectName() == "research"]
    assert len(labels) == 1
    assert labels[0].isVisible()
