"""The benchmark of hyperspectral sharpening on a generated scene: what is cut, made, moved and printed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.hyperspectral_sharpening import benchmark
from tests.rasters import write_raster
from tests.tasks.hyperspectral_sharpening.scenes import truth, wavelengths, write_scene


def test_the_largest_rectangle_of_valid_pixels():
    valid = np.ones((9, 12), bool)
    valid[4, 3], valid[:, 10:] = False, False
    rows, cols = benchmark.largest_rectangle(valid)
    assert valid[rows, cols].all()
    assert (rows.stop - rows.start) * (cols.stop - cols.start) == 9 * 6


def test_guides_are_made_of_the_bands_that_they_would_see():
    image, centres = truth(12, 12, 40), wavelengths(40) / 1000
    pan, bands = benchmark.made_pan(image, centres), benchmark.made_bands(image, centres)
    np.testing.assert_allclose(pan[0], image[(centres > 0.45) & (centres < 0.8)].mean(axis=0))
    assert len(bands) == len(benchmark.RESPONSES_UM)
    assert len(benchmark.made_bands(image[:8], centres[:8])) < len(bands)


def test_a_real_guide_is_moved_onto_the_image(tmp_path: Path):
    paths = write_scene(tmp_path, rows=64, cols=64, dtype="Float32")
    fine = truth(192, 192, 24)[:1] / 10
    moved = np.roll(fine, (2, -3), axis=(1, 2))  # two rows further down, three columns further left
    guide = write_raster(tmp_path / "moved.tif", moved, None, None, "Float32")
    image = write_raster(tmp_path / "image.tif", benchmark.read_all(paths["hs"]), None, None, "Float32")
    cols, rows = benchmark.shift_of(Path(image), Path(guide))
    assert abs(cols + 3) < 0.15 and abs(rows - 2) < 0.15
    left, right = (benchmark.real_guide(Path(image), Path(guide), (64, 64), aligned) for aligned in (False, True))
    wanted = benchmark.degrade(fine, 3, (benchmark.PAN_GAIN,))
    inner = np.s_[:, 4:-4, 4:-4]
    assert np.abs(right - wanted)[inner].mean() < 0.2 * np.abs(left - wanted)[inner].mean()


def test_a_table_has_a_row_for_each_scene_and_ratio(tmp_path: Path, capsys):
    image = truth(30, 32, 12)
    scene = benchmark.Scene("made", "PAN", image, image.mean(axis=0)[None], False)
    benchmark.print_table([scene], [2, 3], 0.0, ("cubic", "hp1", "gsa"))
    lines = capsys.readouterr().out.strip().splitlines()
    assert len([line for line in lines if line.startswith("| made |")]) == 2
    assert all(line.count("|") == 6 for line in lines)
    mean = next(line for line in lines if "geometric mean" in line).split("|")
    assert float(mean[4].split("/")[0]) < float(mean[3].split("/")[0])
