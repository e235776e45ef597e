"""Shapley values: the laws that define them, a game that is known, and draws of many players."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.measures.shapley import MOST_SETS, design


def values(players: int, game) -> np.ndarray:
    made = design(players)
    results = [game({player for player in range(players) if one >> player & 1}) for one in made.sets]
    return made.weights @ np.array(results, float)


def test_the_glove_game() -> None:
    """One right glove, two left ones: a pair is worth 1. Known: 2/3, 1/6, 1/6."""
    found = values(3, lambda given: float(0 in given and bool(given & {1, 2})))
    np.testing.assert_allclose(found, [2 / 3, 1 / 6, 1 / 6], atol=1e-12)


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5, 7])
def test_values_add_up_and_who_changes_nothing_gets_nothing(players: int) -> None:
    draw = np.random.default_rng(players)
    worth = {}

    def game(given: set[int]) -> float:
        key = frozenset(given - {0})  # player 0 changes nothing
        return worth.setdefault(key, draw.normal())

    found = values(players, game)
    everyone, nobody = game(set(range(players))), game(set())
    assert found.sum() == pytest.approx(everyone - nobody)
    assert found[0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("players", [3, 6])
def test_a_sum_is_taken_apart(players: int) -> None:
    parts = np.random.default_rng(1).normal(size=players)
    np.testing.assert_allclose(values(players, lambda given: parts[sorted(given)].sum()), parts, atol=1e-9)


def test_many_players_are_drawn_the_same_way_each_time() -> None:
    first, second = design(6), design(6)
    assert first.sets == second.sets and not first.exact
    assert len(first.sets) <= max(MOST_SETS, 2 + 6 + 10) < 2**6
    assert [first.sets[first.without(player)] for player in range(6)] == [63 - (1 << player) for player in range(6)]
    assert design(4).exact and len(design(4).sets) == 16
