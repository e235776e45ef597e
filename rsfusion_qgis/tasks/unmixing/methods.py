"""The ways to shares, on pixels as lists: what QGIS calls METHOD.

Pixels are (bands, n), shares (classes, n); they are not negative and sum to one.
"""

from __future__ import annotations

from typing import Any, Callable, Optional

import numpy as np

from ...core.basics.findings import Finding
from ...core.rasters.spectra import Spectra
from . import solvers, synthetic
from .sources import Known

FCLS, SCLSU, SPARSE, BUNDLES, SYNTHETIC = METHODS = ("fcls", "sclsu", "sparse", "bundles", "synthetic")
LEAST_KNOWN = 20
"""Pixels of known shares per class from which a regression learns from them alone."""
_MOST_LEARNED = 800
Prior = tuple[np.ndarray, np.ndarray]
"""(classes, n) shares, and where they are known, (n,) bool."""
Tells = Callable[[np.ndarray, Optional[np.ndarray]], Prior]


class Unmixer:
    """One method, ready for pixels.

    Parameters
    ----------
    endmembers : what has `spectra` and `known`, see `sources.Endmembers`.
    method : one of METHODS.
    penalty : of SPARSE.
    weight : of the guide.
    tells : (fine pixels of the guide, shares by HS alone or None) -> what it tells; None = there is no guide.

    Attributes
    ----------
    spectra : Spectra
        Those that are used.
    said : tuple of Finding
    """

    def __init__(
        self, endmembers: Any, method: str, penalty: float = 0.0, weight: float = 0.0, tells: Optional[Tells] = None
    ) -> None:
        self.method, self._penalty, self._weight, self._tells = method, penalty, weight, tells
        whole: Spectra = endmembers.spectra
        self.means = whole.means()
        self.spectra = whole.thinned() if method in (SPARSE, BUNDLES) else self.means
        self._member = self.spectra.membership
        self.said: tuple[Finding, ...] = ()
        self._regression: Optional[synthetic.Regression] = None
        self._beside: Optional[_Beside] = None
        if method == SYNTHETIC:
            self._learn(whole.thinned(), endmembers.known)

    def __call__(
        self, pixels: np.ndarray, fine: Optional[np.ndarray] = None, all_wanted: bool = True
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Shares (classes, n), and where wanted root mean square error over the bands (n,) and shade (n,).

        Parameters
        ----------
        pixels : ndarray
            (bands, n).
        fine : ndarray, optional
            (bands * steps^2, n) of the guide, where there is one.
        """
        if not pixels.shape[1]:
            return np.zeros((len(self.means.classes), 0)), np.zeros(0), np.zeros(0)
        amounts = self._amounts(pixels, fine)
        shares = self._of_classes(amounts)
        if not all_wanted:
            return shares, np.zeros(0), np.zeros(0)
        fitted = self.spectra.values.astype(np.float32) @ amounts.astype(np.float32)
        mixed = self.means.values.astype(np.float32) @ shares.astype(np.float32)
        length = np.maximum(np.einsum("bn,bn->n", mixed, mixed), np.finfo(np.float32).tiny)
        fitted -= pixels
        error = np.sqrt(np.einsum("bn,bn->n", fitted, fitted) / len(pixels))
        return shares, error, 1.0 - np.einsum("bn,bn->n", pixels, mixed) / length

    def shares(self, pixels: np.ndarray) -> np.ndarray:
        """Shares alone."""
        return self(pixels, all_wanted=False)[0]

    def _of_classes(self, amounts: np.ndarray) -> np.ndarray:
        return solvers.shares_of(amounts if len(amounts) == len(self._member) else self._member @ amounts)[0]

    def _amounts(self, pixels: np.ndarray, fine: Optional[np.ndarray]) -> np.ndarray:
        """Amounts of the spectra that are used, (m, n)."""
        if self.method == SYNTHETIC:
            return self._regressed(pixels, fine)
        alone = self._solved(pixels, None)
        wished, there = self._prior(fine, self._of_classes(alone))
        if there.any():
            wished = wished[:, there]
            if self.method in (SCLSU, SPARSE):  # the prior is of shares; amounts are as bright as the pixel
                wished = wished * alone[:, there].sum(axis=0)
            alone[:, there] = self._solved(pixels[:, there], wished)
        return alone

    def _prior(self, fine: Optional[np.ndarray], alone: np.ndarray) -> Prior:
        """What the guide tells; nowhere where there is none."""
        if fine is None or self._tells is None:
            return alone, np.zeros(alone.shape[1], bool)
        return self._tells(fine, alone)

    def _solved(self, pixels: np.ndarray, wished: Optional[np.ndarray]) -> np.ndarray:
        values, given = self.spectra.values, (wished, self._weight, self._member)
        if self.method in (FCLS, BUNDLES):
            return solvers.fcls(pixels, values, *given)
        return solvers.nnls(pixels, values, *given, self._penalty if self.method == SPARSE else 0.0)

    def _learn(self, spectra: Spectra, known: Optional[Known]) -> None:
        """Train the regression: on pixels of known shares where there are enough, else on synthetic mixtures."""
        if known is not None and self._tells_enough(known.shares):
            chosen = np.s_[:, :: -(-known.pixels.shape[1] // _MOST_LEARNED)]
            pixels, shares = known.pixels[chosen].astype(float), known.shares[chosen]
            what = f"{pixels.shape[1]} pixels whose shares the samples tell"
            if self._tells is not None and known.fine is not None:
                told = self._tells(known.fine[chosen], None)
                self._beside = _Beside(pixels, told, self._weight)
                pixels = self._beside(pixels, told)
        else:
            pixels, shares = synthetic.mixtures(spectra.values, spectra.of, synthetic.MIXTURES)
            what = f"{synthetic.MIXTURES} synthetic mixtures"
        self._regression = synthetic.fit(pixels, shares)
        words = f"The regression learned from {what}; error of the shares when each is left out: "
        self.said = (Finding("regression", "info", "OUTPUT", f"{words}{self._regression.error:.3f}"),)

    @staticmethod
    def _tells_enough(shares: np.ndarray) -> bool:
        """Whether shares are many, of every class, and of mixed pixels too."""
        mixed = (shares.max(axis=0) < 0.9).sum()
        return bool(shares.shape[1] >= LEAST_KNOWN * len(shares) and (shares.sum(axis=1) >= 3).all() and mixed >= 10)

    def _regressed(self, pixels: np.ndarray, fine: Optional[np.ndarray]) -> np.ndarray:
        if self._beside is not None:
            return self._regression(self._beside(pixels, self._tells(fine, None)))
        shares = self._regression(pixels)
        wished, there = self._prior(fine, shares)
        shares[:, there] = (shares[:, there] + self._weight * wished[:, there]) / (1 + self._weight)
        return shares


class _Beside:
    """Puts the guide's shares below the bands of the pixels, with as much contrast as those, times the weight."""

    def __init__(self, pixels: np.ndarray, prior: Prior, weight: float) -> None:
        self._mean = prior[0][:, prior[1]].mean(axis=1) if prior[1].any() else np.zeros(len(prior[0]))
        spread = float((prior[0][:, prior[1]] - self._mean[:, None]).std()) if prior[1].any() else 0.0
        length = float(np.sqrt(((pixels - pixels.mean(axis=1, keepdims=True)) ** 2).sum(axis=0).mean()))
        self._factor = weight * length / (2 * spread) if spread > 0 else 0.0

    def __call__(self, pixels: np.ndarray, prior: Prior) -> np.ndarray:
        """(bands + classes, n)."""
        shares = np.where(prior[1], prior[0], self._mean[:, None])
        return np.concatenate([pixels, self._factor * shares])
