"""What is known of each sensor: MTF gains at Nyquist, per band and for the panchromatic one.

Values as published by the sensors' makers and collected in the pansharpening literature
(Vivone et al., A new benchmark based on recent advances in multispectral pansharpening,
doi:10.1109/MGRS.2020.3019315), unless `source` says otherwise. No gains for every band that could be traced to a
source were found for SPOT 6 and 7, Pléiades Neo, SuperView, KOMPSAT-3 and 3A, GaoFen-1, Jilin-1, PlanetScope and
SkySat, so they are not here (the guide of pansharpening says what is published of some); users add sensors in a table
of their own, see `own_sensors`. Band order follows the wavelength unless the band names say otherwise.
Who took an image, GDAL reads from what its provider delivers beside it (IMD, MTL, DIM files) as `SATELLITEID`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..basics.errors import InputError
from .own_sensors import own_sensors
from .sensor import Sensor, plain_name
from .sentinel2 import BANDS_M, MTF_GAINS

__all__ = ["Sensor"]


UNKNOWN = Sensor("unknown", (0.30,), 0.15)

OLI_GAINS = (0.55, 0.55, 0.55, 0.55, 0.53, 0.53, 0.53)
OLI_2 = "those of Landsat 8: OLI-2 is a copy of OLI (USGS, https://pubs.usgs.gov/publication/70218235)"

SENSORS: tuple[Sensor, ...] = (
    Sensor("QuickBird", (0.34, 0.32, 0.30, 0.22), 0.15),
    Sensor("IKONOS", (0.26, 0.28, 0.29, 0.28), 0.17),
    Sensor("GeoEye-1", (0.23,), 0.16),
    Sensor("WorldView-2", (0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.27), 0.11),
    Sensor("WorldView-3", (0.325, 0.355, 0.360, 0.350, 0.365, 0.360, 0.335, 0.315), 0.14),
    Sensor("WorldView-4", (0.23,), 0.16),
    Sensor("Pléiades", (0.30,), 0.15),
    Sensor("GaoFen-2", (0.25, 0.21, 0.20, 0.15), 0.05, doubtful_pan=True),
    Sensor("Landsat 8", OLI_GAINS, 0.40),
    Sensor("Landsat 8", (0.55, 0.55, 0.55, 0.53), 0.40),
    Sensor("ALI", (0.29, 0.30, 0.28, 0.29, 0.28, 0.29, 0.25, 0.25, 0.25), 0.11),
    Sensor("Sentinel-2", tuple(MTF_GAINS[band] for band in BANDS_M[10]), UNKNOWN.pan_gain, doubtful_pan=True,
           source="ESA, Sentinel-2 data quality report"),
    Sensor("Landsat 9", OLI_GAINS, 0.40, source=OLI_2),
    Sensor("Landsat 9", (0.55, 0.55, 0.55, 0.53), 0.40, source=OLI_2),
)  # fmt: skip
"""Landsat 8 OLI: .55 in the visible, .53 from the near infrared on; B1-B7, or blue, green, red, near infrared.
Sentinel-2: the bands of 10 m, for a PAN of another satellite, of which nothing is known."""


GENERIC = "generic"
"""The id that stands for a sensor that is not in the list."""


@dataclass(frozen=True)
class SensorChoice:
    """What is known of a pair's sensor.

    Attributes
    ----------
    sensor : str
        Id of a sensor, see `sensor_ids`; "generic" = unknown.
    gains : tuple of float
        MTF gains of the coarse bands by hand, one for all or one each; () = the sensor's.
    pan_gain : float
        MTF gain of the fine image by hand; 0 = the sensor's.
    """

    sensor: str = GENERIC
    gains: tuple[float, ...] = ()
    pan_gain: float = 0.0


def sensor_id(sensor: Sensor) -> str:
    """The name as a static string for a parameter: lower case, letters, digits and underscores."""
    return plain_name(sensor.name)


def shipped_ids() -> tuple[str, ...]:
    """Every sensor of the plugin once, by its id, `GENERIC` first."""
    return (GENERIC, *dict.fromkeys(sensor_id(sensor) for sensor in SENSORS))


def sensor_ids() -> tuple[str, ...]:
    """Every sensor once, by its id: `GENERIC`, the plugin's, and the user's own unless their table is broken."""
    try:
        return (*shipped_ids(), *(sensor_id(sensor) for sensor in own_sensors(shipped_ids())))
    except InputError:
        return shipped_ids()


def broken_table() -> str:
    """The sentence about the first line of the user's table that is no sensor; "" where all are, or no table is."""
    try:
        own_sensors(shipped_ids())
    except InputError as error:
        return str(error)
    return ""


def sensor_by_id(wanted: str, bands: int) -> Sensor:
    """The sensor of that id; of several entries, the one with as many gains as there are bands.

    Raises
    ------
    InputError
        There is no such sensor, or the user's table, in which it would stand, is broken.
    """
    if wanted == GENERIC:
        return UNKNOWN
    named = [sensor for sensor in SENSORS if sensor_id(sensor) == wanted]
    named = named or [sensor for sensor in own_sensors(shipped_ids()) if sensor_id(sensor) == wanted]
    if not named:
        raise InputError(f"SENSOR: found '{wanted}', expected one of {', '.join(sensor_ids())}.")
    return next((sensor for sensor in named if len(sensor.ms_gains) == bands), named[0])


def find_sensor(name: str, bands: int) -> Sensor:
    """The sensor whose name `name` starts with, ignoring case, or `UNKNOWN`.

    Of several entries with that name, the one with as many gains as there are bands.
    """
    named = [sensor for sensor in SENSORS if name.lower().startswith(sensor.name.lower())]
    fitting = [sensor for sensor in named if len(sensor.ms_gains) == bands]
    return next(iter(fitting + named), UNKNOWN)


LANDSAT_BELOW_RATIO = 2.5
"""Ratios of pixel sizes below this are those of Landsat and its like, others those of very high resolution."""


def usual_sensor(ratio: float) -> Sensor:
    """What stands in where nothing is known of PAN, for a ratio of pixel sizes."""
    return UNKNOWN if ratio >= LANDSAT_BELOW_RATIO else sensor_by_id("landsat_8", 4)


_SATELLITES = {
    "QB02": "quickbird", "QUICKBIRD": "quickbird", "IK": "ikonos", "GE01": "geoeye_1", "GEOEYE1": "geoeye_1",
    "WV02": "worldview_2", "WORLDVIEW2": "worldview_2", "WV03": "worldview_3", "WORLDVIEW3": "worldview_3",
    "WV04": "worldview_4", "WORLDVIEW4": "worldview_4", "PHR": "pleiades", "PLEIADES": "pleiades", "GF2": "gaofen_2",
    "GAOFEN2": "gaofen_2", "LANDSAT8": "landsat_8", "LANDSAT9": "landsat_9", "SENTINEL2": "sentinel_2",
}  # fmt: skip
"""Beginnings of satellites' names as providers write them, capitals and digits alone, and the sensor's id."""


def sensor_of_metadata(rasters: Iterable[Mapping[str, Mapping[str, str]]]) -> str:
    """The id of the sensor that some rasters' metadata (domain -> items) name, the first one counts, or `GENERIC`.

    Raises
    ------
    InputError
        The user's table of sensors is broken.
    """
    own = {name: sensor_id(sensor) for sensor in own_sensors(shipped_ids()) for name in sensor.satellites}
    satellites = {**own, **_SATELLITES}
    for metadata in rasters:
        told = metadata.get("IMAGERY", {}).get("SATELLITEID", "").upper()
        plain = "".join(letter for letter in told if letter.isalnum())
        found = [sensor for name, sensor in satellites.items() if plain.startswith(name)]
        if found:
            return found[0]
    return GENERIC


def parse_gains(text: str) -> tuple[float, ...]:
    """MTF gains from a text such as "0.34, 0.32"; () for an empty one.

    Raises
    ------
    InputError
        A part is no number between 0 and 1.
    """
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    for part in parts:
        try:
            fits = 0.0 < float(part) < 1.0
        except ValueError:
            fits = False
        if not fits:
            raise InputError(
                f"GAINS: found '{part}', expected numbers between 0 and 1 (MTF gains at Nyquist), one or one per band "
                "of MS, separated by commas."
            )
    return tuple(float(part) for part in parts)


def band_gains(sensor: str, gains: tuple[float, ...], bands: int) -> tuple[float, ...]:
    """One gain per band: those given by hand, one for all or one each, else those of the sensor of that id.

    Raises
    ------
    InputError
        Their number is neither 1 nor that of the bands, or there is no such sensor.
    """
    if not gains:
        return sensor_by_id(sensor, bands).band_gains(bands)
    if len(gains) not in (1, bands):
        raise InputError(
            f"GAINS: found {len(gains)} numbers, expected one, or one for each of the {bands} bands of MS."
        )
    return gains if len(gains) == bands else gains * bands


def pan_gain_of(sensor: str, gain: float, bands: int) -> float:
    """The pan's gain: that given by hand, else (0) the sensor's.

    Raises
    ------
    InputError
        It is not between 0 and 1.
    """
    if not gain:
        return sensor_by_id(sensor, bands).pan_gain
    if not 0.0 < gain < 1.0:
        raise InputError(f"PAN_GAIN is {gain:g}; expected a number between 0 and 1, or none for the sensor's.")
    return gain
