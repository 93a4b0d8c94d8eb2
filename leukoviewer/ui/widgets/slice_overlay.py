"""Everything written over a slice: letters, scale bar, corner texts, color bar, a notice in the middle."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.display.orientation import EdgeLetters
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.color_bar import WIDTH_PX as BAR_PX
from leukoviewer.ui.widgets.color_bar import ColorBar, boxes_of, label_px, paint_color_bar
from leukoviewer.ui.widgets.corner_text import (
    MARGIN_PX,
    brief,
    is_narrow,
    letter_boxes,
    letter_px,
    line_boxes,
    paint_corner_texts,
    paint_edge_letters,
)
from leukoviewer.ui.widgets.scale_bar import paint_scale_bar
from leukoviewer.ui.widgets.study_banner import Banner, banner_px, paint_banner
from leukoviewer.ui.widgets.viewport import Viewport

_GAP_PX = 4.0
_LEAST_BAR_PX = 48.0
# Of a narrow view: name and id.
_PATIENT_LINES = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """A word in the middle of the picture, in place of a slice that is not there.

    Attributes
    ----------
    text : str
        One sentence.
    is_trouble : bool
        Whether something is wrong (shown in the warning color) or only not ready yet.
    """

    text: str
    is_trouble: bool = False

    @staticmethod
    def loading(number: int | None = None) -> Notice:
        """The slice (counted from 1) is not read yet."""
        return Notice(tr("Loading …") if number is None else tr("Loading slice {} …").format(number))

    @staticmethod
    def broken(reason: str) -> Notice:
        """The slice could not be read, the reason being a sentence; what is shown is a placeholder."""
        return Notice(tr("This slice could not be read. {}").format(told(reason)), is_trouble=True)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is written over the picture.

    Attributes
    ----------
    texts : CornerTexts
        Lines of the four corners.
    shows_texts : bool
        Whether they and the readout show; letters, bars and notices always stand.
    readout : str
        What is under the cursor.
    letters : EdgeLetters
        Orientation.
    has_scale : bool
        Whether pixel distances are known, so that a scale bar is true.
    bar : ColorBar or None
        Shown with a heatmap.
    notice : Notice or None
        Shown in place of a slice that is not there.
    remark : str
        How the view follows another one.
    mode : str
        What runs by itself, e.g. cine.
    is_active : bool
        Whether it is the one of several views that the keys go to.
    banner : Banner
        Which study it is, where there are several.
    """

    texts: CornerTexts = field(default_factory=CornerTexts)
    shows_texts: bool = True
    readout: str = ""
    letters: EdgeLetters = field(default_factory=EdgeLetters)
    has_scale: bool = False
    bar: ColorBar | None = None
    notice: Notice | None = None
    remark: str = ""
    mode: str = ""
    is_active: bool = False
    banner: Banner = field(default_factory=Banner)


@dataclass(frozen=True, slots=True)
class _Laid:
    """Where things stand in a view."""

    area: QRectF
    is_brief: bool
    texts: CornerTexts
    bar: tuple[QRectF, ColorBar] | None = None

    def beside_px(self, metrics: QFontMetricsF) -> float:
        """Room that the color bar takes from the letter of the right edge."""
        if self.bar is None:
            return 0.0
        return BAR_PX + MARGIN_PX + label_px(*self.bar, y=self.area.center().y(), metrics=metrics)


def _laid(overlay: Overlay, whole: QRectF, metrics: QFontMetricsF) -> _Laid:
    area = whole.adjusted(0, banner_px(overlay.banner), 0, 0)
    is_brief = is_narrow(area)
    texts = _texts(overlay, patient=_PATIENT_LINES if is_brief else None) if overlay.shows_texts else CornerTexts()
    if is_brief:
        texts = brief(texts, area, metrics)
    if overlay.bar is None:
        return _Laid(area, is_brief, texts)
    line_px, free = metrics.lineSpacing(), area
    lines = (len(texts.top_right), len(texts.bottom_right))
    if is_brief:
        # Room for the readout, too: the bar does not move with the mouse.
        lines = (len(texts.top_left), len(texts.bottom_left) + (not overlay.readout))
        free = area.adjusted(0, letter_px(), 0, -letter_px())
    box, bar = _placed_bar(free, overlay.bar, lines=lines, line_px=line_px)
    if abs(box.bottom() + bar.under_px / 2 - area.center().y()) < bar.under_px / 2 + letter_px() / 2:
        # The lines under it would lie on the letter of the right edge.
        box, bar = _placed_bar(free, replace(bar, method="", note=""), lines=lines, line_px=line_px)
    return _Laid(area, is_brief, texts, (box, bar))


def paint_overlay(painter: QPainter, overlay: Overlay, viewport: Viewport, *, font: QFont) -> None:
    """Draw the overlay over a widget of the viewport's size."""
    whole = QRectF(0, 0, *viewport.size)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    paint_banner(painter, whole, overlay.banner, font=font)
    painter.setFont(shades.font_of(font, shades.SMALL_PX))
    metrics = QFontMetricsF(painter.font())
    laid = _laid(overlay, whole, metrics)
    if overlay.has_scale:
        longest_px = min(laid.area.width() * 0.22, 220)
        foot = _scale_foot(laid, metrics, longest_px=longest_px)
        paint_scale_bar(painter, foot, viewport.px_per_mm, longest_px=longest_px)
    if laid.bar is not None:
        paint_color_bar(painter, *laid.bar)
    paint_corner_texts(painter, laid.area, laid.texts)
    if overlay.notice is not None:
        _paint_notice(painter, laid.area, overlay.notice)
    if overlay.is_active:
        _paint_frame(painter, whole)
    painter.setFont(shades.font_of(font, shades.LETTER_PX, bold=True))
    paint_edge_letters(painter, laid.area, overlay.letters, right_px=laid.beside_px(metrics))


def occupied(overlay: Overlay, viewport: Viewport, *, font: QFont) -> tuple[QRectF, ...]:
    """Where :func:`paint_overlay` writes: corners, color bar, letters. Words of other painters keep clear of it.

    But for what is under the cursor: other words would jump about with the mouse.
    """
    metrics = QFontMetricsF(shades.font_of(font, shades.SMALL_PX))
    laid = _laid(replace(overlay, readout=""), QRectF(0, 0, *viewport.size), metrics)
    boxes = line_boxes(laid.area, laid.texts, metrics)
    if laid.bar is not None:
        boxes += boxes_of(*laid.bar, metrics)
    letters = QFontMetricsF(shades.font_of(font, shades.LETTER_PX, bold=True))
    return (*boxes, *letter_boxes(laid.area, overlay.letters, letters, right_px=laid.beside_px(metrics)))


def _scale_foot(laid: _Laid, metrics: QFontMetricsF, *, longest_px: float) -> QPointF:
    """Over the letter of the lower edge; in a small view, over the lines that reach in from the lower corners."""
    area, texts, line_px = laid.area, laid.texts, metrics.lineSpacing()
    ground = area.bottom() - MARGIN_PX
    y = ground - shades.scaled(shades.LETTER_PX) - 10
    if laid.is_brief:
        ground -= letter_px()
    free_px = area.width() / 2 - MARGIN_PX - longest_px / 2 - _GAP_PX
    for lines in (texts.bottom_left, texts.bottom_right):
        for above, line in enumerate(reversed(lines), start=1):
            if metrics.horizontalAdvance(line) > free_px:
                y = min(y, ground - above * line_px - _GAP_PX)
    return QPointF(area.center().x(), y)


def _placed_bar(area: QRectF, bar: ColorBar, *, lines: tuple[int, int], line_px: float) -> tuple[QRectF, ColorBar]:
    """The color bar between so many lines over and under it, shorter where they leave less room.

    In a view that is too low for all, the lines under the bar go first: words that lie upon each other tell nothing.
    """
    wished = min(area.height() * 0.42, 260.0)
    least = min(_LEAST_BAR_PX, wished)
    top = area.top() + MARGIN_PX + line_px * (lines[0] + 0.5)
    foot = area.bottom() - MARGIN_PX - line_px * (lines[1] + 0.5)
    if foot - top - bar.under_px < least:
        bar = replace(bar, method="", note="")
    height = max(min(wished, foot - top - bar.under_px), least)
    middle = area.center().y() - height / 2
    y = max(min(middle, foot - bar.under_px - height), min(top, middle))
    return QRectF(area.left(), y, area.width() - MARGIN_PX, height), bar


def _texts(overlay: Overlay, *, patient: int | None) -> CornerTexts:
    """All that stands in the corners, of the patient so many lines."""
    texts = overlay.texts
    return CornerTexts(
        (*texts.top_left[:patient], *_told(overlay.remark), *_told(overlay.mode)),
        texts.top_right,
        (*_told(overlay.readout), *texts.bottom_left),
        texts.bottom_right,
    )


def _told(line: str) -> tuple[str, ...]:
    return (line,) if line else ()


def _paint_frame(painter: QPainter, area: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(shades.ACCENT, 2))
    painter.drawRect(area.adjusted(1, 1, -1, -1))


def _paint_notice(painter: QPainter, area: QRectF, notice: Notice) -> None:
    color = shades.AMBER if notice.is_trouble else shades.QUIET
    text = QFontMetricsF(painter.font()).elidedText(notice.text, Qt.TextElideMode.ElideRight, area.width() * 0.86)
    box = QFontMetricsF(painter.font()).boundingRect(text)
    box.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRoundedRect(box.adjusted(-14, -8, 14, 8), 6, 6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    shades.draw_text(painter, area, text, align=Qt.AlignmentFlag.AlignCenter, color=color)
