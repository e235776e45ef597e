"""The benchmark's row of networks adapted to the other half: what is measured was never learned from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.common.rasters import open_raster, read_all
from models.pansharpening.benchmark import adapted
from models.pansharpening.benchmark.contender import REDUCED
from models.pansharpening.benchmark.evaluate import reduced_test
from models.pansharpening.benchmark.pairs import Pair
from rsfusion_qgis.core.sensors.catalogue import find_sensor
from tests.onnx_files import save


def make_pair(rows: int, cols: int, referenced: bool = False) -> Pair:
    rng = np.random.default_rng(rows)
    ms, pan = rng.random((3, rows, cols)), rng.random((1, 4 * rows, 4 * cols))
    reference = rng.random((3, 4 * rows, 4 * cols)) if referenced else None
    return Pair("pair", ms, pan, 4, find_sensor("WorldView-2", 3), reference)


@pytest.mark.parametrize(("rows", "cols", "axis", "at"), [(42, 30, 1, 20), (30, 50, 2, 24)])
def test_halves_part_the_longer_side_at_whole_reduced_pixels(rows: int, cols: int, axis: int, at: int) -> None:
    pair = make_pair(rows, cols)
    (first, second), found_axis, found_at = adapted.halves(pair)
    assert (found_axis, found_at) == (axis, at)
    assert (np.concatenate((first.ms, second.ms), axis) == pair.ms).all()
    assert (np.concatenate((first.pan, second.pan), axis) == pair.pan).all()
    assert first.ms.shape[axis] == at and first.pan.shape[axis] == 4 * at


@pytest.mark.parametrize("referenced", [False, True])
def test_each_half_is_fused_by_what_learned_from_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, referenced: bool
) -> None:
    pair, learned = make_pair(40, 32, referenced), []

    def tuned(model: Path, minutes: float, options: object, files: tuple[Path, Path]) -> Path:
        learned.append(tuple(read_all(file) for file in files))
        return Path(f"network {len(learned)}")

    def fuse_files(network: Path, pan: Path, ms: Path, output: Path, options: object) -> np.ndarray:
        raster = open_raster(pan)
        return np.full((3, raster.RasterYSize, raster.RasterXSize), float(network.name.split()[1]))

    monkeypatch.setattr(adapted, "_tuned", tuned)
    monkeypatch.setattr(adapted, "fuse_files", fuse_files)
    contender = adapted.other_half_contender(save(tmp_path / "net.onnx"), 2)
    assert contender.name == "detail adapted to the other half, 2 min" and contender.tests == (REDUCED,)
    given = reduced_test(pair)
    fused = contender.method_for(pair, REDUCED)(given.ms, given.pan, 4, pair.gains)
    (pan_1, ms_1), (pan_2, ms_2) = learned  # what networks 1 and 2 saw
    assert np.allclose(ms_1, pair.ms[:, 20:]) and np.allclose(pan_1, pair.pan[:, 80:])
    assert np.allclose(ms_2, pair.ms[:, :20]) and np.allclose(pan_2, pair.pan[:, :80])
    middle = fused.shape[1] // 2
    assert fused.shape == given.reference.shape
    assert (fused[:, :middle] == 1).all() and (fused[:, middle:] == 2).all()
