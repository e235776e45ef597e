"""Other ways to measure a shift, behind the benchmark's interface: scikit-image, OpenCV, mutual information.

All get the same thing: one image per raster (first principal component of the standardised bands, invalid pixels at
the mean), and where the grids differ, the reference blurred by the sensor's MTF and decimated to the secondary's.
skimage phase    `phase_cross_correlation`, to 1/50 pixel, both images under a Hann window
cv2 phase        `phaseCorrelate` under OpenCV's own Hann window
cv2 ECC          `findTransformECC` from coarse to fine in three steps, translation, or affine where turned
mutual information   own: 32 x 32 bins, every whole shift in reach, sub-pixel by a parabola
AROSICS has a room of its own, `registration_arosics`.
"""

from __future__ import annotations

from functools import partial
from typing import Callable

import numpy as np
from scipy import ndimage
from scipy.signal.windows import hann

from models.alignment.methods import MAX_SHIFT_PX, PEER, Case, Measured, Method
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.grid.degradation import degrade

Finder = Callable[[np.ndarray, np.ndarray, float, bool], "tuple[float, float]"]
"""From two images (rows, cols), the reach in their pixels, and whether they are turned, to (cols, rows)."""

UPSAMPLE = 50
BINS = 32
ECC_LEVELS, ECC_STEPS, ECC_EPSILON, ECC_FILTER = (4, 2, 1), 100, 1e-6, 5
MI_SMOOTHING_PX = 1.0
"""Of a Gaussian before the histogram: speckle hides the resemblance otherwise."""


def peer_methods() -> tuple[list[Method], list[str]]:
    """Those that can be imported, and a sentence for each that cannot."""
    methods = [Method("skimage phase", PEER, partial(_on_one_grid, _skimage))]
    left_out = []
    try:
        import cv2  # noqa: F401
    except ImportError:
        left_out.append("Left out, not installed: OpenCV; pip install -r requirements/bench.txt to have its rows.")
    else:
        methods += [Method("cv2 phase", PEER, partial(_on_one_grid, _cv2_phase))]
        methods += [Method("cv2 ECC", PEER, partial(_on_one_grid, _cv2_ecc))]
    return [*methods, mutual_information()], left_out


def mutual_information() -> Method:
    """The method that shares nothing with ours, and works across sensors."""
    return Method("mutual information", PEER, partial(_on_one_grid, _mutual_information))


def one_image(values: np.ndarray) -> np.ndarray:
    """First principal component of the standardised bands, zero mean, unit deviation, (rows, cols) float64."""
    known = np.isfinite(values).all(0)
    if not known.any():
        raise RsFusionError("no valid pixel")
    inside = values[:, known].astype(np.float64)
    inside = (inside - inside.mean(1, keepdims=True)) / (inside.std(1, keepdims=True) + 1e-12)
    _, vectors = np.linalg.eigh(inside @ inside.T)
    first = vectors[:, -1] * (1.0 if vectors[:, -1].sum() >= 0 else -1.0)
    image = np.zeros(known.shape)
    image[known] = first @ inside
    return image / (image.std() + 1e-12)


def on_one_grid(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """Both as one image on the secondary's grid."""
    reference = case.reference
    if case.ratio > 1:
        reference = degrade(reference, case.ratio, [case.gain] * len(reference))
    return one_image(reference), one_image(case.secondary)


def _on_one_grid(find: Finder, case: Case) -> Measured:
    reference, secondary = on_one_grid(case)
    reach = MAX_SHIFT_PX / case.ratio
    cols, rows = find(reference, secondary, reach, case.turned)
    if not np.isfinite([cols, rows]).all():
        raise RsFusionError("no finite shift")
    return Measured(float(cols) * case.ratio, float(rows) * case.ratio)


def _skimage(reference: np.ndarray, secondary: np.ndarray, reach: float, turned: bool) -> tuple[float, float]:
    from skimage.registration import phase_cross_correlation

    window = np.outer(*(hann(size, sym=False) for size in reference.shape))
    (rows, cols), *_ = phase_cross_correlation(reference * window, secondary * window, upsample_factor=UPSAMPLE)
    return float(cols), float(rows)


def _cv2_phase(reference: np.ndarray, secondary: np.ndarray, reach: float, turned: bool) -> tuple[float, float]:
    import cv2

    window = cv2.createHanningWindow(reference.shape[::-1], cv2.CV_64F)
    (cols, rows), _ = cv2.phaseCorrelate(reference, secondary, window)
    return -cols, -rows  # it says how far the second lies from the first


def _cv2_ecc(reference: np.ndarray, secondary: np.ndarray, reach: float, turned: bool) -> tuple[float, float]:
    """From coarse to fine, each step beginning where the last ended; a step that fails is the end."""
    import cv2

    model = cv2.MOTION_AFFINE if turned else cv2.MOTION_TRANSLATION
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, ECC_STEPS, ECC_EPSILON)
    warp = np.eye(2, 3, dtype=np.float32)
    for level in ECC_LEVELS:
        if min(reference.shape) < 16 * level:
            continue
        images = [np.ascontiguousarray(_coarser(image, level), np.float32) for image in (reference, secondary)]
        warp[:, 2] /= level
        try:
            _, warp = cv2.findTransformECC(*images, warp, model, stop, None, ECC_FILTER)
        except cv2.error as error:
            raise RsFusionError(f"findTransformECC: {str(error).strip().splitlines()[-1]}") from error
        warp[:, 2] *= level
    # The warp leads from the reference to the secondary; what must be added leads back.
    centre = (np.array(reference.shape[::-1]) - 1) / 2
    cols, rows = np.linalg.solve(warp[:, :2].astype(float), centre - warp[:, 2]) - centre
    return float(cols), float(rows)


def _coarser(image: np.ndarray, level: int) -> np.ndarray:
    """Means of level x level pixels; the half-pixel steps of both images are the same."""
    rows, cols = (size // level for size in image.shape)
    return image[: rows * level, : cols * level].reshape(rows, level, cols, level).mean((1, 3))


def _mutual_information(
    reference: np.ndarray, secondary: np.ndarray, reach: float, turned: bool
) -> tuple[float, float]:  # fmt: skip
    """The whole shift with the most information, and the parabolas through its neighbours."""
    steps = int(np.ceil(reach))
    first, second = (_bins(ndimage.gaussian_filter(image, MI_SMOOTHING_PX)) for image in (reference, secondary))
    rows, cols = first.shape
    if min(rows, cols) < 3 * steps:
        raise RsFusionError(f"{cols} x {rows} pixels are too few for shifts up to {steps}")
    inner = second[steps : rows - steps, steps : cols - steps]
    score = np.array(
        [
            [_information(first[r : r + inner.shape[0], c : c + inner.shape[1]], inner) for c in range(2 * steps + 1)]
            for r in range(2 * steps + 1)
        ]
    )
    row, col = np.unravel_index(int(score.argmax()), score.shape)
    return col - steps + _top(score[row], int(col)), row - steps + _top(score[:, col], int(row))


def _bins(image: np.ndarray) -> np.ndarray:
    """Bins of equal numbers of pixels, 0 to `BINS` - 1."""
    edges = np.quantile(image, np.linspace(0, 1, BINS + 1)[1:-1])
    return np.searchsorted(edges, image).astype(np.int64)


def _information(first: np.ndarray, second: np.ndarray) -> float:
    joint = np.bincount((first * BINS + second).ravel(), minlength=BINS * BINS).reshape(BINS, BINS) / first.size
    apart = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
    some = joint > 0
    return float((joint[some] * np.log(joint[some] / apart[some])).sum())


def _top(score: np.ndarray, best: int) -> float:
    if not 0 < best < len(score) - 1:
        return 0.0
    before, here, after = score[best - 1 : best + 2]
    bend = before - 2 * here + after
    return float(0.5 * (before - after) / bend) if bend < 0 else 0.0
