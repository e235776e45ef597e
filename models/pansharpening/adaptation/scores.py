"""How good a network is on the held-out blocks of a pair: one scale coarser, and at full resolution.

Tensors and arrays as in `data`. A block is fused with its surroundings and measured alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

import numpy as np
import torch
from torch import nn

from models.pansharpening.adaptation.data import Block, Level, Material
from models.pansharpening.adaptation.losses import chip_at, coarse_mask, full_parts, fuse, made_consistent, wald_parts
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.measures.images import D_LAMBDA_K, D_RHO, Metric
from rsfusion_qgis.core.measures.images.scene import Scene, array_source
from rsfusion_qgis.core.measures.images.streaming import measure

LARGEST_BLOCK_PX, CONTEXT_PX, MOST_BLOCKS = 320, 24, 8
NOT_MEASURED = -1.0
SHARES = {"ergas": 1.0, "sam": 1.0, "consistency": 0.25, "lacking": 0.25}
"""What each measure counts where two networks are compared."""


@dataclass(frozen=True)
class Scores:
    """Means over held-out blocks; NaN = not measured, as where the pair is too small for it.

    Attributes
    ----------
    ergas, sam : of the reduced pair, fused and made consistent with its MS; degrees.
    consistency : relative error of the result seen at MS's scale, at full resolution, in ERGAS's units.
    lacking : how far the local correlation with the pan stays below that of the MS.
    d_lambda_k, d_rho : at full resolution, as in `core.measures.images`.
    """

    ergas: float
    sam: float
    consistency: float
    lacking: float
    d_lambda_k: float
    d_rho: float

    def over(self, parent: Scores) -> float:
        """Logarithm of the score over the parent's: below 0 is better. See `SHARES`."""
        logs = {name: math.log((getattr(self, name) + 1e-6) / (getattr(parent, name) + 1e-6)) for name in SHARES}
        return sum(share * logs[name] for name, share in SHARES.items() if math.isfinite(logs[name]))

    def told(self) -> str:
        return (
            f"ERGAS {self.ergas:.3f}, SAM {self.sam:.3f}°, consistency with MS {self.consistency:.3f}, "
            f"D_λ,K {self.d_lambda_k:.3f}, D_ρ {self.d_rho:.3f} on held-out blocks"
        )

    def numbers(self, when: str) -> dict[str, float]:
        """Values by the names of an algorithm's outputs; those that were not measured are -1."""
        known = {name: value for name, value in vars(self).items() if name != "lacking"}
        return {f"{name.upper()}_{when}": NOT_MEASURED if math.isnan(v) else v for name, v in known.items()}


def scores(network: nn.Module, material: Material) -> Scores:
    """Measure; the blocks are spread over all areas where there are many."""
    small, large = [], []
    with torch.no_grad():
        for level, block in _spread([area.reduced[0] for area in material.areas if area.reduced]):
            small.append(_reduced(network, level, block))
        for level, block in _spread([area.full for area in material.areas]):
            large.append(_full(network, level, block))
    means = [_mean(values) for values in (*_columns(small, 2), *_columns(large, 4))]
    return Scores(*means)


def _columns(rows: list[tuple[float, ...]], count: int) -> list[list[float]]:
    return [[row[i] for row in rows] for i in range(count)]


def _mean(values: list[float]) -> float:
    found = [value for value in values if math.isfinite(value)]
    return float(np.mean(found)) if found else math.nan


def _spread(levels: list[Level]) -> list[tuple[Level, Block]]:
    """Held-out blocks with valid pixels, at most `MOST_BLOCKS`."""
    found = [(level, _middle(block)) for level in levels for block in level.blocks if level.valid[block].any()]
    picked = sorted({round(at) for at in np.linspace(0, len(found) - 1, min(MOST_BLOCKS, len(found)))})
    return [found[at] for at in picked]


def _middle(block: Block) -> Block:
    """At most `LARGEST_BLOCK_PX` either way of a block."""
    rests = [max(0, part.stop - part.start - LARGEST_BLOCK_PX) for part in block]
    rows, cols = (slice(part.start + rest // 2, part.stop - (rest - rest // 2)) for part, rest in zip(block, rests))
    return rows, cols


def _around(level: Level, block: Block) -> Block:
    rows, cols = (slice(max(0, p.start - CONTEXT_PX), min(n, p.stop + CONTEXT_PX)) for p, n in zip(block, level.shape))
    return rows, cols


def _only(level: Level, block: Block) -> np.ndarray:
    """(rows, cols) bool: the block's valid pixels."""
    keep = np.zeros(level.shape, bool)
    keep[block] = level.valid[block]
    return keep


def _reduced(network: nn.Module, level: Level, block: Block) -> tuple[float, float]:
    """ERGAS and SAM in degrees."""
    chip = chip_at(level, *_around(level, block), network.multiple_of, _only(level, block))
    error, angle = wald_parts(made_consistent(fuse(network, chip, level), chip, level), chip, level)
    return 100 / level.ratio * float(error), math.degrees(float(angle))


def _full(network: nn.Module, level: Level, block: Block) -> tuple[float, float, float, float]:
    """Consistency in ERGAS's units, lacking correlation, D_lambda_K, D_rho."""
    keep = _only(level, block)
    rows, cols = _around(level, block)
    chip = chip_at(level, rows, cols, network.multiple_of, keep)
    fused = fuse(network, chip, level)
    consistency, lacking = full_parts(fused, chip, level, coarse_mask(level, keep))
    image = fused[0, :, : rows.stop - rows.start, : cols.stop - cols.start].numpy()
    scene = _scene(level, image, (rows, cols), keep)
    error = 100 / level.ratio * float(consistency)
    return error or math.nan, float(lacking), _measured(D_LAMBDA_K, scene), _measured(D_RHO, scene)


def _measured(metric: Metric, scene: Scene) -> float:
    """A metric's value; NaN where so little of the block is valid that there is nothing to measure."""
    try:
        return measure((metric,), scene)[metric.id].value
    except InputError:
        return math.nan


def _scene(level: Level, image: np.ndarray, window: Block, keep: np.ndarray) -> Scene:
    """What the metrics see of a window: the fused part, its pan, and the whole MS pixels inside, in stored units."""
    spans = [_whole(part, level.ratio, offset) for part, offset in zip(window, level.offset)]
    coarse = np.s_[:, spans[0][0] : spans[0][1], spans[1][0] : spans[1][1]]
    offset = [level.ratio * first + start - part.start
              for (first, _), start, part in zip(spans, level.offset, window)]  # fmt: skip
    stored = [part * level.ms_scale.scale + level.ms_scale.offset for part in (image, level.coarse[coarse])]
    inside = coarse_mask(level, keep)[coarse[1:]]
    sources = {
        "fused": array_source(stored[0].astype(np.float64), keep[window]),
        "fine": array_source(level.pan[(slice(None), *window)].astype(np.float64), keep[window]),
        "coarse": array_source(stored[1].astype(np.float64), inside),
    }
    return Scene(sources, level.ratio, (offset[0], offset[1]), level.gains)


def _whole(part: slice, ratio: float, offset: float) -> tuple[int, int]:
    """First and one past the last MS pixel that lies whole in a stretch of fine ones."""
    first = max(0, math.ceil((part.start - offset) / ratio - 1e-6))
    return first, max(first, math.floor((part.stop - offset) / ratio + 1e-6))


MEASURES = tuple(field.name for field in fields(Scores) if field.name != "lacking")
