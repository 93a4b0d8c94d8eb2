"""Writes ``resources/notices/third-party.md``: the packages that the viewer ships with, and their licenses."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NOTICES = Path(__file__).resolve().parents[1] / "resources" / "notices" / "third-party.md"
_HEAD = """# Third-party packages

LeukoViewer is under the Apache License 2.0. It runs on these packages, each under its own license; Qt (PySide6) is used
under the LGPL 3.0 as separate libraries that may be replaced.

| package | license |
|---|---|
"""


def main() -> int:
    """Write the table anew."""
    rows = [f"| {name} | {license_of(name)} |" for name in sorted(shipped())]
    NOTICES.write_text(_HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return 0


def shipped() -> set[str]:
    """Every package that ``pip install leukoviewer`` brings on Linux, without extras."""
    found: set[str] = set()
    waiting = ["leukoviewer"]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.add(current)
        for text in metadata.distribution(current).requires or []:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(canonicalize_name(requirement.name))
    return found - {"leukoviewer"}


def license_of(name: str) -> str:
    """What the package's own metadata say, shortened to one line."""
    fields = metadata.distribution(name).metadata
    classifiers = [c.split(" :: ")[-1] for c in fields.get_all("Classifier") or [] if c.startswith("License ::")]
    text = fields.get("License-Expression") or ", ".join(classifiers) or fields.get("License") or ""
    return " ".join(text.split())[:100].replace("|", "/")


if __name__ == "__main__":
    sys.exit(main())
