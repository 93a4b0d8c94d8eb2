"""Comparing two packages in the real window: tiles, mean and spread, where they disagree."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leukoviewer.display.compose import compose_packed
from leukoviewer.preprocessing.projection import project
from leukoviewer.ui.comparing import FEW
from leukoviewer.ui.values import Cutoffs
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import analyzed
from tests.ui.results.conftest import OTHER, TINY


def test_one_result_has_nothing_to_be_compared_with(both: Viewer, qtbot: QtBot) -> None:
    analyzed(both, qtbot)
    both.actions["model.compare"].trigger()
    assert not both.results.comparing.window.isVisible()
    assert both.window.message_bar.text == FEW


def test_packages_stand_side_by_side_with_mean_spread_and_their_disagreement(both: Viewer, qtbot: QtBot) -> None:
    session, window = both.session, both.results.comparing.window
    analyzed(both, qtbot)
    session.choose_model(OTHER)
    analyzed(both, qtbot)
    session.set_cutoffs(Cutoffs(0.0, 0))
    session.choose_model(TINY)
    session.set_cutoffs(Cutoffs(1.0, 0))
    both.actions["model.compare"].trigger()
    assert window.isVisible()
    assert [view.tile.title for view in window.views] == [
        "other 2.0", "tiny 1.0", "Mean of 2 heatmaps", "Spread of 2 heatmaps",
    ]  # fmt: skip
    assert "The models disagree on slice" in window.sentence
    assert f"positive by {OTHER}, negative by {TINY}" in window.sentence
    assert [view.tile.stands_out for view in window.views] == [True, True, False, False]
    assert "your threshold" in window.views[0].words
    _check_pixels(both)
    assert session.view is not None
    before = session.view.slice_index
    QTest.keyClick(window, Qt.Key.Key_Down)
    assert session.view.slice_index == before + 1
    _check_pixels(both)
    session.set_cutoffs(Cutoffs(0.0, 0))
    assert "2 models agree that the patient is positive; they disagree on no slice." in window.sentence
    both.results.comparing.go_to_disputed(forward=True)
    assert both.window.message_bar.text == "The models agree on every slice."


def _check_pixels(viewer: Viewer) -> None:
    """Mean and spread, made without the window."""
    session = viewer.session
    view, volume = session.view, session.volume
    assert view is not None
    assert volume is not None
    heats = []
    for result in session.results_of_series():
        raw = result.map_of(view.slice_index)
        assert raw is not None
        heats.append(project(raw, result.mapping) / np.float32(result.map_scale))
    hu = volume.hu[view.slice_index]
    spread = np.abs(heats[0] - heats[1])
    styles = (view.heatmap, view.heatmap.with_colormap("viridis"))
    tiles = [one.tile for one in viewer.results.comparing.window.views[2:]]
    for tile, heat, style in zip(tiles, ((heats[0] + heats[1]) / 2, spread), styles, strict=True):
        expected = compose_packed(hu, view.window, heat=heat.astype(np.float32), style=style)
        assert tile.pixels is not None
        assert np.mean(view.turn.apply(expected) != tile.pixels) < 0.001


def test_d_goes_from_one_disputed_slice_to_the_next(both: Viewer, qtbot: QtBot) -> None:
    session = both.session
    analyzed(both, qtbot)
    QTest.keyClick(both.window, Qt.Key.Key_D)
    assert both.window.message_bar.text == FEW
    session.choose_model(OTHER)
    analyzed(both, qtbot)
    other, tiny = (result.by_native() for result in session.results_of_series())
    session.set_cutoffs(Cutoffs(float(np.nanmax(other)), 0))
    session.choose_model(TINY)
    session.set_cutoffs(Cutoffs(1.0, 0))
    if np.nanmax(tiny) >= 1.0:
        pytest.skip("this network is sure of a slice")
    top = int(np.nanargmax(other))
    QTest.keyClick(both.window, Qt.Key.Key_D)
    assert session.view is not None
    assert session.view.slice_index == top
