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

SCHEMA = "leukoviewer.settings/1"
MAX_RECENT = 10
DEVICES = ("auto", "cpu", "cuda", "mps")

# Raised when the first-start notice changes its meaning, so that it is shown and accepted anew.
NOTICE_VERSION = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """All remembered choices.

    Attributes
    ----------
    notice_accepted : int
        Version of the first-start notice that the reader accepted; 0 before the first.
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

    def __post_init__(self) -> None:
        for name in ("heatmap_opacity", "heatmap_threshold"):
            value = getattr(self, name)
            if not (math.isfinite(value) and 0 <= value <= 1):
                raise ValueError(f"{name} lies between 0 and 1")
        if self.device not in DEVICES:
            raise ValueError(f"device is one of {', '.join(DEVICES)}")
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
        return {"schema": SCHEMA, **asdict(self)}

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
        return cls(**{name: _like(default, data[name], name) for name, default in known.items() if name in data})


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
        version, is kept beside as ``settings.old.json`` and the defaults come back.
    """
    path = file()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), ""
    except (OSError, UnicodeDecodeError):
        return Settings(), _set_aside(path, "could not be read")
    try:
        return Settings.from_json(json.loads(text)), ""
    except (ValueError, RecursionError):
        return Settings(), _set_aside(path, "are damaged or of another version")


def save(settings: Settings) -> None:
    """Write the settings whole or not at all.

    Raises
    ------
    CannotWriteError
        When the folder cannot be written.
    """
    atomic.write_json(file(), settings.to_json(), private=True)


def _set_aside(path: Path, why: str) -> str:
    kept = path.with_name("settings.old.json")
    try:
        path.replace(kept)
    except OSError:
        return f"The settings {why}; the defaults are used."
    return f"The settings {why}; the defaults are used and the old file is kept as {kept.name}."
