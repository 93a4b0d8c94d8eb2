"""The words of measurements on the screen in the reader's language; a text that the reader wrote stays as it is."""

from __future__ import annotations

from leukoviewer.core.measurements import Kind, Measurement, Values
from leukoviewer.display import measurement_marks
from leukoviewer.ui.language import told, tr


def caption(kind: Kind, values: Values | None, *, text: str = "", unit: str = "HU") -> tuple[str, ...]:
    """The lines beside a measurement, see :func:`leukoviewer.display.measurement_marks.caption`."""
    lines = measurement_marks.caption(kind, values, text=text, unit=unit)
    own = 1 if text else 0
    return (*lines[:own], *(told(line) for line in lines[own:]))


def title(one: Measurement, values: Values | None) -> str:
    """One line for the list, see :func:`leukoviewer.display.measurement_marks.title`."""
    name = measurement_marks.NAMES[one.kind]
    return measurement_marks.title(one, values).replace(name, tr(name), 1)
