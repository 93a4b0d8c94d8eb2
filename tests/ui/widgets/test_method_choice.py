"""The choice of the heatmap's method: what it offers and says, and that nothing begins by accident."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from leukoviewer.core.progress import Progress
from leukoviewer.ui.values import HeatmapChoice
from leukoviewer.ui.widgets.method_choice import NAME, MethodChoice
from leukoviewer.ui.widgets.overlay_panel import OverlayPanel

OWN = HeatmapChoice("gradcam", "Grad-CAM", "Comes with the score.")
CHOICES = (
    OWN,
    HeatmapChoice("layercam", "Layer-CAM", "Place by place."),
    HeatmapChoice("scorecam", "Score-CAM", "One by one.", is_slow=True),
    HeatmapChoice("fem", "FEM", "Strong features.", problem="FEM needs this and that."),
)


@pytest.fixture
def panel(qtbot: QtBot) -> OverlayPanel:
    panel = OverlayPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.method_choice.set_choices(CHOICES, "gradcam", reason="")
    return panel


@pytest.fixture
def choice(panel: OverlayPanel) -> MethodChoice:
    return panel.method_choice


@pytest.fixture
def asked(choice: MethodChoice) -> list[str]:
    found: list[str] = []
    choice.method_asked.connect(found.append)
    return found


def test_the_methods_are_offered_by_name_and_slow_ones_say_so(choice: MethodChoice) -> None:
    names = [choice._combo.itemText(number) for number in range(choice._combo.count())]
    assert names == ["Grad-CAM", "Layer-CAM", "Score-CAM (slow)", "FEM"]
    assert choice._combo.currentText() == "Grad-CAM"
    assert choice._combo.isEnabled()


@pytest.mark.parametrize(
    ("chosen", "says", "not_says"),
    [
        ("gradcam", "Comes with the score.", "Computed when chosen"),
        ("layercam", "Computed when chosen", "Slow"),
        ("scorecam", "minutes for a scan on a CPU", "needs"),
        ("fem", "FEM needs this", "Slow"),
    ],
)
def test_the_tip_says_what_a_method_is_and_costs(choice: MethodChoice, chosen: str, says: str, not_says: str) -> None:
    choice.set_choices(CHOICES, chosen, reason="")
    for text in (choice._combo.toolTip(), choice._combo.accessibleDescription()):
        assert says in text
        assert not_says not in text


def test_a_screen_reader_is_told_the_name_of_the_choice_and_what_each_method_is(choice: MethodChoice) -> None:
    assert choice._combo.accessibleName() == NAME
    assert choice._label.buddy() is choice._combo
    told = [choice._combo.itemData(number, Qt.ItemDataRole.AccessibleDescriptionRole) for number in range(4)]
    assert all(text.startswith(one.tip) for text, one in zip(told, CHOICES, strict=True))
    assert "FEM needs this" in told[3]


def test_a_reason_switches_the_choice_off_and_is_its_tip(choice: MethodChoice) -> None:
    choice.set_choices(CHOICES, "gradcam", reason="Run the model first.")
    assert not choice._combo.isEnabled()
    assert choice._combo.toolTip() == f"{NAME}\nRun the model first."
    choice.set_choices((), "", reason="")
    assert not choice._combo.isEnabled()
    assert choice._combo.count() == 0


def test_showing_a_method_asks_for_nothing(choice: MethodChoice, asked: list[str]) -> None:
    for key in ("layercam", "gradcam", "unheard-of"):
        choice.set_choices(CHOICES, key, reason="")
    assert asked == []


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing the keyboard)", extend=True)
def test_a_method_is_chosen_by_keys_alone(choice: MethodChoice, asked: list[str], qtbot: QtBot) -> None:
    choice.activateWindow()
    choice._combo.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(choice._combo.hasFocus)
    QTest.keyClick(choice._combo, Qt.Key.Key_Space)
    view = choice._combo.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())
    assert asked == ["layercam"]


def test_a_wheel_over_the_choice_begins_no_work(choice: MethodChoice, asked: list[str]) -> None:
    at = QPointF(5, 5)
    wheel = QWheelEvent(
        at, choice._combo.mapToGlobal(at), QPoint(), QPoint(0, -240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice._combo, wheel)
    assert asked == []
    assert choice._combo.currentText() == "Grad-CAM"


def test_progress_and_stop_take_the_place_of_the_note(panel: OverlayPanel, choice: MethodChoice, qtbot: QtBot) -> None:
    def shown() -> list[bool]:
        widgets: tuple[QWidget, ...] = (choice._bar, choice._stop, panel._note)
        return [widget.isVisible() for widget in widgets]

    assert shown() == [False, False, True]
    panel.set_computing(True)
    assert shown() == [True, True, False]
    choice.set_progress(Progress(3, 12, "Computing Layer-CAM"))
    assert (choice._bar.value(), choice._bar.maximum(), choice._bar.text()) == (3, 12, "Computing Layer-CAM")
    with qtbot.waitSignal(choice.stop_asked):
        choice._stop.click()
    panel.set_computing(False)
    assert shown() == [False, False, True]


def test_a_scan_without_any_heat_is_told(panel: OverlayPanel) -> None:
    panel.set_cell_mm((31.0, 31.0), has_heat=False)
    assert panel._note.text() == "This method points at nothing in this scan"
    panel.set_cell_mm((31.0, 31.0))
    assert panel._note.text().startswith("Cells about 31 mm")
