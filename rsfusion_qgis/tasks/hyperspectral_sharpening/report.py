"""What the report of a sharpening of a hyperspectral image says: responses of the guide, and spectra."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing

import numpy as np

from ...core.engine.job import Job, Result
from ...core.grid.grid import Window
from ...core.operators.back_projection import through
from ...core.rasters.source import RasterSource
from ...core.reports import charts
from ...core.reports import page as html_page
from .bands import physical, ranges, wavelengths_nm
from .coarse import open_image, stored_sampling
from .scene import Scene

PLACES = 3
"""Pixels along the diagonal whose spectra are drawn."""
COARSE_PX = 32
"""Side, in pixels of HS, of the part in the middle where the result is compared with HS."""


def rows(job: Job) -> list[tuple[str, str]]:
    """Rows of the report about the run."""
    bad = ranges([number - 1 for number in job.options.bad_bands])
    return [("HS_GAIN", f"{job.options.hs_gain:g}"), *([("BAD_BANDS", bad)] if bad else [])]


def parts(result: Result, watch: object) -> Sequence[str]:
    """The responses of the guide, and spectra before and after; markup."""
    scene, _ = result.summary
    return [*_responses(scene), *_spectra(scene, result), *_given_back(scene, result)]


def _axis(scene: Scene) -> tuple[np.ndarray, str]:
    """Where each band stands on the axis, and what that is called."""
    centres = wavelengths_nm(scene.coarse.layer.source.bands)
    if np.isnan(centres).any():
        return np.arange(1.0, len(centres) + 1), "band"
    return centres, "nm"


def _responses(scene: Scene) -> list[str]:
    found = scene.response
    axis, name = _axis(scene)
    used = np.flatnonzero(scene.used)
    order = np.argsort(axis[used], kind="stable")
    total = np.maximum(found.weights.sum(axis=1, keepdims=True), np.finfo(float).tiny)
    shares = (found.weights / total)[:, order]
    series = {f"band {place + 1}": list(one) for place, one in enumerate(shares)}
    words = "; ".join(f"band {place + 1}: {100 * share:.0f} %" for place, share in enumerate(found.explained))
    drawing = charts.line_chart(list(axis[used][order]), series, name, "share", float("nan"))
    return [
        html_page.heading("What is each band of GUIDE made of?"),
        html_page.paragraph(
            "The spectral response of GUIDE as the scene tells it: weights of the bands of HS, none negative, that "
            f"together give GUIDE best at the pixels of HS. Share of its variance that they explain: {words}."
        ),
        html_page.figure(drawing, "Share of each band of HS. Neighbouring bands resemble each other, so a peak may lie "
                                  "a few bands off."),
    ]  # fmt: skip


def _spectra(scene: Scene, result: Result) -> list[str]:
    """Spectra of a few pixels of the image, and of the result there."""
    grid, axis = result.grid.crop(result.plan.extent), _axis(scene)
    layer, order = open_image(result.plan), np.argsort(_axis(scene)[0], kind="stable")
    scale, offset = (one[order] for one in physical(layer.source.bands))
    series: dict[str, Sequence[float]] = {}
    layer.low = scene.coarse.layer.low
    with closing(layer), RasterSource(result.made["OUTPUT"], "OUTPUT") as made:
        for place in range(PLACES):
            share = (place + 0.5) / PLACES
            col, row = int(grid.width * share), int(grid.height * share)
            spot = Window(result.plan.extent.col_off + col, result.plan.extent.row_off + row, 1, 1)
            for name, (values, valid) in (("HS", layer.read(spot)), ("result", made.read(Window(col, row, 1, 1)))):
                spectrum = np.where(valid, values, np.nan)[order, 0, 0] * scale + offset
                if np.isfinite(spectrum).any():
                    series[f"{name}, column {col}, row {row}"] = list(np.maximum(spectrum, 0))
    if not series:
        return []
    drawing = charts.line_chart(list(axis[0][order]), series, axis[1], "value", float("nan"))
    return [html_page.heading("Spectra"),
            html_page.figure(drawing, "HS, interpolated, and the result at some pixels of the result.")]  # fmt: skip


def _given_back(scene: Scene, result: Result) -> list[str]:
    """How far the result, seen by the sensor, is from the image, per band."""
    extent, (axis, name) = result.plan.extent, _axis(scene)
    rows, cols = (min(size, math.ceil(COARSE_PX * scene.coarse.ratio)) for size in extent.shape)
    place = (extent.width - cols) // 2, (extent.height - rows) // 2
    with closing(open_image(result.plan)) as layer, RasterSource(result.made["OUTPUT"], "OUTPUT") as made:
        sampling = stored_sampling(layer, scene.coarse.ratio)
        values, valid = made.read(Window(*place, cols, rows))
        there = valid[scene.used].all(axis=0)[None]
        where = Window(extent.col_off + place[0], extent.row_off + place[1], cols, rows)
        recorded = sampling.recorded(where, there, scene.coarse.gain)
        if recorded is None:
            return []
        counts = recorded.counts & recorded.counts[scene.used].all(axis=0)
        seen = through(np.where(valid, values, np.float32(0)), *sampling.blurs(recorded, (scene.coarse.gain,)))
    scale, offset = physical(scene.coarse.layer.source.bands)
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
