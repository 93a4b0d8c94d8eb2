"""What is shown: one frozen value from which every picture is made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from leukoviewer.core.window import BRAIN, Window
from leukoviewer.display.colormap import NAMES
from leukoviewer.display.orientation import Turn

# Weak enough that gray and white matter stay legible under the color.
DEFAULT_OPACITY = 0.35
# Share of the scan's own scale below which nothing is painted.
DEFAULT_THRESHOLD = 0.3


@dataclass(frozen=True, slots=True)
class HeatmapStyle:
    """How the heatmap is painted over the slice.

    Attributes
    ----------
    visible : bool
        On or off.
    opacity : float
        0..1, the same for all painted pixels: color alone encodes the value.
    threshold : float
        0..1 of the scan's scale; pixels under it are fully transparent.
    colormap : str
        One of :data:`leukoviewer.display.colormap.NAMES`.
    """

    visible: bool = True
    opacity: float = DEFAULT_OPACITY
    threshold: float = DEFAULT_THRESHOLD
    colormap: str = NAMES[0]

    def __post_init__(self) -> None:
        if not 0 <= self.opacity <= 1 or not 0 <= self.threshold <= 1:
            raise ValueError("opacity and threshold lie between 0 and 1")
        if self.colormap not in NAMES:
            raise ValueError(f"unknown color map {self.colormap!r}; known are {', '.join(NAMES)}")

    def toggled(self) -> HeatmapStyle:
        """On when it was off, off when it was on."""
        return replace(self, visible=not self.visible)

    def with_visible(self, *, visible: bool) -> HeatmapStyle:
        """The same style, on or off."""
        return replace(self, visible=visible)

    def with_opacity(self, opacity: float) -> HeatmapStyle:
        """Another opacity, held between 0 and 1."""
        return replace(self, opacity=_fraction(opacity))

    def with_threshold(self, threshold: float) -> HeatmapStyle:
        """Another threshold, held between 0 and 1."""
        return replace(self, threshold=_fraction(threshold))

    def with_colormap(self, colormap: str) -> HeatmapStyle:
        """Another color map.

        Raises
        ------
        ValueError
            The name is unknown.
        """
        return replace(self, colormap=colormap)


@dataclass(frozen=True, slots=True)
class ViewState:
    """Everything that decides the picture of one series; zoom and pan belong to the widget.

    Attributes
    ----------
    series_key : str
        Whose slices are shown.
    slice_count : int
        Native slices of the series, at least 1.
    slice_index : int
        The slice on the screen, superior first, from 0.
    window : Window
        Gray scale.
    inverted : bool
        Whether low values are white.
    turn : Turn
        Flip and rotation of the picture.
    heatmap : HeatmapStyle
        How the heatmap is painted.
    package_id : str or None
        Whose result is shown; None without a result.
    """

    series_key: str
    slice_count: int = 1
    slice_index: int = 0
    window: Window = BRAIN
    inverted: bool = False
    turn: Turn = field(default_factory=Turn)
    heatmap: HeatmapStyle = field(default_factory=HeatmapStyle)
    package_id: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.slice_index < self.slice_count:
            raise ValueError(f"slice {self.slice_index} of {self.slice_count} does not exist")

    def with_slice(self, index: int) -> ViewState:
        """Another slice, held inside the series."""
        return replace(self, slice_index=min(max(index, 0), self.slice_count - 1))

    def moved(self, steps: int) -> ViewState:
        """``steps`` slices on, positive toward the base; stops at the ends."""
        return self.with_slice(self.slice_index + steps)

    def with_window(self, window: Window) -> ViewState:
        """Another gray scale."""
        return replace(self, window=window)

    def with_inverted(self, *, inverted: bool) -> ViewState:
        """Black on white, or back."""
        return replace(self, inverted=inverted)

    def with_turn(self, turn: Turn) -> ViewState:
        """Another flip and rotation."""
        return replace(self, turn=turn)

    def with_heatmap(self, heatmap: HeatmapStyle) -> ViewState:
        """Another heatmap style."""
        return replace(self, heatmap=heatmap)

    def with_package(self, package_id: str | None) -> ViewState:
        """Show the result of another package, or none."""
        return replace(self, package_id=package_id)


def _fraction(value: float) -> float:
    return min(max(value, 0.0), 1.0)
