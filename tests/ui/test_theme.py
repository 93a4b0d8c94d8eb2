"""The themes: every name is replaced, text is legible on light and dark, words and what holds them grow together."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from leukoviewer import paths
from leukoviewer.ui import theme
from leukoviewer.ui.widgets import shades

every_scheme = pytest.mark.parametrize("scheme", list(theme.SCHEMES))


def _luminance(color: QColor) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(scheme: str, first: str, second: str) -> float:
    colors = theme.SCHEMES[scheme]
    light, dark = sorted((_luminance(QColor(colors[name])) for name in (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@every_scheme
def test_no_name_is_left_in_the_style_sheet(scheme: str) -> None:
    assert not re.findall(r"@\w+", theme.style_sheet(scheme))


def test_every_name_in_the_file_is_a_color_or_the_icons() -> None:
    text = (paths.resources() / "style" / "dark.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"@(\w+)", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))
    assert all(used <= {*colors, "icons", "scheme"} for colors in theme.SCHEMES.values())
    assert len({tuple(colors) for colors in theme.SCHEMES.values()}) == 1


@every_scheme
def test_every_icon_of_the_style_sheet_exists(scheme: str) -> None:
    for path in re.findall(r'url\("([^"]+)"\)', theme.style_sheet(scheme)):
        assert paths.resources().joinpath("icons", path.rpartition("/")[2]).is_file()


@every_scheme
@pytest.mark.parametrize("background", ["window", "panel", "field", "raised"])
@pytest.mark.parametrize("text", ["text", "quiet", "amber"])
def test_text_is_legible(text: str, background: str, scheme: str) -> None:
    assert _contrast(scheme, text, background) >= 4.5


@every_scheme
@pytest.mark.parametrize(
    ("text", "background"),
    [("text", "amber_dark"), ("text", "red_dark"), ("text", "accent_dark"), ("text", "hover"), ("amber", "amber_dark"),
     ("red", "red_dark"), ("accent", "window"), ("accent", "panel")],
)  # fmt: skip
def test_text_is_legible_on_colored_ground(text: str, background: str, scheme: str) -> None:
    assert _contrast(scheme, text, background) >= 4.5


@every_scheme
@pytest.mark.parametrize("background", ["window", "panel", "field", "raised"])
def test_what_has_the_focus_stands_out(background: str, scheme: str) -> None:
    # WCAG 2.2, 1.4.11: 3:1 for what is no text.
    assert _contrast(scheme, "accent", background) >= 3


@pytest.mark.parametrize("over", [shades.TEXT, shades.QUIET, shades.AMBER, shades.ACCENT])
def test_words_over_the_picture_are_legible_in_every_theme(over: QColor) -> None:
    assert (_luminance(over) + 0.05) / (_luminance(shades.PICTURE) + 0.05) >= 4.5


@every_scheme
def test_the_grays_around_the_picture_are_neutral(scheme: str) -> None:
    for name in ("picture", "window", "panel", "field"):
        color = QColor(theme.SCHEMES[scheme][name])
        assert max(color.red(), color.green(), color.blue()) - min(color.red(), color.green(), color.blue()) <= 6


@every_scheme
def test_the_application_and_painted_widgets_take_the_theme(plain_look: QApplication, scheme: str) -> None:
    theme.apply(plain_look, choice=scheme)
    assert theme.scheme() == scheme
    assert plain_look.palette().color(QPalette.ColorRole.Window).name() == theme.SCHEMES[scheme]["window"]
    assert shades.on_panel().text.name() == theme.SCHEMES[scheme]["text"]
    assert shades.PICTURE.name() == "#000000"


def test_the_system_decides_when_asked(plain_look: QApplication) -> None:
    theme.apply(plain_look, choice=theme.SYSTEM)
    assert theme.scheme() == theme.scheme_of(theme.SYSTEM) in theme.SCHEMES


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_words_and_what_is_painted_grow_together(plain_look: QApplication, qtbot: QtBot, percent: int) -> None:
    theme.apply(plain_look, font_percent=percent)
    label = QLabel("Slice")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.font().pixelSize() == round(13 * percent / 100)
    assert shades.font_of(label.font(), shades.SMALL_PX).pixelSize() == round(12 * percent / 100)
    assert shades.scaled(10) == percent / 10
