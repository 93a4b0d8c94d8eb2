"""The themes: palette, style sheet, font size and icon, the same on every platform; the picture is black in each."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from leukoviewer import paths

DARK, LIGHT, SYSTEM = "dark", "light", "system"

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
# The same names on light ground: "dark" ones are the ground under words.
_ON_LIGHT: dict[str, str] = {
    "picture": "#000000",
    "window": "#e9eaeb",
    "panel": "#f4f4f5",
    "field": "#ffffff",
    "raised": "#e0e2e4",
    "hover": "#d2d5d8",
    "line": "#b9bdc1",
    "text": "#1b1e21",
    "quiet": "#50565c",
    "disabled": "#92979c",
    "accent": "#0b62a8",
    "accent_dark": "#b4d6f2",
    "amber": "#7a4d00",
    "amber_dark": "#fbeecb",
    "red": "#a3261a",
    "red_dark": "#f9dcd8",
    "green": "#22693a",
}
SCHEMES: dict[str, dict[str, str]] = {DARK: COLORS, LIGHT: _ON_LIGHT}

# What the application carries, so that painted widgets know it.
_SCHEME, _PERCENT = "leukoScheme", "leukoFontPercent"
_SIZE = re.compile(r"(font-size|width|height): (\d+)px")


def apply(application: QApplication, *, choice: str = DARK, font_percent: int = 100) -> None:
    """Give the application its style, palette, style sheet and icon.

    Parameters
    ----------
    application : QApplication
        The one of this process.
    choice : str
        ``dark``, ``light`` or ``system``.
    font_percent : int
        Size of all words, 100 for the usual one.
    """
    scheme = scheme_of(choice)
    application.setProperty(_SCHEME, scheme)
    application.setProperty(_PERCENT, font_percent)
    application.setStyle("Fusion")
    application.setPalette(_palette(SCHEMES[scheme]))
    application.setStyleSheet(style_sheet(scheme, font_percent=font_percent))
    application.setWindowIcon(QIcon(str(paths.resources() / "icons" / "leukoviewer.svg")))


def scheme_of(choice: str) -> str:
    """``dark`` or ``light``; a system that does not say what it is counts as dark."""
    if choice in SCHEMES:
        return choice
    is_light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
    return LIGHT if is_light else DARK


def scheme() -> str:
    """The scheme in use, ``dark`` or ``light``."""
    application = QCoreApplication.instance()
    found = None if application is None else application.property(_SCHEME)
    return found if found in SCHEMES else DARK


def font_percent() -> int:
    """Size of all words, 100 for the usual one."""
    application = QCoreApplication.instance()
    return int((application and application.property(_PERCENT)) or 100)


def style_sheet(scheme: str = DARK, *, font_percent: int = 100) -> str:
    """The style sheet of ``resources/style/dark.qss``, the names of colors (``@panel``) and ``@icons`` replaced.

    Sizes that hold words grow with the font.
    """
    text = (paths.resources() / "style" / "dark.qss").read_text(encoding="utf-8")
    text = text.replace("@icons", (paths.resources() / "icons").as_posix())
    colors = {**SCHEMES[scheme], "scheme": scheme}
    # Longest first: @accent_dark must not be read as @accent.
    for name in sorted(colors, key=len, reverse=True):
        text = text.replace(f"@{name}", colors[name])
    return _SIZE.sub(lambda found: f"{found[1]}: {round(int(found[2]) * font_percent / 100)}px", text)


def _palette(colors: dict[str, str]) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, name in (
        (role.Window, "window"),
        (role.Base, "field"),
        (role.AlternateBase, "panel"),
        (role.Button, "raised"),
        (role.Light, "hover"),
        (role.Midlight, "hover"),
        (role.Mid, "line"),
        (role.Dark, "line"),
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
        palette.setColor(target, QColor(colors[name]))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colors["disabled"]))
    return palette
