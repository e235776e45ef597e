"""A classifier through the engine: codes, colours, confidence, absent rasters, bands by wavelength, tiles."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal
from scipy import ndimage

from rsfusion_qgis.core.basics.errors import InputError, OutputError
from rsfusion_qgis.core.engine.run import Job, run
from rsfusion_qgis.core.networks.learned import LearnedRange
from rsfusion_qgis.core.operators.class_rasters import most_frequent
from rsfusion_qgis.tasks.land_cover.options import ClassOptions
from rsfusion_qgis.tasks.land_cover.task import TASK
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.land_cover import classifier_files as files


@pytest.fixture
def scene(tmp_path):
    hs, height = files.fields()
    return {
        "hs": hs,
        "height": height,
        "hs_path": files.write_hs(tmp_path / "hs.tif", hs),
        "lidar_path": files.write_lidar(tmp_path / "lidar.tif", height),
        "model": str(files.save(tmp_path / "tiny.onnx")),
        "folder": tmp_path,
    }


def job(scene, inputs=None, **changes) -> Job:
    rasters = {"hs": scene["hs_path"], "lidar": scene["lidar_path"]} if inputs is None else inputs
    values = {"task": TASK, "inputs": rasters, "model": scene["model"], "device": "cpu", "threads": 1,
              "output": str(scene["folder"] / "classes.tif"), "policy": "warn",
              "options": ClassOptions()}  # fmt: skip
    return Job(**{**values, **changes})


def codes(scores: np.ndarray) -> np.ndarray:
    return np.array([one.code for one in files.CLASSES])[scores.argmax(axis=0)]


def test_codes_colours_names_and_table(scene):
    result = run(job(scene))
    truth = codes(files.expected(scene["hs"], scene["height"]))
    assert len(np.unique(truth)) == 3
    np.testing.assert_array_equal(read_raster(result.output)[0], truth)
    assert {one.name: count for one, count in result.summary} == {
        one.name: int((truth == one.code).sum()) for one in files.CLASSES
    }
    dataset = gdal.Open(result.output)
    band = dataset.GetRasterBand(1)
    assert (gdal.GetDataTypeName(band.DataType), band.GetNoDataValue()) == ("Byte", 0)
    assert band.GetColorTable().GetColorEntry(1)[:3] == (0, 255, 0)
    assert band.GetCategoryNames() == ["", "grass", "", "", "bare soil", "", "", "", "", "building"]
    table = band.GetDefaultRAT()
    rows = [(table.GetValueAsInt(i, 0), table.GetValueAsString(i, 1)) for i in range(table.GetRowCount())]
    assert rows == [(1, "grass"), (4, "bare soil"), (9, "building")]


def test_confidence_and_probabilities(scene):
    further = {"CONFIDENCE": str(scene["folder"] / "sure.tif"), "PROBABILITIES": str(scene["folder"] / "all.tif")}
    assert run(job(scene, further=further)).further == further
    scores = files.expected(scene["hs"], scene["height"])
    chances = np.exp(scores) / np.exp(scores).sum(axis=0)
    found = read_raster(further["PROBABILITIES"])
    np.testing.assert_allclose(found, chances, atol=1e-5)
    np.testing.assert_allclose(found.sum(axis=0), 1.0, atol=1e-5)
    np.testing.assert_allclose(read_raster(further["CONFIDENCE"])[0], chances.max(axis=0), atol=1e-5)
    dataset = gdal.Open(further["PROBABILITIES"])
    assert dataset.GetRasterBand(2).GetDescription() == "bare soil"


@pytest.mark.parametrize("majority", [0, 2])
def test_tiles_and_extents_change_nothing(scene, majority):
    further = {"CONFIDENCE": str(scene["folder"] / "sure.tif"), "PROBABILITIES": ""}
    asked = {"options": ClassOptions(majority), "further": further}
    whole = read_raster(run(job(scene, **asked)).output)
    sure = read_raster(further["CONFIDENCE"])
    tiled = run(job(scene, **asked, tile_size=32))
    assert tiled.tiles > 4
    np.testing.assert_array_equal(read_raster(tiled.output), whole)
    np.testing.assert_allclose(read_raster(further["CONFIDENCE"]), sure, atol=1e-6)
    x, y = 500000.0 + 20 * files.PIXEL_M, 5000000.0 - 60 * files.PIXEL_M
    part = run(job(scene, **asked, extent=(x, y, x + 80, y + 60)))
    np.testing.assert_array_equal(read_raster(part.output), whole[:, 30:60, 20:60])


def test_majority_is_what_a_count_says():
    draw = np.random.default_rng(1)
    places, valid = draw.integers(0, 4, (25, 31)), draw.random((25, 31)) > 0.2
    votes = np.array([ndimage.convolve(((places == k) & valid).astype(int), np.ones((5, 5), int), mode="constant")
                      for k in range(4)])  # fmt: skip
    own = np.take_along_axis(votes, places[None], axis=0)[0]
    truth = np.where(own == votes.max(axis=0), places, votes.argmax(axis=0))
    np.testing.assert_array_equal(most_frequent(places, valid, 4, 2), truth)


def test_a_raster_that_the_network_can_do_without(scene):
    without = run(job(scene, {"hs": scene["hs_path"]}))
    np.testing.assert_array_equal(read_raster(without.output)[0], codes(files.expected(scene["hs"])))
    (told,) = [one for one in without.findings if "LIDAR is not given: MODEL" in one.sentence]
    assert told.severity == "info"


@pytest.mark.parametrize("tile_size", [0, 32])
def test_a_raster_over_a_part_of_the_scene_and_with_holes(scene, tile_size):
    height = scene["height"].copy()
    height[10:20, 50:60] = -9999.0
    path = files.write_lidar(scene["folder"] / "part.tif", height[:50, 40:], skip_cols=40, nodata=-9999.0)
    result = run(job(scene, {"hs": scene["hs_path"], "lidar": path}, tile_size=tile_size))
    height[10:20, 50:60] = np.nan
    height[:, :40] = height[50:] = np.nan
    np.testing.assert_array_equal(read_raster(result.output)[0], codes(files.expected(scene["hs"], height)))
    assert any("the rest is computed without it" in finding.sentence for finding in result.findings)


def test_nodata_where_the_first_raster_has_none(scene):
    hs = scene["hs"].copy()
    hs[1, 5:15, 5:25] = -1.0
    path = files.write_hs(scene["folder"] / "holes.tif", hs, nodata=-1.0)
    further = {"CONFIDENCE": str(scene["folder"] / "sure.tif")}
    found = read_raster(run(job(scene, {"hs": path, "lidar": scene["lidar_path"]}, further=further)).output)[0]
    hole = np.zeros(found.shape, bool)
    hole[5:15, 5:25] = True
    assert ((found == 0) == hole).all()
    assert (np.isnan(read_raster(further["CONFIDENCE"])[0]) == hole).all()


def test_lidar_alone_where_the_card_allows_it(scene):
    card = files.card()
    model = files.save(scene["folder"] / "any.onnx", inputs=(
        files.InputSpec("hs", "hs", card.inputs[0].bands, required=False, stand_in=-5.0), card.inputs[1]))  # fmt: skip
    found = read_raster(run(job(scene, {"lidar": scene["lidar_path"]}, model=str(model))).output)[0]
    assert (found[scene["height"] > 0] == 9).all()


def with_wavelengths(path, values, wavelengths_nm):
    write_raster(path, values, grid_transform(files.PIXEL_M), dtype="Float32")
    dataset = gdal.Open(str(path), gdal.GA_Update)
    for number, centre in enumerate(wavelengths_nm, start=1):
        dataset.GetRasterBand(number).SetMetadata({"wavelength": str(centre), "wavelength_units": "Nanometers"})
    dataset.FlushCache()
    return str(path)


def test_bands_are_found_by_wavelength(scene):
    junk = np.full_like(scene["hs"][:1], 9e5)
    values = np.concatenate([junk, scene["hs"][1:], junk, scene["hs"][:1]])
    path = with_wavelengths(scene["folder"] / "more.tif", values, (900, 702, 1100, 499))
    result = run(job(scene, {"hs": path, "lidar": scene["lidar_path"]}))
    truth = codes(files.expected(scene["hs"], scene["height"]))
    np.testing.assert_array_equal(read_raster(result.output)[0], truth)
    assert any("2 of 4 bands are used, matched by wavelength" in finding.sentence for finding in result.findings)


def test_bad_bands_are_left_out(scene):
    values = np.concatenate([scene["hs"][:1], np.full_like(scene["hs"][:1], 7e5), scene["hs"][1:]])
    path = write_raster(scene["folder"] / "bad.img", values, grid_transform(files.PIXEL_M), dtype="Float32",
                        driver="ENVI")  # fmt: skip
    header = scene["folder"] / "bad.hdr"
    header.write_text(header.read_text() + "bbl = {1, 0, 1}\n")
    result = run(job(scene, {"hs": path, "lidar": scene["lidar_path"]}))
    truth = codes(files.expected(scene["hs"], scene["height"]))
    np.testing.assert_array_equal(read_raster(result.output)[0], truth)


def test_a_list_of_bad_bands_of_another_length_is_told(scene):
    path = write_raster(scene["folder"] / "short.img", scene["hs"], grid_transform(files.PIXEL_M), dtype="Float32",
                        driver="ENVI")  # fmt: skip
    header = scene["folder"] / "short.hdr"
    header.write_text(header.read_text() + "bbl = {1, 0, 1}\n")
    result = run(job(scene, {"hs": path, "lidar": scene["lidar_path"]}))
    told = "HS: its list of bad bands (bbl) has 3 entries for 2 bands, so it is not used"
    assert any(told in finding.sentence for finding in result.findings)
    truth = codes(files.expected(scene["hs"], scene["height"]))
    np.testing.assert_array_equal(read_raster(result.output)[0], truth)


def test_bad_input_is_one_sentence(scene):
    three = write_raster(scene["folder"] / "three.tif", np.ones((3, 70, 90)), grid_transform(2.0), dtype="Float32")
    other = with_wavelengths(scene["folder"] / "other.tif", np.ones((3, 70, 90)), (500, 800, 900))
    cases = [
        ({"hs": three}, "HS: .* has 3 bands; expected the 2 that MODEL 'tiny classifier' takes"),
        ({"hs": other}, r"no match by wavelength, name or order: two \(700 nm\); choose"),
        ({"lidar": scene["lidar_path"]}, "HS is missing, which MODEL 'tiny classifier' needs"),
        ({}, "HS is missing"),
        ({"hs": scene["hs_path"], "sar": scene["lidar_path"]}, "SAR is given, but MODEL .* takes HS, LIDAR only"),
    ]
    for inputs, sentence in cases:
        with pytest.raises(InputError, match=sentence):
            run(job(scene, inputs))
    same = {"CONFIDENCE": str(scene["folder"] / "classes.tif")}
    with pytest.raises(OutputError, match=r"CONFIDENCE: .* is also OUTPUT"):
        run(job(scene, further=same))
    assert not (scene["folder"] / "classes.tif").exists()


@pytest.mark.parametrize(
    ("learned", "crs", "told"),
    [
        ("", "EPSG:32632", ""),
        ("EGM96 height", "EPSG:32632+5773", ""),
        ("EGM96 height", "EPSG:32632", "LIDAR does not say what its heights count from, and the network learned"),
        ("", "EPSG:32632+5773", "LIDAR names EGM96 height, and the network does not say what the heights that"),
        ("EGM2008 height", "EPSG:32632+5773", "LIDAR names EGM96 height, but the network learned from EGM2008 height"),
    ],
)  # fmt: skip
def test_heights_that_count_from_something_else_are_said_and_left(scene, learned, crs, told):
    """A band may be a height above the sea or above ground, so no value is changed."""
    run(job(scene))
    plain = read_raster(scene["folder"] / "classes.tif")
    inputs = tuple(replace(one, heights=learned) if one.role == "lidar" else one for one in files.card().inputs)
    model = str(files.save(scene["folder"] / "learned.onnx", inputs=inputs))
    gdal.Translate(str(scene["folder"] / "above.tif"), scene["lidar_path"], outputSRS=crs).FlushCache()
    rasters = {"hs": scene["hs_path"], "lidar": str(scene["folder"] / "above.tif")}
    result = run(job(scene, rasters, model=model))
    np.testing.assert_array_equal(read_raster(result.output), plain)
    warned = [finding.sentence for finding in result.findings if finding.severity == "warning"]
    assert len(warned) == bool(told) and told in " ".join(warned)


def learned_scene(scene, scale: float = 1.0) -> str:
    """A network whose card says that it has learned from the scene as it is."""
    ends = [np.percentile(band, (1, 99)) for band in scene["hs"]]
    ranges = tuple(LearnedRange(float(low), float(high), scale) for low, high in ends)
    hs, lidar = files.card().inputs
    return str(files.save(scene["folder"] / "learned.onnx", inputs=(replace(hs, learned=ranges), lidar)))


def stated(path: str, scale: float, offset: float) -> str:
    dataset = gdal.Open(path, gdal.GA_Update)
    for number in range(1, dataset.RasterCount + 1):
        dataset.GetRasterBand(number).SetScale(scale)
        dataset.GetRasterBand(number).SetOffset(offset)
    return path


def test_values_unlike_those_learned_from_are_told_with_both_numbers(scene):
    model = learned_scene(scene)
    assert not [one for one in run(job(scene, model=model)).findings if one.check == "values"]
    for values in (scene["hs"] / 10_000, scene["hs"] + 1e4):
        path = files.write_hs(scene["folder"] / "unlike.tif", values)
        (told,) = [one for one in run(job(scene, {"hs": path}, model=model)).findings if one.check == "values"]
        assert told.severity == "warning" and told.role == "HS" and "2 of 2 bands differ so" in told.sentence
        words = r"HS holds (\S+) to (\S+) in (.+), and MODEL '.+' has learned from (\S+) to (\S+) \("
        low, high, name, *learned = re.match(words, told.sentence).groups()
        place = int(name.removeprefix("band ")) - 1
        ends = [np.percentile(of[place], (1, 99)) for of in (values, scene["hs"])]
        np.testing.assert_allclose([float(low), float(high), *map(float, learned)], np.ravel(ends), rtol=1e-3)


@pytest.mark.parametrize(
    ("times", "more", "here", "there"),
    [(1e-4, 0.0, (1.0, 0.0), 1e-4), (1.0, 1000.0, (1e-4, -0.1), 1e-4), (1e-4, 0.0, (1e4, 0.0), 1.0)],
    ids=["reflectance", "offset", "stated by the raster alone"],
)
def test_values_are_scaled_where_both_rasters_state_how(scene, times, more, here, there):
    model = learned_scene(scene, there)
    wanted = read_raster(run(job(scene, model=model)).output)
    path = stated(files.write_hs(scene["folder"] / "other.tif", scene["hs"] * times + more), *here)
    result = run(job(scene, {"hs": path, "lidar": scene["lidar_path"]}, model=model))
    (told,) = [one for one in result.findings if one.check == "values"]
    assert told.severity == "info" and "scaled" in told.sentence
    assert (read_raster(result.output) == wanted).mean() > 0.999
