"""What every script of packaging needs to know: names, folders, and the one source of the version. Standard library."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
DIST = ROOT / "dist"
RESOURCES = ROOT / "resources"

NAME = "leukoviewer"
DISPLAY_NAME = "LeukoViewer"
# Reverse domain name that macOS, Windows and Linux know the program by; it must never change.
IDENTIFIER = "io.github.leukoviewer.LeukoViewer"

# The folder that PyInstaller makes and everything else is built from.
PROGRAM_FOLDER = DIST / NAME


def version() -> str:
    """The version in ``pyproject.toml``, the only place where it is written by hand."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def description() -> str:
    """One sentence, from ``pyproject.toml``."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["description"])


def contents(folder: Path = PROGRAM_FOLDER) -> Path:
    """Where PyInstaller puts everything but the program itself."""
    return folder / "_internal"


def say(text: str) -> None:
    """One line to the terminal, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class PackagingError(Exception):
    """A build cannot go on; the text says what to do."""
