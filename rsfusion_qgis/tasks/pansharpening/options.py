"""What the user can say about a pansharpening: the sensor, consistency, views."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core.basics.errors import InputError
from ...core.engine.options import option
from ...core.engine.plan import Plan
from ...core.operators.back_projection import FULL, Effort
from ...core.operators.consistency import AUTO, CHOICES, OFF
from ...core.operators.views import COUNTS
from ...core.rasters.source import RasterSource
from ...core.sensors.catalogue import SensorChoice, broken_table, parse_gains, sensor_ids, sensor_of_metadata

BY_METADATA = "auto"
"""The choice of SENSOR that stands for what the rasters' metadata say."""
_CONSISTENCY = (
    "Make the result consistent with MS",
    "Seen as blurred as MS, and at its pixels, the result then gives MS back. How blurred MS is, SENSOR or GAINS say; "
    "if not, the result of a network shows it. auto: where the rasters allow it. off: as it was fused.",
)


_NATIVE_MS = (
    "Recover the coarse pixels of MS",
    "For an MS that was resampled onto the pixels of PAN before, by the nearest neighbour: every pixel then repeats in "
    "blocks. The blocks are found, and one pixel of each is read. An MS that was interpolated cannot be recovered. "
    "Does nothing where MS has larger pixels than PAN.",
)


@dataclass(frozen=True)
class SensorOptions:
    """How blurred MS is.

    Attributes
    ----------
    sensor : str
        Id of a sensor, see `sensors.catalogue`; "auto" = by the metadata, "generic" = unknown.
    gains : tuple of float
        MTF gains of MS at Nyquist by hand, one for all bands or one each; () = the sensor's.
    """

    sensor: str = option(
        BY_METADATA, "Sensor",
        "Says how blurred the bands are (gain of the modulation transfer function at the Nyquist frequency). auto: the "
        "one that the metadata beside MS or PAN name, as providers deliver them (IMD, MTL, DIM files), or generic. "
        "generic: 0.30 for the multispectral bands, 0.15 for the panchromatic one.",
        choices=(BY_METADATA, *sensor_ids()), lacking=broken_table,
    )  # fmt: skip
    gains: tuple[float, ...] = option(
        (), "MTF gains of MS at Nyquist (instead of the sensor's)",
        "One number for all bands or one per band, separated by commas, between 0 and 1, for example "
        "0.34,0.32,0.30,0.22.",
        kind="text", shown="", empty=True, advanced=True, parse=parse_gains,
    )  # fmt: skip


@dataclass(frozen=True)
class PairSensorOptions(SensorOptions):
    """How blurred MS and PAN are; `pan_gain`: MTF gain of PAN by hand, 0 = the sensor's."""

    pan_gain: float = option(
        0.0, "MTF gain of PAN at Nyquist (instead of the sensor's)", "Between 0 and 1. Empty: the sensor's.",
        empty=True, advanced=True,
    )  # fmt: skip


EFFORTS = {"clean": None, "balanced": Effort(1, 0.75), "strong": FULL}
"""DETAIL -> how much of what the fused image lacks of MS is added."""


@dataclass(frozen=True)
class NetworkOptions(PairSensorOptions):
    """How a network pansharpens.

    Attributes
    ----------
    consistency : str
        One of `consistency.CHOICES`.
    views : int
        Over how many views of a tile its answer is averaged.
    native_ms : bool
        Whether an MS with PAN's pixels is read by the coarser ones that repeat in it.
    """

    detail: str = option(
        "balanced", "Detail of the colours",
        "clean: colours are as sharp as MS shows them, and change where PAN shows an edge. strong: colours are made as "
        "sharp as MS and SENSOR allow. They come nearer to what MS measured, but bright edges may ring, and noise "
        "becomes visible. balanced: between the two.",
        choices=tuple(EFFORTS),
    )  # fmt: skip
    consistency: str = option(AUTO, *_CONSISTENCY, choices=CHOICES, advanced=True)
    views: int = option(
        1, "Views to average (1, 2, 4 or 8)",
        "The network fuses every tile as it lies and turned or mirrored, and the answers are averaged: somewhat "
        "better, and as many times slower.",
        low=1, high=max(COUNTS), advanced=True,
    )  # fmt: skip
    native_ms: bool = option(False, *_NATIVE_MS, advanced=True)


@dataclass(frozen=True)
class MethodOptions(SensorOptions):
    """How a classical method pansharpens; `native_ms` as of `NetworkOptions`."""

    consistency: str = option(OFF, *_CONSISTENCY, choices=CHOICES, advanced=True)
    native_ms: bool = option(False, *_NATIVE_MS, advanced=True)


def told_sensor(sensor: str, inputs: Mapping[str, str]) -> str:
    """The id of a sensor; "auto" becomes the one that the metadata of MS or PAN name, where they can be opened."""
    if sensor != BY_METADATA:
        return sensor
    told = []
    for role in ("ms", "pan"):
        try:
            with RasterSource(inputs.get(role, ""), role.upper()) as source:
                told.append(source.metadata)
        except InputError:
            continue
    return sensor_of_metadata(told)


def sensor_of(plan: Plan) -> SensorChoice:
    """The sensor of a run; "auto" becomes the one that the metadata of MS or PAN name."""
    told = plan.job.options
    sensor = told.sensor
    if sensor == BY_METADATA:
        sensor = sensor_of_metadata([plan.headers[role].metadata for role in ("ms", "pan")])
    return SensorChoice(sensor, told.gains, getattr(told, "pan_gain", 0.0))
