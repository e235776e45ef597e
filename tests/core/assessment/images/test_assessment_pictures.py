"""Pictures of a quality report: the map of angles, colours, places and the bands to show."""

import numpy as np
import pytest

from rsfusion_qgis.core.assessment.images import pictures
from rsfusion_qgis.core.rasters.source import BandInfo


def reader(values, valid=None):
    valid = np.ones(values.shape, bool) if valid is None else valid

    def read(row, col, rows, cols):
        part = slice(None), slice(row, row + rows), slice(col, col + cols)
        return values[part], valid[part]

    return read


def pair_of(first, second, valid):
    def read(row, col, rows, cols):
        part = slice(row, row + rows), slice(col, col + cols)
        return first[(slice(None), *part)], second[(slice(None), *part)], valid[part]

    return read


def test_the_map_shows_angles_in_degrees_and_leaves_invalid_pixels_out():
    first = np.ones((2, 40, 60))
    second = first.copy()
    second[1, :, 30:] = 0  # 45 degrees
    valid = np.ones((40, 60), bool)
    valid[:, :10] = False
    shown = pictures.angles_map(pair_of(first, second, valid), (40, 60))
    assert shown.shape == (40, 60)
    assert np.isnan(shown[:, :10]).all()
    assert shown[:, 10:30] == pytest.approx(0, abs=1e-5)
    assert shown[:, 30:] == pytest.approx(45, abs=1e-5)


def test_a_large_image_is_averaged_in_blocks_and_read_in_strips(monkeypatch):
    monkeypatch.setattr(pictures, "_STRIP_PX", 30000)
    sizes = []
    first, valid = np.ones((3, 1300, 1100)), np.ones((1300, 1100), bool)
    whole = pair_of(first, first * 2, valid)

    def read(row, col, rows, cols):
        sizes.append(rows * cols)
        return whole(row, col, rows, cols)

    shown = pictures.angles_map(read, (1300, 1100))
    assert max(shown.shape) <= pictures.LONGER_SIDE
    assert max(sizes) <= 40000
    assert shown == pytest.approx(0, abs=1e-5)


def test_colours_rise_in_lightness_and_mark_what_is_missing():
    shown = pictures.coloured(np.array([[0, 0.25, 0.5, 0.75, 1.0, np.nan]]), 1.0)
    lightness = shown[0, :5].astype(float) @ (0.299, 0.587, 0.114)
    assert (np.diff(lightness) > 0).all()
    assert tuple(shown[0, 5]) == pictures.NO_DATA


def test_crops_lie_where_the_detail_is_and_not_beside_each_other():
    rng = np.random.default_rng(0)
    values = np.zeros((1, 600, 600))
    values[:, 400:600, 0:200] = rng.normal(size=(1, 200, 200))
    places = pictures.busiest_places(reader(values), (600, 600))
    assert places[0][0] >= 380
    assert places[0][1] <= 120
    assert max(abs(places[0][0] - places[1][0]), abs(places[0][1] - places[1][1])) >= pictures.CROP_PX


def test_an_image_smaller_than_a_crop_has_one_place():
    assert pictures.busiest_places(reader(np.zeros((1, 40, 50))), (40, 50)) == [(0, 0)]


def band(description="", um=None):
    return BandInfo(1, "UInt16", description, wavelength_um=um)


@pytest.mark.parametrize(("bands", "shown"), [
    ([band()], (0, 0, 0)),
    ([band()] * 4, (2, 1, 0)),
    ([band()] * 8, (4, 2, 1)),
    ([band("red"), band("green"), band("blue"), band("nir")], (0, 1, 2)),
    ([band("", 0.86), band("", 0.655), band("", 0.56), band("", 0.48)], (1, 2, 3)),
])  # fmt: skip
def test_natural_colours_by_wavelength_name_or_order(bands, shown):
    assert pictures.natural_bands(bands) == shown


def test_all_crops_of_a_place_are_stretched_alike():
    rng = np.random.default_rng(1)
    values = rng.uniform(100, 200, (3, 50, 50))
    valid = np.ones(values.shape, bool)
    stretch = pictures.Stretch(values, valid, (2, 1, 0))
    assert stretch(values, valid).max() == 255
    assert stretch(0.5 * values, valid).max() == 0
    valid[0, 3, 3] = False
    assert tuple(stretch(values, valid)[3, 3]) == pictures.NO_DATA
