"""Clouds and shadows of one image: grounds and clouds told apart, laws, missing bands, tiled = untiled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.clouds.detection import MaskSettings, check_bands, cloud_score, detect
from rsfusion_qgis.core.sensors.sun import Sun

from .skies import GROUNDS, LEVEL_1C, LEVEL_2A, at_top, clouded, ground, patchy

RAMP = np.linspace(0, 1, 60, dtype=np.float32)[None].repeat(12, axis=0)
POINTWISE = MaskSettings(smooth_m=0.0)


@pytest.mark.parametrize("kind", [*GROUNDS, "desert", "snow", "foam"])
def test_clear_ground_is_no_cloud(kind: str) -> None:
    for bands, scene in ((ground(kind), LEVEL_2A), (at_top(ground(kind)), LEVEL_1C)):
        assert cloud_score(bands, scene).max() < 0.5
        assert not detect(bands, scene).mask.any()


@pytest.mark.parametrize("kind", [*GROUNDS, "desert"])
def test_a_thick_cloud_is_one_over_any_ground(kind: str) -> None:
    bands = clouded(ground(kind), 0.9)
    assert cloud_score(bands, LEVEL_2A).min() == 1
    assert cloud_score(at_top(bands), LEVEL_1C).min() > 0.99
    assert detect(bands, LEVEL_2A).mask.all()


@pytest.mark.parametrize("kind", GROUNDS)
def test_the_score_rises_with_the_clouds_thickness(kind: str) -> None:
    score = cloud_score(clouded(ground(kind, *RAMP.shape), RAMP), LEVEL_2A, None, POINTWISE)[0]
    assert (np.diff(score) >= -1e-6).all()
    assert score[0] < 0.1
    assert score[-1] == 1
    seen = float(RAMP[0][np.argmax(score >= 0.5)])
    assert seen < 0.35, "a cloud that hides a third of the ground is found"


def test_both_levels_of_one_scene_give_the_same_score() -> None:
    bands, _ = patchy(80, 90)
    no_cirrus = {name: band for name, band in bands.items() if name != "B10"}
    one, other = cloud_score(no_cirrus, LEVEL_2A), cloud_score(at_top(no_cirrus), LEVEL_1C)
    np.testing.assert_allclose(one, other, atol=1e-4)


def test_cirrus_counts_where_its_band_is_there() -> None:
    bands = ground("forest", cirrus=True)
    bands["B10"] += np.float32(0.02)
    assert cloud_score(bands, LEVEL_1C).min() == 1
    del bands["B10"]
    assert cloud_score(bands, LEVEL_2A).max() < 0.1


def test_invalid_pixels_take_no_part_whatever_they_hold() -> None:
    bands, _ = patchy(90, 100)
    valid = np.ones((90, 100), bool)
    valid[:, 70:] = False
    spoiled = {name: np.where(valid, band, np.nan).astype(np.float32) for name, band in bands.items()}
    zeroed = {name: np.where(valid, band, 0).astype(np.float32) for name, band in bands.items()}
    one, other = detect(spoiled, LEVEL_2A, valid), detect(zeroed, LEVEL_2A, valid)
    for name in ("cloud", "shadow", "mask"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
        assert not getattr(one, name)[~valid].any()


def shadowed(rows: int = 160, cols: int = 160) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """A meadow, a cloud of 24 pixels across, and its shadow 40 pixels to the lower left, with their places."""
    bands = ground("meadow", rows, cols)
    cloud, shade = np.zeros((rows, cols), bool), np.zeros((rows, cols), bool)
    cloud[50:74, 90:114], shade[90:114, 50:74] = True, True
    return clouded({name: band * np.where(shade, 0.4, 1) for name, band in bands.items()}, cloud * 0.9), cloud, shade


def test_a_shadow_is_found_and_not_without_its_cloud() -> None:
    bands, cloud, shade = shadowed()
    masks = detect(bands, LEVEL_2A)
    assert masks.mask[cloud | shade].all()
    assert (masks.shadow[shade] > 0.5).mean() > 0.98
    assert not (masks.shadow[cloud] > 0.5).any()
    assert masks.mask.mean() < 2 * (cloud | shade).mean()
    alone = {name: np.where(cloud, band[0, 0], band).astype(np.float32) for name, band in bands.items()}
    assert not detect(alone, LEVEL_2A).mask.any()


@pytest.mark.parametrize(("azimuth", "found"), [(45.0, True), (225.0, False), (135.0, False), (315.0, False)])
def test_the_sun_says_on_which_side_of_a_cloud_its_shadow_lies(azimuth: float, found: bool) -> None:
    bands, _, shade = shadowed()
    masks = detect(bands, LEVEL_2A, sun=Sun(azimuth, 45.0))
    assert (masks.shadow[shade] > 0.5).mean() > 0.98 if found else not (masks.shadow[shade] > 0).any()


def test_a_high_sun_throws_short_shadows() -> None:
    bands, _, shade = shadowed()
    assert not detect(bands, LEVEL_2A, sun=Sun(45.0, 89.5)).shadow[shade].any()


def test_water_beside_a_cloud_is_no_shadow() -> None:
    bands, _, shade = shadowed()
    water = ground("water", 160, 160)
    lake = {name: np.where(shade, water[name], band).astype(np.float32) for name, band in bands.items()}
    assert not (detect(lake, LEVEL_2A).shadow[shade] > 0.5).any()


def test_ground_that_is_dark_far_beyond_what_the_clouds_cover_is_no_shadow() -> None:
    stripes = (np.arange(160) // 10 % 2 == 1)[None] & np.ones((160, 1), bool)
    cloudless = ground("meadow", 160, 160)
    small = np.zeros((160, 160))
    small[60:72, 60:72] = 0.9
    striped = {name: band * np.where(stripes, 0.4, 1) for name, band in cloudless.items()}
    assert (detect(clouded(striped, small), LEVEL_2A).shadow > 0.5).mean() < 0.02


def test_specks_go_and_what_is_left_is_grown() -> None:
    thickness = np.zeros((60, 60))
    thickness[10, 10], thickness[30:45, 30:45] = 1, 1
    plain = MaskSettings(smooth_m=0, shadow=None)
    mask = detect(clouded(ground("meadow", 60, 60), thickness), LEVEL_2A, None, plain).mask
    assert not mask[:25].any()
    assert mask[27, 37]
    assert not mask[26, 37]
    kept = replace(plain, speck_m=0.0)
    assert detect(clouded(ground("meadow", 60, 60), thickness), LEVEL_2A, None, kept).mask[10, 10]


@pytest.mark.parametrize("sun", [None, Sun(51.0, 40.0)])
def test_tiled_is_untiled_to_the_last_bit(sun: Sun | None) -> None:
    settings = MaskSettings()
    pixel_m = 20.0
    reach = settings.reach_px(pixel_m)
    bands, _ = patchy(2 * reach + 150, 2 * reach + 170)
    whole = detect(bands, LEVEL_1C, None, settings, sun, pixel_m)
    assert 0.05 < whole.mask.mean() < 0.9
    assert (whole.shadow > 0.5).any()
    rows, cols = whole.mask.shape
    for row, col in ((0, 0), (reach + 30, reach + 40), (rows - 64, cols - 64)):
        top, left = max(row - reach, 0), max(col - reach, 0)
        part = np.s_[top : row + 64 + reach, left : col + 64 + reach]
        tile = detect({name: band[part] for name, band in bands.items()}, LEVEL_1C, None, settings, sun, pixel_m)
        cut = np.s_[row - top : row - top + 64, col - left : col - left + 64]
        for name in ("cloud", "shadow", "mask"):
            expected = getattr(whole, name)[row : row + 64, col : col + 64]
            np.testing.assert_array_equal(getattr(tile, name)[cut], expected, err_msg=name)


def test_the_reach_counts_in_the_rasters_own_pixels() -> None:
    settings = MaskSettings()
    assert settings.reach_px(20.0) < settings.reach_px(10.0) < 260
    assert replace(settings, shadow=None).reach_px(10.0) < 15


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"B10"}, ["B10: thin high clouds may be missed"]),
        ({"B10", "B11", "B12"}, ["B10", "B11 or B12: bright soil and roofs", "B11 or B12: snow may pass"]),
        ({"B8", "B8A", "B10"}, ["B10", "bright soil", "foam and shoals", "B8 and B8A: cloud shadows are not found"]),
    ],
)
def test_what_cannot_be_looked_at_is_said_and_the_rest_works(lacking: set[str], words: list[str]) -> None:
    bands = {name: band for name, band in clouded(ground("forest", cirrus=True), 0.9).items() if name not in lacking}
    notes = check_bands(bands)
    assert len(notes) == len(words)
    for word in words:
        assert any(word in note for note in notes), (word, notes)
    assert detect(bands, LEVEL_2A).mask.all()


def test_all_bands_leave_nothing_to_say() -> None:
    assert check_bands(ground("forest", cirrus=True)) == ()


def test_b12_stands_in_for_b11() -> None:
    for kind in GROUNDS:
        bands = {name: band for name, band in ground(kind).items() if name != "B11"}
        assert cloud_score(bands, LEVEL_2A).max() < 0.5
        assert cloud_score(clouded(bands, 0.9), LEVEL_2A).min() == 1


def test_the_visible_bands_are_needed() -> None:
    bands = {name: band for name, band in ground("forest").items() if name not in ("B2", "B3")}
    for look in (check_bands, lambda b: cloud_score(b, LEVEL_2A), lambda b: detect(b, LEVEL_2A)):
        with pytest.raises(InputError, match="The raster lacks B2, B3; clouds are told by B2, B3 and B4 at least"):
            look(bands)
