"""The paper's hospital set: ``<id>/*.dcm``, the label read from ``<id>/<id>.json`` or from a CSV of ids and labels."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from leukoviewer.errors import UsageError
from trainer.data.cases import Case, CaseSet, counted
from trainer.data.sources.label_file import read_rows, to_label


@dataclass(frozen=True, slots=True)
class LabelRule:
    """How a finding's text becomes a label.

    Attributes
    ----------
    positive, negative : str
        Regular expressions, case ignored. ``negative`` is looked for first and taken out of the text, since "no
        leukoencephalopathy" holds the positive word; when it is empty every text without the positive one is negative.
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
        """1, 0, or None when the text says neither or both."""
        read = self.read(text)
        return read if isinstance(read, int) else None

    def read(self, text: str) -> int | str:
        """The label, or why there is none."""
        rest, denied = re.subn(self.negative, " ", text, flags=re.IGNORECASE) if self.negative else (text, 0)
        affirmed = re.search(self.positive, rest, re.IGNORECASE) is not None
        if denied and affirmed:
            return (
                "the finding says both, with and without the disease; make the rule narrower or label the "
                "patient in a CSV (--labels)"
            )
        if denied or affirmed:
            return int(affirmed)
        if not self.negative:
            return 0
        return "the finding is not understood; make the rule wider or label the patient in a CSV (--labels)"

    def of_folder(self, folder: Path) -> int | str:
        """The label of a patient's folder by its report, or why there is none."""
        try:
            data = json.loads((folder / f"{folder.name}.json").read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return "the report <id>.json is missing; add it or label the patient in a CSV (--labels)"
        except OSError:
            return "the report <id>.json may not be opened; check its permissions"
        except (ValueError, RecursionError):
            return "the report <id>.json is damaged; repair it or label the patient in a CSV (--labels)"
        text = data.get(self.field) if isinstance(data, dict) else None
        if not isinstance(text, str):
            return f"the report has no text under {self.field!r}; add it or label the patient in a CSV (--labels)"
        return self.read(text)


@dataclass(frozen=True, slots=True)
class LabelFile:
    """Labels from a CSV with the columns ``id`` (the folder's name) and ``label``; others are ignored.

    Attributes
    ----------
    path : Path
        The file.
    labels : tuple of (str, int)
        By id.
    """

    path: Path
    labels: tuple[tuple[str, int], ...]

    @classmethod
    def read(cls, path: Path) -> LabelFile:
        """Read the file; rows with an empty label are left out.

        Raises
        ------
        UsageError
            It cannot be read, a column is missing, a label cannot be read, or an id has two labels.
        """
        labels: dict[str, int] = {}
        for row in read_rows(path, needed=(("id",), ("label",))):
            name, text = row["id"], row["label"]
            if not name or not text:
                continue
            label = to_label(text, path=path, line=row.line)
            if labels.setdefault(name, label) != label:
                raise UsageError(
                    f"Line {row.line} of {path} gives a patient another label than a line before; keep one of them.",
                    thing=name,
                )
        return cls(path, tuple(labels.items()))

    def of_folder(self, folder: Path) -> int | str:
        """The label of a patient's folder by its name, or why there is none."""
        return dict(self.labels).get(folder.name, f"{self.path.name} has no label for the patient; add a row")


Rule = LabelRule | LabelFile


def read_cases(root: Path, rule: Rule, *, description: str = "hospital patients") -> CaseSet:
    """Find every patient's folder under ``root`` and read its label.

    Parameters
    ----------
    root : Path
        Holds one folder a patient, named by its id.
    rule : LabelRule or LabelFile
        Which text, or which row, means what.

    Raises
    ------
    UsageError
        There is no such folder, or it holds no patients of both kinds.
    """
    if not root.is_dir():
        raise UsageError(f"{root} is no folder; give the folder that holds the patients' folders.", thing=root)
    cases: list[Case] = []
    unusable: list[tuple[str, str]] = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")):
        found = rule.of_folder(folder)
        if isinstance(found, int):
            cases.append(Case(folder.name, folder, found))
        else:
            unusable.append((folder.name, found))
    if not cases:
        why = f" ({counted(unusable)[0][0]})" if unusable else ""
        raise UsageError(f"{root} holds no patient's folder with a label{why}.", thing=root)
    return CaseSet(tuple(cases), description, simulated=False, left_out=counted(unusable), unusable=tuple(unusable))
