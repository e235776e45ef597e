"""Where the Sun stands: outside truth, metadata, nothing known."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from rsfusion_qgis.core.sensors.sun import Sun, find_sun, sun_position


def test_the_published_example_of_the_solar_position_algorithm() -> None:
    """Reda and Andreas, NREL/TP-560-34302, 2008, appendix A.5: zenith 50.11162, azimuth 194.34024 degrees."""
    time = datetime(2003, 10, 17, 12, 30, 30, tzinfo=timezone(timedelta(hours=-7)))
    sun = sun_position(time, -105.1786, 39.742476)
    assert sun.azimuth_deg == pytest.approx(194.34024, abs=0.02)
    assert 90 - sun.elevation_deg == pytest.approx(50.11162, abs=0.03)


@pytest.mark.parametrize(
    ("month", "latitude", "elevation", "azimuth"),
    [(6, 50.0, 63.4, 180), (12, 50.0, 16.6, 180), (12, -50.0, 63.4, 0), (6, -50.0, 16.6, 0)],
)
def test_noon_at_the_solstices(month: int, latitude: float, elevation: float, azimuth: float) -> None:
    noon = min(
        (sun_position(datetime(2020, month, 21, 11, 30) + timedelta(minutes=m), 0.0, latitude) for m in range(60)),
        key=lambda sun: -sun.elevation_deg,
    )
    assert noon.elevation_deg == pytest.approx(elevation, abs=0.1)
    assert abs((noon.azimuth_deg - azimuth + 180) % 360 - 180) < 1


def test_shadows_are_as_long_as_clouds_are_high_at_45_degrees() -> None:
    assert Sun(120, 45).throw_m(1500) == pytest.approx(1500)
    assert Sun(120, 20).throw_m(1500) > Sun(120, 60).throw_m(1500)


@pytest.mark.parametrize(
    "entries",
    [
        {"MEAN_SOLAR_AZIMUTH_ANGLE": "150.5", "MEAN_SOLAR_ZENITH_ANGLE": "35.25"},
        {"view:sun_azimuth": "150.5", "view:sun_elevation": "54.75"},
    ],
)
def test_angles_in_the_metadata(entries: dict[str, str]) -> None:
    assert find_sun({"": entries}) == Sun(150.5, 54.75)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("DATATAKE_1_DATATAKE_SENSING_START", "2017-06-13T10:10:31.026Z"),
        ("PRODUCT_START_TIME", "2017-06-13T10:10:31Z"),
        ("datetime", "2017-06-13 10:10:31"),
        ("datetime", "2017-06-13T12:10:31+02:00"),
    ],
)
def test_time_and_place(key: str, text: str) -> None:
    found = find_sun({"IMAGERY": {key: text}}, 14.0, 48.0)
    expected = sun_position(datetime(2017, 6, 13, 10, 10, 31), 14.0, 48.0)
    assert found.azimuth_deg == pytest.approx(expected.azimuth_deg, abs=0.02)
    assert 55 < found.elevation_deg < 65


@pytest.mark.parametrize(
    ("entries", "place"),
    [
        ({}, (14.0, 48.0)),
        ({"DATETIME": "2017-06-13"}, (14.0, 48.0)),
        ({"DATETIME": "unknown"}, (14.0, 48.0)),
        ({"DATETIME": "2017-06-13T10:10:31"}, (None, None)),
        ({"DATETIME": "2017-06-13T23:10:31"}, (14.0, 48.0)),
        ({"SUN_AZIMUTH": "150", "SUN_ELEVATION": "-3"}, (None, None)),
    ],
)
def test_nothing_known(entries: dict[str, str], place: tuple) -> None:
    assert find_sun({"": entries}, *place) is None
