"""What the program remembers from one start to the next: choices and sizes, never a patient's name or number.

One JSON file in :func:`leukoviewer.paths.user_config`, written whole or not at all. The list of recent folders holds
paths, and a path may carry a name that somebody gave the folder: the list can be cleared and switched off, and it is
never written into a log or a result.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from leukoviewer import atomic, paths
from leukoviewer.errors import CannotWriteError

SCHEMA = "leukoviewer.settings/1"
MAX_RECENT = 10
DEVICES = ("auto", "cpu", "cuda", "mps")
THEMES = ("dark", "light", "system")
FIRST_SLICES = ("middle", "first")
LEFT_DRAGS = ("window", "scroll", "move", "zoom")
CINE_RATES = (1, 2, 3, 5, 8, 10, 12, 15, 20, 25, 30, 40, 60)
MAX_OWN_WINDOWS = 5
OLD_FILE = "settings.old.json"
# Whole numbers with their ranges.
_RANGES = {"font_percent": (100, 200)}
_CHOICES: dict[str, tuple[object, ...]] = {
    "device": DEVICES,
    "theme": THEMES,
    "first_slice": FIRST_SLICES,
    "left_drag": LEFT_DRAGS,
    "cine_per_s": CINE_RATES,
}
LANGUAGES = ("system", "en", "sk")

# Raised when the first-start notice changes its meaning, so that it is shown and accepted anew.
NOTICE_VERSION = 1


@dataclass(frozen=True, slots=True)
class OwnWindow:
    """A window preset of the reader's own.

    Attributes
    ----------
    name : str
        As it stands in the menu, 1 to 24 characters.
    width_hu, center_hu : float
        In HU; the width from 1 to 20 000, the center from -5000 to 20 000.
    """

    name: str
    width_hu: float
    center_hu: float

    def __post_init__(self) -> None:
        if not (0 < len(self.name) <= 24 and self.name == self.name.strip() and self.name.isprintable()):
            raise ValueError("the name of an own window has 1 to 24 characters")
        if not (1 <= self.width_hu <= 20_000 and -5000 <= self.center_hu <= 20_000):
            raise ValueError("width or center of an own window is out of range")


Keys = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """All remembered choices.

    Attributes
    ----------
    notice_accepted : int
        Version of the first-start notice that the reader accepted; 0 before the first.
    language : str
        Of the window, one of :data:`LANGUAGES`.
    package_id : str
        Model package chosen last; empty for the default one.
    device : str
        Where models run: ``auto``, ``cpu``, ``cuda`` or ``mps``.
    heatmap_opacity, heatmap_threshold : float
        0..1; the threshold is a share of the scan's one scale.
    heatmap_colormap : str
        Name of the color map.
    swap_drag : bool
        Whether a left drag changes the width vertically and the center horizontally.
    keep_recent : bool
        Whether opened folders are remembered.
    recent : tuple of str
        Opened folders, newest first; always empty when ``keep_recent`` is off.
    window_geometry, window_layout : str
        Size, place and panel widths of the main window, as Qt's own text (base64).
    tags_geometry, information_geometry : str
        Size and place of the windows with the DICOM tags and with what is known of the scan, in the same way.
    theme : str
        ``dark``, ``light`` or ``system``.
    font_percent : int
        Size of all words, 100 to 200.
    first_window : str
        Name of the window that a head CT opens with: a preset, one of the reader's own, or ``DICOM``.
    first_slice : str
        Where a series opens: ``middle`` or ``first``.
    go_to_suspicious : bool
        Whether the most suspicious slice shows after a run.
    left_drag : str
        What the left mouse button does: ``window``, ``scroll``, ``move`` or ``zoom``.
    cine_per_s : int
        Slices a second, one of :data:`CINE_RATES`.
    run_after_loading : bool
        Whether the model runs by itself as soon as a series is read.
    reader_first : bool
        Whether results come sealed until the reader notes an opinion.
    own_windows : tuple of OwnWindow
        The reader's own presets, at most :data:`MAX_OWN_WINDOWS`, each with a name of its own.
    keys : tuple of (str, tuple of str)
        Keys that the reader changed: id of an action and its key sequences in Qt's portable text.
    """

    notice_accepted: int = 0
    package_id: str = ""
    device: str = "auto"
    heatmap_opacity: float = 0.35
    heatmap_threshold: float = 0.3
    heatmap_colormap: str = "inferno"
    swap_drag: bool = False
    keep_recent: bool = True
    recent: tuple[str, ...] = ()
    window_geometry: str = ""
    window_layout: str = ""
    tags_geometry: str = ""
    information_geometry: str = ""
    theme: str = "dark"
    font_percent: int = 100
    language: str = "system"
    first_window: str = "Brain"
    first_slice: str = "middle"
    go_to_suspicious: bool = False
    left_drag: str = "window"
    cine_per_s: int = 10
    run_after_loading: bool = False
    reader_first: bool = False
    own_windows: tuple[OwnWindow, ...] = ()
    keys: Keys = ()

    def __post_init__(self) -> None:
        for name in ("heatmap_opacity", "heatmap_threshold"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= 1):
                raise ValueError(f"{name} lies between 0 and 1")
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise ValueError(f"{name} is one of {', '.join(map(str, choices))}")
        for name, (least, most) in _RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(f"{name} lies between {least} and {most}")
        if len({one.name for one in self.own_windows}) < len(self.own_windows) > 0:
            raise ValueError("two own windows have one name")
        if len(self.own_windows) > MAX_OWN_WINDOWS:
            raise ValueError("too many own windows")
        if self.language not in LANGUAGES:
            raise ValueError(f"language is one of {', '.join(LANGUAGES)}")
        if len(self.recent) > MAX_RECENT or (self.recent and not self.keep_recent):
            raise ValueError("the recent list is too long, or kept although it is switched off")

    @property
    def notice_is_due(self) -> bool:
        """Whether the first-start notice must be shown."""
        return self.notice_accepted < NOTICE_VERSION

    def with_recent(self, folder: str) -> Settings:
        """This folder on top of the recent list, unless the list is switched off."""
        if not self.keep_recent:
            return self
        others = tuple(item for item in self.recent if item != folder)
        return replace(self, recent=(folder, *others)[:MAX_RECENT])

    def without_recent(self, folder: str) -> Settings:
        """The list without a folder that is no longer there."""
        return replace(self, recent=tuple(item for item in self.recent if item != folder))

    def with_recent_cleared(self) -> Settings:
        """An empty recent list."""
        return replace(self, recent=())

    def with_keep_recent(self, *, keep: bool) -> Settings:
        """Switch the recent list on, or off and empty it."""
        return replace(self, keep_recent=keep, recent=self.recent if keep else ())

    def to_json(self) -> dict[str, object]:
        """As it stands in the file."""
        return {"schema": SCHEMA, **asdict(self), "keys": {action: list(keys) for action, keys in self.keys}}

    @classmethod
    def from_json(cls, data: object) -> Settings:
        """Read what :meth:`to_json` gives.

        Unknown names are left out, so that a file survives a version that dropped a choice.

        Raises
        ------
        ValueError
            When it is no settings file of this version, or a value has the wrong type or range.
        """
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ValueError("not a settings file of this version")
        defaults = cls()
        known = {field.name: getattr(defaults, field.name) for field in fields(cls)}
        return cls(**{name: _read(name, default, data[name]) for name, default in known.items() if name in data})


def _read(name: str, default: object, value: object) -> Any:
    """A choice from JSON."""
    if name == "keys":
        return _keys(value)
    return _own_windows(value) if name == "own_windows" else _like(default, value, name)


def _keys(value: object) -> Keys:
    if not isinstance(value, dict):
        raise ValueError("keys has the wrong type")
    return tuple((action, _like((), keys, action)) for action, keys in value.items())


def _own_windows(value: object) -> tuple[OwnWindow, ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise ValueError("own_windows has the wrong type")
    return tuple(OwnWindow(*(_like(like, one.get(name), name) for name, like in _OWN_WINDOW.items())) for one in value)


_OWN_WINDOW: dict[str, object] = {"name": "", "width_hu": 0.0, "center_hu": 0.0}


def _like(default: object, value: object, name: str) -> Any:
    """A value from JSON in the type of its default."""
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif isinstance(default, bool):
        if isinstance(value, bool):
            return value
    elif isinstance(default, float):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    elif type(value) is type(default):
        return value
    raise ValueError(f"{name} has the wrong type")


def file() -> Path:
    """Where the settings lie."""
    return paths.user_config() / "settings.json"


def load() -> tuple[Settings, str]:
    """Read the settings.

    Returns
    -------
    (Settings, str)
        The settings and a sentence for the reader, empty when all went well. A damaged file, or one of another
        version, is kept beside as ``settings.old.json`` and the defaults come back; one with choices that this
        version does not know is kept, too, and what is known of it is used.
    """
    path = file()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, UnicodeDecodeError):
        return Settings(), _set_aside(path, "could not be read")
    try:
        data = json.loads(text)
        found = Settings.from_json(data)
    except (ValueError, RecursionError):
        return Settings(), _set_aside(path, "are damaged or of another version")
    unknown = sorted(data.keys() - {"schema", *found.to_json()})
    if not unknown:
        return found, ""
    kept = "the old file is kept as settings.old.json" if keep_copy() else "they are left out"
    return found, f"This version does not know some of the settings ({', '.join(unknown)[:80]}); {kept}."


def keep_copy() -> bool:
    """Keep the settings as they lie there beside as ``settings.old.json``; False when that cannot be done."""
    try:
        atomic.write_bytes(file().with_name(OLD_FILE), file().read_bytes())
    except (OSError, CannotWriteError):
        return False
    return True


def save(settings: Settings) -> None:
    """Write the settings whole or not at all.

    Raises
    ------
    CannotWriteError
        When the folder cannot be written.
    """
    atomic.write_json(file(), settings.to_json(), private=True)


def _set_aside(path: Path, why: str) -> str:
    kept = path.with_name(OLD_FILE)
    try:
        path.replace(kept)
    except OSError:
        return f"The settings {why}; the defaults are used."
    return f"The settings {why}; the defaults are used and the old file is kept as {kept.name}."
