"""The split by scene: disjoint lists, and test scenes kept out of training."""

from pathlib import Path

import pytest

from models.pansharpening import split
from models.pansharpening.sources import VERY_HIGH, read_raster


def test_no_scene_is_in_two_lists():
    assert not set(split.TEST) & set(split.HELD_OUT)
    assert not set(split.TRAINING) & set(split.HELD_OUT)
    for scene in split.TEST:
        assert not any(scene.startswith(part) for part in (*split.TRAINING, *split.HELD_OUT))
    for scene in split.TRAINING:
        assert not any(part in scene for part in split.HELD_OUT), "what is held out is not trained on"


def test_no_name_is_said_twice():
    for names in (split.TRAINING, split.HELD_OUT, split.TEST):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("folder", sorted({name.split("/")[0] for name in VERY_HIGH}))
def test_every_very_high_scene_of_the_recipe_is_told(folder):
    assert folder in split.TRAINING


def test_a_test_scene_cannot_be_read_for_training():
    with pytest.raises(ValueError, match="test scene 'wv2_grip'"):
        read_raster(Path("data/pan_ms/wv2_grip/ms.tif"))


@pytest.mark.parametrize(("pair", "used"), [
    ("wv2_grip", False), ("gf2_psdata3/full_1", False), ("somebody_elses", False),
    ("s2s_usa", True), ("patch_316", True), ("ben_s2a_1", True), ("spacenet6_rotterdam_1", True),
    ("spacenet6_rotterdam_2", True), ("landsat8_momotombo", True), ("landsat8_pamplona", False),
])
def test_pairs_that_were_used_are_known(pair, used):
    assert split.was_used(pair) == used
