"""Real runs through qgis_process: results, formats, exit codes, and what bad input gets.

The engine's own tests go through every kind of bad input; here stand those in which QGIS takes part, and
one of each layer of the engine, to prove that each ends as exit code 1, one sentence, and no file.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from tests import onnx_files, qgis_child
from tests.rasters import grid_transform, make_pan_ms, read_raster, scene, write_raster

PANSHARPEN = "rsfusion:pansharpen"


def test_a_run_writes_the_fused_raster_and_its_results(pan_ms: tuple[str, str], network: str, tmp_path: Path) -> None:
    output = tmp_path / "fused.tif"
    finished = qgis_child.run_algorithm(
        PANSHARPEN, as_json=True, PAN=pan_ms[0], MS=pan_ms[1], MODEL=network, OUTPUT=output
    )
    assert finished.code == 0, finished.text
    results = json.loads(finished.out)["results"]
    assert results["OUTPUT"] == str(output)
    assert results["TILES"] == 1
    assert results["WARNINGS"] == 0
    assert results["PROVIDER"] == "CPUExecutionProvider"
    fused = gdal.Open(str(output))
    assert (fused.RasterXSize, fused.RasterYSize, fused.RasterCount) == (80, 64, 4)
    assert fused.GetRasterBand(4).GetDescription() == "band 4"
    assert fused.GetRasterBand(4).GetNoDataValue() is None


def test_an_extent_in_another_crs_and_numbers_for_options(
    pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    """QGIS's help shows static strings as numbered; both are taken."""
    whole, part = tmp_path / "whole.tif", tmp_path / "part.tif"
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "MODEL": network}
    assert qgis_child.run_algorithm(PANSHARPEN, **values, OUTPUT=whole).code == 0
    extent = "500100,500200,4999900,4999950 [EPSG:32632]"
    finished = qgis_child.run_algorithm(PANSHARPEN, **values, EXTENT=extent, DATA_TYPE=0, FORMAT="GTiff", OUTPUT=part)
    assert finished.code == 0, finished.text
    np.testing.assert_array_equal(read_raster(part), read_raster(whole)[:, 10:20, 20:40])


def test_another_format_and_data_type(pan_ms: tuple[str, str], network: str, tmp_path: Path) -> None:
    output = tmp_path / "fused.tif"
    finished = qgis_child.run_algorithm(
        PANSHARPEN, PAN=pan_ms[0], MS=pan_ms[1], MODEL=network, OUTPUT=output,
        FORMAT="COG", DATA_TYPE="Float32", CREATION_OPTIONS="COMPRESS=LZW|BLOCKSIZE=128", NODATA=-1,
    )  # fmt: skip
    assert finished.code == 0, finished.text
    fused = gdal.Open(str(output))
    assert fused.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert fused.GetMetadataItem("COMPRESSION", "IMAGE_STRUCTURE") == "LZW"
    assert fused.GetRasterBand(1).DataType == gdal.GDT_Float32
    assert fused.GetRasterBand(1).GetNoDataValue() == -1
    assert fused.GetRasterBand(1).GetBlockSize() == [128, 128]


def _same_file(values: dict[str, str], folder: Path) -> None:
    values["MS"] = values["PAN"]


def _no_such_file(values: dict[str, str], folder: Path) -> None:
    values["MS"] = str(folder / "nothing.tif")


def _no_crs(values: dict[str, str], folder: Path) -> None:
    values["MS"] = make_pan_ms(folder, 16, 20, crs=None, name="bare_")[1]


def _no_overlap(values: dict[str, str], folder: Path) -> None:
    values["MS"] = make_pan_ms(folder, 16, 20, offset=(500, 0), name="far_")[1]


def _two_pan_bands(values: dict[str, str], folder: Path) -> None:
    transform = grid_transform(5.0)
    values["PAN"] = write_raster(folder / "two.tif", 1000 * scene(2, 64, 80, transform, 5.0), transform)


def _rotated(values: dict[str, str], folder: Path) -> None:
    values.update(MS=make_pan_ms(folder, 16, 20, degrees=3, name="turned_")[1], COREGISTRATION="fail")


def _truncated(values: dict[str, str], folder: Path) -> None:
    source = Path(values["PAN"]).read_bytes()
    values["PAN"] = str(folder / "cut.tif")
    Path(values["PAN"]).write_bytes(source[: len(source) // 2])


def _missing_folder(values: dict[str, str], folder: Path) -> None:
    values["OUTPUT"] = str(folder / "nowhere" / "fused.tif")


def _output_is_input(values: dict[str, str], folder: Path) -> None:
    values["OUTPUT"] = values["MS"]


def _no_card(values: dict[str, str], folder: Path) -> None:
    values["MODEL"] = str(onnx_files.save_bare(folder / "bare.onnx"))


def _unknown_model(values: dict[str, str], folder: Path) -> None:
    values["MODEL"] = "no-such-network"


def _nan_model(values: dict[str, str], folder: Path) -> None:
    values["MODEL"] = str(onnx_files.save(folder / "nan.onnx", onnx_files.nan_model()))


def _absent_device(values: dict[str, str], folder: Path) -> None:
    values["DEVICE"] = "coreml"


def _unknown_policy(values: dict[str, str], folder: Path) -> None:
    values["COREGISTRATION"] = "ignore"


def _extent_outside(values: dict[str, str], folder: Path) -> None:
    values["EXTENT"] = "1,2,3,4"


BAD: dict[str, tuple[Callable[[dict[str, str], Path], None], str]] = {
    "the same raster twice": (_same_file, "MS"),
    "no such file": (_no_such_file, "MS"),
    "CRS on one side only": (_no_crs, "MS"),
    "no overlap": (_no_overlap, "MS"),
    "two pan bands": (_two_pan_bands, "PAN"),
    "three degrees of rotation": (_rotated, "3 degrees"),
    "truncated file": (_truncated, "PAN"),
    "missing folder": (_missing_folder, "OUTPUT"),
    "output is an input": (_output_is_input, "OUTPUT"),
    "network without a card": (_no_card, "card"),
    "unknown network": (_unknown_model, "MODEL"),
    "NaN from the network": (_nan_model, "NaN"),
    "absent device": (_absent_device, "DEVICE"),
    "unknown policy": (_unknown_policy, "COREGISTRATION"),
    "extent outside": (_extent_outside, "EXTENT"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_exit_code_1_one_sentence_and_no_file(
    case: str, pan_ms: tuple[str, str], network: str, tmp_path: Path
) -> None:
    change, word = BAD[case]
    output = tmp_path / "out" / "fused.tif"
    output.parent.mkdir()
    values = {"PAN": pan_ms[0], "MS": pan_ms[1], "MODEL": network, "OUTPUT": str(output)}
    change(values, tmp_path)
    inputs = {name: Path(values[name]).read_bytes() for name in ("PAN", "MS") if Path(values[name]).exists()}
    finished = qgis_child.run_algorithm(PANSHARPEN, **values)
    assert finished.code == 1, finished.text
    sentence = finished.error_lines[-1]
    assert word in sentence, finished.text
    assert "Traceback" not in finished.text
    assert len(sentence) > 30, finished.text
    assert list(output.parent.iterdir()) == []
    assert {name: Path(values[name]).read_bytes() for name in inputs} == inputs


def test_make_qgis_ends_with_the_exit_code(pan_ms: tuple[str, str], network: str, tmp_path: Path) -> None:
    output = tmp_path / "fused.tif"
    good = f"run {PANSHARPEN} -- PAN={pan_ms[0]} MS={pan_ms[1]} MODEL={network} OUTPUT={output}"
    bad = good.replace(pan_ms[1], str(tmp_path / "nothing.tif"))
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    codes = [
        subprocess.run(
            ["make", "qgis", f"ARGS={arguments}"], cwd=qgis_child.ROOT, env=environment, capture_output=True
        ).returncode
        for arguments in (good, bad)
    ]
    assert codes == [0, 1]
    assert output.exists()
