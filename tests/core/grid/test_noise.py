"""Noise measured on the image itself."""

import numpy as np
import pytest

from rsfusion_qgis.core.grid.noise import noise_of


def image_of(noise: float, bands: int = 1, texture: float = 30.0, rows: int = 400, cols: int = 300) -> np.ndarray:
    """A ramp, a step, texture that all bands share in one half, and white noise, (bands, rows, cols)."""
    rng = np.random.default_rng(1)
    down, across = np.mgrid[:rows, :cols]
    plain = 0.3 * down + 50 * (across > cols // 3)
    rough = np.where(across > cols // 2, texture * rng.standard_normal((rows, cols)), 0)
    shared = np.stack([(1 + 0.3 * band) * (plain + rough) for band in range(bands)])
    return shared + noise * rng.standard_normal(shared.shape)


def everywhere(image: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(image, np.ones(image.shape, bool))]


@pytest.mark.parametrize("bands", [1, 4])
@pytest.mark.parametrize("noise", [0.5, 2.0, 5.0])
def test_white_noise_is_found_beside_steps_ramps_and_texture(noise, bands):
    assert noise_of(everywhere(image_of(noise, bands))) == pytest.approx([noise] * bands, rel=0.15)


def test_texture_all_over_that_the_bands_share_is_no_noise():
    image = image_of(2.0, 4)
    rough = image[:, :, 150:]
    assert noise_of(everywhere(rough)).max() < 3.0  # a band alone shows 30


def test_parts_give_what_the_whole_gives():
    image = image_of(2.0)
    valid = np.ones(image.shape, bool)
    [whole] = noise_of([(image, valid)])
    [parts] = noise_of([(image[:, part], valid[:, part]) for part in (slice(200), slice(200, 400))])
    assert parts == pytest.approx(whole, rel=0.03)


def test_invalid_pixels_take_no_part():
    image = image_of(2.0)
    valid = np.ones(image.shape, bool)
    image[:, ::67, ::71], valid[:, ::67, ::71] = -9999, False
    [found] = noise_of([(image, valid)])
    assert found == pytest.approx(2.0, rel=0.15)


def test_without_noise_or_without_room_it_is_nothing():
    assert noise_of(everywhere(image_of(0.0)[:, :, :100]))[0] < 1e-6
    assert noise_of(everywhere(np.ones((3, 100, 100)))).max() == 0.0
    small = np.random.default_rng(0).standard_normal((2, 9, 9))
    assert noise_of(everywhere(small)).tolist() == [0.0, 0.0]
