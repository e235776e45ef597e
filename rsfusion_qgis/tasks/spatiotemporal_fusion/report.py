"""What the report of a prediction says: dates, blur, slopes and trust of each pair, and pictures before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np

from ...core.engine.job import Job, Result
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.rasters.source import BandInfo, RasterSource
from ...core.rasters.spectral import natural_places
from ...core.reports import page as html_page
from .guard import blur_text
from .index import Index
from .selection import COARSE, FINE, select
from .units import index_first, physical, wished_index

PICTURE_PX, WIDTH = 400, 400
NO_DATA_COLOUR = np.array((205, 214, 224))[:, None, None]
STRETCH_PERCENT = (2.0, 98.0)


def rows(job: Job) -> list[tuple[str, str]]:
    """Rows of the report about the run."""
    chosen = select(job)
    return [("TARGET_DATE", str(chosen.target.when)), ("Pairs", ", ".join(str(pair.when) for pair in chosen.pairs)),
            *([("INDEX", f"{job.options.index}, {job.options.index_order} first")] if job.options.index else []),
            ("GUARD", job.options.guard)]  # fmt: skip


def history(plan: Plan) -> Mapping[str, str]:
    """Further metadata of the result: its date, and the dates that it was predicted from."""
    chosen = select(plan.job)
    return {"DATE": chosen.target.when.isoformat(), "PAIRS": ",".join(pair.when.isoformat() for pair in chosen.pairs)}


def values(result: Result) -> dict[str, str]:
    """What models and scripts get beside the rasters."""
    decision = result.summary.decision
    return {"FALLBACK": decision.fallback if decision else ""}


def parts(result: Result, watch: Any) -> Sequence[str]:
    """Tables and pictures; markup."""
    predict = result.summary
    index = index_first(result.plan)
    names = [index.name] if index else [
        band.description or f"band {n}" for n, band in enumerate(result.plan.headers[FINE].bands, start=1)
    ]  # fmt: skip
    made = []
    if predict.decision.fallback:
        made.append(html_page.note(f"Fallback: {predict.decision.fallback}.", "bad"))
    made += alignment(result)
    made.append(html_page.heading("What did the pairs tell?"))
    for place, pair in enumerate(predict.chosen.pairs):
        model = predict.model(place)
        table = [(name, f"{one.slope:.4g}", f"{one.offset:.4g}", f"{one.agrees:.2f}", f"{one.resembles:.2f}",
                  f"{one.shift:.4g}", *(f"{part:.2f}" for part in one.trust), f"{one.contrast_trust:.2f}",
                  f"{one.unexplained:.2f}") for name, one in zip(names, model.bands)]  # fmt: skip
        weight = dict(predict.decision.weights).get(place)
        share = "not used" if weight is None else f"weight {weight / sum(w for _, w in predict.decision.weights):.2f}"
        made += [
            html_page.paragraph(f"Pair of {pair.when}, {share}. The coarse sensor blurs by {blur_text(model)}."),
            html_page.table(table, ("band", "slope", "offset", "r", "r, wanted", "mean change", "fine", "middle",
                                    "wide", "contrast", "unexplained")),
        ]  # fmt: skip
    made.append(html_page.paragraph(
        "FINE = slope x COARSE + offset. r is the correlation of both rasters of the pair, and of the fine one of the "
        "pair with the coarse one of the wanted date. Fine, middle and wide tell what share of the coarse change was "
        "believed: below one pixel of the coarse sensor, up to three, and beyond; contrast tells the same of a change "
        "of contrast. Unexplained is fine structure of one coarse raster that the fine one does not explain, over that "
        "of the other coarse raster."
    ))  # fmt: skip
    return [*made, *_pictures(result, watch)]


def _pictures(result: Result, watch: Any) -> list[str]:
    """Before and after; markup."""
    index = wished_index(result.plan)
    shown = [html_page.figure(html_page.image(picture, title, WIDTH), title)
             for title, picture in pictures_of(result, watch).items()]  # fmt: skip
    name = f", as {index.name}" if index else ""
    return [html_page.heading(f"Before and after{name}"), html_page.beside(*shown[:2]), html_page.beside(*shown[2:])]


def pictures_of(result: Result, watch: Any) -> dict[str, np.ndarray]:
    """The nearest fine raster, the result, and the coarse one of both dates, by title, (rows, cols, 3) uint8.

    Those of one sensor are stretched alike.
    """
    chosen, job = result.summary.chosen, result.plan.job
    near, index = chosen.pairs[0], wished_index(result.plan)
    places = (0, 0, 0) if index else _shown_places(result.plan.headers[FINE].bands)
    files = (
        (f"Fine, {near.when}", job.inputs[near.fine], near.fine),
        (f"Predicted, {chosen.target.when}", result.made["OUTPUT"], ""),
        (f"Coarse, {near.when}", job.inputs[near.coarse], near.coarse),
        (f"Coarse, {chosen.target.when}", chosen.target.path, chosen.target.name),
    )  # fmt: skip
    made = {}
    for pair in (files[:2], files[2:]):
        images = []
        for _, path, role in pair:
            watch()
            images.append(_thinned(path, role, job.options, index, places))
        known = np.concatenate([image[:, valid] for image, valid in images], axis=1)
        limits = np.percentile(known, STRETCH_PERCENT, axis=1) if known.size else np.zeros((2, 3))
        low, high = limits[0][:, None, None], np.maximum(limits[1], limits[0] + 1e-12)[:, None, None]
        for (title, _, _), (image, valid) in zip(pair, images):
            picture = np.where(valid, np.clip((image - low) / (high - low) * 255, 0, 255), NO_DATA_COLOUR)
            made[title] = np.ascontiguousarray(np.moveaxis(picture, 0, -1), np.uint8)
    return made


def alignment(result: Result) -> list[str]:
    """How each raster lies on the first one, and what was done about it; markup."""
    plan = result.plan
    if not plan.registered:
        return []
    chosen = select(plan.job)
    dates = {chosen.target.name: chosen.target.when}
    for pair in chosen.pairs:
        dates.update({pair.fine: pair.when, pair.coarse: pair.when})
    table = []
    for role, found in plan.registered.items():
        one = found.estimate
        sure = one.verdict(plan.card.max_shift_px) != "uncertain"
        done = "moved" if found.moved else "left as it is" if sure else "cannot be told, left as it is"
        table.append((plan.task.parameter(role), str(dates.get(role, "")), f"{one.cols:+.2f}", f"{one.rows:+.2f}",
                      f"{one.confidence:.2f}", done))  # fmt: skip
    return [
        html_page.heading("Are the rasters of all dates aligned?"),
        html_page.table(table, ("raster", "date", "columns", "rows", "trust", "what was done")),
        html_page.paragraph(
            "Columns and rows, in pixels of FINE, are what must be added to the place of a raster so that it lies on "
            "the first raster of FINE. A coarse raster is compared with the fine one of its date, or of the nearest "
            "one, as the coarse sensor would see it; its trust is their correlation, less where parts of the scene "
            "do not agree about the shift. Below 0.5 nothing is moved."
        ),
    ]


def _shown_places(bands: Sequence[BandInfo]) -> tuple[int, int, int]:
    """The bands that are shown as red, green and blue: natural colours where the bands say which they are."""
    last = len(bands) - 1
    return natural_places(bands) or ((0, last // 2, last) if last >= 2 else (0, 0, 0))


def _thinned(
    path: str, role: str, options: Any, index: Optional[Index], places: Sequence[int]
) -> tuple[np.ndarray, np.ndarray]:
    """(3, rows, cols) float64 and validity of a raster, thinned out to a small picture.

    Parameters
    ----------
    role : of what was given; "" for what was made, which holds the index already.
    index : shown in place of the bands of what was given.
    places : of the bands that are shown.
    """
    with RasterSource(path, role.upper() or "OUTPUT") as source:
        if role.startswith(COARSE) and options.coarse_bands:
            source.select(tuple(place - 1 for place in options.coarse_bands))
        grid = source.grid
        step = max(1, -(-max(grid.width, grid.height) // PICTURE_PX))
        lines = []
        for row in range(0, grid.height, step):
            values, valid = source.read(Window(0, row, grid.width, 1))
            lines.append((values[:, :, ::step], valid.all(axis=0)[:, ::step]))
            source.release_blocks()
        bands = source.bands
    image, valid = np.concatenate([one for one, _ in lines], axis=1), np.concatenate([one for _, one in lines])
    if index and role:
        scale, offset = physical(bands, role, options)
        image = index.of(image * scale[:, None, None] + offset[:, None, None])
        valid = valid & ~np.isnan(image[0])
    shown = [place if place < len(image) else 0 for place in places]
    return np.where(valid, image, 0)[shown].astype(np.float64), valid
