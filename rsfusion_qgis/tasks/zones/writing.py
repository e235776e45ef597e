"""The zones with their class and its probability, as a vector file with the fields that the layer had."""

from __future__ import annotations

from pathlib import Path

from ...core.rasters.vector_copy import copy_with_columns
from .forest import Classified
from .reading import Zones

PREDICTED, PROBABILITY, CHECKED = "predicted", "probability", "checked"


def write_zones(source: str, path: Path, driver: str, zones: Zones, found: Classified, parameter: str) -> None:
    """Copy the zones of a layer and add the fields `predicted`, `probability` and `checked`.

    `checked` is 1 where the class was known, so that `predicted` comes from forests that had not seen the zone.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    columns = {
        PREDICTED: [zones.classes[place] for place in found.places],
        PROBABILITY: [float(chance) for chance in found.chances],
        CHECKED: [int(known >= 0) for known in zones.known],
    }
    copy_with_columns(source, path, driver, [int(number) for number in zones.numbers], columns, parameter)
