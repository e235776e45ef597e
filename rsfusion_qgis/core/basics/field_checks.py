"""Small checks for the fields of a model card; each raises ModelError with found, expected and cure."""

from __future__ import annotations

import math
from typing import Any, NoReturn

from ..basics.errors import ModelError

CURE = "correct the card"


def refuse(found: str, expected: str, cure: str = CURE) -> NoReturn:
    """Raise ModelError with the one sentence of its three parts."""
    raise ModelError(f"{found}, but {expected}; {cure}.")


def is_int(value: object) -> bool:
    """Whether it is a whole number (True and False are none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """Whether it is a finite number (True and False are none)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Return the words in quotes, separated by commas."""
    return ", ".join(f"'{word}'" for word in words) or "nothing"


def require_text(what: str, value: object, empty: bool = False) -> None:
    """Refuse what is no text, and the empty text unless `empty`."""
    if not isinstance(value, str) or not (value or empty):
        refuse(f"The {what} is {value!r}", f"a {'' if empty else 'non-empty '}text is expected")


def require_bool(what: str, value: object) -> None:
    """Refuse what is neither True nor False."""
    if not isinstance(value, bool):
        refuse(f"The {what} is {value!r}", "true or false is expected")


def require_number(what: str, value: object, low: float = -math.inf) -> None:
    """Refuse what is no finite number from `low` on."""
    if not is_number(value) or value < low:  # type: ignore[operator]
        bound = "" if low == -math.inf else f" from {low:g} on"
        refuse(f"The {what} is {value!r}", f"a finite number{bound} is expected")


def require_int(what: str, value: object, low: int, high: int) -> None:
    """Refuse what is no whole number from `low` to `high`, both included."""
    if not is_int(value) or not low <= value <= high:  # type: ignore[operator]
        refuse(f"The {what} is {value!r}", f"a whole number from {low} to {high} is expected")


def require_choice(what: str, value: object, choices: tuple[str, ...]) -> None:
    """Refuse what is not among the choices."""
    if value not in choices:
        refuse(f"The {what} is {value!r}", f"only {listed(choices)} can be used")


def require_different(what: str, names: list[Any], note: str = "") -> None:
    """Refuse an empty list, a name that is no text, and a name that occurs twice."""
    if not names or not all(isinstance(n, str) and n for n in names) or len(set(names)) != len(names):
        refuse(f"The {what} are named {names}", f"one or more different, non-empty names are expected{note}")
