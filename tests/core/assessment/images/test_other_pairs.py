"""Pairs of other tasks than pansharpening: several fine bands, and the user's own names in every sentence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.assessment.images.assess import BASELINE, Method, assess
from rsfusion_qgis.core.assessment.images.job import AssessmentJob
from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName
from rsfusion_qgis.core.assessment.images.report import assessment_page, setting_rows
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.measures.images.ergas import ergas
from tests.core.alignment.checks.textures import texture
from tests.rasters import grid_transform, read_raster, write_raster

RATIO, SIZE = 2, 256
FINE_GAINS = (0.275, 0.28, 0.25, 0.24)
GAINS = (0.365, 0.33, 0.34, 0.32, 0.205, 0.235)
"""Of Sentinel-2's bands of 10 m (B2, B3, B4, B8) and of 20 m (B5, B6, B7, B8A, B11, B12)."""


@pytest.fixture(scope="module")
def job(tmp_path_factory) -> AssessmentJob:
    """Four bands of 10 m and six of 20 m of one scene, under Wald's protocol."""
    folder = tmp_path_factory.mktemp("pair")
    scenes = np.stack([texture(SIZE, seed=seed) for seed in range(3)])
    mixed = np.random.default_rng(4).uniform(0.2, 1.0, (10, 3))
    truth = 1500 + 120 * np.tensordot(mixed, scenes, 1)
    fine = write_raster(folder / "fine.tif", truth[:4], grid_transform(10.0), dtype="Float32")
    seen = degrade(truth[4:], RATIO, GAINS)
    coarse = write_raster(folder / "coarse.tif", seen, grid_transform(10.0 * RATIO), dtype="Float32")
    rasters = {"fine": RasterName(fine, "BANDS_10M"), "coarse": RasterName(coarse, "BANDS_20M", "Bands of 20 m")}
    return AssessmentJob("wald", **rasters, gains=GAINS, fine_gains=FINE_GAINS)


def warped(values: np.ndarray, side: int) -> np.ndarray:
    """Cubic interpolation by GDAL of `(bands, rows, cols)`: what plain interpolation is outside this package."""
    bands, rows, cols = values.shape
    source = gdal.GetDriverByName("MEM").Create("", cols, rows, bands, gdal.GDT_Float32)
    source.SetGeoTransform((0, side / cols, 0, 0, 0, -side / rows))
    source.WriteArray(values.astype(np.float32))
    return gdal.Warp("", source, format="MEM", width=side, height=side, resampleAlg="cubic").ReadAsArray()


def test_four_fine_and_six_coarse_bands_are_reduced_each_with_its_gain(job: AssessmentJob) -> None:
    kept = {}

    def interpolated(fine: str, coarse: str, output: str, watch: object) -> None:
        kept.update(fine=read_raster(fine), coarse=read_raster(coarse))
        gdal.Warp(output, coarse, width=SIZE // RATIO, height=SIZE // RATIO, resampleAlg="cubic").FlushCache()

    found = assess(job, [Method("GDAL", interpolated)], pictures=True)
    original = {"fine": read_raster(job.fine.path), "coarse": read_raster(job.coarse.path)}
    for name, gains in (("fine", FINE_GAINS), ("coarse", GAINS)):
        assert kept[name] == pytest.approx(degrade(original[name], RATIO, gains), rel=1e-6), name
    assert [row.name for row in found.rows] == [BASELINE, "GDAL"]
    expected = ergas(warped(kept["coarse"], SIZE // RATIO), original["coarse"], RATIO)
    assert found.row("GDAL").values["ergas"].value == pytest.approx(expected, rel=1e-4)
    assert found.row(BASELINE).values["ergas"].value == pytest.approx(expected, rel=0.05)
    assert (found.gains, found.fine_gains, len(found.bands)) == (GAINS, FINE_GAINS, 6)


def test_the_page_speaks_of_the_users_rasters(job: AssessmentJob) -> None:
    found = assess(job, pictures=True)
    page = assessment_page("Quality", found)
    assert "BANDS_10M and BANDS_20M were made coarser by their ratio" in page
    told = dict(setting_rows(found))
    assert told["MTF gains of BANDS_10M at Nyquist"] == "0.275, 0.28, 0.25, 0.24"
    assert told["MTF gains of BANDS_20M at Nyquist"] == "0.365, 0.33, 0.34, 0.32, 0.205, 0.235"
    assert not {"PAN", "MS"} & set(page.replace(">", " ").replace("<", " ").split())


@pytest.mark.parametrize(("change", "text"), [
    ({"protocol": "full_resolution"}, r"BANDS_10M: '.*' has 4 bands; expected 1, so extract the right band"),
    ({"fine_gains": (0.3, 0.2)}, "BANDS_10M has 4 bands, but 2 MTF gains were given for it"),
    ({"protocol": "reference"}, "REFERENCE is missing; PROTOCOL reference needs FUSED, REFERENCE"),
    ({"coarse": RasterName("", "BANDS_20M")}, "BANDS_20M is missing; PROTOCOL wald needs BANDS_10M, BANDS_20M"),
])  # fmt: skip
def test_what_does_not_fit_is_called_by_the_users_names(job: AssessmentJob, change: dict, text: str) -> None:
    given = {"fused": RasterName(job.coarse.path, "FUSED"), **change}
    with pytest.raises(InputError, match=text):
        assess(replace(job, **given))


def test_a_coarse_raster_as_fine_as_the_other_is_refused_by_its_label(job: AssessmentJob) -> None:
    same = replace(job.coarse, path=job.fine.path)
    with pytest.raises(InputError, match="so choose the coarse bands of 20 m"):
        assess(replace(job, coarse=same))
