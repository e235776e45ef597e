"""The registration benchmark's parts: motions, peers' signs, errors, figures, and a quick run on generated data."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import ndimage

from models.alignment import benchmark as coregistration
from models.alignment import statistics as figures
from models.alignment.arosics import Arosics
from models.alignment.control_points import fitted, read_control_points
from models.alignment.fusion import SHIFT, STRETCH, TURN_DEG, shifted, turned
from models.alignment.methods import PEER, Case, Measured, Method, find_ours, ours
from models.alignment.motion import LONGEST_PX, SHORTEST_PX, Motion, draw, margin_px, moved
from models.alignment.pairs import PAN_MS, PAN_MS_MADE, PAN_PAN, SAR, SAR_SEEN, Couple, find_couples
from models.alignment.peers import mutual_information, peer_methods
from models.alignment.report import number
from models.alignment.trials import BASE, SHIFTED, TURNED, UNRELATED, Trial, made_case, run_couple, strangers, unrelated
from models.common import rasters
from models.pansharpening.benchmark.wald import Reduced
from models.pansharpening.pair_files import write_pair
from rsfusion_qgis.core.basics.errors import RsFusionError
from rsfusion_qgis.core.grid.degradation import degrade

MOTION = Motion(2.3, -1.7)


def texture(size: int, seed: int = 0, sigma: float = 1.5) -> np.ndarray:
    """Smooth noise, (1, size, size)."""
    noise = np.random.default_rng(seed).normal(size=(1, size, size))
    return 100 + 200 * ndimage.gaussian_filter(noise, (0, sigma, sigma))


def ramps(size: int) -> np.ndarray:
    """An image whose values are the places themselves: (col, row) of each pixel's centre, (2, size, size)."""
    rows, cols = np.mgrid[:size, :size] + 0.5
    return np.stack([cols, rows])


def read_places(case: Case) -> Measured:
    """A method that makes no error on `ramps`: it reads where the secondary's middle comes from, and looks it up."""
    places = ramps(case.reference.shape[1]).reshape(2, -1)
    known = case.reference.reshape(2, -1)
    to_place, *_ = np.linalg.lstsq(np.vstack([known, np.ones(known.shape[1])]).T, places.T, rcond=None)
    here = case.secondary.reshape(2, -1).mean(1)
    col, row = np.array([*here, 1.0]) @ to_place
    return Measured(float(col) - case.centre[0], float(row) - case.centre[1])


PERFECT = Method("perfect", PEER, read_places)


# --- motions ----------------------------------------------------------------------------------------------


def test_drawn_motions_stay_within_their_bounds_and_repeat() -> None:
    first, again = ([*draw(np.random.default_rng(3), 200, True)] for _ in range(2))
    assert first == again
    lengths = np.abs([[m.cols, m.rows] for m in first])
    assert lengths.min() >= SHORTEST_PX and lengths.max() <= LONGEST_PX
    assert (lengths < 1).mean() > 0.3, "small shifts are as many as large ones"
    assert max(abs(m.rotation_deg) for m in first) <= 0.5 and max(abs(m.scale - 1) for m in first) <= 0.005


@pytest.mark.parametrize("motion", [MOTION, Motion(-8, 8, 0.5, 0.995), Motion(8, 8, -0.5, 1.005)])
def test_a_moved_ramp_says_where_each_pixel_comes_from(motion: Motion) -> None:
    size, margin = 120, margin_px(120, 1)
    got = moved(ramps(size), motion, 3)
    for row, col in ((margin, margin), (60, 71), (size - margin - 1, margin)):
        want = motion.of((col + 0.5, row + 0.5), (size / 2, size / 2))
        np.testing.assert_allclose(got[:, row, col], want, atol=1e-3)


@pytest.mark.parametrize("motion", [MOTION, Motion(3.1, 0.4, 0.5, 1.005)])
def test_backwards_undoes_forwards(motion: Motion) -> None:
    image = texture(160)
    back = moved(moved(image, motion, 5), motion, 5, backwards=True)[:, 20:-20, 20:-20]
    assert np.abs(back - image[:, 20:-20, 20:-20]).max() < 0.02 * np.ptp(image)


def test_invalid_pixels_move_along() -> None:
    image = texture(80)
    image[:, 30:40, 30:40] = np.nan
    got = moved(image, Motion(4.0, 0.0), 3)
    assert np.isnan(got[0, 30:40, 26:36]).all() and np.isfinite(got[0, :28]).all()


# --- errors -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reference_moved", [False, True])
@pytest.mark.parametrize("base", [(0.0, 0.0), (1.25, -0.5)])
def test_a_perfect_method_makes_no_error(reference_moved: bool, base: tuple[float, float]) -> None:
    size = 120
    place = np.random.default_rng(0).uniform(0, size, (40, 2))
    couple = Couple("ramp", SAR, "ramp", ramps(size), ramps(size) + np.reshape(base, (2, 1, 1)))
    couple = replace(couple, reference_moved=reference_moved, truth=fitted(place, np.tile(base, (40, 1))))
    trials = run_couple(couple, [PERFECT], 4, seed=1)
    assert {t.kind for t in trials} == {BASE, SHIFTED, TURNED}
    for trial in trials:
        errors = [e for e in (trial.error_px, trial.truth_error_px) if not math.isnan(e)]
        assert errors and max(errors) < 1e-3, trial


def test_the_same_seed_gives_the_same_trials() -> None:
    couple = Couple("noise", PAN_PAN, "noise", texture(100), texture(100), exact=True)
    first, again = (run_couple(couple, [mutual_information()], 2, seed=5) for _ in range(2))
    assert [(t.put_in, t.cols, t.error_px) for t in first] == [(t.put_in, t.cols, t.error_px) for t in again]


def test_a_method_that_fails_counts_as_a_miss() -> None:
    def refuse(case: Case) -> Measured:
        raise RsFusionError("cannot")

    couple = Couple("ramp", SAR, "ramp", ramps(100), ramps(100))
    trials = run_couple(couple, [PERFECT, Method("broken", PEER, refuse)], 3, seed=0)
    rows = {row.method: row for row in figures.statistics(trials, SAR, SHIFTED, figures.self_error, "itself")}
    assert (rows["broken"].failed, rows["broken"].below_one, rows["broken"].median) == (3, 0.0, math.inf)
    assert (rows["perfect"].failed, rows["perfect"].below_half) == (0, 1.0)
    assert number(math.inf) == "∞"


def test_a_made_pair_has_noise_of_its_own_in_either_image() -> None:
    couple = Couple("noise", PAN_PAN, "noise", texture(100), texture(100), exact=True)
    case = made_case(couple, Motion(), np.random.default_rng(0))
    assert np.corrcoef(case.reference.ravel(), case.secondary.ravel())[0, 1] > 0.99
    assert not np.allclose(case.secondary, 1.3 * case.reference + 10)


# --- signs ------------------------------------------------------------------------------------------------


METHODS = [ours(), *peer_methods()[0]]
with_each_method = pytest.mark.parametrize("method", METHODS, ids=[method.name for method in METHODS])


@with_each_method
@pytest.mark.parametrize("motion", [MOTION, Motion(2.3, -1.7, 0.3, 1.003)])
def test_all_methods_agree_on_the_sign(method: Method, motion: Motion) -> None:
    image = texture(288)
    case = Case(image[:, 16:-16, 16:-16], moved(image, motion, 5)[:, 16:-16, 16:-16], turned=motion.scale != 1)
    found = method.find(case)
    assert math.hypot(found.cols - motion.cols, found.rows - motion.rows) < 0.6


@with_each_method
def test_all_methods_agree_on_the_unit_across_resolutions(method: Method) -> None:
    image, motion = texture(832, sigma=6.0), Motion(7.2, -5.2)
    coarse = degrade(image, 4, [0.3])[:, 8:-8, 8:-8]
    found = method.find(Case(moved(image, motion, 5, backwards=True)[:, 32:-32, 32:-32], coarse, 4))
    assert math.hypot(found.cols - motion.cols, found.rows - motion.rows) < 2.4


@pytest.mark.skipif(not Arosics.installed(), reason="AROSICS is not installed; .ci/peers does it")
def test_the_sign_of_arosics() -> None:
    """A whole shift, which it finds on this image; fractions it misses on smooth noise."""
    image, motion = texture(288), Motion(5.0, -6.0)
    case = Case(image[:, 16:-16, 16:-16], moved(image, motion, 5)[:, 16:-16, 16:-16])
    with Arosics() as arosics:
        found = arosics.methods(local=False)[0].find(case)
    np.testing.assert_allclose((found.cols, found.rows), (5, -6), atol=0.2)


def test_the_shifted_fusion_pair_lies_where_the_protocol_says() -> None:
    """Undoing it means to move the MS the other way: the pan lies SHIFT off the MS."""
    fine = np.concatenate([texture(480, seed, 2.0) for seed in (1, 2)])
    pair = Reduced(degrade(fine, 4, [0.3, 0.3]), fine.mean(0, keepdims=True), fine)
    found = find_ours(Case(pair.pan, shifted(pair, 4, [0.3, 0.3]).ms, 4))
    np.testing.assert_allclose((found.cols, found.rows), (-SHIFT[0], -SHIFT[1]), atol=0.1)


def test_the_turned_fusion_pair_lies_where_the_protocol_says() -> None:
    fine = np.concatenate([texture(640, seed, 2.0) for seed in (1, 2)])
    pair = Reduced(degrade(fine, 4, [0.3, 0.3]), fine.mean(0, keepdims=True), fine)
    found = find_ours(Case(pair.pan, turned(pair, 4, [0.3, 0.3]).ms, 4))
    assert found.rotation_deg == pytest.approx(TURN_DEG, abs=0.03)
    assert found.scale == pytest.approx(1 + STRETCH, abs=5e-4)


# --- control points and unrelated pairs -------------------------------------------------------------------


def test_bad_control_points_hardly_count() -> None:
    rng = np.random.default_rng(2)
    places = rng.uniform(0, 600, (100, 2))
    steps = np.array([1.0, -2.0]) + places @ np.array([[0.002, 0.001], [-0.001, 0.003]])
    wrong = steps + rng.normal(0, 0.2, steps.shape)
    wrong[:15] += 20
    np.testing.assert_allclose(fitted(places, wrong).at((300, 300)), (1.3, -0.8), atol=0.1)


def test_a_window_of_control_points_says_the_same_at_the_same_place() -> None:
    places = np.random.default_rng(2).uniform(0, 600, (200, 2))
    points = fitted(places, places * 0.01)
    for least in (points, fitted(places[:5], places[:5] * 0.01)):  # enough for a fit of its own, and too few
        window = least.inside((100, 200), 300).cropped(20, (260, 260))
        np.testing.assert_allclose(window.at((50, 60)), least.at((170, 280)), atol=1e-6)


@pytest.mark.parametrize(("folder", "step"), [("visible_sar_1", 3.0), ("visible_lidar_intensity_1", -3.0)])
def test_the_pair_whose_columns_are_swapped_is_read_the_other_way(tmp_path: Path, folder: str, step: float) -> None:
    path = write_points(tmp_path / folder, 3.0)
    np.testing.assert_allclose(read_control_points(path).at((50, 50)), (step, 0.0), atol=1e-6)


def test_unrelated_pairs_are_of_different_places_and_one_ratio() -> None:
    couples = [Couple(str(i), PAN_MS, str(i // 2), texture(64), texture(64), 1 + i % 2) for i in range(8)]
    pairs = [*strangers(couples, {PAN_MS: 50}, seed=0)]
    assert pairs and all(a.place != b.place and a.ratio == b.ratio for a, b in pairs)
    assert len(pairs) == len({(a.name, b.name) for a, b in pairs})


def test_unrelated_images_get_a_low_confidence() -> None:
    couples = [Couple(str(i), SAR, str(i), texture(200 + 20 * i, i), texture(200 + 20 * i, i)) for i in range(2)]
    trial = unrelated((couples[0], couples[1]), 0, ours(), 0)
    assert trial.kind == UNRELATED and trial.confidence < 0.5


def test_goals_say_what_was_not_measured() -> None:
    trial = Trial(PAN_PAN, "a", SHIFTED, 0, "ours", (1, 1, 0, 1), error_px=0.01, confidence=0.95)
    found = {goal.text: goal for goal in figures.goals([trial], [])}
    assert found["pan-pan: median at most 0.03 px"].met
    fusion = next(goal for text, goal in found.items() if text.startswith("fusion"))
    assert math.isnan(fusion.measured) and not fusion.met


# --- the whole --------------------------------------------------------------------------------------------


def write_points(folder: Path, step: float) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    places = np.random.default_rng(0).uniform(10, 150, (30, 2))
    with (folder / "control_points.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["x_reference", "y_reference", "x_sensed", "y_sensed"])
        writer.writerows([[x + step, y, x, y] for x, y in places])
    return folder / "control_points.csv"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the same layout as the real one: one pan + MS pair, two Sentinel patches, one pair with points."""
    root = tmp_path_factory.mktemp("data")
    frame = rasters.Frame("", (0, 1, 0, 0, 0, 1))
    for name in ("pan_ms/one", "s1s2_cloud", "registration/visible_sar_1"):
        (root / name).mkdir(parents=True)
    fine = np.concatenate([texture(256, seed) for seed in (1, 2, 3)])
    write_pair(root / "pan_ms" / "one", degrade(fine, 4, [0.3] * 3), fine.mean(0, keepdims=True), 4)
    for number_ in range(2):
        optical = np.concatenate([texture(160, number_)] * 13)
        rasters.write_raster(root / "s1s2_cloud" / f"p{number_}_s2_clear.tif", optical, frame, data_type="Float32")
        rasters.write_raster(root / "s1s2_cloud" / f"p{number_}_s1.tif", -optical[:2], frame, data_type="Float32")
    image, folder = texture(160, 9), root / "registration" / "visible_sar_1"
    write_points(folder, 0.0)
    for name in ("reference", "sensed"):
        rasters.write_raster(folder / f"{name}.tif", image, frame, data_type="Float32")
    return root


def test_pairs_are_found_by_group(data: Path) -> None:
    groups = [couple.group for couple in find_couples(data)]
    assert groups == [PAN_PAN, PAN_MS_MADE, PAN_MS, SAR_SEEN, SAR, SAR]


def test_quick_run_writes_three_files(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "bench"
    code = coregistration.main(["--data", str(data), "--out", str(out), "--quick", "--workers", "1", "--no-fusion"])
    assert code == 0, capsys.readouterr().err
    text = (out / "coregistration.md").read_text(encoding="utf-8")
    assert text.strip() == capsys.readouterr().out.strip()
    for heading in ("## Goals", "## pan-pan: shift, against the truth", "control points", "## End to end"):
        assert heading in text
    with (out / "coregistration.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    mine = [float(row["error_px"]) for row in rows if row["method"] == "ours" and row["kind"] == SHIFTED]
    assert len(mine) == 6 and max(mine) < 0.5
    assert {row["kind"] for row in rows} >= {BASE, SHIFTED, TURNED, "aligned", UNRELATED}
    figures_ = json.loads((out / "coregistration.json").read_text(encoding="utf-8"))
    assert figures_["groups"] and figures_["offsets"]


def test_an_empty_folder_is_refused_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coregistration.main(["--data", str(tmp_path)]) == 1
    assert "--data" in capsys.readouterr().err
