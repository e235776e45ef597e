"""Shares of classes against true ones: known errors, names in another order, and what does not fit."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.assessment.images.quality_rasters import RasterName
from rsfusion_qgis.core.assessment.shares.assess import SharesJob, angle, assess_shares, matched
from rsfusion_qgis.core.assessment.shares.report import shares_csv, shares_page, verdict
from rsfusion_qgis.core.basics.errors import InputError
from tests.rasters import grid_transform, write_raster

NAMES = ("roof", "tree", "water")
ERRORS = np.array([0.1, -0.05, -0.05])


def truth(rows: int = 300, cols: int = 40) -> np.ndarray:
    shares = np.random.default_rng(1).dirichlet((1, 1, 1), (rows, cols))
    return np.moveaxis(shares, -1, 0)


def write(path: Path, values: np.ndarray, names: tuple[str, ...]) -> str:
    return write_raster(path, values, grid_transform(30.0), dtype="Float32", descriptions=names, nodata=math.nan)


def job(folder: Path, values: np.ndarray, names: tuple[str, ...] = NAMES, **more: tuple[str, str]) -> SharesJob:
    made = write(folder / "made.tif", values, names), write(folder / "true.tif", truth(), NAMES)
    return SharesJob(RasterName(made[0], "FUSED"), RasterName(made[1], "REFERENCE"), **more)


def test_known_errors_are_found_class_by_class_whatever_the_order_of_the_bands(tmp_path: Path) -> None:
    order = [2, 0, 1]
    found = assess_shares(job(tmp_path, (truth() + ERRORS[:, None, None])[order], tuple(NAMES[k] for k in order)))
    assert [one.name for one in found.classes] == list(NAMES)
    assert [one.bias for one in found.classes] == pytest.approx(ERRORS, abs=1e-6)
    assert [one.rmse for one in found.classes] == pytest.approx(np.abs(ERRORS), abs=1e-6)
    assert [one.correlation for one in found.classes] == pytest.approx([1, 1, 1], abs=1e-6)
    assert found.rmse == pytest.approx(float(np.sqrt((ERRORS**2).mean())), abs=1e-6)
    assert found.constant == pytest.approx(float(np.sqrt(truth().var(axis=(1, 2)).mean())), rel=1e-5)
    assert found.pixels == 300 * 40 and found.sum_error < 1e-6 and math.isnan(found.angle)


def test_pixels_without_data_do_not_count(tmp_path: Path) -> None:
    values = truth()
    values[:, :10] = 9.0
    values[1, :10] = math.nan
    found = assess_shares(job(tmp_path, values))
    assert found.pixels == 290 * 40 and found.rmse < 1e-7


def test_a_class_that_one_raster_lacks_is_named_and_left_out(tmp_path: Path) -> None:
    found = assess_shares(job(tmp_path, truth()[:2], ("Roof ", "soil")))
    assert [one.name for one in found.classes] == ["roof"]
    assert set(found.unmatched) == {"soil", "tree", "water"}


def test_without_names_the_order_counts_if_the_numbers_agree() -> None:
    assert matched(["", ""], ["a", "b"], ("X", "Y")) == ([(0, 0), (1, 1)], ())
    with pytest.raises(InputError, match="X has 1 bands and Y 2, and no name of a class is in both"):
        matched(["c"], ["a", "b"], ("X", "Y"))


def test_endmembers_are_compared_by_name_at_the_true_wavelengths(tmp_path: Path) -> None:
    (tmp_path / "true.csv").write_text("wavelength (nm),roof,tree\n500,1,0\n600,0,1\n", encoding="utf-8")
    (tmp_path / "ours.csv").write_text("wavelength (nm),tree,roof\n500,0,1\n550,9,9\n600,3,1\n", encoding="utf-8")
    files = {"spectra": (str(tmp_path / "ours.csv"), "A"), "true_spectra": (str(tmp_path / "true.csv"), "B")}
    found = assess_shares(job(tmp_path, truth(), **files))
    assert [one.angle for one in found.classes[:2]] == pytest.approx([45, 0])
    assert math.isnan(found.classes[2].angle) and found.angle == pytest.approx(22.5)


def test_the_angle_of_spectra() -> None:
    assert angle(np.array([1.0, 0.0]), np.array([5.0, 5.0])) == pytest.approx(45)
    assert math.isnan(angle(np.zeros(2), np.ones(2)))


def test_page_table_and_sentence(tmp_path: Path) -> None:
    found = assess_shares(job(tmp_path, truth() + ERRORS[:, None, None]))
    assert "better than the true mean" in verdict(found) and "0.071" in verdict(found)
    page = shares_page(found)
    assert all(words in page for words in ("<svg", "water", "FUSED is compared with REFERENCE"))
    lines = shares_csv(found).splitlines()
    assert lines[0] == "class,measure,value" and lines[1].startswith("roof,rmse,0.") and len(lines) == 1 + 18 + 4
