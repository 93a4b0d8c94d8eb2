"""Reading CSV files that people write: any usual separator, columns by name, every complaint with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leukoviewer.errors import UsageError

# What means which label, besides 0 and 1; case is ignored.
_POSITIVE = frozenset({"1", "1.0", "yes", "true", "positive", "present", "with"})
_NEGATIVE = frozenset({"0", "0.0", "no", "false", "negative", "absent", "without"})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number and its values, stripped, by column; a column that is absent is empty."""

    line: int
    values: tuple[tuple[str, str], ...]

    def __getitem__(self, column: str) -> str:
        return dict(self.values).get(column, "")


def read_rows(path: Path, *, needed: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """Read a CSV with a header; separated by comma, semicolon or tab.

    Parameters
    ----------
    path : Path
        UTF-8, with or without a byte order mark.
    needed : sequence of sequences of str
        Of each inner sequence one column must be there. Names of columns are compared in lower case.

    Raises
    ------
    UsageError
        The file cannot be read, or a column is missing.
    """
    try:
        lines = _parsed(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read as a table; give a CSV file in UTF-8.", thing=path) from error
    header = [name.strip().lower() for name in lines[0][1]] if lines else []
    for names in needed:
        if not set(names) & set(header):
            found = ", ".join(filter(None, header)) or "none"
            raise UsageError(
                f"{path} has no column {' or '.join(names)} (its columns are: {found}); name it in the first line.",
                thing=path,
            )
    return tuple(
        Row(line, tuple(zip(header, (value.strip() for value in values), strict=False)))
        for line, values in lines[1:]
        if any(value.strip() for value in values)
    )


def _parsed(text: str) -> list[tuple[int, list[str]]]:
    """Each line's number and values."""
    separator = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [(reader.line_num, values) for values in reader]


def to_label(text: str, *, path: Path, line: int) -> int:
    """1 or 0 of what stands in a label's column.

    Raises
    ------
    UsageError
        It says neither.
    """
    word = text.strip().lower()
    if word in _POSITIVE or word in _NEGATIVE:
        return int(word in _POSITIVE)
    raise UsageError(
        f"Line {line} of {path} has the label {text!r}, which says neither; write 1 (with the disease) or 0 (without), "
        "or leave it empty.",
        thing=text,
    )
