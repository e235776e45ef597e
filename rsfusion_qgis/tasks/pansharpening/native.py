"""The pixels of MS: coarser than those of PAN, as recorded, exchanged with PAN, or resampled onto it before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from ...core.alignment.checks.resolution_ratio import EQUAL, exchanged
from ...core.basics.errors import CoregistrationError, InputError
from ...core.basics.findings import Finding
from ...core.engine.job import Job
from ...core.grid.fit import Fit
from ...core.grid.grid import Grid
from ...core.rasters.replication import Blocks, find_blocks, own_pixels
from ...core.rasters.source import RasterSource

PARAMETER = "NATIVE_MS"


def complete(job: Job) -> tuple[dict[str, str], Sequence[Finding]]:
    """The rasters of a job, with MS by its own pixels where that is wished and it was resampled onto PAN before.

    Raises
    ------
    InputError
        A raster cannot be opened.
    CoregistrationError
        MS has finer pixels than PAN, or PAN's pixels and the wish is missing or cannot be met.
    """
    path = job.inputs["ms"]
    with RasterSource(job.inputs["pan"], "PAN") as pan, RasterSource(path, "MS") as ms:
        ratio = _ratio(pan.grid, ms.grid)
        if ratio is not None and ratio < 1 - EQUAL:
            raise CoregistrationError(exchanged("PAN", "MS", ratio).sentence)
        if ratio is None or ratio > 1 + EQUAL or len(pan.bands) > 1:  # a PAN of several bands is refused elsewhere
            return job.inputs, ()
        blocks = find_blocks(ms)
        if blocks is None or not job.options.native_ms:
            raise CoregistrationError(_refusal(blocks, job.options.native_ms))
        _require_begun(blocks, ms.grid)
    size = f"{blocks.size} x {blocks.size}"
    words = f"MS repeats every pixel in blocks of {size}, from column {blocks.col}, row {blocks.row}, of '{path}' on"
    said = Finding("native_pixels", "info", "MS", f"{words}; one pixel of each block is read")
    return {**job.inputs, "ms": own_pixels(path, blocks)}, (said,)


def _refusal(blocks: Optional[Blocks], wished: bool) -> str:
    """The sentence about an MS that has PAN's pixels."""
    found, wanted = "MS has pixels as small as those of PAN", "expected MS in its own, coarser pixels"
    cure = "give MS as it was delivered, before it was resampled onto PAN"
    if blocks is None:
        but = f"and {PARAMETER} finds no blocks in which they repeat" if wished else "so it was resampled onto PAN"
        return f"{found}, {but}; {wanted}, so {cure}."
    size = f"{blocks.size} x {blocks.size}"
    return f"{found}, and they repeat in blocks of {size}; {wanted}, so switch {PARAMETER} on, or {cure}."


def _require_begun(blocks: Blocks, grid: Grid) -> None:
    if not grid.is_georeferenced and (blocks.col or blocks.row):
        raise CoregistrationError(
            f"{PARAMETER}: the blocks in which MS repeats begin at column {blocks.col}, row {blocks.row}; expected 0 "
            "and 0 without georeferencing, so crop PAN and MS alike or georeference both."
        )


def _ratio(pan: Grid, ms: Grid) -> Optional[float]:
    """Pixel size of MS over that of PAN; None where the engine must say first why it cannot be told."""
    if bool(pan.crs_wkt) != bool(ms.crs_wkt) or pan.is_georeferenced != ms.is_georeferenced:
        return None
    if not pan.is_georeferenced:
        return pan.width / ms.width
    try:
        return Fit(pan, ms).ratio
    except InputError:
        return None
