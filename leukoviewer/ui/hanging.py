"""The hanging rule: which window and which slice a series opens with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leukoviewer.core.series import Series, SeriesKind
from leukoviewer.core.window import BRAIN, PRESETS, Window
from leukoviewer.display.orientation import Turn, radiological
from leukoviewer.settings import OwnWindow, Settings

# The name in the settings for the window that the files bring.
OF_FILES = "DICOM"


@dataclass(frozen=True, slots=True)
class HangingRule:
    """How a series opens.

    Attributes
    ----------
    window : Window or None
        Of a CT in HU; None for the one that the files bring. Other pictures always open with the files' own.
    begins_at_first : bool
        Whether the first slice shows, else the middle one.
    """

    window: Window | None = BRAIN
    begins_at_first: bool = False

    @classmethod
    def from_settings(cls, value: Settings) -> HangingRule:
        """As the reader chose; a window that is gone gives way to the brain's."""
        begins_at_first = value.first_slice == "first"
        if value.first_window == OF_FILES:
            return cls(None, begins_at_first)
        known = (*PRESETS, *own_windows(value.own_windows))
        found = next((one for one in known if one.name == value.first_window), BRAIN)
        return cls(found, begins_at_first)

    def window_of(self, series: Series) -> Window:
        """The window that a series opens with."""
        is_ct = series.modality == "CT" and series.kind.value in {"axial", "non_axial"}
        if is_ct and self.window is not None:
            return self.window
        return series.windows[0] if series.windows else BRAIN

    def slice_of(self, series: Series) -> int:
        """The slice that a series opens with, from 0."""
        return 0 if self.begins_at_first else series.middle


def own_windows(windows: Iterable[OwnWindow]) -> tuple[Window, ...]:
    """The reader's own presets as windows."""
    return tuple(Window(one.center_hu, one.width_hu, one.name) for one in windows)


def first_window(series: Series) -> Window:
    """The window a series opens with by the usual rule: brain for CT in HU, else the files' own."""
    return HangingRule().window_of(series)


def first_turn(series: Series) -> Turn:
    """How the pictures of a series are laid: axial ones with the patient's right at the left, others as stored."""
    is_axial = series.kind is SeriesKind.AXIAL
    return radiological(series.slices[series.middle].plane) if is_axial else Turn()
