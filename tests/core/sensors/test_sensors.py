"""The sensor list as parameters use it."""

import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.catalogue import (
    GENERIC,
    SENSORS,
    UNKNOWN,
    band_gains,
    find_sensor,
    pan_gain_of,
    parse_gains,
    sensor_by_id,
    sensor_id,
    sensor_ids,
    sensor_of_metadata,
)


def test_ids_are_static_strings_and_name_every_sensor_once():
    ids = sensor_ids()
    assert ids[0] == GENERIC and len(ids) == len(set(ids))
    assert all(part.isascii() and part == part.lower() and " " not in part for part in ids)
    assert {sensor_id(sensor) for sensor in SENSORS} < set(ids)


@pytest.mark.parametrize(("wanted", "bands", "gains"), [
    ("landsat_8", 7, (0.55, 0.55, 0.55, 0.55, 0.53, 0.53, 0.53)),
    ("landsat_8", 4, (0.55, 0.55, 0.55, 0.53)),
    ("landsat_9", 4, (0.55, 0.55, 0.55, 0.53)),
    ("pleiades", 4, (0.30,) * 4),
    ("worldview_2", 8, (0.35,) * 7 + (0.27,)),
])
def test_a_sensor_has_a_gain_for_every_band(wanted, bands, gains):
    assert sensor_by_id(wanted, bands).band_gains(bands) == gains


def test_landsat_9_has_the_gains_of_landsat_8_and_says_why():
    for bands in (4, 7):
        ours, theirs = sensor_by_id("landsat_9", bands), sensor_by_id("landsat_8", bands)
        assert (ours.ms_gains, ours.pan_gain) == (theirs.ms_gains, theirs.pan_gain)
        assert "OLI-2 is a copy of OLI" in ours.source


def test_sentinel2_and_where_gains_come_from():
    sensor = sensor_by_id("sentinel_2", 4)
    assert sensor.band_gains(4) == (0.275, 0.28, 0.25, 0.24) and sensor.doubtful_pan
    assert "ESA" in sensor.source and all(one.source for one in SENSORS)


def test_generic_and_unknown_ids():
    assert sensor_by_id(GENERIC, 4) is UNKNOWN
    with pytest.raises(InputError, match="SENSOR: found 'spot', expected one of generic, "):
        sensor_by_id("spot", 4)


def test_gains_by_hand_win_and_one_holds_for_all_bands():
    assert parse_gains("") == ()
    assert parse_gains(" 0.34, 0.3 ;0.2 ") == (0.34, 0.3, 0.2)
    assert band_gains("ikonos", (0.2,), 3) == (0.2, 0.2, 0.2)
    assert band_gains("ikonos", (), 4) == (0.26, 0.28, 0.29, 0.28)
    assert pan_gain_of("ikonos", 0.0, 4) == 0.17
    assert pan_gain_of("ikonos", 0.2, 4) == 0.2


@pytest.mark.parametrize("text", ["a", "0.3,1.2", "0", "0.3 0.2"])
def test_gains_that_are_none_are_refused(text):
    with pytest.raises(InputError, match=r"GAINS: found '.*', expected numbers between 0 and 1"):
        parse_gains(text)


def test_a_wrong_number_of_gains_and_a_wrong_pan_gain_are_refused():
    with pytest.raises(InputError, match="GAINS: found 2 numbers, expected one, or one for each of the 3 bands"):
        band_gains("generic", (0.2, 0.3), 3)
    with pytest.raises(InputError, match="PAN_GAIN is 2; expected a number between 0 and 1"):
        pan_gain_of("generic", 2.0, 3)


@pytest.mark.parametrize(
    ("name", "bands", "gains", "pan"),
    [
        ("WorldView-2", 8, (0.35,) * 7 + (0.27,), 0.11),
        ("geoeye-1", 4, (0.23,) * 4, 0.16),
        ("Landsat 8 OLI", 7, (0.55,) * 4 + (0.53,) * 3, 0.40),
        ("Landsat 8 (30 m)", 4, (0.55, 0.55, 0.55, 0.53), 0.40),
        ("not stated", 5, (0.30,) * 5, 0.15),
    ],
)
def test_a_sensor_is_found_by_the_beginning_of_its_name(name, bands, gains, pan):
    sensor = find_sensor(name, bands)
    assert sensor.band_gains(bands) == pytest.approx(gains)
    assert sensor.pan_gain == pan


@pytest.mark.parametrize(("told", "wanted"), [
    ("WV02", "worldview_2"), ("WV03", "worldview_3"), ("QB02", "quickbird"), ("GE01", "geoeye_1"),
    ("GeoEye-1", "geoeye_1"), ("IKONOS-2", "ikonos"), ("PHR 1A", "pleiades"), ("LANDSAT_8", "landsat_8"),
    ("WV01", GENERIC), ("LANDSAT_9", "landsat_9"), ("LANDSAT_7", GENERIC), ("", GENERIC),
])  # fmt: skip
def test_metadata_name_the_sensor(told, wanted):
    assert wanted in sensor_ids()
    assert sensor_of_metadata([{"": {"SATELLITEID": "WV04"}}, {"IMAGERY": {"SATELLITEID": told}}]) == wanted


def test_the_first_raster_that_names_a_sensor_counts():
    both = [{"IMAGERY": {"SATELLITEID": name}} for name in ("KOMPSAT", "WV03", "WV02")]
    assert sensor_of_metadata(both) == "worldview_3" and sensor_of_metadata([]) == GENERIC
