"""The engine runs under another numpy than GDAL's Python array module was compiled for: numpy 2 where that was 1."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.onnx_files import save
from tests.rasters import make_pan_ms, read_raster

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys, numpy
assert int(numpy.__version__.split('.')[0]) >= 2, numpy.__version__
from rsfusion_qgis.core.engine.run import run
from tests.jobs import fusion_job
run(fusion_job(*sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def numpy2() -> Path:
    """A folder with numpy 2, kept in the checkout's build folder between runs."""
    folder = ROOT / "build" / "numpy2"
    if not (folder / "numpy").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), "numpy>=2,<3"]
        if subprocess.run(install, capture_output=True).returncode:
            pytest.skip("numpy 2 cannot be installed here (no package index)")
    return folder


def test_a_run_with_numpy_2_gives_the_same_result(tmp_path, numpy2):
    pan, ms = make_pan_ms(tmp_path, nodata=0)
    model = str(save(tmp_path / "model.onnx"))
    results = []
    for name, first in (("one", ""), ("two", str(numpy2))):
        output = tmp_path / f"{name}.tif"
        program = PROGRAM if first else PROGRAM.replace(">= 2", ">= 1")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (first, str(ROOT)) if p)}
        command = [sys.executable, "-c", program, pan, ms, model, str(output)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        results.append(read_raster(output))
    difference = np.abs(results[0] - results[1])
    assert difference.max() <= 1 and (difference > 0).mean() < 1e-3, "more than the rounding of two builds of BLAS"
