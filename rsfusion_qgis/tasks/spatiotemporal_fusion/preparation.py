"""What headers tell of a spatiotemporal fusion: how large cells are, whether bands fit, and what is computed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ...core.alignment.pairing import make_pair
from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.networks.card_fields import MAX_RATIO, Band, InputSpec, OutputSpec
from ...core.rasters.source import RasterSource
from .selection import COARSE, FINE, Selection, select
from .units import wished_index

PREDICTED, TRUST = "predicted", "trust"
"""Names of the arrays that are made."""
LEAST_RATIO = 1.75
"""Pixels of COARSE that are smaller than so many of FINE were made by resampling."""
LOOKED_AT = 512
"""Pixels along each side in which blocks are looked for."""
LEAST_CELLS, LARGEST_CELL = 400, 8
"""Where COARSE was resampled: cells of the scene at least; and their largest side where nothing tells the pixel."""
RATIO_RANGE = (0.5, float(MAX_RATIO))
SHIFT_SHARE = 0.35
"""Of a cell: a shift between fine and coarse images that is borne."""


@dataclass(frozen=True)
class Coarseness:
    """How coarse the coarse sensor is.

    Attributes
    ----------
    pixel : float
        Its pixel in pixels of FINE.
    why : str
        How that is known.
    most : int
        Side of a cell at most, so that a small scene has enough of them.
    resampled : bool
        Whether COARSE has finer pixels than the sensor.
    """

    pixel: float
    why: str
    most: int = MAX_RATIO
    resampled: bool = False

    @property
    def side(self) -> int:
        """Fine pixels along a cell."""
        return int(min(max(2, round(self.pixel)), self.most))


def coarseness(job: Job, chosen: Selection) -> Coarseness:
    """How large the coarse sensor's pixels are.

    Raises
    ------
    InputError, CoregistrationError
        The rasters cannot be compared.
    """
    wish = job.options.coarse_pixel
    names = job.task.parameter(FINE), job.task.parameter(chosen.target.name)
    with RasterSource(job.inputs[FINE], names[0]) as fine, RasterSource(chosen.target.path, names[1]) as coarse:
        ratio = make_pair(names, fine.grid, coarse.grid, RATIO_RANGE, 0.5, job.policy).fit.ratio
        most = max(2, int(math.sqrt(fine.grid.width * fine.grid.height / LEAST_CELLS)))
        if wish >= LEAST_RATIO:
            own = ratio >= LEAST_RATIO
            return Coarseness(wish, "COARSE_PIXEL", MAX_RATIO if own else most, not own)
        if ratio >= LEAST_RATIO:
            return Coarseness(ratio, "its pixels")
        blocks = _blocks(coarse)
        if blocks * ratio >= LEAST_RATIO:
            return Coarseness(blocks * ratio, "its blocks of equal values", most, True)
        side = float(min(LARGEST_CELL, most))
        return Coarseness(side, "its smooth values, so give COARSE_PIXEL if you know it", most, True)


def _blocks(source: RasterSource) -> float:
    """Length of runs of equal values in the middle of a raster, of its coarsest band, in its pixels; 1 = no runs."""
    grid = source.grid
    width, height = min(LOOKED_AT, grid.width), min(LOOKED_AT, grid.height)
    values, _ = source.read(Window((grid.width - width) // 2, (grid.height - height) // 2, width, height))
    lengths = [[size / (1 + (np.diff(band, axis=axis) != 0).any(axis=1 - axis).sum()) for band in values]
               for axis, size in enumerate((height, width))]  # fmt: skip
    return float(np.sqrt(max(lengths[0]) * max(lengths[1])))


def method_card(job: Job) -> MethodCard:
    """The rasters that are looked at; raises InputError where METHOD, the dates or the options do not fit."""
    methods = job.task.faces[0].methods
    if job.method not in methods:
        raise InputError(f"METHOD is '{job.method}'; expected one of {', '.join(methods)}.")
    chosen = select(job)
    coarse = coarseness(job, chosen)
    side, masks, inputs = coarse.side, set(chosen.masks.values()), []
    for name in chosen.used:
        fine = name.startswith(FINE)
        kernel = "nearest" if coarse.resampled and not fine else "cubic"  # cubic would average over several cells
        if name not in masks:
            inputs.append(InputSpec(name, name, ratio=1 if fine else side, required=name == FINE, resampling=kernel))
    outputs = tuple(OutputSpec(name, bands=(Band(name),)) for name in (PREDICTED, TRUST))
    return MethodCard(job.method, tuple(inputs), outputs, max(0.5, SHIFT_SHARE * side), RATIO_RANGE)


def check(plan: Plan) -> tuple[Finding, ...]:
    """What is said about bands and cells; raises InputError where bands do not fit."""
    task, chosen = plan.task, select(plan.job)
    wanted = len(plan.headers[FINE].bands)
    for name in chosen.used:
        if name in chosen.masks.values():
            continue
        bands = len(plan.headers[name].bands)
        if name.startswith(FINE):
            if bands != wanted:
                raise InputError(
                    f"{task.parameter(name)} has {bands} bands, but {task.parameter(FINE)} has {wanted}; expected the "
                    "same bands at all dates, so extract them first."
                )
            continue
        places = plan.job.options.coarse_bands
        if places and (len(places) != wanted or not all(1 <= place <= bands for place in places)):
            raise InputError(f"COARSE_BANDS is {','.join(map(str, places))}; expected {wanted} numbers from 1 to "
                             f"{bands}, one for each band of {task.parameter(FINE)}.")  # fmt: skip
        if not places and bands != wanted:
            raise InputError(
                f"{task.parameter(name)} has {bands} bands, but {task.parameter(FINE)} has {wanted}; expected the same "
                "bands in the same order, so say as COARSE_BANDS which of them correspond."
            )
    wished_index(plan)  # which may refuse
    found = coarseness(plan.job, chosen)
    said = f"A pixel of the coarse sensor is taken for {found.pixel:.3g} pixels of FINE, by {found.why}"
    return (Finding("cells", "info", task.parameter(COARSE), said, found.pixel, None, "px"),)
