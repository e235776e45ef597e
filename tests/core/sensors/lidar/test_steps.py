"""Pixels in metres and units of heights."""

import numpy as np
import pytest
from osgeo import osr

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.crs import transformation
from rsfusion_qgis.core.grid.grid import Grid
from rsfusion_qgis.core.sensors.lidar.steps import metres_of, steps_of


def wkt(name):
    reference = osr.SpatialReference()
    reference.SetFromUserInput(name)
    return reference.ExportToWkt()


@pytest.mark.parametrize(("latitude", "zone"), [(0.5, 32632), (48.0, 32632), (70.0, 32632)])
def test_a_degree_is_as_long_as_on_the_map_of_utm(latitude, zone):
    """On the zone's central meridian, whose scale is 0.9996."""
    grid = Grid(wkt("EPSG:4326"), (8.995, 1e-4, 0, latitude + 0.005, 0, -1e-4), 100, 100)
    height, width = steps_of(grid, "DSM").size
    there = transformation(grid.crs_wkt, wkt(f"EPSG:{zone}")).forward
    west, east = there(8.995, latitude), there(9.005, latitude)
    south, north = there(9.0, latitude - 0.005), there(9.0, latitude + 0.005)
    assert width * 100 == pytest.approx(np.hypot(*np.subtract(east, west)) / 0.9996, rel=1e-5)
    assert height * 100 == pytest.approx(np.hypot(*np.subtract(north, south)) / 0.9996, rel=1e-5)


def test_feet_of_the_crs_are_feet():
    grid = Grid(wkt("EPSG:2272"), (2.7e6, 3.0, 0, 2.5e5, 0, -3.0), 10, 10)
    assert steps_of(grid, "DSM").size == pytest.approx((3 * 1200 / 3937,) * 2)


def test_reach_counts_whole_pixels_on_each_axis():
    steps = steps_of(Grid("", (0, 0.5, 0, 0, 0, -2.0), 10, 10), "DSM")
    assert steps.reach(6.0) == (3, 12)
    assert steps.reach(1.9) == (0, 3)
    assert steps.reach(3 * 0.1 * 5) == (0, 3)  # 1.5000000000000002


def test_near_a_pole_degrees_are_refused():
    grid = Grid(wkt("EPSG:4326"), (0, 0.01, 0, 89.0, 0, -0.01), 10, 10)
    with pytest.raises(InputError, match=r"DSM reaches from 88\.9 to 89 degrees.*reproject DSM"):
        steps_of(grid, "DSM")


@pytest.mark.parametrize(
    ("unit", "metres"),
    [("m", 1), ("Metre", 1), (" ft ", 0.3048), ("US survey foot", 1200 / 3937), ("cm", 0.01), ("", None), ("dn", None)],
)
def test_units_of_height(unit, metres):
    assert metres_of(unit) == (None if metres is None else pytest.approx(metres, rel=1e-12))
