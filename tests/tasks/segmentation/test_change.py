"""What has changed between two dates is found, with any sensors, and where nothing has changed nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.tasks.segmentation.change import chances, irmad, log_ratio
from rsfusion_qgis.tasks.segmentation.options import SegmentOptions
from rsfusion_qgis.tasks.segmentation.task import TASK
from tests.rasters import grid_transform, read_raster, write_raster
from tests.tasks.segmentation import scenes

OPTICAL, RADAR = ("optical", "optical_before"), ("sar", "sar_before")


@pytest.fixture(scope="module")
def scene() -> scenes.Flood:
    return scenes.flood(120, 130)


@pytest.fixture
def files(scene: scenes.Flood, tmp_path: Path) -> dict[str, str]:
    return scenes.write(tmp_path, scene)


def changed(files: dict[str, str], folder: Path, method: str, roles: tuple[str, ...], **more: Any) -> np.ndarray:
    """Probability of a change of every pixel."""
    inputs = {role: files[role] for role in roles}
    further = {"PROBABILITIES": str(folder / "chance.tif")}
    run(Job(TASK, inputs, str(folder / "change.tif"), method=method, further=further, options=SegmentOptions(), **more))
    codes, chance = read_raster(folder / "change.tif")[0], read_raster(folder / "chance.tif")
    np.testing.assert_array_equal(codes == 2, chance[1] > chance[0])
    return chance[1]


def iou(chance: np.ndarray, truth: np.ndarray) -> float:
    found = chance > 0.5
    return float((found & truth).sum() / (found | truth).sum())


@pytest.mark.parametrize(("method", "roles", "least"), [
    ("irmad", OPTICAL, 0.9), ("irmad", RADAR, 0.75), ("irmad", OPTICAL + RADAR, 0.9), ("logratio", RADAR, 0.75),
])  # fmt: skip
def test_the_flood_is_what_has_changed(
    scene: scenes.Flood, files: dict[str, str], tmp_path: Path, method: str, roles: tuple[str, ...], least: float
) -> None:
    assert iou(changed(files, tmp_path, method, roles), scene.flood) > least


@pytest.mark.parametrize(("method", "roles"), [("irmad", OPTICAL), ("logratio", RADAR)])
def test_where_nothing_has_changed_nothing_is_found(
    scene: scenes.Flood, files: dict[str, str], tmp_path: Path, method: str, roles: tuple[str, ...]
) -> None:
    draw, image = np.random.default_rng(3), scene.images[roles[1]]
    again = image + draw.normal(0, 1.5 if roles == RADAR else 40, image.shape)
    names = ("VV",) if roles == RADAR else ("B11", "B8", "B3")
    place = grid_transform(scenes.PIXEL_M)
    files[roles[0]] = write_raster(tmp_path / "same.tif", again, place, dtype="Float32", descriptions=names)
    assert (changed(files, tmp_path, method, roles) > 0.5).mean() < 0.01


@pytest.mark.parametrize("roles", [OPTICAL, ("sar", "optical_before"), ("optical", "sar_before"), OPTICAL + RADAR])
def test_a_network_of_one_date_tells_changes_of_class_with_any_sensors(
    scene: scenes.Flood, files: dict[str, str], tmp_path: Path, roles: tuple[str, ...]
) -> None:
    network = str(scenes.save(tmp_path / "water.onnx"))
    assert iou(changed(files, tmp_path, "class_change", roles, model=network), scene.flood) > 0.8


def test_gains_and_offsets_of_a_date_do_not_matter_to_irmad(files: dict[str, str], tmp_path: Path) -> None:
    first = changed(files, tmp_path, "irmad", OPTICAL)
    other = 0.3 * read_raster(files["optical_before"]) + 55.0
    files["optical_before"] = write_raster(tmp_path / "other.tif", other, grid_transform(scenes.PIXEL_M),
                                           dtype="Float32", descriptions=("x", "y", "z"))  # fmt: skip
    assert ((first > 0.5) != (changed(files, tmp_path, "irmad", OPTICAL) > 0.5)).mean() < 0.01


def test_dates_of_other_bands_can_be_compared() -> None:
    draw = np.random.default_rng(1)
    hidden = draw.normal(size=(2, 20_000))
    now, before = np.array([[1, 0.2], [0.1, 1], [0.5, 0.5]]) @ hidden, np.array([[0.7, 0.4], [0.3, 1]]) @ hidden
    now, before = (one + draw.normal(0, 0.1, one.shape) for one in (now, before))
    before[:, :1000] = draw.permutation(before[:, :1000].T).T
    number = irmad(now, before)(now, before)
    assert np.median(number[:1000]) > 20 * np.median(number[1000:])


def test_the_number_of_unchanged_images_is_chi_squared() -> None:
    from scipy import stats

    draw = np.random.default_rng(2)
    now = draw.normal(size=(1, 50_000))
    number = log_ratio(now + draw.normal(0, 0.3, now.shape), now)(now + draw.normal(0, 0.3, now.shape), now)
    assert stats.kstest(number, "chi2", args=(1,)).statistic < 0.02
    assert chances(number, 1)(np.array([0.1, 1.0, 4.0])).max() < 0


@pytest.mark.parametrize(("method", "roles", "words"), [
    ("irmad", ("optical",), "no raster of the earlier one is given; name OPTICAL_BEFORE or SAR_BEFORE"),
    ("logratio", OPTICAL, "SAR is missing"),
    ("class_change", OPTICAL, "METHOD class_change needs a network"),
])  # fmt: skip
def test_what_cannot_be_compared_is_refused(
    files: dict[str, str], tmp_path: Path, method: str, roles: tuple[str, ...], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        changed(files, tmp_path, method, roles)
