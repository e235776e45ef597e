"""What the clear pixels of a scene teach: trees that tell reflectance from radar backscatter around a pixel, and place.

Extremely randomised trees (Geurts, Ernst, Wehenkel 2006, doi:10.1007/s10994-006-6226-1) of scikit-learn, which is
imported on first use, so that everything else works without it. A network knows other scenes, the forest knows this
one; their mean is nearer to the truth than either.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...core.basics.optional import OptionalModule

ndimage = OptionalModule("scipy.ndimage")

INSTALL_LINE = "python3 -m pip install scikit-learn"
WINDOWS_PX = (3, 7, 15, 31)
REACH_PX = max(WINDOWS_PX) // 2
"""Pixels around a pixel that its features depend on."""
TREES, LEAF = 30, 5
LEAST_PIXELS, MOST_PIXELS = 200, 20000
"""Clear pixels that teach, at least and at most."""
CLEAR_REACH_PX = 3
"""Pixels around a pixel of a clear image that its features depend on."""
_PIXELS_AT_ONCE = 2**16


def missing_package() -> str:
    """Return "" where scikit-learn works, else what is wrong with it, as the end of a sentence."""
    try:
        import sklearn.ensemble  # noqa: F401
    except ModuleNotFoundError as error:
        if error.name == "sklearn":
            return "the Python package scikit-learn is not installed"
        return f"the Python package scikit-learn cannot be imported ({error})"
    except Exception as error:  # a wheel for another numpy raises more than ImportError
        return f"the Python package scikit-learn cannot be imported ({error})"
    return ""


def features(sar: np.ndarray, there: np.ndarray, col: int, row: int) -> np.ndarray:
    """What the trees look at, for every pixel.

    Parameters
    ----------
    sar : (2, rows, cols) float32, any unit that is the same for the whole scene.
    there : (rows, cols) bool, where it is valid.
    col, row : place of the first pixel in the scene.

    Returns
    -------
    ndarray
        (features, rows, cols) float32: the values, their means over the valid pixels of windows, the difference of
        the polarisations, the place and its diagonals.
    """
    weight = there.astype(np.float32)
    values = np.where(there, sar, np.float32(0))
    layers = [*values]
    for side in WINDOWS_PX:
        count = ndimage.uniform_filter(weight, side, mode="nearest")
        sums = ndimage.uniform_filter(values, (0, side, side), mode="nearest")
        layers += [*(sums / np.maximum(count, 0.5 / side**2))]
    layers.append(layers[4] - layers[5])
    rows, cols = np.mgrid[row : row + sar.shape[1], col : col + sar.shape[2]].astype(np.float32)
    return np.stack([*layers, cols, rows, cols + rows, cols - rows])


def reference_features(image: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Of a clear image (bands, rows, cols): its values and their means over the valid pixels of a small window.

    Returns
    -------
    ndarray
        (2 * bands, rows, cols) float32, which depends on CLEAR_REACH_PX pixels around.
    """
    values, side = np.where(there, image, np.float32(0)), 2 * CLEAR_REACH_PX + 1
    count = ndimage.uniform_filter(there.astype(np.float32), side, mode="nearest")
    sums = ndimage.uniform_filter(values, (0, side, side), mode="nearest")
    return np.concatenate([values, sums / np.maximum(count, 0.5 / side**2)])


class SceneForest:
    """Learns from clear pixels of all over the scene, then estimates what lies under the clouds.

    Parameters
    ----------
    trees, most : how many trees it grows, and from how many pixels at most.

    Attributes
    ----------
    pixels : int
        Clear pixels that it has been given.
    """

    def __init__(self, trees: int = TREES, most: int = MOST_PIXELS) -> None:
        self._trees, self._most = trees, most
        self._features: list[np.ndarray] = []
        self._spectra: list[np.ndarray] = []
        self._forest: Any = None
        self.pixels = 0

    def add(self, known: np.ndarray, spectra: np.ndarray) -> None:
        """Take in clear pixels: (pixels, features) and their reflectance (pixels, bands)."""
        self._features.append(known)
        self._spectra.append(spectra)
        self.pixels += len(known)

    @property
    def enough(self) -> bool:
        """Whether it has been given so many pixels that it can grow."""
        return self.pixels >= LEAST_PIXELS

    @property
    def asked(self) -> bool:
        """Whether its trees have grown."""
        return self._forest is not None

    def sample(self) -> tuple[np.ndarray, np.ndarray]:
        """All that it has been given, (pixels, features) and (pixels, bands); asked before its trees have grown."""
        return np.concatenate(self._features), np.concatenate(self._spectra)

    def grown(self) -> SceneForest:
        """Itself; the first call grows the trees, so a forest that is never asked costs nothing."""
        if self._forest is None:
            self.learn()
        return self

    def learn(self, seed: int = 0) -> bool:
        """Grow the trees; False where too few pixels were given, and no estimate can be had."""
        if not self.enough:
            return False
        from sklearn.ensemble import ExtraTreesRegressor

        known, spectra = np.concatenate(self._features), np.concatenate(self._spectra)
        self._features, self._spectra = [], []
        if len(known) > self._most:
            chosen = np.random.default_rng(seed).choice(len(known), self._most, replace=False)
            known, spectra = known[chosen], spectra[chosen]
        self._forest = ExtraTreesRegressor(self._trees, min_samples_leaf=LEAF, random_state=seed, n_jobs=1)
        self._forest.fit(known, spectra)
        return True

    def estimate(self, known: np.ndarray) -> np.ndarray:
        """Reflectance (pixels, bands) float32 of pixels by their features (pixels, features)."""
        parts = [self._forest.predict(known[first : first + _PIXELS_AT_ONCE]).astype(np.float32)
                 for first in range(0, len(known), _PIXELS_AT_ONCE)]  # fmt: skip
        return np.concatenate(parts)
