"""Which band of a raster is which of Sentinel-2's, and which of them are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.rasters.source import BandInfo
from ...core.sensors.sentinel2 import BANDS_M, L1C_BANDS, MTF_GAINS, find_bands

PRODUCT, FILES, FINE, COARSE = "product", "files", "b10", ("b20", "b60")
"""The roles."""
METRES = {"b10": 10, "b20": 20, "b60": 60}
CIRRUS = "B10"
"""It shows no ground, so it is sharpened only where it is asked for by name."""


@dataclass(frozen=True)
class RoleBands:
    """The bands of one raster that belong to its role.

    Attributes
    ----------
    places : tuple of int
        Among the raster's bands, from 0.
    names : tuple of str
        Sentinel-2's names of them, in the same order.
    said : tuple of Finding
    """

    places: tuple[int, ...]
    names: tuple[str, ...]
    said: tuple[Finding, ...] = ()

    @property
    def gains(self) -> tuple[float, ...]:
        """MTF gain of each band at Nyquist."""
        return tuple(MTF_GAINS[name] for name in self.names)


def is_wanted(name: str, wanted: Sequence[str]) -> bool:
    """Whether a band goes into the result; `wanted` () = all but the cirrus band."""
    return name in wanted if wanted else name != CIRRUS


def check_wanted(wanted: Sequence[str]) -> tuple[str, ...]:
    """The value of BANDS, in the order of Sentinel-2's bands.

    Raises
    ------
    InputError
        One of them is no band, or none of them is coarser than 10 m.
    """
    unknown = [name for name in wanted if name not in L1C_BANDS]
    if unknown:
        raise InputError(f"BANDS is '{unknown[0]}'; expected some of {', '.join(L1C_BANDS)}.")
    if wanted and all(name in BANDS_M[METRES[FINE]] for name in wanted):
        raise InputError(
            f"BANDS names {', '.join(wanted)}, which have 10 m already; add a band of 20 m or 60 m, or leave it empty."
        )
    return tuple(name for name in L1C_BANDS if name in wanted)


def role_bands(bands: Sequence[BandInfo], role: str, parameter: str, wanted: Sequence[str] = ()) -> RoleBands:
    """The bands of a raster that belong to its role, by their names or wavelengths, or by their order.

    Parameters
    ----------
    wanted : of BANDS; bands of 10 m are all taken, as their detail is needed.

    Raises
    ------
    InputError
        None of them does, or nothing says which band is which.
    """
    native = BANDS_M[METRES[role]]
    try:
        found = dict(find_bands(bands, parameter).places)
    except InputError:
        if len(bands) not in (len(native), 2 if role == "b60" else 0) or any(band.description for band in bands):
            raise
        words = f"{parameter}: the file does not say which band is which, so its {len(bands)} bands are taken for "
        said = Finding("bands", "warning", parameter, words + ", ".join(native[: len(bands)]))
        places = [(place, name) for place, name in enumerate(native[: len(bands)])
                  if role == FINE or is_wanted(name, wanted)]  # fmt: skip
        return RoleBands(tuple(place for place, _ in places), tuple(name for _, name in places), (said,))
    there = [name for name in native if name in found]
    names = tuple(name for name in there if role == FINE or is_wanted(name, wanted))
    if not there:
        raise InputError(
            f"{parameter} holds {', '.join(found)}; expected bands of {METRES[role]} m, some of {', '.join(native)}, "
            "so name another raster."
        )
    if not names:
        asked = "of BANDS is among them" if wanted else f"is sharpened unless BANDS names {CIRRUS}"
        raise InputError(
            f"{parameter} holds {', '.join(there)}, and none {asked}; name other bands, or leave {parameter} empty."
        )
    return RoleBands(tuple(found[name] for name in names), names)


def require_found(wanted: Sequence[str], found: Sequence[str]) -> None:
    """Refuse bands of BANDS that no raster holds; raises InputError."""
    lacking = [name for name in wanted if name not in found]
    if lacking:
        raise InputError(
            f"BANDS names {', '.join(lacking)}, but the rasters hold {', '.join(found)}; leave it out, or add its "
            "raster."
        )
