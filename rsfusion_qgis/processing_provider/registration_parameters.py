"""The parameters of the algorithms that measure how far two rasters lie off each other, and what they mean.

Names are public: models, scripts and command lines hold them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterBand,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from ..core.alignment.registration import RegistrationJob
from ..core.alignment.shift.residual_shift import Search
from ..core.basics.errors import InputError
from .layers import gdal_source, raster_layer, source_as_placed
from .parameters import RasterParameter, advanced, helped

REFERENCE, SECONDARY = "REFERENCE", "SECONDARY"
REFERENCE_BANDS, SECONDARY_BANDS = "REFERENCE_BANDS", "SECONDARY_BANDS"
MAX_SHIFT, TOLERANCE, MESH = "MAX_SHIFT", "TOLERANCE", "MESH"
NUMBERS = (MAX_SHIFT, TOLERANCE, MESH)
SMALLEST_RANGE_PX, LARGEST_RANGE_PX = 0.1, 256.0
LARGEST_MESH = 40


def registration_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the shared parameters in the order in which a dialog shows them."""
    real, whole = QgsProcessingParameterNumber.Type.Double, QgsProcessingParameterNumber.Type.Integer
    defaults = Search()
    return [
        helped(RasterParameter(REFERENCE, "Reference raster"),
                "The raster that lies where it should."),
        helped(RasterParameter(SECONDARY, "Secondary raster"),
                "The raster that is compared with the reference; its pixels may be up to 16 times larger."),
        _bands(REFERENCE_BANDS, "Bands of the reference", REFERENCE),
        _bands(SECONDARY_BANDS, "Bands of the secondary", SECONDARY),
        helped(QgsProcessingParameterNumber(MAX_SHIFT, "Largest shift to look for (reference pixels)", real,
                                             defaults.max_shift_px, False, SMALLEST_RANGE_PX, LARGEST_RANGE_PX),
                "A shift beyond it is not found, and is reported as uncertain. Larger takes longer and needs larger "
                "rasters."),
        helped(QgsProcessingParameterNumber(TOLERANCE, "Shift that counts as aligned (reference pixels)", real,
                                             RegistrationJob.tolerance_px, False, 0.0),
                "Length of the global shift up to which the rasters count as aligned."),
        advanced(helped(QgsProcessingParameterNumber(MESH, "Chips along the longer side", whole, defaults.mesh,
                                                       False, 1, LARGEST_MESH),
                          "How many places are compared. More take longer and tell more about local distortion; "
                          "small rasters get fewer, so that neighbours overlap by half at most.")),
    ]  # fmt: skip


def read_job(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> RegistrationJob:
    """Return what the shared parameters ask for; on the main thread, where layers live.

    Raises
    ------
    InputError : an input is no raster that GDAL reads, or a number lies outside its range.
    """
    fault = number_fault(algorithm, parameters, context)
    if fault:
        raise InputError(fault)
    return RegistrationJob(
        reference=_source(algorithm, parameters, REFERENCE, context),
        secondary=_source(algorithm, parameters, SECONDARY, context),
        reference_bands=_chosen(algorithm, parameters, REFERENCE_BANDS, context),
        secondary_bands=_chosen(algorithm, parameters, SECONDARY_BANDS, context),
        search=Search(
            max_shift_px=algorithm.parameterAsDouble(parameters, MAX_SHIFT, context),
            mesh=algorithm.parameterAsInt(parameters, MESH, context),
        ),
        tolerance_px=algorithm.parameterAsDouble(parameters, TOLERANCE, context),
    )


def number_fault(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    names: Sequence[str] = NUMBERS,
) -> str:
    """Return a sentence about the first number that is none or lies outside its range, "" where all are fine."""
    for name in names:
        definition, given = algorithm.parameterDefinition(name), parameters.get(name)
        value = algorithm.parameterAsDouble(parameters, name, context)
        accepted = given is None or definition.checkValueIsAcceptable(given, context)
        if not (accepted and math.isfinite(value)):
            low, high = definition.minimum(), definition.maximum()
            span = f"from {low:g} to {high:g}" if high < 1e30 else f"of at least {low:g}"
            return f"{name} is '{given}', but a number {span} is expected."
    return ""


def _source(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> str:
    """Return the name under which GDAL opens a raster as the user sees it."""
    layer = raster_layer(algorithm, parameters, name, context)
    return source_as_placed(layer, gdal_source(name, layer, parameters.get(name)))


def _chosen(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> tuple[int, ...]:
    """Return band numbers from 1, () for all; QGIS itself would read a text that is no number as band 0."""
    given = parameters.get(name)
    if given in (None, "", []):
        return ()
    texts = given.replace(",", ";").split(";") if isinstance(given, str) else given
    listed = isinstance(texts, (list, tuple))
    if listed and not all(str(text).strip().isdecimal() and int(text) > 0 for text in texts):
        raise InputError(f"{name} is '{given}', but band numbers from 1 on are expected, separated by semicolons.")
    return tuple(map(int, texts)) if listed else tuple(algorithm.parameterAsInts(parameters, name, context))


def _bands(name: str, label: str, parent: str) -> QgsProcessingParameterDefinition:
    definition = QgsProcessingParameterBand(name, label, None, parent, True, True)
    return helped(definition, "Bands to compare by. Empty: the structure of all bands.")
