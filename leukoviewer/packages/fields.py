"""Reads JSON objects field by field and strictly: what is missing, unknown or of another kind ends in one sentence."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import NoReturn

from leukoviewer.errors import PackageError

# JSON knows whole numbers of any length; a longer one than this cannot be made a float.
_LARGEST = sys.float_info.max

Detail = str | int | float | bool


class Fields:
    """The fields of one JSON object, each to be read once.

    Parameters
    ----------
    value : object
        What should be a JSON object.
    subject : str
        How sentences name the whole, e.g. ``"The model leuko-1.0"``.
    where : str
        Path of the object inside the whole, for the sentences; empty at the top.

    Raises
    ------
    PackageError
        By every method, when the content is not of the asked kind.
    """

    def __init__(self, value: object, subject: str, *, where: str = "") -> None:
        self._subject = subject
        self._where = where
        if not isinstance(value, Mapping):
            self._refuse(f"{where or 'the manifest'} is no JSON object")
        self._left = dict(value)

    def text(self, key: str, *, empty: bool = False) -> str:
        """A string, not blank unless ``empty``."""
        value = self._take(key)
        if not isinstance(value, str) or not (empty or value.strip()):
            self._refuse(f"{self._path(key)} must be a text")
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            self._refuse(f"{self._path(key)} must be true or false")
        return value

    def whole(self, key: str) -> int:
        """A whole number, not negative."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._refuse(f"{self._path(key)} must be a whole number")
        return value

    def number(self, key: str) -> float:
        """A finite number."""
        return self._finite(self._take(key), self._path(key))

    def interval(self, key: str) -> tuple[float, float] | None:
        """Two ascending finite numbers, or null."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            self._refuse(f"{self._path(key)} must be two numbers")
        low, high = (self._finite(item, self._path(key)) for item in value)
        if low > high:
            self._refuse(f"{self._path(key)} must be ascending")
        return low, high

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        value = self._take(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._refuse(f"{self._path(key)} must be a list of texts")
        return tuple(value)

    def part(self, key: str) -> Fields:
        """A nested object."""
        return Fields(self._take(key), self._subject, where=self._path(key))

    def optional_part(self, key: str) -> Fields | None:
        """A nested object or null."""
        value = self._take(key)
        return None if value is None else Fields(value, self._subject, where=self._path(key))

    def parts(self, key: str) -> tuple[Fields, ...]:
        """A list of nested objects."""
        value = self._take(key)
        if not isinstance(value, list):
            self._refuse(f"{self._path(key)} must be a list")
        return tuple(
            Fields(item, self._subject, where=f"{self._path(key)}[{index}]") for index, item in enumerate(value)
        )

    def raw(self, key: str) -> object:
        """Whatever it is, to be read by another."""
        return self._take(key)

    def details(self, key: str) -> tuple[tuple[str, Detail], ...]:
        """An object of texts, numbers and flags, as pairs in its order."""
        part = self.part(key)
        pairs: list[tuple[str, Detail]] = []
        for name in list(part._left):
            value = part._take(name)
            if not isinstance(value, Detail):
                self._refuse(f"{part._path(name)} must be a text, a number or a flag")
            pairs.append((name, value))
        return tuple(pairs)

    def names(self) -> tuple[str, ...]:
        """The fields that are not read yet."""
        return tuple(self._left)

    def end(self) -> None:
        """Refuse fields that nobody asked for: they would be silently ignored."""
        if self._left:
            self._refuse(f"{self._path(sorted(self._left)[0])} is unknown to this version")

    def refuse(self, key: str, why: str) -> NoReturn:
        """Refuse a field whose value is of the right kind but impossible."""
        self._refuse(f"{self._path(key)} {why}")

    def _take(self, key: str) -> object:
        if key not in self._left:
            self._refuse(f"{self._path(key)} is missing")
        value: object = self._left.pop(key)
        return value

    def _finite(self, value: object, path: str) -> float:
        if not isinstance(value, bool) and isinstance(value, int | float) and abs(value) <= _LARGEST:
            return float(value)
        self._refuse(f"{path} must be a finite number")

    def _path(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def _refuse(self, why: str) -> NoReturn:
        raise PackageError(
            f"{self._subject} cannot be used: in its manifest, {why}; install the model again, or a version of "
            "LeukoViewer made for it.",
            thing=why,
        )
