"""Rasters at 180 degrees of longitude: followed where a CRS goes on there, and one plain sentence where it does not."""

from __future__ import annotations

import pytest
from osgeo import osr

from rsfusion_qgis.core.alignment.checks import check_pair
from rsfusion_qgis.core.alignment.pairing import make_pair
from rsfusion_qgis.core.grid.crs import transformation
from rsfusion_qgis.core.grid.grid import Grid

SOUTH = -17.0


def wkt(code: int) -> str:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return str(reference.ExportToWkt())


def degrees(west: float, cols: int = 400) -> Grid:
    return Grid(wkt(4326), (west, 1e-4, 0.0, SOUTH + 0.02, 0.0, -1e-4), cols, 400)


def metres(code: int, west: float, skip: float = 0.0) -> Grid:
    x, y = transformation(wkt(4326), wkt(code)).forward(west, SOUTH)
    return Grid(wkt(code), (x + skip, 10.0, 0.0, y + 2000.0, 0.0, -10.0), 400, 400)


GRIDS = {
    "eastern degrees": degrees(179.98),
    "western degrees": degrees(-180.02),
    "behind the line": degrees(-180.0, 200),
    "zone 60": metres(32760, 179.98),
    "zone 1": metres(32701, -179.98, -4000.0),
    "far away": degrees(10.0),
    "near, but apart": degrees(178.0),
}


def errors(first: str, second: str) -> list[str]:
    pair = make_pair(("PAN", "MS"), GRIDS[first], GRIDS[second], (0.05, 20.0), 0.5, "correct")
    return [one.sentence for one in check_pair(pair) if one.severity == "error"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("eastern degrees", "western degrees"), ("eastern degrees", "behind the line"), ("eastern degrees", "zone 60"),
     ("western degrees", "zone 1"), ("behind the line", "zone 60")],
)  # fmt: skip
def test_a_reference_that_begins_anew(first: str, second: str) -> None:
    (sentence,) = errors(first, second)
    assert sentence.startswith("PAN and MS lie at 180 degrees of longitude") and "UTM zone 1 or 60" in sentence


@pytest.mark.parametrize(
    ("first", "second"),
    [("zone 1", "zone 60"), ("zone 60", "zone 1"), ("zone 1", "eastern degrees"), ("zone 60", "western degrees"),
     ("western degrees", "behind the line"), ("eastern degrees", "eastern degrees")],
)  # fmt: skip
def test_a_reference_that_goes_on(first: str, second: str) -> None:
    assert errors(first, second) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("eastern degrees", "far away"), ("zone 60", "near, but apart"), ("near, but apart", "behind the line")],
)
def test_what_shares_no_ground_is_said_to(first: str, second: str) -> None:
    (sentence,) = errors(first, second)
    assert sentence.startswith("MS does not overlap PAN")
