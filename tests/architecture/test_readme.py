"""The README tells the truth: keys, commands, exit codes and links are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leukoviewer import cli, errors
from leukoviewer.ui.actions import ACTIONS


@pytest.fixture(scope="module")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text(encoding="utf-8")


def test_every_key_of_the_program_stands_in_the_table_of_keys(readme: str) -> None:
    table = re.search(r"\| key or mouse \|.*?\n\n", readme, flags=re.DOTALL)
    assert table is not None
    first = " ".join(line.split("|")[1] for line in table.group().splitlines() if line.startswith("|"))
    told = {word.strip(", ") for word in first.split()}
    assert [key for action in ACTIONS for key in action.keys if key.rstrip(",") not in told] == []


def test_every_command_line_names_options_that_exist(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = re.findall(r"^leukoviewer (.+)$", readme, flags=re.MULTILINE)
    assert len(lines) >= 5
    for line in lines:
        words = line.split()
        cli.run([*words[:1], "--help"] if words[0] in cli.COMMANDS else ["--help"])
        known = capsys.readouterr().out
        assert [option for option in re.findall(r"--[a-z-]+", line) if option not in known] == []


def test_exit_codes_are_those_of_the_errors(readme: str) -> None:
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", readme, flags=re.MULTILINE)}
    codes = {v.exit_code for v in vars(errors).values() if isinstance(v, type) and issubclass(v, errors.LeukoError)}
    assert told == codes | {0, cli.STOPPED}


def test_every_link_and_picture_leads_to_a_file(readme: str, repository: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", readme)
    assert links
    assert [link for link in links if not link.startswith("http") and not (repository / link).exists()] == []


def test_it_says_first_what_the_program_is_not_for(readme: str) -> None:
    assert "Research use, not for diagnosis" in readme[:1200]
