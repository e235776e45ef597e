"""The options of an algorithm: a frozen dataclass whose fields say how each is asked for and what it means.

A field made by `option` becomes a parameter of QGIS: its name in capitals, its type by its default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Callable, Optional

_KEY = "option"


@dataclass(frozen=True)
class Option:
    """How one option is asked for.

    Attributes
    ----------
    name : str
        The user's parameter.
    label, help : str
    kind : str
        "yes or no", "whole number", "number", "text", "choice" (one of a list), "choices" (any of a list), "file", or
        "vector": a layer, as a file that OGR opens, with "|layername=" where it has several.
    default : what the dialog shows.
    choices : tuple of str
        Static strings; a list may grow at its end and never shrinks.
    low, high : float or None
        Bounds of a number.
    empty : bool
        Whether it may be left empty; the option then has its neutral value.
    advanced : bool
    parse : from what the user gave to the value; may raise InputError.
    bounded : bool
        Whether a number outside its bounds is refused in a sentence of ours, and not in QGIS's; so is all else that
        was given to the algorithm.
    lacking : the sentence that says why a choice which was given may be missing from `choices`, "" for none.
    """

    name: str
    label: str
    help: str
    kind: str
    default: Any
    choices: tuple[str, ...] = ()
    low: Optional[float] = None
    high: Optional[float] = None
    empty: bool = False
    advanced: bool = False
    parse: Optional[Callable[[Any], Any]] = None
    bounded: bool = False
    lacking: Optional[Callable[[], str]] = None


@dataclass(frozen=True)
class NoOptions:
    """An algorithm without options of its own."""


def option(
    neutral: Any, label: str, help_text: str, *, kind: str = "", shown: Any = None, choices: Sequence[str] = (),
    low: Optional[float] = None, high: Optional[float] = None, empty: bool = False, advanced: bool = False,
    parse: Optional[Callable[[Any], Any]] = None, called: str = "", bounded: bool = False,
    lacking: Optional[Callable[[], str]] = None,
) -> Any:  # fmt: skip
    """A field of an options class.

    Parameters
    ----------
    neutral : value of the option where the user says nothing.
    shown : what the dialog shows for it; None = the value itself, or nothing where `empty`.
    called : the user's parameter where it is not the field's name in capitals.
    Others as in `Option`.
    """
    kinds = {bool: "yes or no", int: "whole number", float: "number"}
    kind = kind or ("choice" if choices else kinds.get(type(neutral), "text"))
    default = shown if shown is not None or empty else neutral
    made = Option(called, label, help_text, kind, default, tuple(choices), low, high, empty, advanced, parse,
                  bounded, lacking)  # fmt: skip
    return field(default=neutral, metadata={_KEY: made})


def options_of(kind: type) -> dict[str, Option]:
    """The options of a class by the name of their field, in the order of the dialog."""
    found = {}
    for one in fields(kind):
        told = one.metadata[_KEY]
        found[one.name] = Option(**{**vars(told), "name": told.name or one.name.upper()})
    return found


def fill(kind: type, given: Mapping[str, Any]) -> Any:
    """The options from what the user gave, by the field's name; what is missing has its neutral value.

    Raises
    ------
    InputError
        A value cannot be understood.
    """
    known = options_of(kind)
    values = {name: known[name].parse(value) if known[name].parse else value for name, value in given.items()}
    return kind(**values)
