"""A report's HTML as a PDF: A4 pages with a foot line each, by Qt's own text engine; needs no display."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

FOOT = "Research use, not for diagnosis. Not a replacement for a complete review of the images by a clinician."
_MARGIN_MM = 15.0
# Pixels of the page count as those of a browser, so that the page's own sizes hold; text stays sharp at any zoom.
_DPI = 96
_FOOT_PX = 26.0


def pdf_of(html: str) -> bytes:
    """The page as a PDF file.

    Parameters
    ----------
    html : str
        From :func:`leukoviewer.display.report_page.page`.

    Returns
    -------
    bytes
        The file; pictures in it are kept without loss.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("LeukoViewer report")
    writer.setCreator("LeukoViewer")
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    document = QTextDocument()
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(writer.width(), writer.height() - _FOOT_PX))
    document.setHtml(html)
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        _paint(painter, document, number)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _paint(painter: QPainter, document: QTextDocument, number: int) -> None:
    size = document.pageSize()
    context = QAbstractTextDocumentLayout.PaintContext()
    # Black on white, whatever the theme of the window is.
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(32, 36, 40))
    context.palette = palette
    context.clip = QRectF(0, number * size.height(), size.width(), size.height())
    painter.save()
    painter.translate(0, -number * size.height())
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()
    font = document.defaultFont()
    font.setPixelSize(9)
    painter.setFont(font)
    painter.setPen(QColor(110, 80, 10))
    foot = QRectF(0, size.height() + 10, size.width(), _FOOT_PX - 10)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, FOOT)
    told = f"{number + 1} / {document.pageCount()}"
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, told)
