"""Which bands of a raster a network is fed with: by wavelength, by name, or by order.

Bands that the raster's metadata call bad (ENVI's `bbl`: 0 = bad) are left out where they are not asked for by name or
wavelength. Wavelengths are micrometres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from ..basics.errors import InputError
from ..rasters.source import BandInfo, RasterSource
from ..sensors.sentinel1 import find_polarisations, polarisation
from ..sensors.sentinel2 import band_name, find_bands
from .card_fields import Band, InputSpec

SPACING_SHARE, LEAST_UM, MOST_UM = 0.5, 0.0005, 0.05
"""How far wavelengths of one band may lie apart: a share of the distance between the network's bands, within limits."""
_NAMED = 6  # bands that a sentence names


@dataclass(frozen=True)
class BandChoice:
    """Bands of a raster for an input of a network.

    Attributes
    ----------
    positions : tuple of int
        Places among the raster's bands of data, from 0, in the order of the network's channels.
    note : str
        What the user should know about the choice; "" = nothing.
    doubtful : bool
        Whether the bands may be other ones than the network was made for.
    """

    positions: tuple[int, ...]
    note: str = ""
    doubtful: bool = False


def good_bands(source: RasterSource) -> tuple[int, ...]:
    """Places, from 0, of the bands that the raster's metadata do not call bad."""
    flags = _flags(source)
    return tuple(place for place, band in enumerate(source.bands) if flags.get(band.index, True) and not _bad(band))


def _flags(source: RasterSource) -> dict[int, bool]:
    """Band number -> whether it is good, from the list of the whole raster; {} where it has none that fits."""
    values = _listed(source)
    if len(values) not in _counts(source):
        return {}
    return {number: float(value) != 0 for number, value in enumerate(values, start=1)}


def _listed(source: RasterSource) -> list[str]:
    """The entries of the raster's list of bad bands."""
    entries = {key.lower(): text for domain in source.metadata.values() for key, text in domain.items()}
    return re.findall(r"[-+.\deE]+", entries.get("bbl") or entries.get("bad_bands_list") or "")


def _counts(source: RasterSource) -> tuple[int, int]:
    """How many entries such a list may have: one for each band of the raster, or for each band of data."""
    return source.dataset.RasterCount if source.dataset is not None else len(source.bands), len(source.bands)


def _misfit(source: RasterSource) -> str:
    """A word about a list of bad bands that cannot be used."""
    count, total = len(_listed(source)), _counts(source)[0]
    if count in (0, *_counts(source)):
        return ""
    return (f"{source.role}: its list of bad bands (bbl) has {count} entries for {total} bands, so it is not used; "
            "correct it in the header if some bands are bad")


def _bad(band: BandInfo) -> bool:
    entries = {key.lower(): text for domain in band.metadata.values() for key, text in domain.items()}
    return entries.get("bbl", "1").strip() in ("0", "0.0", "false")


def choose_bands(source: RasterSource, spec: InputSpec, model: str, instrument: str = "") -> BandChoice:
    """The raster's bands for an input of the network.

    Parameters
    ----------
    instrument : as `Role.instrument`.

    Raises
    ------
    InputError
        The raster lacks bands that the network takes.
    """
    choice = _chosen(source, spec, model, instrument)
    return replace(choice, note="; ".join(filter(None, (choice.note, _misfit(source)))))


def _chosen(source: RasterSource, spec: InputSpec, model: str, instrument: str) -> BandChoice:
    if instrument == "sentinel2" and spec.bands is not None:
        found = find_bands(source.bands, source.role)
        wanted = [band_name(band.name) or band.name for band in spec.bands]
        return BandChoice(found.need(wanted, source.role, f"MODEL '{model}'"), found.note, found.doubtful)
    if instrument == "sentinel1":
        told = find_polarisations(source.bands, source.role)
        return BandChoice(tuple(told.places.values()), told.note, told.doubtful)
    good = good_bands(source)
    if spec.bands is None:
        return BandChoice(good, _left_out(source, good))
    wavelengths = _by_wavelength(source, spec.bands)
    if wavelengths is not None and None not in wavelengths:
        return _noted(source, tuple(wavelengths), spec.bands, "wavelength")
    names = _by_name(source, spec.bands)
    if names is not None:
        return _noted(source, names, spec.bands, "name")
    for places in (tuple(range(len(source.bands))), good):
        if len(places) == len(spec.bands):
            doubtful = wavelengths is not None
            return BandChoice(places, _apart(source, spec.bands, places) if doubtful else "", doubtful)
    raise InputError(_lacking(source, spec.bands, wavelengths, model))


def _by_wavelength(source: RasterSource, wanted: tuple[Band, ...]) -> list[int | None] | None:
    """The nearest band for each that is wanted, None for one that is missing; None where wavelengths are not known."""
    known = [(place, band.wavelength_um) for place, band in enumerate(source.bands) if band.wavelength_um]
    asked = np.array([band.wavelength_um or np.nan for band in wanted])
    if not known or np.isnan(asked).any():
        return None
    places, centres = np.array([k for k, _ in known]), np.array([w for _, w in known])
    gaps = np.diff(np.sort(asked))
    gaps = gaps[gaps > 0]
    limit = min(max(SPACING_SHARE * float(np.median(gaps)), LEAST_UM), MOST_UM) if gaps.size else MOST_UM
    nearest = np.abs(asked[:, None] - centres[None]).argmin(axis=1)
    found = [int(places[n]) if abs(centres[n] - a) <= limit else None for n, a in zip(nearest, asked)]
    return found if len({f for f in found if f is not None}) == len([f for f in found if f is not None]) else None


def _by_name(source: RasterSource, wanted: tuple[Band, ...]) -> tuple[int, ...] | None:
    """By the names as they are, else by those of Sentinel-2 ("B03", "green") and of polarisations ("Sigma0_VV_db")."""
    for name_of in (str, band_name, polarisation):
        named = [(name_of(band.description), place) for place, band in enumerate(source.bands)]
        places = {name: place for name, place in reversed(named) if name}
        names = [name_of(band.name) for band in wanted]
        if all(names) and set(names) <= set(places):
            return tuple(places[name] for name in names)
    return None


def _noted(source: RasterSource, places: tuple[int, ...], wanted: tuple[Band, ...], by: str) -> BandChoice:
    count = len(source.bands)
    if places == tuple(range(count)):
        return BandChoice(places)
    return BandChoice(places, f"{source.role}: {len(wanted)} of {count} bands are used, matched by {by}")


def _left_out(source: RasterSource, good: tuple[int, ...]) -> str:
    bad = len(source.bands) - len(good)
    return f"{source.role}: {bad} of {len(source.bands)} bands are marked as bad and left out" if bad else ""


def _apart(source: RasterSource, wanted: tuple[Band, ...], places: tuple[int, ...]) -> str:
    """A word about wavelengths that differ although the numbers of bands agree."""
    pairs = [(source.bands[place].wavelength_um, band.wavelength_um) for place, band in zip(places, wanted)]
    worst = max((abs(a - b) for a, b in pairs if a and b), default=0.0)
    return (
        f"{source.role}: the bands are taken by order, though wavelengths differ by up to {1000 * worst:.0f} nm from "
        "those that the network was made for"
    )


def _lacking(
    source: RasterSource, wanted: tuple[Band, ...], wavelengths: list[int | None] | None, model: str
) -> str:
    missing = [band for band, place in zip(wanted, wavelengths or [None] * len(wanted)) if place is None]
    said = [f"{one.name} ({1000 * one.wavelength_um:.0f} nm)" if one.wavelength_um else one.name for one in missing]
    more = f" and {len(said) - _NAMED} more" if len(said) > _NAMED else ""
    return (
        f"{source.role}: '{source.path}' has {len(source.bands)} bands; expected the {len(wanted)} that MODEL "
        f"'{model}' takes, and these have no match by wavelength, name or order: {', '.join(said[:_NAMED])}{more}; "
        "choose a raster with those bands, or another MODEL."
    )
