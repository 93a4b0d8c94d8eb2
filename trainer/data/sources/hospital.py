"""The paper's hospital set: ``<id>/*.dcm`` with ``<id>/<id>.json``, the label read from the finding's text."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from leukoviewer.errors import UsageError
from trainer.data.cases import Case, CaseSet


@dataclass(frozen=True, slots=True)
class LabelRule:
    """How a finding's text becomes a label.

    Attributes
    ----------
    positive, negative : str
        Regular expressions, case ignored. ``negative`` is looked for first, since "no leukoencephalopathy" holds the
        positive word; when it is empty every text without the positive one is negative.
    field : str
        The JSON file's field with the finding.
    """

    positive: str
    negative: str = ""
    field: str = "finding"

    def __post_init__(self) -> None:
        for pattern in (self.positive, self.negative):
            try:
                re.compile(pattern)
            except re.error as error:
                raise UsageError(f"{pattern!r} is no regular expression ({error}).", thing=pattern) from error
        if not self.positive:
            raise UsageError("Say which finding is positive, as a regular expression.")

    def label(self, text: str) -> int | None:
        """1, 0, or None when the text says neither."""
        if self.negative and re.search(self.negative, text, re.IGNORECASE):
            return 0
        if re.search(self.positive, text, re.IGNORECASE):
            return 1
        return None if self.negative else 0


def read_cases(root: Path, rule: LabelRule, *, description: str = "hospital patients") -> CaseSet:
    """Find every patient's folder under ``root`` and read its label.

    Parameters
    ----------
    root : Path
        Holds one folder a patient, named by its id.
    rule : LabelRule
        Which text means what.

    Raises
    ------
    UsageError
        There is no such folder, or it holds no patients of both kinds.
    """
    if not root.is_dir():
        raise UsageError(f"{root} is no folder; give the folder that holds the patients' folders.", thing=root)
    cases: list[Case] = []
    left_out: Counter[str] = Counter()
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")):
        found = _label(folder, rule)
        if isinstance(found, int):
            cases.append(Case(folder.name, folder, found))
        else:
            left_out[found] += 1
    if not cases:
        raise UsageError(
            f"{root} holds no patient's folder with its report; see the trainer's data layout.", thing=root
        )
    return CaseSet(tuple(cases), description, simulated=False, left_out=tuple(sorted(left_out.items())))


def _label(folder: Path, rule: LabelRule) -> int | str:
    """The label, or why there is none."""
    report = folder / f"{folder.name}.json"
    try:
        data = json.loads(report.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "no report"
    except (OSError, ValueError):
        return "report unreadable"
    text = data.get(rule.field) if isinstance(data, dict) else None
    if not isinstance(text, str):
        return f"report without {rule.field}"
    label = rule.label(text)
    return "finding not understood" if label is None else label
