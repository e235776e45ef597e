"""What the report of a cloud removal says: how well each way does, what taught it, and pictures of all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...core.engine.job import Result
from ...core.grid.grid import Window
from ...core.rasters.source import RasterSource
from ...core.reports import page as html_page
from ...core.sensors.sentinel2 import band_name
from .card import FOREST, MEAN, OPTICAL, REFERENCE
from .codes import CLASSES
from .estimates import ForestAndMean, Reference
from .trial import Errors

PICTURE_PX, WIDTH = 400, 320
NO_DATA = (205, 214, 224)
STRETCH_PERCENT = (2.0, 98.0)
WITHOUT_AND_WITH = {
    "SAR": ((REFERENCE, Reference.WITH_SAR), (MEAN, ForestAndMean.name), (MEAN, FOREST)),
    "CLEARREFERENCE": ((MEAN, REFERENCE),),
}
"""Input -> ways that differ by it, the first that were compared are shown."""


def parts(result: Result, watch: Any) -> Sequence[str]:
    """Tables and pictures; markup."""
    work = result.summary
    return [*_learned(work), *_compared(work), *_pictures(result, work, watch)]


def _learned(work: Any) -> list[str]:
    total = max(sum(work.survey.counts.values()), 1)
    counts = [(one.name, work.survey.counts.get(one.code, 0)) for one in CLASSES]
    table = [(name, f"{count}", f"{100 * count / total:.2f}") for name, count in counts]
    forests = [("SAR" if not key.role else key.role.upper().replace("CLEAR", "CLEARREFERENCE")) +
               (" and SAR" if key.role and key.sar else "") + f": {one.pixels} pixels"
               for key, one in work.survey.learned.forests.items() if one.asked]  # fmt: skip
    told = f"{work.survey.clear_pixels} clear pixels taught the means"
    for role, one in work.survey.learned.regressions.items():
        told += f", {one.pixels} the regression on {work.scene.plan.task.parameter(role)}"
    told += f"; forests learned from {', '.join(forests)}." if forests else ". No forest was grown."
    return [html_page.heading("Clouds, and what the clear pixels taught"),
            html_page.table(table, ("pixels", "number", "%")), html_page.paragraph(told)]  # fmt: skip


def _compared(work: Any) -> list[str]:
    trial = work.trial
    if trial is None or not trial.errors:
        return [html_page.paragraph(
            "The scene has no place for simulated clouds, so nothing was compared, and the uncertainty is a guess."
        )]  # fmt: skip
    table = []
    for name, one in sorted(trial.errors.items(), key=lambda pair: pair[1].mae):
        within = trial.within.get(name, (np.nan, np.nan))
        mark = "used" if name == work.used.name else ""
        table.append((name, f"{one.mae:.3g}", f"{100 * within[0]:.0f}", f"{100 * within[1]:.0f}", mark))
    head = ("way", "mean absolute error", "% within 1 sigma", "% within 2 sigma", "")
    unit = "reflectance" if OPTICAL in work.scene.inputs.scalings else "stored units of OPTICAL"
    how = "averaged with it" if work.ways.network == "averaged" else "used alone"
    network = "" if work.network is None else f" The network is {how}; it is not compared here."
    return [
        html_page.heading("How good is each way on this scene?"),
        html_page.table(table, head),
        html_page.paragraph(
            f"The scene's own clouds were put on {trial.pixels} of its clear pixels, and each way had to find what is "
            f"under them. Errors are in {unit}. Of errors with a normal distribution, 68 % lie within one sigma, and "
            f"95 % within two.{network}"
        ),
        *_why(work, table[0][0]),
        *_of_inputs(trial.errors),
    ]  # fmt: skip


def _of_inputs(errors: Mapping[str, Errors]) -> list[str]:
    """What SAR and clear images gave: the error of a way that looks at them beside one that is the same without."""
    table = []
    for name, pairs in WITHOUT_AND_WITH.items():
        known = [pair for pair in pairs if all(one in errors for one in pair)]
        if known:
            without, given = (errors[one].mae for one in known[0])
            change = f"{100 * (given / without - 1):+.0f}" if without else ""
            table.append((name, f"{without:.3g} ({known[0][0]})", f"{given:.3g} ({known[0][1]})", change))
    if not table:
        return []
    head = ("input", "error without it (way)", "error with it (way)", "change in %")
    return [html_page.heading("What did each input give?"), html_page.table(table, head)]


def _why(work: Any, best: str) -> list[str]:
    """Why another way than the best of the table is used; see `choice.chosen`."""
    if work.used.name == best or any(isinstance(one, Reference) for one in work.ways.all):
        return []
    return [html_page.paragraph(
        "Between a forest and the mean these numbers do not decide. Simulated clouds lie near the pixels that taught, "
        "where a forest does better than under the real clouds."
    )]  # fmt: skip


def _pictures(result: Result, work: Any, watch: Any) -> list[str]:
    """Before, after, mask and uncertainty, thinned out."""
    job, shown = result.plan.job, []
    bands = _colours(result.plan.headers[OPTICAL].bands)
    picked = result.plan.bands[OPTICAL]
    before, valid = _thinned(job.inputs[OPTICAL], [picked[one] for one in bands], result, True)
    watch()
    after, there = _thinned(result.made["OUTPUT"], bands, result)
    watch()
    known = there if there.any() else valid
    low, high = np.percentile(after[:, known], STRETCH_PERCENT, axis=1)[:, :, None, None] if known.any() else (0.0, 1.0)
    for title, image, mask in (("Before", before, valid), ("After", after, there)):
        scaled = np.clip((image - low) / np.maximum(high - low, 1e-12) * 255, 0, 255)
        shown.append((title, np.where(mask, scaled, np.array(NO_DATA)[:, None, None])))
    shown.append(("Mask", _mask(work, result)))
    if "UNCERTAINTY" in result.made:
        watch()
        sigma, there = _thinned(result.made["UNCERTAINTY"], bands, result)
        grey = sigma.mean(axis=0)
        most = float(np.nanmax(np.where(there, grey, 0))) or 1.0
        scaled = np.where(there, grey, 0) / most * 255
        shown.append((f"Uncertainty (white: {most:.3g})", np.repeat(scaled[None], 3, axis=0)))
    figures = []
    for title, image in shown:
        picture = np.ascontiguousarray(np.moveaxis(np.nan_to_num(image).astype(np.uint8), 0, -1))
        figures.append(html_page.figure(html_page.image(picture, title, WIDTH), title))
    return [html_page.heading("Pictures"), html_page.beside(*figures)]


def _colours(bands: Sequence[Any]) -> list[int]:
    """Places of red, green and blue; of a raster that does not say, the first three from the last to the first."""
    names = {band_name(band.description or ""): place for place, band in enumerate(bands)}
    if {"B4", "B3", "B2"} <= set(names):
        return [names[name] for name in ("B4", "B3", "B2")]
    return [2, 1, 0] if len(bands) >= 3 else [0, 0, 0]


def _mask(work: Any, result: Result) -> np.ndarray:
    """(3, rows, cols): the codes in their colours."""
    step, extent = _step(result), result.plan.extent
    codes = np.concatenate([
        work.scene.store.read(Window(extent.col_off, row, extent.width, 1))[:, ::step]
        for row in range(extent.row_off, extent.row_end, step)
    ])  # fmt: skip
    colours = np.tile(np.array(NO_DATA, np.uint8), (256, 1))
    for one in CLASSES:
        colours[one.code] = [int(one.colour[at : at + 2], 16) for at in (1, 3, 5)]
    return np.moveaxis(colours[codes], -1, 0)


def _step(result: Result) -> int:
    return max(1, -(-max(result.plan.extent.width, result.plan.extent.height) // PICTURE_PX))


def _thinned(path: str, bands: Sequence[int], result: Result, whole: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """(3, rows, cols) float64 and (rows, cols) validity of the result's extent; `whole`: of a raster of the domain."""
    step, extent, domain = _step(result), result.plan.extent, result.plan.domain
    lines = []
    with RasterSource(path, OPTICAL.upper()) as source:
        source.select(tuple(bands))
        col = row0 = 0
        if whole:
            x, y = source.grid.to_pixel(*domain.to_map(extent.col_off, extent.row_off))
            col, row0 = round(x), round(y)
        for row in range(row0, row0 + extent.height, step):
            window = Window(col, row, extent.width, 1).intersection(source.grid.window)
            values, valid = source.read(window)
            lines.append((values[:, 0, ::step], valid.all(axis=0)[0, ::step]))
        source.release_blocks()
    return np.stack([one for one, _ in lines], axis=1).astype(np.float64), np.stack([one for _, one in lines])
