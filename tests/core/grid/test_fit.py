"""How two grids lie on each other: laws and cases by hand; reference pixels of 1 m, 100 x 80."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from osgeo import osr

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.crs import transformation
from rsfusion_qgis.core.grid.fit import OTHER_CRS, TURNED, Fit
from rsfusion_qgis.core.grid.grid import Grid, Window
from tests.rasters import crs_text

UTM32, UTM33 = crs_text("EPSG:32632"), crs_text("EPSG:32633")


def grid(size=1.0, width=100, height=80, x=0.0, y=0.0, degrees=0.0, crs=UTM32) -> Grid:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return Grid(crs, (500000.0 + x, size * c, size * s, 5000000.0 - y, size * s, -size * c), width, height)


@pytest.mark.parametrize(
    ("other", "reason", "pasted", "nests"),
    [
        (grid(), "", True, True),
        (grid(x=-7, y=3), "", True, True),
        (grid(x=0.5), "", False, False),
        (grid(4.0, 25, 20), "", False, True),
        (grid(4.0, 25, 20, x=2), "", False, True),
        (grid(4.0, 25, 20, x=2.1), "", False, False),
        (grid(2.5, 40, 32), "", False, False),
        (grid(4.0, 25, 20, degrees=3), TURNED, False, False),
        (grid(4.0, 25, 20, crs=UTM33), OTHER_CRS, False, False),
        (grid(4.0, 25, 20, crs=""), "", False, True),
    ],
)  # fmt: skip
def test_what_reading_takes(other: Grid, reason: str, pasted: bool, nests: bool) -> None:
    fit = Fit(grid(), other)
    assert (fit.reason, fit.warped, fit.pasted, fit.nests()) == (reason, bool(reason), pasted, nests)


@given(st.floats(0.3, 9), st.floats(-60, 60), st.floats(-60, 60))
def test_from_the_other_side_it_is_the_reverse(size: float, x: float, y: float) -> None:
    there, back = Fit(grid(), grid(size, x=x, y=y)), Fit(grid(size, x=x, y=y), grid())
    assert there.ratio * back.ratio == pytest.approx(1)
    assert there.ratio == pytest.approx(size)
    assert there.to_reference(0, 0) == pytest.approx((x, y), abs=1e-6)
    assert there.footprint == pytest.approx((x, y, x + 100 * size, y + 80 * size), abs=1e-6)


@pytest.mark.parametrize(
    ("other", "moved", "window"),
    [
        (grid(4.0, 25, 20), (0, 0), Window(0, 0, 100, 80)),
        (grid(4.0, 20, 10, x=8, y=4), (0, 0), Window(8, 4, 80, 40)),
        (grid(4.0, 20, 10, x=8, y=4), (-3, 2), Window(8, 4, 80, 40)),
        (grid(4.0, 20, 10, x=8, y=4), (4, -4), Window(8, 4, 80, 40)),
        (grid(4.0, 20, 10, x=8, y=4), (-5, 2), Window(3, 6, 80, 40)),
        (grid(4.0, 25, 20), (1.3, -0.7), Window(0, 0, 100, 80)),
        (grid(4.0, 5, 5, x=400), (0, 0), Window(400, 0, 0, 20)),
    ],
)  # fmt: skip
def test_what_it_covers(other: Grid, moved: tuple[float, float], window: Window) -> None:
    """Moved by up to one of its own pixels, it covers what it covered before."""
    found = Fit(grid(), other).covered(moved)
    assert found == window or (found.is_empty and window.is_empty)


def test_share_rotation_and_corner() -> None:
    assert Fit(grid(), grid(2.0, 25, 40)).covered_share == pytest.approx(0.5)
    assert Fit(grid(), grid(2.0, 25, 40, x=500)).covered_share == 0
    assert Fit(grid(), grid(degrees=3)).rotation_deg == pytest.approx(3)
    assert Fit(grid(), grid(4.0, x=1.75, y=-0.25)).corner_off == pytest.approx((-0.25, -0.25))


def test_through_another_crs_sizes_and_places_are_those_on_the_ground() -> None:
    reference = Grid(UTM32, (600000.0, 5.0, 0.0, 5500000.0, 0.0, -5.0), 400, 400)
    x, y = transformation(UTM32, UTM33).forward(600000.0, 5500000.0)
    fit = Fit(reference, Grid(UTM33, (x, 10.0, 0.0, y, 0.0, -10.0), 100, 100))
    assert fit.way is not None
    assert fit.to_reference(0, 0) == pytest.approx((0, 0), abs=1e-3)
    assert fit.ratio == pytest.approx(2, rel=0.1)  # turned by 5 degrees against each other
    assert 0.15 < fit.covered_share < 0.35
    assert (fit.covered().col_off, fit.covered().row_off) == (0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [(32633, 25833), (25833, 32633), (4326, 4258), (4269, 4326), (32633, "EPSG:32633+5773"), (25833, "EPSG:32633+3855"),
     (4258, "EPSG:4979"), ("EPSG:32632+5773", "EPSG:25832+7837")],
)  # fmt: skip
def test_two_crs_between_which_nothing_moves_are_one_frame(one: int | str, other: int | str) -> None:
    """ETRS89, NAD83 and WGS 84 differ by less than PROJ transforms; heights say nothing of where pixels lie."""
    texts = [crs_text(code if isinstance(code, str) else f"EPSG:{code}") for code in (one, other)]
    step = 1e-4 if "+units=m" not in _proj4(texts[0]) else 10.0
    place = (8.6, 48.1) if step < 1 else (500000.0, 5330000.0)
    grids = [Grid(text, (place[0], size, 0.0, place[1], 0.0, -size), 80 // n, 80 // n)
             for text, size, n in zip(texts, (step, 4 * step), (1, 4))]  # fmt: skip
    fit = Fit(*grids)
    assert fit.one_frame and not fit.warped and fit.nests() and fit.reason == ""
    assert fit.ratio == pytest.approx(4) and fit.covered() == grids[0].window


def _proj4(text: str) -> str:
    srs = osr.SpatialReference()
    srs.ImportFromWkt(text)
    return str(srs.ExportToProj4())


def test_a_shift_of_a_tenth_of_a_pixel_is_another_frame() -> None:
    """From ETRS89 to DHDN things move by 100 m, from one zone to the next by much more."""
    for code in (31467, 32632):
        assert not Fit(grid(crs=crs_text("EPSG:25833")), grid(crs=crs_text(f"EPSG:{code}"))).one_frame
    assert not Fit(grid(), grid(crs="")).one_frame and Fit(grid(crs=""), grid(crs="")).one_frame


def test_without_a_way_it_says_so() -> None:
    local = 'LOCAL_CS["site",UNIT["metre",1]]'
    with pytest.raises(InputError, match="no transformation"):
        _ = Fit(grid(), grid(crs=local)).way
