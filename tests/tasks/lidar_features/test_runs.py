"""From files to a file: what the bands hold, and that neither tiles nor extents change them."""

import threading
import time

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.engine.run import Monitor, run
from rsfusion_qgis.core.sensors.lidar import FEATURES
from rsfusion_qgis.core.sensors.lidar.roughness import roughness
from tests.rasters import ORIGIN, grid_transform, read_raster
from tests.tasks.lidar_features.scenes import PIXEL_M, computed, lidar_job, sentences, surface, terrain, warnings, write

pytestmark = pytest.mark.usefixtures("gdal_errors")

BANDS = (
    "height above ground", "slope", "roughness", "height percentile 10", "height percentile 50",
    "height percentile 90", "height range", "intensity", "intensity mean",
)  # fmt: skip


@pytest.fixture
def rasters(tmp_path):
    """Paths of DSM, DTM and INTENSITY as a job takes them."""
    rng = np.random.default_rng(8)
    intensity = rng.uniform(0, 255, surface().shape)
    return {
        "dsm": write(tmp_path / "dsm.tif", surface()),
        "dtm": write(tmp_path / "dtm.tif", terrain()),
        "intensity": write(tmp_path / "intensity.tif", intensity),
    }


def result(tmp_path, name="out.tif"):
    return read_raster(tmp_path / name)


def test_all_bands_of_three_rasters(tmp_path, rasters):
    done = computed(tmp_path, **rasters, floor=False)
    bands, z = result(tmp_path), surface()
    assert done.bands == BANDS
    assert warnings(done) == 0
    np.testing.assert_allclose(bands[0], z - terrain(), atol=1e-4)
    around = np.pad(z, 3, constant_values=np.nan)
    inside = ~np.isnan(z)
    np.testing.assert_array_equal(bands[2][inside], roughness(around, (3, 3))[inside])
    for band in bands:
        np.testing.assert_array_equal(np.isnan(band), np.isnan(z))
    assert (np.diff(bands[3:6], axis=0)[:, inside] >= 0).all()
    np.testing.assert_array_equal(bands[7][inside], read_raster(rasters["intensity"])[0][inside])


def test_the_file_says_what_its_bands_are(tmp_path, rasters):
    computed(tmp_path, **rasters)
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    bands = [dataset.GetRasterBand(i + 1) for i in range(dataset.RasterCount)]
    assert tuple(b.GetDescription() for b in bands) == BANDS
    assert [b.GetUnitType() for b in bands] == ["m", "degree", *["m"] * 5, "", ""]
    assert all(np.isnan(b.GetNoDataValue()) and b.DataType == gdal.GDT_Float32 for b in bands)
    about = dataset.GetMetadata("RSFUSION")
    assert (about["TASK"], about["HEIGHTS"], about["WINDOW"]) == ("lidarfeatures", "DSM - DTM", "7 x 7")
    assert dataset.GetGeoTransform() == gdal.Open(rasters["dsm"]).GetGeoTransform()


WAYS = {
    "three rasters": {},
    "estimated ground": {"dtm": ""},
    "estimated ground on cells": {"dtm": "", "ground_window_m": 260.0},
    "wide thinned windows": {"radius_m": 6.0, "percentiles": (0.0, 33.0)},
}


@pytest.mark.parametrize("way", WAYS)
def test_neither_tiles_nor_extent_change_anything(tmp_path, rasters, way):
    job = {**rasters, **WAYS[way]}
    computed(tmp_path, **job, tile_size=1024)
    whole = result(tmp_path)
    for size in (32, 67, 128):
        done = computed(tmp_path, **job, name="tiled.tif", tile_size=size)
        assert done.tiles > 1
        np.testing.assert_array_equal(result(tmp_path, "tiled.tif"), whole)
    x, y = ORIGIN
    extent = (x + 41 * PIXEL_M, y - 133 * PIXEL_M, x + 122 * PIXEL_M, y - 17 * PIXEL_M)
    computed(tmp_path, **job, name="part.tif", extent=extent, tile_size=50)
    np.testing.assert_array_equal(result(tmp_path, "part.tif"), whole[:, 17:133, 41:122])


def test_without_terrain_the_bands_say_that_the_ground_is_an_estimate(tmp_path, rasters):
    done = computed(tmp_path, rasters["dsm"])
    assert done.bands == ("height above estimated ground", *BANDS[1:7])
    said = " ".join(sentences(done))
    assert "are an estimate" in said
    assert "'intensity' is left out because INTENSITY is empty" in said
    assert np.nanmedian(result(tmp_path)[0][72:92, 92:118]) == pytest.approx(9, abs=0.7)


def test_without_ground_statistics_are_those_of_the_surface(tmp_path, rasters):
    done = computed(tmp_path, rasters["dsm"], ground_window_m=0.0, percentiles=(50.0,))
    assert done.bands == ("slope", "roughness", "surface height percentile 50", "surface height range")
    assert np.nanmin(result(tmp_path)[2]) > 290


def test_chosen_features_come_in_the_order_of_the_list_and_need_no_more_than_they_need(tmp_path, rasters):
    done = computed(tmp_path, **rasters, features=("range", "slope"), ground_window_m=0.0)
    assert done.bands == ("slope", "height range")
    assert any(s.startswith("INTENSITY is not looked at") for s in sentences(done))
    assert computed(tmp_path, **rasters, features=("slope",)).bands == ("slope",)


def test_heights_below_zero_become_zero_where_wished(tmp_path, rasters):
    lower = write(tmp_path / "lower.tif", surface() - 0.5)
    computed(tmp_path, lower, dtm=rasters["dtm"], floor=True)
    floored = result(tmp_path)
    computed(tmp_path, lower, dtm=rasters["dtm"], floor=False)
    assert np.nanmin(floored[0]) == 0 > np.nanmin(result(tmp_path)[0])
    np.testing.assert_array_equal(floored[0], np.maximum(result(tmp_path)[0], 0))
    assert np.nanmin(floored[3]) == 0


def test_a_terrain_model_on_coarser_shifted_pixels_is_interpolated(tmp_path, rasters):
    """A plane is a plane on any pixels."""
    row, col = np.mgrid[0:60, 0:80] * 2.0
    coarse = grid_transform(2.0, (-20.3, -15.1))
    x, y = coarse[0] - ORIGIN[0] + 1.0, ORIGIN[1] - coarse[3] + 1.0
    plane = 200 + 0.1 * (col + x) - 0.05 * (row + y)
    dtm = write(tmp_path / "plane.tif", plane, geotransform=coarse)
    done = computed(tmp_path, rasters["dsm"], dtm=dtm, features=("height_above_ground",), floor=False, tile_size=64)
    row, col = (np.mgrid[0:150, 0:170] + 0.5) * PIXEL_M
    np.testing.assert_allclose(result(tmp_path)[0], surface() - (200 + 0.1 * col - 0.05 * row), atol=1e-3)
    assert any("interpolated at its true position" in sentence for sentence in sentences(done))
    computed(tmp_path, rasters["dsm"], "whole.tif", dtm=dtm, features=("height_above_ground",), floor=False)
    np.testing.assert_array_equal(result(tmp_path), result(tmp_path, "whole.tif"))


def test_a_terrain_model_in_another_crs_is_warped(tmp_path, rasters):
    dtm = str(tmp_path / "geographic.tif")
    gdal.Warp(dtm, rasters["dtm"], dstSRS="EPSG:4326", resampleAlg="bilinear").FlushCache()
    computed(tmp_path, rasters["dsm"], dtm=dtm, floor=False, features=("height_above_ground",))
    difference = result(tmp_path)[0] - (surface() - terrain())
    assert np.nanmax(np.abs(difference)) < 0.05
    assert np.isnan(difference).mean() < 0.1


def test_where_the_terrain_model_does_not_reach_only_what_needs_it_has_no_data(tmp_path, rasters):
    part = write(tmp_path / "part.tif", terrain()[40:, :100], geotransform=grid_transform(PIXEL_M, (0, 40 * PIXEL_M)))
    done = computed(tmp_path, **{**rasters, "dtm": part}, tile_size=64)
    bands, hole = result(tmp_path), np.isnan(surface())
    for index in (0, 3, 6):
        assert np.isnan(bands[index][:40]).all()
        assert np.isnan(bands[index][:, 100:]).all()
        np.testing.assert_array_equal(np.isnan(bands[index][40:, :100]), hole[40:, :100])
    for index in (1, 2, 7, 8):
        np.testing.assert_array_equal(np.isnan(bands[index]), hole)
    assert any("DTM covers 43.1 % of DSM; what needs it has no data elsewhere" in s for s in sentences(done))
    assert warnings(done) == 1


def test_units_scale_and_offset_count(tmp_path, rasters):
    """Heights in feet, stored as whole hundredths above 900."""
    computed(tmp_path, **rasters)
    expected = result(tmp_path)
    stored = np.where(np.isnan(surface()), np.nan, (surface() / 0.3048 - 900) * 100)
    dsm = write(tmp_path / "feet.tif", stored, dtype="Int32")
    dataset = gdal.Open(dsm, gdal.GA_Update)
    band = dataset.GetRasterBand(1)
    band.SetScale(0.01)
    band.SetOffset(900)
    band.SetUnitType("ft")
    del band, dataset
    metres = write(tmp_path / "metres.tif", terrain())
    dataset = gdal.Open(metres, gdal.GA_Update)
    dataset.GetRasterBand(1).SetUnitType("m")
    del dataset
    done = computed(tmp_path, dsm, dtm=metres, intensity=rasters["intensity"])
    np.testing.assert_allclose(result(tmp_path)[[0, 3, 4]], expected[[0, 3, 4]], atol=0.01)
    assert warnings(done) == 0


def test_an_unknown_unit_is_warned_of(tmp_path, rasters):
    dataset = gdal.Open(rasters["dsm"], gdal.GA_Update)
    dataset.GetRasterBand(1).SetUnitType("dn")
    del dataset
    done = computed(tmp_path, rasters["dsm"])
    assert warnings(done) == 1
    assert any("DSM's band names the unit 'dn', which is unknown" in s and "metres" in s for s in sentences(done))


def test_feet_of_the_crs_hold_for_heights_without_a_unit(tmp_path):
    foot, z = 1200 / 3937, surface(holes=False)
    grid = (2.7e6, 0.5 / foot, 0, 2.5e5, 0, -0.5 / foot)
    feet = write(tmp_path / "feet.tif", z / foot, geotransform=grid, crs="EPSG:2272")
    done = computed(tmp_path, feet, features=("slope", "roughness"))
    computed(tmp_path, write(tmp_path / "m.tif", z), "metres.tif", features=("slope", "roughness"))
    np.testing.assert_allclose(result(tmp_path), result(tmp_path, "metres.tif"), atol=0.02)
    assert any("no unit" in s and "the unit of the CRS (0.304801 m)" in s for s in sentences(done))


def test_web_mercator_is_warned_of(tmp_path):
    dsm = write(tmp_path / "m.tif", surface(), geotransform=(1e6, 0.5, 0, 6.6e6, 0, -0.5), crs="EPSG:3857")
    done = computed(tmp_path, dsm, features=("slope",))
    assert any("1.58 times those on the ground" in sentence for sentence in sentences(done))
    assert warnings(done) == 1


def test_a_terrain_that_lies_above_the_surface_is_warned_of(tmp_path, rasters):
    done = computed(tmp_path, rasters["dtm"], dtm=write(tmp_path / "high.tif", terrain() + 40))
    assert warnings(done) == 1
    assert any("DTM lies more than 1 m above DSM in 100 % of the pixels" in s for s in sentences(done))


def test_one_height_everywhere_gives_zeros_and_a_warning(tmp_path):
    done = computed(tmp_path, write(tmp_path / "flat.tif", np.full((40, 50), 12.5)))
    assert (result(tmp_path)[[0, 1, 2, 6]] == 0).all()
    assert any("one height only, 12.5 m" in sentence for sentence in sentences(done))
    assert warnings(done) == 1


def test_a_raster_without_georeferencing_is_taken_in_pixels(tmp_path):
    dsm = write(tmp_path / "a.tif", surface(), geotransform=None, crs=None)
    dtm = write(tmp_path / "b.tif", terrain(), geotransform=None, crs=None)
    computed(tmp_path, dsm, dtm=dtm, floor=False)
    np.testing.assert_allclose(result(tmp_path)[0], surface() - terrain(), atol=1e-4)


@pytest.mark.parametrize("ending", ["img", "asc"])
def test_another_format(tmp_path, rasters, ending):
    computed(tmp_path, rasters["dsm"], f"out.{ending}", features=("slope",))
    computed(tmp_path, rasters["dsm"], features=("slope",))
    found = gdal.Open(str(tmp_path / f"out.{ending}")).ReadAsArray()
    known = ~np.isnan(surface())
    np.testing.assert_allclose(found[known], result(tmp_path)[0][known], atol=1e-3)


class Impatient(Monitor):
    """Cancels once a share of the tiles is done, and notes what it was shown."""

    def __init__(self, share):
        self.share, self.seen, self.thread = share, [], threading.get_ident()

    def progress(self, fraction):
        assert threading.get_ident() == self.thread
        self.seen.append(fraction)

    def is_cancelled(self):
        return bool(self.seen) and self.seen[-1] >= self.share


def test_progress_grows_to_the_end(tmp_path, rasters):
    monitor = Impatient(2)
    run(lidar_job(tmp_path / "out.tif", rasters["dsm"], tile_size=32), monitor)
    assert monitor.seen == sorted(monitor.seen)
    assert monitor.seen[-1] == 1


@pytest.mark.parametrize("share", [0.0, 0.3])
def test_a_cancelled_run_leaves_nothing(tmp_path, rasters, share):
    folder = tmp_path / "out"
    folder.mkdir()
    large = write(tmp_path / "large.tif", np.tile(surface(), (6, 6)))
    monitor, started = Impatient(share), time.monotonic()
    with pytest.raises(CancelledError):
        run(lidar_job(folder / "out.tif", large, radius_m=4.0, tile_size=128), monitor)
    assert time.monotonic() - started < 20
    assert list(folder.iterdir()) == []


def test_every_feature_has_a_file_and_a_name_of_its_own():
    assert len({feature.id for feature in FEATURES}) == len(FEATURES)
    assert len({type(feature).__module__ for feature in FEATURES}) == len(FEATURES)
