"""Random draws are reproducible, independent by stream and of the asked distribution."""

from __future__ import annotations

import pytest
import torch

from trainer.simulation.draws import Draws, seed_of


def test_the_same_stream_gives_the_same_numbers() -> None:
    first, second = Draws(7, "anatomy"), Draws(7, "anatomy")
    assert [first.uniform(0, 1) for _ in range(5)] == [second.uniform(0, 1) for _ in range(5)]


@pytest.mark.parametrize("other", [(8, "anatomy"), (7, "lesions"), ("7a", "natomy")])
def test_another_stream_gives_other_numbers(other: tuple[object, ...]) -> None:
    assert Draws(7, "anatomy").uniform(0, 1) != Draws(*other).uniform(0, 1)


def test_a_seed_does_not_change_between_versions() -> None:
    assert seed_of("patient", "paper", 1, 2) == 6544837439698596376


def test_parts_of_a_seed_do_not_run_together() -> None:
    assert seed_of("a", "bc") != seed_of("ab", "c")


def test_normal_numbers_stay_within_their_reach() -> None:
    draws = Draws("normal")
    drawn = torch.tensor([draws.normal(10, 2) for _ in range(3000)])
    assert drawn.min() >= 5
    assert drawn.max() <= 15
    assert float(drawn.mean()) == pytest.approx(10, abs=0.15)
    assert float(drawn.std()) == pytest.approx(2, abs=0.15)


def test_a_choice_follows_its_weights() -> None:
    draws = Draws("choice")
    drawn = [draws.choice({"a": 3.0, "b": 1.0, "never": 0.0}) for _ in range(2000)]
    assert drawn.count("a") / 2000 == pytest.approx(0.75, abs=0.04)
    assert "never" not in drawn


def test_whole_numbers_include_both_ends() -> None:
    draws = Draws("integer")
    assert {draws.integer(2, 4) for _ in range(100)} == {2, 3, 4}


def test_a_field_has_unit_variance_and_is_smooth() -> None:
    field = Draws("field").field((32, 30, 28), length_nodes=2.0)
    assert field.shape == (32, 30, 28)
    assert float(field.std()) == pytest.approx(1, abs=1e-4)
    neighbors = (field[1:] * field[:-1]).mean()
    far = (field[8:] * field[:-8]).mean()
    # exp(-1 / (4 * length^2)) for a Gaussian kernel.
    assert float(neighbors) == pytest.approx(0.94, abs=0.03)
    assert abs(float(far)) < 0.25
