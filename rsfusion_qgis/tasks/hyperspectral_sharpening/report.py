"""What the report of a sharpening of a hyperspectral image shows: pictures, responses of the guide, spectra."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import numpy as np

from ...core.assessment.images.pictures import Crop, Stretch, busiest_places, natural_bands
from ...core.engine.job import Job, Result
from ...core.grid.grid import Window
from ...core.networks.card_fields import InputSpec
from ...core.rasters.aligned_input import AlignedInput, open_aligned
from ...core.rasters.source import RasterSource
from ...core.rasters.spectral import natural_by_wavelength, ranges
from ...core.reports import charts
from ...core.reports import page as html_page
from .coarse import GUIDE, HS, open_image
from .report_spectra import Shown, axis_of, given_back, shown_of, spectra

OVERVIEW_PX, CROP_PX, CROPS = 320, 96, 2
"""Longer side of the overview, in picture pixels; side, in pixels of the result, and number of the close-ups."""


def rows(job: Job) -> list[tuple[str, str]]:
    """Rows of the report about the run."""
    bad = ranges([number - 1 for number in job.options.bad_bands])
    return [("HS_GAIN", f"{job.options.hs_gain:g}"), *([("BAD_BANDS", bad)] if bad else [])]


def parts(result: Result, watch: object) -> Sequence[str]:
    """Pictures, the responses of the guide, spectra before and after; markup."""
    shown = shown_of(result)
    return [*_pictures(shown, result), *_responses(shown), *spectra(shown, result), *given_back(shown, result)]


def _responses(shown: Shown) -> list[str]:
    found = shown.response
    if found is None:
        return []
    axis, name = axis_of(shown.bands)
    used = np.flatnonzero(shown.used)
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


def _pictures(shown: Shown, result: Result) -> list[str]:
    """The whole result in small, and close-ups of HS, the result and GUIDE."""
    plan = result.plan
    chosen = natural_by_wavelength(shown.bands, shown.used)
    places = chosen or natural_bands(shown.bands)
    made = RasterSource(result.made["OUTPUT"], "OUTPUT")
    with made, closing(open_image(plan)) as image, closing(_open_guide(result)) as guide:
        image.low = None if shown.low is None else shown.low[list(places)]  # of the bands that are read
        for source in (made, image.source):
            source.select(places)
        of_guide = natural_bands(guide.source.bands)
        overview = _overview(made)
        crops = _crops(made, image, guide, of_guide, result)
    colour = "natural colour, " if chosen else ""
    listed = ", ".join(str(place + 1) for place in places)
    found = [html_page.heading("Pictures"),
             html_page.figure(html_page.image(overview, "the result", OVERVIEW_PX),
                              f"The result: {colour}bands {listed} of HS as red, green and blue.")]  # fmt: skip
    for crop in crops:
        figures = [html_page.figure(html_page.image(image, name, 3 * CROP_PX), name) for name, image in crop.images]
        found += [html_page.paragraph(f"Close-up at row {crop.row}, column {crop.col} of the result:"),
                  html_page.beside(*figures)]  # fmt: skip
    return found


def _open_guide(result: Result) -> AlignedInput:
    plan, spec = result.plan, InputSpec(GUIDE, GUIDE)
    geometry = plan.geometry[GUIDE]
    return open_aligned(plan.job.inputs[GUIDE], plan.task.parameter(GUIDE), plan.domain, spec.ratio, spec.resampling,
                        geometry.grid, geometry.ratio, geometry.moved, turned=geometry.turned)  # fmt: skip


def _overview(made: RasterSource) -> np.ndarray:
    """(rows, cols, 3) uint8 of every so many rows and columns; `made` has its three bands selected."""
    grid = made.grid
    step = max(1, -(-max(grid.width, grid.height) // OVERVIEW_PX))
    lines = [made.read(Window(0, row, grid.width, 1)) for row in range(step // 2, grid.height, step)]
    values, valid = (np.concatenate([one[part][:, :, step // 2 :: step] for one in lines], 1) for part in (0, 1))
    return Stretch(values, valid, (0, 1, 2))(values, valid)


def _crops(
    made: RasterSource, image: AlignedInput, guide: AlignedInput, of_guide: Sequence[int], result: Result
) -> list[Crop]:
    """The busiest places of the result, all in one stretch but GUIDE."""
    extent = result.plan.extent

    def fused(row: int, col: int, height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
        return made.read(Window(col, row, width, height))

    found = []
    for row, col in busiest_places(fused, extent.shape, CROP_PX, CROPS):
        size = min(CROP_PX, extent.height), min(CROP_PX, extent.width)
        here = Window(extent.col_off + col, extent.row_off + row, size[1], size[0])
        sharp = fused(row, col, *size)
        stretch = Stretch(*sharp, (0, 1, 2))
        fine = guide.read(here)
        pictures = ((f"{HS.upper()}, interpolated", stretch(*image.read(here))), ("result", stretch(*sharp)),
                    (GUIDE.upper(), Stretch(*fine, of_guide)(*fine)))  # fmt: skip
        found.append(Crop(row, col, pictures))
    return found
