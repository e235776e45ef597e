"""Rasters of a trial as pictures for a page: small, stretched, and turned into colours by their first bands."""

from __future__ import annotations

import numpy as np

from ..rasters import generated
from ..reports.page import beside, figure, image

LONGEST_PX = 320
_PERCENT = (2.0, 98.0)
_COLOURS = np.array([(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37), (230, 97, 1),
                     (178, 24, 43), (140, 140, 140)], np.uint8)  # fmt: skip


def shown(rasters: dict[str, str], classes: str = "") -> str:
    """Markup: one picture for each raster; `classes` names the one that holds codes."""
    return beside(*(figure(image(picture(path, name == classes), name, LONGEST_PX), name)
                    for name, path in rasters.items()))  # fmt: skip


def picture(path: str, codes: bool = False) -> np.ndarray:
    """(rows, cols, 3) uint8 of a raster, thinned to `LONGEST_PX`."""
    values, valid = generated.read(path)
    step = max(1, -(-max(valid.shape) // LONGEST_PX))
    values, valid = values[:, ::step, ::step], valid[::step, ::step]
    if codes:
        made = _COLOURS[values[0].astype(int) % len(_COLOURS)]
    else:
        bands = (2, 1, 0) if len(values) >= 3 else (0, 0, 0)
        made = np.stack([_stretched(values[band], valid) for band in bands], axis=-1)
    made[~valid] = 225
    return np.ascontiguousarray(made)


def _stretched(band: np.ndarray, valid: np.ndarray) -> np.ndarray:
    known = band[valid]
    low, high = np.percentile(known, _PERCENT) if known.size else (0.0, 1.0)
    return np.clip(255 * (np.nan_to_num(band) - low) / max(high - low, 1e-12), 0, 255).astype(np.uint8)
