"""The exceptions of the engine: one root, one class per kind of trouble.

Every message is one sentence for the user: what was found, what was expected, and how to cure it.
The layers above translate the root class once, so a new subclass needs no new handler.
"""

from __future__ import annotations


class RsFusionError(Exception):
    """Root of everything that the engine raises on purpose."""


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
