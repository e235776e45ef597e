"""The low-pass pan: a Gaussian of the right width at the right places, and the same one as `metrics.degradation`."""

import numpy as np
import pytest

from rsfusion_qgis.core.classical.low_pass import gaussian_taps
from rsfusion_qgis.core.metrics.degradation import degrade, mtf_sigma


@pytest.mark.parametrize("ratio", [2, 3, 4, 8])
@pytest.mark.parametrize("gain", [0.1, 0.3, 0.6])
def test_on_nested_pixels_they_are_those_of_the_degradation(ratio, gain):
    size, centres = 20 * ratio, (np.arange(20) + 0.5) * ratio - 0.5
    line = np.random.default_rng(2).normal(size=size)
    theirs = degrade(np.repeat(line[None, :, None], ratio, axis=2), ratio, [gain])[0, :, 0]
    index, weight = gaussian_taps(centres, mtf_sigma(gain, ratio), size)
    np.testing.assert_allclose((line[index] * weight).sum(axis=1), theirs, atol=1e-12)


@pytest.mark.parametrize("ratio", [1.5, 2.5, 4, 6.3])
@pytest.mark.parametrize("gain", [0.15, 0.3, 0.5])
def test_a_wave_at_nyquist_keeps_the_gain(ratio, gain):
    size, centres = 400, 200 + np.linspace(0, 3 * ratio, 50)
    index, weight = gaussian_taps(centres, mtf_sigma(gain, ratio), size)
    wave = np.exp(1j * np.pi * np.arange(size) / ratio)
    seen = (wave[index] * weight).sum(axis=1)
    expected = gain * np.exp(1j * np.pi * centres / ratio)
    assert np.abs(seen - expected).max() < (0.02 if ratio > 2 else 0.08)  # a narrow one is sampled coarsely


@pytest.mark.parametrize("centre", [-3.2, -0.5, 0.0, 0.37, 41.5, 44.9])
def test_a_ramp_keeps_its_place_and_the_ends_are_mirrored(centre):
    size = 42
    index, weight = gaussian_taps(np.array([centre]), 1.3, size)
    assert weight.sum() == pytest.approx(1)
    assert index.min() >= 0
    assert index.max() < size
    far = np.array([20.3])
    index, weight = gaussian_taps(far, 1.3, size)
    assert (index * weight).sum() == pytest.approx(20.3, abs=0.002)


@pytest.mark.parametrize("centre", [10.0, 10.5, 10.31])
def test_a_gaussian_much_narrower_than_a_pixel_is_the_nearest_pixel(centre):
    index, weight = gaussian_taps(np.array([centre]), 1e-3, 20)
    assert np.isfinite(weight).all()
    nearest = np.abs(index - centre) < np.abs(index - centre).min() + 1e-9
    assert weight[nearest].sum() == pytest.approx(1)
