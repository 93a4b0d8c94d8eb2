"""All ways in which one rule of a module can be broken: comparisons, signs, numbers, conditions."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.MatMult: ast.Add,
}  # fmt: skip
_NAMES = {
    "min": "max", "max": "min", "any": "all", "all": "any", "argmax": "argmin", "argmin": "argmax", "abs": "float",
    "median": "mean", "sin": "cos", "cos": "sin", "subtract": "add", "left_shift": "right_shift",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One module with one rule broken.

    Attributes
    ----------
    module : str
        Dotted name.
    source : str
        Its true code.
    line : int
        Where it is broken.
    change : str
        What is changed, for the reader.
    number, way : int
        Which expression, and which of its changes.
    """

    module: str
    source: str
    line: int
    change: str
    number: int
    way: int

    def tree(self) -> ast.Module:
        """The whole module, changed."""
        tree = ast.parse(self.source)
        _apply(next(islice(_code(tree), self.number, None)), self.way)
        return ast.fix_missing_locations(tree)


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module's code; texts, annotations and docstrings are left alone."""
    for number, node in enumerate(_code(ast.parse(source))):
        for way, change in enumerate(_ways(node)):
            changed = copy.deepcopy(node)
            _apply(changed, way)
            before, after = ast.unparse(node), ast.unparse(changed)
            if before != after:
                yield Mutant(module, source, node.lineno, f"{change}: {_short(before)} -> {_short(after)}", number, way)


def _code(tree: ast.AST) -> Iterator[ast.expr]:
    """Expressions that are run, in a fixed order."""
    for name, field in ast.iter_fields(tree):
        if name in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for node in field if isinstance(field, list) else [field]:
            if not isinstance(node, ast.AST) or isinstance(node, ast.JoinedStr | ast.Raise):
                continue
            if isinstance(node, ast.expr):
                yield node
            yield from _code(node)


def _ways(node: ast.expr) -> list[str]:
    """Names of the changes that can be made to one expression."""
    if isinstance(node, ast.Compare):
        return ["comparison"] * len([op for op in node.ops if type(op) in _COMPARE])
    kinds = {
        "arithmetic": isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC and not _is_union(node),
        "and/or": isinstance(node, ast.BoolOp),
        "sign": isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub),
        "constant": isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float),
        "condition": isinstance(node, ast.IfExp),
        "function": isinstance(node, ast.Call) and _called(node) in _NAMES,
    }
    return [name for name, is_so in kinds.items() if is_so]


def _apply(node: ast.expr, way: int) -> None:
    if isinstance(node, ast.Compare):
        node.ops[way] = _COMPARE[type(node.ops[way])]()
    elif isinstance(node, ast.BinOp):
        node.op = _ARITHMETIC[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        if isinstance(node.op, ast.Not):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.Constant):
        node.value = _other(node.value)
    elif isinstance(node, ast.IfExp):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        node.func.id = _NAMES[node.func.id]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node.func.attr = _NAMES[node.func.attr]


def _other(value: object) -> object:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return float(value) * 1.5 + 0.25 if isinstance(value, float) else value


def _called(node: ast.Call) -> str:
    func = node.func
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def _is_union(node: ast.BinOp) -> bool:
    """``X | None`` of types, which stands in aliases too."""
    return isinstance(node.op, ast.BitOr) and any(
        isinstance(side, ast.Subscript) or (isinstance(side, ast.Constant) and side.value is None)
        for side in (node.left, node.right)
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
