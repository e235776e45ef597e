"""Heights of DSM and DTM that count from different surfaces: the same from the same ground, whatever the CRS says."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from tests.rasters import crs_text, grid_transform, read_raster, site_heights
from tests.tasks.lidar_features.scenes import PIXEL_M, computed, sentences, surface, terrain, warnings, write

pytestmark = pytest.mark.usefixtures("gdal_errors")

SILENT, GEOID, SITE = crs_text("EPSG:32632"), crs_text("EPSG:32632+5773"), site_heights("EPSG:32632")
ELLIPSOID = crs_text("EPSG:32632", three=True)
HEIGHT = {"features": ("height_above_ground",), "floor": False}


def placed(path, values, crs):
    """A raster of heights with a CRS that GeoTIFFs cannot all hold."""
    file = write(path.with_suffix(".tif"), values)
    return gdal.Translate(str(path.with_suffix(".vrt")), file, format="VRT", outputSRS=crs).GetDescription()


def heights(tmp_path, dsm, dtm, **job):
    """Height above ground, (rows, cols), and the run."""
    done = computed(tmp_path, dsm, dtm=dtm, **{**HEIGHT, **job})
    return read_raster(tmp_path / "out.tif")[0], done


@pytest.mark.parametrize(
    ("dsm", "dtm", "warned"),
    [
        (GEOID, SILENT, "DSM names EGM96 height, but DTM does not say what its heights count from"),
        (SILENT, GEOID, "DTM names EGM96 height, but DSM does not say what its heights count from"),
        (ELLIPSOID, SILENT, "DSM names heights above the ellipsoid of WGS 84, but DTM does not say"),
        (GEOID, GEOID, ""),
        (SITE, SITE, ""),
        (ELLIPSOID, ELLIPSOID, ""),
    ],
)  # fmt: skip
def test_heights_that_count_from_the_same_or_are_silent_stay_as_they_are(tmp_path, dsm, dtm, warned):
    """Two rasters of one survey, one of which may have lost the vertical part of its CRS: no geoid in between."""
    found, done = heights(
        tmp_path, placed(tmp_path / "dsm.tif", surface(), dsm), placed(tmp_path / "dtm.tif", terrain(), dtm)
    )
    np.testing.assert_allclose(found, surface() - terrain(), atol=1e-4)
    assert warnings(done) == bool(warned)
    assert warned in " ".join(sentences(done)) and not any("warped" in told for told in sentences(done))


@pytest.mark.parametrize(
    ("dsm", "dtm"), [(GEOID, ELLIPSOID), (ELLIPSOID, GEOID), (ELLIPSOID, crs_text("EPSG:25832+5773"))]
)
@pytest.mark.parametrize("tile_size", [0, 64])
def test_heights_that_count_from_another_surface_are_converted(tmp_path, dsm, dtm, tile_size):
    """Beside gdalwarp, which converts heights of a raster of one band when its CRS names two surfaces."""
    paths = write(tmp_path / "dsm.tif", surface(), crs=dsm), write(tmp_path / "dtm.tif", terrain(), crs=dtm)
    try:
        found, done = heights(tmp_path, *paths, tile_size=tile_size)
    except InputError as error:
        if "EGM96" in str(error):
            pytest.skip("PROJ has no grid file of EGM96 here")
        raise
    converted = str(tmp_path / "converted.tif")
    bounds = gdal.Info(paths[1], format="json")["cornerCoordinates"]
    gdal.Warp(converted, paths[1], srcSRS=dtm, dstSRS=dsm, xRes=PIXEL_M, yRes=PIXEL_M, errorThreshold=0,
              outputBounds=(*bounds["lowerLeft"], *bounds["upperRight"]))  # fmt: skip
    wanted = surface() - read_raster(converted)[0]
    assert 30 < abs(np.nanmedian(wanted - (surface() - terrain()))) < 60, "the geoid of the place"
    np.testing.assert_allclose(found, wanted, atol=2e-3)
    assert any(told.startswith("Heights of DTM are converted from ") for told in sentences(done))


def test_a_terrain_on_other_pixels_and_in_another_crs_is_converted_too(tmp_path):
    coarse = terrain(300, 340)[::2, ::2]
    place = grid_transform(2 * PIXEL_M)
    dsm = write(tmp_path / "dsm.tif", surface(holes=False), crs=ELLIPSOID)
    try:
        found, _ = heights(tmp_path, dsm, write(tmp_path / "dtm.tif", coarse, geotransform=place, crs=GEOID))
    except InputError as error:
        if "EGM96" in str(error):
            pytest.skip("PROJ has no grid file of EGM96 here")
        raise
    plain, _ = heights(
        tmp_path, write(tmp_path / "flat.tif", surface(holes=False)),
        write(tmp_path / "flat_dtm.tif", coarse, geotransform=place),
    )  # fmt: skip
    difference = plain - found
    assert 30 < np.nanmedian(np.abs(difference)) < 60 and np.nanmax(difference) - np.nanmin(difference) < 0.05


def test_without_a_way_nothing_is_computed(tmp_path):
    dsm = write(tmp_path / "dsm.tif", surface(), crs=ELLIPSOID)
    dtm = placed(tmp_path / "dtm.tif", terrain(), SITE)
    with pytest.raises(InputError, match=r"^DTM names site height and DSM heights above .* grid file; install"):
        heights(tmp_path, dsm, dtm)
    assert not (tmp_path / "out.tif").exists()


def test_feet_are_told_by_the_vertical_crs(tmp_path):
    """EPSG:6360 counts in US survey feet, whatever the horizontal CRS does."""
    foot = 1200 / 3937
    crs = crs_text("EPSG:32618+6360")
    found, done = heights(
        tmp_path, write(tmp_path / "dsm.tif", surface() / foot, crs=crs),
        write(tmp_path / "dtm.tif", terrain() / foot, crs=crs),
    )  # fmt: skip
    np.testing.assert_allclose(found, surface() - terrain(), atol=1e-3)
    assert warnings(done) == 0


def test_the_result_is_no_raster_of_heights_above_that_surface(tmp_path):
    """It says where it lies, and nothing of heights, or GDAL's warp would shift its slopes by the geoid."""
    dsm, dtm, echo = (write(tmp_path / f"{name}.tif", terrain(), crs=GEOID) for name in ("dsm", "dtm", "echo"))
    computed(tmp_path, dsm, dtm=dtm, intensity=echo)
    made = gdal.Open(str(tmp_path / "out.tif"))
    assert not made.GetSpatialRef().IsCompound() and made.GetSpatialRef().GetAuthorityCode(None) == "32632"
    assert made.GetRasterBand(made.RasterCount).GetUnitType() == "", "an intensity is no length"
