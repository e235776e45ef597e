"""One class of a classification: name, code, colour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..basics import field_checks as check
from ..basics.errors import InputError

MAX_CLASS_CODE = 255

_COLOUR = re.compile("#[0-9a-f]{6}")


@dataclass(frozen=True)
class ClassSpec:
    """One class of a classification.

    name: what people call it, never empty.
    code: its value in the class raster, 0 to 255.
    colour: "#rrggbb"; "" = the engine chooses one.
    """

    name: str
    code: int
    colour: str = ""

    def __post_init__(self) -> None:
        check.require_text("name of a class", self.name)
        check.require_int(f"code of class '{self.name}'", self.code, 0, MAX_CLASS_CODE)
        if self.colour and not (isinstance(self.colour, str) and _COLOUR.fullmatch(self.colour)):
            found = f"Class '{self.name}' has the colour {check.shown(self.colour)}"
            check.refuse(found, "'#' and six digits 0-f are expected")


def named_classes(text: str, classes: Sequence[ClassSpec], parameter: str) -> tuple[ClassSpec, ...]:
    """The classes whose names or codes stand in a text, separated by commas; of an empty one all but the first.

    Raises
    ------
    InputError
        One is unknown; the sentence names the user's parameter.
    """
    names = [part.strip() for part in text.split(",") if part.strip()]
    if not names:
        return tuple(classes[1:])
    known = {**{one.name: one for one in classes}, **{str(one.code): one for one in classes}}
    for name in names:
        if name not in known:
            listed = ", ".join(f"{one.name} ({one.code})" for one in classes)
            raise InputError(f"{parameter} names '{name}'; expected names or codes of the classes: {listed}.")
    return tuple(dict.fromkeys(known[name] for name in names))
