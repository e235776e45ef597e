"""Moments and regressions, gathered in parts: the numbers of numpy on the whole, also where values are large."""

import numpy as np
import pytest

from rsfusion_qgis.core.measures.moments import Moments, columns, regress

RNG = np.random.default_rng(0)


def gathered(values, cuts):
    moments = Moments(len(values))
    for part in np.split(values, cuts, axis=1):
        moments.add(part)
    return moments


@pytest.mark.parametrize("cuts", [[], [1], [0, 0, 500], list(range(10, 1000, 10))])
@pytest.mark.parametrize("level", [0.0, 1e8])
def test_parts_together_are_the_whole(cuts, level):
    values = level + RNG.normal(size=(4, 1000)) * np.array([1, 2, 3, 0.5])[:, None]
    moments = gathered(values, cuts)
    assert moments.count == 1000
    np.testing.assert_allclose(moments.mean, values.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(moments.covariance, np.cov(values, bias=True), rtol=1e-6, atol=1e-7)


def test_the_order_of_the_parts_does_not_matter():
    values = 1e4 + RNG.normal(size=(3, 999))
    one, other = gathered(values, [100, 640]), gathered(values[:, ::-1], [300])
    np.testing.assert_allclose(one.covariance, other.covariance, rtol=1e-9, atol=1e-12)


def test_a_regression_finds_the_weights():
    bands = RNG.normal(size=(3, 500)) * np.array([1.0, 100.0, 1e-3])[:, None] + 7
    target = 5 + np.array([2.0, -0.5, 40.0]) @ bands
    weights, constant = regress(gathered(np.vstack([bands, target]), [50]))
    np.testing.assert_allclose(weights, [2.0, -0.5, 40.0], rtol=1e-6)
    assert constant == pytest.approx(5, abs=1e-4)


def test_a_constant_band_gets_no_weight_and_equal_bands_share_theirs():
    band = RNG.normal(size=500)
    stack = np.vstack([band, np.full(500, 9.0), band, 3 * band + 1])
    weights, constant = regress(gathered(stack, [123]))
    np.testing.assert_allclose(weights, [1.5, 0, 1.5], atol=1e-9)
    assert constant == pytest.approx(1)


def test_columns_are_the_valid_pixels():
    stack, valid = np.arange(12).reshape(2, 2, 3), np.array([[True, False, True], [False, False, True]])
    np.testing.assert_array_equal(columns(stack, stack[:1], valid=valid), [[0, 2, 5], [6, 8, 11], [0, 2, 5]])
    assert columns(stack, valid=np.ones((2, 3), bool)).shape == (2, 6)
