"""Samples as they are given, brought onto a grid: features of a vector layer, or a raster of class codes."""

from __future__ import annotations

from typing import Optional

from ...grid.grid import Grid
from .raster_samples import RasterSamples
from .samples import Samples, SampleSource, Watch
from .vector_samples import VectorSamples


def open_samples(source: SampleSource, grid: Grid, watch: Optional[Watch] = None) -> Samples:
    """Bring samples onto a grid; its CRS may differ from theirs.

    Parameters
    ----------
    source : SampleSource
    grid : Grid
    watch : called with the share that is done; may raise to stop.

    Raises
    ------
    InputError
        The file or field is unusable, holds lines, no class at all or too many, or no sample inside the grid.
    """
    return VectorSamples(source, grid, watch) if source.field else RasterSamples(source, grid, watch)
