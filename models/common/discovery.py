"""What tasks have, found by walking the folders of `models`: one dropped there is found with no edit elsewhere."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from types import ModuleType


def found(part: str, package: str = "models") -> dict[str, ModuleType]:
    """Folder's name -> its module or package `part`, of every folder that has one, in the order of the names."""
    around = importlib.import_module(package)
    folders = sorted(one.name for one in pkgutil.iter_modules(around.__path__) if one.ispkg)
    names = {folder: f"{package}.{folder}.{part}" for folder in folders}
    return {folder: importlib.import_module(name) for folder, name in names.items() if importlib.util.find_spec(name)}
