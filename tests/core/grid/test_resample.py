"""Separable resampling: reproduces what it must, whatever window is asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from rsfusion_qgis.core.grid.resampling_weights import (
    apply,
    fill_invalid,
    mirrored,
    nearest_index,
    source_range,
    weights,
)

KERNELS = ("nearest", "bilinear", "cubic")


def interpolate(line, start, count, scale, offset, kernel):
    first, last = source_range(start, count, scale, offset, kernel)
    first, last = min(max(first - 1, 0), len(line) - 1), min(max(last + 1, 1), len(line))
    matrix = weights(start, count, scale, offset, kernel, first, last - first, len(line))
    return matrix @ line[first:last]


@pytest.mark.parametrize("kernel", KERNELS)
@given(scale=st.floats(0.1, 1.5), offset=st.floats(-3, 3))
def test_a_constant_stays_a_constant(kernel, scale, offset):
    assert interpolate(np.full(60, 7.0, np.float32), 0, 40, scale, offset, kernel) == pytest.approx(7.0)


@pytest.mark.parametrize(("kernel", "degree"), [("bilinear", 1), ("cubic", 2)])
@pytest.mark.parametrize("offset", [0.0, 0.125, -0.4])
def test_polynomials_are_reproduced_at_true_positions(kernel, degree, offset):
    line = (np.arange(60) + 0.5) ** degree
    out = interpolate(line.astype(np.float32), 20, 100, 0.25, offset, kernel)
    where = 0.25 * (np.arange(20, 120) + 0.5) + offset
    assert out == pytest.approx(where**degree, rel=1e-4)


@given(start=st.integers(0, 60), count=st.integers(1, 60), offset=st.floats(-1, 1), scale=st.floats(0.15, 1.2))
def test_a_window_is_a_part_of_the_whole(start, count, offset, scale):
    line = np.random.default_rng(1).random(50).astype(np.float32)
    whole = interpolate(line, 0, 120, scale, offset, "cubic")
    part = interpolate(line, start, count, scale, offset, "cubic")
    assert part == pytest.approx(whole[start : start + count], abs=1e-6)


@pytest.mark.parametrize(("edge", "mode"), [("repeat", "edge"), ("mirror", "symmetric")])
@pytest.mark.parametrize(("scale", "offset"), [(0.25, 0.0), (0.4, 0.3), (0.25, -0.2)])
def test_beyond_the_ends_the_last_pixel_repeats_or_the_image_is_mirrored(edge, mode, scale, offset):
    """As if the line had been longer and held that."""
    line, margin = np.random.default_rng(4).random(30), 6
    longer, count = np.pad(line, margin, mode), round(30 / scale)
    inside = weights(0, count, scale, offset, "cubic", 0, 30, 30, edge) @ line
    around = weights(0, count, scale, offset + margin, "cubic", 0, len(longer), len(longer)) @ longer
    assert inside == pytest.approx(around, abs=1e-6)


def test_the_mirror_stands_on_the_pixel_edge():
    np.testing.assert_array_equal(mirrored(np.arange(-5, 9), 4), [3, 3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0, 0])


def test_cubic_agrees_with_gdal(tmp_path):
    """GDAL's RasterIO with the same kernel, away from the edges, which GDAL treats differently."""
    from osgeo import gdal

    image = np.random.default_rng(3).random((40, 40)).astype(np.float32)
    path = str(tmp_path / "image.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 40, 40, 1, gdal.GDT_Float32)
    dataset.WriteRaster(0, 0, 40, 40, image.tobytes())
    raw = dataset.ReadRaster(0, 0, 40, 40, buf_xsize=160, buf_ysize=160, resample_alg=gdal.GRIORA_Cubic)
    theirs = np.frombuffer(raw, np.float32).reshape(160, 160)
    matrix = weights(0, 160, 0.25, 0.0, "cubic", 0, 40, 40)
    ours = apply(image[None], matrix, matrix)[0]
    assert np.abs(ours - theirs)[12:-12, 12:-12].max() < 1e-5


def test_nearest_index_is_the_pixel_that_holds_the_centre():
    assert nearest_index(0, 8, 0.25, 0.0, 0, 2).tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert nearest_index(0, 4, 0.5, 0.5, 0, 3).tolist() == [0, 1, 1, 2]


def test_filling_leaves_valid_pixels_and_spreads_no_farther_than_asked():
    values = np.arange(100, dtype=np.float32).reshape(1, 10, 10)
    valid = np.zeros((1, 10, 10), bool)
    valid[:, :, :3] = True
    filled = fill_invalid(values, valid, 2, np.array([-1.0]))
    assert (filled[valid] == values[valid]).all()
    assert (filled[:, :, 5:] == -1).all() and (filled[:, :, 3:5] != -1).all()
    assert fill_invalid(values, np.ones_like(valid), 2, np.array([-1.0])) is values


def test_a_fill_stays_within_its_neighbours():
    values = np.random.default_rng(2).random((1, 20, 20)).astype(np.float32)
    valid = np.ones((1, 20, 20), bool)
    valid[0, 8:11, 8:11] = False
    filled = fill_invalid(values, valid, 4, np.array([9.0]))[0]
    low, high = ndimage.minimum_filter(values[0], 5), ndimage.maximum_filter(values[0], 5)
    hole = ~valid[0]
    assert (filled[hole] >= low[hole]).all() and (filled[hole] <= high[hole]).all()
