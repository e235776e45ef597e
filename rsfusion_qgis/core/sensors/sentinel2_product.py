"""A Sentinel-2 product as its producer delivers it: a SAFE folder, its ZIP, or its metadata file.

    S2A_MSIL2A_20220105T....SAFE/MTD_MSIL2A.xml
    S2A_MSIL2A_20220105T....SAFE/GRANULE/L2A_T32ULC_.../IMG_DATA/R10m/T32ULC_20220105T..._B02_10m.jp2

The files are told by their names (Sentinel-2 Products Specification Document 14.9), so that no driver of GDAL but that
of the images is needed. Stored values stay as they are: what they mean, quantification value and offset (-1000 since
processing baseline 04.00), becomes the scale and offset of each band, see `reflectance`. Stored 0 is no data.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Optional

from ..basics.errors import InputError
from ..rasters.gdal_calls import read_text
from ..rasters.overwriting import files_in
from .sentinel2 import BANDS_M, L1C_BANDS

_IMAGE = re.compile(r"(?<![A-Z0-9])B(0[1-9]|8A|1[0-2])(?:_(10|20|60)m)?\.(?:jp2|tiff?)$", re.IGNORECASE)
_TOP = re.compile(r"(?:MTD_MSIL(?:1C|2A)|S2._\w*MTD_SAFL(?:1C|2A)\w*|S2._\w*_MSIL(?:1C|2A)\w*)\.xml$", re.IGNORECASE)
_SUBDATASET = re.compile(r"SENTINEL2_L(?:1C|2A):(.+\.xml):(?:10|20|60)m:EPSG_\d+$", re.IGNORECASE)
_BESIDE = ("QI_DATA", "AUX_DATA", "HTML", "REP_INFO")
"""Folders of masks and pictures, some of which have the names of bands."""
_LARGEST_XML = 2**25
_METRES = {name: metres for metres, names in BANDS_M.items() for name in names}


@dataclass(frozen=True)
class Units:
    """physical = stored * scale + offset of one band; scale None = the metadata do not say."""

    scale: Optional[float] = None
    offset: float = 0.0


@dataclass(frozen=True)
class Product:
    """One tile of a product.

    Attributes
    ----------
    path : str
        As it was given.
    files : mapping
        Band ("B8A") -> name under which GDAL opens the image with the band's own pixels.
    units : mapping
        Band -> Units.
    level, baseline : str
        "L1C" or "L2A", and "05.09"; "" = the metadata do not say.
    add_offset : float or None
        What ESA's metadata add to stored values before they are divided; None = they state none.
    """

    path: str
    files: Mapping[str, str]
    units: Mapping[str, Units] = field(default_factory=dict)
    level: str = ""
    baseline: str = ""
    add_offset: Optional[float] = None

    @property
    def told(self) -> str:
        """What it is, and how its values are stored, as a sentence without a stop."""
        kind = " ".join(part for part in (self.level, self.baseline and f"baseline {self.baseline}") if part)
        place = Path(self.path)
        name = (place.parent if place.suffix.lower() == ".xml" else place).name
        what = f"'{name}' is a Sentinel-2 product" + (f" ({kind})" if kind else "")
        if not self.add_offset:
            return f"{what} with {len(self.files)} bands"
        return (f"{what} with {len(self.files)} bands, whose stored values contain the radiometric offset "
                f"{self.add_offset:g}; they keep it, and the result's bands state it")  # fmt: skip


def product_path(given: str) -> str:
    """The product that a name stands for: itself, or of a name of GDAL's (SENTINEL2_L2A:...:10m:EPSG_32632) its
    metadata file; "" where it stands for none."""
    match = _SUBDATASET.fullmatch(given)
    path = match[1].removeprefix("/vsizip/") if match else given
    inside = re.match(r"\{?(.+?\.zip)\}?/", path, re.IGNORECASE) if match else None
    path = inside[1] if inside else path
    place = Path(path)
    try:
        kind = place.suffix.lower()
        known = place.is_dir() or (place.is_file() and (kind == ".zip" or (kind == ".xml" and bool(_TOP.search(path)))))
    except OSError:
        return ""
    return path if known else ""


def read_product(path: str, parameter: str) -> Product:
    """What a product holds, by the names of its files; no pixel is read.

    Parameters
    ----------
    path : a SAFE folder, the folder of one granule, a ZIP, or the metadata file of a product.
    parameter : the user's, for messages.

    Raises
    ------
    InputError
        It holds no band of Sentinel-2, or several tiles.
    """
    place = Path(path)
    root = place.parent if place.suffix.lower() == ".xml" else place
    names, prefix = _listed(root, path, parameter)
    images = [name for name in names if _IMAGE.search(PurePosixPath(name).name) and not _is_beside(name)]
    tiles = sorted({_tile_of(name) for name in images})
    if not images:
        raise InputError(
            f"{parameter}: '{path}' holds no image of a Sentinel-2 band (such as ..._B02_10m.jp2 or ..._B02.jp2); name "
            "the SAFE folder of a Level-1C or Level-2A product, its ZIP, or its files."
        )
    if len(tiles) > 1:
        raise InputError(
            f"{parameter}: '{path}' holds {len(tiles)} tiles ({', '.join(tiles[:3])}{', ...' if tiles[3:] else ''}); "
            "expected one, so name the folder of one of them below GRANULE."
        )
    text = _metadata(root, names, prefix)
    units, add_offset = _units(text)
    level = re.search(r"MSIL(1C|2A)|SAFL(1C|2A)", "".join(n for n in names if _TOP.search(n)) + root.name)
    baseline = re.search(r"<PROCESSING_BASELINE>\s*([\d.]+)", text)
    return Product(
        path, _best(images, prefix), units, f"L{level[1] or level[2]}" if level else "",
        baseline[1] if baseline else "", add_offset,
    )  # fmt: skip


def _listed(root: Path, path: str, parameter: str) -> tuple[list[str], str]:
    """The files inside, with "/" between folders, and what comes before such a name for GDAL."""
    if root.is_dir():
        files = files_in(root)
        if files is None:
            raise InputError(f"{parameter}: '{path}' holds too many files for one product; name its SAFE folder.")
        return sorted(one.relative_to(root).as_posix() for one in files), f"{root}/"
    try:
        with zipfile.ZipFile(root) as archive:
            names = sorted(one.filename for one in archive.infolist() if not one.is_dir())
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(
            f"{parameter}: '{path}' cannot be read as a ZIP ({error}); fetch it again, or unpack it and name the "
            "folder."
        ) from None
    return names, f"/vsizip/{{{root}}}/"


def _is_beside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.upper().startswith("MSK_") or any(part.upper() in _BESIDE for part in path.parts)


def _tile_of(name: str) -> str:
    """The folder of the granule that an image belongs to; "" = no such folder."""
    parts = PurePosixPath(name).parts
    upper = [part.upper() for part in parts]
    return parts[upper.index("GRANULE") + 1] if "GRANULE" in upper[:-1] else ""


def _best(images: Iterable[str], prefix: str) -> dict[str, str]:
    """Of each band the image with its own pixels; Level-2A repeats bands with coarser ones."""
    found: dict[str, tuple[int, str]] = {}
    for name in images:
        match = _IMAGE.search(PurePosixPath(name).name)
        band = "B" + match[1].upper().lstrip("0")
        metres = int(match[2] or _METRES[band])
        off = abs(metres - _METRES[band])
        if band not in found or off < found[band][0]:
            found[band] = (off, prefix + name)
    return {band: found[band][1] for band in L1C_BANDS if band in found}


def _metadata(root: Path, names: Iterable[str], prefix: str) -> str:
    """The text of the metadata file of the whole product, which may lie above the folder of a granule; "" = none."""
    top = min((prefix + name for name in names if _TOP.search(PurePosixPath(name).name)), key=len, default="")
    above = (file for folder in list(root.parents)[:2] for file in sorted(folder.glob("MTD_MSIL*.xml")))
    name = top or next((str(file) for file in above), "")
    return read_text(name, _LARGEST_XML) if name else ""


def _units(text: str) -> tuple[dict[str, Units], Optional[float]]:
    """Scale and offset of each band, and the offset as ESA counts it."""
    quantification = re.search(r"<(?:BOA_)?QUANTIFICATION_VALUE[^>]*>\s*([\d.]+)", text)
    if quantification is None or not float(quantification[1]) > 0:
        return {}, None
    unit = float(quantification[1])
    stated = re.findall(r'<(?:BOA|RADIO)_ADD_OFFSET[^>]*band_id="(\d+)"[^>]*>\s*(-?[\d.]+)', text)
    offsets = {L1C_BANDS[int(number)]: float(value) for number, value in stated if int(number) < len(L1C_BANDS)}
    units = {name: Units(1 / unit, offsets.get(name, 0.0) / unit) for name in L1C_BANDS}
    return units, min(offsets.values(), default=None)
