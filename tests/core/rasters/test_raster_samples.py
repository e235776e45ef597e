"""Samples from label rasters: classes, regions of connected pixels, other grids, what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from scipy import ndimage

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.grid import Grid, Window
from rsfusion_qgis.core.rasters.class_spec import ClassSpec
from rsfusion_qgis.core.rasters.samples import samples as samples_module
from rsfusion_qgis.core.rasters.samples.opening import open_samples
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from tests.rasters import grid_transform
from tests.vectors import PIXEL_M, reference, write_labels

UTM = reference("EPSG:32632").ExportToWkt()
PLACE = grid_transform(PIXEL_M)


def grid_of(rows: int, cols: int) -> Grid:
    """The grid at ORIGIN."""
    return Grid(UTM, PLACE, cols, rows)


def patches(rows: int = 60, cols: int = 70, codes: int = 4, seed: int = 0) -> np.ndarray:
    """Codes 0 to `codes` in patches of some pixels."""
    noise = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=(rows, cols)), 1.2)
    return np.digitize(noise, np.quantile(noise, np.linspace(0, 1, codes + 2)[1:-1]))


@pytest.mark.usefixtures("gdal_errors")
def test_values_are_classes_with_names_and_colours(tmp_path: Path) -> None:
    codes = np.array([[0, 0, 3, 3], [1, 1, 3, 9], [1, 0, 0, 9]])
    names = ["none", "water", "", "forest"]
    colours = [(0, 0, 0), (0, 0, 255), (1, 1, 1), (0, 128, 7)]
    path = write_labels(tmp_path / "l.tif", codes, PLACE, names=names, colours=colours, nodata=9)
    with open_samples(SampleSource(path), grid_of(3, 4)) as samples:
        assert samples.classes == (ClassSpec("water", 1, "#0000ff"), ClassSpec("forest", 3, "#008007"))
        labels, regions = samples.read(Window(0, 0, 4, 3))
        assert samples.counts == (3, 3)
    np.testing.assert_array_equal(labels, [[-1, -1, 1, 1], [0, 0, 1, -1], [0, -1, -1, -1]])
    np.testing.assert_array_equal(regions, [[0, 0, 2, 2], [1, 1, 2, 0], [1, 0, 0, 0]])


def test_names_and_colours_of_an_attribute_table(tmp_path: Path) -> None:
    table = [(300, "roof", (255, 0, 0)), (2, "tree", (0, 255, 0))]
    codes = np.array([[300, 2], [2, 5]])
    path = write_labels(tmp_path / "l.tif", codes, PLACE, table=table, dtype=gdal.GDT_UInt16)
    with open_samples(SampleSource(path), grid_of(2, 2)) as samples:
        assert samples.classes == (
            ClassSpec("tree", 1, "#00ff00"), ClassSpec("5", 2), ClassSpec("roof", 3, "#ff0000")
        )  # fmt: skip


@pytest.mark.parametrize("block", [7, 16, 512])
def test_regions_are_the_connected_pixels_of_the_whole_grid(
    tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples_module, "BLOCK_PX", block)
    codes = patches()
    with open_samples(SampleSource(write_labels(tmp_path / "l.tif", codes, PLACE)), grid_of(*codes.shape)) as samples:
        labels, regions = samples.read(Window(0, 0, 70, 60))
        part = samples.read(Window(13, 20, 31, 25))
        sizes, classes = samples.region_counts, samples.region_classes
    expected, count = np.zeros(codes.shape, int), 0
    for code in range(1, 5):
        found, new = ndimage.label(codes == code, np.ones((3, 3)))
        expected += np.where(found > 0, found + count, 0)
        count += new
    pairs = np.unique(np.stack([expected.ravel(), regions.ravel()]), axis=1)
    assert pairs.shape[1] == count + 1 == len(sizes)  # one to one
    np.testing.assert_array_equal(labels, codes - 1)
    np.testing.assert_array_equal(part[1], regions[20:45, 13:44])
    np.testing.assert_array_equal(np.bincount(regions.ravel())[1:], sizes[1:])
    np.testing.assert_array_equal(classes[regions], labels)


def test_a_label_raster_that_covers_a_part_with_finer_pixels(tmp_path: Path) -> None:
    codes = patches(40, 40)
    path = write_labels(tmp_path / "l.tif", codes, grid_transform(PIXEL_M / 5, (30.0, 20.0)))
    with open_samples(SampleSource(path), grid_of(10, 12)) as samples:
        labels, _ = samples.read(Window(0, 0, 12, 10))
    expected = np.full((10, 12), -1)
    expected[2:10, 3:11] = codes[2::5, 2::5] - 1
    np.testing.assert_array_equal(labels, expected)


def test_a_label_raster_in_another_crs_is_warped_to_the_nearest_pixel(tmp_path: Path) -> None:
    codes = np.kron(patches(8, 8), np.ones((10, 10), int))
    here = write_labels(tmp_path / "l.tif", codes, grid_transform(PIXEL_M / 10), colours=[(i, i, i) for i in range(5)])
    gdal.Warp(str(tmp_path / "w.tif"), here, dstSRS="EPSG:32633", resampleAlg="near").FlushCache()
    with open_samples(SampleSource(str(tmp_path / "w.tif")), grid_of(8, 8)) as samples:
        labels, _ = samples.read(Window(0, 0, 8, 8))
        assert [c.colour for c in samples.classes] == ["#010101", "#020202", "#030303", "#040404"]
    np.testing.assert_array_equal(labels, codes[5::10, 5::10] - 1)


def test_without_georeferencing_the_sizes_must_fit(tmp_path: Path) -> None:
    grid = Grid("", (0.0, 1.0, 0.0, 0.0, 0.0, 1.0), 6, 4)
    path = write_labels(tmp_path / "l.tif", np.ones((2, 3)), None, None)
    with open_samples(SampleSource(path), grid) as samples:
        assert samples.counts == (24,)
    with pytest.raises(InputError, match="has 3 x 3 pixels and no georeferencing"):
        open_samples(SampleSource(write_labels(tmp_path / "m.tif", np.ones((3, 3)), None, None)), grid)
    with pytest.raises(InputError, match="since SAMPLES is not georeferenced"):
        open_samples(SampleSource(path), grid_of(4, 6))


def test_what_is_no_label_raster_is_refused(tmp_path: Path) -> None:
    def refusal(codes: np.ndarray, place: tuple = PLACE, side: int = 4) -> str:
        path = write_labels(tmp_path / "l.tif", codes, place, dtype=gdal.GDT_Float32)
        with pytest.raises(InputError) as caught:
            open_samples(SampleSource(path), grid_of(side, side))
        return str(caught.value)

    assert "holds the value 1.5; expected class codes" in refusal(np.full((4, 4), 1.5))
    assert "has no sample inside the raster" in refusal(np.zeros((4, 4)))
    assert "has no sample inside the raster" in refusal(np.ones((4, 4)), grid_transform(PIXEL_M, (500.0, 0.0)))
    assert "has 400 classes" in refusal(np.arange(1, 401).reshape(20, 20), side=20)
