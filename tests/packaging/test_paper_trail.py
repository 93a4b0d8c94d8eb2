"""Hazards have controls, controls have tests that exist, and the papers name what they must."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
HAZARDS: list[dict[str, Any]] = tomllib.loads((ROOT / "packaging" / "hazards.toml").read_text(encoding="utf-8"))[
    "hazard"
]
REQUIRED = {
    "wrong-patient", "wrong-side", "wrong-slice", "wrong-hu", "wrong-series", "stale-score", "partial-result",
    "mixed-report", "leak", "swapped-weights", "over-reliance",
}  # fmt: skip
NAMED = sorted({test for hazard in HAZARDS for control in hazard["control"] for test in control["tests"]})


@cache
def _functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_hazard_that_must_be_thought_of_is_listed_once() -> None:
    ids = [hazard["id"] for hazard in HAZARDS]
    assert len(ids) == len(set(ids))
    assert set(ids) >= REQUIRED


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_a_hazard_has_controls_and_each_control_a_test(hazard: dict[str, Any]) -> None:
    assert hazard["what"].endswith(".")
    assert hazard["severity"] in {"minor", "moderate", "serious"}
    assert hazard["control"]
    for control in hazard["control"]:
        assert control["what"].endswith(".")
        assert control["tests"]


@pytest.mark.parametrize("named", NAMED)
def test_a_named_test_exists(named: str) -> None:
    path, _, function = named.partition("::")
    assert function.startswith("test_")
    assert (ROOT / path).is_file(), f"{path} is gone"
    assert function in _functions(ROOT / path), f"{path} has no {function}"


def test_no_control_is_without_a_real_reading() -> None:
    assert len(NAMED) > 30


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("intended-use.md", ("not for diagnosis", "replace a\ncomplete review", "simulated", "hazards.toml")),
        ("SECURITY.md", ("private security advisory", "make fuzz", "make sbom", "vulnerability_floors.toml")),
    ],
)  # fmt: skip
def test_the_papers_say_what_they_must(name: str, words: tuple[str, ...]) -> None:
    text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
    assert [word for word in words if word not in text] == []


def test_limits_in_the_security_paper_are_those_of_the_code() -> None:
    from leukoviewer.dicom import decode_process, elements, header, loader, walk

    text = (ROOT / "packaging" / "SECURITY.md").read_text(encoding="utf-8")
    assert (
        f"depth {elements.MAX_DEPTH}, {elements.MAX_ELEMENTS:,} elements, {elements.MAX_VALUE_BYTES >> 20} MB" in text
    )
    assert f"{elements.MAX_INFLATED_HEADER_BYTES >> 20} MB of an inflated header" in text
    assert f"{decode_process.LIMIT_S:g} s a frame, {decode_process.MEMORY_BYTES >> 30} GiB" in text
    assert f"{header.MAX_FRAME_PX >> 20} megapixels a frame, {loader.MAX_SERIES_BYTES >> 30} GiB a series" in text
    assert f"{header.MAX_FILE_BYTES >> 20} MB a file" in text
    assert walk.MAX_DEPTH == elements.MAX_DEPTH


def test_papers_link_to_files_that_are_there() -> None:
    import re

    for name in ("intended-use.md", "SECURITY.md"):
        text = (ROOT / "packaging" / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (ROOT / "packaging" / target).exists(), (name, target)
