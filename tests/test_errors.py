"""The error tree: exit codes as documented, one sentence each, the offending thing kept aside."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from leukoviewer import errors

TREE = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.LeukoError, 1),
        (errors.UsageError, 2),
        (errors.NothingReadableError, 3),
        (errors.RefusedError, 4),
        (errors.NoBrainError, 4),
        (errors.IncompleteError, 5),
        (errors.CannotWriteError, 7),
        (errors.PackageError, 1),
        (errors.RecipeError, 1),
        (errors.EngineError, 1),
        (errors.OutOfMemoryError, 1),
        (errors.DecodeError, 1),
        (errors.Canceled, 1),
    ],
)
def test_each_error_has_its_exit_code(kind: type[errors.LeukoError], code: int) -> None:
    assert kind("A sentence.").exit_code == code


@pytest.mark.parametrize("kind", TREE)
def test_the_drawing_names_every_error_with_its_code(kind: type[errors.LeukoError]) -> None:
    line = next(line for line in (errors.__doc__ or "").splitlines() if re.search(rf"\b{kind.__name__}\b", line))
    assert re.search(rf"{kind.__name__}\s+(exit code )?{kind.exit_code}\b", line)


@pytest.mark.parametrize("kind", TREE)
def test_the_sentence_is_all_that_is_shown_and_the_thing_is_kept(kind: type[errors.LeukoError]) -> None:
    error = kind("This series cannot be scored.", thing=Path("Doe^Jane"))
    assert str(error) == "This series cannot be scored."
    assert error.thing == Path("Doe^Jane")
    assert isinstance(error, errors.LeukoError)


def test_sentences_in_the_source_begin_and_end_like_sentences_or_with_a_value(repository: Path) -> None:
    names = {kind.__name__ for kind in TREE}
    crooked = []
    for path in (repository / "leukoviewer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                text = _literal(node.args[0])
                if text is not None and not re.fullmatch(r"(?s)[A-Z0-9\0].*[.\0]", text):
                    crooked.append(f"{path.name}:{node.lineno}: {text}")
    assert crooked == []


def _literal(node: ast.expr) -> str | None:
    """The text of a literal with NUL for each value filled in; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "\0" for p in node.values)
    return None
