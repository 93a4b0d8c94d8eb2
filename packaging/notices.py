"""Writes who made what: the table of the source tree, and table and license texts of the built program.

Run by itself it writes ``resources/notices/third-party.md``: all that ``pip install leukoviewer`` brings.
The build writes the same file into the program, of what is truly inside, with the texts beside it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import license_terms
import project
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from inventory import Part

FOLDER = project.RESOURCES / "notices"
NOTICES = FOLDER / "third-party.md"
_HEAD = """# Third-party packages

LeukoViewer is under the Apache License 2.0. It runs on these packages, each under its own license; Qt (PySide6) is used
under the LGPL 3.0 as separate libraries that may be replaced.

| package | license |
|---|---|
"""
_BUILT_HEAD = """# Parts by others in this program

LeukoViewer {version} is under the Apache License 2.0. This program holds the parts below, each under its own license;
the words stand in the folder `licenses` beside this file. Qt (PySide6) is used under the LGPL 3.0 as separate libraries
in `_internal/PySide6`, which may be replaced. The program was made with PyInstaller, whose license has an exception
that lets programs made with it have any license. The same list for machines: `sbom.cdx.json`.

| part | version | license | holds |
|---|---|---|---|
"""


def main() -> int:
    """Write the table of the source tree anew."""
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
    return license_terms.as_stated(name)


def write_built(parts: Iterable[Part], folder: Path) -> None:
    """Write table and texts of the built program.

    Parameters
    ----------
    parts : iterable of Part
        What is inside.
    folder : Path
        ``resources/notices`` of the built program.

    Raises
    ------
    PackagingError
        A part states no license, or its text is nowhere.
    """
    found = list(parts)
    for part in found:
        if not part.license or not part.texts:
            raise project.PackagingError(
                f"{part.name} {part.version} has no license {'text' if part.license else 'stated'}; "
                "name one in packaging/license_terms.py"
            )
    shutil.rmtree(folder / "texts", ignore_errors=True)
    shutil.rmtree(folder / "licenses", ignore_errors=True)
    rows = [f"| {p.name} | {p.version} | {p.license} | {', '.join(p.libraries)} |" for p in found]
    text = _BUILT_HEAD.format(version=project.version()) + "\n".join(rows) + "\n"
    (folder / "third-party.md").write_text(text, encoding="utf-8")
    for part in found:
        _copy_texts(part, folder / "licenses" / part.name)
    (folder / "licenses" / "leukoviewer").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(project.ROOT / "LICENSE", folder / "licenses" / "leukoviewer" / "LICENSE")


def _copy_texts(part: Part, folder: Path) -> None:
    """Texts of one name from several folders of a package get numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for source in part.texts:
        name, number = source.name, 2
        while name.casefold() in taken:
            name, number = f"{source.stem}-{number}{source.suffix}", number + 1
        taken.add(name.casefold())
        shutil.copyfile(source, folder / name)


if __name__ == "__main__":
    sys.exit(main())
