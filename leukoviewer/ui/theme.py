"""The dark theme: palette, style sheet and icon, the same on every platform."""

from __future__ import annotations

from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from leukoviewer import paths

# Neutral grays: a tint beside the picture shifts how gray levels are seen. One blue for what can be done, one amber
# for what needs a look.
COLORS: dict[str, str] = {
    "picture": "#000000",
    "window": "#17181a",
    "panel": "#1f2123",
    "field": "#141517",
    "raised": "#2c2f32",
    "hover": "#383c40",
    "line": "#33363a",
    "text": "#dee2e6",
    "quiet": "#949ca5",
    "disabled": "#63676c",
    "accent": "#5eb0ef",
    "accent_dark": "#245a85",
    "amber": "#f0b454",
    "amber_dark": "#3a2f17",
    "red": "#e8786a",
    "red_dark": "#40211d",
    "green": "#7fb88a",
}


def apply(application: QApplication) -> None:
    """Give the application its style, palette, style sheet and icon."""
    application.setStyle("Fusion")
    application.setPalette(_palette())
    application.setStyleSheet(style_sheet())
    application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "leukoviewer.svg")))


def style_sheet() -> str:
    """The style sheet of ``resources/style/dark.qss``, the names of colors (``@panel``) and ``@icons`` replaced."""
    text = (paths.resources() / "style" / "dark.qss").read_text(encoding="utf-8")
    text = text.replace("@icons", (paths.resources() / "icons").as_posix())
    # Longest first: @accent_dark must not be read as @accent.
    for name in sorted(COLORS, key=len, reverse=True):
        text = text.replace(f"@{name}", COLORS[name])
    return text


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, name in (
        (role.Window, "window"),
        (role.Base, "field"),
        (role.AlternateBase, "panel"),
        (role.Button, "raised"),
        (role.ToolTipBase, "raised"),
        (role.Text, "text"),
        (role.WindowText, "text"),
        (role.ButtonText, "text"),
        (role.ToolTipText, "text"),
        (role.BrightText, "text"),
        (role.PlaceholderText, "quiet"),
        (role.Highlight, "accent_dark"),
        (role.HighlightedText, "text"),
        (role.Link, "accent"),
    ):
        palette.setColor(target, QColor(COLORS[name]))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(COLORS["disabled"]))
    return palette
