"""The classical pansharpening methods that a network has to beat: EXP, GSA, BT-H, MTF-GLP-FS.

Arrays: `ms (bands, rows, cols)` at its own pixel, `pan (1, rows * ratio, cols * ratio)`, floating point, same
or different units; the result has the units of `ms` and the grid of `pan`. The MS pixel covers exactly
`ratio x ratio` pan pixels, `x_ms = (x_pan + 0.5) / ratio - 0.5`, here and in `core.grid.degradation`.

Every method is `method(ms, pan, ratio, gains) -> fused`; `gains` are the MTF gains of the MS bands.

EXP         Keys' cubic convolution, a = -0.5, doi:10.1109/TASSP.1981.1163711
GSA         Aiazzi et al. 2007, component substitution by regression, doi:10.1109/TGRS.2007.901007
BT-H        Lolli et al. 2017, Brovey transform with haze correction, doi:10.1109/LGRS.2017.2761021
MTF-GLP-FS  Vivone et al. 2018, full-scale regression of the injection gains, doi:10.1109/TIP.2018.2819501
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Callable

import numpy as np

from rsfusion_qgis.core.grid.degradation import apply_taps, degrade, reflect

Method = Callable[[np.ndarray, np.ndarray, int, Sequence[float]], np.ndarray]

KEYS_A = -0.5
SMALLEST_SHARE = 0.02
"""BT-H divides by the haze-free low-pass pan; it is kept above this share of its mean."""


def keys_weight(distance: np.ndarray) -> np.ndarray:
    """Keys' cubic kernel at `distance` pixels from its centre."""
    x = np.abs(distance)
    near = (KEYS_A + 2) * x**3 - (KEYS_A + 3) * x**2 + 1
    far = KEYS_A * (x**3 - 5 * x**2 + 8 * x - 4)
    return np.where(x <= 1, near, np.where(x < 2, far, 0.0))


def interpolate(ms: np.ndarray, ratio: float, shape: tuple[int, int]) -> np.ndarray:
    """Cubic interpolation of `ms` onto the grid of the pan.

    Parameters
    ----------
    ms
        `(bands, rows, cols)`.
    ratio
        MS pixel over pan pixel; it may be fractional.
    shape
        `(rows, cols)` of the pan.

    Returns
    -------
    numpy.ndarray
        `(bands, *shape)` float64, mirrored at the edges.
    """
    for axis in (1, 2):
        position = (np.arange(shape[axis - 1]) + 0.5) / ratio - 0.5
        index = np.floor(position).astype(int)[:, None] + np.arange(-1, 3)
        weight = keys_weight(position[:, None] - index)
        ms = apply_taps(ms, reflect(index, ms.shape[axis]), weight, axis)
    return ms


def exp(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    """Plain interpolation, the first row of every table; pan and gains have no part in it."""
    return interpolate(ms, ratio, pan.shape[1:])


def gsa(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    """Gram-Schmidt adaptive: the intensity is the regression of the low-pass pan on the bands.

    The low-pass pan has the mean MTF of the bands, since it is regressed on all of them together.
    """
    expanded = interpolate(ms, ratio, pan.shape[1:])
    weights = regress(_low_pass(pan, ratio, gains), ms)
    intensity = np.tensordot(weights[1:], expanded, 1) + weights[0]
    injection = _covariance(expanded, intensity) / intensity.var()
    return expanded + injection[:, None, None] * (pan[0] - intensity)


def bt_h(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    """Brovey transform on haze-free values; the haze of a band is its minimum (path radiance).

    Every fused pixel is the interpolated one, less its haze, times one factor: the spectral direction stays.
    The factor is pan over low-pass pan, both less the haze of the pan, which is the regression of the pan on
    the bands at their haze. (Dividing by the regressed intensity instead gave up to 9 % more error.)
    """
    expanded = interpolate(ms, ratio, pan.shape[1:])
    low_pan = _low_pass(pan, ratio, gains)
    weights = regress(low_pan, ms)
    haze = ms.reshape(len(ms), -1).min(axis=1)
    pan_haze = weights[0] + weights[1:] @ haze
    smooth = interpolate(low_pan[None], ratio, pan.shape[1:])[0] - pan_haze
    factor = np.maximum(pan[0] - pan_haze, 0.0) / np.maximum(smooth, SMALLEST_SHARE * smooth.mean())
    return (expanded - haze[:, None, None]) * factor + haze[:, None, None]


def mtf_glp_fs(ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    """Generalised Laplacian pyramid with each band's MTF; gains regressed at the scale of the pan."""
    expanded = interpolate(ms, ratio, pan.shape[1:])
    copies = np.repeat(pan, len(ms), axis=0)
    low_pan = interpolate(degrade(copies, ratio, gains), ratio, pan.shape[1:])
    injection = _covariance(expanded, pan[0]) / _covariance(low_pan, pan[0])
    return expanded + injection[:, None, None] * (pan - low_pan)


INTERPOLATION = "EXP"
METHODS: tuple[tuple[str, Method], ...] = (
    (INTERPOLATION, exp),
    ("GSA", gsa),
    ("BT-H", bt_h),
    ("MTF-GLP-FS", mtf_glp_fs),
)
"""Every classical method by its name in the tables; EXP first."""


def _low_pass(pan: np.ndarray, ratio: int, gains: Sequence[float]) -> np.ndarray:
    """The pan as the MS sensor would see it: `(rows, cols)` on the MS grid."""
    return degrade(pan, ratio, [float(np.mean(gains))])[0]


def regress(target: np.ndarray, bands: np.ndarray) -> np.ndarray:
    """Least-squares weights `(1 + bands,)` of a constant and of each band that together give `target`."""
    design = np.vstack([np.ones(target.size), bands.reshape(len(bands), -1)]).T
    return np.linalg.lstsq(design, target.ravel(), rcond=None)[0]


def _covariance(stack: np.ndarray, image: np.ndarray) -> np.ndarray:
    """Covariance of each band of `stack` with the one of `image` at the same index, or with the only one."""
    centred = stack - stack.mean(axis=(1, 2), keepdims=True)
    return (centred * (image - image.mean())).mean(axis=(1, 2))
