"""The words in the corners of the picture in the reader's language; what comes from the files stays as it is."""

from __future__ import annotations

import re
from dataclasses import replace

from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.ui.language import told, tr

# How parts are set apart on one line; and the parts at whose beginning a file has no say.
_GAP = "  "
_SERIES = "Series "
_YEARS = re.compile(r"(\d+) y")


def spoken(texts: CornerTexts) -> CornerTexts:
    """These lines in the language of the window: slice, window, place; the patient's own name is no text of ours."""
    first, *rest = texts.top_left or ("",)
    name = told(first) if first in {"No name", "Anonymous"} else first
    return replace(
        texts,
        top_left=(name, *(_parts(line) for line in rest)) if texts.top_left else (),
        top_right=tuple(_study(line) for line in texts.top_right),
        bottom_left=tuple(_parts(line) for line in texts.bottom_left),
        bottom_right=tuple(_parts(line) for line in texts.bottom_right),
    )


def _parts(line: str) -> str:
    return _GAP.join(_part(part) for part in line.split(_GAP))


def _part(part: str) -> str:
    years = _YEARS.fullmatch(part)
    return tr("{} y").format(years.group(1)) if years else told(part)


def _study(line: str) -> str:
    """Number and description of the series; the latter may read like anything."""
    return tr("Series {}").format(line.removeprefix(_SERIES)) if line.startswith(_SERIES) else line
