"""Cloud removal through the engine: clear pixels untouched, units found, absent radar, masks, tiles."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.sensors.sentinel2 import L1C_BANDS, L2A_BANDS
from rsfusion_qgis.tasks.cloud_removal.encode import blending
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.cloud_removal.cloud_jobs import BLEND, PLACE, job, write_optical, write_sar, written_scene


@pytest.fixture
def scene(tmp_path):
    return written_scene(tmp_path)


def expected(scene, sar=True):
    """Reflectance x 10000 under the mask."""
    value = 0.25 + (0.01 * (scene["sar"][0] + 12) if sar else 0 * scene["sar"][0])
    return np.broadcast_to(value * 1e4, scene["optical"].shape)


def test_clear_pixels_stay_and_clouds_are_replaced(scene):
    result = run(job(scene))
    found = read_raster(result.output)
    weight = blending(scene["mask"], BLEND)
    far = weight == 0
    assert far.any()
    np.testing.assert_array_equal(found[:, far], scene["optical"][:, far])
    np.testing.assert_allclose(found[:, scene["mask"]], expected(scene)[:, scene["mask"]], atol=0.6)
    mixed = weight * expected(scene) + (1 - weight) * scene["optical"]
    np.testing.assert_allclose(found, mixed, atol=0.6)
    dataset = gdal.Open(result.output)
    assert [dataset.GetRasterBand(n).GetDescription() for n in (1, 12)] == ["B1", "B12"]
    sigma = read_raster(scene["folder"] / "sigma.tif")
    np.testing.assert_allclose(sigma[:, scene["mask"]], 0.02, atol=1e-6)
    assert (sigma[:, far] == 0).all()
    np.testing.assert_array_equal(read_raster(scene["folder"] / "mask.tif")[0], np.where(scene["mask"], 2, 1))


@pytest.mark.parametrize(("dtype", "times", "more"), [("Int32", 1e4, 1), ("UInt32", 3e5, 7), ("Float64", 1.0, 1e-9)])
@pytest.mark.parametrize("tile_size", [0, 32])
def test_clear_pixels_stay_bit_by_bit_in_types_that_single_precision_does_not_hold(
    scene, dtype, times, more, tile_size
):
    values = scene["optical"] * times + more * np.arange(scene["optical"].size).reshape(scene["optical"].shape)
    stored = np.rint(values) if dtype != "Float64" else values
    assert (stored != stored.astype(np.float32)).any()
    path = write_optical(scene["folder"] / "wide.tif", stored, dtype=dtype)
    result = run(job(scene, inputs={"optical": path}, wishes={"scale": 1e4 * times}, tile_size=tile_size))
    found, far = read_raster(result.output), blending(scene["mask"], BLEND) == 0
    np.testing.assert_array_equal(found[:, far], stored[:, far])
    assert (found[:, scene["mask"]] != stored[:, scene["mask"]]).any()


@pytest.mark.parametrize("wishes", [{}, {"speckle_filter": True}, {"learn_from_scene": "on"}])
def test_tiles_change_nothing(scene, wishes):
    whole = read_raster(run(job(scene, wishes=wishes)).output)
    tiled = run(job(scene, wishes=wishes, tile_size=32))
    assert tiled.tiles > 4
    np.testing.assert_allclose(read_raster(tiled.output), whole, atol=1)
    far = blending(scene["mask"], BLEND) == 0
    np.testing.assert_array_equal(read_raster(tiled.output)[:, far], whole[:, far])


def test_the_uncertainty_of_tiles_without_clouds(scene):
    """Their pixels are certain: 0 in the uncertainty, not unknown."""
    mask = np.where(np.arange(scene["mask"].shape[1]) < 8, scene["mask"], False)
    mask[40:44, :8] = True
    path = write_raster(scene["folder"] / "left.tif", np.where(mask, 9, 4)[None], PLACE, dtype="Byte")
    run(job(scene, inputs={"cloudmask": path}, tile_size=32))
    sigma = read_raster(scene["folder"] / "sigma.tif")
    assert (sigma[:, :, 32:] == 0).all() and (sigma[:, mask] > 0).all()


def test_without_radar_and_with_half_of_it(scene):
    run(job(scene, without=("sar",)))
    inside = scene["mask"]
    np.testing.assert_allclose(read_raster(scene["folder"] / "restored.tif")[:, inside],
                               expected(scene, sar=False)[:, inside], atol=0.6)  # fmt: skip
    half = write_sar(scene["folder"] / "half.tif", scene["sar"][:, :, :48])
    result = run(job(scene, inputs={"sar": half}))
    sigma = read_raster(scene["folder"] / "sigma.tif")[0]
    np.testing.assert_allclose(sigma[48:60, 70:90], 0.1, atol=1e-6)
    np.testing.assert_allclose(sigma[10:30, 15:40], 0.02, atol=1e-6)
    assert any("the rest is computed without it" in finding.sentence for finding in result.findings)


@pytest.mark.parametrize("unit", ["power", "amplitude"])
def test_radar_in_other_units(scene, unit):
    power = 10 ** (scene["sar"] / 10)
    stored = power if unit == "power" else np.sqrt(power)
    path = write_sar(scene["folder"] / "other.tif", stored)
    result = run(job(scene, inputs={"sar": path}))
    inside = scene["mask"]
    np.testing.assert_allclose(read_raster(result.output)[:, inside], expected(scene)[:, inside], atol=1.1)
    assert any(f.check == "units" and f.role == "SAR" for f in result.findings)


def test_the_offset_of_newer_products(scene):
    path = write_optical(scene["folder"] / "new.tif", scene["optical"] + 1000, metadata={"BOA_ADD_OFFSET": "-1000"})
    result = run(job(scene, inputs={"optical": path}, wishes={"scale": None, "offset": None}))
    inside = scene["mask"]
    found = read_raster(result.output)
    np.testing.assert_allclose(found[:, inside], expected(scene)[:, inside] + 1000, atol=0.6)
    assert any("-1000" in f.sentence for f in result.findings if f.check == "units")


def test_reflectance_that_is_scaled_already(scene):
    path = write_optical(scene["folder"] / "scaled.tif", scene["optical"] / 1e4, dtype="Float32")
    result = run(job(scene, inputs={"optical": path}, wishes={"scale": None, "offset": None}))
    inside = scene["mask"]
    np.testing.assert_allclose(read_raster(result.output)[:, inside], expected(scene)[:, inside] / 1e4, atol=1e-4)
    far = blending(scene["mask"], BLEND) == 0
    np.testing.assert_array_equal(read_raster(result.output)[:, far], read_raster(path)[:, far])


def test_level_1c_keeps_all_bands(scene):
    """The network knows no B10: there the clear pixels around say what is written."""
    cirrus = np.full_like(scene["optical"][:1], 12)
    values = np.concatenate([scene["optical"][:10], cirrus, scene["optical"][10:]])
    path = write_optical(scene["folder"] / "l1c.tif", values, L1C_BANDS)
    result = run(job(scene, inputs={"optical": path}))
    found, far = read_raster(result.output), blending(scene["mask"], BLEND) == 0
    assert [band.description for band in result.plan.headers["optical"].bands] == list(L1C_BANDS)
    np.testing.assert_array_equal(found[:, far], values[:, far])
    np.testing.assert_allclose(found[10], 12, atol=1)
    others = np.delete(found, 10, axis=0)[:, scene["mask"]]
    np.testing.assert_allclose(others, expected(scene)[:, scene["mask"]], atol=0.6)


def test_clouds_are_found_where_no_mask_is_given(scene):
    run(job(scene, without=("cloudmask",)))
    whole = read_raster(scene["folder"] / "mask.tif")[0]
    assert (whole[scene["mask"]] == 2).mean() > 0.9
    assert (whole == 1).any()
    tiled = run(job(scene, without=("cloudmask",), tile_size=32))
    assert tiled.tiles > 4
    np.testing.assert_array_equal(read_raster(scene["folder"] / "mask.tif")[0], whole)


def test_no_cloud_and_nothing_but_clouds(scene):
    for value, sentence in ((4, "the result equals OPTICAL"), (9, "trust the result little")):
        whole = np.full((1, *scene["mask"].shape), value)
        path = write_raster(scene["folder"] / f"all{value}.tif", whole, PLACE, dtype="Byte")
        result = run(job(scene, inputs={"cloudmask": path}))
        assert any(sentence in finding.sentence for finding in result.findings)
        if value == 4:
            np.testing.assert_array_equal(read_raster(result.output), scene["optical"])
        assert (result.computing_seconds > 0) == (value == 9), "tiles without clouds pass the network by"


def test_everywhere(scene):
    result = run(job(scene, wishes={"everywhere": True}))
    np.testing.assert_allclose(read_raster(result.output), expected(scene), atol=0.6)


def test_an_earlier_clear_image_on_another_grid(scene):
    clear = write_optical(scene["folder"] / "clear.tif", scene["optical"][:, ::2, ::2], place=grid_transform(20.0))
    result = run(job(scene, inputs={"clear": clear}))
    assert any(finding.role == "CLEARREFERENCE" for finding in result.findings)


def test_bad_input_is_one_sentence(scene):
    positive = write_sar(scene["folder"] / "wrong.tif", np.abs(scene["sar"]) * 400)
    single = scene["folder"] / "single.tif"
    single = write_raster(single, scene["sar"][:1], PLACE, dtype="Float32", descriptions=("VV",))
    few = write_optical(scene["folder"] / "few.tif", scene["optical"][:11], L2A_BANDS[:11])
    cases = [
        ({"sar": positive}, {"sar_unit": "db"}, "SAR"),
        ({"sar": single}, {}, "SAR holds VV but no VH"),
        ({"optical": few}, {}, "needs B12"),
    ]
    for inputs, wishes, sentence in cases:
        with pytest.raises(InputError, match=sentence):
            run(job(scene, inputs=inputs, wishes=wishes))
        assert not (scene["folder"] / "restored.tif").exists()


def test_what_the_bands_do_not_allow_is_said_of_the_users_raster(scene):
    result = run(job(scene, without=("cloudmask",), tile_size=64))
    told = [finding.found for finding in result.findings if " lacks " in finding.found]
    assert told and all(found.startswith("OPTICAL lacks") for found in told)
