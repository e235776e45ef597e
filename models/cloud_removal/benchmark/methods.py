"""What cloud removal is compared with: nothing at all, the clear pixels' means, and a forest for each scene.

Axis order (bands, rows, cols), reflectance and decibels. Every method sees the cloudy image, the SAR image and a mask
made from the cloudy image alone, fills the mask, and leaves the other pixels as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import ndimage

from models.cloud_removal.prediction import composed
from models.cloud_removal.scenes import BANDS, Triplet

LEAST_PIXELS, MOST_PIXELS = 100, 8000
"""Clear pixels that the means and the forest need, and that the forest learns from at most."""
WINDOWS_PX = (3, 7, 15, 31)
TREES, LEAF = 100, 5


def filled_with_means(triplet: Triplet, mask: np.ndarray) -> np.ndarray:
    """Masked pixels get the mean of the clear ones; the image as it is where there are too few of those."""
    clear = triplet.cloudy[:, ~mask]
    if clear.shape[1] < LEAST_PIXELS:
        return triplet.cloudy
    return composed(triplet.cloudy, np.broadcast_to(clear.mean(1)[:, None, None], triplet.cloudy.shape), mask)


def filled_by_forest(triplet: Triplet, mask: np.ndarray, seed: int = 0) -> np.ndarray:
    """Masked pixels from SAR, by a random forest that the clear pixels of this scene have taught."""
    from sklearn.ensemble import RandomForestRegressor

    features = sar_features(triplet.sar)
    clear = np.flatnonzero(~mask)
    if len(clear) < LEAST_PIXELS:
        return triplet.cloudy
    rng = np.random.default_rng(seed)
    chosen = rng.choice(clear, min(len(clear), MOST_PIXELS), replace=False)
    forest = RandomForestRegressor(TREES, min_samples_leaf=LEAF, random_state=seed, n_jobs=1)
    forest.fit(features[chosen], triplet.cloudy.reshape(len(BANDS), -1).T[chosen])
    estimate = triplet.cloudy.reshape(len(BANDS), -1).copy()
    wanted = np.flatnonzero(mask)
    if len(wanted):
        estimate[:, wanted] = forest.predict(features[wanted]).T
    return composed(triplet.cloudy, estimate.reshape(triplet.cloudy.shape), mask)


def sar_features(sar: np.ndarray) -> np.ndarray:
    """Decibels, their means in windows and their differences: (rows * cols, features)."""
    means = [ndimage.uniform_filter(sar, (0, side, side), mode="nearest") for side in WINDOWS_PX]
    layers = [*sar, *(band for mean in means for band in mean), means[1][0] - means[1][1]]
    return np.stack(layers).reshape(len(layers), -1).T


def classical(triplet: Triplet, mask: np.ndarray) -> Mapping[str, np.ndarray]:
    """The rows without a network: name -> image."""
    return {
        "a": triplet.cloudy,
        "b": filled_with_means(triplet, mask),
        "c": filled_by_forest(triplet, mask),
    }
