"""Formats that GDAL writes: the driver for a name, and creation options, so that nothing is lost without being asked.

An option that the driver does not know, or a value that it does not take, is refused: GDAL itself would only warn, and
write the file without it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree  # nosec B405: reads what GDAL's own drivers say of themselves
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from osgeo import gdal

from ..basics.errors import InputError, OutputError
from ..grid.tiles import BLOCK

_MAX_PIXEL_INTERLEAVED = 16  # bands; beyond, a block of all bands is too large to keep at hand
_LOSSLESS = {
    "JP2OpenJPEG": ("QUALITY=100", "REVERSIBLE=YES"), "JP2KAK": ("QUALITY=100", "REVERSIBLE=YES"),
    "WEBP": ("LOSSLESS=YES",), "JPEGXL": ("LOSSLESS=YES",), "AVIF": ("QUALITY=100",),
}  # fmt: skip
_NEXT = re.compile(r"\s+(?=[A-Za-z_][A-Za-z0-9_]*=)")
_YES_OR_NO = ("YES", "NO", "TRUE", "FALSE", "ON", "OFF", "1", "0")
_COLOURS = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)


def driver_for(path: str, output_format: str = "", parameter: str = "OUTPUT") -> str:
    """Short name of the GDAL driver: the one asked for, else the one that the file's ending names.

    Raises
    ------
    OutputError
        No driver of that name or ending can write rasters.
    """
    ending = Path(path).suffix.lstrip(".").lower()
    wanted = output_format or ("GTiff" if ending in ("", "tif", "tiff") else "")
    for i in range(gdal.GetDriverCount()):
        driver = gdal.GetDriver(i)
        can = {k: driver.GetMetadataItem(k) for k in ("DCAP_RASTER", "DCAP_CREATE", "DCAP_CREATECOPY")}
        if not can["DCAP_RASTER"] or not (can["DCAP_CREATE"] or can["DCAP_CREATECOPY"]) or driver.ShortName == "VRT":
            continue
        endings = (driver.GetMetadataItem("DMD_EXTENSIONS") or "").lower().split()
        if driver.ShortName.lower() == wanted.lower() or (not wanted and ending in endings):
            return str(driver.ShortName)
    what = f"the format {output_format}" if output_format else f"the file ending '.{ending}'"
    raise OutputError(f"{parameter}: GDAL writes no raster for {what}; use .tif, or another ending that GDAL writes.")


def split_options(text: str) -> tuple[str, ...]:
    """The parts of `A=1|B=2`, or of `A=1 B=2`; raises InputError for a part that is no KEY=VALUE."""
    parts = [part.strip() for bar in text.split("|") for part in _NEXT.split(bar.strip())]
    parts = [part for part in parts if part]
    for part in parts:
        key, equals, _ = part.partition("=")
        if not equals or not key.strip():
            raise InputError(
                f"CREATION_OPTIONS has '{part}'; expected KEY=VALUE, several of them separated by |, such as "
                "COMPRESS=ZSTD|PREDICTOR=2."
            )
    return tuple(f"{key.strip()}={value.strip()}" for key, _, value in (part.partition("=") for part in parts))


def check_options(driver: str, options: Sequence[str]) -> None:
    """Refuse creation options that a driver would leave out; raises InputError."""
    known = _known_options(driver)
    for option in options:
        key, _, value = option.partition("=")
        if not known or key.startswith("@"):
            continue
        if key.upper() not in known:
            near = get_close_matches(key.upper(), known, 3) or sorted(known)[:8]
            raise InputError(
                f"CREATION_OPTIONS has '{option}', but the format {driver} has no option {key}; choose one that it "
                f"has, such as {', '.join(near)}."
            )
        values = known[key.upper()]
        if values and value.upper() not in values:
            raise InputError(
                f"CREATION_OPTIONS has '{option}', but the format {driver} takes one of {', '.join(values)} as {key}; "
                "choose one of them."
            )


def _known_options(driver: str) -> dict[str, tuple[str, ...]]:
    """What a driver says of its options: name -> the values that it takes; () = any."""
    text = gdal.GetDriverByName(driver).GetMetadataItem("DMD_CREATIONOPTIONLIST")
    found = {}
    for option in ElementTree.fromstring(text).iter("Option") if text else ():  # nosec B314
        listed = tuple(
            str(name).upper() for one in option.iter("Value") for name in (one.text, one.get("alias")) if name
        )
        kind = (option.get("type") or "").lower()
        listed = listed if kind == "string-select" else _YES_OR_NO if kind == "boolean" else ()
        for name in (option.get("name"), option.get("alias")):
            if name:
                found[name.upper()] = listed
    return found


def option_value(options: Sequence[str], key: str) -> str:
    """The value of a creation option, "" where it is not given."""
    pairs = (option.partition("=") for option in options)
    return next((value for name, _, value in pairs if name.upper() == key), "")


def gtiff_options(
    bands: int, data_type: str, wanted: Sequence[str], colours: Sequence[int] = (), alpha: bool = False
) -> list[str]:
    """Creation options of a GeoTIFF: tiled and compressed without loss, unless the user's say otherwise.

    Parameters
    ----------
    colours : GDAL's colour interpretation of each band. Else GDAL would take three bands of bytes for red, green and
        blue, and a fourth one for transparency.
    alpha : whether the last band is transparency.
    """
    options = {
        "TILED": "YES", "BLOCKXSIZE": str(BLOCK), "BLOCKYSIZE": str(BLOCK), "BIGTIFF": "IF_SAFER",
        "COMPRESS": "DEFLATE", "INTERLEAVE": "PIXEL" if bands <= _MAX_PIXEL_INTERLEAVED else "BAND",
        "PHOTOMETRIC": "RGB" if tuple(colours[:3]) == _COLOURS else "MINISBLACK",
        "ALPHA": "UNSPECIFIED" if alpha else "NO",
    }  # fmt: skip
    options.update((key.upper(), value) for key, _, value in (option.partition("=") for option in wanted))
    if options["COMPRESS"] in ("DEFLATE", "LZW", "ZSTD") and "NBITS" not in options:  # a predictor wants whole bytes
        options.setdefault("PREDICTOR", "3" if data_type.startswith("Float") else "2")
    if options["COMPRESS"] == "DEFLATE":
        options.setdefault("ZLEVEL", "1")
    if options["TILED"] == "NO":
        options.pop("BLOCKXSIZE")
    return [f"{key}={value}" for key, value in options.items()]


def copy_options(driver: str, wanted: Sequence[str]) -> list[str]:
    """Creation options for copying a finished raster into a format: the user's, and else without loss."""
    if driver == "COG" and not option_value(wanted, "COMPRESS"):
        return [*wanted, "COMPRESS=DEFLATE", "PREDICTOR=YES", "BIGTIFF=IF_SAFER"]
    lossless = _LOSSLESS.get(driver, ())
    asked = any(option_value(wanted, option.partition("=")[0]) for option in lossless)
    return list(wanted) if asked else [*wanted, *lossless]
