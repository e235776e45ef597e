"""D_lambda, D_s, QNR and HQNR: bands that are multiples of each other have the universal index (2a / (1 + a^2))^2."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images.d_lambda import d_lambda
from rsfusion_qgis.core.measures.images.d_lambda_k import d_lambda_k
from rsfusion_qgis.core.measures.images.d_s import d_s
from rsfusion_qgis.core.measures.images.hqnr import hqnr
from rsfusion_qgis.core.measures.images.qnr import qnr

RATIO, GAINS, PAN_GAIN = 2, (0.3, 0.3, 0.3), 0.15


def times(image: np.ndarray, *factors: float) -> np.ndarray:
    """Bands that are multiples of one band `(1, rows, cols)`."""
    return np.concatenate([factor * image for factor in factors])


@pytest.fixture(scope="module")
def pan() -> np.ndarray:
    return np.random.default_rng(6).uniform(1, 9, (1, 192, 128))


@pytest.fixture(scope="module")
def coarse(pan: np.ndarray) -> np.ndarray:
    """The pan as its own sensor would see it with the MS's pixels."""
    return degrade(pan, RATIO, [PAN_GAIN])


def test_d_lambda_by_hand(pan: np.ndarray, coarse: np.ndarray) -> None:
    """Factors 1 2 3 against 1 1 1: indices .64, .36 and (3 / 3.25)^2 where the MS has 1."""
    ms, fused = times(coarse, 1, 1, 1), times(pan, 1, 2, 3)
    expected = np.mean([0.36, 0.64, 1 - (3 / 3.25) ** 2])
    assert d_lambda(fused, ms, RATIO) == pytest.approx(expected)
    assert d_lambda(times(pan, 1, 2, 3), times(coarse, 2, 4, 6), RATIO) == pytest.approx(0.0, abs=1e-12)


def test_d_s_by_hand(pan: np.ndarray, coarse: np.ndarray) -> None:
    """Fused bands 1 and 2 times the pan, MS bands 2 and 2 times: |1 - .64| and |.64 - .64|."""
    known = {"ratio": RATIO, "gains": (0.4, 0.2), "fine_gain": PAN_GAIN}
    assert d_s(times(pan, 1, 2), pan, times(coarse, 2, 2), **known) == pytest.approx(0.18)
    assert d_s(times(pan, 3, 2), pan, times(coarse, 3, 2), **known) == pytest.approx(0.0, abs=1e-12)


def test_d_s_takes_the_mean_gain_where_the_pans_is_unknown(pan: np.ndarray) -> None:
    ms = times(degrade(pan, RATIO, [0.3]), 2, 2)
    assert d_s(times(pan, 1, 2), pan, ms, RATIO, (0.4, 0.2)) == pytest.approx(0.18)


def test_products_by_hand(pan: np.ndarray, coarse: np.ndarray) -> None:
    fused, ms = times(pan, 1, 2, 3), times(coarse, 1, 1, 1)
    known = {"fused": fused, "fine": pan, "coarse": ms, "ratio": RATIO, "gains": GAINS, "fine_gain": PAN_GAIN}
    spatial = np.mean([0, 0.36, 0.64])
    assert d_s(**known) == pytest.approx(spatial)
    spectral = np.mean([0.36, 0.64, 1 - (3 / 3.25) ** 2])
    assert qnr(**known) == pytest.approx((1 - spectral) * (1 - spatial))
    consistency = d_lambda_k(fused, ms, RATIO, GAINS)
    assert 0 < consistency < 1
    assert hqnr(**known) == pytest.approx((1 - consistency) * (1 - spatial))


def test_a_perfect_image_gets_one(pan: np.ndarray, coarse: np.ndarray) -> None:
    known = {"fused": times(pan, 1, 2, 3), "fine": pan, "ratio": RATIO, "gains": GAINS, "fine_gain": GAINS[0]}
    ms = degrade(known["fused"], RATIO, GAINS)
    assert qnr(**known, coarse=ms) == pytest.approx(1.0)
    assert hqnr(**known, coarse=ms) == pytest.approx(1.0)


def test_one_band_has_no_relations(pan: np.ndarray, coarse: np.ndarray) -> None:
    assert np.isnan(d_lambda(pan, coarse, RATIO))
    known = {"ratio": RATIO, "gains": (0.3,), "fine_gain": PAN_GAIN}
    assert np.isnan(qnr(pan, pan, coarse, **known))
    assert np.isfinite(hqnr(pan, pan, coarse, **known))


def test_blocks_without_data_are_left_out(pan: np.ndarray, coarse: np.ndarray) -> None:
    """A hole over the upper half, where the fused image is nonsense, and over the MS pixels under it."""
    ms, fused = times(coarse, 1, 1, 1), times(pan, 1, 2, 3)
    expected = d_lambda(fused, ms, RATIO)
    valid = np.ones(fused.shape, bool)
    valid[:, :96] = False
    fused[:, :96] = np.nan
    ms[:, :32] *= np.random.default_rng(1).uniform(0, 5, (3, 32, 64))
    assert d_lambda(fused, ms, RATIO, valid) == pytest.approx(expected)
