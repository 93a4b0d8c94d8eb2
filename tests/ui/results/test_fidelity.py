"""The fidelity badges in the real window, and what they say of odd scans."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.core.geometry import GeometryReport, SeriesWarning, Verdict, WarningCode
from leukoviewer.core.results import StackMapping
from leukoviewer.core.series import Catalog, Series
from leukoviewer.packages.provenance import TrainingRange
from leukoviewer.ui import fidelity
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import ModelChoice
from leukoviewer.ui.viewer import Viewer
from tests.display import scene
from tests.ui.conftest import WAIT_MS, analyzed, opened
from tests.ui.results.conftest import OTHER

KNOWN = TrainingRange(thickness_mm=(0.5, 1.0), kernels=("H31s",))


def _session(series: Series) -> Session:
    session = Session()
    session.open_catalog(Catalog((series,)))
    model = ModelChoice(scene.PACKAGE.id, scene.PACKAGE, training_range=KNOWN, plane_shape=(8, 12))
    session.set_models((model,), "")
    session.show_series(series.key)
    return session


def _found(*codes: WarningCode) -> Session:
    report = GeometryReport(
        Verdict.VOLUME_WITH_WARNINGS, warnings=tuple(SeriesWarning(code, f"Found {code}.") for code in codes),
        tilt_deg=18.5, spacing_mm=5.0, thicknesses_mm=(0.8,),
    )  # fmt: skip
    return _session(replace(scene.series(4), report=report, kernel="H31s"))


def _warned(side: fidelity.Fidelity) -> list[str]:
    return [mark.name for mark in side.warnings]


@pytest.mark.parametrize(
    ("code", "display", "model"),
    [
        (WarningCode.TILT, [], ["tilted"]),
        (WarningCode.LOSSY, ["lossy"], ["lossy"]),
        (WarningCode.GAP, ["gaps"], ["gaps"]),
        (WarningCode.CONTRAST, [], ["contrast"]),
        (WarningCode.BROKEN_SLICES, ["unreadable slices"], ["unreadable slices"]),
        (WarningCode.METAL, ["metal"], ["metal"]),
        (WarningCode.NO_BRAIN, [], ["no brain"]),
        (WarningCode.NOT_HOUNSFIELD, ["not HU"], ["not HU"]),
        (WarningCode.DUPLICATE_FILES, [], []),
    ],
)
def test_each_finding_counts_on_the_side_that_it_concerns(
    code: WarningCode, display: list[str], model: list[str]
) -> None:
    session = _found(code)
    assert _warned(fidelity.display_of(session)) == display
    assert _warned(fidelity.input_of(session)) == model
    for mark in (*fidelity.display_of(session).warnings, *fidelity.input_of(session).warnings):
        assert mark.found == f"Found {code}."
        assert mark.meaning.endswith(".")


def test_a_badge_names_two_things_and_counts_the_rest() -> None:
    assert fidelity.display_of(_found()).badge == "Display ✓"
    many = _found(WarningCode.LOSSY, WarningCode.GAP, WarningCode.CONTRAST, WarningCode.METAL)
    assert fidelity.input_of(many).badge == "Model input ⚠ lossy, gaps +2"
    assert fidelity.input_of(Session()).marks == ()


def test_before_a_run_the_chosen_models_training_is_held_against_the_series() -> None:
    session = _session(replace(scene.series(4), kernel="B70s"))
    marks = {mark.found for mark in fidelity.input_of(session).warnings}
    assert "Slices are 5 mm thick; the model was trained on 0.5 to 1 mm." in marks
    assert "The kernel B70s is not among those of the model's training (H31s)." in marks
    notes = [mark.found for mark in fidelity.input_of(session).marks if not mark.is_warning]
    assert notes == ["Each slice of 16 × 24 pixels is resampled to 8 × 12."]


def test_a_result_tells_what_became_of_the_slices() -> None:
    session = _session(scene.series(4))
    result = scene.analysis(scene.volume(4), {0: 0.9, 1: 0.8})
    mapping = StackMapping(((0, 1), (), (2,)), (4, 16, 24), (3, 16, 24), (1.0, 1.0))
    session.add_result(replace(result, mapping=mapping))
    side = fidelity.input_of(session)
    assert "The model looked at 3 of 4 slices." in {mark.found for mark in side.warnings}
    assert [mark.name for mark in side.marks if not mark.is_warning] == ["not resampled", "slabs", "padded"]
    plain = {mark.found for mark in side.marks if not mark.is_warning}
    assert "1 slice of the model's stack is an average of several slices." in plain
    assert "1 slice of the model's stack holds no image; it gets no score." in plain
    session.add_refusal(session.series.key, scene.PACKAGE.id, "No brain was found.")  # type: ignore[union-attr]
    assert fidelity.input_of(session).badge == "Model input ⚠ no brain"


def test_the_badges_stand_in_the_status_bar_and_explain_themselves(both: Viewer, qtbot: QtBot) -> None:
    both.session.choose_model(OTHER)
    judging = both.results.fidelity
    display, model = judging.badges.buttons
    assert display.isVisible()
    assert display.text() == "Display ✓"
    assert model.text() == "Model input ⚠ outside training"
    QTest.mouseClick(model, Qt.MouseButton.LeftButton)
    assert judging.popup.isVisible()
    assert "trained on 0.5 to 1 mm" in judging.popup.text
    assert "<h3>Display</h3>" not in judging.popup.text
    qtbot.waitUntil(judging.popup.isActiveWindow)
    QTest.keyClick(judging.popup, Qt.Key.Key_Escape)
    assert not judging.popup.isVisible()
    both.actions["view.fidelity"].trigger()
    assert "<h3>Display</h3>" in judging.popup.text
    judging.popup.close()
    analyzed(both, qtbot)
    assert "resampled to 256 × 256" in " ".join(mark.found for mark in fidelity.input_of(both.session).marks)


def test_a_head_without_brain_is_told_on_the_badge(both: Viewer, plastic_folder: Path, qtbot: QtBot) -> None:
    opened(both, plastic_folder, qtbot)
    with qtbot.waitSignal(both.workflow.failed, timeout=WAIT_MS):
        both.actions["model.run"].trigger()
    assert both.results.fidelity.badges.buttons[1].text() == "Model input ⚠ no brain"
