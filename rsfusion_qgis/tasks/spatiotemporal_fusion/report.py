"""What the report of a prediction says: dates, blur, slopes and trust of each pair, and pictures before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ...core.engine.job import Job, Result
from ...core.engine.plan import Plan
from ...core.grid.grid import Window
from ...core.rasters.source import RasterSource
from ...core.reports import page as html_page
from .guard import blur_text
from .selection import FINE, select
from .units import index_first

PICTURE_PX, WIDTH = 400, 320
NO_DATA = (205, 214, 224)
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
                  f"{one.shift:.4g}", " / ".join(f"{part:.2f}" for part in one.trust), f"{one.contrast_trust:.2f}",
                  f"{one.unexplained:.2f}") for name, one in zip(names, model.bands)]  # fmt: skip
        weight = dict(predict.decision.weights).get(place)
        share = "not used" if weight is None else f"weight {weight / sum(w for _, w in predict.decision.weights):.2f}"
        made += [
            html_page.paragraph(f"Pair of {pair.when}, {share}. The coarse sensor blurs by {blur_text(model)}."),
            html_page.table(table, ("band", "slope", "offset", "correlation of the pair", "with the wanted date",
                                    "mean change", "trust, fine / middle / wide", "trust in contrast",
                                    "unexplained")),
        ]  # fmt: skip
    made.append(html_page.paragraph(
        "fine = slope x coarse + offset. Trust is the share of the coarse change that was believed: below one pixel of "
        "the coarse sensor, up to three, and beyond. Unexplained is fine structure of one coarse raster that the fine "
        "one does not explain, over that of the other coarse raster."
    ))  # fmt: skip
    return [*made, *_pictures(result, watch)]


def _pictures(result: Result, watch: Any) -> list[str]:
    """The nearest fine raster, the coarse one of the wanted date, and the result, stretched alike."""
    chosen, job = result.summary.chosen, result.plan.job
    near = chosen.pairs[0]
    files = (
        (f"Fine, {near.when}", job.inputs[near.fine]), (f"Coarse, {near.when}", job.inputs[near.coarse]),
        (f"Coarse, {chosen.target.when}", chosen.target.path),
        (f"Predicted, {chosen.target.when}", result.made["OUTPUT"]),
    )  # fmt: skip
    limits: dict[bool, tuple[np.ndarray, np.ndarray]] = {}
    shown = []
    for title, path in files:
        watch()
        image, valid = _thinned(path)
        coarse = title.startswith("Coarse")
        if coarse not in limits and valid.any():
            low, high = np.percentile(image[:, valid], STRETCH_PERCENT, axis=1)
            limits[coarse] = low, np.maximum(high, low + 1e-12)
        if coarse in limits:
            low, high = (part[:, None, None] for part in limits[coarse])
            image = np.clip((image - low) / (high - low) * 255, 0, 255)
        picture = np.where(valid, image, np.array(NO_DATA)[:, None, None]).astype(np.uint8)
        markup = html_page.image(np.ascontiguousarray(np.moveaxis(picture, 0, -1)), title, WIDTH)
        shown.append(html_page.figure(markup, title))
    return [html_page.heading("Before and after"), html_page.beside(*shown)]


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


def _thinned(path: str) -> tuple[np.ndarray, np.ndarray]:
    """(3, rows, cols) float64 and validity of a raster, thinned out to a small picture; one band is shown in grey."""
    with RasterSource(path, FINE.upper()) as source:
        grid = source.grid
        step = max(1, -(-max(grid.width, grid.height) // PICTURE_PX))
        lines = []
        for row in range(0, grid.height, step):
            values, valid = source.read(Window(0, row, grid.width, 1))
            lines.append((values[:, :, ::step], valid.all(axis=0)[:, ::step]))
            source.release_blocks()
    image, valid = np.concatenate([one for one, _ in lines], axis=1), np.concatenate([one for _, one in lines])
    bands = (0, len(image) // 2, len(image) - 1) if len(image) >= 3 else (0, 0, 0)
    return image[list(bands)].astype(np.float64), valid
