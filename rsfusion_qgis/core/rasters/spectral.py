"""Where the bands of a raster lie in the spectrum, their units, and how their numbers are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Optional

import numpy as np
from osgeo import gdal

from .band_info import BandInfo
from .source import RasterSource

NATURAL_NM = (660.0, 560.0, 480.0)
"""Centres of red, green and blue."""
_NEAR_NM = 40.0
_NAMED = 12  # stretches of bands that a sentence names


def ranges(places: Sequence[int]) -> str:
    """Places, from 0, as numbers of bands in words: "1-3, 88"."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    words = [f"{first + 1}" if first == last else f"{first + 1}-{last + 1}" for first, last in runs]
    return ", ".join(words[:_NAMED]) + (", ..." if len(words) > _NAMED else "")


def wavelengths_nm(bands: Sequence[BandInfo]) -> np.ndarray:
    """(bands,) centres in nanometres; NaN where one is not known."""
    return np.array([1000 * band.wavelength_um if band.wavelength_um else np.nan for band in bands])


def physical(bands: Sequence[BandInfo]) -> tuple[np.ndarray, np.ndarray]:
    """(bands,) scale and offset of each band; physical = stored * scale + offset."""
    scale = np.array([band.scale or 1.0 for band in bands])
    return scale, np.array([band.offset or 0.0 for band in bands])


def natural_by_wavelength(
    bands: Sequence[BandInfo], allowed: Optional[np.ndarray] = None
) -> Optional[tuple[int, int, int]]:
    """Places of the bands nearest to red, green and blue; None where the raster has none near one of them.

    Parameters
    ----------
    allowed : (bands,) bool; None = all.
    """
    centres = wavelengths_nm(bands)
    away = np.abs(centres[None] - np.array(NATURAL_NM)[:, None])
    away = np.where(np.isnan(away) | (False if allowed is None else ~allowed[None]), np.inf, away)
    places = [int(place) for place in away.argmin(axis=1)] if len(bands) else []
    if len(set(places)) < 3 or max(away[row, place] for row, place in enumerate(places)) > _NEAR_NM:
        return None
    return places[0], places[1], places[2]


def natural_places(bands: Sequence[BandInfo]) -> Optional[tuple[int, int, int]]:
    """Places of the bands that say that they are red, green and blue; None where not all three are told.

    By their colour interpretation, else by their wavelengths, else by their names ("red", "B4 red", no "red edge").
    """
    kinds = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)
    told = [next((at for at, band in enumerate(bands) if band.color_interpretation == kind), None) for kind in kinds]
    if None in told and (waves := natural_by_wavelength(bands)) is not None:
        return waves
    if None in told:
        told = [next((at for at, band in enumerate(bands) if _is_named(band, name)), None)
                for name in ("red", "green", "blue")]  # fmt: skip
    if None in told:
        return None
    return told[0], told[1], told[2]  # type: ignore[return-value]


def _is_named(band: BandInfo, colour: str) -> bool:
    words = re.findall(r"[a-z]+", band.description.lower())
    return colour in words and "edge" not in words


def centres_and_widths(source: RasterSource) -> tuple[np.ndarray, np.ndarray]:
    """Wavelengths and widths of a raster's bands, (bands,) micrometres each, NaN where unknown."""
    centres = np.array([band.wavelength_um or np.nan for band in source.bands], float)
    listed = _listed_widths(source)
    widths = np.array([_width(band) or listed.get(band.index, np.nan) for band in source.bands], float)
    return centres, np.where(widths > 0.5, widths / 1000.0, widths)  # none is so wide: larger numbers are nanometres


def _width(band: BandInfo) -> float:
    entries = {key.lower(): text for domain in band.metadata.values() for key, text in domain.items()}
    for key in ("fwhm_um", "fwhm"):
        try:
            return float(entries[key])
        except (KeyError, ValueError):
            continue
    return 0.0


def _listed_widths(source: RasterSource) -> dict[int, float]:
    """Band number -> width, from the list of an ENVI header."""
    entries = {key.lower(): text for domain in source.metadata.values() for key, text in domain.items()}
    try:
        values = [float(part) for part in entries.get("fwhm", "").strip("{} ").split(",") if part.strip()]
    except ValueError:
        return {}
    reached = max((band.index for band in source.bands), default=0)
    return dict(enumerate(values, start=1)) if reached <= len(values) else {}
