"""Stored values and reflectance: round trip, every source of scale and offset, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.source import BandInfo
from rsfusion_qgis.core.sensors.reflectance import Scaling, find_scaling, no_data


def bands(count: int = 4, data_type: str = "UInt16", **own: object) -> list[BandInfo]:
    return [BandInfo(number, data_type, **own) for number in range(1, count + 1)]


def land(dark: float = 0.01, count: int = 4) -> np.ndarray:
    """(bands, pixels) reflectance between a dark and a bright surface."""
    return np.linspace(dark, 0.45, 500)[None].repeat(count, axis=0)


PLAIN, SHIFTED = land() * 10_000, land() * 10_000 + 1000


def stated(key: str, value: str) -> dict[str, dict[str, str]]:
    return {"": {key: value}}


@given(st.floats(0.5, 20_000), st.floats(-2000, 2000), st.floats(0, 1.5))
def test_round_trip(scale: float, offset: float, reflectance: float) -> None:
    scaling = Scaling(scale, offset)
    back = scaling.to_reflectance(scaling.to_stored(np.array([reflectance])))
    assert back[0] == pytest.approx(reflectance, abs=1e-3 if abs(offset) < scale else 1)


def test_esa_formula() -> None:
    assert Scaling(10_000, -1000).to_reflectance(np.array([1000, 11_000, 3500])).tolist() == pytest.approx([0, 1, 0.25])
    assert Scaling(10_000, -1000).to_stored(np.array([0, 1])).tolist() == [1000, 11_000]


@pytest.mark.parametrize(
    ("metadata", "values", "offset"),
    [
        (stated("PROCESSING_BASELINE", "02.07"), PLAIN, 0),
        (stated("PROCESSING_BASELINE", "04.00"), SHIFTED, -1000),
        (stated("PROCESSING_BASELINE", "05.11"), SHIFTED, -1000),
        (stated("s2:processing_baseline", "N0509".replace("0509", "05.09")), SHIFTED, -1000),
        (stated("BOA_ADD_OFFSET", "-1000"), SHIFTED, -1000),
        (stated("BOA_ADD_OFFSET_B1", "-1000"), SHIFTED, -1000),
        (stated("RADIO_ADD_OFFSET_0", "-1000"), SHIFTED, -1000),
        ({"": {"PROCESSING_BASELINE": "05.00", "earthsearch:boa_offset_applied": "true"}}, PLAIN, 0),
        ({}, PLAIN, 0),
    ],
)
def test_metadata_decide(metadata: dict, values: np.ndarray, offset: float) -> None:
    found = find_scaling(bands(), metadata, values)
    assert (found.scale, found.add_offset, found.doubtful) == (10_000, offset, False)
    assert found.why.startswith("The raster: scale 10000")
    np.testing.assert_allclose(found.to_reflectance(values), land(), atol=1e-6)


def test_another_quantification_value() -> None:
    metadata = {"": {"QUANTIFICATION_VALUE": "5000", "PROCESSING_BASELINE": "02.04"}}
    assert find_scaling(bands(), metadata, land() * 5000).scale == 5000


def test_scale_and_offset_of_the_bands_decide() -> None:
    found = find_scaling(bands(scale=0.0001, offset=-0.1), stated("PROCESSING_BASELINE", "02.00"), SHIFTED)
    assert (found.scale, found.add_offset) == (10_000, -1000)
    assert "its bands state" in found.why


def test_what_the_bands_state_is_used_as_far_as_the_values_bear_it_out() -> None:
    found = find_scaling(bands(scale=0.0001, offset=-0.1), {}, PLAIN)
    assert (found.scale, found.add_offset, found.doubtful) == (10_000.0, 0.0, True)
    assert "offset of -1000, but the darkest values are" in found.why
    found = find_scaling(bands(data_type="Float32", scale=0.0001, offset=-0.1), {}, PLAIN / 10_000)
    assert (found.scale, found.add_offset, found.doubtful) == (1.0, 0.0, True)
    assert "reflectance already" in found.why
    landsat = bands(scale=0.0000275, offset=-0.2)
    found = find_scaling(landsat, {}, (PLAIN / 10_000 + 0.2) / 0.0000275)
    assert found.to_reflectance(np.array([7300.0]))[0] == pytest.approx(7300 * 0.0000275 - 0.2, abs=1e-6)
    assert not found.doubtful
    with pytest.raises(InputError, match=r"scale 500 and offset 0, with which .* reflectance of \d.*give SCALE"):
        find_scaling(bands(scale=0.002), {}, PLAIN)


def test_an_offset_of_which_the_metadata_speak_but_which_was_undone_is_not_used_twice() -> None:
    found = find_scaling(bands(), stated("PROCESSING_BASELINE", "04.00"), PLAIN)
    assert (found.add_offset, found.doubtful) == (0, True)
    assert "undone before" in found.why


def test_the_offset_is_seen_in_the_values_and_doubted() -> None:
    found = find_scaling(bands(), {}, SHIFTED)
    assert (found.scale, found.add_offset, found.doubtful) == (10_000, -1000, True)
    assert "give OFFSET" in found.why


def test_without_a_dark_pixel_nothing_tells() -> None:
    found = find_scaling(bands(), {}, land(0.3) * 10_000)
    assert (found.add_offset, found.doubtful) == (0, True)


def test_reflectance_is_recognised_whatever_the_metadata_say() -> None:
    found = find_scaling(bands(data_type="Float32"), stated("PROCESSING_BASELINE", "05.00"), land())
    assert (found.scale, found.add_offset) == (1, 0)
    assert "reflectance already" in found.why


def test_reflectance_that_was_scaled_without_its_offset() -> None:
    found = find_scaling(bands(data_type="Float32"), stated("PROCESSING_BASELINE", "05.00"), SHIFTED / 10_000)
    assert (found.scale, found.add_offset) == (1, pytest.approx(-0.1))
    np.testing.assert_allclose(found.to_reflectance(SHIFTED / 10_000), land(), atol=1e-6)


def test_what_the_user_says_comes_first() -> None:
    found = find_scaling(bands(scale=0.0001), stated("PROCESSING_BASELINE", "05.00"), SHIFTED, 10_000, -1000)
    assert (found.scale, found.add_offset) == (10_000, -1000)
    assert "were told" in found.why
    assert find_scaling(bands(), {}, PLAIN, add_offset=-500).add_offset == -500


@pytest.mark.parametrize(
    ("given_bands", "values", "words", "sentence"),
    [
        (bands(data_type="Byte"), land() * 500, {}, r"The raster holds values up to about 222.*give SCALE and OFFSET"),
        (bands(), land() * 140_000, {}, r"values up to about 6\.\d+e\+04 .*give SCALE and OFFSET"),
        (bands(data_type="Float32"), land() * 100, {}, r"values up to about 44\.\d+ \(Float32\)"),
        (bands(), np.empty((4, 0)), {}, "The raster holds no valid pixel"),
        (bands(), PLAIN, {"scale": 0.0}, "SCALE is 0; expected the stored value of reflectance 1"),
        (bands(), PLAIN, {"scale": 100.0}, r"SCALE is 100, with which The raster reaches a reflectance of 44\.\d"),
        (bands(2, scale=0.0001) + bands(2, scale=0.001), PLAIN, {}, "2 different scales and offsets"),
        (bands(scale=-1.0), PLAIN, {}, "a scale of -1; expected one above 0"),
    ],
)
def test_refused(given_bands: list, values: np.ndarray, words: dict, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        find_scaling(given_bands, {}, values, **words)


def test_no_data_is_zero_in_every_band() -> None:
    stored = np.array([[[0, 0, 5, np.nan]], [[0, 3, 0, 0]]])
    assert no_data(stored).tolist() == [[True, False, False, True]]
