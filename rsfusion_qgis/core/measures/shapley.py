"""Shapley values: which share of a result each of several players has, from results without some of them.

A set of players is a whole number: bit k stands for player k. The values of all players add up to the result with all
of them less that with none, and a player that never changes anything gets 0. Shapley 1953, A value for n-person games,
doi:10.1515/9781400881970-018; sampled by permutations: Castro, Gomez, Tejada 2009, doi:10.1016/j.cor.2008.04.004.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Optional

import numpy as np

MOST_EXACT = 4
"""Players up to which all sets are tried."""
MOST_SETS = 24
"""Sets that are tried at most where they are sampled."""


@dataclass(frozen=True)
class Design:
    """Which sets are tried, and what follows from their results.

    Attributes
    ----------
    players : int
    sets : tuple of int
        All of them first, then none, then the others.
    weights : ndarray
        (players, sets): Shapley values = weights @ results.
    exact : bool
    """

    players: int
    sets: tuple[int, ...]
    weights: np.ndarray
    exact: bool

    def without(self, player: int) -> int:
        """Place in `sets` of all but one player."""
        return self.sets.index((1 << self.players) - 1 - (1 << player))

    def alone(self, player: int) -> Optional[int]:
        """Place in `sets` of one player alone; None where that was not tried."""
        one = 1 << player
        return self.sets.index(one) if one in self.sets else None


def design(players: int, seed: int = 1) -> Design:
    """Return all sets for up to `MOST_EXACT` players, else those of pairs of opposite random orders."""
    if players < 1:
        raise ValueError(f"Found {players} players, expected one or more.")
    everyone = (1 << players) - 1
    if players <= MOST_EXACT:
        sets = (everyone, 0, *range(1, everyone))
        return Design(players, sets, _exact(players, sets), True)
    left_out = [everyone - (1 << player) for player in range(players)]
    sets, orders = dict.fromkeys((everyone, 0, *left_out)), []
    draw = np.random.default_rng(seed)
    while True:
        order = [int(one) for one in draw.permutation(players)]
        pair = [order, order[::-1]]
        more = {**sets, **dict.fromkeys(one for each in pair for one in _growing(each))}
        if len(more) > MOST_SETS and orders:
            break
        sets, orders = more, [*orders, *pair]
    found = tuple(sets)
    weights = np.zeros((players, len(found)))
    for order in orders:
        before = 0
        for player in order:
            weights[player, found.index(before | 1 << player)] += 1 / len(orders)
            weights[player, found.index(before)] -= 1 / len(orders)
            before |= 1 << player
    return Design(players, found, weights, False)


def _growing(order: list[int]) -> list[int]:
    return list(itertools.accumulate((1 << player for player in order), int.__or__))


def _exact(players: int, sets: tuple[int, ...]) -> np.ndarray:
    weights = np.zeros((players, len(sets)))
    for place, one in enumerate(sets):
        size = bin(one).count("1")
        for player in range(players):
            if one >> player & 1:
                weights[player, place] += math.factorial(size - 1) * math.factorial(players - size)
            else:
                weights[player, place] -= math.factorial(size) * math.factorial(players - size - 1)
    return weights / math.factorial(players)
