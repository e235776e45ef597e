"""The sensor list as parameters use it."""

import pytest

from rsfusion_qgis.core.errors import InputError
from rsfusion_qgis.core.sensors import GENERIC, SENSORS, UNKNOWN, sensor_by_id, sensor_id, sensor_ids


def test_ids_are_static_strings_and_name_every_sensor_once():
    ids = sensor_ids()
    assert ids[0] == GENERIC and len(ids) == len(set(ids))
    assert all(part.isascii() and part == part.lower() and " " not in part for part in ids)
    assert {sensor_id(sensor) for sensor in SENSORS} < set(ids)


@pytest.mark.parametrize(("wanted", "bands", "gains"), [
    ("landsat_8", 7, (0.55, 0.55, 0.55, 0.55, 0.53, 0.53, 0.53)),
    ("landsat_8", 4, (0.55, 0.55, 0.55, 0.53)),
    ("pleiades", 4, (0.30,) * 4),
    ("worldview_2", 8, (0.35,) * 7 + (0.27,)),
])
def test_a_sensor_has_a_gain_for_every_band(wanted, bands, gains):
    assert sensor_by_id(wanted, bands).band_gains(bands) == gains


def test_generic_and_unknown_ids():
    assert sensor_by_id(GENERIC, 4) is UNKNOWN
    with pytest.raises(InputError, match="SENSOR: found 'spot', expected one of generic, "):
        sensor_by_id("spot", 4)
