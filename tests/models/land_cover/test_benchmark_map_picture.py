"""The picture of a classification: four parts of one size, the colours of the map, one sentence for a missing file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from models.common.rasters import Frame, write_raster
from models.land_cover.benchmark import map_picture
from models.land_cover.benchmark.map_picture import GAP_PX, WHITE, picture

SHAPE = 6, 8
RED, GREEN = (200, 10, 20), (30, 220, 40)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    frame, codes = Frame.square((500000.0, 5000000.0), 1.0), np.arange(48).reshape(SHAPE) % 3
    paths = {
        "image": write_raster(tmp_path / "image.tif", np.arange(4 * 48.0).reshape(4, *SHAPE), frame),
        "samples": write_raster(tmp_path / "samples.tif", np.where(codes == 2, 0, codes)[None], frame, (), "Byte"),
        "map": write_raster(tmp_path / "map.tif", codes[None], frame, data_type="Byte"),
        "confidence": write_raster(tmp_path / "confidence.tif", np.full((1, *SHAPE), 0.5), frame, data_type="Float32"),
    }
    dataset, table = gdal.Open(str(paths["map"]), gdal.GA_Update), gdal.ColorTable()
    for code, colour in ((1, RED), (2, GREEN)):
        table.SetColorEntry(code, (*colour, 255))
    dataset.GetRasterBand(1).SetColorTable(table)
    return paths


def run(files: dict[str, Path], out: Path) -> int:
    given = [text for name, path in files.items() for text in (f"--{name}", str(path))]
    return map_picture.main([*given, "--bands", "4", "3", "2", "--out", str(out)])


def test_the_file(files: dict[str, Path], tmp_path: Path) -> None:
    assert run(files, tmp_path / "made.png") == 0
    made = gdal.Open(str(tmp_path / "made.png"))
    assert (made.RasterYSize, made.RasterXSize, made.RasterCount) == (6, 4 * 8 + 3 * GAP_PX, 3)
    values = np.frombuffer(made.ReadRaster(), np.uint8).reshape(3, 6, -1).transpose(1, 2, 0)
    samples, classes = values[:, 8 + GAP_PX :][:, :8], values[:, 2 * (8 + GAP_PX) :][:, :8]
    codes = np.arange(48).reshape(SHAPE) % 3
    assert (classes[codes == 1] == RED).all() and (classes[codes == 2] == GREEN).all()
    assert (samples[codes == 2] == WHITE).all() and (samples[codes == 1] == RED).all()
    assert set(np.unique(values[:, -8:])) <= {127, 128}


def test_values_are_stretched() -> None:
    image = np.random.default_rng(0).normal(500, 100, (3, *SHAPE))
    codes = np.zeros(SHAPE, np.uint8)
    made = picture(image, codes, codes, np.full(SHAPE, np.nan), np.full((256, 3), WHITE, np.uint8))
    assert made[:, :8].min() == 0 and made[:, :8].max() == 255 and (made[:, -8:] == 0).all()


def test_a_missing_file_is_one_sentence(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run({**files, "map": tmp_path / "none.tif"}, tmp_path / "made.png") == 1
    assert "cannot be opened as a raster" in capsys.readouterr().err
    assert not (tmp_path / "made.png").exists()
