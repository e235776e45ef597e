"""SIGINT and SIGTERM in the middle of a run of qgis_process: it ends, and nothing is left behind."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import onnx_files, qgis_child
from tests.rasters import make_pan_ms

REPEATS = 60


@pytest.fixture(scope="module")
def slow_network(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("slow") / "slow.onnx"
    return str(onnx_files.save(path, onnx_files.slow_model(REPEATS), halo=onnx_files.HALO + 2 * REPEATS))


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_no_partial_file(name: str, as_json: bool, slow_network: str, tmp_path: Path) -> None:
    pan, ms = make_pan_ms(tmp_path, rows=256, cols=256)
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = qgis_child.command(
        "rsfusion:pansharpen", as_json, PAN=pan, MS=ms, MODEL=slow_network, OUTPUT=folder / "fused.tif", TILE_SIZE=128
    )
    with qgis_child.start(*arguments) as child:
        _wait_until(lambda: any(folder.iterdir()))
        child.send_signal(getattr(signal, name))
        sent = time.monotonic()
        out, err = child.communicate(timeout=30)
    assert child.returncode == 1, f"{child.returncode}\n{out}\n{err}"
    assert time.monotonic() - sent < 5
    assert "Traceback" not in err
    assert list(folder.iterdir()) == []


def _wait_until(condition: Callable[[], bool], timeout_s: float = 60.0) -> None:
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "the run never began to write"
        time.sleep(0.02)
