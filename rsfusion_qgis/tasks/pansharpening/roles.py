"""The two rasters of a pansharpening, and how sentences of an assessment call them."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.assessment.images.quality_rasters import RasterName
from ...core.engine.contract import COARSE, FINE, Role

ROLES = (
    Role(
        "pan", "Panchromatic raster", "One band, the finer pixels. Its grid is the grid of the result.", bands=1,
        tag=FINE,
    ),
    Role("ms", "Multispectral raster", "One or more bands, the coarser pixels.", tag=COARSE),
)  # fmt: skip


def raster_names(inputs: Mapping[str, str]) -> tuple[RasterName, RasterName]:
    """The fine and the coarse raster of some inputs, role -> path."""
    fine, coarse = (RasterName(inputs[r.name], r.parameter, r.label, r.bands or 0) for r in ROLES)
    return fine, coarse
