"""D_lambda,K, D_rho, R-SAM and R-ERGAS: numbers worked out by hand, and laws."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images import METRICS
from rsfusion_qgis.core.measures.images.d_lambda_k import d_lambda_k
from rsfusion_qgis.core.measures.images.d_rho import d_rho
from rsfusion_qgis.core.measures.images.r_ergas import r_ergas
from rsfusion_qgis.core.measures.images.r_sam import r_sam
from rsfusion_qgis.core.measures.images.sam import sam
from rsfusion_qgis.core.measures.images.scene import Contrast

GAINS = (0.35, 0.3, 0.25)


@pytest.fixture(scope="module")
def scene() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A fine truth `(3, 256, 256)`, its pan and its MS at ratio 4."""
    rng = np.random.default_rng(2)
    patches = np.kron(rng.uniform(300, 900, (3, 32, 32)), np.ones((1, 8, 8)))
    fine = patches + np.array([20.0, 30.0, 40.0])[:, None, None] * rng.normal(size=(1, 256, 256))
    return fine, fine.mean(axis=0, keepdims=True), degrade(fine, 4, GAINS)


def test_the_truth_is_consistent_with_its_own_ms(scene: tuple[np.ndarray, ...]) -> None:
    fine, _, ms = scene
    assert d_lambda_k(fine, ms, 4, GAINS) == pytest.approx(0.0, abs=1e-12)
    assert r_sam(fine, ms, 4, GAINS) == pytest.approx(0.0, abs=1e-5)
    assert r_ergas(fine, ms, 4, GAINS) == pytest.approx(0.0, abs=1e-9)


def test_a_spectral_error_is_seen(scene: tuple[np.ndarray, ...]) -> None:
    fine, _, ms = scene
    tinted = fine * np.array([1.2, 1.0, 0.8])[:, None, None]
    assert d_lambda_k(tinted, ms, 4, GAINS) > 0.02
    assert r_sam(tinted, ms, 4, GAINS) == pytest.approx(sam(degrade(tinted, 4, GAINS), ms))
    assert r_sam(fine * 1.2, ms, 4, GAINS) == pytest.approx(0.0, abs=1e-5)


def test_a_known_shift_is_undone(scene: tuple[np.ndarray, ...]) -> None:
    """Each band of the MS lies elsewhere; with the shifts given, the truth is consistent again."""
    fine, _, _ = scene
    shifts = [(0.5, -0.5), (1.0, 0.25), (-0.75, 0.0)]
    ms = degrade(fine, 4, GAINS, shifts)
    assert r_sam(fine, ms, 4, GAINS, shifts) == pytest.approx(0.0, abs=1e-5)
    assert r_ergas(fine, ms, 4, GAINS, shifts) == pytest.approx(0.0, abs=1e-9)
    assert r_sam(fine, ms, 4, GAINS) > 1.0


def test_d_rho_of_the_pan_itself_is_zero(scene: tuple[np.ndarray, ...]) -> None:
    _, pan, _ = scene
    assert d_rho(np.repeat(pan, 3, 0) * 3 + 100, pan, 4) == pytest.approx(0.0, abs=1e-6)
    assert d_rho(-pan, pan, 4) == pytest.approx(2.0, abs=1e-6)


def test_d_rho_of_noise_is_one(scene: tuple[np.ndarray, ...]) -> None:
    _, pan, _ = scene
    noise = np.random.default_rng(8).normal(size=(2, 256, 256))
    assert d_rho(noise, pan, 4) == pytest.approx(1.0, abs=0.02)


def test_d_rho_by_hand_against_numpy_corrcoef() -> None:
    rng = np.random.default_rng(4)
    band, pan = rng.normal(size=(2, 1, 5, 6))
    expected = [
        1 - np.corrcoef(band[0, i : i + 3, j : j + 3].ravel(), pan[0, i : i + 3, j : j + 3].ravel())[0, 1]
        for i in range(3)
        for j in range(4)
    ]
    assert d_rho(band, pan, 3) == pytest.approx(np.mean(expected))


def test_d_rho_leaves_out_a_flat_pan_and_counts_a_flat_band() -> None:
    """Left half: flat pan, no window counts. Right half: pan varies, the fused band is flat: no relation."""
    pan = np.zeros((1, 8, 16))
    pan[0, :, 8:] = np.random.default_rng(1).normal(size=(8, 8))
    assert d_rho(np.ones((1, 8, 16)), pan, 2) == pytest.approx(1.0)
    assert np.isnan(d_rho(pan, np.ones((1, 8, 16)), 2))


def test_invalid_pixels_spoil_nothing(scene: tuple[np.ndarray, ...]) -> None:
    fine, pan, ms = scene
    valid = np.ones(pan.shape, dtype=bool)
    valid[0, 100:108, 60:70] = False
    spoilt = fine.copy()
    spoilt[:, 100:108, 60:70] = np.nan
    known = {"fine": pan, "coarse": ms, "ratio": 4, "gains": GAINS, "valid": valid}
    known.update(expanded=np.kron(ms, np.ones((1, 4, 4))), contrast=Contrast((1.0, 2.0, 3.0), (0.3, 0.3, 0.4), 50.0))
    for metric in METRICS:
        if not metric.needs_reference:
            clean, dirty = (metric.compute(fused=image, **known) for image in (fine, spoilt))
            assert dirty == pytest.approx(clean, abs=1e-9)


def test_another_grid_is_refused() -> None:
    with pytest.raises(InputError, match="one band on the same grid"):
        d_rho(np.zeros((3, 8, 8)), np.zeros((1, 8, 9)), 4)
    with pytest.raises(InputError, match="on the same grid"):
        d_lambda_k(np.zeros((3, 32, 32)), np.zeros((3, 9, 8)), 4, GAINS)
