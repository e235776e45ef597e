"""The demo, on a small generated scene and on a user's own rasters, with a tiny network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from osgeo import gdal

from tests import qgis_child
from tests.rasters import make_pan_ms


def _demo(*arguments: str) -> subprocess.CompletedProcess[str]:
    qgis_child.prepare()
    command = [sys.executable, "-m", "models.pansharpening.demo", *arguments]
    return subprocess.run(command, cwd=qgis_child.ROOT, capture_output=True, text=True)


def test_on_a_generated_scene(network: str, tmp_path: Path) -> None:
    done = _demo("--size", "256", "--model", network, "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "fused.tif") in done.stdout
    assert "cubic interpolation" in done.stdout
    picture = gdal.Open(str(tmp_path / "before_after.png"))
    assert picture.RasterCount == 3
    assert picture.RasterXSize > 3 * picture.RasterYSize


@pytest.mark.parametrize("crs", ["EPSG:32632", None])
def test_on_own_rasters_with_wald_s_protocol(crs: str | None, network: str, tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, rows=128, cols=128, crs=crs)
    done = _demo("--pan", pan, "--ms", ms, "--model", network, "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert "Wald's protocol" in done.stdout


def test_a_failure_is_one_sentence_and_the_exit_code_of_qgis_process(network: str, tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, rows=32, cols=32)
    done = _demo("--pan", ms, "--ms", pan, "--model", network, "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert done.stderr.startswith("PAN")
    assert "Traceback" not in done.stderr
