"""The import rules of pyproject.toml hold, and torch stays where it belongs."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

# Inference holds the torch engine, the explanations and what they share; app loads torch before Qt on Windows, where
# the other order fails. These parts of inference work where torch is not installed.
WITHOUT_TORCH = {f"leukoviewer/inference/{name}.py" for name in ("engine", "onnx_engine", "pipeline", "self_test")}
TORCH_PACKAGES = {"torch", "torchvision", "timm", "pytorch_grad_cam", "monai"}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def test_all_import_contracts_are_kept(repository: Path) -> None:
    lint = Path(sysconfig.get_path("scripts")) / ("lint-imports.exe" if sys.platform == "win32" else "lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=repository, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_only_the_engines_and_explanations_name_torch(repository: Path) -> None:
    named = {
        path.relative_to(repository).as_posix()
        for path in (repository / "leukoviewer").rglob("*.py")
        if _imports(path) & TORCH_PACKAGES
    }
    strangers = {name for name in named if not name.startswith("leukoviewer/inference/")}
    assert strangers <= {"leukoviewer/app.py"}
    assert named.isdisjoint(WITHOUT_TORCH)


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("leukoviewer.cli", {"numpy", "pydicom", "PySide6", "onnxruntime", "skimage", "torch", "rich"}),
        ("leukoviewer.commands.analyze", {"pydicom", "PySide6", "onnxruntime", "skimage", "torch", "rich"}),
        ("leukoviewer.app", {"torch", "timm", "skimage", "onnxruntime", "pydicom"}),
    ],
)
def test_importing_loads_no_slow_package(repository: Path, module: str, absent: set[str]) -> None:
    question = f"import sys, {module}; print(*sorted({absent!r} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", question],
        cwd=repository,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout.split() == []
