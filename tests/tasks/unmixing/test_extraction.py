"""Endmembers of a scene: how many there are, and which pixels are pure; and the regression on mixtures."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.tasks.unmixing import synthetic
from rsfusion_qgis.tasks.unmixing.extraction import Extremes, Moments, nfindr, noise_variances, signal_dimension, vca
from tests.tasks.unmixing.test_solvers import problem

BANDS = 60


def mixed(
    count: int, noise: float, pure: bool = True, pixels: int = 3000, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Spectra (bands, count) and pixels (bands, n), the first `count` of which are pure where wished."""
    spectra = problem(BANDS, count, 1, 0.0, seed)[0]
    rng = np.random.default_rng(seed + 1)
    shares = rng.dirichlet(np.ones(count), pixels).T
    if pure:
        shares[:, :count] = np.eye(count)
    return spectra, spectra @ shares + noise * rng.standard_normal((BANDS, pixels))


def extremes_of(pixels: np.ndarray, count: int, parts: int = 1) -> np.ndarray:
    """The spectra that are found when the scene is seen in so many parts."""
    moments, places = Moments(BANDS), np.stack([np.arange(pixels.shape[1]), np.zeros(pixels.shape[1], int)], axis=1)
    for part in np.array_split(np.arange(pixels.shape[1]), parts):
        moments.add(pixels[:, part])
    extremes = Extremes(moments, count)
    for part in np.array_split(np.arange(pixels.shape[1]), parts):
        extremes.add(pixels[:, part], places[part])
    return extremes.solve().spectra


@pytest.mark.parametrize("count", [3, 5, 8])
def test_the_number_of_endmembers_is_estimated(count: int) -> None:
    moments = Moments(BANDS)
    moments.add(mixed(count, 0.0005)[1])
    assert signal_dimension(moments.correlation) == count


def test_the_noise_of_each_band_is_measured() -> None:
    pixels = mixed(4, 0.0, pixels=20000)[1]
    noise = np.linspace(0.002, 0.01, BANDS)[:, None]
    moments = Moments(BANDS)
    moments.add(pixels + noise * np.random.default_rng(5).standard_normal(pixels.shape))
    found = np.sqrt(noise_variances(moments.correlation)) / noise[:, 0]
    assert (found > 0.99).all() and (found < 1.3).all()  # the noise of the other bands adds to that of the quietest


@pytest.mark.parametrize("count", [2, 4, 6])
def test_the_pure_pixels_are_found(count: int) -> None:
    spectra, pixels = mixed(count, 0.0)
    found = extremes_of(pixels, count)
    off = [np.abs(found - one[:, None]).max(axis=0).min() for one in spectra.T]
    assert max(off) < 1e-9


def test_without_pure_pixels_the_simplex_is_as_large_as_any() -> None:
    _, pixels = mixed(4, 0.0, pure=False, pixels=500)
    moments = Moments(BANDS)
    moments.add(pixels)
    points = Extremes(moments, 4).projected(pixels)
    first = vca(points, 4)
    best = nfindr(points, first)

    def volume(chosen: np.ndarray) -> float:
        return abs(np.linalg.det(np.vstack([points[:, chosen], np.ones(4)])))

    rng = np.random.default_rng(0)
    others = max(volume(rng.choice(500, 4, replace=False)) for _ in range(500))
    assert volume(best) >= volume(first) and volume(best) >= others


def test_it_does_not_matter_in_which_parts_the_scene_is_seen() -> None:
    pixels = mixed(5, 0.003, pure=False)[1]
    assert np.array_equal(extremes_of(pixels, 5), extremes_of(pixels, 5, parts=7))


def test_a_flat_scene_has_no_directions() -> None:
    moments = Moments(BANDS)
    moments.add(np.full((BANDS, 100), 0.3))
    assert Extremes(moments, 3).dimensions == 0


def test_mixtures_are_what_they_say() -> None:
    spectra = problem(BANDS, 5, 1, 0.0)[0]
    pixels, shares = synthetic.mixtures(spectra, (0, 0, 1, 1, 2), 200)
    assert pixels.shape == (BANDS, 205) and shares.shape == (3, 205)
    assert np.allclose(shares.sum(axis=0), 1.0) and shares.min() >= 0
    assert np.allclose(pixels[:, :5], spectra) and np.allclose(shares[:, :5], np.eye(3)[:, [0, 0, 1, 1, 2]])
    assert ((shares > 0).sum(axis=0) >= 2).sum() > 150


def test_the_regression_learns_shares_of_classes_that_vary() -> None:
    rng = np.random.default_rng(2)
    spectra = np.repeat(problem(BANDS, 3, 1, 0.0, seed=4)[0], 6, axis=1) * rng.uniform(0.85, 1.15, 18)
    of = tuple(np.repeat([0, 1, 2], 6))
    regression = synthetic.fit(*synthetic.mixtures(spectra, of, 400))
    weights = rng.dirichlet(np.full(18, 0.3), 200).T
    truth = np.stack([weights[6 * k : 6 * k + 6].sum(axis=0) for k in range(3)])
    found = regression(spectra @ weights)
    assert np.allclose(found.sum(axis=0), 1.0, atol=1e-6) and found.min() >= 0
    constant = np.sqrt(np.mean((truth.mean(axis=1)[:, None] - truth) ** 2))
    assert np.sqrt(np.mean((found - truth) ** 2)) < 0.06 < constant / 3


def test_the_nearest_shares() -> None:
    values = np.array([[0.6, 2.0, -1.0], [0.6, 0.0, 0.2], [-0.5, -1.0, 0.3]])
    found = synthetic.on_simplex(values)
    assert np.allclose(found, [[0.5, 1.0, 0.0], [0.5, 0.0, 0.45], [0.0, 0.0, 0.55]])
