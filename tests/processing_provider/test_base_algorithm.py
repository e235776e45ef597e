"""Whatever ends a run, Processing gets one sentence that says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from rsfusion_qgis.processing_provider.base_algorithm import fault_of, quiet_gdal, raising_in_processing


def sentence(work) -> str:
    with pytest.raises(QgsProcessingException) as caught:
        raising_in_processing(QgsProcessingFeedback(False), work)
    assert fault_of(work) == str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("work", [lambda: bytearray(2**62), lambda: np.zeros(2**55)], ids=["python", "numpy"])
def test_too_little_memory_says_what_to_lower(work) -> None:
    assert "choose a smaller TILE_SIZE, or a smaller MEMORY where TILE_SIZE is 0" in sentence(work)


def test_no_room_for_a_thread_is_too_little_memory() -> None:
    def work() -> None:
        raise RuntimeError("can't start new thread")  # as `threading` says it

    assert "choose a smaller TILE_SIZE" in sentence(work)


def test_a_folder_that_has_gone(tmp_path: Path) -> None:
    said = sentence(lambda: (tmp_path / "gone" / "fused.tif").write_bytes(b""))
    assert said.startswith("A file or folder cannot be read or written ([Errno 2] No such file") and "gone" in said


def test_what_nobody_foresaw_is_one_line_all_the_same() -> None:
    def work() -> None:
        raise ZeroDivisionError("one\ntwo" + "x" * 5000)

    said = sentence(work)
    assert "an unexpected ZeroDivisionError (one two" in said and len(said) < 1200 and "\n" not in said


def test_gdals_own_lines_stay_off_the_console(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "cut.tif").write_bytes(b"II*\0\x08\0\0\0\xff\xff")

    def opened() -> None:
        gdal.Open(os.fspath(tmp_path / "cut.tif"))

    raising = gdal.GetUseExceptions()
    gdal.DontUseExceptions()  # with them, as QGIS 3.38 and newer have them, nothing is written anyway
    try:
        opened()
        assert "ERROR" in capfd.readouterr().err
        with quiet_gdal():
            opened()
        assert capfd.readouterr().err == ""
    finally:
        if raising:
            gdal.UseExceptions()
