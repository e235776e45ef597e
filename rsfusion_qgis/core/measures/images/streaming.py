"""Measure any number of metrics in one walk over the fine grid and one over the coarse grid, tile by tile.

The tiles of a grid start at multiples of the blocks' side from its origin, so that no block is cut; a window of a
sliding metric belongs to the tile with its upper left pixel. The numbers are the same for any tile size up to the
rounding of sums, and nothing larger than a tile with its halo is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from ...basics.errors import InputError
from .scene import Contrast, Measured, Scene, Source, array_source, require_one_grid
from .tile import BLOCK_PX, CoarseTile, FineTile, Part, Span, Tile

if TYPE_CHECKING:
    from .metric import Metric

__all__ = ["Contrast", "Measured", "Scene", "Source", "array_source", "measure"]

TILE_PX = 512
SMALLEST_TILE_PX = 64
TILE_VALUES = 1 << 21
"""Bands times pixels of one image in one tile: many bands make smaller tiles."""
Watch = Callable[[float], None]


def measure(
    metrics: Sequence[Metric], scene: Scene, tile: int | None = None, watch: Watch | None = None
) -> dict[str, Measured]:
    """Every metric of a scene, each image read once per tile and grid.

    Parameters
    ----------
    metrics
        Any of `METRICS`; what several of them need is computed once.
    scene
        With all that the metrics need.
    tile
        Side of a tile in fine pixels, rounded to whole blocks; None chooses it by the number of bands.
    watch
        Called between tiles with the share that is done, 0 to 1; what it raises ends the walk and is passed on.

    Returns
    -------
    dict
        Metric id to `Measured`, in the order of `metrics`. NaN where no block or window can be measured.

    Raises
    ------
    InputError
        When something is missing, the images do not lie on one grid, or no pixel is valid.
    """
    for metric in metrics:
        refuse_missing(metric, [name for name in metric.needs if scene.has(name)])
    require_one_grid({name: source.shape for name, source in scene.sources.items()})
    sums = {part: _Sum(part) for metric in metrics for part in metric.parts}
    tiles = list(_tiles(scene, sums, tile or _default_tile(scene)))
    for number, (make, own) in enumerate(tiles):
        if watch is not None:
            watch(number / len(tiles))
        made = make()
        for part in own:
            sums[part].add(made)
    if watch is not None:
        watch(1.0)
    return {metric.id: _finish(metric, scene, [sums[part] for part in metric.parts]) for metric in metrics}


def refuse_missing(metric: Metric, known: Iterable[str]) -> None:
    """Refuse when something that `metric` needs is not among the names that are `known`."""
    missing = [name for name in metric.needs if name not in known]
    if missing:
        raise InputError(f"{metric.label} needs {', '.join(missing)}, which is missing; pass it by this name.")


class _Sum:
    """The total of one part so far."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.total: Any = None
        self.found_valid = False

    def add(self, tile: Tile) -> None:
        mask, images = tile.of(self.part)
        if not mask.any():
            return
        self.found_valid = True
        if min(mask.shape) >= self.part.window(tile.scene):
            more = self.part.partial(tile.scene, mask, *images)
            self.total = more if self.total is None else self.total + more


def _finish(metric: Metric, scene: Scene, sums: Sequence[_Sum]) -> Measured:
    if not all(part.found_valid for part in sums):
        raise InputError(
            f"No pixel is valid in every band of all that {metric.label} compares, so there is nothing to measure; "
            "check the nodata value and that the images overlap."
        )
    if any(part.total is None for part in sums):
        return Measured(float("nan"))
    with np.errstate(divide="ignore", invalid="ignore"):
        return metric.finish(scene, *(part.total for part in sums))


def _tiles(scene: Scene, parts: Iterable[Part], side: int) -> Iterator[tuple[Callable[[], Tile], list[Part]]]:
    """What makes each tile, and the parts that run on it; the fine grid first."""
    fine, coarse = [], []
    for part in parts:
        (fine if part.is_fine else coarse).append(part)
    if fine:
        window = max(part.window(scene) for part in fine)
        for rows, cols in _spans(scene.sources["fused"], side):
            yield partial(FineTile, scene, rows, cols, window), fine
    if coarse:
        for make in coarse_tiles(scene, side):
            yield make, coarse


def coarse_tiles(scene: Scene, side: int | None = None) -> list[Callable[[], CoarseTile]]:
    """What makes each tile of the coarse grid; `side` in fine pixels, see `measure`."""
    spans = _spans(scene.sources["coarse"], (side or _default_tile(scene)) / scene.ratio)
    return [partial(CoarseTile, scene, rows, cols) for rows, cols in spans]


def _spans(source: Source, side: float) -> Iterator[tuple[Span, Span]]:
    """Rows and columns of each tile."""
    for rows in cut(source.rows, side):
        for cols in cut(source.cols, side):
            yield rows, cols


def cut(size: int, side: float) -> list[Span]:
    """One axis into tiles of about `side` pixels that start at whole blocks.

    A rest smaller than a block goes to the tile before it, since an incomplete block at the end of the image is filled
    up with the mirror image of pixels before it.
    """
    step = max(1, round(side / BLOCK_PX)) * BLOCK_PX
    starts = [start for start in range(0, size, step) if start == 0 or size - start >= BLOCK_PX]
    return list(zip(starts, [*starts[1:], size]))


def _default_tile(scene: Scene) -> int:
    bands = max(source.bands for source in scene.sources.values())
    return max(SMALLEST_TILE_PX, min(TILE_PX, int((TILE_VALUES / bands) ** 0.5)))
