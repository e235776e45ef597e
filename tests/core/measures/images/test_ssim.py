"""SSIM against scikit-image and torchmetrics, and by hand."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.measures.images.ssim import gaussian_mean, ssim

from .test_with_reference import make_pair

PEAK = 2047.0


@pytest.mark.parametrize("bands", [1, 4])
@pytest.mark.parametrize("shape", [(64, 96), (11, 40), (33, 34)])
def test_against_scikit_image(bands: int, shape: tuple[int, int]) -> None:
    """scikit-image, too, averages over the windows inside the image only."""
    outside = pytest.importorskip("skimage.metrics")
    fused, reference = make_pair(bands, *shape)
    options = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False, "data_range": PEAK}
    values = [outside.structural_similarity(x, y, **options) for x, y in zip(fused, reference)]
    assert ssim(fused, reference, PEAK) == pytest.approx(np.mean(values), rel=1e-12)


def test_against_torchmetrics() -> None:
    """torchmetrics 1.9.0 on `make_pair(4)`, with x and y as `torch.from_numpy(...)[None]`.

    structural_similarity_index_measure(x, y, sigma=1.5, kernel_size=11, data_range=2047.0) pads by five reflected
    pixels; its return_full_image=True, cropped by 5, leaves the padding out.
    """
    fused, reference = make_pair(4)
    assert ssim(fused, reference, PEAK) == pytest.approx(0.8523012866998811, rel=1e-12)
    padded = [np.pad(image, [(0, 0), (5, 5), (5, 5)], mode="reflect") for image in (fused, reference)]
    assert ssim(*padded, PEAK) == pytest.approx(0.8521030524113367, rel=1e-12)


def test_of_two_constants_by_hand() -> None:
    """No structure: (2 * 10 * 20 + C1) / (100 + 400 + C1), C1 = (0.01 * 100)^2 = 1."""
    images = (np.full((1, 12, 12), level) for level in (10.0, 20.0))
    assert ssim(*images, 100.0) == pytest.approx(401 / 501)


def test_the_window_sums_to_one_and_has_the_width() -> None:
    """A single bright pixel shows the window: its centre is the square of a Gaussian's middle weight."""
    spot = np.zeros((21, 21))
    spot[10, 10] = 1.0
    window = gaussian_mean(spot)
    assert window.shape == (11, 11) and window.sum() == pytest.approx(1.0)
    assert window[5, 6] / window[5, 5] == pytest.approx(np.exp(-0.5 / 1.5**2))


def test_no_whole_window_is_no_value() -> None:
    fused, reference = make_pair(1, 21, 21)
    valid = np.ones((21, 21), bool)
    valid[10, 10] = False
    assert np.isnan(ssim(fused, reference, PEAK, valid))
    fused, reference = make_pair(2, 40, 30)
    valid = np.ones((40, 30), bool)
    valid[:12] = False
    assert ssim(fused, reference, PEAK, valid) == pytest.approx(ssim(fused[:, 12:], reference[:, 12:], PEAK))
