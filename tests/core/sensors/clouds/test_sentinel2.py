"""Which band is which of Sentinel-2."""

from __future__ import annotations

import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.source import BandInfo
from rsfusion_qgis.core.sensors.sentinel2 import (
    BY_DESCRIPTION,
    BY_ORDER,
    BY_WAVELENGTH,
    L1C_BANDS,
    L2A_BANDS,
    WAVELENGTHS_NM,
    band_name,
    find_bands,
)


def described(*texts: str) -> list[BandInfo]:
    return [BandInfo(number, "UInt16", text) for number, text in enumerate(texts, start=1)]


def at_nm(*centres: float) -> list[BandInfo]:
    return [BandInfo(number, "UInt16", wavelength_um=nm / 1000) for number, nm in enumerate(centres, start=1)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("B1", "B1"), ("B01", "B1"), ("b12", "B12"), ("B8A", "B8A"), ("B08A", "B8A"), ("b8a", "B8A"), ("B8a", "B8A"),
        ("Band 4", "B4"), ("band_04", "B4"), ("T32ULC_20200101T101010_B04_10m", "B4"), ("S2_B11", "B11"),
        ("B4, central wavelength 665 nm", "B4"), ("B8A, central wavelength 865 nm", "B8A"), ("B04.jp2", "B4"),
        ("red", "B4"), ("Red", "B4"), ("rededge2", "B6"), ("Narrow NIR", "B8A"), ("swir16", "B11"), ("nir08", "B8A"),
        ("reflectance B9 (945 nm)", "B9"), ("cirrus", "B10"), ("Red (B4)", "B4"),
        ("", ""), ("B13", ""), ("B0", ""), ("SCL", ""), ("B4-B8", ""), ("B14", ""), ("RGB1", ""), ("AB4", ""),
        ("view zenith B4", ""), ("sun azimuth angle", ""), ("B8B", ""),
    ],
)  # fmt: skip
def test_spellings(text: str, name: str) -> None:
    assert band_name(text) == name


@pytest.mark.parametrize("names", [L1C_BANDS, L2A_BANDS, tuple(reversed(L1C_BANDS)), ("B4", "B3", "B2", "B8")])
def test_descriptions_decide(names: tuple[str, ...]) -> None:
    found = find_bands(described(*names))
    assert found.places == {name: place for place, name in enumerate(names)}
    assert (found.by, found.doubtful) == (BY_DESCRIPTION, False)
    assert found.names == tuple(sorted(names, key=L1C_BANDS.index))


def test_bands_beside_sentinel_2_are_passed_over_and_said() -> None:
    found = find_bands(described("B4", "SCL", "B3", "AOT"))
    assert found.places == {"B4": 0, "B3": 2}
    assert found.note == "The raster: bands B3, B4 are told apart by description; 2 other bands are passed over"


# ESA's nominal centres, then those of Sentinel-2A, then those of Sentinel-2B.
NOMINAL = (443, 490, 560, 665, 705, 740, 783, 842, 865, 945, 1375, 1610, 2190)
S2A = (442.7, 492.4, 559.8, 664.6, 704.1, 740.5, 782.8, 832.8, 864.7, 945.1, 1373.5, 1613.7, 2202.4)
S2B = (442.3, 492.1, 559.0, 665.0, 703.8, 739.1, 779.7, 833.0, 864.0, 943.2, 1376.9, 1610.4, 2185.7)


@pytest.mark.parametrize("centres", [NOMINAL, S2A, S2B])
def test_wavelengths_of_both_satellites(centres: tuple[float, ...]) -> None:
    found = find_bands(at_nm(*centres))
    assert found.places == {name: place for place, name in enumerate(L1C_BANDS)}
    assert found.by == BY_WAVELENGTH
    assert not found.doubtful


def test_a_hyperspectral_raster_gives_its_nearest_bands_once_each() -> None:
    centres = [400 + 5 * step for step in range(420)]
    found = find_bands(at_nm(*centres))
    assert len(set(found.places.values())) == len(L1C_BANDS)
    for name, place in found.places.items():
        assert abs(centres[place] - WAVELENGTHS_NM[name]) <= 2.5


@pytest.mark.parametrize(("names", "level"), [(L1C_BANDS, "Level-1C"), (L2A_BANDS, "Level-2A")])
@pytest.mark.parametrize("text", ["", "Band {}", "band_{}"])
def test_order_decides_with_a_warning_where_the_file_only_counts(names: tuple[str, ...], level: str, text: str) -> None:
    found = find_bands(described(*(text.format(number) for number in range(1, len(names) + 1))))
    assert found.places == {name: place for place, name in enumerate(names)}
    assert (found.by, found.doubtful) == (BY_ORDER, True)
    assert level in found.note


def test_neither_names_nor_a_known_number_of_bands() -> None:
    with pytest.raises(InputError, match=r"^The raster has 4 bands without known names or wavelengths; expected the"):
        find_bands(described("", "", "", ""))


def test_two_bands_of_one_name() -> None:
    with pytest.raises(InputError, match=r"bands 1 \('B04'\) and 3 \('red'\) both claim to be B4; correct"):
        find_bands(described("B04", "B3", "red"))


def test_need_gives_places_in_the_order_asked_for() -> None:
    assert find_bands(described("B4", "B3", "B2")).need(("B2", "B4")) == (2, 0)


def test_twelve_bands_where_thirteen_are_needed() -> None:
    with pytest.raises(InputError, match=r"the 12 bands .* MODEL needs B10, too: choose a Level-1C product"):
        find_bands(described(*L2A_BANDS)).need(L1C_BANDS)
    with pytest.raises(InputError, match=r"MASK needs B11, B12, too: add them"):
        find_bands(described("B2", "B3")).need(("B2", "B11", "B12"), purpose="MASK")
