"""Indices: what is read from a text, which bands are meant, and predictions of an index in both orders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.band_info import BandInfo
from rsfusion_qgis.tasks.spatiotemporal_fusion.index import NAMED, index_of, read_index
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.spatiotemporal_fusion.pairs import rmse
from tests.tasks.spatiotemporal_fusion.scenes import FINE_M, RATIO, fine_image, seen, write_series
from tests.tasks.spatiotemporal_fusion.test_assessing import judged
from tests.tasks.spatiotemporal_fusion.test_predictions import predict, sentences

BANDS = tuple(BandInfo(n, "Float32", name) for n, name in enumerate(
    ("B2 blue", "Green", "red", "red edge 1", "NIR", "SWIR1", "swir 2"), start=1
))  # fmt: skip


def ndvi(values: np.ndarray) -> np.ndarray:
    return (values[1] - values[0]) / (values[1] + values[0])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ndvi", 2 / 8), ("NDWI", (2 - 5) / 7), ("MNDWI", (2 - 6) / 8), ("NBR", (5 - 7) / 12),
        ("EVI", 2.5 * 2 / (5 + 18 - 7.5 + 1)), ("(b5 - b3) / (b5 + b3)", 2 / 8), ("-nir ** 2 + 0.5*b1", -24.5),
    ],
)  # fmt: skip
def test_values(text: str, wanted: float) -> None:
    values = np.array([1, 2, 3, 4, 5, 6, 7], np.float32)[:, None, None] * np.ones((7, 2, 3), np.float32)
    np.testing.assert_allclose(index_of(text, BANDS).of(values), np.full((1, 2, 3), wanted), rtol=1e-6)


def test_bands_by_their_wavelengths() -> None:
    centres = (0.56, 0.705, 0.865, 0.842, 0.665)
    bands = tuple(BandInfo(n, "Float32", wavelength_um=one) for n, one in enumerate(centres, start=1))
    assert index_of("NDVI", bands).places == {"red": 4, "nir": 3}


def test_no_value_is_nan() -> None:
    assert np.isnan(index_of("NDVI", BANDS).of(np.zeros((7, 1, 1), np.float32))).all()


@pytest.mark.parametrize(
    "text", ["nonsense", "__import__('os')", "nir.real", "max(nir, red)", "1 + 2", "nir +", "a" * 2000,
             "nir if red else blue", "9e99 * nir", "(" * 300 + "nir" + ")" * 300],
)  # fmt: skip
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(InputError, match=f"^INDEX .*expected one of {', '.join(NAMED)}|^INDEX .*needs"):
        read_index(text)
        index_of(text, BANDS)


def test_a_band_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match=r"^INDEX 'NBR' needs swir2, but no band of FINE \(red, nir\) says that it is"):
        index_of("NBR", tuple(BandInfo(n, "Float32", name) for n, name in ((1, "red"), (2, "nir"))))
    with pytest.raises(InputError, match=r"needs b9, but FINE has 7 bands"):
        index_of("b9 - b1", BANDS)


def constant_sum(folder: Path, side: int = 240) -> tuple[dict[str, str], dict[int, np.ndarray]]:
    """A series whose NDVI is known in both orders, and what the fine sensor sees.

    red + nir is one number over the scene on each date, so that the NDVI of a coarse pixel is the mean of that of its
    fine ones. Their difference changes by a factor and by a plane, which is what the default can tell exactly.
    """
    share = fine_image(side, side, 200)[:1]
    share = 0.5 * (share - share.mean()) / np.abs(share - share.mean()).max()
    plane = np.linspace(-0.1, 0.2, side) + np.zeros((1, side, side))
    inputs, truth = {}, {}
    for day, total, part in ((200, 4000.0, share), (216, 5000.0, 0.6 * share + plane)):
        truth[day] = np.concatenate([total / 2 * (1 - part), total / 2 * (1 + part)])
    for name, day, values, pixel in (
        ("fine", 200, truth[200], FINE_M), ("coarse", 200, seen(truth[200]), FINE_M * RATIO),
        ("coarse:2", 216, seen(truth[216]), FINE_M * RATIO),
    ):  # fmt: skip
        inputs[name] = write_raster(
            folder / f"{name[:4]}_{day}.tif", values, grid_transform(pixel), nodata=0, dtype="Float32",
            descriptions=("red", "nir"), metadata={"ACQUISITION_DATE": f"2016{day:03d}"},
        )  # fmt: skip
    return inputs, truth


@pytest.mark.parametrize("order", ["bands", "index"])
def test_an_index_is_predicted(tmp_path: Path, order: str) -> None:
    inputs, truth = constant_sum(tmp_path)
    made, _ = predict(inputs, tmp_path, index="NDVI", index_order=order)
    wanted, before = ndvi(truth[216]), ndvi(truth[200])
    assert made.shape == (1, 240, 240)
    inner = np.s_[2 * RATIO : -2 * RATIO, 2 * RATIO : -2 * RATIO]  # a plane is no plane beyond the outermost centres
    change = rmse(before[inner], wanted[inner])
    assert rmse(made[0][inner], wanted[inner]) < 0.02 * change
    assert rmse(made[0], wanted) < 0.05 * rmse(before, wanted)
    written = gdal.Open(str(tmp_path / "out.tif"))
    assert written.GetRasterBand(1).GetDescription() == "NDVI"
    assert written.GetRasterBand(1).DataType == gdal.GDT_Float32
    trust = read_raster(tmp_path / "trust.tif")
    assert trust.shape == made.shape and trust[0][inner].min() > 0.95


def test_where_the_sum_varies_the_orders_differ_as_the_coarse_sensor_does(tmp_path: Path) -> None:
    """An index of means is no mean of indices: bands first is right, index first keeps the difference."""
    inputs, truth = write_series(tmp_path, (200,), (200, 216))
    made = {order: predict(inputs, tmp_path, index="NDVI", index_order=order)[0][0] for order in ("bands", "index")}
    wanted, before = ndvi(truth[216]), ndvi(truth[200])
    error = {order: rmse(one, wanted) / rmse(before, wanted) for order, one in made.items()}
    assert error["bands"] < min(0.2, 0.5 * error["index"])


def test_bands_first_is_the_index_of_the_bands(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216))
    bands, _ = predict(inputs, tmp_path)
    made, _ = predict(inputs, tmp_path, index="(nir - red) / (nir + red)")
    np.testing.assert_allclose(made[0], ndvi(bands), rtol=1e-4, atol=1e-6)


def test_an_index_that_needs_reflectance_warns_where_the_scale_is_not_known(tmp_path: Path) -> None:
    inputs, _ = write_series(tmp_path, (200,), (200, 216), side=96)
    for name, path in list(inputs.items()):
        inputs[name] = str(tmp_path / f"named_{Path(path).name}")
        dataset = gdal.Translate("", path, format="MEM", bandList=[1, 1, 2])
        for n, said in enumerate(("blue", "red", "nir"), start=1):
            dataset.GetRasterBand(n).SetDescription(said)
        gdal.GetDriverByName("GTiff").CreateCopy(inputs[name], dataset).FlushCache()
    _, result = predict(inputs, tmp_path, index="EVI")
    assert "INDEX EVI is computed from values whose scale is not known" in sentences(result)
    _, result = predict(inputs, tmp_path, index="EVI", fine_scale=1e-4, coarse_scale=1e-4)
    assert "INDEX EVI" not in sentences(result)


def test_predictions_of_an_index_are_judged(tmp_path: Path) -> None:
    inputs, truth = write_series(tmp_path, (200, 232), (200, 232), side=144)
    found = judged(inputs, methods=("regression",), index="NDVI")
    lines = []
    found.write(tmp_path / "t.csv")
    lines = [line.split(",") for line in (tmp_path / "t.csv").read_text("utf-8").splitlines()]
    told = {tuple(line[:3]): float(line[4]) for line in lines[1:]}
    change = rmse(ndvi(truth[200]), ndvi(truth[232]))
    assert told["2016-08-19", "unchanged", "rmse"] == pytest.approx(change, rel=1e-3)
    assert {line[3] for line in lines[1:]} == {"NDVI"}
    assert found.values["RELATIVE_ERROR"] < 0.9 and "NDVI, where the ground" in "".join(found.parts)
