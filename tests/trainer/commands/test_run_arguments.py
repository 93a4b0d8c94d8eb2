"""What commands that train have in common on the command line."""

from __future__ import annotations

import argparse

import pytest

from trainer import cli
from trainer.commands.run_arguments import add_changes
from trainer.experiments.config import load


def _changes(*words: str) -> list[str]:
    parser = argparse.ArgumentParser()
    add_changes(parser)
    found: list[str] = parser.parse_args(words).changes
    return found


@pytest.mark.parametrize(("word", "pretrained"), [("random", False), ("imagenet", True)])
def test_what_the_network_begins_with_is_one_word(word: str, pretrained: bool) -> None:
    changes = _changes("--init", word, "--set", "optimize.epochs=3")
    config = load("leukoencephalopathy", changes=changes)
    assert config.model.pretrained is pretrained
    assert config.optimize.epochs == 3


def test_without_changes_there_are_none_also_the_second_time() -> None:
    assert _changes("--init", "random") == ["model.pretrained=false"]
    assert _changes() == []


@pytest.mark.parametrize("command", ["train", "grid", "pretrain"])
def test_another_word_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.run([command, "--init", "good"])
    assert stopped.value.code == 2
    assert "'good' is neither imagenet nor random" in capsys.readouterr().err
