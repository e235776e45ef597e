"""A method in the benchmark: its name, what kind it is, the function that fuses arrays, and which pairs it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.classical import METHODS, Method
from rsfusion_qgis.core.networks.card import ModelCard

COREGISTERED, NOISY, REDUCED, EYE, FULL = TESTS = ("coregistered", "noisy", "reduced", "eye", "full")
"""The tests of `protocols`."""
TRUTH = "truth"
"""Stands for a test where the reference itself was measured."""
CLASSICAL, PEER, LITERATURE, OURS = KINDS = ("classical", "peer", "literature", "ours")
"""In the order of the tables."""
RIVALS = (CLASSICAL, PEER)
"""The kinds that a verdict on a network speaks of."""

DETAIL = ", DETAIL={}"
"""What follows the name of a network whose DETAIL is not the neutral one."""


@dataclass(frozen=True)
class Contender:
    """One method of the tables."""

    name: str
    kind: str
    """`classical` (this package), `peer` (another program), `literature` (published networks, and what else stands
    beside ours without being judged) or `ours`, both through the engine."""
    method_for: Callable[[Pair, str], Method]
    """What fuses a pair in a test; see `always` for what is told nothing but the arrays."""
    tests: tuple[str, ...] = TESTS
    """Which of the benchmark's tests it takes part in."""
    card: ModelCard | None = None
    """Of the network; None = no network, takes any pair."""

    def takes(self, pair: Pair) -> bool:
        """Whether the pair has the number of MS bands and the ratio that the card names."""
        if self.card is None:
            return True
        ms, (low, high) = self.card.input("ms"), self.card.ratio_range
        bands_fit = ms is None or ms.bands is None or len(ms.bands) == len(pair.ms)
        return bands_fit and low <= pair.ratio <= high


def always(method: Method) -> Callable[[Pair, str], Method]:
    """The same method for every pair and test."""
    return lambda pair, test: method


def classical_contenders() -> tuple[Contender, ...]:
    """The methods of `classical`, EXP first."""
    return tuple(Contender(name, CLASSICAL, always(method)) for name, method in METHODS)
