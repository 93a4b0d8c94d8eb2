"""Reads definitions of experiments: TOML files, presets laid over them, single changes, suggestions for wrong names."""

from __future__ import annotations

import copy
import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from leukoviewer.errors import UsageError

DEFINITIONS = Path(__file__).resolve().parent / "definitions"


def read_definition(name: str, *, preset: str | None = None) -> dict[str, Any]:
    """Settings of a file, those of the preset laid over it.

    Parameters
    ----------
    name : str
        Of a file under ``definitions`` (without .toml), or a path.
    preset : str, optional
        A table under ``[presets]`` of the file.

    Raises
    ------
    UsageError
        The file cannot be read or has no such preset.
    """
    path = Path(name) if name.endswith(".toml") else DEFINITIONS / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(sorted(p.stem for p in DEFINITIONS.glob("*.toml")))
        raise UsageError(f"There is no experiment {name!r}; choose one of {known}, or a file.", thing=name) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no valid TOML ({error}).", thing=path) from error
    found = data.pop("presets", {})
    if preset is None:
        return data
    presets = found if isinstance(found, Mapping) else {}
    if not isinstance(presets.get(preset), Mapping):
        known = ", ".join(sorted(presets)) or "none"
        raise UsageError(f"The experiment has no preset {preset!r}; it has {known}.", thing=preset)
    return laid_over(data, presets[preset])


def read_changes(changes: Sequence[str]) -> dict[str, Any]:
    """Settings of ``table.key=value``, later ones over earlier ones.

    The value is in TOML's notation; a bare word is taken as text.

    Raises
    ------
    UsageError
        One is no such change.
    """
    found: dict[str, Any] = {}
    for change in changes:
        found = laid_over(found, _parse_change(change))
    return found


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with others laid over them, table by table."""
    merged = copy.deepcopy(dict(below))
    for key, value in above.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = laid_over(merged[key], value) if both else copy.deepcopy(value)
    return merged


def near_names(wrong: str, known: Iterable[str]) -> str:
    """``; near it are ...`` for a sentence, or nothing when no name is near."""
    names = list(known)
    # The last word alone may be right, or nearly so, in another table.
    last = {name.rpartition(".")[2]: name for name in reversed(names)}
    word = wrong.rpartition(".")[2]
    near = difflib.get_close_matches(wrong, names, n=3) + [last[w] for w in difflib.get_close_matches(word, last, n=3)]
    return f"; near it are {', '.join(list(dict.fromkeys(near))[:3])}" if near else ""


def _parse_change(change: str) -> dict[str, Any]:
    key, sign, text = change.partition("=")
    names = key.strip().split(".")
    if not sign or not all(names):
        raise UsageError(f"{change!r} is no change; write table.key=value.", thing=change)
    try:
        value: Any = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text.strip()
    for name in reversed(names):
        value = {name: value}
    found: dict[str, Any] = value
    return found
