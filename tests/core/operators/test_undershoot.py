"""Dark rings around bright points go, what PAN shows as dark stays; the same in every tile."""

import numpy as np
import pytest

from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.operators.undershoot import nine
from tests.jobs import fusion_job, wishes
from tests.onnx_files import build, save
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster

RATIO, SIDE = 4, 128


@pytest.fixture
def pair(tmp_path):
    """A plain with waves, two bright points and a dark bar, and its MS of three bands; names, and the truth."""
    down, across = np.mgrid[:SIDE, :SIDE]
    plain = 300 + 20 * np.sin(down / 5) * np.sin(across / 7)
    plain[40:43, 40:43] = plain[44:46, 90:93] = 6000
    plain[90:92, 20:100] = 150
    truth = np.stack([0.8 * plain, plain, 1.3 * plain])
    pan = write_raster(tmp_path / "pan.tif", plain[None], grid_transform(PAN_PIXEL_M), dtype="Float32")
    ms = degrade(truth, RATIO, [0.3] * 3)
    ms_path = write_raster(tmp_path / "ms.tif", ms, grid_transform(PAN_PIXEL_M * RATIO), dtype="Float32")
    return pan, ms_path, truth, ms


@pytest.fixture
def sharp(tmp_path):
    """A network that sharpens far too much."""
    return str(save(tmp_path / "sharp.onnx", build(weight=4.0)))


def result_of(folder, pair, model, **more):
    run(fusion_job(pair[0], pair[1], model, str(folder / "out.tif"), **more))
    return read_raster(folder / "out.tif")


def test_rings_around_bright_points_are_no_darker_than_what_is_around(tmp_path, pair, sharp):
    *_, ms = pair
    result = result_of(tmp_path, pair, sharp)
    spread = ms.std(axis=(1, 2))
    around = result[:, 30:54, 30:104].min(axis=(1, 2))
    assert (around > ms.min(axis=(1, 2)) - 2 * spread).all()  # unbounded, it falls by a hundred


def test_what_pan_shows_as_dark_stays_dark(tmp_path, pair, sharp):
    *_, ms = pair
    result = result_of(tmp_path, pair, sharp)
    middle = result[:, 90:92, 30:90].mean(axis=(1, 2))
    assert (middle < 0.9 * ms[:, 22:24, 8:22].min(axis=(1, 2))).all()


def test_tiles_do_not_change_the_result(tmp_path, pair, sharp):
    whole = result_of(tmp_path, pair, sharp, options=wishes(detail="clean"))
    tiled = result_of(tmp_path, pair, sharp, options=wishes(detail="clean"), tile_size=32)
    assert np.abs(tiled - whole).max() < 1e-3


def test_the_surroundings_of_a_pixel():
    values = np.arange(20.0).reshape(4, 5)
    assert sorted(nine(values)[:, 1, 1]) == [0, 1, 2, 5, 6, 7, 10, 11, 12]
    assert sorted(set(nine(values)[:, 3, 4])) == [13, 14, 18, 19]
