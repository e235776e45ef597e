"""The noise of a raster: found where the scene is flat, and put back onto the reduced pair."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import ndimage

from rsfusion_qgis.core.assessment.images.assess import assess
from rsfusion_qgis.core.assessment.images.noise_floor import noise_floor
from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName, open_rasters
from rsfusion_qgis.core.assessment.images.reduced_pair import reduce_files
from rsfusion_qgis.core.assessment.images.report import setting_rows
from rsfusion_qgis.core.grid.degradation import degrade, kept_noise
from tests.core.alignment.checks.textures import texture
from tests.core.assessment.images.pairs import pansharpening
from tests.rasters import PAN_PIXEL_M, grid_transform, read_raster, write_raster

RATIO, GAIN, PAN_GAIN, SIZE = 4, 0.3, 0.15, 512
PAN_NOISE, MS_NOISE = 8.0, (3.0, 5.0)
RNG = np.random.default_rng(12)


def scene(size: int, seed: int) -> np.ndarray:
    """Strong texture with flat fields in a quarter of it, `(size, size)`."""
    values = 60 * texture(size, seed=seed)
    side = size // 2
    values[:side, :side] = ndimage.uniform_filter(values[:side, :side], 41)
    return 500 + values


def names_of(folder, noisy=True):
    """PAN and MS, with the noise above or without any."""
    fine = scene(SIZE, 1)[None]
    coarse = degrade(np.concatenate([fine, 2 * fine]), RATIO, [GAIN] * 2)
    if noisy:
        fine = fine + PAN_NOISE * RNG.normal(size=fine.shape)
        coarse = coarse + np.array(MS_NOISE)[:, None, None] * RNG.normal(size=coarse.shape)
    pan = write_raster(folder / "pan.tif", fine, grid_transform(PAN_PIXEL_M), dtype="Float32")
    ms = write_raster(folder / "ms.tif", coarse, grid_transform(PAN_PIXEL_M * RATIO), dtype="Float32")
    return RasterName(pan, "PAN"), RasterName(ms, "MS")


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    return names_of(tmp_path_factory.mktemp("pair"))


class Reader:
    """Windows of an array."""

    def __init__(self, values, valid=None):
        self.values, self.valid = values, np.ones(values.shape, bool) if valid is None else valid

    def __call__(self, row, col, rows, cols):
        part = np.s_[:, row : row + rows, col : col + cols]
        return self.values[part], self.valid[part]


def test_the_noise_of_every_band_is_found(names):
    with open_rasters({"fine": names[0]}, names[1]) as rasters:
        assert noise_floor(rasters.images["fine"], rasters.shape) == pytest.approx((PAN_NOISE,), rel=0.1)
        coarse = rasters.coarse
        assert noise_floor(coarse, (coarse.rows, coarse.cols)) == pytest.approx(MS_NOISE, rel=0.2)


def test_holes_filled_areas_and_slopes_are_no_noise():
    rng = np.random.default_rng(3)
    ramp = np.add.outer(3.0 * np.arange(300), 2.0 * np.arange(280))[None]
    values = ramp + 2.0 * rng.normal(size=ramp.shape)
    values[:, 100:200, :200] = 0  # filled, and not marked as invalid
    valid = np.ones(values.shape, bool)
    valid[:, :50, :60] = False
    values[~valid] = np.nan
    assert noise_floor(Reader(values, valid), (300, 280)) == pytest.approx((2.0,), rel=0.1)
    assert noise_floor(Reader(ramp), (300, 280)) == pytest.approx((0.0,), abs=1e-9)
    assert noise_floor(Reader(ramp), (9, 9)) == (0.0,)


@pytest.mark.parametrize(("gain", "ratio"), [(0.3, 4), (0.15, 4), (0.35, 2), (0.25, 2.5)])
def test_so_much_of_the_noise_is_left_by_reduction(gain, ratio):
    noise = np.random.default_rng(1).normal(size=(1, 900, 900))
    assert degrade(noise, ratio, [gain]).std() == pytest.approx(kept_noise(gain, ratio), rel=0.03)


def reduced(names, folder, noise=((), ())):
    folder.mkdir()
    with open_rasters({"fine": names[0]}, names[1]) as rasters:
        files = reduce_files(
            rasters, [GAIN] * 2, [PAN_GAIN], folder, lambda share: None, noise=noise
        )  # fmt: skip
    return {name: read_raster(str(getattr(files, name))) for name in ("fine", "coarse", "reference")}


def test_the_reduced_pair_has_the_noise_that_is_missing(names, tmp_path):
    noise = ((30.0, 50.0), (80.0,))
    plain, noisy, again = (
        reduced(names, tmp_path / name, given) for name, given in (("a", ((), ())), ("b", noise), ("c", noise))
    )
    for name, gain, sigmas in (("coarse", GAIN, noise[0]), ("fine", PAN_GAIN, noise[1])):
        added = (noisy[name] - plain[name]).std(axis=(1, 2))
        missing = [sigma * math.sqrt(1 - kept_noise(gain, RATIO) ** 2) for sigma in sigmas]
        assert added == pytest.approx(missing, rel=0.1)
        assert np.array_equal(noisy[name], again[name])
    assert np.array_equal(noisy["reference"], plain["reference"])


def test_walds_protocol_says_which_noise_it_put_back(names):
    paths = {"fine": names[0].path, "coarse": names[1].path}
    given = {"gains": (GAIN,), "fine_gains": (PAN_GAIN,)}
    found = assess(pansharpening("wald", paths, noise=True, **given))
    assert found.noise == pytest.approx(MS_NOISE, rel=0.2)
    assert found.fine_noise == pytest.approx((PAN_NOISE,), rel=0.1)
    told = dict(setting_rows(found))
    assert "Noise of MS, put back onto the reduced pair (standard deviation)" in told
    assert told["Noise of PAN, put back onto the reduced pair (standard deviation)"] == f"{found.fine_noise[0]:.4g}"
    without = assess(pansharpening("wald", paths, **given))
    assert not any("Noise" in name for name, _ in setting_rows(without))
    assert without.rows[0].values["ergas"].value < found.rows[0].values["ergas"].value
