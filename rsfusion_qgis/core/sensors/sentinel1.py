"""Sentinel-1: which band is VV and which VH, the unit of its values, and decibels made of them.

Backscatter is sigma or gamma nought: linear power z, amplitude sqrt(z), or decibels 10 log10 z. Digital numbers of an
uncalibrated product are none of these and are refused. Axis order (bands, rows, cols).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..basics.errors import InputError
from ..rasters.source import BandInfo

DECIBEL, POWER, AMPLITUDE = "db", "power", "amplitude"
UNITS = (DECIBEL, POWER, AMPLITUDE)
POLARISATIONS = ("VV", "VH")
USUAL_DB: Mapping[str, float] = {"VV": -11.0, "VH": -18.0}
"""Medians over land; what a unit makes of the values is held against them."""
LOWEST_DB, HIGHEST_DB = -60.0, 40.0
"""Beyond these no calibrated backscatter lies, noise floor and corner reflectors included."""
MEDIAN_DB = (-45.0, 10.0)
CLEAR_DB = 4.0
"""By how much one unit must fit better than the other, so that there is no doubt."""
_PERCENTILES = (0.1, 50.0, 99.9)
_NAMES_OF_UNITS = (
    (DECIBEL, re.compile(r"(?<![a-z])(db|decibel)(?![a-z])", re.IGNORECASE)),
    (AMPLITUDE, re.compile(r"amplitude", re.IGNORECASE)),
    (POWER, re.compile(r"linear|power|intensity", re.IGNORECASE)),
)


@dataclass(frozen=True)
class PolarisationPlaces:
    """Where a raster holds VV and VH; fields as in `sentinel2.BandPlaces`."""

    places: Mapping[str, int]
    note: str = ""
    doubtful: bool = False


@dataclass(frozen=True)
class SarUnit:
    """The unit of a raster's backscatter, one of `UNITS`, and why, as a sentence for the report."""

    unit: str
    why: str = ""
    doubtful: bool = False


def find_polarisations(bands: Sequence[BandInfo], role: str = "The raster") -> PolarisationPlaces:
    """Tell VV and VH apart, by descriptions, else by the order VV, VH of two bands.

    Raises
    ------
    InputError
        One of them is missing, there twice, or nothing says which band is which.
    """
    found = [_named(_text(band)) for band in bands]
    if not any(found):
        return _by_order(bands, role)
    places: dict[str, int] = {}
    for name in POLARISATIONS:
        holding = [place for place, names in enumerate(found) if names == [name]]
        if len(holding) > 1:
            raise InputError(
                f"{role}: {len(holding)} bands claim to be {name}; expected one, so choose a raster of one date."
            )
        if not holding:
            listed = ", ".join(sorted({name for names in found for name in names}))
            raise InputError(
                f"{role} holds {listed} but no {name}; expected VV and VH, so add the missing band or choose a "
                "dual-polarised (VV+VH) product."
            )
        places[name] = holding[0]
    return PolarisationPlaces(places, f"{role}: VV and VH are told apart by description")


def polarisation(description: str) -> str:
    """VV, VH, HH or HV where a band's description names one of them; "" for none or several."""
    found = _named(description.upper().replace("_", " "))
    return found[0] if len(found) == 1 else ""


def _named(text: str) -> list[str]:
    return [p for p in ("VV", "VH", "HH", "HV") if re.search(rf"(?<![A-Z]){p}(?![A-Z])", text)]


def _by_order(bands: Sequence[BandInfo], role: str) -> PolarisationPlaces:
    if len(bands) == 1:
        raise InputError(f"{role} has one band; expected two, VV and VH, so add the missing one.")
    if len(bands) != 2:
        raise InputError(
            f"{role} has {len(bands)} bands that name no polarisation; expected VV and VH, so write those into the "
            "band descriptions."
        )
    return PolarisationPlaces(
        {"VV": 0, "VH": 1}, f"{role}: the file names no polarisation, so the first band is taken for VV and the second "
        "for VH", True,
    )  # fmt: skip


def _text(band: BandInfo) -> str:
    plain = band.metadata.get("", {})
    named = [band.description, plain.get("POLARISATION", ""), plain.get("POLARIZATION", "")]
    return " ".join(named).upper().replace("_", " ")


def find_unit(
    bands: Sequence[BandInfo], sample: np.ndarray, told: Optional[str] = None, role: str = "The raster"
) -> SarUnit:
    """The unit of the values.

    Parameters
    ----------
    bands : VV and VH, in that order.
    sample : (2, pixels) stored values of valid pixels from all over the raster.
    told : one of `UNITS` where the user says so, None = find out.

    Raises
    ------
    InputError
        The values cannot be in that unit, or in none of them.
    """
    values = np.asarray(sample, np.float64)
    values = values[:, np.isfinite(values).all(axis=0) & (values != 0).any(axis=0)]
    if not values.shape[1]:
        raise InputError(f"{role} holds no valid pixel; choose a raster with data.")
    if told is not None and told not in UNITS:
        raise InputError(f"SAR_UNIT is '{told}'; expected one of {', '.join(UNITS)}, or none to have it found.")
    said = told or _said(bands)
    unit, doubtful = (said, False) if said else _most_likely(values)
    trouble = _trouble(values, unit)
    if trouble:
        source = "told to hold" if told else "said by its bands to hold" if said else "taken to hold"
        raise InputError(f"{role} is {source} {_called(unit)}, but {trouble}.")
    how = "as was told" if told else "as its bands say" if said else f"judged by the values ({_medians(values, unit)})"
    more = "; give SAR_UNIT if that is wrong" if doubtful else ""
    return SarUnit(unit, f"{role}: the values are {_called(unit)}, {how}{more}", doubtful)


def to_decibel(stored: np.ndarray, valid: np.ndarray, unit: str) -> tuple[np.ndarray, np.ndarray]:
    """Backscatter in decibels.

    Parameters
    ----------
    stored : (bands, rows, cols) in `unit`.
    valid : (bands, rows, cols) bool, or (rows, cols).

    Returns
    -------
    decibel : (bands, rows, cols) float32, 0 where invalid.
    valid : (rows, cols) bool; pixels without a positive power in every band, or with 0 in all bands, are not.
    """
    values = np.asarray(stored, np.float32)
    there = np.isfinite(values) & (valid if valid.ndim == values.ndim else valid[None])
    there &= (values != 0).any(axis=0) if unit == DECIBEL else values > 0
    known = there.all(axis=0)
    if unit == DECIBEL:
        return np.where(known, values, np.float32(0)), known
    factor = np.float32(20.0 if unit == AMPLITUDE else 10.0)
    decibel = factor * np.log10(np.where(known, values, np.float32(1)))
    return np.where(known, decibel, np.float32(0)), known


def to_power(decibel: np.ndarray) -> np.ndarray:
    """Decibels to linear power, float32."""
    return np.power(np.float32(10), np.asarray(decibel, np.float32) / np.float32(10)).astype(np.float32)


def _said(bands: Sequence[BandInfo]) -> str:
    """The unit that all bands name; "" where they do not, or not the same."""
    named = set()
    for band in bands:
        text = f"{band.unit} {band.description}".replace("_", " ")
        named.add(next((unit for unit, pattern in _NAMES_OF_UNITS if pattern.search(text)), ""))
    return named.pop() if len(named) == 1 else ""


def _called(unit: str) -> str:
    return {DECIBEL: "decibels", POWER: "linear power", AMPLITUDE: "amplitude"}[unit]


def _most_likely(values: np.ndarray) -> tuple[str, bool]:
    """The unit, and whether another one is nearly as likely: negative values are decibels, else by the level."""
    if float(np.percentile(values, _PERCENTILES[0])) < 0:
        return DECIBEL, False
    misfit = {unit: _misfit(values, unit) for unit in (POWER, AMPLITUDE)}
    best = min(misfit, key=lambda unit: misfit[unit])
    return best, abs(misfit[POWER] - misfit[AMPLITUDE]) < CLEAR_DB


def _misfit(values: np.ndarray, unit: str) -> float:
    """Distance of the bands' medians from the usual ones, dB, summed."""
    return float(sum(abs(m - USUAL_DB[p]) for m, p in zip(_median_db(values, unit), POLARISATIONS)))


def _median_db(values: np.ndarray, unit: str) -> np.ndarray:
    middle = np.median(values, axis=1)
    if unit == DECIBEL:
        return middle
    return (20.0 if unit == AMPLITUDE else 10.0) * np.log10(np.maximum(middle, 1e-30))


def _medians(values: np.ndarray, unit: str) -> str:
    return ", ".join(f"median {p} {m:.1f} dB" for p, m in zip(POLARISATIONS, _median_db(values, unit)))


def _trouble(values: np.ndarray, unit: str) -> str:
    """What speaks against the unit, and the cure; "" where nothing does."""
    low, _, high = np.percentile(values, _PERCENTILES)
    if unit == DECIBEL:
        if low >= LOWEST_DB and high <= HIGHEST_DB and _usual(values, unit):
            return ""
        return (
            f"its values reach from {low:.4g} to {high:.4g} with a median of {np.median(values):.4g}; expected about "
            f"{LOWEST_DB:.0f} to {HIGHEST_DB:.0f} dB and mostly negative ones, so set SAR_UNIT to what they are, or "
            "calibrate or rescale the product to sigma nought first"
        )
    if low < 0:
        return (
            f"its values go down to {low:.4g}; expected positive ones, so set SAR_UNIT to {DECIBEL} if they are "
            "decibels, or leave it out"
        )
    if _usual(values, unit):
        return ""
    return (
        f"that gives {_medians(values, unit)}; expected medians of {MEDIAN_DB[0]:.0f} to {MEDIAN_DB[1]:.0f} dB, so "
        "calibrate the product to sigma or gamma nought first, or set SAR_UNIT to what the values are"
    )


def _usual(values: np.ndarray, unit: str) -> bool:
    return bool(np.all((_median_db(values, unit) >= MEDIAN_DB[0]) & (_median_db(values, unit) <= MEDIAN_DB[1])))
