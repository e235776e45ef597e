"""The search by itself: changes far beyond the near range are found, wrong pairs are not, and near ones stay exact."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from models.alignment.methods import Array
from rsfusion_qgis.core.alignment.shift import affine
from rsfusion_qgis.core.alignment.shift.coarser_reader import CoarserReader
from rsfusion_qgis.core.alignment.shift.residual_shift import Search
from rsfusion_qgis.core.alignment.shift.wide import bound_px, measure_widely, search_within
from rsfusion_qgis.core.grid.grid import Placement, Window
from tests.core.alignment.checks.textures import texture

SIZE = 320
SCENE = texture(SIZE + 160)
CHANGE = np.column_stack([affine.joined(math.radians(3), 1.02, 0.0, math.radians(0.8)), (22.0, -15.0)])


def seen(change: np.ndarray = affine.IDENTITY, scene: np.ndarray = SCENE) -> np.ndarray:
    """The middle of the scene, which shows at p what lies where the change puts p; (1, SIZE, SIZE)."""
    linear, _ = affine.array_terms(change, (1, 1))
    middle = (np.array(scene.shape) - 1) / 2
    start = middle + change[::-1, 2] - linear @ np.full(2, (SIZE - 1) / 2)
    return ndimage.affine_transform(scene, linear, start, (SIZE, SIZE), order=3)[None]


def other_sensor(image: np.ndarray) -> np.ndarray:
    """The same edges by other values: folded, so that no band explains the other, with speckle."""
    noise = np.random.default_rng(4).gamma(4.0, 0.25, image.shape)
    return np.abs(image - np.median(image)) * noise


def found(reference: np.ndarray, secondary: np.ndarray, search: Search):
    size = reference.shape[2], reference.shape[1]
    return measure_widely(Array(reference), Array(secondary), size, size, Placement(1, 0, 1, 0), search)


def away(estimate, change: np.ndarray) -> float:
    """Largest distance at the corners and the middle, pixels."""
    places = np.array([[0, 0], [-120, -120], [120, -120], [-120, 120], [120, 120]], float)
    steps = np.array([estimate.displacement(*(place + SIZE / 2)) for place in places])
    return float(np.hypot(*(steps - affine.displacements(change, places)).T).max())


def test_a_turned_stretched_sheared_and_shifted_image_is_found():
    estimate = found(seen(), seen(CHANGE), search_within(None))
    assert estimate.confidence > 0.9
    assert away(estimate, CHANGE) < 0.5


def test_between_unlike_sensors_too():
    estimate = found(seen(), other_sensor(seen(CHANGE)), search_within(None))
    assert estimate.verdict(0.5) == "shifted"
    assert away(estimate, CHANGE) < 1.0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_another_place_is_uncertain(seed: int):
    estimate = found(seen(), seen(CHANGE, texture(SIZE + 160, seed)), search_within(None))
    assert estimate.verdict(0.5) == "uncertain"
    assert estimate.searched_px >= bound_px((SIZE, SIZE))


def test_what_is_found_near_by_intensities_is_not_searched_for_again():
    change = affine.matrix(0.0, 0.0, 1.3, -0.7)
    pair = seen(), seen(change)
    near, farther = (found(*pair, search) for search in (Search(), search_within(None)))
    assert math.isnan(near.searched_px) and math.isnan(farther.searched_px)
    assert replace(near, searched_px=0.0) == replace(farther, searched_px=0.0)  # NaN equals nothing


def test_the_bound_holds():
    estimate = found(seen(), seen(affine.matrix(0.0, 0.0, 30.0, 0.0)), search_within(10.0))
    assert estimate.verdict(0.5) == "uncertain"
    assert estimate.searched_px == 10.0


def test_a_match_at_the_edge_widens_the_search():
    far = affine.matrix(0.0, 0.0, 75.0, 0.0)
    assert bound_px((SIZE, SIZE)) < 75
    assert away(found(seen(), seen(far), search_within(None)), far) < 0.5


def test_nothing_to_compare_has_no_shift():
    estimate = found(seen(), np.full((1, SIZE, SIZE), 7.0), search_within(None))
    assert estimate.verdict(0.5) == "uncertain"
    assert math.isnan(estimate.cols) and math.isnan(estimate.rows)


def test_of_large_rasters_the_bound_is_a_share_of_the_side():
    assert bound_px((600, 600)) == 100
    assert bound_px((256, 300)) == pytest.approx(51.2)
    assert bound_px((4000, 4000)) == 200
    assert bound_px((20000, 20000)) == 256


def land(size: int) -> np.ndarray:
    """(size, size) with structure at every scale, as land has."""
    layers = [math.sqrt(k) * ndimage.zoom(texture(size // k + 1, k), k, order=1)[:size, :size] for k in (1, 4, 16)]
    return np.sum(layers, axis=0)


def test_large_rasters_whose_middle_tells_nothing_are_looked_at_as_a_whole():
    size, lake = 2000, 1540
    change = np.column_stack([affine.joined(math.radians(0.8), 1.004, 0.0, 0.0), (90.0, -30.0)])
    scene, shore, draw = land(size + 240), (size - lake) // 2, np.random.default_rng(0)
    linear, _ = affine.array_terms(change, (1, 1))
    middle = (np.array(scene.shape) - 1) / 2
    start = middle + change[::-1, 2] - linear @ np.full(2, (size - 1) / 2)
    images = [scene[None, 120:-120, 120:-120].copy(),
              ndimage.affine_transform(scene, linear, start, (size, size), order=1)[None]]  # fmt: skip
    for image in images:
        water = image[:, shore:-shore, shore:-shore]
        water[:] = np.median(image) + 0.02 * image.std() * draw.normal(size=water.shape)
    assert found(*images, replace(search_within(None), whole=False)).verdict(0.5) == "uncertain"
    estimate = found(*images, search_within(None))
    assert estimate.verdict(0.5) == "shifted"
    for place in ((0, 0), (-900, -900), (900, 900), (-900, 900)):
        step = estimate.displacement(*(np.array(place) + size / 2))
        assert np.hypot(*(step - affine.displacements(change, np.array([place], float))[0])) < 0.5


def test_larger_pixels_are_means_of_what_is_valid():
    values = np.arange(24, dtype=np.float32).reshape(1, 4, 6)
    values[0, 0, 0] = np.nan
    got, valid = CoarserReader(Array(values), 2).read(Window(0, 0, 3, 2))
    assert got[0, 1].tolist() == [15.5, 17.5, 19.5]
    assert got[0, 0, 0] == pytest.approx(14 / 3) and valid.all()
    assert not CoarserReader(Array(np.full((1, 4, 4), np.nan)), 2).read(Window(0, 0, 2, 2))[1].any()
