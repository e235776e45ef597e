"""The universal index of blocks worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.measures.images.uiqi import block_uiqi


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ((1, 3), (1, 3), 1.0),
        ((1, 3), (2, 6), 0.64),  # 4 * 2 * (2 * 4) / ((1 + 4) (4 + 16))
        ((1, 3), (3, 1), -1.0),
        ((1, 3), (2, 4), 12 / 13),  # 4 * 1 * (2 * 3) / ((1 + 1) (4 + 9))
        ((1, 3), (-3, -1), -1.0),
        ((1, 3), (5, 5), 0.0),  # no relation to what is flat
        ((2, 2), (4, 4), 0.8),  # both flat: 2 * 2 * 4 / (4 + 16)
        ((0.1, 0.1), (0.1, 0.1), 1.0),
        ((-1, 1), (-2, 2), 0.8),  # both means zero: 2 * 2 / (1 + 4)
        ((0, 0), (0, 0), 1.0),
    ],
)
def test_two_pixels_by_hand(x: tuple[float, float], y: tuple[float, float], expected: float) -> None:
    images = (np.array([[side]], float) for side in (x, y))
    assert block_uiqi(*images, np.ones((1, 1, 2), bool)) == pytest.approx(expected)


def test_only_masked_pixels_count_and_bands_go_in_pairs() -> None:
    """Bands of x down, of y across; the third pixel is not valid."""
    x, y = np.array([[[1, 3, 99.0], [3, 1, -5.0]]]), np.array([[[2, 6, 7.0], [1, 3, 8.0], [2, 4, 1e9]]])
    found = block_uiqi(x, y, np.array([[[True, True, False]]]))
    np.testing.assert_allclose(found, [[[0.64, 1.0, 12 / 13], [-0.64, -1.0, -12 / 13]]])


def test_flat_but_for_rounding_is_flat() -> None:
    """A thousand times 0.1 do not have the mean 0.1; that rest is no structure."""
    flat, other = np.full((1, 1, 1000), 0.1), np.full((1, 1, 1000), 0.3)
    assert block_uiqi(flat, other, np.ones((1, 1, 1000), bool)) == pytest.approx(0.06 / 0.1)
