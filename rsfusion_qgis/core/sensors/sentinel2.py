"""Which band of a raster is which of Sentinel-2: by description, by wavelength, or by order.

Bands are called "B1" to "B12" and "B8A", without leading zeros; `places` counts a raster's bands of data from 0.
Wavelengths are nanometres, the means of Sentinel-2A and 2B (ESA, Sentinel-2 spectral response functions 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..basics.errors import InputError
from ..rasters.source import BandInfo

WAVELENGTHS_NM: Mapping[str, float] = MappingProxyType({
    "B1": 442.5, "B2": 492.3, "B3": 559.4, "B4": 664.8, "B5": 704.0, "B6": 739.8, "B7": 781.3, "B8": 832.9,
    "B8A": 864.4, "B9": 944.2, "B10": 1375.2, "B11": 1612.1, "B12": 2194.1,
})  # fmt: skip
"""Every band and its centre, in the order of a Level-1C product."""

L1C_BANDS: tuple[str, ...] = tuple(WAVELENGTHS_NM)
L2A_BANDS: tuple[str, ...] = tuple(name for name in L1C_BANDS if name != "B10")
"""Level-2A has no cirrus band."""

BANDS_M: Mapping[int, tuple[str, ...]] = MappingProxyType({
    10: ("B2", "B3", "B4", "B8"), 20: ("B5", "B6", "B7", "B8A", "B11", "B12"), 60: ("B1", "B9", "B10"),
})  # fmt: skip
"""Metres of a pixel -> the bands that were recorded with it."""

MTF_GAINS: Mapping[str, float] = MappingProxyType({
    "B1": 0.3175, "B2": 0.275, "B3": 0.28, "B4": 0.25, "B5": 0.365, "B6": 0.33, "B7": 0.34, "B8": 0.24, "B8A": 0.32,
    "B9": 0.295, "B10": 0.295, "B11": 0.205, "B12": 0.235,
})  # fmt: skip
"""MTF gain of each band at Nyquist, between the two axes and satellites (ESA, Sentinel-2 data quality report);
that of B10, which is not published there, is B9's."""

BY_DESCRIPTION, BY_WAVELENGTH, BY_ORDER = "description", "wavelength", "order"
NEAREST_NM, NEAREST_SHARE = 12.0, 0.01
"""How far a band's centre may lie from Sentinel-2's: nominal values (842 nm for B8) are up to 10 nm off."""

COMMON_NAMES: Mapping[str, str] = MappingProxyType({
    "coastal": "B1", "aerosol": "B1", "coastal aerosol": "B1", "blue": "B2", "green": "B3", "red": "B4",
    "rededge1": "B5", "red edge 1": "B5", "rededge2": "B6", "red edge 2": "B6", "rededge3": "B7", "red edge 3": "B7",
    "nir": "B8", "nir08": "B8A", "narrow nir": "B8A", "nir narrow": "B8A", "nir09": "B9", "water vapour": "B9",
    "water vapor": "B9", "cirrus": "B10", "swir16": "B11", "swir1": "B11", "swir 1": "B11", "swir22": "B12",
    "swir2": "B12", "swir 2": "B12",
})  # fmt: skip
"""Names in words, as asset catalogues and band lists write them, lower case."""

_NAMED = re.compile(r"(?<![a-z0-9])b(?:and)?[ _-]?0?(8a|1[0-2]|[1-9])(?![a-z0-9])", re.IGNORECASE)
_BESIDE = re.compile(r"zenith|azimuth|angle|quality|detector|snr|uncertainty", re.IGNORECASE)
"""Words of bands about a band, which are no image."""
_NUMBERED = re.compile(r"band[ _-]?0*(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class BandPlaces:
    """Where a raster holds which band of Sentinel-2.

    Attributes
    ----------
    places : mapping
        "B4" -> its place among the raster's bands of data, from 0.
    by : str
        `BY_DESCRIPTION`, `BY_WAVELENGTH` or `BY_ORDER`.
    note : str
        How the bands were told apart, as a sentence for the report.
    doubtful : bool
        Whether the note is a warning: nothing in the file says which band is which.
    """

    places: Mapping[str, int]
    by: str
    note: str
    doubtful: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The bands that are there, in Sentinel-2's order."""
        return tuple(name for name in L1C_BANDS if name in self.places)

    def need(self, wanted: Sequence[str], role: str = "The raster", purpose: str = "MODEL") -> tuple[int, ...]:
        """Places of the bands that `purpose` takes, in that order.

        Raises
        ------
        InputError
            One of them is not there.
        """
        missing = [name for name in wanted if name not in self.places]
        if missing:
            cure = "choose a Level-1C product, or a MODEL made for Level-2A" if missing == ["B10"] else (
                "add them to the raster, or choose a MODEL that does without them"
            )
            raise InputError(
                f"{role} has the {len(self.places)} bands {', '.join(self.names)}; {purpose} needs "
                f"{', '.join(missing)}, too: {cure}."
            )
        return tuple(self.places[name] for name in wanted)


def find_bands(bands: Sequence[BandInfo], role: str = "The raster") -> BandPlaces:
    """Tell the bands of a raster apart.

    Descriptions come first, then wavelengths, then the order of 13 (Level-1C) or 12 (Level-2A) bands. Bands beside
    Sentinel-2's (a scene classification, angles) are passed over where descriptions or wavelengths tell them apart.

    Raises
    ------
    InputError
        Two bands claim to be the same one, or nothing says which band is which.
    """
    named = _by_description(bands, role)
    if named:
        return _found(named, bands, BY_DESCRIPTION, role)
    near = _by_wavelength(bands)
    if near:
        return _found(near, bands, BY_WAVELENGTH, role)
    order = {len(names): names for names in (L1C_BANDS, L2A_BANDS)}.get(len(bands))
    if order is None:
        raise InputError(
            f"{role} has {len(bands)} bands without known names or wavelengths; expected the 13 of Level-1C or the 12 "
            "of Level-2A, so write B1 to B12 and B8A into the band descriptions."
        )
    level, lacking = ("Level-1C", "") if order is L1C_BANDS else ("Level-2A", " without B10")
    return BandPlaces(
        {name: place for place, name in enumerate(order)}, BY_ORDER,
        f"{role}: the file does not say which band is which, so its {len(order)} bands are taken for B1 to B12 with "
        f"B8A{lacking} in the order of {level}", True,
    )  # fmt: skip


def band_name(description: str) -> str:
    """Sentinel-2's band of a description, "B8A" for "T32ULC_B08A_20m" or "narrow nir"; "" for none.

    A name in the file's own numbering, such as "B4", "b04", "Band 4", "B4, central wavelength 665 nm" or "S2_B04_10m".
    """
    text = description.strip()
    plain = " ".join(text.lower().replace("_", " ").replace("-", " ").split())
    if plain in COMMON_NAMES:
        return COMMON_NAMES[plain]
    if _BESIDE.search(plain):
        return ""
    found = {f"B{number.upper()}" for number in _NAMED.findall(text.replace("_", " "))}
    return found.pop() if len(found) == 1 else ""


def _by_description(bands: Sequence[BandInfo], role: str) -> dict[str, int]:
    """Band -> place; {} where no band is named, or where the names are nothing but the file's own numbers."""
    texts = [_own_name(band) for band in bands]
    numbers = [_NUMBERED.fullmatch(text.strip()) for text in texts]
    if all(number and int(number[1]) == place for place, number in enumerate(numbers, start=1)):
        return {}
    places: dict[str, int] = {}
    for place, text in enumerate(texts):
        name = band_name(text)
        if name in places:
            raise InputError(
                f"{role}: bands {places[name] + 1} ('{texts[places[name]]}') and {place + 1} ('{text}') both claim to "
                f"be {name}; correct the band descriptions."
            )
        if name:
            places[name] = place
    return places


def _own_name(band: BandInfo) -> str:
    """The band's description, else the name that GDAL's Sentinel-2 driver writes into its metadata."""
    return band.description or band.metadata.get("", {}).get("BANDNAME", "")


def _by_wavelength(bands: Sequence[BandInfo]) -> dict[str, int]:
    """The nearest band for each of Sentinel-2's within the limit, none twice."""
    places: dict[str, int] = {}
    for name, centre in WAVELENGTHS_NM.items():
        limit = max(NEAREST_NM, NEAREST_SHARE * centre)
        off = [(abs(1000 * b.wavelength_um - centre), p) for p, b in enumerate(bands) if b.wavelength_um]
        nearest = min((one for one in off if one[1] not in places.values()), default=(limit + 1, -1))
        if nearest[0] <= limit:
            places[name] = nearest[1]
    return places


def _found(places: dict[str, int], bands: Sequence[BandInfo], by: str, role: str) -> BandPlaces:
    passed = len(bands) - len(places)
    more = f"; {passed} other bands are passed over" if passed > 1 else "; one other band is passed over" * passed
    names = ", ".join(name for name in L1C_BANDS if name in places)
    return BandPlaces(places, by, f"{role}: bands {names} are told apart by {by}{more}")
