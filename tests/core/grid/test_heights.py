"""What heights count from, and what lies between two such surfaces, beside values that others computed."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.crs import crs_name, horizontal, same_crs
from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.grid.heights import HeightChange, height_change, height_reference, with_heights_of
from tests.rasters import crs_text, site_heights

pytestmark = pytest.mark.usefixtures("gdal_errors")

UTM32 = crs_text("EPSG:32632")
ON_ELLIPSOID = crs_text("EPSG:32632", three=True)
BOUND = "+proj=utm +zone=32 +ellps=bessel +towgs84=1,2,3 +geoidgrids=egm96_15.gtx +vunits=m +type=crs"


def change(source: str, target: str, grid: Grid) -> HeightChange | None:
    """DTM in the CRS `source` onto DSM in `target`; skips where this PROJ has no geoid."""
    try:
        return height_change(source, target, grid, ("DTM", "DSM"))
    except InputError as error:
        if "EGM96" in str(error):
            pytest.skip("PROJ has no grid file of EGM96 here")
        raise


@pytest.mark.parametrize(
    ("wkt", "name", "metres"),
    [
        ("", None, 0),
        (UTM32, None, 0),
        (crs_text("EPSG:4326"), None, 0),
        (crs_text("EPSG:4978"), None, 0),
        (crs_text("EPSG:32632+5773"), "EGM96 height", 1),
        (crs_text("EPSG:2263+6360"), "NAVD88 height (ftUS)", 1200 / 3937),
        (crs_text(BOUND), "unknown", 1),
        (site_heights("EPSG:32632"), "site height", 1),
        (crs_text("EPSG:4979"), "heights above the ellipsoid of WGS 84", 1),
        (ON_ELLIPSOID, "heights above the ellipsoid of WGS 84", 1),
    ],
)
def test_what_heights_count_from(wkt, name, metres):
    found = height_reference(wkt)
    assert (found.name if found else None) == name
    assert found is None or found.metres == pytest.approx(metres)


@pytest.mark.parametrize(
    ("wkt", "twin"),
    [("EPSG:32632+5773", "EPSG:32632"), ("EPSG:4979", "EPSG:4326"), ("EPSG:7415", "EPSG:28992"),
     ("EPSG:2263+6360", "EPSG:2263"), ("EPSG:4326+3855", "EPSG:4326")],
)  # fmt: skip
def test_pixels_lie_in_the_horizontal_part(wkt, twin):
    whole = crs_text(wkt)
    assert same_crs(whole, crs_text(twin)) and same_crs(horizontal(whole), crs_text(twin))
    assert crs_name(horizontal(whole)).startswith(twin)


def test_nothing_is_taken_from_a_crs_of_two_axes_and_nothing_is_left_of_one_of_heights():
    assert horizontal(UTM32) == UTM32 and horizontal("") == ""
    assert horizontal(crs_text("EPSG:5773")) == ""
    assert crs_name(horizontal(ON_ELLIPSOID)).startswith("EPSG:32632")
    assert "TOWGS84[1,2,3" in horizontal(crs_text(BOUND))


@pytest.mark.parametrize(
    ("latitude", "longitude", "geoid_m"),
    [(38.628155, -90.220845, -31.628), (-14.621217, -54.978886, -2.969), (46.874319, 102.448729, -43.575),
     (-23.617446, 133.874712, 15.871), (38.625473, -0.0005, 50.066), (-0.466744, 0.0023, 17.329)],
)  # fmt: skip
def test_the_geoid_is_that_of_its_authors(latitude, longitude, geoid_m):
    """Undulations of EGM96 that NGA publishes to test programs; a grid of 15' is off by some cm."""
    grid = Grid(crs_text("EPSG:4326"), (longitude - 5e-5, 1e-4, 0, latitude + 5e-5, 0, -1e-4), 1, 1)
    ways = crs_text("EPSG:4326+5773"), crs_text("EPSG:4979")
    assert change(*ways, grid).typical == pytest.approx(geoid_m, abs=0.07)
    assert change(*ways[::-1], grid).typical == pytest.approx(-geoid_m, abs=0.07)


def test_it_is_the_same_for_every_window_and_exact_at_every_pixel():
    grid = Grid(UTM32, (500000.0, 2.0, 0, 5000000.0, 0, -2.0), 700, 500)
    found = change(crs_text("EPSG:32633+5773"), ON_ELLIPSOID, grid)
    whole = found.over(grid.window)
    assert whole.shape == (500, 700) and np.ptp(whole) > 0.01
    for window in (Window(17, 31, 100, 1), Window(699, 499, 1, 1), Window(0, 16, 33, 47)):
        rows, cols = slice(window.row_off, window.row_end), slice(window.col_off, window.col_end)
        np.testing.assert_allclose(found.over(window), whole[rows, cols], atol=1e-9)
    for col, row in ((0, 0), (123, 77), (699, 499)):
        pixel = Grid(UTM32, (500000.0 + 2 * col, 2.0, 0, 5000000.0 - 2 * row, 0, -2.0), 1, 1)
        alone = change(crs_text("EPSG:32633+5773"), ON_ELLIPSOID, pixel)
        assert alone.typical == pytest.approx(whole[row, col], abs=1e-4)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (UTM32, crs_text("EPSG:32632+5773")),
        (crs_text("EPSG:32632+5773"), crs_text("EPSG:4326+5773")),
        (site_heights("EPSG:32632"), site_heights("EPSG:32633")),
        (ON_ELLIPSOID, ON_ELLIPSOID),
    ],
)
def test_nothing_changes_where_heights_count_from_the_same_or_one_is_silent(source, target):
    grid = Grid(UTM32, (500000.0, 2.0, 0, 5000000.0, 0, -2.0), 7, 5)
    assert height_change(source, target, grid, ("DTM", "DSM")) is None


def test_another_unit_of_the_same_datum_changes_nothing_in_metres():
    grid = Grid(crs_text("EPSG:2263"), (1000000.0, 2.0, 0, 200000.0, 0, -2.0), 7, 5)
    found = height_change(crs_text("EPSG:2263+6360"), crs_text("EPSG:2263+5703"), grid, ("DTM", "DSM"))
    assert found is None or np.abs(found.over(grid.window)).max() < 1e-6


def test_no_way_is_one_sentence():
    grid = Grid(UTM32, (500000.0, 2.0, 0, 5000000.0, 0, -2.0), 7, 5)
    with pytest.raises(InputError) as caught:
        height_change(site_heights("EPSG:32632"), ON_ELLIPSOID, grid, ("DTM", "DSM"))
    told = str(caught.value)
    assert told.startswith("DTM names site height and DSM heights above the ellipsoid of WGS 84, between which PROJ")
    assert "install the grid file (projsync), convert the heights of DTM first, or assign" in told


@pytest.mark.parametrize(
    ("flat", "heights", "axes"),
    [(UTM32, "EPSG:32633+5773", 3), (UTM32, "EPSG:4979", 3), (UTM32, "EPSG:32633", 2), ("", "EPSG:4979", 0),
     (crs_text("EPSG:25832"), "EPSG:4979", 2)],
)  # fmt: skip
def test_a_copys_crs_keeps_what_was_said_of_heights(flat, heights, axes):
    made = with_heights_of(flat, crs_text(heights))
    assert same_crs(made, flat) and (axes == 3) == (height_reference(made) is not None)
    if axes == 3:
        assert height_reference(made).name == height_reference(crs_text(heights)).name
    whole = crs_text("EPSG:32632+5773")
    assert with_heights_of(horizontal(whole), whole) == whole
