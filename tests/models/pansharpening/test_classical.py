"""The classical methods on whole arrays, which the tables and the streaming methods are measured against."""

from __future__ import annotations

import numpy as np
import pytest

from models.pansharpening import classical
from models.pansharpening.benchmark import wald
from tests.models.pansharpening.made_scenes import GAINS, make_scene, rms

# --- interpolation --------------------------------------------------------------------------------------


@pytest.mark.parametrize("ratio", [2, 3, 4, 2.5])
def test_interpolation_keeps_a_quadratic(ratio: float) -> None:
    """Keys' kernel with a = -.5 keeps polynomials up to degree 2, at x_ms = (x_pan + .5) / ratio - .5."""
    coarse = np.arange(20.0)
    size = int(20 * ratio)
    fine = (np.arange(size) + 0.5) / ratio - 0.5
    got = classical.interpolate(np.tile(coarse**2 - 3 * coarse, (1, 20, 1)), ratio, (size, size))
    inside = (fine > 2) & (fine < 17)
    np.testing.assert_allclose(got[0, size // 2, inside], (fine**2 - 3 * fine)[inside], atol=1e-9)


def test_interpolation_against_scikit_image() -> None:
    """Degradation and interpolation share one phase: the round trip moves nothing (phase correlation)."""
    registration = pytest.importorskip("skimage.registration")
    fine, _ = make_scene()
    back = classical.interpolate(wald.degrade(fine, 4, GAINS), 4, fine.shape[1:])
    smooth = classical.interpolate(wald.degrade(fine, 2, GAINS), 2, fine.shape[1:])
    shift, *_ = registration.phase_cross_correlation(smooth[0], back[0], upsample_factor=50)
    assert np.abs(shift).max() < 0.05


# --- the methods ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "method"), classical.METHODS)
def test_shape_and_finite(name: str, method: classical.Method, reduced: wald.Reduced) -> None:
    fused = method(reduced.ms, reduced.pan, 4, GAINS)
    assert fused.shape == reduced.reference.shape
    assert np.isfinite(fused).all()


@pytest.mark.parametrize(("name", "method"), classical.METHODS[1:])
def test_detail_brings_the_reference_nearer(
    name: str, method: classical.Method, reduced: wald.Reduced
) -> None:
    plain = rms(classical.exp(reduced.ms, reduced.pan, 4, GAINS), reduced.reference)
    assert rms(method(reduced.ms, reduced.pan, 4, GAINS), reduced.reference) < 0.6 * plain


@pytest.mark.parametrize(("name", "method"), classical.METHODS)
def test_equivariant_to_gain(name: str, method: classical.Method, reduced: wald.Reduced) -> None:
    """Twice the numbers on both sides give twice the numbers; the unit of the pan alone does not matter."""
    fused = method(reduced.ms, reduced.pan, 4, GAINS)
    np.testing.assert_allclose(method(2 * reduced.ms, 2 * reduced.pan, 4, GAINS), 2 * fused, rtol=1e-7)
    np.testing.assert_allclose(method(reduced.ms, 7 * reduced.pan, 4, GAINS), fused, rtol=1e-6)


@pytest.mark.parametrize(("name", "method"), classical.METHODS)
def test_a_featureless_pan_adds_nothing_wild(
    name: str, method: classical.Method, reduced: wald.Reduced
) -> None:
    """The pan seen at the scale of the MS already: every method stays near plain interpolation."""
    smooth = classical.interpolate(wald.degrade(reduced.pan, 4, [0.3]), 4, reduced.pan.shape[1:])
    plain = classical.exp(reduced.ms, smooth, 4, GAINS)
    assert rms(method(reduced.ms, smooth, 4, GAINS), plain) < 0.35 * rms(plain, reduced.reference)


def test_bt_h_keeps_the_haze_free_spectrum(reduced: wald.Reduced) -> None:
    fused = classical.bt_h(reduced.ms, reduced.pan, 4, GAINS)
    haze = reduced.ms.reshape(3, -1).min(axis=1)[:, None, None]
    plain = classical.exp(reduced.ms, reduced.pan, 4, GAINS) - haze
    lengths = np.linalg.norm(plain, axis=0) * np.linalg.norm(fused - haze, axis=0)
    np.testing.assert_allclose((plain * (fused - haze)).sum(axis=0), lengths, rtol=1e-7, atol=1e-3)


def test_gsa_weights_find_the_pan(reduced: wald.Reduced) -> None:
    """The pan is the mean of the bands, so the fused bands have the pan as their mean."""
    fused = classical.gsa(reduced.ms, reduced.pan, 4, GAINS)
    np.testing.assert_allclose(fused.mean(axis=0), reduced.pan[0], atol=1e-6 * reduced.pan.max())
