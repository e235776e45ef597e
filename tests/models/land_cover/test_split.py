"""Split of samples by region: nothing on two sides, every class on every side that it can be on."""

from __future__ import annotations

import numpy as np
import pytest

from models.land_cover.samples.balance import balanced, fold_groups
from models.land_cover.samples.scenes import (
    UNLABELLED,
    LabelledScene,
    class_counts,
    cut_chips,
    keep_regions,
    region_counts,
)
from models.land_cover.samples.split import ROLES, TEST, TRAINING, VALIDATION, Split, split_regions
from rsfusion_qgis.core.basics.errors import InputError

NAMES = ("grass", "road", "roof")


def scene_of(boxes: list[tuple[int, int, int, int, int]], size: tuple[int, int] = (60, 70)) -> LabelledScene:
    """Boxes (class, row, col, height, width), each a region; the values are the positions of the pixels."""
    labels, regions = np.full(size, UNLABELLED, np.int16), np.zeros(size, np.int32)
    for number, (label, row, col, height, width) in enumerate(boxes, 1):
        labels[row : row + height, col : col + width] = label
        regions[row : row + height, col : col + width] = number
    places = np.stack(np.mgrid[: size[0], : size[1]]).astype(np.float32)
    return LabelledScene({"hs": places}, {"hs": np.ones(size, bool)}, labels, regions)


def many_boxes(seed: int = 0, each: int = 6) -> list[tuple[int, int, int, int, int]]:
    """`each` boxes of every class, at least 4 px apart."""
    rng = np.random.default_rng(seed)
    places = [(row, col) for row in range(0, 54, 9) for col in range(0, 66, 9)]
    rng.shuffle(places)
    return [(i % 3, row, col, *rng.integers(1, 6, 2)) for i, (row, col) in enumerate(places[: 3 * each])]


def maps(split: Split, size: tuple[int, int] = (60, 70)) -> dict[str, np.ndarray]:
    """Role -> labels of that side on the whole scene, put together from the chips."""
    found = {}
    for role in ROLES:
        found[role] = np.full(size, UNLABELLED, np.int16)
        for chip in split.of(role):
            inside = chip.labelled
            rows, cols = chip.inputs["hs"][:, inside].astype(int)
            found[role][rows, cols] = chip.labels[inside]
    return found


SHARES, URGENCY = (0.6, 0.2, 0.2), (40.0, 10.0, 20.0)


def test_every_part_gets_large_and_small_groups() -> None:
    """As regions of a label raster are: few large ones, many slivers."""
    counts = np.array([[300]] * 10 + [[60]] * 50 + [[5]] * 200)
    parts = balanced(counts, SHARES, URGENCY, 0)
    for sizes in (slice(10), slice(10, 60), slice(60, None)):
        there = np.bincount(parts[sizes], minlength=3) / len(parts[sizes])
        np.testing.assert_allclose(there, SHARES, atol=0.15)
    held = [counts[parts == part].sum() / counts.sum() for part in range(3)]
    np.testing.assert_allclose(held, SHARES, atol=0.02)


def test_what_is_more_than_a_part_goes_there_last() -> None:
    """Two networks of streets hold half of a class: they teach, and small ones test."""
    counts = np.array([[3200], [2500], *([100],) * 60])
    parts = balanced(counts, SHARES, URGENCY, 0)
    assert set(parts[:2]) == {0}
    assert set(parts) == {0, 1, 2}


@pytest.mark.parametrize("groups", [1, 2, 3, 4])
def test_no_part_is_without_a_class_that_it_could_have(groups: int) -> None:
    counts = np.array([[1000 * 10**-place, 5] for place in range(groups)]).astype(int) + 1
    parts = balanced(counts, SHARES, URGENCY, 0)
    assert 0 in parts and len(set(parts)) == min(groups, 3)
    assert groups != 2 or 2 in parts, "what cannot be validated is tested"


# --- chips


@pytest.mark.parametrize(("halo", "cell"), [(0, 8), (3, 8), (20, 16), (5, 100)])
def test_chips_hold_every_label_once(halo: int, cell: int) -> None:
    scene = scene_of(many_boxes())
    chips = cut_chips(scene, halo, cell)
    assert {chip.labels.shape for chip in chips} == {(cell + 2 * halo,) * 2}
    assert sum(int(chip.labelled.sum()) for chip in chips) == int((scene.labels >= 0).sum())
    for chip in chips:
        rows, cols = chip.inputs["hs"][:, chip.labelled].astype(int)
        np.testing.assert_array_equal(scene.labels[rows, cols], chip.labels[chip.labelled])
        np.testing.assert_array_equal(scene.regions[rows, cols], chip.regions[chip.labelled])


def test_a_chip_sees_its_surroundings_mirrored_at_the_edge() -> None:
    chip = cut_chips(scene_of([(0, 0, 0, 2, 2)]), 3, 4)[0]
    np.testing.assert_array_equal(chip.inputs["hs"][0][:, 3], [3, 2, 1, 0, 1, 2, 3, 4, 5, 6])


def test_a_scene_of_one_row_has_chips() -> None:
    scene = scene_of([(0, 0, 0, 1, 3), (1, 0, 5, 1, 2)], (1, 9))
    assert class_counts(cut_chips(scene, 2, 4), 2).tolist() == [3, 2]


def test_counting_and_keeping_of_regions() -> None:
    chips = cut_chips(scene_of([(0, 5, 5, 6, 6), (2, 30, 30, 2, 4)]), 2)
    numbers, counts = region_counts(chips, 3)
    assert numbers.tolist() == [1, 2]
    assert counts.tolist() == [[36, 0, 0], [0, 0, 8]]
    assert class_counts(keep_regions(chips, [2]), 3).tolist() == [0, 0, 8]


def test_labels_without_a_region_and_inputs_of_another_size_are_refused() -> None:
    scene = scene_of([(0, 5, 5, 6, 6)])
    with pytest.raises(InputError, match="without a region"):
        LabelledScene(scene.inputs, scene.valid, scene.labels, np.zeros_like(scene.regions))
    with pytest.raises(InputError, match="HS has"):
        LabelledScene({"hs": np.zeros((2, 9, 9), np.float32)}, scene.valid, scene.labels, scene.regions)


# --- the split


@pytest.mark.parametrize("seed", range(4))
def test_no_region_is_on_two_sides_and_every_class_on_each(seed: int) -> None:
    scene = scene_of(many_boxes(seed))
    split = split_regions(cut_chips(scene, 2), NAMES, seed)
    assert split.said == ()
    found = maps(split)
    sides = sum((found[role] >= 0).astype(int) for role in ROLES)
    np.testing.assert_array_equal(sides == 1, scene.labels >= 0)
    for number in range(1, scene.regions.max() + 1):
        assert sum(np.any(found[role][scene.regions == number] >= 0) for role in ROLES) == 1
    for role in ROLES:
        assert set(np.unique(found[role])) == {-1, 0, 1, 2}


def test_shares_are_kept_where_there_are_many_regions() -> None:
    points = [(i % 3, 4 * (i // 17), 4 * (i % 17), 1, 1) for i in range(240)]
    split = split_regions(cut_chips(scene_of(points), 0), NAMES, 3)
    for role, share in zip(ROLES, (0.6, 0.2, 0.2)):
        counts = class_counts(split.of(role), 3)
        assert np.all(np.abs(counts / 80 - share) < 0.02)


def test_ten_points_a_class_are_on_every_side() -> None:
    points = [(i % 3, 4 * (i // 15), 4 * (i % 15), 1, 1) for i in range(30)]
    split = split_regions(cut_chips(scene_of(points), 0), NAMES, 1)
    assert [class_counts(split.of(role), 3).tolist() for role in ROLES] == [[6] * 3, [2] * 3, [2] * 3]


def test_points_side_by_side_stay_together() -> None:
    """Ten points in one place are one region, however many numbers they have."""
    near = [(0, 10, 10 + 2 * i, 1, 1) for i in range(6)]
    far = [(0, 40, 5 + 10 * i, 1, 1) for i in range(5)] + [(1, 50, 5 + 10 * i, 1, 1) for i in range(6)]
    found = maps(split_regions(cut_chips(scene_of(near + far), 0), NAMES[:2], 0))
    assert sorted(int((found[role][10] >= 0).sum()) for role in ROLES) == [0, 0, 6]


@pytest.mark.parametrize("box", [(0, 5, 5, 10, 30), (0, 5, 5, 40, 4), (0, 5, 5, 12, 12), (0, 5, 5, 1, 9)])
def test_a_single_region_is_cut_with_a_buffer(box: tuple[int, int, int, int, int]) -> None:
    others = [(1, 50, 5 + 10 * i, 2, 2) for i in range(6)]
    split = split_regions(cut_chips(scene_of([box, *others]), 2), NAMES[:2], 0, buffer_px=3)
    assert len(split.said) == 1
    assert "'grass' has 1 region; cut into 3 blocks" in split.said[0]
    found = maps(split)
    places = [np.argwhere(found[role] == 0) for role in ROLES]
    assert min(len(p) for p in places) > 0
    assert len(places[0]) >= max(len(places[1]), len(places[2]))
    for a, b in ((0, 1), (0, 2), (1, 2)):
        distance = np.linalg.norm(places[a][:, None] - places[b][None], axis=-1).min()
        assert distance >= (2 if box[3] == 1 else 3)


def test_two_regions_are_on_every_side() -> None:
    boxes = [(0, 5, 5, 8, 20), (0, 30, 30, 10, 10), *((1, 50, 5 + 10 * i, 2, 2) for i in range(6))]
    found = maps(split_regions(cut_chips(scene_of(boxes), 2), NAMES[:2], 0))
    assert all(np.any(found[role] == 0) for role in ROLES)


def test_a_region_too_small_to_be_cut_is_learned_and_that_is_said() -> None:
    boxes = [(0, 5, 5, 1, 2), *((1, 50, 5 + 10 * i, 2, 2) for i in range(6))]
    split = split_regions(cut_chips(scene_of(boxes), 2), NAMES[:2], 0)
    assert np.any(maps(split)[TRAINING] == 0)
    assert any("'grass' has no samples for validation and test" in sentence for sentence in split.said)


def test_a_class_without_samples_is_said() -> None:
    split = split_regions(cut_chips(scene_of(many_boxes()), 2), (*NAMES, "water"), 0)
    assert "'water' has no samples" in split.said[0]


def test_the_seed_decides() -> None:
    chips = cut_chips(scene_of(many_boxes()), 2)
    first, again, other = (split_regions(chips, NAMES, seed).roles for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_side_with_share_0_stays_empty() -> None:
    split = split_regions(cut_chips(scene_of(many_boxes()), 2), NAMES, 0, shares=(0.75, 0.25, 0.0))
    assert split.of(TEST) == []
    assert class_counts(split.of(VALIDATION), 3).min() > 0


def test_groups_stay_whole() -> None:
    scene = scene_of(many_boxes(1, 12))
    groups = {number: number % 9 for number in range(1, scene.regions.max() + 1)}
    split = split_regions(cut_chips(scene, 2), NAMES, 0, groups=groups)
    for group in range(9):
        assert len({split.roles[number] for number, mine in groups.items() if mine == group}) == 1


# --- folds


def test_folds_hold_every_class_that_has_groups_enough() -> None:
    rng = np.random.default_rng(0)
    counts = rng.integers(0, 100, (40, 6)) * (rng.uniform(size=(40, 6)) < 0.4)
    counts[:, 5] = 0
    counts[[3, 8, 11, 20, 33], 5] = 7
    folds = fold_groups(counts, 5, 0)
    held = np.stack([counts[folds == fold].sum(axis=0) for fold in range(5)])
    assert held.min() > 0
    share = held[:, :5] / counts[:, :5].sum(axis=0)
    assert share.max() < 0.35
    np.testing.assert_array_equal(folds, fold_groups(counts, 5, 0))
