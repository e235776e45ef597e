"""The Python packages that the plugin needs beside QGIS: which are there, and how missing ones get there.

What is installed goes into a folder of its own that belongs to one version of Python, behind the packages of QGIS. So
nothing that QGIS brings is replaced, numpy above all, and deleting the folder undoes it.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import shutil
import subprocess  # nosec B404: runs pip of QGIS' own Python with a fixed list of arguments, no shell
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from .errors import InputError, OutputError, RsFusionError, one_line
from .interruption import uninterrupted
from .python_child import end_tree, own_python, safe_folders, surroundings

INSTALL_LINE = "python3 -m pip install onnxruntime scipy"
"""For the Python of QGIS; README, help and messages name this line and no other."""
HOW_TO_INSTALL = f"run rsfusion:environment with INSTALL, or install it for QGIS' Python with the line {INSTALL_LINE}"
POLL_S = 0.2
MOST_LINES = 200
_OLD_NUMPY = ((1, 25, 2), "scipy<1.16"), ((1, 26, 4), "scipy<1.17")
"""Newer versions of scipy need a newer numpy than these."""


@dataclass(frozen=True)
class Package:
    """A package that the plugin uses.

    Attributes
    ----------
    module : str
        What is imported.
    pip : tuple of str
        What pip installs for it, without their dependencies; () = it is not installed by the plugin.
    used_for : str
        For tables and messages.
    needed : bool
        Whether the plugin is incomplete without it.
    """

    module: str
    used_for: str
    pip: tuple[str, ...] = ()
    needed: bool = True


PACKAGES = (
    Package("numpy", "everything"),
    Package("osgeo", "rasters and vector layers"),
    Package("scipy", "shifts between images, clouds, heights, hyperspectral images", ("scipy",)),
    Package("onnxruntime", "networks", ("onnxruntime", "flatbuffers", "protobuf")),
    Package("sklearn", "classifiers without a network, clouds", (), needed=False),
)


@dataclass(frozen=True)
class Found:
    """What is there of a package: its version and place, or why it cannot be used."""

    package: Package
    version: str = ""
    place: str = ""
    trouble: str = ""


def how_to_install(package: str) -> str:
    """Return the end of a sentence about a package that is missing; `package` is what pip calls it."""
    if any(package in one.pip for one in PACKAGES):
        return HOW_TO_INSTALL
    return f"install it for QGIS' Python with the line python3 -m pip install {package}"


def look_for(package: Package) -> Found:
    """Import a package; a broken one is found here, and not in the middle of a run."""
    try:
        with uninterrupted():  # half a package would stay
            module = importlib.import_module(package.module)
    except Exception as error:  # a broken library raises more than ImportError
        missing = isinstance(error, ModuleNotFoundError) and error.name == package.module
        return Found(package, trouble="not installed" if missing else f"cannot be imported: {one_line(error)}")
    place = str(Path(str(getattr(module, "__file__", "") or "")).parent)
    return Found(package, str(getattr(module, "__version__", "") or _version(package.module)), place)


def _version(module: str) -> str:
    try:
        return importlib.metadata.version({"osgeo": "GDAL", "sklearn": "scikit-learn"}.get(module, module))
    except importlib.metadata.PackageNotFoundError:
        return ""


def packages_folder(profile: Path) -> Path:
    """Return the folder, below that of a QGIS profile, for packages of this version of Python."""
    return profile / "rsfusion" / f"python{sys.version_info.major}.{sys.version_info.minor}"


def use_folder(folder: Path) -> None:
    """Let Python find packages in the folder, behind all others; harmless where it is not there."""
    if folder.is_dir() and str(folder) not in sys.path:
        sys.path.append(str(folder))
        importlib.invalidate_caches()


def missing_requirements() -> list[str]:
    """Return what pip has to install: the parts of those needed packages that cannot be imported."""
    absent = [found.package for found in map(look_for, PACKAGES) if found.trouble]
    names = [name for package in absent for name in package.pip]
    return [_scipy_for_this_numpy() if name == "scipy" else name for name in names]


def _scipy_for_this_numpy() -> str:
    import numpy

    version = tuple(int(part) for part in numpy.__version__.split(".")[:3] if part.isdecimal())
    return next((wanted for newer, wanted in _OLD_NUMPY if version < newer), "scipy")


def install(
    requirements: list[str], folder: Path, say: Callable[[str], None], stop: Callable[[], None],
    wheels: str = "", environment: Optional[Mapping[str, str]] = None,
) -> None:  # fmt: skip
    """Install packages into the folder; whatever goes wrong before all are complete changes nothing there.

    Parameters
    ----------
    requirements : as pip understands them; their dependencies are not installed.
    say : gets every line of pip.
    stop : raises where the run is to end.
    wheels : a folder of wheels for a computer without a network; "" = from the package index.
    environment : further variables for pip, such as those of a proxy.

    Raises
    ------
    InputError : no Python that belongs to this QGIS, or `wheels` is no folder.
    OutputError : the folder cannot be written.
    RsFusionError : pip failed, with its last line.
    """
    python = own_python()
    if not python:
        raise InputError(
            "The Python that belongs to this QGIS was not found, so INSTALL cannot install anything; install the "
            f"packages by hand with the line {INSTALL_LINE}"
        )
    if wheels and not Path(wheels).is_dir():
        raise InputError(f"WHEELS is '{wheels}', but there is no such folder; choose the folder that holds the wheels.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="installing_", dir=folder.parent) as name:
            fresh = Path(name) / "packages"
            _pip(python, _arguments(requirements, fresh, wheels), name, say, stop, environment or {})
            folder.mkdir(exist_ok=True)
            for entry in sorted(fresh.iterdir()):
                _take_away(folder / entry.name)
                entry.replace(folder / entry.name)
    except OSError as error:
        raise OutputError(f"The folder {folder} cannot be written ({error}); free some space there.") from None


def _take_away(place: Path) -> None:
    """What an earlier, incomplete or broken installation left."""
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _arguments(requirements: list[str], target: Path, wheels: str) -> list[str]:
    source = ["--no-index", "--find-links", str(Path(wheels).resolve())] if wheels else []
    fixed = ["--disable-pip-version-check", "--no-input", "--only-binary=:all:", "--no-deps", "--no-warn-conflicts"]
    return ["-m", "pip", "install", *fixed, *source, "--target", str(target), *requirements]


def _pip(
    python: str, arguments: list[str], scratch: str, say: Callable[[str], None], stop: Callable[[], None],
    environment: Mapping[str, str],
) -> None:  # fmt: skip
    around = surroundings(scratch, safe_folders(sys.path))
    around["env"] = {**around["env"], **environment}
    child = subprocess.Popen(  # nosec B603
        [python, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
        errors="replace", **around,
    )  # fmt: skip
    said: deque[str] = deque(maxlen=MOST_LINES)
    reader = threading.Thread(target=lambda: said.extend(child.stdout or ()), daemon=True)
    reader.start()
    told = 0
    try:
        while True:
            stop()
            try:
                child.wait(POLL_S)
            except subprocess.TimeoutExpired:
                continue
            finally:
                for line in list(said)[told:]:
                    say(line.rstrip())
                    told += 1
            break
    finally:
        if child.poll() is None:
            end_tree(child)
            child.wait()
        reader.join(1.0)
    if child.returncode:
        raise RsFusionError(f"The installation failed: {_reason(list(said))}. Nothing was changed.")


def _reason(lines: list[str]) -> str:
    if any("No module named pip" in line for line in lines):
        return "this Python has no pip; install it (on Debian and Ubuntu: apt install python3-pip)"
    errors = [line for line in lines if line.startswith("ERROR:")]
    last = (errors or [line for line in lines if line.strip()] or ["pip said nothing"])[-1]
    return one_line(last.removeprefix("ERROR:").strip()).rstrip(".")


def remove(folder: Path) -> bool:
    """Delete what was installed; returns whether there was anything.

    Raises
    ------
    OutputError : a file is in use.
    """
    if not folder.is_dir():
        return False
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise OutputError(
            f"The folder {folder} cannot be deleted ({error}); start QGIS again, and do this before any other run."
        ) from None
    return True
