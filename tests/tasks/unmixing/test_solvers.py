"""Least squares with shares: against scipy.optimize.nnls, and against the conditions of the optimum."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import nnls

from rsfusion_qgis.tasks.unmixing import solvers

CLOSE = 1e-5
HEAVY = 1e4
"""Weight of the equation of the sum, by which scipy's solver can be asked for shares."""


def problem(bands: int, members: int, pixels: int, noise: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Smooth spectra and pixels that mix few of them; (bands, m) and (bands, n)."""
    rng = np.random.default_rng(seed)
    place = np.linspace(0, 1, bands)[:, None]
    spectra = np.full((bands, members), 0.3)
    for k in range(1, 9):
        spectra += rng.normal(0, 0.15 / k, members) * np.sin(np.pi * k * place + rng.uniform(0, 6, members))
    spectra = np.clip(spectra, 0.01, 1.0)
    shares = rng.dirichlet(np.full(members, 0.5), pixels).T
    return spectra, spectra @ shares + noise * rng.standard_normal((bands, pixels))


def reference(spectra: np.ndarray, pixels: np.ndarray, sum_to_one: bool) -> np.ndarray:
    """scipy's answer, pixel by pixel."""
    if not sum_to_one:
        return np.array([nnls(spectra, pixel)[0] for pixel in pixels.T]).T
    more = np.vstack([spectra, np.full((1, spectra.shape[1]), HEAVY)])
    return np.array([nnls(more, np.append(pixel, HEAVY))[0] for pixel in pixels.T]).T


@pytest.mark.parametrize("noise", [0.0, 1e-4, 1e-2, 0.1])
@pytest.mark.parametrize("members", [2, 6, 12])
def test_it_is_what_scipy_finds(members: int, noise: float) -> None:
    spectra, pixels = problem(80, members, 60, noise)
    assert np.abs(solvers.fcls(pixels, spectra) - reference(spectra, pixels, True)).max() < CLOSE
    assert np.abs(solvers.nnls(pixels, spectra) - reference(spectra, pixels, False)).max() < CLOSE


@pytest.mark.parametrize("noise", [0.0, 1e-5, 1e-3, 0.1])
@pytest.mark.parametrize("sum_to_one", [True, False])
def test_the_conditions_of_the_optimum_hold_at_any_noise(noise: float, sum_to_one: bool) -> None:
    spectra, pixels = problem(50, 8, 400, noise, seed=1)
    gram, right = spectra.T @ spectra, spectra.T @ pixels
    assert solvers.kkt_gap(gram, right, solvers.solve(gram, right, sum_to_one), sum_to_one).max() < 1e-8


def test_another_answer_breaks_the_conditions() -> None:
    spectra, pixels = problem(50, 5, 40, 0.01)
    gram, right = spectra.T @ spectra, spectra.T @ pixels
    best = solvers.solve(gram, right, True)
    moved = 0.99 * best + 0.01 / 5
    assert (solvers.kkt_gap(gram, right, moved, True) > 1e-5).all()


def test_noise_makes_it_worse_never_better() -> None:
    errors = []
    for noise in (0.0, 1e-4, 1e-3, 1e-2, 0.05):
        spectra, clean = problem(60, 5, 300, 0.0, seed=2)
        pixels = clean + noise * np.random.default_rng(9).standard_normal(clean.shape)
        errors.append(float(np.abs(solvers.fcls(pixels, spectra) - solvers.fcls(clean, spectra)).mean()))
    assert errors == sorted(errors) and errors[0] == 0.0


def test_more_spectra_than_bands_still_give_an_optimum() -> None:
    spectra, pixels = problem(20, 45, 50, 0.005, seed=3)
    gram, right = spectra.T @ spectra, spectra.T @ pixels
    shares = solvers.fcls(pixels, spectra)
    assert solvers.kkt_gap(gram, right, shares, True).max() < 1e-6
    assert np.allclose(shares.sum(axis=0), 1.0) and shares.min() >= 0.0


def test_equal_spectra_do_no_harm() -> None:
    spectra, pixels = problem(40, 3, 30, 0.001, seed=4)
    twice = np.concatenate([spectra, spectra], axis=1)
    shares = solvers.fcls(pixels, twice)
    assert np.allclose(shares[:3] + shares[3:], solvers.fcls(pixels, spectra), atol=1e-5)


def test_sclsu_bears_a_change_of_brightness() -> None:
    spectra, pixels = problem(60, 4, 50, 0.0, seed=5)
    brightness = np.linspace(0.3, 1.5, 50)
    shares, total = solvers.shares_of(solvers.nnls(pixels * brightness, spectra))
    assert np.allclose(total, brightness, atol=1e-6)
    assert np.allclose(shares, solvers.fcls(pixels, spectra), atol=1e-5)
    assert np.abs(solvers.fcls(pixels * brightness, spectra) - shares).max() > 0.05


def test_a_black_pixel_has_equal_shares_and_no_brightness() -> None:
    spectra = problem(30, 4, 1, 0.0)[0]
    shares, total = solvers.shares_of(solvers.nnls(np.zeros((30, 2)), spectra))
    assert np.allclose(shares, 0.25) and np.allclose(total, 0.0)


def test_a_penalty_leaves_fewer_spectra() -> None:
    spectra, pixels = problem(60, 30, 80, 0.01, seed=6)
    used = [(solvers.nnls(pixels, spectra, penalty=penalty) > 1e-6).sum() for penalty in (0.0, 1e-3, 1e-2)]
    assert used[0] > used[1] > used[2] > 0


def test_a_strong_prior_is_followed_and_a_weak_one_is_not() -> None:
    spectra, pixels = problem(60, 4, 30, 0.001, seed=7)
    prior = np.roll(np.eye(4), 1, axis=0)[:, np.arange(30) % 4]
    alone = solvers.fcls(pixels, spectra)
    assert np.allclose(solvers.fcls(pixels, spectra, prior, 1e6), prior, atol=1e-4)
    assert np.allclose(solvers.fcls(pixels, spectra, prior, 1e-12), alone, atol=1e-5)
    assert np.allclose(solvers.fcls(pixels, spectra, alone, 1.0), alone, atol=1e-6)


def test_a_prior_of_classes_leaves_the_choice_within_a_class_to_the_pixel() -> None:
    spectra, pixels = problem(60, 6, 30, 0.0, seed=8)
    member = np.kron(np.eye(2), np.ones((1, 3)))
    alone = solvers.fcls(pixels, spectra)
    assert np.allclose(solvers.fcls(pixels, spectra, member @ alone, 1.0, member), alone, atol=1e-5)


def test_the_error_is_that_of_the_pixel_in_its_unit() -> None:
    spectra, pixels = problem(60, 3, 10, 0.0)
    shares = solvers.fcls(pixels, spectra)
    assert np.allclose(solvers.residual(pixels + 0.02, spectra, shares), 0.02, atol=1e-6)


def test_pixels_are_solved_alike_alone_and_together() -> None:
    spectra, pixels = problem(40, 5, solvers.CHUNK + 50, 0.01, seed=9)
    some = [0, 7, solvers.CHUNK - 1, solvers.CHUNK, solvers.CHUNK + 49]
    assert np.allclose(solvers.fcls(pixels, spectra)[:, some], solvers.fcls(pixels[:, some], spectra), atol=1e-9)
