"""A network on a scene in memory: inputs that may be absent, mirrored edges, and the clear pixels kept as they are.

Axis order (bands, rows, cols), float32, reflectance and decibels.
"""

from __future__ import annotations

import numpy as np
import torch

from models.cloud_removal.networks import MISSING, CloudNetwork
from models.cloud_removal.networks.base import SAR_BANDS
from rsfusion_qgis.tasks.cloud_removal.scene_forest import SceneForest, features

SHARE = np.float32(0.5)
"""Of the forest in the average."""


def restored(
    network: CloudNetwork, optical: np.ndarray, mask: np.ndarray, sar: np.ndarray | None = None,
    clear: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """The network's estimate and its standard deviation for every pixel.

    Parameters
    ----------
    optical : (bands, rows, cols). mask : (rows, cols), 1 or True = cloud or shadow.
    sar : (2, rows, cols); clear : as optical; None = absent. NaN is MISSING.
    """
    rows, cols = mask.shape
    sar = np.full((SAR_BANDS, rows, cols), MISSING, np.float32) if sar is None else sar
    clear = np.full_like(optical, MISSING) if clear is None else clear
    layers = [np.nan_to_num(one.astype(np.float32), nan=MISSING) for one in (optical, sar, clear, mask[None])]
    step = network.multiple_of
    more = ((0, 0), (0, -rows % step), (0, -cols % step))
    tensors = [torch.from_numpy(np.pad(one, more, mode="symmetric"))[None] for one in layers]
    with torch.no_grad():
        found = [one[0, :, :rows, :cols].numpy() for one in network.eval()(*tensors)]
    return found[0], found[1]


def averaged_with_scene(estimate: np.ndarray, optical: np.ndarray, mask: np.ndarray, sar: np.ndarray) -> np.ndarray:
    """The mean of an estimate and of what the scene's own clear pixels teach, as `rsfusion:removeclouds` takes it.

    The estimate itself where too few pixels are clear.
    """
    masked = np.asarray(mask) > 0
    known = features(sar, np.ones(masked.shape, bool), 0, 0)
    forest = SceneForest()
    forest.add(known[:, ~masked].T, optical[:, ~masked].T)
    if not forest.learn() or not masked.any():
        return estimate
    made = estimate.copy()
    made[:, masked] += SHARE * (forest.estimate(known[:, masked].T).T - made[:, masked])
    return made


def composed(optical: np.ndarray, estimate: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The estimate where the mask (rows, cols) is 1, the optical image where it is 0."""
    share = np.asarray(mask, np.float32)[None]
    return (optical + share * (estimate - optical)).astype(np.float32)
