"""Where the Sun stood when a Sentinel-2 image was taken: from its metadata, or from time and place.

Position after the low-precision formulas of the Astronomical Almanac (Michalsky 1988,
doi:10.1016/0038-092X(88)90045-X), good to about 0.01 degrees between 1950 and 2050, without refraction.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Optional

LOWEST_DEG = 5.0
"""Below this elevation no image is taken and shadows have no end."""
_AZIMUTH = ("MEAN_SOLAR_AZIMUTH_ANGLE", "MEAN_SUN_AZIMUTH_ANGLE", "VIEW:SUN_AZIMUTH", "SUN_AZIMUTH")
_ELEVATION = ("VIEW:SUN_ELEVATION", "SUN_ELEVATION")
_ZENITH = ("MEAN_SOLAR_ZENITH_ANGLE", "MEAN_SUN_ZENITH_ANGLE")
_TIME = (
    "DATATAKE_1_DATATAKE_SENSING_START", "DATATAKE_SENSING_START", "SENSING_TIME", "PRODUCT_START_TIME",
    "ACQUISITIONDATETIME", "DATETIME", "SYSTEM:TIME_START",
)  # fmt: skip


@dataclass(frozen=True)
class Sun:
    """Where the Sun stands.

    Attributes
    ----------
    azimuth_deg : float
        Clockwise from the top of the raster, which is north.
    elevation_deg : float
        Above the horizon, > 0.
    """

    azimuth_deg: float
    elevation_deg: float

    def throw_m(self, height_m: float) -> float:
        """Distance on the ground from below a cloud to its shadow."""
        return height_m / math.tan(math.radians(self.elevation_deg))


def find_sun(
    metadata: Mapping[str, Mapping[str, str]], longitude_deg: Optional[float] = None,
    latitude_deg: Optional[float] = None,
) -> Optional[Sun]:  # fmt: skip
    """The Sun of an image; None where neither angles nor the time of sensing are known.

    Parameters
    ----------
    metadata : domain -> {key: value} of the raster.
    longitude_deg, latitude_deg : of the raster's middle, east and north positive; None = not known.
    """
    entries = {key.upper(): text for domain in metadata.values() for key, text in domain.items()}
    azimuth, elevation, zenith = (_number(entries, keys) for keys in (_AZIMUTH, _ELEVATION, _ZENITH))
    if elevation is None and zenith is not None:
        elevation = 90.0 - zenith
    if azimuth is not None and elevation is not None and LOWEST_DEG <= elevation <= 90:
        return Sun(azimuth % 360, elevation)
    time = next((found for found in (_time(entries.get(key, "")) for key in _TIME) if found), None)
    if time is None or longitude_deg is None or latitude_deg is None:
        return None
    sun = sun_position(time, longitude_deg, latitude_deg)
    return sun if sun.elevation_deg >= LOWEST_DEG else None


def sun_position(time: datetime, longitude_deg: float, latitude_deg: float) -> Sun:
    """The Sun at a time, which is UTC where it does not say otherwise."""
    moment = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
    days = (moment - datetime(2000, 1, 1, 12, tzinfo=timezone.utc)).total_seconds() / 86_400
    mean = math.radians((357.528 + 0.9856003 * days) % 360)
    ecliptic = math.radians((280.460 + 0.9856474 * days + 1.915 * math.sin(mean) + 0.020 * math.sin(2 * mean)) % 360)
    tilt = math.radians(23.439 - 0.0000004 * days)
    ascension = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    declination = math.asin(math.sin(tilt) * math.sin(ecliptic))
    sidereal = math.radians(((18.697374558 + 24.06570982441908 * days) % 24) * 15 + longitude_deg)
    hour, latitude = sidereal - ascension, math.radians(latitude_deg)
    east = -math.cos(declination) * math.sin(hour)
    north = math.cos(latitude) * math.sin(declination) - math.sin(latitude) * math.cos(declination) * math.cos(hour)
    up = math.sin(latitude) * math.sin(declination) + math.cos(latitude) * math.cos(declination) * math.cos(hour)
    return Sun(math.degrees(math.atan2(east, north)) % 360, math.degrees(math.asin(max(-1.0, min(1.0, up)))))


def _number(entries: Mapping[str, str], keys: tuple[str, ...]) -> Optional[float]:
    for key in keys:
        try:
            return float(entries[key])
        except (KeyError, ValueError):
            continue
    return None


def _time(text: str) -> Optional[datetime]:
    """A date with a time of day, ISO 8601; None for anything else."""
    plain = text.strip().replace("Z", "+00:00").replace(" ", "T", 1)
    if "T" not in plain:
        return None
    body, plus, zone = plain.partition("+")
    whole, point, fraction = body.partition(".")
    seconds = f"{whole}.{fraction[:6].ljust(6, '0')}" if point else whole
    try:
        return datetime.fromisoformat(seconds + plus + zone)
    except ValueError:
        return None
