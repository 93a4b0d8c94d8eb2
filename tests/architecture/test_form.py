"""The rules of form that neither ruff nor mypy checks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*(ROOT / "leukoviewer").rglob("*.py"), *(ROOT / "trainer").rglob("*.py")])
NAMES = [path.relative_to(ROOT).as_posix() for path in SOURCES]
MAX_LINES = 400
MEANINGLESS_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "base"}
# The job runner, the two command lines, and the process of its own in which foreign decoders may fail in any way: below
# them errors keep their type.
BORDERS = {
    "leukoviewer/cli.py",
    "leukoviewer/dicom/decoding.py",
    "leukoviewer/jobs/job.py",
    "leukoviewer/jobs/lane.py",
    "trainer/cli.py",
}

every_source = pytest.mark.parametrize("path", SOURCES, ids=NAMES)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@every_source
def test_a_module_has_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@every_source
def test_a_module_first_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(_tree(path))
    assert docstring
    assert docstring.splitlines()[0].strip()


@every_source
def test_a_module_name_means_something(path: Path) -> None:
    assert path.stem not in MEANINGLESS_NAMES


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name == "__init__.py"], ids=str)
def test_an_init_holds_a_docstring_alone(path: Path) -> None:
    assert len(_tree(path).body) == 1


@every_source
def test_source_neither_prints_nor_asserts(path: Path) -> None:
    found = [f"{path.name}:{node.lineno}" for node in ast.walk(_tree(path)) if _prints_or_asserts(node)]
    assert found == []


def _prints_or_asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def test_every_error_is_caught_only_at_the_borders() -> None:
    found = {name for name, path in zip(NAMES, SOURCES, strict=True) if any(_catches_all(_tree(path)))}
    assert found <= BORDERS


def _catches_all(tree: ast.Module) -> Iterator[bool]:
    """Handlers of every Exception; ``except BaseException: clean up; raise`` hides nothing and is allowed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            bare = node.type is None or (isinstance(node.type, ast.Name) and node.type.id.endswith("BaseException"))
            raises = bool(node.body) and isinstance(node.body[-1], ast.Raise)
            yield from [True] * (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            yield from [True] * (bare and not raises)


@every_source
def test_no_star_import(path: Path) -> None:
    stars = [n for n in ast.walk(_tree(path)) if isinstance(n, ast.ImportFrom) and n.names[0].name == "*"]
    assert stars == []


@every_source
def test_module_state_is_constant(path: Path) -> None:
    assert [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, ast.Global)] == []


@every_source
def test_nothing_is_unpickled(path: Path) -> None:
    modules = {alias.name for n in ast.walk(_tree(path)) if isinstance(n, ast.Import) for alias in n.names}
    modules |= {n.module or "" for n in ast.walk(_tree(path)) if isinstance(n, ast.ImportFrom)}
    assert not modules & {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
