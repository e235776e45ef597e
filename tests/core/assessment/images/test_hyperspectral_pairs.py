"""Wald's protocol on hyperspectral pairs: bands that are of no use stay out, errors are drawn over the wavelength."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.assessment.images.assess import BASELINE, Method, assess
from rsfusion_qgis.core.assessment.images.job import AssessmentJob
from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName
from rsfusion_qgis.core.assessment.images.report import assessment_page
from tests.rasters import read_raster
from tests.tasks.hyperspectral_sharpening.scenes import write_scene

BANDS, BAD, FLAT = 30, 4, 11


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> AssessmentJob:
    """30 bands of 78 x 84 pixels, one of them called bad, one flat, and a guide of three bands."""
    paths = write_scene(tmp_path_factory.mktemp("pair"), rows=78, cols=84, bands=BANDS)
    raster = gdal.Open(paths["hs"], gdal.GA_Update)
    raster.GetRasterBand(BAD).SetMetadataItem("bbl", "0")
    raster.GetRasterBand(FLAT).WriteArray(np.full((78, 84), 7))
    raster.FlushCache()
    rasters = {"fine": RasterName(paths["guide"], "PAN"), "coarse": RasterName(paths["hs"], "MS")}
    return AssessmentJob("wald", **rasters)


def interpolated(fine: str, coarse: str, output: str, watch: object) -> None:
    shape = read_raster(fine).shape
    gdal.Warp(output, coarse, width=shape[2], height=shape[1], resampleAlg="cubic").FlushCache()


def test_bad_and_flat_bands_are_not_compared(job: AssessmentJob) -> None:
    found = assess(job, [Method("GDAL", interpolated)], pictures=True)
    assert [row.name for row in found.rows] == [BASELINE, "GDAL"]
    assert len(found.bands) == BANDS - 2 and np.isfinite(found.rows[-1].values["ergas"].value)
    assert [one.sentence for one in found.findings if "4, 11" in one.sentence]
    assert found.rows[-1].values["ergas"].value == pytest.approx(found.rows[0].values["ergas"].value, rel=0.05)
    page = assessment_page("Quality", found)
    assert "<polyline" in page and ">nm<" in page, "errors over the wavelength"
