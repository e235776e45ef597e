"""The one rule about names: no result, nor a file that comes with it, takes the place of anything that the run reads.

What a run reads is more than the names that the user gave: the header beside a raster, the files behind a virtual
raster, the parts of a shapefile, the card beside a network. Links are followed, and names that differ in upper and
lower case count as one.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from osgeo import gdal

from ..basics.errors import OutputError
from ..basics.pending_file import check_file_name
from .gdal_calls import GdalFailure, close, gdal_failures
from .pending_output import COMPANIONS

_CURE = "choose another name for the result"
_INDIRECT = ["VRT", "OGR_VRT", "GTI"]
"""Drivers whose files refer to other files, which may do so again."""
_VIRTUAL = re.compile(r"^/vsi[a-z0-9_]+/(?:[\d_]+,)?\{?")
_ALONE = ("", "GTiff", "COG")
_PROBE_PX = 32
Identity = tuple[object, ...]


@dataclass(frozen=True)
class Read:
    """What a run reads: the user's parameter, and a file, or a name that GDAL opens."""

    parameter: str
    name: str


@dataclass(frozen=True)
class Written:
    """What a run writes.

    Attributes
    ----------
    parameter : str
        The user's.
    path : str
    driver : str
        GDAL's, of a raster; "" = a file without companions.
    options : tuple of str
        "KEY=VALUE" for the driver.
    """

    parameter: str
    path: str
    driver: str = ""
    options: tuple[str, ...] = ()


def check_names(writes: Iterable[Written], reads: Iterable[Read]) -> None:
    """Refuse names under which something would be lost, or under which nothing can be written.

    Raises
    ------
    OutputError
        One sentence that names both of the user's parameters.
    """
    known: dict[Identity, str] = {}
    reads = list(reads)
    for one in reads:
        if one.name:
            known.setdefault(_identity(_on_disk(one.name) or one.name), f"is also {one.parameter}")
    for one in reads:
        for file in files_behind(one.name) if one.name else ():
            known.setdefault(_identity(file), f"is one of the files of {one.parameter}")
    names, companions = _targets(writes)
    for one in names:
        key = _identity(one.path)
        if key in known:
            raise OutputError(f"{one.parameter}: '{one.path}' {known[key]}; {_CURE}.")
        known[key] = f"is also {one.parameter}"
    for one, file in companions:
        key = _identity(file)
        if key in known and known[key] != f"is also {one.parameter}":
            raise OutputError(f"{one.parameter}: '{file}', which comes with '{one.path}', {known[key]}; {_CURE}.")
        _refuse_foreign(one, Path(file))


def _targets(writes: Iterable[Written]) -> tuple[list[Written], list[tuple[Written, str]]]:
    """What gets a name, and which files come with it, or go because of it."""
    names = [one for one in writes if one.path]
    for one in names:
        check_file_name(one.path, one.parameter)
    return names, [(one, file) for one in names if one.driver for file in companions_of(one)]


def companions_of(one: Written) -> list[str]:
    """The files beside a raster of its driver: tried with a tiny one, as every driver has its own names."""
    found = [f"{one.path}{ending}" for ending in COMPANIONS]
    if one.driver == "HFA":  # only of rasters above 2 GB
        found.append(str(Path(one.path).with_suffix(".ige")))
    if one.driver in _ALONE and not one.options:
        return found
    with tempfile.TemporaryDirectory(prefix="rsfusion-") as folder:
        made = Path(folder) / Path(one.path).name
        _write_probe(str(made), one.driver, one.options)
        found += [str(Path(one.path).parent / file.name) for file in Path(folder).iterdir() if file.name != made.name]
    return list(dict.fromkeys(found))


def _write_probe(path: str, driver: str, options: Sequence[str]) -> None:
    """A tiny raster where the driver can write one of bytes; the run itself says what it cannot do."""
    tiny = gdal.GetDriverByName("MEM").Create("", _PROBE_PX, _PROBE_PX, 1, gdal.GDT_Byte)
    tiny.SetGeoTransform((500000.0, 10.0, 0.0, 5000000.0, 0.0, -10.0))
    try:
        with gdal_failures():
            close(gdal.GetDriverByName(driver).CreateCopy(path, tiny, strict=0, options=list(options)))
    except GdalFailure:
        return


def _refuse_foreign(one: Written, file: Path) -> None:
    """Refuse a companion that is there and belongs to another file: its name shares the stem only."""
    if file.name.startswith(Path(one.path).name) or not file.exists():
        return
    if _identity(file) in {_identity(listed) for listed in files_behind(one.path)}:
        return  # of the older result, which is replaced as a whole
    raise OutputError(
        f"{one.parameter}: '{file}', which comes with '{one.path}', is there and belongs to another raster; {_CURE}."
    )


def files_in(folder: str | os.PathLike[str], most: int = 20_000) -> Optional[list[Path]]:
    """All files below a folder, such as a product; None where there are more than `most`."""
    found: list[Path] = []
    for inside, _, names in os.walk(folder):
        found += [Path(inside) / name for name in names]
        if len(found) > most:
            return None
    return found


def files_behind(name: str) -> list[str]:
    """Every file on disk that GDAL reads for a name, the files behind virtual rasters included; all of a folder."""
    if name and Path(name).is_dir():
        return [str(file) for file in files_in(name) or ()]
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting += _listed(one) if one == name or _refers(one) else ()
    return list(dict.fromkeys(file for one in found for file in _existing(one)))


def _existing(name: str) -> Iterator[str]:
    file = _on_disk(name)
    if file:
        yield file
        card = Path(file).with_suffix(".json")
        if file.lower().endswith(".onnx") and card.is_file():
            yield str(card)


def _listed(name: str) -> list[str]:
    """The files that GDAL says belong to a data set; [] where it opens none."""
    try:
        with gdal_failures():
            dataset = gdal.OpenEx(name, gdal.OF_RASTER | gdal.OF_VECTOR)
            return [] if dataset is None else list(dataset.GetFileList() or ())
    except GdalFailure:
        return []


def _refers(name: str) -> bool:
    try:
        with gdal_failures():
            return gdal.IdentifyDriverEx(name, allowed_drivers=_INDIRECT) is not None
    except GdalFailure:
        return False


def _on_disk(name: str) -> Optional[str]:
    """The file of a name: itself, or the archive in which it lies; None where there is none."""
    if Path(name).is_file():
        return name
    inside = name
    while _VIRTUAL.match(inside):
        inside = _VIRTUAL.sub("", inside)
    if inside == name:
        return None
    place = Path(inside.partition("}")[0])
    return next((str(one) for one in (place, *place.parents) if one.is_file()), None)


def _identity(name: str | os.PathLike[str]) -> Identity:
    """What two names of one file have in common; the file need not exist."""
    try:
        state = Path(name).stat()
        return state.st_dev, state.st_ino
    except (OSError, ValueError):
        return (os.path.realpath(name).casefold(),)
