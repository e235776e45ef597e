"""Sensors that a user adds in a table of their own: a CSV file with a line of titles and a line for each sensor.

    name,ms_gains,pan_gain,satellites,source
    SuperView-1,0.27 0.26 0.25 0.22,0.13,SV1 SUPERVIEW1,edges of our own target 2025

`ms_gains`: MTF gains at Nyquist, one for all bands or one for each, with blanks between them. `pan_gain`: that of the
panchromatic band. `satellites` (may be empty): how the names begin by which providers' metadata call it. `source` (may
be empty): where the numbers come from. Which file it is says the environment variable `RSFUSION_SENSORS`.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from ..basics.errors import InputError
from .sensor import Sensor, plain_name

VARIABLE = "RSFUSION_SENSORS"
TITLES = ("name", "ms_gains", "pan_gain", "satellites", "source")
NEEDED = TITLES[:3]
LARGEST = 1 << 20
"""Bytes of a table at most."""


def own_sensors(taken: Iterable[str] = ()) -> tuple[Sensor, ...]:
    """The sensors of the user's table, () where there is none.

    Parameters
    ----------
    taken : ids that a sensor must not have.

    Raises
    ------
    InputError
        The table cannot be read, or a line of it is no sensor; none of its sensors is there then.
    """
    path = os.environ.get(VARIABLE, "")
    if not path or not Path(path).is_file():
        return ()
    state = Path(path).stat()
    return _read(path, state.st_mtime_ns, state.st_size, tuple(taken))


@lru_cache(maxsize=4)
def _read(path: str, changed: int, size: int, taken: tuple[str, ...]) -> tuple[Sensor, ...]:
    """`changed` and `size` make a changed file a new one."""
    if size > LARGEST:
        raise InputError(f"The table of sensors '{path}' has {size} bytes; expected at most {LARGEST}.")
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The table of sensors '{path}' cannot be read ({error}); write it as CSV in UTF-8.") from None
    rows = list(csv.reader(text.splitlines()))
    titles = [cell.strip().lower() for cell in rows[0]] if rows else []
    if not set(NEEDED) <= set(titles) <= set(TITLES):
        raise InputError(
            f"The table of sensors '{path}' has the titles '{', '.join(titles)}'; expected {', '.join(TITLES)}, of "
            f"which {' and '.join(TITLES[3:])} may be missing."
        )
    found: dict[str, Sensor] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        sensor = _sensor(dict(zip(titles, (cell.strip() for cell in cells))), f"line {number} of '{path}'")
        own = plain_name(sensor.name)
        if own in taken or own in found:
            raise InputError(f"SENSOR: {sensor.name} in line {number} of '{path}' is known already; give another name.")
        found[own] = sensor
    return tuple(found.values())


def _sensor(row: dict[str, str], place: str) -> Sensor:
    name = row.get("name", "")
    if not any(letter.isalnum() for letter in plain_name(name)) or not plain_name(name).isascii():
        raise InputError(f"SENSOR: {place} has the name '{name}'; expected one with Latin letters or digits.")
    gains = _numbers(row.get("ms_gains", ""))
    if not gains:
        raise InputError(f"SENSOR: {place} has '{row.get('ms_gains', '')}' as ms_gains; expected numbers between 0 and "
                         "1 with blanks between them, one for all bands or one for each.")  # fmt: skip
    pan = _numbers(row.get("pan_gain", ""))
    if len(pan) != 1:
        raise InputError(f"SENSOR: {place} has '{row.get('pan_gain', '')}' as pan_gain; expected one number between 0 "
                         "and 1.")  # fmt: skip
    satellites = tuple("".join(letter for letter in word.upper() if letter.isalnum())
                       for word in row.get("satellites", "").split())  # fmt: skip
    return Sensor(name, gains, pan[0], satellites=tuple(filter(None, satellites)), source=row.get("source", ""))


def _numbers(text: str) -> tuple[float, ...]:
    """Numbers between 0 and 1 with blanks or semicolons between them; () where one of them is none."""
    try:
        numbers = tuple(float(part) for part in text.replace(";", " ").split())
    except ValueError:
        return ()
    return numbers if all(0.0 < one < 1.0 for one in numbers) else ()
