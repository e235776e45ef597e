"""Options that every training of the user's own samples has, each in one place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .options import option
from .roles import Role

ABSENCES = ("all but the first", "none", "any")
FIRST = "the first that is given"


def minutes_option(most: float, help_text: str) -> Any:
    """`float`: minutes of training at most."""
    return option(most, "Minutes of training at most", help_text, low=0.05, high=1440.0)


def grid_option(roles: Sequence[Role], label: str) -> Any:
    """`str`: role on whose grid the result lies; "" = the first that is given."""
    return option(
        "", label,
        "The others are brought onto it, finer ones by averaging. It counts as the first raster.",
        shown=FIRST, choices=(FIRST, *(role.parameter for role in roles)), advanced=True,
        parse=lambda text: "" if text == FIRST else text.lower(),
    )  # fmt: skip


def absent_option(help_text: str) -> Any:
    """`str`, one of ABSENCES: which rasters may be absent later."""
    return option(ABSENCES[2], "Rasters that may be absent later", help_text, choices=ABSENCES, advanced=True)


def share_option(label: str, help_text: str) -> Any:
    """`float`: share of the samples that is held out."""
    return option(0.2, label, help_text, low=0.0, high=0.5, advanced=True)


def seed_option(help_text: str) -> Any:
    """`int`: seed of what is drawn at random."""
    return option(1, "Seed", help_text, low=0, advanced=True)


def checkpoint_option(help_text: str) -> Any:
    """`str`: file in which the state is kept; "" = none."""
    return option(
        "", "State of the training", help_text, kind="file", choices=("pt",), empty=True, advanced=True
    )
