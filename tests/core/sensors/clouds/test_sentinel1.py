"""Sentinel-1: polarisations, units and their refusals, conversion."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.source import BandInfo
from rsfusion_qgis.core.sensors.sentinel1 import (
    AMPLITUDE,
    DECIBEL,
    POWER,
    UNITS,
    find_polarisations,
    find_unit,
    to_decibel,
    to_power,
)


def described(*texts: str, unit: str = "") -> list[BandInfo]:
    return [BandInfo(number, "Float32", text, unit) for number, text in enumerate(texts, start=1)]


def scene(unit: str, vv: float = -11.0, vh: float = -18.0) -> np.ndarray:
    """(2, 2000) backscatter around these decibels, in that unit."""
    rng = np.random.default_rng(3)
    decibel = np.array([[vv], [vh]]) + rng.normal(0, 4, (2, 2000))
    return {DECIBEL: decibel, POWER: 10 ** (decibel / 10), AMPLITUDE: 10 ** (decibel / 20)}[unit]


NAMELESS = described("", "")


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (("VV", "VH"), {"VV": 0, "VH": 1}),
        (("VH dB", "VV dB"), {"VV": 1, "VH": 0}),
        (("Sigma0_VH_db", "angle", "Sigma0_VV_db"), {"VV": 2, "VH": 0}),
        (("vv", "vh"), {"VV": 0, "VH": 1}),
    ],
)
def test_polarisations_by_description(texts: tuple[str, ...], places: dict[str, int]) -> None:
    found = find_polarisations(described(*texts))
    assert (found.places, found.doubtful) == (places, False)


def test_polarisations_of_gdals_own_driver() -> None:
    named = [BandInfo(n, "UInt16", metadata={"": {"POLARISATION": p}}) for n, p in enumerate(("VH", "VV"), start=1)]
    assert find_polarisations(named).places == {"VV": 1, "VH": 0}


def test_two_nameless_bands_by_order_with_a_warning() -> None:
    found = find_polarisations(NAMELESS)
    assert (found.places, found.doubtful) == ({"VV": 0, "VH": 1}, True)


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (("VV",), "The raster holds VV but no VH; expected VV and VH, so add the missing band"),
        (("HH", "HV"), "The raster holds HH, HV but no VV"),
        (("",), "The raster has one band; expected two, VV and VH"),
        (("", "", ""), "The raster has 3 bands that name no polarisation"),
        (("VV june", "VH june", "VV july"), "2 bands claim to be VV"),
    ],
)
def test_polarisations_refused(texts: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        find_polarisations(described(*texts))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("vv", "vh"), [(-11, -18), (-8, -14), (-14, -22)])
def test_units_are_found(unit: str, vv: float, vh: float) -> None:
    found = find_unit(NAMELESS, scene(unit, vv, vh))
    assert found.unit == unit
    assert "judged by the values" in found.why


def test_units_by_the_bands_own_word_and_by_the_users() -> None:
    assert find_unit(described("", "", unit="dB"), scene(DECIBEL)).why.endswith("as its bands say")
    assert find_unit(described("VV amplitude", "VH amplitude"), scene(AMPLITUDE)).unit == AMPLITUDE
    assert find_unit(described("VV", "VH", unit="dB"), scene(POWER), POWER).why.endswith("as was told")


def test_a_level_between_power_and_amplitude_is_doubted() -> None:
    found = find_unit(NAMELESS, scene(POWER, -7.5, -12))
    assert found.doubtful
    assert "give SAR_UNIT" in found.why


@pytest.mark.parametrize(
    ("bands", "values", "told", "sentence"),
    [
        (described("", "", unit="dB"), scene(POWER) * 1e5, None, r"is said by its bands to hold decibels, but its"),
        (NAMELESS, scene(POWER) * 1e5, "db", "The raster is told to hold decibels, but its values reach from"),
        (NAMELESS, scene(DECIBEL) * 100, None, "is taken to hold decibels, but its values reach from -2931 to"),
        (NAMELESS, scene(DECIBEL), "power", "The raster is told to hold linear power, but its values go down to -"),
        (NAMELESS, scene(DECIBEL), "amplitude", "told to hold amplitude, but its values go down to -"),
        (NAMELESS, scene(AMPLITUDE) * 2000, None, r"that gives median VV .* calibrate the product"),
        (NAMELESS, scene(POWER), "watts", "SAR_UNIT is 'watts'; expected one of db, power, amplitude"),
        (NAMELESS, np.zeros((2, 50)), None, "The raster holds no valid pixel"),
    ],
)
def test_units_refused(bands: list, values: np.ndarray, told: str | None, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        find_unit(bands, values, told)


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_gives_the_same_decibels(unit: str) -> None:
    stored = scene(unit).reshape(2, 40, 50)
    decibel, valid = to_decibel(stored, np.ones((2, 40, 50), bool), unit)
    assert valid.all()
    np.testing.assert_allclose(decibel, scene(DECIBEL).reshape(2, 40, 50), atol=1e-4)
    np.testing.assert_allclose(to_power(decibel), scene(POWER).reshape(2, 40, 50), rtol=1e-4)


def test_what_is_no_backscatter_is_invalid() -> None:
    power = np.array([[[0.1, 0.0, 0.1, np.nan, 0.1]], [[0.02, 0.02, -1.0, 0.02, 0.02]]])
    valid = np.array([[True, True, True, True, False]])
    decibel, known = to_decibel(power, valid, POWER)
    assert known.tolist() == [[True, False, False, False, False]]
    assert decibel[0].tolist() == [[pytest.approx(-10), 0, 0, 0, 0]]
    decibels = np.array([[[0.0, 0.0, -9.0]], [[0.0, -12.0, 0.0]]])
    assert to_decibel(decibels, np.ones((1, 3), bool), DECIBEL)[1].tolist() == [[False, True, True]]
