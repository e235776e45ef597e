"""The methods by name: each turns a pair and what was found about it into the fine image of the wanted date."""

from __future__ import annotations

from typing import Callable

import numpy as np

from . import fitfc, fsdaf, regression, starfm
from .guard import MEAN_SHIFT, UNCHANGED
from .pair import Model, Pair

REGRESSION, STARFM, ESTARFM, FSDAF, FITFC = "regression", "starfm", "estarfm", "fsdaf", "fitfc"
METHODS = (REGRESSION, STARFM, ESTARFM, FSDAF, FITFC, MEAN_SHIFT, UNCHANGED)
METHODS_HELP = (
    "regression: local regression and residual, trusted as far as the pair tells. starfm (Gao 2006), estarfm (Zhu "
    "2010; two pairs), fsdaf (Zhu 2016), fitfc (Wang and Atkinson 2018): methods of the literature, slower. "
    "meanshift: the fine raster and the mean change. unchanged: the fine raster as it is."
)


def unchanged(pair: Pair, model: Model) -> np.ndarray:
    """The fine image as it is."""
    return pair.fine


def mean_shift(pair: Pair, model: Model) -> np.ndarray:
    """The fine image and the mean change of each band."""
    return pair.fine + model.column("shift")


PREDICTORS: dict[str, Callable[[Pair, Model], np.ndarray]] = {
    REGRESSION: regression.predict, STARFM: starfm.predict, FSDAF: fsdaf.predict, FITFC: fitfc.predict,
    MEAN_SHIFT: mean_shift, UNCHANGED: unchanged,
}  # fmt: skip
"""Those that need one pair."""
