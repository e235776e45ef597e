"""A trained network on a whole scene in memory, for tests and benchmarks; the engine does this from file to file.

Axis order: (bands, rows, cols) in, (rows, cols) and (classes, rows, cols) out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import torch

from models.land_cover.calibration import Calibrated
from models.land_cover.fitting import Fitted
from models.land_cover.networks import MISSING
from models.land_cover.samples.scenes import UNLABELLED, mirrored

TILE_PX = 128


@torch.no_grad()
def predict(
    fitted: Fitted,
    inputs: Mapping[str, np.ndarray],
    valid: Mapping[str, np.ndarray],
    absent: Collection[str] = (),
) -> tuple[np.ndarray, np.ndarray]:
    """Class and probabilities of every pixel.

    Parameters
    ----------
    inputs : role -> (bands, rows, cols), stored units; valid : role -> (rows, cols) bool.
    absent : roles to be taken away.

    Returns
    -------
    classes : (rows, cols) int16, `UNLABELLED` where no modality is there.
    probabilities : (classes, rows, cols) float32, calibrated if the network is; 0 where no modality is there.
    """
    network = Calibrated(fitted.network, fitted.roles, fitted.temperatures).eval()
    images = [_prepared(fitted, role, inputs, valid, role in absent) for role in fitted.roles]
    probabilities = _tiled(network, images, len(fitted.classes))
    anything = np.any([image[0] > MISSING / 2 for image in images], axis=0)
    classes = np.where(anything, probabilities.argmax(axis=0), UNLABELLED).astype(np.int16)
    return classes, probabilities * anything


def _prepared(
    fitted: Fitted, role: str, inputs: Mapping[str, np.ndarray], valid: Mapping[str, np.ndarray], absent: bool
) -> np.ndarray:
    there = np.zeros_like(valid[role]) if absent else valid[role]
    return fitted.statistics.standardised(role, inputs[role], there)


def _tiled(network: Calibrated, images: list[np.ndarray], classes: int) -> np.ndarray:
    """Probabilities (classes, rows, cols), tile by tile with the network's halo, mirrored at the edge."""
    rows, cols = images[0].shape[1:]
    halo, step = network.halo, network.multiple_of
    margins = tuple((halo, halo + -size % step) for size in (rows, cols))
    padded = [torch.from_numpy(mirrored(image, margins)) for image in images]
    found = np.zeros((classes, rows, cols), np.float32)
    for row in range(0, rows, TILE_PX):
        for col in range(0, cols, TILE_PX):
            window = np.s_[:, row : row + TILE_PX + 2 * halo, col : col + TILE_PX + 2 * halo]
            logits = network(*(image[window][None] for image in padded))[0]
            core = torch.softmax(logits, 0)[:, halo:, halo:]
            height, width = min(TILE_PX, rows - row), min(TILE_PX, cols - col)
            found[:, row : row + height, col : col + width] = core[:, :height, :width].numpy()
    return found
