"""The parts of the methods as functions of arrays: against outside solvers, and by the laws that they keep."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import nnls

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.spectral import ranges
from rsfusion_qgis.tasks.hyperspectral_sharpening import cnmf, hysure, response
from rsfusion_qgis.tasks.hyperspectral_sharpening.bands import parse_bands
from rsfusion_qgis.tasks.hyperspectral_sharpening.components import principal
from rsfusion_qgis.tasks.hyperspectral_sharpening.linear import weights_for
from rsfusion_qgis.tasks.hyperspectral_sharpening.scene import alone


@pytest.mark.parametrize("count", [1, 4, 60])
def test_weights_that_are_not_negative_are_those_of_scipy(count):
    random = np.random.default_rng(count)
    matrix = random.normal(size=(4 * count + 3, count)) + random.normal(size=(4 * count + 3, 1))
    target = random.normal(size=len(matrix)) + matrix[:, :2].sum(axis=1)
    found = response.non_negative(matrix.T @ matrix, matrix.T @ target)
    np.testing.assert_allclose(found, nnls(matrix, target)[0], atol=1e-9)


def test_the_response_of_a_guide_is_found():
    random = np.random.default_rng(0)
    bands, weights = random.uniform(0, 1, (6, 500)), np.array([[0.5, 0.5, 0, 0, 0, 0], [0, 0, 0, 0.2, 0, 0.7]])
    moments = np.concatenate([bands, weights @ bands + 3.0])
    found = response.estimate(moments.mean(axis=1), np.cov(moments, ddof=0), len(bands))
    np.testing.assert_allclose(found.weights, weights, atol=2e-3)
    np.testing.assert_allclose(found.constant, 3.0, atol=2e-3)
    assert np.all(found.explained > 0.999)


def test_weights_of_variables_that_depend_on_each_other_are_finite_and_exact():
    values = np.random.default_rng(1).normal(size=(3, 200))
    values = np.concatenate([values, values[:1]])
    target = values[0] * 2 + values[1]
    covariance = np.cov(np.concatenate([values, target[None]]))
    found = weights_for(covariance[:4, :4], covariance[:4, 4:])[0]
    np.testing.assert_allclose(found, [1, 1, 0, 1], atol=1e-8)


def test_components_are_orthogonal_and_hold_the_variance():
    values = np.random.default_rng(2).normal(size=(3, 400))
    values = np.array([[1.0, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 0, 50]]) @ values
    vectors, deviation = principal(np.cov(values), 4)
    np.testing.assert_allclose(vectors.T @ vectors, np.eye(4), atol=1e-9)
    planes = vectors.T @ ((values - values.mean(axis=1, keepdims=True)) / deviation[:, None])
    spread = planes.var(axis=1)
    assert np.all(np.diff(spread) <= 1e-9) and spread[3] < 0.02 * spread[0]


def test_shares_and_corners_of_a_mixed_scene_are_found():
    random = np.random.default_rng(3)
    spectra = random.uniform(0.1, 1, (20, 3))
    shares = random.dirichlet([0.4] * 3, 600).T
    shares[:, :3] = np.eye(3)
    values = spectra @ shares
    corners = cnmf.vertices(values, 3)
    assert all(np.abs(corners - one[:, None]).max(axis=0).min() < 0.02 for one in spectra.T)
    found = cnmf.unmixed(spectra, values, np.full(shares.shape, 1 / 3), 1.0, 3000)
    assert np.abs(found - shares).max() < 0.02
    np.testing.assert_allclose(found.sum(axis=0), 1, atol=0.01)


def test_updates_of_spectra_never_raise_the_misfit():
    random = np.random.default_rng(4)
    values, shares, spectra = random.uniform(size=(8, 50)), random.uniform(size=(3, 50)), random.uniform(size=(8, 3))
    misfits = []
    for _ in range(5):
        misfits.append(np.sum((values - spectra @ shares) ** 2))
        spectra = cnmf.updated(spectra, values, shares, 3)
    assert np.all(np.diff(misfits) <= 1e-9)


def test_differences_and_their_transpose_belong_together():
    random = np.random.default_rng(5)
    x, steps = random.normal(size=(2, 7, 9)), random.normal(size=(2, 2, 7, 9))
    steps[0, :, -1], steps[1, :, :, -1] = 0, 0
    assert np.sum(hysure.differences(x) * steps) == pytest.approx(np.sum(x * hysure.gathered(steps)), rel=1e-5)


@pytest.mark.parametrize(
    ("text", "numbers"), [("", ()), ("3", (3,)), ("1-3, 8;5", (1, 2, 3, 5, 8)), (" 2 - 4 ", (2, 3, 4))]
)
def test_bad_bands_are_read(text, numbers):
    assert parse_bands(text) == numbers


@pytest.mark.parametrize("text", ["a", "0", "3-1", "1-2-3", "-4", "1.5"])
def test_bad_bands_that_cannot_be_read_are_told(text):
    with pytest.raises(InputError, match=r"BAD_BANDS: found '.*', expected numbers of bands"):
        parse_bands(text)


def test_ranges_are_what_was_read():
    assert ranges([0, 1, 2, 6]) == "1-3, 7"
    assert parse_bands(ranges([0, 1, 2, 6])) == (1, 2, 3, 7)


def test_noise_stands_alone_and_few_unlike_bands_do_not():
    random = np.random.default_rng(6)
    common = random.normal(size=400)
    bands = np.array([common, 2 * common + 0.3 * random.normal(size=400), random.normal(size=400)])
    assert alone(np.cov(bands)).tolist() == [False, False, True]
    assert not alone(np.cov(random.normal(size=(3, 400)))).any()
