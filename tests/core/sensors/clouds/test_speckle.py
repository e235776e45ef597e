"""The speckle filter: less speckle, the same mean, edges and points kept, tiled = untiled."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.sensors.speckle import LOOKS, enhanced_lee, filter_decibel, halo_px

rng = np.random.default_rng(11)
SPECKLE = rng.gamma(LOOKS, 1 / LOOKS, (96, 96))
INSIDE = np.s_[8:-8, 8:-8]
ALL = np.ones((96, 96), bool)


def test_an_even_surface_loses_speckle_and_keeps_its_mean() -> None:
    filtered = enhanced_lee(0.1 * SPECKLE, ALL)[INSIDE]
    assert filtered.mean() == pytest.approx(0.1 * SPECKLE[INSIDE].mean(), rel=0.01)
    looks = (filtered.mean() / filtered.std()) ** 2
    assert looks > 4 * LOOKS


def test_a_strong_point_stays_as_it_is() -> None:
    scene = 0.05 * SPECKLE
    scene[40, 50] = 30.0
    assert enhanced_lee(scene, ALL)[40, 50] == pytest.approx(30.0)


def test_an_edge_stays_sharper_than_under_a_mean() -> None:
    scene = np.where(np.arange(96)[None] < 48, 0.01, 1.0) * SPECKLE
    filtered = enhanced_lee(scene, ALL)
    across = 10 * np.log10(filtered[INSIDE].mean(axis=0))
    assert across[48 - 8 + 1] - across[48 - 8 - 2] > 12
    assert abs(across[:30].mean() + 20) < 0.5


def test_a_constant_stays() -> None:
    np.testing.assert_allclose(enhanced_lee(np.full((20, 20), 0.3), ALL[:20, :20]), 0.3, rtol=1e-6)


def test_invalid_pixels_take_no_part_and_stay() -> None:
    scene, valid = 0.1 * SPECKLE, ALL.copy()
    valid[:, 60:] = False
    spoiled = scene.copy()
    spoiled[:, 60:] = 1e6
    filtered = enhanced_lee(spoiled, valid)
    np.testing.assert_array_equal(filtered[:, :60], enhanced_lee(scene, valid)[:, :60])
    assert (filtered[:, 60:] == 1e6).all()


def test_tiled_is_untiled_to_the_last_bit() -> None:
    decibel = (10 * np.log10(0.1 * SPECKLE)).astype(np.float32)[None]
    whole, halo = filter_decibel(decibel, ALL), halo_px()
    for row, col in ((0, 0), (13, 40), (50, 61)):
        top, left = max(row - halo, 0), max(col - halo, 0)
        part = np.s_[top : row + 30 + halo, left : col + 30 + halo]
        tile = filter_decibel(decibel[(slice(None), *part)], ALL[part])
        cut = tile[:, row - top : row - top + 30, col - left : col - left + 30]
        np.testing.assert_array_equal(cut, whole[:, row : row + 30, col : col + 30])
