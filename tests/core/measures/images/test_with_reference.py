"""ERGAS, SAM, Q2n, SCC, PSNR and RMSE: outside values (sewar 0.4.10), numbers worked out by hand, and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.measures.images import METRICS, Metric
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.measures.images.psnr import psnr
from rsfusion_qgis.core.measures.images.q2n import conjugate_product, q2n
from rsfusion_qgis.core.measures.images.rmse import rmse
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.core.measures.images.scc import scc, sobel_magnitude

WITH_REFERENCE = [metric for metric in METRICS if metric.needs_reference]


def make_pair(bands: int, rows: int = 64, cols: int = 96, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """A noisy, slightly brighter image and its reference."""
    rng = np.random.default_rng(seed)
    reference = rng.uniform(100, 1000, (bands, rows, cols))
    return reference + rng.normal(20, 150, reference.shape), reference


def bands_last(image: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray(image.transpose(1, 2, 0))


# --- outside values


@pytest.mark.parametrize("shape", [(64, 96), (70, 45)])
@pytest.mark.parametrize("bands", [1, 2, 3, 4, 5, 8])
def test_against_sewar(bands: int, shape: tuple[int, int]) -> None:
    """sewar takes bands last and the reference first; its SAM is in radians, its ERGAS wants 1 / ratio."""
    outside = pytest.importorskip("sewar.full_ref")
    fused, reference = make_pair(bands, *shape)
    truth, guess = bands_last(reference), bands_last(fused)
    assert ergas(fused, reference, 4) == pytest.approx(outside.ergas(truth, guess, r=1 / 4), rel=1e-12)
    assert sam(fused, reference) == pytest.approx(np.degrees(outside.sam(truth, guess)), rel=1e-12)
    assert q2n(fused, reference) == pytest.approx(outside.q2n(truth, guess), rel=1e-9)
    assert rmse(fused, reference) == pytest.approx(outside.rmse(truth, guess), rel=1e-12)
    assert psnr(fused, reference, 2047) == pytest.approx(outside.psnr(truth, guess, MAX=2047), rel=1e-12)


def test_ergas_by_hand() -> None:
    """Errors of 1 on a mean of 10 and of 4 on a mean of 20: (100/4) sqrt((.01 + .04) / 2)."""
    reference = np.stack([np.full((2, 2), 10.0), np.full((2, 2), 20.0)])
    fused = reference + np.array([1.0, -4.0])[:, None, None]
    assert ergas(fused, reference, 4) == pytest.approx(25 * np.sqrt(0.025))
    assert ergas(fused, reference, 2) == pytest.approx(50 * np.sqrt(0.025))


def test_sam_by_hand_is_a_mean_over_pixels() -> None:
    """Four pixels 0, 45, 90 degrees apart and one without a direction: the mean is over the three."""
    reference = np.array([[[1.0, 1.0, 1.0, 0.0]], [[0.0, 0.0, 0.0, 0.0]]])
    fused = np.array([[[5.0, 2.0, 0.0, 1.0]], [[0.0, 2.0, 3.0, 1.0]]])
    assert sam(fused, reference) == pytest.approx(45.0)


def test_sobel_of_a_ramp_by_hand() -> None:
    ramp = np.tile(np.arange(5.0), (1, 4, 1))
    np.testing.assert_array_equal(sobel_magnitude(ramp), np.full((1, 2, 3), 8.0))


def test_sobel_against_scipy() -> None:
    ndimage = pytest.importorskip("scipy.ndimage")
    image = make_pair(1)[0]
    whole = np.hypot(ndimage.sobel(image[0], 0), ndimage.sobel(image[0], 1))
    np.testing.assert_allclose(sobel_magnitude(image)[0], whole[1:-1, 1:-1], rtol=1e-12)


def test_quaternion_products() -> None:
    """Unit times its own conjugate is one; two different imaginary units give a third one."""
    table = conjugate_product(4)
    for i in range(4):
        assert table[:, i, i].tolist() == [1, 0, 0, 0]
    assert np.abs(table[:, 1, 2]).tolist() == [0, 0, 0, 1]


def test_q2n_of_one_band_is_the_universal_index() -> None:
    """One band: 4 cov mx my / ((vx + vy)(mx^2 + my^2)) of the values brought to mean 1, deviation 1."""
    fused, reference = make_pair(1, 32, 32)
    y = (reference - reference.mean()) / reference.std(ddof=1) + 1
    x = (fused - reference.mean()) / reference.std(ddof=1) + 1
    covariance = ((x - x.mean()) * (y - y.mean())).mean()
    bias = 2 * x.mean() * y.mean() / (x.mean() ** 2 + y.mean() ** 2)
    assert q2n(fused, reference) == pytest.approx(2 * covariance / (x.var() + y.var()) * bias)


# --- laws


@pytest.mark.parametrize("metric", WITH_REFERENCE, ids=lambda metric: metric.id)
@pytest.mark.parametrize("bands", [1, 3, 8])
def test_a_perfect_image_gets_the_best_value(metric: Metric, bands: int) -> None:
    if metric.id == "sam" and bands == 1:
        bands = 2
    reference = make_pair(bands)[1]
    value = metric.compute(fused=reference.copy(), reference=reference, ratio=4, peak=2047.0)
    assert value == pytest.approx(metric.best, abs=1e-5)


@pytest.mark.parametrize("metric", WITH_REFERENCE, ids=lambda metric: metric.id)
def test_more_noise_is_worse(metric: Metric) -> None:
    reference = make_pair(4)[1]
    noise = np.random.default_rng(5).normal(0, 1, reference.shape)
    values = [
        metric.compute(fused=reference + level * noise, reference=reference, ratio=4, peak=2047.0)
        for level in (20, 80, 200)
    ]
    worse = 1.0 if metric.best == 0.0 else -1.0
    assert worse * values[0] < worse * values[1] < worse * values[2]


@pytest.mark.parametrize("metric", WITH_REFERENCE, ids=lambda metric: metric.id)
@pytest.mark.parametrize("nonsense", [-1e4, np.nan])
def test_what_is_not_valid_does_not_count(metric: Metric, nonsense: float) -> None:
    """Nonsense under the mask changes nothing, and a mask per band counts where all the bands are valid."""
    fused, reference = make_pair(3)
    valid = np.ones(fused.shape, dtype=bool)
    valid[1, 10:20, 30:50] = False
    spoilt = fused.copy()
    spoilt[:, 10:20, 30:50] = nonsense
    known = {"reference": reference, "ratio": 4, "peak": 2047.0, "valid": valid}
    assert metric.compute(fused=spoilt, **known) == pytest.approx(metric.compute(fused=fused, **known))
    assert metric.compute(fused=spoilt, **{**known, "valid": None}) != metric.compute(fused=fused, **known)


@given(st.integers(2, 9), st.floats(0.05, 20), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_sam_is_blind_to_a_gain_per_pixel(bands: int, gain: float, seed: int) -> None:
    fused, reference = make_pair(bands, 8, 9, seed)
    per_pixel = gain * np.random.default_rng(seed).uniform(0.5, 2, (1, 8, 9))
    assert sam(reference * per_pixel, reference) == pytest.approx(0.0, abs=1e-5)
    assert sam(fused * per_pixel, reference) == pytest.approx(sam(fused, reference))


@given(st.integers(1, 8), st.floats(0.01, 100), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_a_common_gain_changes_no_relative_metric(bands: int, gain: float, seed: int) -> None:
    fused, reference = make_pair(bands, 32, 32, seed)
    assert ergas(gain * fused, gain * reference, 4) == pytest.approx(ergas(fused, reference, 4))
    assert q2n(gain * fused, gain * reference) == pytest.approx(q2n(fused, reference))
    assert scc(gain * fused, gain * reference) == pytest.approx(scc(fused, reference))


def test_q2n_is_the_mean_over_blocks() -> None:
    fused, reference = make_pair(4, 64, 32)
    parts = [q2n(fused[:, rows], reference[:, rows]) for rows in (slice(0, 32), slice(32, 64))]
    assert q2n(fused, reference) == pytest.approx(np.mean(parts))


def test_q2n_leaves_out_blocks_without_data() -> None:
    fused, reference = make_pair(4, 32, 64)
    valid = np.ones((32, 64), dtype=bool)
    valid[:, 40:] = False
    assert q2n(fused, reference, valid) == pytest.approx(q2n(fused[:, :, :32], reference[:, :, :32]))
    valid[20:] = False
    valid[:, :32] = False
    assert np.isnan(q2n(fused, reference, valid))


def test_integer_images_do_not_overflow() -> None:
    """Differences of unsigned integers would wrap round; the result is the one of floating point numbers."""
    fused, reference = (image.clip(0).astype(np.uint16) for image in make_pair(4))
    known = {"ratio": 4, "peak": 2047.0}
    for metric in WITH_REFERENCE:
        whole = metric.compute(fused=fused, reference=reference, **known)
        real = metric.compute(fused=fused.astype(float), reference=reference.astype(float), **known)
        assert whole == pytest.approx(real)


# --- what is refused


@pytest.mark.parametrize("metric", WITH_REFERENCE, ids=lambda metric: metric.id)
def test_different_grids_are_refused(metric: Metric) -> None:
    with pytest.raises(InputError, match="on the same grid"):
        metric.compute(fused=np.ones((2, 8, 8)), reference=np.ones((2, 8, 9)), ratio=4, peak=1.0)


def test_a_missing_array_is_named() -> None:
    with pytest.raises(InputError, match="ERGAS needs reference, ratio"):
        METRICS[0].compute(fused=np.ones((2, 8, 8)))


def test_a_mask_that_leaves_nothing_is_refused() -> None:
    fused, reference = make_pair(2, 8, 8)
    with pytest.raises(InputError, match="No pixel is valid"):
        sam(fused, reference, np.zeros((8, 8), dtype=bool))
    with pytest.raises(InputError, match="give a mask on its grid"):
        sam(fused, reference, np.ones((8, 9), dtype=bool))


@pytest.mark.parametrize("bands, angle", [(30, 0.0), (4, 45.0)])
def test_sam_leaves_dark_pixels_of_many_bands_out(bands: int, angle: float) -> None:
    """Half of the image is a border of near zeros, in which nothing but noise has a direction."""
    reference = np.full((bands, 8, 8), 1000.0)
    fused = reference.copy()
    reference[: bands // 2, :, :4], reference[bands // 2 :, :, :4] = 20.0, 0.0
    fused[: bands // 2, :, :4], fused[bands // 2 :, :, :4] = 0.0, 20.0
    assert sam(fused, reference) == pytest.approx(angle, abs=1e-5)
