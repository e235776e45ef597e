"""The exceptions of the engine: one root, one class per kind of trouble.

Every message is one sentence for the user: what was found, what was expected, and how to cure it.
The layers above translate the root class once, so a new subclass needs no new handler.
"""

from __future__ import annotations

import re

LONGEST = 1000
"""Characters of a message; of a longer one, which quotes what a stranger wrote, the middle is left out."""

# What would break a line, turn the direction of writing, or be no character at all.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def one_line(text: object, longest: int = LONGEST) -> str:
    """Return a text in one line of at most so many characters, without anything that cannot be printed."""
    whole = str(text)
    if len(whole) > longest:
        head = 3 * longest // 4
        whole = f"{whole[:head]} ... {whole[head + 5 - longest :]}"
    return UNPRINTABLE.sub(" ", whole).strip()


class RsFusionError(Exception):
    """Root of everything that the engine raises on purpose; its message is one line, whatever is quoted in it."""

    def __init__(self, message: object = "") -> None:
        super().__init__(one_line(message))


class InputError(RsFusionError):
    """A raster or a parameter cannot be used as it is."""


class CoregistrationError(RsFusionError):
    """The rasters are not aligned well enough for the chosen policy."""


class ModelError(RsFusionError):
    """A network file or its card is unusable, or the network returned nonsense."""


class DeviceError(RsFusionError):
    """The device that was asked for does not exist here or ONNX Runtime is missing."""


class MissingPackageError(RsFusionError):
    """A Python package that is not in every QGIS is missing, and this cannot be done without it."""


class OutputError(RsFusionError):
    """The result cannot be written where it was asked for."""


class CancelledError(RsFusionError):
    """The user stopped the run; nothing was left behind."""

    def __init__(self, message: object = "The run was cancelled; nothing was written.") -> None:
        super().__init__(message)
