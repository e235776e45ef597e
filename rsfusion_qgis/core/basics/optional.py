"""Packages that not every QGIS brings: imported when they are first used, and missed in one sentence."""

from __future__ import annotations

import importlib
from typing import Any

from .errors import MissingPackageError
from .interruption import uninterrupted
from .packages import how_to_install


class OptionalModule:
    """A module that is imported with its first attribute.

    Parameters
    ----------
    name : dotted name, such as "scipy.ndimage".
    package : what pip calls it, such as "scikit-learn"; "" = the first part of the name.
    """

    def __init__(self, name: str, package: str = "") -> None:
        self._name, self._package = name, package or name.partition(".")[0]

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(require(self._name, self._package), attribute)
        setattr(self, attribute, value)
        return value


def require(name: str, package: str = "") -> Any:
    """Return the module.

    Raises
    ------
    MissingPackageError
        It is not installed; the sentence says how to install it.
    """
    package = package or name.partition(".")[0]
    try:
        with uninterrupted():  # half a package would stay
            return importlib.import_module(name)
    except ImportError as error:
        raise MissingPackageError(
            f"The Python package {package} is missing, which this needs ({error}); {how_to_install(package)}"
        ) from error
