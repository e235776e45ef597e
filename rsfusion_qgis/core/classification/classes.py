"""The classes of reference samples: from the values of a field or a raster to names and codes.

A *code* is the value of a class in a raster of bytes, an *index* its place among the classes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Optional, Union

import numpy as np

from ..class_legend import LegendEntry
from ..errors import InputError

MOST_CLASSES = 254
Value = Union[str, int]


@dataclass(frozen=True)
class SampleClass:
    """A class.

    Attributes
    ----------
    name : str
    code : int
        0 to 254; 0 only where a field of numbers has it.
    colour : str
        "#rrggbb"; "" = not said.
    """

    name: str
    code: int
    colour: str = ""


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


def nodata_code(classes: Sequence[SampleClass]) -> int:
    """The value that a class raster has where there is no class: 0, or 255 where a class has the code 0."""
    return 255 if any(item.code == 0 for item in classes) else 0


def classes_of(
    values: Iterable[Value], parameter: str, legend: Optional[dict[int, LegendEntry]] = None
) -> tuple[tuple[SampleClass, ...], dict[Value, int]]:
    """The classes that distinct values stand for, and the index of each value, both in the order of the classes.

    Texts are sorted and get the codes 1..K. Whole numbers from 0 to 254 are their own codes; where one is outside,
    the codes are 1..K in ascending order.

    Parameters
    ----------
    values : texts or whole numbers, all of one kind.
    parameter : the user's, for messages.
    legend : names and colours of numbers.

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
    found = []
    for place, value in enumerate(ordered, start=1):
        entry = (legend or {}).get(value, LegendEntry()) if numbers else LegendEntry()
        found.append(SampleClass(entry.name or str(value), value if own else place, entry.colour))
    return tuple(found), {value: index for index, value in enumerate(ordered)}
