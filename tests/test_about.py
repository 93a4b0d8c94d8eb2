"""The program can say what it is made of, and where the licenses stand."""

from __future__ import annotations

from importlib import metadata

import pytest

from leukoviewer import about


def test_versions_name_the_program_first_and_the_parts_that_results_depend_on() -> None:
    found = dict(about.versions())
    assert next(iter(found)) == "LeukoViewer"
    assert found["LeukoViewer"] == metadata.version("leukoviewer")
    assert found["ONNX Runtime"] == metadata.version("onnxruntime")
    assert {"Python", "Qt for Python", "pydicom", "NumPy"} <= set(found)


def test_a_part_that_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.version

    def version(name: str) -> str:
        if name == "onnxruntime":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(metadata, "version", version)
    assert "ONNX Runtime" not in dict(about.versions())


def test_the_notices_are_there_and_name_qt() -> None:
    assert "pyside6-essentials" in about.notices().read_text(encoding="utf-8")
