"""Which bands of a hyperspectral image are of use."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...core.basics.errors import InputError
from ...core.networks.band_choice import good_bands
from ...core.rasters.source import RasterSource

PARAMETER = "BAD_BANDS"


def parse_bands(text: str) -> tuple[int, ...]:
    """Numbers of bands, from 1, ascending, from a text such as "1-3, 88, 100-105"; () for an empty one.

    Raises
    ------
    InputError
        A part is neither a number from 1 on nor a range of them.
    """
    found: set[int] = set()
    for part in (one.strip() for one in text.replace(";", ",").split(",")):
        ends = [end.strip() for end in part.split("-")]
        if not part:
            continue
        if len(ends) > 2 or not all(end.isdigit() for end in ends) or not 1 <= int(ends[0]) <= int(ends[-1]) < 10**5:
            raise InputError(
                f"{PARAMETER}: found '{part}', expected numbers of bands from 1 on, or ranges of them such as 88-104, "
                "separated by commas."
            )
        found.update(range(int(ends[0]), int(ends[-1]) + 1))
    return tuple(sorted(found))


def told_bad(source: RasterSource, by_hand: Sequence[int]) -> np.ndarray:
    """(bands,) bool: which bands the metadata or the user call bad.

    Parameters
    ----------
    by_hand : numbers of bands from 1.

    Raises
    ------
    InputError
        There is no such band, or no other one is left.
    """
    count = len(source.bands)
    if by_hand and max(by_hand) > count:
        raise InputError(f"{PARAMETER} names band {max(by_hand)}, but {source.role} has {count} bands; correct it.")
    bad = np.ones(count, bool)
    bad[list(good_bands(source))] = False
    bad[[number - 1 for number in by_hand]] = True
    if bad.all():
        raise InputError(
            f"{source.role}: all of its {count} bands are called bad, by its metadata or by {PARAMETER}; "
            "at least one good band is needed, so correct the list."
        )
    return bad
