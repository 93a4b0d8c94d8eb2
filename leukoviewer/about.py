"""What the program is made of: versions of its parts, and where their licenses stand."""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path

from leukoviewer import paths

# Name for readers and name of the package.
_PARTS = (
    ("Qt for Python", "PySide6_Essentials"),
    ("ONNX Runtime", "onnxruntime"),
    ("OpenVINO", "openvino"),
    ("pydicom", "pydicom"),
    ("NumPy", "numpy"),
)


def versions() -> tuple[tuple[str, str], ...]:
    """Name and version of the program and of the parts that results depend on; what is not installed is left out."""
    found = [("LeukoViewer", version_of(paths.APPLICATION)), ("Python", platform.python_version())]
    found += [(name, version_of(package)) for name, package in _PARTS]
    return tuple((name, version) for name, version in found if version)


def notices() -> Path:
    """The table of all parts by others with their licenses; in an installed program their texts lie beside it."""
    return paths.resources() / "notices" / "third-party.md"


def version_of(package: str) -> str:
    """Version of an installed package; empty where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
