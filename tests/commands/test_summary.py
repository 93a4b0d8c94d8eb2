"""A result in words, for the terminal."""

from __future__ import annotations

from dataclasses import replace

from leukoviewer.commands.summary import RESEARCH_USE, lines
from tests.display import scene


def test_series_scores_and_vote_stand_in_words() -> None:
    volume = scene.volume()
    analysis = scene.analysis(volume)
    told = list(lines(volume, analysis))
    assert told[0].endswith("4 slices, volume with warnings")
    assert [line.split()[0] for line in told if line.endswith("+")] == ["3", "4"]
    assert told[-2] == f"{analysis.vote().sentence} (a slice is positive from 0.5)"
    assert told[-1] == RESEARCH_USE


def test_slices_that_count_as_one_are_told_after_the_vote() -> None:
    volume = scene.volume()
    analysis = scene.analysis(volume)
    mapping = replace(analysis.mapping, native=((0, 1), (2,), (), (3,)))
    told = list(lines(volume, replace(analysis, mapping=mapping)))
    assert told[-2] == "The 4 slices of the scan count as 3: the model averages those that lie close."


def test_a_score_near_one_is_no_certainty_on_the_terminal() -> None:
    volume = scene.volume()
    told = "\n".join(lines(volume, scene.analysis(volume, {0: 0.998, 1: 0.9998})))
    assert "0.998" in told
    assert "0.999" in told
    assert "1.000" not in told
