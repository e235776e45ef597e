"""The benchmark's parts: classical methods, Wald's protocol, peers on real files, the tables."""

from __future__ import annotations

import numpy as np
import pytest

from models.benchmarks import classical, sensors, wald
from rsfusion_qgis.core.errors import InputError

GAINS = (0.3, 0.3, 0.3)


def make_scene(seed: int = 1, size: int = 256, bands: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """A fine scene `(bands, size, size)`, smooth patches plus shared texture, and the pan that sums it up."""
    rng = np.random.default_rng(seed)
    texture = classical.interpolate(rng.normal(size=(1, size // 2, size // 2)), 2, (size, size))
    patches = classical.interpolate(
        rng.uniform(300, 900, size=(bands, size // 32, size // 32)), 32, (size, size)
    )
    fine = patches + np.linspace(40, 80, bands)[:, None, None] * texture
    return fine, fine.mean(axis=0, keepdims=True)


@pytest.fixture(scope="module")
def reduced() -> wald.Reduced:
    fine, pan = make_scene()
    return wald.Reduced(wald.degrade(fine, 4, GAINS), pan, fine)


def rms(fused: np.ndarray, reference: np.ndarray) -> float:
    return float(np.sqrt(((wald.inner(fused) - wald.inner(reference)) ** 2).mean()))


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


# --- sensors and Wald's protocol ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "bands", "gains", "pan"),
    [
        ("WorldView-2", 8, (0.35,) * 7 + (0.27,), 0.11),
        ("geoeye-1", 4, (0.23,) * 4, 0.16),
        ("Landsat 8 OLI", 7, (0.55,) * 4 + (0.53,) * 3, 0.40),
        ("not stated", 5, (0.30,) * 5, 0.15),
    ],
)
def test_sensor_table(name: str, bands: int, gains: tuple[float, ...], pan: float) -> None:
    sensor = sensors.find_sensor(name)
    assert sensor.band_gains(bands) == pytest.approx(gains)
    assert sensor.pan_gain == pan


def test_wald_step_nests_and_crops() -> None:
    ms, pan = wald.nest(np.zeros((2, 35, 41)), np.zeros((1, 139, 170)), 4)
    assert (ms.shape, pan.shape) == ((2, 34, 41), (1, 136, 164))
    step = wald.reduce_pair(ms, pan, 4, (0.3, 0.3), 0.15)
    assert step.ms.shape == (2, 8, 10)
    assert step.pan.shape == (1, 32, 40)
    assert step.reference.shape == (2, 32, 40)


def test_wald_step_refuses_what_does_not_nest() -> None:
    with pytest.raises(InputError, match="do not nest"):
        wald.reduce_pair(np.zeros((2, 8, 8)), np.zeros((1, 30, 32)), 4, (0.3, 0.3), 0.15)


def test_inner_leaves_small_images_whole() -> None:
    assert wald.inner(np.zeros((1, 100, 80))).shape == (1, 68, 48)
    assert wald.inner(np.zeros((1, 63, 200))).shape == (1, 63, 200)
