"""Curves over the bands for the report: spectra of some pixels, and how far the result is from the image."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...core.engine.job import Result
from ...core.grid.grid import Window
from ...core.operators.back_projection import through
from ...core.rasters.band_info import BandInfo
from ...core.rasters.source import RasterSource
from ...core.rasters.spectral import physical, wavelengths_nm
from ...core.reports import charts
from ...core.reports import page as html_page
from .coarse import GUIDE, open_image, stored_sampling
from .response import Response

PLACES = 3
"""Pixels along the diagonal whose spectra are drawn."""
COARSE_PX = 32
"""Side, in pixels of HS, of the part in the middle where the result is compared with HS."""


@dataclass(frozen=True)
class Shown:
    """What a report is about.

    Attributes
    ----------
    bands, guide_bands : of HS and of GUIDE.
    used : (bands,) bool: from which something was learned.
    ratio, gain : of HS.
    low : as of `AlignedInput`, None = not known.
    response : of GUIDE, where the scene was asked for it.
    """

    bands: tuple[BandInfo, ...]
    guide_bands: tuple[BandInfo, ...]
    used: np.ndarray
    ratio: float
    gain: float
    low: Optional[np.ndarray] = None
    response: Optional[Response] = None


def shown_of(result: Result) -> Shown:
    """By what the run gives: the scene that a method has surveyed, or, of a network, the plan alone."""
    plan = result.plan
    guide = plan.headers[GUIDE].bands
    if result.summary is None:
        with closing(open_image(plan)) as layer:
            bands = layer.source.bands
        return Shown(bands, guide, np.ones(len(bands), bool), plan.ratio, plan.job.options.hs_gain)
    scene, _ = result.summary
    coarse = scene.coarse
    return Shown(coarse.layer.source.bands, guide, scene.used, coarse.ratio, coarse.gain, coarse.layer.low,
                 scene.response)  # fmt: skip


def axis_of(bands: Sequence[BandInfo]) -> tuple[np.ndarray, str]:
    """Where each band stands on the axis, and what that is called."""
    centres = wavelengths_nm(bands)
    if np.isnan(centres).any():
        return np.arange(1.0, len(centres) + 1), "band"
    return centres, "nm"


def spectra(shown: Shown, result: Result) -> list[str]:
    """Spectra of a few pixels of the image, of the result there, and what GUIDE shows there."""
    grid, (axis, name) = result.grid.crop(result.plan.extent), axis_of(shown.bands)
    layer, guide = open_image(result.plan), RasterSource(result.plan.job.inputs[GUIDE], GUIDE.upper())
    layer.low = shown.low
    drawings = []
    with closing(layer), guide, RasterSource(result.made["OUTPUT"], "OUTPUT") as made:
        for place in range(PLACES):
            share = (place + 0.5) / PLACES
            col, row = int(grid.width * share), int(grid.height * share)
            spot = Window(result.plan.extent.col_off + col, result.plan.extent.row_off + row, 1, 1)
            found = {"HS": layer.read(spot), "result": made.read(Window(col, row, 1, 1))}
            x, series = _series(shown, axis, found, _guide_there(shown, guide, grid.to_map(col + 0.5, row + 0.5)))
            if series:
                drawing = charts.line_chart(x, series, name, "value", float("nan"))
                drawings.append(html_page.figure(drawing, f"Column {col}, row {row} of the result."))
    if not drawings:
        return []
    words = "HS, interpolated, and the result at some pixels."
    if shown.response is not None:
        words += (" The points show GUIDE, brought to the units of HS by its response; a point may lie off the curve "
                  "where HS explains little of GUIDE.")  # fmt: skip
    return [html_page.heading("Spectra"), html_page.paragraph(words), *drawings]


def _series(
    shown: Shown, axis: np.ndarray, found: dict[str, tuple[np.ndarray, np.ndarray]],
    points: Sequence[tuple[float, float]],
) -> tuple[list[float], dict[str, Sequence[float]]]:  # fmt: skip
    """Places on the axis, ascending, and values there; NaN = none."""
    scale, offset = physical(shown.bands)
    x = np.concatenate([axis, np.array([place for place, _ in points])])
    order = np.argsort(x, kind="stable")
    series: dict[str, Sequence[float]] = {}
    for name, (values, valid) in found.items():
        spectrum = np.where(valid, values, np.nan)[:, 0, 0] * scale + offset
        if np.isfinite(spectrum).any():
            curve = np.concatenate([np.maximum(spectrum, 0), np.full(len(points), np.nan)])[order]
            series[name] = _bridged(x[order], curve, order < len(axis))
    if series and points:
        values = np.concatenate([np.full(len(axis), np.nan), np.array([max(value, 0.0) for _, value in points])])
        series["GUIDE"] = list(values[order])
    return list(x[order]), series


def _bridged(x: np.ndarray, curve: np.ndarray, own: np.ndarray) -> list[float]:
    """A curve without gaps where another series has its points."""
    known = own & np.isfinite(curve)
    between = ~own & (x > x[known].min()) & (x < x[known].max())
    return list(np.where(between, np.interp(x, x[known], curve[known]), curve))


def _guide_there(shown: Shown, guide: RasterSource, place: tuple[float, float]) -> list[tuple[float, float]]:
    """(place on the axis, value in units of HS) of each band of GUIDE that is known there, ascending."""
    response = shown.response
    if response is None:
        return []
    col, row = (math.floor(one) for one in guide.grid.to_pixel(*place))
    if not (0 <= col < guide.grid.width and 0 <= row < guide.grid.height):
        return []
    values, valid = guide.read(Window(col, row, 1, 1))
    scale, offset = physical(guide.bands)
    axis, told = axis_of(shown.bands)[0][shown.used], wavelengths_nm(guide.bands)
    points = []
    for band, (weights, constant) in enumerate(zip(response.weights, response.constant)):
        total = weights.sum()
        if not valid[band, 0, 0] or total <= 0:
            continue
        centre = told[band] if axis_of(shown.bands)[1] == "nm" and np.isfinite(told[band]) else weights @ axis / total
        value = float(values[band, 0, 0]) * scale[band] + offset[band]
        points.append((float(centre), (value - constant) / total))
    return sorted(points)


def given_back(shown: Shown, result: Result) -> list[str]:
    """How far the result, seen by the sensor, is from the image, per band."""
    extent, (axis, name) = result.plan.extent, axis_of(shown.bands)
    rows, cols = (min(size, math.ceil(COARSE_PX * shown.ratio)) for size in extent.shape)
    place = (extent.width - cols) // 2, (extent.height - rows) // 2
    with closing(open_image(result.plan)) as layer, RasterSource(result.made["OUTPUT"], "OUTPUT") as made:
        sampling = stored_sampling(layer, shown.ratio)
        values, valid = made.read(Window(*place, cols, rows))
        there = valid[shown.used].all(axis=0)[None]
        where = Window(extent.col_off + place[0], extent.row_off + place[1], cols, rows)
        recorded = sampling.recorded(where, there, shown.gain)
        if recorded is None:
            return []
        counts = recorded.counts & recorded.counts[shown.used].all(axis=0)
        seen = through(np.where(valid, values, np.float32(0)), *sampling.blurs(recorded, (shown.gain,)))
    scale, offset = physical(shown.bands)
    errors = np.full(len(counts), np.nan)
    for band in np.flatnonzero(counts.any(axis=(1, 2))):
        off = (seen[band] - recorded.values[band])[counts[band]] * scale[band]
        level = abs(float(recorded.values[band][counts[band]].mean()) * scale[band] + offset[band])
        errors[band] = 100 * float(np.sqrt(np.mean(off.astype(np.float64) ** 2))) / max(level, np.finfo(float).tiny)
    order = np.argsort(axis, kind="stable")
    drawing = charts.line_chart(list(axis[order]), {"difference": list(errors[order])}, name, "%", float("nan"))
    words = "Root mean square difference between HS and the result as the sensor would see it, in % of the mean of the "
    return [html_page.heading("Does the result give HS back?"),
            html_page.figure(drawing, f"{words}band, in the middle of the scene.")]  # fmt: skip
