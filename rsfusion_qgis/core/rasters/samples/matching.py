"""Which class of a reference is which value of a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from ...basics.errors import InputError
from ..class_legend import LegendEntry
from ..class_spec import ClassSpec
from .classes import Value

_LISTED = 8  # names that a sentence holds


@dataclass(frozen=True)
class AssessedClass:
    """A class of the map or of the reference.

    Attributes
    ----------
    name : str
    value : int or None
        In the map; None where the reference alone has the class.
    colour : str
        "#rrggbb"; "" = not said.
    """

    name: str
    value: Optional[int]
    colour: str = ""


@dataclass(frozen=True)
class Matching:
    """The classes of both.

    Attributes
    ----------
    classes : tuple of AssessedClass
        Those of the map by value, then those that the reference alone has.
    of_reference : tuple of int
        Index in `classes` of each class of the reference.
    warnings : tuple of str
    """

    classes: tuple[AssessedClass, ...]
    of_reference: tuple[int, ...]
    warnings: tuple[str, ...]


def listed(names: Sequence[str]) -> str:
    """ "'a', 'b' and 3 more"."""
    shown = ", ".join(f"'{name}'" for name in names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown} and {len(names) - _LISTED} more"


def match_classes(
    reference: Sequence[ClassSpec], values: Sequence[Value], occurring: Sequence[int],
    legend: Mapping[int, LegendEntry], names: tuple[str, str],
) -> Matching:  # fmt: skip
    """Match texts by the names that the map gives its values, letter case aside, and numbers by value.

    Parameters
    ----------
    reference, values : as `Samples.classes` and `Samples.values`.
    occurring : values found in the map.
    legend : what the map says of its values.
    names : the user's parameters of reference and map, for messages.

    Raises
    ------
    InputError
        No class of the reference is one of the map's.
    """
    wanted = _numbers(values, legend)
    known = {*occurring, *(value for value, entry in legend.items() if entry.name)}
    found = [value if value in known else None for value in wanted]
    if all(value is None for value in found):
        raise InputError(_no_class_in_common(reference, values, occurring, legend, names))
    of_map = sorted({*occurring, *(value for value in found if value is not None)})
    theirs = {value: item for value, item in zip(found, reference) if value is not None}
    classes = [_named(value, legend.get(value, LegendEntry()), theirs.get(value)) for value in of_map]
    places = []
    for value, item in zip(found, reference):
        places.append(len(classes) if value is None else of_map.index(value))
        if value is None:
            classes.append(AssessedClass(item.name, None, item.colour))
    return Matching(_distinct(classes), tuple(places), tuple(_differing(theirs, legend, names)))


def _numbers(values: Sequence[Value], legend: Mapping[int, LegendEntry]) -> list[Optional[int]]:
    """The map's value that each class of the reference would have; None where a text is no name of the map's."""
    if not any(isinstance(value, str) for value in values):
        return list(values)
    by_name: dict[str, int] = {}
    for value in sorted(legend, reverse=True):
        by_name[legend[value].name.strip().casefold()] = value
    by_name.pop("", None)
    found = [by_name.get(str(value).casefold()) for value in values]
    if all(value is None for value in found) and all(_is_whole(str(value)) for value in values):
        return [int(value) for value in values]
    return found


def _is_whole(text: str) -> bool:
    return text.removeprefix("-").isdecimal()


def _named(value: int, entry: LegendEntry, theirs: Optional[ClassSpec]) -> AssessedClass:
    """A class of the map under its own name, else under the reference's, else under its number."""
    name = entry.name or (theirs.name if theirs else "") or str(value)
    return AssessedClass(name, value, entry.colour or (theirs.colour if theirs else ""))


def _distinct(classes: Sequence[AssessedClass]) -> tuple[AssessedClass, ...]:
    """The classes with names that occur once: the value stands behind a name of several."""
    names, found = [item.name for item in classes], []
    for item in classes:
        behind = "reference" if item.value is None else item.value
        name = item.name if names.count(item.name) == 1 else f"{item.name} ({behind})"
        found.append(AssessedClass(name, item.value, item.colour))
    return tuple(found)


def _differing(
    theirs: Mapping[int, ClassSpec], legend: Mapping[int, LegendEntry], names: tuple[str, str]
) -> list[str]:
    """A warning where both name a number, and not alike."""
    pairs = [(value, item.name, legend[value].name) for value, item in theirs.items() if value in legend]
    odd = [
        f"{value} is '{theirs}' in {names[0]} and '{ours}' in {names[1]}"
        for value, theirs, ours in pairs
        if ours and theirs != str(value) and theirs.strip().casefold() != ours.strip().casefold()
    ]
    return [f"Classes were matched by number, but their names differ: {'; '.join(odd[:_LISTED])}."] if odd else []


def _no_class_in_common(
    reference: Sequence[ClassSpec], values: Sequence[Value], occurring: Sequence[int],
    legend: Mapping[int, LegendEntry], names: tuple[str, str],
) -> str:  # fmt: skip
    text = any(isinstance(value, str) for value in values)
    theirs = listed([item.name for item in reference])
    named = [entry.name for _, entry in sorted(legend.items()) if entry.name]
    if text and not named:
        return (
            f"{names[0]} has its classes as texts ({theirs}), but {names[1]} names none of its values; choose a field "
            f"with the numbers of {names[1]}, or give that raster category names."
        )
    ours = listed(named if text else [str(value) for value in occurring])
    return (
        f"{names[0]} has the classes {theirs}, none of which is among those of {names[1]} ({ours}); choose a field "
        f"or raster with the classes of {names[1]}."
    )
