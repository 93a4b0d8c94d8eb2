"""Tables as CSV text: one header line, then the rows, quoted where they must be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

RFC_4180 = "\r\n"


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]], *, line_end: str = "\n") -> str:
    """All lines of a table.

    Parameters
    ----------
    heads : sequence of str
        Names of the columns.
    rows : iterable of sequences
        Written as ``str`` writes them; None as an empty cell.
    line_end : str
        What ends each line; :data:`RFC_4180` in files for other programs.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()
