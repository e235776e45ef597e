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
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
)

from ..core.alignment.correction import BEST, METHODS
from ..core.alignment.registration import RegistrationJob
from ..core.alignment.shift.residual_shift import Search
from ..core.alignment.shift.wide import search_within
from ..core.basics.errors import InputError
from ..core.rasters.virtual_raster import KERNELS
from .layers import gdal_source, raster_layer, source_as_placed
from .parameters import RasterParameter, advanced, choice, helped
from .presets import preset_pair

REFERENCE, SECONDARY = "REFERENCE", "SECONDARY"
REFERENCE_BANDS, SECONDARY_BANDS = "REFERENCE_BANDS", "SECONDARY_BANDS"
MAX_SHIFT, TOLERANCE, MESH = "MAX_SHIFT", "TOLERANCE", "MESH"
METHOD, ON_REFERENCE_GRID, RESAMPLING = "METHOD", "ON_REFERENCE_GRID", "RESAMPLING"
NUMBERS = (MAX_SHIFT, TOLERANCE, MESH)
SMALLEST_RANGE_PX, LARGEST_RANGE_PX = 0.1, 256.0
METHOD_WORDS = {
    "best": "The simplest that suffices",
    "shift": "Shift",
    "similarity": "Shift, rotation and scale",
    "affine": "Affine: also sheared",
    "polynomial": "Polynomial",
    "tps": "Thin plate spline",
}
LARGEST_MESH = 40


def registration_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the shared parameters in the order in which a dialog shows them."""
    secondary = RasterParameter(SECONDARY, "Secondary raster")
    return [
        *_proposed(
            _reference(),
            helped(secondary,
                   "The raster that is compared with the reference; its pixels may be up to 16 times larger."),
        ),
        advanced(_bands(REFERENCE_BANDS, "Bands of the reference", REFERENCE)),
        advanced(_bands(SECONDARY_BANDS, "Bands of the secondary", SECONDARY)),
        *search_parameters(),
    ]  # fmt: skip


def _proposed(*rasters: QgsProcessingParameterDefinition) -> list[QgsProcessingParameterDefinition]:
    """Return the two rasters; dialogs propose two layers for them, and not the active one twice."""
    layers = preset_pair(REFERENCE, SECONDARY)
    for one in rasters:
        if one.name() in layers:
            one.setGuiDefaultValueOverride(layers[one.name()])
    return list(rasters)


def stack_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return what many secondaries on one reference have of the shared parameters."""
    bands = advanced(_bands(REFERENCE_BANDS, "Bands of the reference", REFERENCE))
    return [_reference(), bands, *(advanced(one) for one in search_parameters())]


def _reference() -> QgsProcessingParameterDefinition:
    return helped(RasterParameter(REFERENCE, "Reference raster"),
                  "The raster that lies where it should.")  # fmt: skip


def search_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return how rasters are compared."""
    real, whole = QgsProcessingParameterNumber.Type.Double, QgsProcessingParameterNumber.Type.Integer
    farthest = QgsProcessingParameterNumber(
        MAX_SHIFT, "Largest shift to look for (reference pixels)", real, None, True, SMALLEST_RANGE_PX, LARGEST_RANGE_PX
    )
    tolerance = QgsProcessingParameterNumber(
        TOLERANCE, "Shift that counts as aligned (reference pixels)", real, RegistrationJob.tolerance_px, False, 0.0
    )
    mesh = QgsProcessingParameterNumber(
        MESH, "Chips along the longer side", whole, Search.mesh, False, 1, LARGEST_MESH
    )  # fmt: skip
    return [
        advanced(helped(farthest, "Empty: found by itself, to 5 % of the image or 100 pixels, and farther where the "
                                  "best match lies at the edge. A shift beyond it is not found, and is reported as "
                                  "uncertain. Rotation to 5 degrees, scale to 3 % and shear are looked for, too, "
                                  "where the rasters do not simply lie a few pixels apart.")),
        helped(tolerance, "Length of the global shift up to which the rasters count as aligned."),
        advanced(helped(mesh, "How many places are compared. More take longer and tell more about local distortion; "
                              "small rasters get fewer, so that neighbours overlap by half at most.")),
    ]  # fmt: skip


def correction_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return what says how rasters are corrected."""
    on_grid = QgsProcessingParameterBoolean(ON_REFERENCE_GRID, "Resample onto the grid of the reference", False)
    return [
        choice(METHOD, "Correction", (*METHODS, BEST), BEST,
               "best: the simplest of the others whose error on places left out of its fit is not clearly larger than "
               "the smallest. shift: moved as a whole. similarity: also turned and stretched. affine: also sheared. "
               "These leave the pixels as they are. polynomial: warped by a polynomial through the places that agree. "
               "tps: by a thin plate spline through each of them, for images of one kind and strong local "
               "distortion."),
        helped(on_grid, "The result gets the pixel size of the reference and pixels that coincide with the "
                        "reference's, over the area that both cover. Needed where the rasters have no georeferencing."),
        advanced(choice(RESAMPLING, "Resampling", KERNELS, KERNELS[0],
                        "How pixels are computed anew where the correction or the grid needs it; nearest for "
                        "classes.")),
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
    has_secondary = algorithm.parameterDefinition(SECONDARY) is not None
    return RegistrationJob(
        reference=_source(algorithm, parameters, REFERENCE, context),
        secondary=_source(algorithm, parameters, SECONDARY, context) if has_secondary else "",
        reference_bands=_chosen(algorithm, parameters, REFERENCE_BANDS, context),
        secondary_bands=_chosen(algorithm, parameters, SECONDARY_BANDS, context) if has_secondary else (),
        search=search_within(
            algorithm.parameterAsDouble(parameters, MAX_SHIFT, context) if _given(parameters, MAX_SHIFT) else None,
            algorithm.parameterAsInt(parameters, MESH, context),
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
        if name == MAX_SHIFT and not _given(parameters, name):
            continue
        definition, given = algorithm.parameterDefinition(name), parameters.get(name)
        value = algorithm.parameterAsDouble(parameters, name, context)
        accepted = given is None or definition.checkValueIsAcceptable(given, context)
        if not (accepted and math.isfinite(value)):
            low, high = definition.minimum(), definition.maximum()
            span = f"from {low:g} to {high:g}" if high < 1e30 else f"of at least {low:g}"
            return f"{name} is '{given}', but a number {span} is expected."
    return ""


def _given(parameters: dict[str, Any], name: str) -> bool:
    return parameters.get(name) not in (None, "")


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
