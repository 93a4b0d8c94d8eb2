"""The suspicion ribbon: slices, scores, thresholds, mouse and keys."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leukoviewer.ui.widgets.ribbon_painter import RibbonRow, score_color
from leukoviewer.ui.widgets.suspicion_ribbon import SuspicionRibbon
from tests.ui.widgets.picture import grabbed

SLICES = 20
LEFT = Qt.MouseButton.LeftButton
NAN = float("nan")


@pytest.fixture
def ribbon(qtbot: QtBot) -> SuspicionRibbon:
    """A ribbon of 20 slices without results; slice 10 is on the screen."""
    widget = SuspicionRibbon()
    qtbot.addWidget(widget)
    widget.set_slices([100.0 - 5 * index for index in range(SLICES)])
    widget.set_current(10)
    widget.resize(574, widget.sizeHint().height())
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def row(label: str = "model", threshold: float = 0.5, **scores: float) -> RibbonRow:
    """Scores of 0 but for those given by slice: ``row(s4=0.9)``."""
    values = np.zeros(SLICES)
    for name, score in scores.items():
        values[int(name[1:])] = score
    return RibbonRow(label, values, threshold)


def show_rows(ribbon: SuspicionRibbon, *rows: RibbonRow, active: int = 0) -> None:
    """Give it rows and the height they need."""
    ribbon.set_rows(rows, active=active)
    ribbon.resize(ribbon.width(), ribbon.sizeHint().height())


def in_row(ribbon: SuspicionRibbon, index: int, number: int = 0, level: float = 0.8) -> QPoint:
    """A point in a slice's cell at the height of a score."""
    layout = ribbon.layout_px
    left, right = layout.span(index)
    return QPoint(round((left + right) / 2), round(layout.level_y(number, level)))


def in_track(ribbon: SuspicionRibbon, index: int) -> QPoint:
    """A point on the slider's track."""
    return QPoint(in_row(ribbon, index).x(), round(ribbon.layout_px.track.center().y()))


def cell(ribbon: SuspicionRibbon, index: int, number: int = 0) -> NDArray[np.int16]:
    """Painted px in the middle column of a cell, from the top of its row to the bottom."""
    band = ribbon.layout_px.row(number)
    column = grabbed(ribbon)[:, in_row(ribbon, index).x()]
    return column[round(band.top()) : round(band.bottom())]


# Values


def test_a_row_is_checked_and_read_only() -> None:
    with pytest.raises(ValueError, match="one score a slice"):
        RibbonRow("m", np.zeros((2, 2)), 0.5)
    with pytest.raises(ValueError, match="between 0 and 1"):
        RibbonRow("m", np.zeros(2), 1.5)
    assert not row().scores.flags.writeable


def test_rows_of_another_series_are_refused(ribbon: SuspicionRibbon) -> None:
    with pytest.raises(ValueError, match="one score a slice"):
        ribbon.set_rows([RibbonRow("m", np.zeros(SLICES + 1), 0.5)])
    assert ribbon.rows == ()


def test_another_series_forgets_the_rows_of_the_one_before(ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row())
    ribbon.set_slices([None] * 5)
    assert ribbon.rows == ()
    assert ribbon.current == 4


def test_scores_grow_lighter() -> None:
    colors = [score_color(score) for score in (0.0, 0.25, 0.5, 0.75, 1.0)]
    luma = [0.2126 * color.red() + 0.7152 * color.green() + 0.0722 * color.blue() for color in colors]
    assert luma == sorted(luma)
    assert score_color(1.0).red() > score_color(0.0).red() + 80


# What is painted


def test_without_slices_nothing_is_painted(qtbot: QtBot) -> None:
    widget = SuspicionRibbon()
    qtbot.addWidget(widget)
    widget.resize(400, 80)
    assert len(np.unique(grabbed(widget).reshape(-1, 3), axis=0)) == 1
    qtbot.keyClick(widget, Qt.Key.Key_Right)
    qtbot.mouseClick(widget, LEFT, pos=QPoint(200, 40))
    assert widget.current == 0
    assert widget.tip_at(QPointF(200, 40)) == ""


@pytest.mark.parametrize("score", [0.2, 0.6, 1.0])
def test_a_cell_is_as_high_and_as_bright_as_its_score(ribbon: SuspicionRibbon, score: float) -> None:
    show_rows(ribbon, row(s4=score, threshold=0.0))
    color = score_color(score)
    column = cell(ribbon, 4)
    filled = (np.abs(column - [color.red(), color.green(), color.blue()]).max(axis=1) <= 2).sum()
    assert filled == pytest.approx(score * len(column), abs=2)


def test_a_score_of_zero_is_a_sliver_and_a_slice_left_out_is_hatched(ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row(s4=NAN, threshold=1.0))
    scored, left_out = cell(ribbon, 3), cell(ribbon, 4)
    violet = score_color(0.0)
    assert np.abs(scored[-1] - [violet.red(), violet.green(), violet.blue()]).max() <= 2
    assert np.ptp(scored[5:-4], axis=0).max() == 0
    # Diagonal lines in the line color, no score color anywhere.
    assert np.ptp(left_out[5:-1], axis=0).max() > 10
    assert (left_out[5:].max(axis=1) - left_out[5:].min(axis=1)).max() < 20


def test_each_model_has_its_own_row(ribbon: SuspicionRibbon) -> None:
    one_row = ribbon.sizeHint().height()
    show_rows(ribbon, row("a", s4=1.0, threshold=0.0), row("b", s7=1.0, threshold=0.0))
    assert ribbon.sizeHint().height() > one_row
    bright = [[int(cell(ribbon, index, number)[10].max()) > 200 for index in (4, 7)] for number in (0, 1)]
    assert bright == [[True, False], [False, True]]


def test_the_threshold_line_stands_at_its_height(ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row(threshold=0.25))
    low = grabbed(ribbon)
    show_rows(ribbon, row(threshold=0.75))
    high = grabbed(ribbon)
    layout = ribbon.layout_px
    for picture, level in ((low, 0.25), (high, 0.75)):
        y = round(layout.level_y(0, level))
        line = picture[y, int(layout.cells.left()) : int(layout.cells.right())].max(axis=1)
        # Dashed: half of it is lit at least.
        assert (line > 150).mean() > 0.4


def test_the_current_slice_is_marked(ribbon: SuspicionRibbon) -> None:
    def accent(index: int) -> bool:
        red, _, blue = grabbed(ribbon)[in_track(ribbon, index).y(), in_track(ribbon, index).x()].tolist()
        return blue - red > 60

    assert [accent(index) for index in (3, 10)] == [False, True]
    ribbon.set_current(3)
    assert [accent(index) for index in (3, 10)] == [True, False]


def test_the_marker_frames_the_scores_and_leaves_the_words_of_an_empty_row_alone(ribbon: SuspicionRibbon) -> None:
    def edge() -> int:
        left, _ = ribbon.layout_px.span(10)
        return int(grabbed(ribbon)[round(ribbon.layout_px.row(0).center().y()), int(left) - 3 : int(left) + 1].max())

    assert edge() < 60
    show_rows(ribbon, row(threshold=1.0))
    assert edge() > 80


def test_slices_read_so_far_and_broken_ones_show_in_the_track(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    def shade(index: int) -> list[int]:
        point = in_track(ribbon, index)
        found: list[int] = grabbed(ribbon)[point.y(), point.x()].tolist()
        return found

    empty = shade(4)
    ribbon.mark_loaded(4)
    qtbot.waitUntil(lambda: sum(shade(4)) > sum(empty) + 60)
    assert shade(5) == empty
    ribbon.set_loaded(range(6))
    assert shade(5) == shade(4)
    ribbon.set_broken([5])
    assert shade(5)[0] - shade(5)[2] > 60


def test_a_hint_and_the_loading_progress_stand_in_the_empty_row(ribbon: SuspicionRibbon) -> None:
    def words() -> NDArray[np.int16]:
        band = ribbon.layout_px.row(0)
        return grabbed(ribbon)[round(band.top()) + 2 : round(band.bottom()) - 2]

    blank = words()
    ribbon.set_hint("No result yet")
    hinted = words()
    ribbon.set_loaded(range(7))
    loading = words()
    ribbon.set_loaded(range(SLICES))
    assert (blank != hinted).any()
    assert (hinted != loading).any()
    assert (words() == hinted).all()


def test_moving_threshold_and_slice_repaints_what_lies_under_them(ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row(s4=1.0, s5=0.4, threshold=0.5))
    before = grabbed(ribbon)
    ribbon.set_rows([row(s4=1.0, s5=0.4, threshold=0.1)])
    ribbon.set_current(2)
    assert (grabbed(ribbon) != before).any()
    ribbon.set_rows([row(s4=1.0, s5=0.4, threshold=0.5)])
    ribbon.set_current(10)
    assert (grabbed(ribbon) == before).all()
    ribbon.set_rows([row(s4=0.2, s5=0.4, threshold=0.5)])
    assert (cell(ribbon, 4)[10] != before[round(ribbon.layout_px.row(0).top()) + 10, in_row(ribbon, 4).x()]).any()


# Mouse


def test_a_click_goes_to_the_slice(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row())
    for point, index in ((in_row(ribbon, 4), 4), (in_track(ribbon, 17), 17)):
        with qtbot.waitSignal(ribbon.slice_chosen) as chosen:
            qtbot.mouseClick(ribbon, LEFT, pos=point)
        assert chosen.args == [index]
        assert ribbon.current == index


def test_without_a_result_it_is_still_a_slider(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    with qtbot.waitSignal(ribbon.slice_chosen) as chosen:
        qtbot.mouseClick(ribbon, LEFT, pos=in_row(ribbon, 6))
    assert chosen.args == [6]


def test_a_drag_goes_through_the_slices_and_stops_at_the_ends(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    told: list[int] = []
    ribbon.slice_chosen.connect(told.append)
    qtbot.mousePress(ribbon, LEFT, pos=in_track(ribbon, 4))
    for index in (5, 5, 8):
        qtbot.mouseMove(ribbon, in_track(ribbon, index))
    qtbot.mouseMove(ribbon, QPoint(ribbon.width() - 1, 3))
    qtbot.mouseRelease(ribbon, LEFT, pos=in_track(ribbon, 8))
    qtbot.mouseMove(ribbon, in_track(ribbon, 2))
    assert told == [4, 5, 8, 19]


def test_the_shown_slice_is_not_chosen_again(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    with qtbot.assertNotEmitted(ribbon.slice_chosen):
        qtbot.mouseClick(ribbon, LEFT, pos=in_track(ribbon, 10))
        ribbon.set_current(4)


def test_other_buttons_choose_nothing(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    with qtbot.assertNotEmitted(ribbon.slice_chosen):
        qtbot.mouseClick(ribbon, Qt.MouseButton.RightButton, pos=in_track(ribbon, 4))


def test_dragging_the_threshold_moves_it_and_no_slice(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row(threshold=0.5))
    told: list[float] = []
    ribbon.threshold_moved.connect(told.append)
    with qtbot.assertNotEmitted(ribbon.slice_chosen):
        qtbot.mousePress(ribbon, LEFT, pos=in_row(ribbon, 4, level=0.5))
        for level in (0.6, 0.25):
            qtbot.mouseMove(ribbon, in_row(ribbon, 4, level=level))
        qtbot.mouseMove(ribbon, QPoint(200, -50))
        qtbot.mouseRelease(ribbon, LEFT, pos=QPoint(200, -50))
    assert told == [pytest.approx(0.6, abs=0.02), pytest.approx(0.25, abs=0.02), 1.0]
    with qtbot.assertNotEmitted(ribbon.threshold_moved):
        qtbot.mouseMove(ribbon, in_row(ribbon, 4, level=0.1))


def test_the_cursor_says_where_the_threshold_can_be_taken(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row(threshold=0.5))
    qtbot.mouseMove(ribbon, in_row(ribbon, 4, level=0.5))
    assert ribbon.cursor().shape() is Qt.CursorShape.SizeVerCursor
    qtbot.mouseMove(ribbon, in_row(ribbon, 4, level=0.9))
    assert ribbon.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_a_click_in_another_row_chooses_its_model(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row("a"), row("b"), active=0)
    with qtbot.assertNotEmitted(ribbon.row_chosen):
        qtbot.mouseClick(ribbon, LEFT, pos=in_row(ribbon, 4, number=0))
    with qtbot.waitSignals([ribbon.row_chosen, ribbon.slice_chosen]):
        qtbot.mouseClick(ribbon, LEFT, pos=in_row(ribbon, 5, number=1))


def test_only_the_active_rows_threshold_can_be_dragged(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row("a", threshold=0.5), row("b", threshold=0.5), active=1)
    with qtbot.assertNotEmitted(ribbon.threshold_moved):
        qtbot.mousePress(ribbon, LEFT, pos=in_row(ribbon, 4, number=0, level=0.5))
        qtbot.mouseMove(ribbon, in_row(ribbon, 4, number=0, level=0.2))
        qtbot.mouseRelease(ribbon, LEFT, pos=in_row(ribbon, 4, number=0, level=0.2))
    with qtbot.waitSignal(ribbon.threshold_moved):
        qtbot.mousePress(ribbon, LEFT, pos=in_row(ribbon, 4, number=1, level=0.5))
        qtbot.mouseMove(ribbon, in_row(ribbon, 4, number=1, level=0.2))


@pytest.mark.parametrize(("deltas", "index"), [([-120], 11), ([120], 9), ([-60, -60], 11), ([-60], 10)])
def test_the_wheel_goes_slice_by_slice(ribbon: SuspicionRibbon, deltas: list[int], index: int) -> None:
    for delta in deltas:
        point = QPointF(200, 20)
        event = QWheelEvent(
            point,
            ribbon.mapToGlobal(point),
            QPoint(),
            QPoint(0, delta),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(ribbon, event)
    assert ribbon.current == index


# Keys


@pytest.mark.parametrize(
    ("key", "modifier", "index"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 9),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 11),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 0),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 19),
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, 19),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 19),
    ],
)
def test_keys_go_to_slices(
    qtbot: QtBot, ribbon: SuspicionRibbon, key: Qt.Key, modifier: Qt.KeyboardModifier, index: int
) -> None:
    with qtbot.waitSignal(ribbon.slice_chosen) as chosen:
        qtbot.keyClick(ribbon, key, modifier)
    assert chosen.args == [index]


def test_the_ribbon_takes_the_focus_by_tab_and_shows_it(qtbot: QtBot, ribbon: SuspicionRibbon) -> None:
    assert ribbon.focusPolicy() & Qt.FocusPolicy.TabFocus
    ribbon.clearFocus()
    before = grabbed(ribbon)
    ribbon.activateWindow()
    ribbon.setFocus()
    qtbot.waitUntil(ribbon.hasFocus)
    assert (grabbed(ribbon) != before).any()


# Tool tips


def test_the_tip_tells_number_position_and_every_models_score(ribbon: SuspicionRibbon) -> None:
    show_rows(ribbon, row("leuko-1", s4=0.876), row("other-2", s4=NAN))
    ribbon.set_broken([5])
    tip = ribbon.tip_at(QPointF(in_row(ribbon, 4)))
    assert tip.splitlines() == ["Slice 5 of 20, 80.0 mm", "leuko-1: score 0.88", "other-2: not scored by this model"]
    assert "could not be read" in ribbon.tip_at(QPointF(in_row(ribbon, 5)))


def test_a_slice_without_position_has_a_tip_too(ribbon: SuspicionRibbon) -> None:
    ribbon.set_slices([None, None])
    assert ribbon.tip_at(QPointF(in_row(ribbon, 1))) == "Slice 2 of 2"
