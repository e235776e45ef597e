"""Are two CRS one, and how exactly does one turn into the other?"""

import pytest
from osgeo import osr

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.crs import (
    crs_name,
    longitude_latitude,
    metres_per_unit,
    same_crs,
    transformation,
    unit_name,
)

pytestmark = pytest.mark.usefixtures("gdal_errors")


def wkt(code: int) -> str:
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    return srs.ExportToWkt()


def test_names_do_not_count_but_parameters_do():
    utm = wkt(32632)
    assert same_crs(utm, utm.replace("WGS 84 / UTM zone 32N", "mine"))
    assert not same_crs(utm, wkt(32633))
    assert not same_crs(utm, "") and same_crs("", "")


def test_between_utm_zones_of_one_datum_nothing_is_lost():
    there = transformation(wkt(32632), wkt(32633))
    back = transformation(wkt(32633), wkt(32632))
    assert there.accuracy_m <= 0.001 and not there.ballpark
    assert back.forward(*there.forward(700000.0, 5500000.0)) == pytest.approx((700000.0, 5500000.0), abs=1e-3)


def test_a_datum_shift_has_an_accuracy():
    shift = transformation(wkt(31467), wkt(25832))
    assert 0.1 < shift.accuracy_m <= 5.0


def test_axes_are_east_then_north_whatever_the_authority_says():
    x, y = transformation(wkt(4326), wkt(32633)).forward(15.0, 50.0)
    assert (x, y) == pytest.approx((500000.0, 5538630.7), abs=1.0)


def test_positions_without_an_image_are_refused():
    with pytest.raises(InputError, match="outside the area"):
        transformation(wkt(4326), wkt(3857)).forward(0.0, 100.0)


def test_a_damaged_crs_is_refused():
    with pytest.raises(InputError, match="assign it anew"):
        same_crs("PROJCS[", wkt(32632))


def test_units_and_names():
    assert metres_per_unit(wkt(32632)) == 1.0
    assert metres_per_unit(wkt(4326)) == pytest.approx(111320, rel=1e-3)
    assert [unit_name(text) for text in (wkt(32632), wkt(4326), "")] == ["metre", "degree", ""]
    assert crs_name(wkt(32632)) == "EPSG:32632 (WGS 84 / UTM zone 32N)" and crs_name("") == "no CRS"


def test_a_position_in_degrees():
    """UTM zone 32 has its middle at 9 degrees east; (500000, 0) lies there on the equator."""
    found = longitude_latitude(wkt(32632), 500000.0, 0.0)
    assert found == pytest.approx((9.0, 0.0), abs=1e-6)
    assert longitude_latitude("", 0.0, 0.0) is None
