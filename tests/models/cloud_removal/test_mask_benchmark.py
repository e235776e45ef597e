"""The cloud mask benchmark: its reference, its halves, its counts, and one run over generated scenes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.cloud_removal.mask_benchmark import run as cloud_masks
from models.cloud_removal.mask_benchmark.choice import chosen_settings, settings_text
from models.cloud_removal.mask_benchmark.pictures import write_pictures
from models.cloud_removal.mask_benchmark.scenes import CHOOSE, REPORT, SPLIT_FILE, Example, reference
from rsfusion_qgis.core.sensors.clouds.detection import MaskSettings
from tests.core.sensors.clouds.skies import LEVEL_1C, at_top, clouded, ground

SIZE = 96


def pair(kind: str = "meadow") -> tuple[dict, dict, np.ndarray, np.ndarray]:
    """A cloudy and a clear image, and where the cloud and its shadow lie."""
    cloud, shade = np.zeros((SIZE, SIZE), bool), np.zeros((SIZE, SIZE), bool)
    cloud[20:50, 50:80], shade[50:80, 15:45] = True, True
    clear = ground(kind, SIZE, SIZE, cirrus=True)
    dark = {name: band * np.where(shade, 0.4, 1) for name, band in clear.items()}
    return at_top(clouded(dark, 0.8 * cloud)), at_top(clear), cloud, shade


def examples(half: str = CHOOSE) -> list[Example]:
    cloudy, clear, _, _ = pair()
    return [
        Example("scene", half, cloudy, LEVEL_1C, reference(cloudy, clear)),
        Example("scene", half, clear, LEVEL_1C, None, True),
        Example("other", half, at_top(ground("forest", SIZE, SIZE)), LEVEL_1C, None),
    ]


def test_the_reference_finds_clouds_and_shadows_of_a_pair() -> None:
    cloudy, clear, cloud, shade = pair()
    found = reference(cloudy, clear)
    assert (found.cloud & cloud).sum() > 0.98 * cloud.sum()
    assert (found.shadow & shade).sum() > 0.98 * shade.sum()
    assert not (found.cloud & ~cloud).any()
    assert not (found.shadow & ~shade).any()
    assert not (found.neither & (found.cloud | found.shadow)).any()


def test_water_is_undecided_for_shadows() -> None:
    cloudy, clear, _, shade = pair("water")
    found = reference(cloudy, clear)
    assert not found.shadow.any()
    assert not found.neither[shade].any()


def test_no_scene_is_in_both_halves() -> None:
    split = json.loads(SPLIT_FILE.read_text(encoding="utf-8"))
    names = split[CHOOSE] + split[REPORT]
    assert len(names) == len(set(names)) == 29


def test_counts_and_their_measures() -> None:
    found, true = np.array([[1, 1, 1, 0, 0, 0]], bool), np.array([[1, 1, 0, 1, 0, 0]], bool)
    counted = cloud_masks.count(found, true, ~true)
    assert (counted.precision, counted.recall, counted.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert counted.false_share == pytest.approx(1 / 3)
    assert (counted + counted).f1 == counted.f1


def test_ours_finds_the_generated_clouds_and_the_choice_runs() -> None:
    table = cloud_masks.clouds_table(examples(), CHOOSE)
    ours = table.splitlines()[-1].split("|")
    assert ours[1].strip() == "ours"
    assert float(ours[5]) > 0.95
    assert "scene" in cloud_masks.mask_table(examples(), CHOOSE, 0.2)
    assert "other | choose | L1C | 0.00 %" in cloud_masks.clear_table(examples(), 0.2)
    text = settings_text(chosen_settings(examples()))
    assert f"depth = {MaskSettings().shadow.depth}" in text


def test_pictures(tmp_path: Path) -> None:
    write_pictures(examples(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"scene_cloudy.png", "scene_clear.png", "other_clear.png"}
