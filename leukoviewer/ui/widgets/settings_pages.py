"""What can be set, page by page: words for the reader, the fields of the settings behind them."""

from __future__ import annotations

from dataclasses import dataclass

from leukoviewer.display import colormap
from leukoviewer.settings import CINE_RATES
from leukoviewer.ui.language import later
from leukoviewer.ui.widgets.setting_rows import Setting

WINDOWS_PAGE, KEYS_PAGE = later("Windows"), later("Keys")


@dataclass(frozen=True, slots=True)
class Page:
    """Settings that belong together.

    Attributes
    ----------
    title : str
        English; translated where it is shown.
    settings : tuple of Setting
        From above.
    fields : tuple of str
        What else of the settings the page changes.
    """

    title: str
    settings: tuple[Setting, ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def all_fields(self) -> tuple[str, ...]:
        """Every field of the settings that the page changes."""
        return (*(one.field for one in self.settings), *self.fields)


_APPEARANCE = Page(
    later("Appearance"),
    (
        Setting(
            "theme",
            later("Theme"),
            later("The picture is black in each."),
            (("dark", later("Dark")), ("light", later("Light")), ("system", later("As the computer"))),
        ),
        Setting(
            "font_percent",
            later("Size of words"),
            later("Words in panels, menus and over the picture, from 100 to 200 %."),
            limits=(100, 200),
            suffix="%",
        ),
        Setting("language", later("Language"), later("Of the window, from the next start on. Files stay English.")),
    ),
)
_READING = Page(
    later("Reading"),
    (
        Setting(
            "first_window",
            later("First window"),
            later("What a head CT opens with; holds for the next series that opens."),
        ),
        Setting(
            "first_slice",
            later("First slice"),
            later("Where a series opens."),
            (("middle", later("The middle one")), ("first", later("The first one"))),
        ),
        Setting(
            "go_to_suspicious",
            later("Go to the most suspicious slice after a run"),
            later("Else the slice stays where it is."),
        ),
        Setting(
            "left_drag",
            later("Left drag"),
            later("What the left mouse button does on the picture. The wheel scrolls in any case."),
            (
                ("window", later("Window")), ("scroll", later("Scroll through the slices")),
                ("move", later("Move the picture")), ("zoom", later("Zoom")),
            ),
        ),
        Setting(
            "swap_drag",
            later("Swap directions of the window's drag"),
            later("Width by up and down, center by left and right."),
        ),
        Setting(
            "cine_per_s", later("Speed of cine"), later("Slices a second."), tuple((n, str(n)) for n in CINE_RATES)
        ),
    ),
)  # fmt: skip
_MODEL = Page(
    later("Model and heatmap"),
    (
        Setting(
            "run_after_loading",
            later("Run the model by itself"),
            later("As soon as a series is read that can be scored. Off, it runs when you ask for it (M)."),
        ),
        Setting(
            "heatmap_colormap",
            later("Colors of the heatmap"),
            later("All of them are even steps to the eye and safe for color blindness."),
            tuple((name, name.capitalize()) for name in colormap.NAMES),
        ),
        Setting("heatmap_opacity", later("Opacity of the heatmap"), later("The same wherever it is painted.")),
        Setting(
            "heatmap_threshold",
            later("Threshold of the heatmap"),
            later("Nothing is painted under this share of the scan's largest value."),
        ),
    ),
)
_PRIVACY = Page(
    later("Privacy"),
    (
        Setting(
            "keep_recent",
            later("Remember opened folders"),
            later("A folder's name may hold a patient's name; off, the list is emptied and none is kept."),
        ),
    ),
    ("recent",),
)

PAGES: tuple[Page, ...] = (
    _APPEARANCE,
    _READING,
    Page(WINDOWS_PAGE, fields=("own_windows",)),
    _MODEL,
    Page(KEYS_PAGE, fields=("keys",)),
    _PRIVACY,
)
