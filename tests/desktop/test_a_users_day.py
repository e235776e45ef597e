"""The plugin from its ZIP in a new profile of the real desktop: installed, used, cancelled, used again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests import onnx_files
from tests.build_scripts import build_script
from tests.processing_provider.test_environment import wheel_of
from tests.rasters import make_pan_ms

DAY = Path(__file__).with_name("day.py")
SCREEN = "-screen 0 1400x1000x24"
TIMEOUT_S = 420


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the day told, see `day.py`."""
    desktop = shutil.which("qgis.bin", path="/usr/bin") or shutil.which("qgis", path="/usr/bin")
    if desktop is None or shutil.which("xvfb-run") is None:
        pytest.skip("the QGIS desktop or xvfb-run is not installed")
    folder = tmp_path_factory.mktemp("day")
    profile = folder / "config" / "profiles" / "default"
    plugins = profile / "python" / "plugins"
    _unpack_zip(folder, plugins)
    (profile / "QGIS").mkdir()
    (profile / "QGIS" / "QGIS3.ini").write_text("[PythonPlugins]\nrsfusion_qgis=true\nprocessing=true\n")
    pan, ms = make_pan_ms(folder, rows=256, cols=256)
    wheels = folder / "wheels"
    wheels.mkdir()
    for name in ("onnxruntime", "flatbuffers", "protobuf", "scipy"):
        wheel_of(name, wheels)
    slow = onnx_files.save(folder / "slow.onnx", onnx_files.slow_model(60), halo=onnx_files.HALO + 120)
    job = {"folder": str(folder), "pan": pan, "ms": ms, "wheels": str(wheels), "slow": str(slow)}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "QT_QPA_PLATFORM")}
    environment |= {"DAY_JOB": str(folder / "job.json"), "QT_QPA_PLATFORM": "xcb", "PATH": "/usr/bin:/bin"}
    environment |= {"XDG_RUNTIME_DIR": str(folder), "QGIS_CUSTOM_CONFIG_PATH": str(folder / "config")}
    command = ["xvfb-run", "-a", "-s", SCREEN, desktop, "--nologo", "--noversioncheck", "--code", str(DAY)]
    command += ["--profiles-path", str(folder / "config")]
    with (folder / "desktop.log").open("w") as log:
        subprocess.run(command, env=environment, stdout=log, stderr=subprocess.STDOUT, timeout=TIMEOUT_S, check=False)
    result = folder / "day.json"
    assert result.exists(), (folder / "desktop.log").read_text()[-3000:]
    return dict(json.loads(result.read_text(encoding="utf-8")))


def _unpack_zip(folder: Path, plugins: Path) -> None:
    assemble, package = build_script("assemble"), build_script("package")
    places = assemble.assemble(folder / "rsfusion_qgis")
    package.write_zip(folder / "rsfusion_qgis", places, folder / "plugin.zip")
    with zipfile.ZipFile(folder / "plugin.zip") as archive:
        archive.extractall(plugins)


def test_the_day_came_to_its_end(day: dict[str, Any]) -> None:
    assert day["active"]
    assert day["step"] == "done", day.get("trouble")


def test_the_packages_were_missing_and_were_installed(day: dict[str, Any]) -> None:
    if day["before"]:
        pytest.skip("the Python of this system has ONNX Runtime itself")
    assert day["after"] == 1


def test_results_became_layers_with_names(day: dict[str, Any]) -> None:
    assert day["layers"] == ["ms", "ms: fused raster", "pan"]
    assert day["again"] == ["ms", "ms: fused raster", "pan"]


def test_the_cancel_was_heard_and_left_nothing(day: dict[str, Any]) -> None:
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))  # a machine that does much else hears later
    assert day["cancel_s"] < 2 * busy
    assert day["left"] == []


def test_all_jobs_of_the_table_were_done(day: dict[str, Any]) -> None:
    assert day["runs"] == 2


def test_the_message_log_has_no_error(day: dict[str, Any]) -> None:
    cancelled = "Processing: The run was cancelled; nothing was written."  # QGIS logs what ends a run
    assert [text for text in day["errors"] if text != cancelled] == []
