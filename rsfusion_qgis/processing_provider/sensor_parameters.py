"""SENSOR, GAINS, PAN_GAIN: how blurred a sensor sees; CONSISTENCY, VIEWS: what makes a pansharpened image better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..core.basics.errors import InputError
from ..core.engine.job import ImageWishes
from ..core.operators.back_projection import CHOICES
from ..core.operators.back_projection import PARAMETER as CONSISTENCY
from ..core.operators.views import COUNTS
from ..core.operators.views import PARAMETER as VIEWS
from ..core.rasters.source import RasterSource
from ..core.sensors.catalogue import parse_gains, sensor_ids, sensor_of_metadata
from .parameters import advanced, choice, helped, text_value

SENSOR, GAINS, PAN_GAIN = "SENSOR", "GAINS", "PAN_GAIN"
AUTO = "auto"
"""The choice of SENSOR that stands for what the rasters' metadata say."""
_TOLD_BY = ("MS", "PAN")


@dataclass(frozen=True)
class SensorChoice:
    """What the user said: the sensor's id; gains by hand, () = none; the pan's by hand, 0 = none."""

    sensor: str
    gains: tuple[float, ...]
    pan_gain: float


def sensor_parameters(with_pan: bool) -> list[QgsProcessingParameterDefinition]:
    """Return SENSOR and GAINS, and PAN_GAIN where the pan is degraded, too."""
    gains = QgsProcessingParameterString(
        GAINS, "MTF gains of MS at Nyquist (instead of the sensor's)", "", optional=True
    )
    definitions = [
        choice(SENSOR, "Sensor", (AUTO, *sensor_ids()), AUTO,
               "Says how blurred the bands are (gain of the modulation transfer function at the Nyquist frequency). "
               "auto: the one that the metadata beside MS or PAN name, as providers deliver them (IMD, MTL, DIM "
               "files), else generic. generic: 0.30 for the multispectral bands, 0.15 for the panchromatic one."),
        advanced(helped(gains, "One number for all bands or one per band, parted by commas, between 0 and 1, for "
                               "example 0.34,0.32,0.30,0.22.")),
    ]  # fmt: skip
    if with_pan:
        pan_gain = QgsProcessingParameterNumber(
            PAN_GAIN, "MTF gain of PAN at Nyquist (instead of the sensor's)",
            QgsProcessingParameterNumber.Type.Double, None, optional=True,
        )  # fmt: skip
        definitions.append(advanced(helped(pan_gain, "Between 0 and 1. Empty: the sensor's.")))
    return definitions


def read_sensor(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> SensorChoice:
    """Return the values of SENSOR, found out where it is AUTO, GAINS and, where the algorithm has it, PAN_GAIN.

    Raises
    ------
    InputError : GAINS are no numbers between 0 and 1.
    """
    text = str(algorithm.parameterAsString(parameters, GAINS, context))
    has_pan = algorithm.parameterDefinition(PAN_GAIN) is not None and parameters.get(PAN_GAIN) not in (None, "")
    sensor = text_value(algorithm, parameters, SENSOR, context)
    return SensorChoice(
        _told_sensor(algorithm, parameters, context) if sensor == AUTO else sensor,
        parse_gains(text),
        algorithm.parameterAsDouble(parameters, PAN_GAIN, context) if has_pan else 0.0,
    )


def _told_sensor(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> str:
    """Return the id of the sensor that the metadata of MS or PAN name; what cannot be opened names none here."""
    told = []
    for name in _TOLD_BY:
        has_it = algorithm.parameterDefinition(name) is not None
        layer = algorithm.parameterAsRasterLayer(parameters, name, context) if has_it else None
        if layer is not None and layer.isValid():
            try:
                with RasterSource(layer.source(), name) as source:
                    told.append(source.metadata)
            except InputError:
                continue
    return sensor_of_metadata(told)


def consistency_parameter(default: str) -> QgsProcessingParameterDefinition:
    """Return CONSISTENCY, for algorithms that pansharpen."""
    return advanced(choice(
        CONSISTENCY, "Make the result consistent with MS", CHOICES, default,
        "Seen as blurred as MS, and at its pixels, the result shall give MS back; what it lacks is added to it. How "
        "blurred MS is, SENSOR or GAINS say, else a network's result shows it. auto: where the rasters allow it. off: "
        "as it was fused.",
    ))  # fmt: skip


def views_parameter() -> QgsProcessingParameterDefinition:
    """Return VIEWS, for networks that pansharpen."""
    views = QgsProcessingParameterNumber(
        VIEWS, "Views to average (1, 2, 4 or 8)", QgsProcessingParameterNumber.Type.Integer, 1, minValue=1,
        maxValue=max(COUNTS),
    )  # fmt: skip
    return advanced(helped(views, "The network fuses every tile as it lies and turned or mirrored, and the answers are "
                                  "averaged: somewhat better, and as many times slower."))  # fmt: skip


def read_wishes(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> ImageWishes:
    """Return CONSISTENCY with the sensor, and VIEWS where the algorithm has it; raises as `read_sensor`."""
    sensor = read_sensor(algorithm, parameters, context)
    consistency = text_value(algorithm, parameters, CONSISTENCY, context)
    views = algorithm.parameterAsInt(parameters, VIEWS, context) if algorithm.parameterDefinition(VIEWS) else 1
    return ImageWishes(consistency, sensor.sensor, sensor.gains, sensor.pan_gain, views)
