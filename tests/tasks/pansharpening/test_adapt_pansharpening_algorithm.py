"""`rsfusion:adaptpansharpening` in a real QGIS and by qgis_process, with a real child process."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsSettings

from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.processing_provider.settings import PYTHON
from tests import qgis_child
from tests.core.alignment.checks.textures import texture
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, write_raster
from tests.zoo import FAST

ADAPT = "rsfusion:adaptpansharpening"
pytestmark = pytest.mark.usefixtures("provider")


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """PAN and MS of a scene, ratio 2."""
    folder = tmp_path_factory.mktemp("pair")
    fine, own = texture(160, seed=4), texture(160, seed=5)
    truth = np.stack([500 + 60 * fine + 30 * own, 900 + 100 * fine])
    pan = write_raster(folder / "pan.tif", truth[:1], grid_transform(PAN_PIXEL_M), dtype="Float32")
    ms = write_raster(
        folder / "ms.tif", degrade(truth, 2, [0.3] * 2), grid_transform(2 * PAN_PIXEL_M), dtype="Float32"
    )
    return {"PAN": pan, "MS": ms}


def refused(**values: Any) -> str:
    """Return the sentence with which the parameters are refused."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ADAPT)
    accepted, message = algorithm.checkParameterValues(values, QgsProcessingContext())
    assert not accepted
    return str(message)


def test_a_run_by_qgis_process_and_a_fusion_with_what_it_wrote(pair: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "tuned.onnx"
    finished = qgis_child.run_algorithm(ADAPT, as_json=True, **pair, MODEL=FAST, MINUTES=0.1, OUTPUT=output)
    assert finished.code == 0, finished.text
    found = json.loads(finished.out)["results"]
    assert found["STEPS"] >= 1
    assert found["IMPROVED"] in (0, 1)
    assert found["ERGAS_AFTER"] <= found["ERGAS_BEFORE"]
    assert 0 <= found["D_LAMBDA_K_BEFORE"] < 1
    assert read_card(output).name in ("tuned", FAST)
    assert [path.name for path in tmp_path.iterdir()] == ["tuned.onnx"]
    import processing

    given = {**pair, "MODEL_FILE": str(output), "OUTPUT": str(tmp_path / "f.tif")}
    fused = processing.run("rsfusion:pansharpen", given)
    assert Path(fused["OUTPUT"]).exists()


def test_torch_stays_out_of_qgis(pair: dict[str, str], tmp_path: Path) -> None:
    import processing

    before = "torch" in sys.modules
    processing.run(ADAPT, {**pair, "MODEL": FAST, "MINUTES": 0.05, "OUTPUT": str(tmp_path / "tuned.onnx")})
    assert ("torch" in sys.modules) == before


def test_without_torch_one_sentence_says_how_to_install_it(pair: dict[str, str], tmp_path: Path) -> None:
    import processing

    bare = tmp_path / "python"
    bare.write_text('#!/bin/sh\nexec /usr/bin/python3 -S "$@"\n')
    bare.chmod(0o755)
    output = tmp_path / "tuned.onnx"
    settings = QgsSettings()
    settings.setValue(f"Processing/Configuration/{PYTHON}", str(bare))
    try:
        with pytest.raises(Exception, match=r"which training needs, was not found by .* python3 -m pip install torch"):
            processing.run(ADAPT, {**pair, "MODEL": FAST, "OUTPUT": str(output)}, feedback=QgsProcessingFeedback())
        settings.setValue(f"Processing/Configuration/{PYTHON}", str(tmp_path / "nowhere"))
        assert "but there is no such file" in refused(**pair, MODEL=FAST, OUTPUT=str(output))
    finally:
        settings.remove(f"Processing/Configuration/{PYTHON}")
    assert not output.exists()
    assert list(tmp_path.glob(".*partial*")) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_ends_the_child_and_leaves_nothing(pair: dict[str, str], tmp_path: Path, number: int) -> None:
    results, scratch = tmp_path / "results", tmp_path / "scratch"
    results.mkdir()
    scratch.mkdir()
    command = qgis_child.command(ADAPT, **pair, MODEL=FAST, MINUTES=10, OUTPUT=results / "tuned.onnx")
    with qgis_child.start(*command, TMPDIR=str(scratch)) as child:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and not _children(scratch):
            time.sleep(0.2)
        time.sleep(1)
        child.send_signal(number)
        out, err = child.communicate(timeout=30)
    assert child.returncode == 1, out + err
    assert list(results.iterdir()) == []
    time.sleep(0.5)
    assert not _children(scratch)
    assert not list(scratch.glob("rsfusion_*"))


def _children(scratch: Path) -> list[str]:
    """Processes of the recipe whose job lies in a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if "models.pansharpening.adaptation" in line and str(scratch) in line:
            found.append(line)
    return found


def test_what_does_not_fit_is_said_before_anything_starts(pair: dict[str, str], tmp_path: Path) -> None:
    output = str(tmp_path / "tuned.onnx")
    assert "is also PAN" in refused(**pair, MODEL=FAST, OUTPUT=pair["PAN"])
    assert "GAINS: found 3 numbers" in refused(**pair, MODEL=FAST, GAINS="0.3,0.2,0.1", OUTPUT=output)
    assert "MS: its pixels are as small as those of PAN" in refused(
        PAN=pair["PAN"], MS=pair["PAN"], MODEL=FAST, OUTPUT=output
    )
    assert "MODEL is 'none'" in refused(**pair, MODEL="none", OUTPUT=output)


def test_a_network_of_another_make_gets_one_sentence_and_exit_code_1(pair: dict[str, str], tmp_path: Path) -> None:
    other = save(tmp_path / "other.onnx")
    output = tmp_path / "tuned.onnx"
    finished = qgis_child.run_algorithm(ADAPT, **pair, MODEL_FILE=other, OUTPUT=output)
    assert finished.code == 1, finished.text
    assert "'other.onnx' does not say how to build it again" in finished.text
    assert not output.exists()
