"""What the viewer stands on: licenses that let it be given away, and a Qt binding that counts references rightly."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

REFERENCES = """
import sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

class Sender(QObject):
    sent = Signal(object)

application = QApplication([])
sender, widget = Sender(), QWidget()
sender.sent.connect(lambda value: None)
before = [sys.getrefcount(value) for value in (True, False, None)]
for _ in range(1000):
    sender.sent.emit(1)
    widget.update()
after = [sys.getrefcount(value) for value in (True, False, None)]
print(*[b - a for a, b in zip(before, after)])
"""


def _project(repository: Path) -> dict[str, object]:
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _closure(name: str) -> set[str]:
    """The installed packages that a package needs, itself included, without extras."""
    found: set[str] = set()
    waiting = [canonicalize_name(name)]
    while waiting:
        current = waiting.pop()
        if current in found:
            continue
        found.add(current)
        for text in metadata.distribution(current).requires or []:
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(canonicalize_name(requirement.name))
    return found


def _license(name: str) -> str:
    fields = metadata.distribution(name).metadata
    classifiers = " ".join(c for c in fields.get_all("Classifier") or [] if c.startswith("License ::"))
    return fields.get("License-Expression") or classifiers or fields.get("License") or ""


def test_pyside_stays_below_the_version_that_loses_references(repository: Path) -> None:
    (text,) = [d for d in _project(repository)["dependencies"] if d.startswith("PySide6")]  # type: ignore[attr-defined]
    assert not Requirement(text).specifier.contains("6.12.0")
    assert Requirement(text).specifier.contains("6.11.3")


def test_signals_and_repaints_keep_the_reference_counts_of_constants() -> None:
    run = subprocess.run([sys.executable, "-c", REFERENCES], check=True, capture_output=True, text=True)
    changes = [int(word) for word in run.stdout.split()]
    assert len(changes) == 3
    # Python 3.12 and later never count references to constants; before, a leak of one each emission is near 1,000.
    assert max(abs(change) for change in changes) < 100


def test_no_decoder_under_the_gpl_is_installed() -> None:
    installed = {canonicalize_name(d.metadata["Name"]) for d in metadata.distributions()}
    assert installed.isdisjoint({"pylibjpeg-libjpeg", "pylibjpeg-rle-gpl"})


def test_everything_that_the_viewer_ships_may_be_given_away() -> None:
    for name in _closure("leukoviewer"):
        choices = re.split(r"\bOR\b", _license(name))
        assert _license(name), f"{name} states no license"
        assert any(not re.search(r"(?<!L)GPL", choice) for choice in choices), f"{name}: {_license(name)}"


def test_the_viewer_needs_no_torch() -> None:
    assert _closure("leukoviewer").isdisjoint({"torch", "timm", "lightning", "grad-cam", "monai"})


def test_every_installed_package_stands_pinned_in_the_constraints(repository: Path) -> None:
    lines = (repository / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {canonicalize_name(r.name): r for r in (Requirement(line) for line in lines if not line.startswith("#"))}
    for name in _closure("leukoviewer") - {"leukoviewer"}:
        assert name in pinned, f"{name} is not pinned"
        assert pinned[name].specifier.contains(metadata.version(name)), f"{name} is not at its pinned version"


def test_constraints_name_versions_and_nothing_else(repository: Path) -> None:
    for line in (repository / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line), line


def test_the_oldest_python_is_3_11(repository: Path) -> None:
    wanted = SpecifierSet(str(_project(repository)["requires-python"]))
    assert [v for v in ("3.10", "3.11", "3.12") if wanted.contains(Version(v))] == ["3.11", "3.12"]


@pytest.mark.parametrize("command", ["leukoviewer", "leuko-trainer"])
def test_the_commands_are_entry_points(command: str) -> None:
    (entry,) = metadata.entry_points(group="console_scripts", name=command)
    assert callable(entry.load())
