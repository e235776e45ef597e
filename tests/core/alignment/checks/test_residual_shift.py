"""The measured shift: known shifts are found, in every kind of image, and what cannot be measured is not claimed."""

import math

import numpy as np
import pytest
from scipy import ndimage
from skimage.registration import phase_cross_correlation

from rsfusion_qgis.core.alignment.shift.residual_shift import Search, measure, measure_placed
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.grid.grid import Placement
from tests.core.alignment.checks.textures import Image, moved, texture, turned

SIZE = 320
SCENE = texture(SIZE)
PLAIN, BY_STRUCTURE = Search(), Search(refine=False)


def found(reference, secondary, ratio=1, search=PLAIN, **valid):
    first, second = Image(reference, valid.get("first")), Image(secondary, valid.get("second"))
    return measure(first, second, first.size, ratio, search)


def off(estimate, cols, rows):
    return math.hypot(estimate.cols - cols, estimate.rows - rows)


def speckled(image, seed=5):
    """As another sensor may show it: contrast inverted where it is bright, speckle, a gain."""
    noise = ndimage.gaussian_filter(np.random.default_rng(seed).standard_normal(image.shape), 0.6)
    return 40 + 7 * (np.abs(image - 0.4) + 1.2 * noise)


@pytest.mark.parametrize("shift", [(0, 0), (0.1, -0.1), (1.37, -2.6), (-7.5, 6.2), (3, 8)])
def test_images_of_one_kind(shift):
    estimate = found(SCENE, 300 + 25 * moved(SCENE, *shift))
    assert estimate.method == "intensity"
    assert off(estimate, *shift) < 0.03
    assert estimate.confidence > 0.9


@pytest.mark.parametrize("shift", [(0, 0), (0.7, -1.3), (-6.4, 3.8)])
def test_images_of_two_kinds(shift):
    estimate = found(SCENE, speckled(moved(SCENE, *shift)))
    assert estimate.method == "structure"
    assert off(estimate, *shift) < 0.4


def test_the_sign_agrees_with_scikit_image():
    """Its shift is what registers the moving image, (rows, cols), as ours."""
    secondary = moved(SCENE, 2.3, -1.2)
    theirs = phase_cross_correlation(SCENE, secondary, upsample_factor=50)[0]
    estimate = found(SCENE, secondary)
    np.testing.assert_allclose((estimate.rows, estimate.cols), theirs, atol=0.05)


@pytest.mark.parametrize("ratio", [2, 4])
@pytest.mark.parametrize("shift", [(0, 0), (1.3, -0.7), (-2.4, 3.1)])
def test_pan_and_ms(ratio, shift):
    """Bands that see the scene differently, one inverted, none like the pan alone, aliased by decimation."""
    scenes = [texture(SIZE * 2, seed) for seed in range(3)]
    pan = scenes[0] + 0.4 * scenes[1]
    bands = np.stack([scenes[0] + 0.8 * scenes[2], scenes[1] - scenes[2], -scenes[0] + 0.3 * scenes[1]])
    ms = degrade(np.stack([moved(band, *shift) for band in bands]), ratio, [0.3] * 3)
    estimate = found(pan, ms, ratio)
    assert estimate.method == "intensity"
    assert off(estimate, *shift) < 0.15
    assert estimate.confidence > 0.9


def test_a_secondary_between_the_pixels_is_not_interpolated():
    """Ratio 2.5 and a corner 0.8 pixels off: the exact places count."""
    x, y = np.meshgrid((np.arange(200) + 0.5) * 2.5 + 0.8 - 0.5, (np.arange(200) + 0.5) * 2.5 + 0.8 - 0.5)
    fine = texture(640, smooth_px=2.5)
    coarse = ndimage.map_coordinates(ndimage.gaussian_filter(fine, 1.2), [y + 0.6, x - 0.9], order=5, mode="grid-wrap")
    where = Placement(0.4, -0.32, 0.4, -0.32)
    estimate = measure_placed(Image(fine), Image(coarse), (640, 640), (200, 200), where)
    assert off(estimate, -0.9, 0.6) < 0.05


@pytest.mark.parametrize(("degrees", "scale"), [(0.4, 1.0), (0.0, 1.004), (-0.3, 0.997)])
def test_rotation_and_scale(degrees, scale):
    scene = texture(700, 3)
    estimate = found(scene, turned(moved(scene, 1.0, -2.0), degrees, scale))
    assert estimate.rotation_deg == pytest.approx(degrees, abs=0.01)
    assert estimate.scale == pytest.approx(scale, abs=1e-4)
    assert off(estimate, 1.0, -2.0) < 0.05
    for chip in estimate.chips:
        there = estimate.displacement(chip.col, chip.row)
        assert math.hypot(there[0] - chip.cols, there[1] - chip.rows) < 0.1


@pytest.mark.parametrize("search", [PLAIN, BY_STRUCTURE])
def test_gain_and_offset_do_not_matter(search):
    secondary = moved(SCENE, 0.8, -0.4)
    plain, other = found(SCENE, secondary, search=search), found(900 + 3 * SCENE, 0.01 * secondary - 4, search=search)
    assert (other.cols, other.rows) == pytest.approx((plain.cols, plain.rows), abs=1e-3)
    assert other.confidence == pytest.approx(plain.confidence, abs=1e-3)


@pytest.mark.parametrize("kind", ["same", "other"])
def test_rasters_of_different_places_are_not_claimed(kind):
    sure = []
    for seed in range(5):
        other = texture(SIZE, 100 + seed)
        sure.append(found(texture(SIZE, 200 + seed), speckled(other) if kind == "other" else other).confidence)
    assert max(sure) < 0.3


def test_a_shift_beyond_the_search_is_said():
    estimate = found(SCENE, moved(SCENE, 21.0, 4.0), search=Search(max_shift_px=8))
    assert estimate.verdict(0.5) == "uncertain"
    assert estimate.confidence < 0.3
    near = found(SCENE, moved(SCENE, 9.2, 0.0), search=Search(max_shift_px=8))
    assert near.at_limit
    assert near.verdict(0.5) == "uncertain"


def test_a_larger_search_finds_it():
    estimate = found(SCENE, moved(SCENE, 21.0, 4.0), search=Search(max_shift_px=30))
    assert off(estimate, 21.0, 4.0) < 0.05


@pytest.mark.parametrize("constant", ["first", "second"])
def test_a_constant_raster(constant):
    flat = np.full((SIZE, SIZE), 7.0)
    estimate = found(flat if constant == "first" else SCENE, flat if constant == "second" else SCENE)
    assert (estimate.confidence, estimate.usable, estimate.chips) == (0.0, 0.0, ())
    assert estimate.verdict(0.5) == "uncertain"


def test_one_constant_band_among_others():
    bands = np.stack([np.full_like(SCENE, 3.0), moved(SCENE, 0.5, 0.25)])
    assert off(found(SCENE, bands), 0.5, 0.25) < 0.03


def test_little_valid():
    """95 % nodata, all of it garbage: the rest decides, and how much it was is said."""
    scene = texture(900, 4)
    valid = np.zeros(scene.shape, bool)
    valid[100:301, 300:501] = True
    secondary = np.where(valid, moved(scene, 1.5, 0.5), -9999.0)
    estimate = found(scene, secondary, second=valid, search=Search(mesh=9))
    assert estimate.usable < 0.1
    assert off(estimate, 1.5, 0.5) < 0.05


def test_clouds_in_one_raster():
    clouded = moved(SCENE, 1.0, 1.0)
    clouded[60:160, 80:260] = 9.0 + texture(SIZE, 77)[60:160, 80:260]
    assert off(found(SCENE, clouded), 1.0, 1.0) < 0.05


def test_small_rasters():
    scene = texture(100, 6)
    assert off(found(scene, moved(scene, 1.2, -0.8)), 1.2, -0.8) < 0.05
    tiny = found(scene[:30, :30], scene[:30, :30])
    assert (tiny.confidence, tiny.chips) == (0.0, ())


def test_only_the_chips_are_read():
    rows, cols = np.ogrid[:3000, :3000]
    first = Image((SCENE[rows % SIZE, cols % SIZE])[None])
    second = Image(first.values)
    measure(first, second, first.size, 1, Search(mesh=5))
    assert second.pixels_read <= 25 * 110**2


def test_watch_may_stop_it():
    class Stop(Exception):
        pass

    def watch(done):
        if done > 0.3:
            raise Stop

    with pytest.raises(Stop):
        measure(Image(SCENE), Image(SCENE), (SIZE, SIZE), 1, Search(), watch)
