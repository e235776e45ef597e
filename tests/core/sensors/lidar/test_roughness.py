"""Roughness against a least-squares plane fitted to every window by itself."""

import numpy as np
import pytest

from rsfusion_qgis.core.sensors.lidar.roughness import roughness


def by_itself(values, reach):
    """Root mean square residual of each window's plane."""
    rows, cols = (n - 2 * r for n, r in zip(values.shape, reach))
    found = np.zeros((rows, cols))
    for i, j in np.ndindex(rows, cols):
        part = values[i : i + 2 * reach[0] + 1, j : j + 2 * reach[1] + 1].astype(np.float64)
        row, col = np.nonzero(~np.isnan(part))
        z = part[row, col]
        design = np.stack([np.ones_like(z), row, col], axis=1)
        fit, *_ = np.linalg.lstsq(design, z, rcond=1e-9)
        found[i, j] = np.sqrt(np.mean((z - design @ fit) ** 2)) if z.size else 0
    return found


@pytest.mark.parametrize("missing", [0.0, 0.2, 0.9])
@pytest.mark.parametrize("reach", [(1, 1), (3, 2)])
def test_every_window(missing, reach):
    rng = np.random.default_rng(4)
    row, col = np.mgrid[0:20, 0:22]
    z = (350 + 0.7 * row - 0.4 * col + rng.normal(0, 0.5, row.shape)).astype(np.float32)
    z[rng.random(z.shape) < missing] = np.nan
    z[0] = np.where(np.arange(22) < 6, 5, np.nan)
    np.testing.assert_allclose(roughness(z, reach), by_itself(z, reach), atol=2e-4)


def test_an_even_roof_is_smooth_at_any_pitch_and_height():
    row, col = np.mgrid[0:15, 0:15]
    for level in (0, 4000):
        z = (level + 1.5 * row - 0.75 * col).astype(np.float32)
        assert roughness(z, (3, 3)).max() < 1e-3


def test_one_height_has_no_roughness_at_all():
    assert (roughness(np.full((9, 9), 2000.1, np.float32), (2, 2)) == 0).all()


def test_white_noise_has_its_own_deviation():
    z = np.random.default_rng(0).normal(100, 0.3, (80, 80)).astype(np.float32)
    expected = 0.3 * np.sqrt((121 - 3) / 121)  # a plane takes three degrees of freedom
    assert np.sqrt((roughness(z, (5, 5)) ** 2).mean()) == pytest.approx(expected, rel=0.02)
