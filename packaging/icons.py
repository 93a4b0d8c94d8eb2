"""Draws the program's icon in every size that a system asks for: PNG, ICO for Windows, ICNS for macOS."""

from __future__ import annotations

import os
from pathlib import Path

import project

FOLDER = project.BUILD / "icons"
SOURCE = project.RESOURCES / "icons" / "leukoviewer.svg"
# Drawn anew with fewer, thicker strokes: at 16 pixels a thin line is a gray haze.
SMALL_SOURCE = project.RESOURCES / "icons" / "leukoviewer-small.svg"
LARGEST_SMALL_PX = 32

SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_ICO_PX = (16, 24, 32, 48, 64, 128, 256)
_ICNS_PX = (16, 32, 64, 128, 256, 512, 1024)


def main() -> int:
    """Draw all into ``build/icons``."""
    draw(FOLDER)
    return 0


def draw(folder: Path) -> None:
    """Draw all sizes, and the two files that hold several.

    Parameters
    ----------
    folder : Path
        Made when it does not exist; gets ``SIZE.png`` for each size, ``leukoviewer.ico`` and ``leukoviewer.icns``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _draw_pngs(folder, sorted({*SIZES_PX, *_ICO_PX, *_ICNS_PX}))
    from PIL import Image

    for name, sizes in (("leukoviewer.ico", _ICO_PX), ("leukoviewer.icns", _ICNS_PX)):
        images = [Image.open(png(folder, size)) for size in sizes]
        images[-1].save(folder / name, append_images=images[:-1], sizes=[(size, size) for size in sizes])


def png(folder: Path, size_px: int) -> Path:
    """Where the icon of a size lies."""
    return folder / f"{size_px}.png"


def source(size_px: int) -> Path:
    """The drawing for a size."""
    return SMALL_SOURCE if size_px <= LARGEST_SMALL_PX else SOURCE


def _draw_pngs(folder: Path, sizes: list[int]) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication.instance() or QGuiApplication([])
    for size in sizes:
        renderer = QSvgRenderer(str(source(size)))
        if not renderer.isValid():
            raise project.PackagingError(f"{source(size)} is no drawing that Qt understands")
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(png(folder, size)))


if __name__ == "__main__":
    raise SystemExit(main())
