"""Wald's protocol with the methods of pansharpening: a network beside the classical ones, and where they are sharp."""

import numpy as np
import pytest

from rsfusion_qgis.core.assessment.images.assess import BASELINE, assess
from rsfusion_qgis.core.assessment.images.report import assessment_page
from rsfusion_qgis.core.grid.degradation import apply_taps, mtf_sigma, sampling_taps
from rsfusion_qgis.tasks.pansharpening.assessing import classical_methods, methods
from rsfusion_qgis.tasks.pansharpening.task import TASK
from tests.core.alignment.checks.textures import texture
from tests.core.assessment.images.pairs import GAIN, pansharpening, write_pair
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, write_raster


def test_a_network_stands_beside_the_classical_methods(tmp_path):
    pair = write_pair(tmp_path)
    given = pansharpening("wald", pair)
    model = save(tmp_path / "net.onnx")
    seen = []
    found = assess(given, methods(TASK, given, str(model), "cpu", 1), seen.append, True)
    assert [row.name for row in found.rows] == [BASELINE, "MTF-GLP-FS", "GSA", "BT-H", "net"]
    ergas = {row.name: row.values["ergas"].value for row in found.rows}
    assert ergas["GSA"] < 0.5 * ergas[BASELINE]
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(1)
    page = assessment_page("Quality <1>", found)
    assert "Quality &lt;1&gt;" in page
    assert page.count("data:image/png;base64") == 2 + 6
    assert "MTF-GLP-FS" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_landsat_like_offsets_and_ratios_that_are_not_whole(tmp_path):
    fine = texture(600, seed=3)
    ratio, offset = 2.5, (0.4, -0.2)
    # MS pixels begin 1 and -0.5 pan pixels off the corner of PAN
    ms = fine
    for axis, off in enumerate((offset[1] * ratio, offset[0] * ratio)):
        ms = apply_taps(ms, *sampling_taps(0, 238, ratio, off, mtf_sigma(GAIN, ratio), 600), axis)
    pan = write_raster(tmp_path / "pan.tif", 500 + 90 * fine[None], grid_transform(PAN_PIXEL_M), dtype="Float32")
    shift = (offset[0] * ratio * PAN_PIXEL_M, offset[1] * ratio * PAN_PIXEL_M)
    place = grid_transform(PAN_PIXEL_M * ratio, shift)
    coarse = write_raster(tmp_path / "ms.tif", np.stack([500 + 90 * ms, 300 + 50 * ms]), place, dtype="Float32")
    given = pansharpening("wald", {"fine": pan, "coarse": coarse}, gains=(GAIN,))
    found = assess(given, classical_methods(TASK, given))
    assert found.ratio == pytest.approx(ratio)
    ergas = {row.name: row.values["ergas"].value for row in found.rows}
    assert ergas["MTF-GLP-FS"] < 0.35 * ergas[BASELINE]  # sharp only where pan lies on MS
