"""A method in the benchmark: its name, what kind it is, and the function that fuses arrays."""

from __future__ import annotations

from dataclasses import dataclass

from models.benchmarks.classical import METHODS, Method

CLASSICAL, PEER, OURS = "classical", "peer", "ours"


@dataclass(frozen=True)
class Contender:
    """One method of the tables."""

    name: str
    kind: str
    """`classical` (this package), `peer` (another program) or `ours` (a network through the engine)."""
    method: Method
    tests: tuple[str, ...] = ("coregistered", "reduced", "full")
    """Which of the benchmark's tests it takes part in."""


def classical_contenders() -> tuple[Contender, ...]:
    """The methods of `classical`, EXP first."""
    return tuple(Contender(name, CLASSICAL, method) for name, method in METHODS)
