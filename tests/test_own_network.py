"""The programs that docs/own-network.md prints do what the page says: the export, and the way back without QGIS."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.engine.describing import propose
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks import all_tasks
from tests.rasters import read_raster
from tests.tasks.land_cover.example import example

PAGE = Path(__file__).parents[1] / "docs" / "own-network.md"
PROGRAMS = re.findall(r"^( *)```python\n(.*?)^ *```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def program(place: int) -> str:
    indent, text = PROGRAMS[place]
    return "\n".join(line.removeprefix(indent) for line in text.splitlines())


def started(text: str, folder: Path, *arguments: str) -> None:
    script = folder / "printed.py"
    script.write_text(text, encoding="utf-8")
    line = [sys.executable, str(script), *arguments]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_printed_export_can_be_described(tmp_path: Path, network: None) -> None:
    started(program(0), tmp_path)
    found = propose(tmp_path / "mynet.onnx", all_tasks(), Monitor())
    assert found.doubts[0] in " ".join(PAGE.read_text(encoding="utf-8").split()), "the page quotes what is asked"
    assert found.fields["halo"] == 3


def test_the_printed_script_classifies_as_the_plugin_does(tmp_path: Path) -> None:
    job = example(tmp_path, "")
    job = type(job)(job.task, job.inputs, str(tmp_path / "map.tif"), job.model, device="cpu")
    run(job)
    text = program(1)
    assert len([line for line in text.splitlines() if line.strip()]) <= 16
    started(text, tmp_path, job.model, "classes.npy", *job.inputs.values())
    inner = slice(24, -24), slice(24, -24)
    wanted, found = read_raster(job.output)[0][inner], np.load(tmp_path / "classes.npy")[inner]
    assert found.shape == wanted.shape and (found == wanted).mean() > 0.999
