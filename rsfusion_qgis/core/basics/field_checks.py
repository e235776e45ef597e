"""Small checks for the fields of a model card; each raises ModelError with found, expected and cure."""

from __future__ import annotations

import math
import re
from typing import Any, NoReturn

from .errors import UNPRINTABLE, ModelError

CURE = "correct the card"
LARGEST = 1e300
"""Numbers of a card lie within plus and minus this, so that no sum or product of a few is infinite."""
LONGEST_NAME, LONGEST_TEXT = 500, 10_000  # characters

# As `errors.UNPRINTABLE`, but in a longer text line breaks and tabs may be.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def refuse(found: str, expected: str, cure: str = CURE) -> NoReturn:
    """Raise ModelError with the one sentence of its three parts."""
    raise ModelError(f"{found}, but {expected}; {cure}.")


def is_int(value: object) -> bool:
    """Whether it is a whole number (True and False are none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> bool:
    """Whether it is a number within +-LARGEST (True and False are none)."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def shown(value: object) -> str:
    """Return a value in at most 60 characters."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of thousands of digits
        return "a number of very many digits"
    return text if len(text) <= 60 else text[:57] + "..."


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Return the words in quotes, separated by commas."""
    return ", ".join(f"'{word}'" for word in words) or "nothing"


def require_text(what: str, value: object, empty: bool = False) -> None:
    """Refuse what is no text of one line, and the empty text; with `empty` a longer one of many lines, or none, may be.

    Texts are shown to people, and stand in files and logs.
    """
    if not isinstance(value, str) or not (value or empty):
        refuse(f"The {what} is {shown(value)}", f"a {'' if empty else 'non-empty '}text is expected")
    longest = LONGEST_TEXT if empty else LONGEST_NAME
    if len(value) > longest:
        refuse(f"The {what} has {len(value)} characters", f"at most {longest} are expected", "shorten it in the card")
    if (_NO_TEXT if empty else UNPRINTABLE).search(value):
        refuse(f"The {what} is {shown(value)}", "a text without control characters is expected")


def require_bool(what: str, value: object) -> None:
    """Refuse what is neither True nor False."""
    if not isinstance(value, bool):
        refuse(f"The {what} is {shown(value)}", "true or false is expected")


def require_number(what: str, value: object, low: float = -math.inf) -> None:
    """Refuse what is no finite number from `low` on."""
    if not is_number(value) or value < low:  # type: ignore[operator]
        bound = "" if low == -math.inf else f" from {low:g} on"
        refuse(f"The {what} is {shown(value)}", f"a finite number{bound} is expected")


def require_int(what: str, value: object, low: int, high: int) -> None:
    """Refuse what is no whole number from `low` to `high`, both included."""
    if not is_int(value) or not low <= value <= high:  # type: ignore[operator]
        refuse(f"The {what} is {shown(value)}", f"a whole number from {low} to {high} is expected")


def require_choice(what: str, value: object, choices: tuple[str, ...]) -> None:
    """Refuse what is not among the choices."""
    if not isinstance(value, str) or value not in choices:
        refuse(f"The {what} is {shown(value)}", f"only {listed(choices)} can be used")


def require_different(what: str, names: list[Any], note: str = "") -> None:
    """Refuse an empty list, a name that is no text, and a name that occurs twice."""
    if not names or not all(isinstance(n, str) and n for n in names) or len(set(names)) != len(names):
        refuse(f"The {what} are named {shown(names)}", f"one or more different, non-empty names are expected{note}")
