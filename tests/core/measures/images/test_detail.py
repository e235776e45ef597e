"""CHF, CFLAT, CMF and SLOPE: what each of them sees and what it does not, and where the contrast comes from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images import CFLAT, CHF, CMF, SLOPE
from rsfusion_qgis.core.measures.images.contrast import contrast_of
from rsfusion_qgis.core.measures.images.streaming import Scene, array_source, measure

RATIO, SIZE, GAIN = 4, 256, 0.3
METRICS = (CHF, CFLAT, CMF, SLOPE)
SPECTRUM = np.array([1.0, 1.6, 0.7])[:, None, None]


def smooth(values: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian mean of `(bands, rows, cols)`."""
    return ndimage.gaussian_filter(values, (0, sigma, sigma), mode="reflect")


def make_images() -> dict[str, np.ndarray]:
    """A pan of edges, a fifth as strong in the left half; MS, and MS interpolated."""
    rng = np.random.default_rng(5)
    pan = smooth(np.kron(rng.uniform(0, 100, (1, 128, 128)), np.ones((1, 2, 2))), 0.7)
    pan[:, :, : SIZE // 2] = 50 + 0.2 * (pan[:, :, : SIZE // 2] - 50)
    own = smooth(rng.normal(size=(3, SIZE, SIZE)), 12.0)
    truth = SPECTRUM * (400 + pan) + own / own.std()
    coarse = degrade(truth, RATIO, [GAIN] * 3)
    expanded = ndimage.zoom(coarse, (1, RATIO, RATIO), order=3, mode="nearest", grid_mode=True)
    return {"fine": pan, "coarse": coarse, "expanded": expanded}


IMAGES = make_images()
LOW = degrade(IMAGES["fine"], RATIO, [GAIN])
INJECTED = IMAGES["expanded"] + SPECTRUM * (
    IMAGES["fine"] - ndimage.zoom(LOW, (1, RATIO, RATIO), order=3, mode="nearest", grid_mode=True)
)
"""The pan's detail in every band as strong as the scene has it."""
NOISE = np.random.default_rng(8).normal(size=(3, SIZE, SIZE))


def found(fused: np.ndarray, **changed: np.ndarray) -> dict[str, float]:
    """The four measures of a fused image `(3, SIZE, SIZE)`."""
    sources = {name: array_source(image) for name, image in {**IMAGES, "fused": fused, **changed}.items()}
    scene = Scene(sources, RATIO, gains=(GAIN,) * len(fused))
    values = measure(METRICS, replace(scene, contrast=contrast_of(scene)))
    return {name: value.value for name, value in values.items()}


PERFECT = found(INJECTED)


def test_interpolation_has_no_detail_and_is_the_unit_of_colour() -> None:
    values = found(IMAGES["expanded"])
    assert values["slope"] == pytest.approx(0.0, abs=0.15)
    assert (values["cflat"], values["cmf"]) == (1.0, 1.0)


def test_the_pan_injected_as_strong_as_it_is_has_slope_one_and_nothing_of_its_own() -> None:
    assert PERFECT["slope"] == pytest.approx(1.0, abs=0.03)
    assert PERFECT["chf"] < 0.01


@pytest.mark.parametrize("strength", [0.5, 1.5])
def test_the_slope_says_how_strong_the_detail_is(strength: float) -> None:
    fused = IMAGES["expanded"] + strength * (INJECTED - IMAGES["expanded"])
    assert found(fused)["slope"] == pytest.approx(strength, abs=0.08)


def test_speckle_raises_cflat_and_chf_only() -> None:
    values = found(INJECTED + 0.2 * SPECTRUM * NOISE)
    assert values["cflat"] > 2 * PERFECT["cflat"]
    assert values["chf"] > PERFECT["chf"] + 0.01
    assert values["cmf"] == pytest.approx(PERFECT["cmf"], abs=0.1)
    assert values["slope"] == pytest.approx(PERFECT["slope"], abs=0.02)


def test_blotches_raise_cmf() -> None:
    blotches = smooth(NOISE, 0.6 * RATIO)
    values = found(INJECTED + 0.5 * SPECTRUM * blotches / blotches.std())
    assert values["cmf"] > 1.5 * PERFECT["cmf"]


def test_noise_that_all_bands_share_is_no_colour() -> None:
    spreads = np.array(contrast_of(Scene({n: array_source(i) for n, i in {**IMAGES, "fused": INJECTED}.items()},
                                         RATIO, gains=(GAIN,) * 3)).spreads)  # fmt: skip
    values = found(INJECTED + 0.05 * spreads[:, None, None] * NOISE[:1])
    assert values["chf"] > PERFECT["chf"] + 0.02
    assert values["cflat"] == pytest.approx(PERFECT["cflat"], rel=1e-6)


def test_the_order_and_a_gain_of_the_bands_change_nothing() -> None:
    fused = INJECTED + NOISE
    order = [2, 0, 1]
    expected = found(fused)
    turned = found(fused[order], **{name: IMAGES[name][order] for name in ("coarse", "expanded")})
    scaled = found(fused * 37.0, **{name: IMAGES[name] * 37.0 for name in ("coarse", "expanded")})
    assert turned == pytest.approx(expected, rel=1e-9)
    assert scaled == pytest.approx(expected, rel=1e-6)


def test_gain_and_offset_of_the_pan_change_nothing() -> None:
    fused = INJECTED + NOISE
    assert found(fused, fine=IMAGES["fine"] * 0.25 + 1000.0) == pytest.approx(found(fused), rel=1e-4)


def test_a_constant_of_a_band_changes_nothing() -> None:
    fused, level = INJECTED + NOISE, np.array([300.0, -100.0, 0.0])[:, None, None]
    moved = found(fused + level, **{name: IMAGES[name] + level for name in ("coarse", "expanded")})
    assert moved == pytest.approx(found(fused), rel=1e-6)


def test_a_flat_band_is_left_out() -> None:
    flat = {
        name: np.concatenate([IMAGES[name], np.full_like(IMAGES[name][:1], 7.0)]) for name in ("coarse", "expanded")
    }
    values = found(np.concatenate([INJECTED + NOISE, 100 * NOISE[:1]]), **flat)
    assert values == pytest.approx(found(INJECTED + NOISE), rel=1e-6)


def test_where_the_pan_is_flat_throughout_there_is_no_number() -> None:
    values = found(INJECTED, fine=np.full((1, SIZE, SIZE), 123.4))
    assert np.isnan(list(values.values())).all()


def test_the_contrast_is_that_of_the_bands_and_of_the_pan_as_sharp_as_they_are() -> None:
    bands = IMAGES["coarse"]
    pan = ndimage.zoom(2 + 0.5 * bands[:1] + 0.25 * bands[2:], (1, RATIO, RATIO), order=0)
    sources = {"fused": array_source(INJECTED), "coarse": array_source(bands), "fine": array_source(pan)}
    scene = Scene(sources, RATIO, gains=(0.999999,) * 3, fine_gain=0.1)
    contrast = contrast_of(scene)
    assert contrast.spreads == pytest.approx(bands.std(axis=(1, 2)))
    assert contrast.weights == pytest.approx((0.5, 0.0, 0.25), abs=1e-6)
    assert contrast.fine_spread == pytest.approx((0.5 * bands[0] + 0.25 * bands[2]).std())
    assert contrast_of(scene, 64).weights == pytest.approx(contrast.weights, abs=1e-9)
