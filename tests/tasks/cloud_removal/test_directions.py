"""How far a forest is trusted where nothing near was learned."""

from __future__ import annotations

import numpy as np

from rsfusion_qgis.tasks.cloud_removal.directions import trust_in

BANDS, COUNT = 3, 2400


def pixels(seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Features of pixels spread over 200 x 200 pixels, of which the first tells something, and their places."""
    draw = np.random.default_rng(seed)
    cols, rows = draw.integers(0, 200, (2, COUNT)).astype(np.float32)
    told = draw.standard_normal(COUNT).astype(np.float32)
    known = np.stack([told, cols, rows, cols + rows, cols - rows], axis=1)
    return known, cols, rows


def test_a_forest_that_goes_on_to_the_other_side_is_trusted() -> None:
    known, _, _ = pixels()
    found = trust_in(known, np.repeat(known[:, :1], BANDS, axis=1))
    assert found.weight == 0.5 and found.sigma.shape == (BANDS,) and (found.sigma < 0.7).all()


def test_a_forest_that_fails_in_one_direction_is_not() -> None:
    """What the first feature means changes from left to right."""
    known, cols, _ = pixels()
    spectra = np.repeat((known[:, 0] * np.where(cols < 100, 1, -1))[:, None], BANDS, axis=1)
    found = trust_in(known, spectra)
    assert found.weight <= 0.1 and (found.sigma > 0.7).all()


def test_noise_is_not_learned() -> None:
    known, _, _ = pixels()
    spectra = np.random.default_rng(1).standard_normal((COUNT, BANDS)).astype(np.float32)
    assert trust_in(known, spectra).weight <= 0.2


def test_too_few_or_too_near_pixels_tell_nothing() -> None:
    known, _, _ = pixels()
    assert trust_in(known[:50], known[:50, :BANDS]) is None
    known[:, 1:] = 0
    assert trust_in(known, known[:, :BANDS]) is None
    assert trust_in(np.zeros((0, 5), np.float32), np.zeros((0, BANDS), np.float32)) is None


def test_the_same_pixels_tell_the_same() -> None:
    known, cols, rows = pixels()
    spectra = np.stack([known[:, 0], cols / 100, rows / 100], axis=1)
    one, other = trust_in(known, spectra), trust_in(known, spectra)
    assert one.weight == other.weight
    np.testing.assert_array_equal(one.sigma, other.sigma)
