"""The cloud removal benchmark on generated triplets: rows, regions, verdicts, and what it says about short training."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from models.cloud_removal.benchmark import fold_networks as clouds_networks  # noqa: E402
from models.cloud_removal.benchmark import run as clouds  # noqa: E402
from models.cloud_removal.benchmark.methods import classical, filled_by_forest, filled_with_means  # noqa: E402
from models.cloud_removal.benchmark.report import counted, markdown, wins  # noqa: E402
from models.cloud_removal.benchmark.scores import better, calibration, paired_test, scores  # noqa: E402
from models.cloud_removal.fitting import Settings  # noqa: E402
from models.cloud_removal.masks import found_mask, reference_mask  # noqa: E402
from models.cloud_removal.prediction import averaged_with_scene  # noqa: E402
from models.cloud_removal.split import FOLDS  # noqa: E402
from rsfusion_qgis.core.measures.images.psnr import psnr  # noqa: E402
from rsfusion_qgis.core.measures.images.sam import sam  # noqa: E402
from rsfusion_qgis.core.measures.images.ssim import ssim  # noqa: E402
from tests.models.cloud_removal.made_scenes import clear, save, triplet  # noqa: E402


def test_scores_over_all_pixels_are_the_usual_ones() -> None:
    one, mask = triplet("patch_1", 64, 1)
    found = scores(one.cloudy, one.clear, mask)["all"]
    image = one.cloudy.clip(0, 1)
    assert found["mae"] == pytest.approx(np.abs(image - one.clear).mean(), rel=1e-5)
    assert found["psnr"] == pytest.approx(psnr(image, one.clear, 1.0), abs=1e-3)
    assert found["ssim"] == pytest.approx(ssim(image, one.clear, 1.0), abs=1e-5)
    assert found["sam"] == pytest.approx(sam(image, one.clear), abs=1e-4)


def test_regions_are_apart() -> None:
    one, mask = triplet("patch_1", 64, 2)
    perfect_beside = np.where(mask, one.cloudy, one.clear)
    found = scores(perfect_beside, one.clear, mask)
    assert found["clear"]["mae"] == 0
    share = mask.mean()
    assert found["all"]["mae"] == pytest.approx(share * found["cloudy"]["mae"], rel=1e-5)


def test_too_few_pixels_are_not_measured() -> None:
    one, _ = triplet("patch_1", 64, 3)
    found = scores(one.cloudy, one.clear, np.zeros((64, 64), bool))
    assert all(math.isnan(value) for value in found["cloudy"].values())
    assert calibration(one.cloudy, one.cloudy, one.clear, np.zeros((64, 64), bool)) is None


def test_rivals_fill_the_mask_only_and_help() -> None:
    one, mask = triplet("patch_1", 96, 4)
    made = classical(one, mask)
    for name in ("b", "c"):
        assert np.array_equal(made[name][:, ~mask], one.cloudy[:, ~mask])
    error = {name: scores(image, one.clear, mask)["cloudy"]["mae"] for name, image in made.items()}
    assert error["c"] < error["b"] < error["a"], "SAR tells the grounds apart, their mean does not"
    assert np.array_equal(filled_by_forest(one, mask), made["c"])


def test_rivals_leave_an_image_without_clear_pixels() -> None:
    one, _ = triplet("patch_1", 64, 5)
    everywhere = np.ones((64, 64), bool)
    for fill in (filled_with_means, filled_by_forest):
        assert np.array_equal(fill(one, everywhere), one.cloudy)
    assert np.array_equal(filled_by_forest(one, ~everywhere), one.cloudy)


def test_the_scene_and_an_estimate_meet_in_the_middle() -> None:
    one, mask = triplet("patch_1", 96, 4)
    poor = np.full_like(one.clear, 0.9)
    made = averaged_with_scene(poor, one.cloudy, mask, one.sar)
    assert np.array_equal(made[:, ~mask], poor[:, ~mask])
    forest = 2 * made - poor
    ours, means = (scores(x, one.clear, mask)["cloudy"]["mae"] for x in (forest, filled_with_means(one, mask)))
    assert ours < 0.5 * means
    assert averaged_with_scene(poor, one.cloudy, np.ones_like(mask), one.sar) is poor


def test_calibration_of_a_perfect_sigma() -> None:
    draw = np.random.default_rng(6)
    sigma = np.exp(draw.normal(-3.5, 0.5, (12, 64, 64)))
    found = calibration(draw.normal(0, sigma), sigma, np.zeros_like(sigma), np.ones((64, 64), bool))
    assert found.within_one == pytest.approx(0.683, abs=0.01)
    assert found.within_two == pytest.approx(0.954, abs=0.01)
    assert 0.2 < found.correlation < 1


def test_better_and_paired_test() -> None:
    assert better(1, 2, "mae") and better(2, 1, "psnr")
    assert not better(math.nan, 1, "mae") and not better(1, math.nan, "ssim")
    assert paired_test([1.0, 2.0], [1.0, 2.0]) == 1.0
    assert paired_test(list(np.arange(10.0)), list(np.arange(10.0) + 0.5)) < 0.01


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One triplet for each fold."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "s1s2_cloud").mkdir()
    for seed, names in enumerate(FOLDS.values()):
        save(folder / "s1s2_cloud", triplet(names[0], 64, seed)[0])
    return folder


class Quick:
    """Settings of tiny pieces."""

    steps = 2

    def __new__(cls, steps: int) -> Settings:
        return Settings(steps=steps, sizes=(32,), batches=(2,), odds=(1.0,))


@pytest.fixture(scope="module")
def quick(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Folder of results and the report of a run with networks of two steps."""
    out = tmp_path_factory.mktemp("out")
    patch = pytest.MonkeyPatch()
    patch.setattr(clouds, "Settings", Quick)
    patch.setattr(clouds, "read_clear", lambda folder: [clear("generated", 64)])
    patch.setattr(clouds_networks, "SHORT_STEPS", 2)
    options = ["--data", str(data), "--out", str(out), "--networks", str(out / "none")]
    try:
        assert clouds.main(options) == 0
    finally:
        patch.undo()
    return out, (out / "clouds.md").read_text(encoding="utf-8")


def test_report_has_all_rows_and_says_that_training_was_short(quick: tuple[Path, str]) -> None:
    _, text = quick
    assert all(f"({method}) " in text for method in "abcdef")
    assert text.count("trained shortly") == len(FOLDS)
    assert all(names[0] in text for names in FOLDS.values())
    assert "signed-rank" in text and "UnCRtainTS" in text and "within 1 sigma" in text
    assert "nan" not in text.split("## Verdict")[1]


def test_every_number_is_in_the_json_file(quick: tuple[Path, str]) -> None:
    rows = json.loads((quick[0] / "clouds.json").read_text(encoding="utf-8"))
    assert [row["fold"] for row in rows] == list(FOLDS)
    assert set(rows[0]["scores"]) == set("abcdef")
    assert set(rows[0]["scores"]["f"]) == {"all", "cloudy", "clear"}
    assert rows[0]["calibrations"]["f"]["pixels"] > 0


def test_verdict_counts_what_the_rows_hold(data: Path) -> None:
    one = triplet("patch_1", 64, 9)[0]
    truth, cloudy = one.clear, reference_mask(one)
    images = {"a": one.cloudy, "b": one.cloudy, "c": truth + 0.02, "d": truth + 0.02, "e": truth * 1.001,
              "f": truth * 1.001}
    measured = {name: scores(image, truth, cloudy) for name, image in images.items()}
    sigma = 0.01 + 0.1 * truth
    stated = {name: calibration(images[name], sigma, truth, cloudy) for name in "def"}
    rows = [clouds.Row(f"patch_{n}", "a", 0.3, 0.3, measured, stated) for n in range(3)]
    assert wins(rows, "a", ("mae", "sam")) == 3 and len(counted(rows, "cloudy")) == 3
    assert "on 3 of 3** (reaches the goal of 80%)" in markdown(rows, {})
    assert found_mask(one).shape == cloudy.shape


def test_full_training_is_kept_and_used(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = {"sizes": (32,), "batches": (1,), "odds": (1.0,)}
    ground = [triplet("patch_316", 64, 1)[0]], [clear("generated", 64)]
    made = clouds_networks.fold_network("a", *ground, tmp_path, Settings(steps=2, **small), fully=True)
    assert made.steps == 2 and sorted(path.name for path in tmp_path.glob("*")) == ["a_1.pt", "a_2.pt"]
    again = clouds_networks.fold_network("a", [], [], tmp_path, Settings(steps=2, **small), fully=False)
    assert all(torch.equal(x, y) for x, y in zip(made.network.parameters(), again.network.parameters()))


def test_a_folder_without_triplets_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert clouds.main(["--data", str(tmp_path)]) == 1
    assert "give the folder that holds them" in capsys.readouterr().err
