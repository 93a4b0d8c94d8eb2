"""Words and bars that are copied look as those that are painted, and are made once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from leukoviewer.ui.widgets import pieces
from leukoviewer.ui.widgets.pieces import MAX_PIECE_PX, MAX_PIECES, MAX_PX, draw_piece, draw_words

ALIGN = Qt.AlignmentFlag
COLORS = (QColor("white"), QColor(0, 0, 0, 190))
CORNERS = [ALIGN.AlignLeft, ALIGN.AlignHCenter, ALIGN.AlignRight]
HEIGHTS = [ALIGN.AlignTop, ALIGN.AlignVCenter, ALIGN.AlignBottom]

pytestmark = pytest.mark.usefixtures("qapp", "nothing_made")


@pytest.fixture
def nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of other tests are forgotten."""
    monkeypatch.setattr(pieces, "_pieces", {})


def picture(paint: Callable[[QPainter], None], *, ratio: float = 1.0) -> NDArray[np.uint8]:
    """What is painted on gray, shape (rows, columns, 4)."""
    image = QImage(round(200 * ratio), round(80 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(90, 90, 90))
    painter = QPainter(image)
    font = QFont(QApplication.font())
    font.setPixelSize(13)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    paint(painter)
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def words(text: str = "Slice 7 / 30", align: Qt.AlignmentFlag = ALIGN.AlignLeft, **options: object) -> object:
    """A painter of words in a box."""
    options = {"colors": COLORS, **options}
    return lambda painter: draw_words(painter, QRectF(10, 10, 180, 60), text, align=align, **options)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("down", HEIGHTS)
@pytest.mark.parametrize("across", CORNERS)
def test_copied_words_lie_where_painted_ones_do(
    monkeypatch: pytest.MonkeyPatch, across: Qt.AlignmentFlag, down: Qt.AlignmentFlag, ratio: float
) -> None:
    copied = picture(words(align=across | down), ratio=ratio).astype(int)
    monkeypatch.setattr(pieces, "_ratio", lambda *_: 0.0)
    painted = picture(words(align=across | down), ratio=ratio).astype(int)
    assert np.ptp(painted) > 100
    # On whole pixels of the screen, which those that are painted need not be: never more than one apart.
    shifts = [np.roll(copied, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    assert min(np.abs(shifted - painted).mean() for shifted in shifts) < 0.1 * np.abs(painted - 90).mean()


def test_the_second_copy_is_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first = picture(words())
    monkeypatch.setattr(pieces, "_made", None)
    assert np.array_equal(picture(words()), first)


@pytest.mark.parametrize(
    "other",
    [
        words("Slice 8 / 30"),
        words(colors=(QColor("yellow"), COLORS[1])),
        words(colors=(COLORS[0], QColor(0, 0, 0, 20))),
        words(room=40),
    ],
)
def test_words_that_differ_in_anything_are_not_copied(other: Callable[[QPainter], None]) -> None:
    assert not np.array_equal(picture(words()), picture(other))


def test_another_font_is_another_look() -> None:
    def bold(painter: QPainter) -> None:
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        words()(painter)

    assert not np.array_equal(picture(words()), picture(bold))


def test_words_without_room_end_in_an_ellipsis() -> None:
    """They take no more columns than there are, wherever they stand."""
    bright = (picture(words("word " * 30, room=80))[..., 0] > 200).any(axis=0)
    assert 60 < np.flatnonzero(bright).max() <= 10 + 80
    assert len(pieces._pieces) == 1


def test_a_piece_is_painted_once_a_size() -> None:
    painted: list[QRectF] = []

    def paint(painter: QPainter, box: QRectF) -> None:
        painted.append(box)
        painter.fillRect(box, QColor("red"))

    def show(painter: QPainter) -> None:
        for left in (20.0, 60.0):
            draw_piece(painter, QRectF(left, 30, 20, 10), "red", paint)
        draw_piece(painter, QRectF(120, 30, 40, 10), "red", paint)

    red = picture(show)[..., 2] == 255
    assert [(box.width(), box.height()) for box in painted] == [(20, 10), (40, 10)]
    assert red.sum() == 2 * 200 + 400
    assert red[30:40, 20:40].all()
    assert red[30:40, 60:80].all()


def test_a_turned_picture_is_painted_anew() -> None:
    painted: list[QRectF] = []

    def show(painter: QPainter) -> None:
        painter.rotate(90)
        for _ in range(2):
            draw_piece(painter, QRectF(20, -40, 20, 10), "red", lambda _painter, box: painted.append(box))
        draw_words(painter, QRectF(20, -40, 20, 10), "turned", align=ALIGN.AlignLeft, colors=COLORS)

    picture(show)
    assert painted == [QRectF(20, -40, 20, 10)] * 2
    assert pieces._pieces == {}


def test_words_that_change_all_the_time_do_not_pile_up() -> None:
    for number in range(MAX_PIECES + 40):
        picture(words(f"{number} HU"))
    assert len(pieces._pieces) == MAX_PIECES
    # The newest are there, the oldest are not.
    texts = [known[0] for known in pieces._pieces]
    assert texts[-1] == f"{MAX_PIECES + 39} HU"
    assert "0 HU" not in texts


def test_large_pieces_are_kept_as_far_as_there_is_room() -> None:
    side = int(MAX_PIECE_PX**0.5) - 6
    for number in range(2 * MAX_PX // MAX_PIECE_PX):
        picture(lambda painter, key=number: draw_piece(painter, QRectF(0, 0, side, side), key, lambda *_: None))
    assert MAX_PX - MAX_PIECE_PX < sum(piece.px for piece in pieces._pieces.values()) <= MAX_PX
    assert [known[0] for known in pieces._pieces] == list(range(MAX_PX // MAX_PIECE_PX, 2 * MAX_PX // MAX_PIECE_PX))


def test_no_words_are_nothing() -> None:
    assert np.ptp(picture(words(""))[..., 0]) == 0
    assert pieces._pieces == {}


class _Sign(QWidget):
    """A widget with words and a bar on gray."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(90, 90, 90))
        font = painter.font()
        font.setPixelSize(13)
        painter.setFont(font)
        words()(painter)
        draw_piece(
            painter, QRectF(20.3, 40, 100.4, 5), "bar", lambda into, box: into.drawLine(box.topLeft(), box.topRight())
        )
        painter.end()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_widget_on_a_finer_picture_than_its_screen_is_as_fine_as_that(ratio: float) -> None:
    """Copies made for the screen would be enlarged or shrunk, and blur."""
    sign = _Sign()
    sign.resize(200, 80)
    image = QImage(round(200 * ratio), round(80 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    sign.render(image)
    assert {piece.image.devicePixelRatio() for piece in pieces._pieces.values()} == {ratio}
    assert len(pieces._pieces) == 2
    shown = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    height = round(36 * ratio)
    assert np.array_equal(shown[:height, :, :3], picture(words(), ratio=ratio)[:height, :, :3])
    # A line of one px of the device, as it was drawn: none lies between dark and light.
    assert set(np.unique(shown[height:, :, 0])) == {0, 90}


@pytest.mark.parametrize("size_px", [13, 40])
@pytest.mark.parametrize(
    "text", ["\u1ea4\u0302\u0303g\u0323\u0331", "\u5c71\u7530^\u592a\u90ce", "jf\u0639\u0628\u062f"]
)
def test_no_letter_is_cut_at_the_rim(monkeypatch: pytest.MonkeyPatch, text: str, size_px: int) -> None:
    """Marks stand over letters, and other fonts lend letters that are higher than the painter's own."""

    def show(painter: QPainter) -> None:
        font = painter.font()
        font.setPixelSize(size_px)
        painter.setFont(font)
        words(text, ALIGN.AlignHCenter | ALIGN.AlignVCenter)(painter)

    copied = picture(show).astype(int)
    monkeypatch.setattr(pieces, "_ratio", lambda *_: 0.0)
    painted = picture(show).astype(int)
    shifts = [np.roll(copied, (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    assert min(np.abs(shifted - painted).mean() for shifted in shifts) < 0.1 * np.abs(painted - 90).mean()


def test_words_of_any_length_are_shown_and_not_kept() -> None:
    """A file can say its name in thousands of letters."""
    shown = picture(words("W" * 60_000))
    assert (shown[..., 0] > 200).any()
    assert pieces._pieces == {}


@pytest.mark.parametrize("copies", [True, False])
def test_the_painter_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, copies: bool) -> None:
    def paint(painter: QPainter, box: QRectF) -> None:
        painter.setPen(QColor("red"))
        painter.setOpacity(0.5)
        painter.fillRect(box, QColor("red"))

    def show(painter: QPainter) -> None:
        pen, font = QPen(QColor("green"), 3), painter.font()
        painter.setPen(pen)
        painter.setClipRect(QRectF(0, 0, 150, 70))
        words()(painter)
        draw_piece(painter, QRectF(10, 40, 20, 10), "red", paint)
        assert (painter.pen(), painter.font(), painter.opacity()) == (pen, font, 1.0)
        assert painter.clipBoundingRect() == QRectF(0, 0, 150, 70)

    if not copies:
        monkeypatch.setattr(pieces, "_ratio", lambda *_: 0.0)
    picture(show)
    assert bool(pieces._pieces) == copies
