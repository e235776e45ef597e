"""The classes of reference samples: from the values of a field or a raster to names and codes.

A *code* is the value of a class in a raster of bytes, an *index* its place among the classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Optional, Union

import numpy as np

from ...basics.errors import InputError
from ..class_legend import LegendEntry
from ..class_spec import ClassSpec

MOST_CLASSES = 254
Value = Union[str, int]


def values_and_counts(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct codes, ascending, and how often each occurs; fast where they lie close together."""
    if not codes.size:
        return np.zeros(0, codes.dtype), np.zeros(0, np.int64)
    low, high = int(codes.min()), int(codes.max())
    if high - low > codes.size:
        return np.unique(codes, return_counts=True)
    counts = np.bincount((codes - low).ravel())
    found = np.flatnonzero(counts)
    return (found + low).astype(codes.dtype), counts[found]


def classes_of(
    values: Iterable[Value], parameter: str, legend: Optional[dict[int, LegendEntry]] = None,
    colours: Optional[Mapping[str, str]] = None,
) -> tuple[tuple[ClassSpec, ...], dict[Value, int]]:  # fmt: skip
    """The classes that distinct values stand for, and the index of each value, both in the order of the classes.

    Names are different: where a legend calls several values alike, their numbers stand behind. Texts are sorted and get
    the codes 1..K. Whole numbers from 0 to 254 are their own codes; where one is outside,
    the codes are 1..K in ascending order.

    Parameters
    ----------
    values : texts or whole numbers, all of one kind.
    parameter : the user's, for messages.
    legend : names and colours of numbers.
    colours : of values as texts, where the legend has none.

    Raises
    ------
    InputError
        More than `MOST_CLASSES`.
    """
    ordered = sorted(set(values))
    if len(ordered) > MOST_CLASSES:
        raise InputError(
            f"{parameter} has {len(ordered)} classes, at most {MOST_CLASSES} fit into a class raster; choose a field "
            "of classes, or merge some."
        )
    numbers = all(isinstance(value, int) for value in ordered)
    own = numbers and all(0 <= value <= MOST_CLASSES for value in ordered)
    entries = [(legend or {}).get(value, LegendEntry()) if numbers else LegendEntry() for value in ordered]
    names = [entry.name or str(value) for entry, value in zip(entries, ordered)]
    names = [name if names.count(name) == 1 else f"{name} ({value})" for name, value in zip(names, ordered)]
    codes = ordered if own else range(1, len(ordered) + 1)
    own_colours = [entry.colour or (colours or {}).get(str(value), "") for entry, value in zip(entries, ordered)]
    found = (ClassSpec(name, code, colour) for name, code, colour in zip(names, codes, own_colours))
    return tuple(found), {value: index for index, value in enumerate(ordered)}
