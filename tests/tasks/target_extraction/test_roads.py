"""Roads are found whatever their share of the ground, with a terrain model, too, and water is none."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

from models.land_cover.generated_city import ROOF, STREET, WATER
from models.target_extraction.benchmark import extracted
from models.target_extraction.truth import write_city
from rsfusion_qgis.tasks.target_extraction.pavement import parted
from rsfusion_qgis.tasks.target_extraction.roles import BUILDING, ROAD
from tests.rasters import grid_transform, write_raster
from tests.tasks.target_extraction import scenes


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], np.ndarray]:
    """Streets are more than half of the low ground."""
    return write_city(tmp_path_factory.mktemp("city"), seed=3, side=132)


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize(("optical", "least", "recall"), [("", 0.75, 0.9), ("rgb", 0.7, 0.7), ("rgbn", 0.9, 0.9)])
def test_streets_of_a_city(
    city: tuple[dict[str, str], np.ndarray], optical: str, least: float, recall: float
) -> None:
    files, truth = city
    found = extracted({"lidar": files["lidar"], **({"optical": files[optical]} if optical else {})})
    streets = truth == STREET
    assert overlap(found == ROAD, streets) > least
    assert (found == ROAD)[streets].mean() > recall
    assert overlap(found == BUILDING, truth == ROOF) > 0.75
    if optical:
        assert (found == ROAD)[truth == WATER].mean() < 0.02


@pytest.mark.parametrize("share", [0.05, 0.1, 0.3, 0.5, 0.8, 0.95])
def test_pavement_is_parted_from_plants_whatever_its_share(share: float) -> None:
    draw = np.random.default_rng(1)
    dark, bright = draw.normal(150, 50, round(20_000 * share)), draw.normal(420, 60, round(20_000 * (1 - share)))
    glint = draw.uniform(2_000, 65_000, 1_000)
    threshold = parted(np.concatenate([dark, bright, glint]))
    assert (dark < threshold).mean() > 0.9
    assert (bright < threshold).mean() < (0.1 if share >= 0.1 else 0.2)


def test_a_terrain_model_and_scaled_heights_leave_the_roads(tmp_path: Path) -> None:
    town = scenes.town()
    files, place = scenes.write(tmp_path, town), grid_transform(scenes.PIXEL_M)
    bands = {"descriptions": ("height above ground", "intensity"), "dtype": "Int32", "nodata": -9999.0}
    stored = np.round(np.stack([town.heights * 100, town.intensity * 100]))
    scaled = write_raster(tmp_path / "scaled.tif", stored, place, **bands)
    dataset = gdal.Open(scaled, gdal.GA_Update)
    for number in (1, 2):
        dataset.GetRasterBand(number).SetScale(0.01)
    dataset = None
    for inputs in ({"lidar": files["lidar"], "dtm": files["dtm"]}, {"lidar": scaled}):
        assert overlap(extracted(inputs) == ROAD, town.truth == 3) > 0.9
