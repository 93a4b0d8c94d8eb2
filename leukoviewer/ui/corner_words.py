"""The words in the corners of the picture in the reader's language; what comes from the files stays as it is."""

from __future__ import annotations

from dataclasses import replace

from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.ui.language import told, tr

# The lines at whose beginning a file has no say.
_SERIES = "Series "


def spoken(texts: CornerTexts) -> CornerTexts:
    """These lines in the language of the window: slice, window, place; the patient's own name is no text of ours."""
    first, *rest = texts.top_left or ("",)
    name = told(first) if first in {"No name", "Anonymous"} else first
    return replace(
        texts,
        top_left=(name, *(told(line) for line in rest)) if texts.top_left else (),
        top_right=tuple(_study(line) for line in texts.top_right),
        bottom_left=tuple(told(line) for line in texts.bottom_left),
        bottom_right=tuple(told(line) for line in texts.bottom_right),
    )


def _study(line: str) -> str:
    """Number and description of the series; the latter may read like anything."""
    return tr("Series {}").format(line.removeprefix(_SERIES)) if line.startswith(_SERIES) else line
