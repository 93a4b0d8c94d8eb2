"""The dark theme: every name is replaced, text is legible."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from leukoviewer import paths
from leukoviewer.ui import theme


def _luminance(name: str) -> float:
    """Relative luminance after WCAG 2.2."""
    color = QColor(theme.COLORS[name])
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_no_name_is_left_in_the_style_sheet() -> None:
    assert not re.findall(r"@\w+", theme.style_sheet())


def test_every_name_in_the_file_is_a_color_or_the_icons() -> None:
    text = (paths.resources() / "style" / "dark.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"@(\w+)", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)))
    assert used <= {*theme.COLORS, "icons"}


def test_every_icon_of_the_style_sheet_exists() -> None:
    for path in re.findall(r'url\("([^"]+)"\)', theme.style_sheet()):
        assert paths.resources().joinpath("icons", path.rpartition("/")[2]).is_file()


@pytest.mark.parametrize("background", ["window", "panel", "field", "raised"])
@pytest.mark.parametrize("text", ["text", "quiet", "amber"])
def test_text_is_legible(text: str, background: str) -> None:
    assert _contrast(text, background) >= 4.5


@pytest.mark.parametrize(
    ("text", "background"), [("text", "amber_dark"), ("text", "red_dark"), ("text", "accent_dark")]
)
def test_text_is_legible_on_colored_ground(text: str, background: str) -> None:
    assert _contrast(text, background) >= 4.5


def test_the_grays_around_the_picture_are_neutral() -> None:
    for name in ("picture", "window", "panel", "field"):
        color = QColor(theme.COLORS[name])
        assert max(color.red(), color.green(), color.blue()) - min(color.red(), color.green(), color.blue()) <= 6
