"""Training of cloud removal: folds, clouds put on, true masks, examples, losses, calibration, export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnxruntime")

from models.cloud_removal import examples as examples_module  # noqa: E402
from models.cloud_removal import variation  # noqa: E402
from models.cloud_removal.calibration import Calibrated, Errors, SigmaScale, fitted_scale  # noqa: E402
from models.cloud_removal.clouds import Weather, drawn_weather, fractal, put_clouds  # noqa: E402
from models.cloud_removal.examples import Examples  # noqa: E402
from models.cloud_removal.fitting import Run, Settings, batch_of, trained, typical_ground  # noqa: E402
from models.cloud_removal.losses import Truth, Weights, loss_of, mean_over  # noqa: E402
from models.cloud_removal.masks import reference_mask  # noqa: E402
from models.cloud_removal.networks import MISSING, build  # noqa: E402
from models.cloud_removal.networks.base import Outcome  # noqa: E402
from models.cloud_removal.networks.ensemble import Ensemble  # noqa: E402
from models.cloud_removal.prediction import composed, restored  # noqa: E402
from models.cloud_removal.scenes import BANDS, extended, read_clear, read_triplets  # noqa: E402
from models.cloud_removal.split import CLEAR, FOLDS, GROUPS, SHIPPED, fold_of  # noqa: E402
from models.cloud_removal.writing import write_network  # noqa: E402
from models.common import checkpoints  # noqa: E402
from rsfusion_qgis.core.basics.errors import InputError  # noqa: E402
from rsfusion_qgis.core.networks.card_files import read_card  # noqa: E402
from tests.models.cloud_removal.made_scenes import CUMULUS, clear, ground, save, triplet  # noqa: E402

CIRRUS = Weather(0.9, 80, 3.8, 0.5, 0.6, 0.8, 0.0)
TINY = {"bands": 12, "classes": 4, "class_width": 6, "reaches": (1, 2), "widths": (6, 6, 6, 6), "dilations": (1,)}
SHORT = Settings(steps=4, sizes=(32, 64), batches=(2, 1), odds=(0.5, 0.5))


# Folds


def test_every_triplet_is_in_one_fold_and_every_group_as_well() -> None:
    names = [name for fold in FOLDS.values() for name in fold]
    assert len(names) == len(set(names)) == 16
    groups = [group for fold in GROUPS.values() for group in fold]
    assert len(groups) == len(set(groups))
    assert SHIPPED in FOLDS
    assert all(fold_of(name) == fold for fold, names in FOLDS.items() for name in names)
    assert not set(names) & set(CLEAR)


def test_patches_that_lie_side_by_side_are_in_one_fold() -> None:
    """Patches are numbered along their scene; 3968 and 4065 are another 97 apart, and of other regions to the eye."""
    numbers = sorted(int(name.split("_")[1]) for fold in FOLDS.values() for name in fold if name.startswith("patch_"))
    for first, second in zip(numbers, numbers[1:]):
        if second - first < 90:
            assert fold_of(f"patch_{first}") == fold_of(f"patch_{second}"), (first, second)


def test_unknown_triplets_are_refused() -> None:
    with pytest.raises(ValueError, match=r"patch_1.*split\.json"):
        fold_of("patch_1")


# Clouds


@pytest.mark.parametrize("weather", [CUMULUS, CIRRUS], ids=["cumulus", "cirrus"])
def test_pixels_outside_the_mask_hardly_change(weather: Weather) -> None:
    _, image, _ = ground(128, 3)
    made = put_clouds(image, np.random.default_rng(1), weather)
    change = np.abs(made.cloudy - image)
    assert 0.05 < made.mask.mean() < 1
    assert change[:, ~made.mask].max() < 0.08
    assert change[:, made.mask].mean() > 5 * change[:, ~made.mask].mean()


def test_haze_brightens_blue_most_and_cirrus_dims_the_short_wave_infrared_least_in_blue() -> None:
    image = np.full((12, 64, 64), 0.15, np.float32)
    change = (put_clouds(image, np.random.default_rng(2), CIRRUS).cloudy - image).mean((1, 2))
    blue, red, swir = (change[BANDS.index(name)] for name in ("B2", "B4", "B12"))
    assert blue > red > swir


def test_shadows_dim_the_infrared_most() -> None:
    image = np.full((12, 96, 96), 0.3, np.float32)
    image[:, :4] = 0.03  # water: what shines there is the air's light
    made = put_clouds(image, np.random.default_rng(4), CUMULUS)
    dark = made.cloudy[BANDS.index("B8A")] < 0.22
    dark[:4] = False
    assert dark.any() and made.mask[dark].all()
    kept = made.cloudy[:, dark].mean(1) / 0.3
    assert kept[BANDS.index("B2")] > kept[BANDS.index("B8A")] > kept[BANDS.index("B12")]


def test_fractals_are_smoother_with_a_larger_exponent() -> None:
    rough, smooth = (fractal((64, 64), 100.0, power, np.random.default_rng(5)) for power in (2.5, 4.0))
    assert abs(rough.mean()) < 1e-5 and abs(rough.std() - 1) < 1e-5
    assert np.abs(np.diff(rough)).mean() > 2 * np.abs(np.diff(smooth)).mean()


def test_all_kinds_of_weather_are_drawn() -> None:
    rng = np.random.default_rng(6)
    drawn = [drawn_weather(rng) for _ in range(60)]
    assert any(one.height_m == 0 and one.cover == 1 for one in drawn), "haze"
    assert any(one.height_m > 0 and one.cover < 0.6 for one in drawn), "cumulus with shadows"
    assert all(0 < one.cover <= 1 and one.thickness > 0 for one in drawn)


# Masks


def test_true_mask_is_found_from_both_images() -> None:
    one, mask = triplet("patch_1", seed=7)
    found = reference_mask(one)
    thick = np.abs(one.cloudy - one.clear).mean(0) > 0.05
    assert found[thick].mean() > 0.97
    assert mask[found].mean() > 0.75, "it is grown by three pixels"


def test_no_cloud_no_mask_even_after_a_change_of_light() -> None:
    one, _ = triplet("patch_1", seed=8)
    assert not reference_mask(replace(one, cloudy=one.clear)).any()
    assert reference_mask(replace(one, cloudy=1.05 * one.clear)).mean() < 0.02


# Scenes


def test_scenes_come_back_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "s1s2_cloud").mkdir()
    one, _ = triplet("patch_316", size=64, seed=9)
    save(tmp_path / "s1s2_cloud", one)
    found = read_triplets(tmp_path, ["patch_316"])[0]
    assert found.cloudy.shape == (12, 64, 64)
    assert np.abs(found.clear - one.clear).max() < 1e-4
    assert np.abs(found.sar - one.sar).max() < 1e-4
    assert found.cirrus is not None and found.cirrus.max() < 0.002


def test_missing_scenes_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--data.*patch_316_s2_cloudy\.tif"):
        read_triplets(tmp_path, ["patch_316"])
    with pytest.raises(InputError, match=r"--data.*s1s2_landcover"):
        read_clear(tmp_path, ["s1s2_landcover/tile"])


def test_small_scenes_are_mirrored() -> None:
    image = np.arange(12.0).reshape(1, 3, 4)
    made = extended(image, least=5)
    assert made.shape == (1, 5, 5)
    assert made[0, 3, 0] == image[0, 1, 0] and made[0, 0, 4] == image[0, 0, 2]


# Variations and examples


def test_variations_keep_what_is_missing_missing() -> None:
    rng = np.random.default_rng(10)
    _, image, sar = ground(64, 10)
    image[:, :8], sar[:, :8] = MISSING, MISSING
    for made in (*variation.varied_radiometry([image], rng), variation.varied_sar(sar, rng)):
        assert (made[:, :8] == MISSING).all()
        assert (made[:, 8:] > MISSING / 2).all()


def test_radiometry_changes_input_target_and_reference_alike() -> None:
    _, image, _ = ground(64, 11)
    first, second = variation.varied_radiometry([image, image], np.random.default_rng(1))
    assert np.array_equal(first, second) and not np.array_equal(first, image)


def test_another_day_is_alike_but_not_the_same() -> None:
    _, image, _ = ground(64, 12)
    made = variation.another_day(image, np.random.default_rng(2))
    assert 0.005 < np.abs(made - image).mean() < 0.15
    assert np.corrcoef(made.ravel(), image.ravel())[0, 1] > 0.6


@pytest.fixture(scope="module")
def scenes() -> tuple[list, list]:
    return [triplet(f"patch_{seed}", 64, seed)[0] for seed in (1, 2)], [clear("clear", 64), clear("dry", 64, 51, False)]


def test_examples_have_all_ways_and_all_absences(scenes: tuple[list, list]) -> None:
    drawing = Examples(*scenes, np.random.default_rng(3))
    drawn = [drawing.draw(32) for _ in range(60)]
    for one in drawn:
        assert one.optical.shape == one.clear.shape == one.target.shape == (12, 32, 32)
        assert one.sar.shape == (2, 32, 32) and one.mask.shape == one.known.shape == one.clouded.shape == (1, 32, 32)
        assert one.target.min() > -0.1 and one.optical.min() > -0.1
        assert one.mask.min() >= 0 and one.mask.max() <= 1
    for name in ("sar", "clear"):
        absent = [float((getattr(one, name)[0] < MISSING / 2).mean()) for one in drawn]
        assert 1.0 in absent and 0.0 in absent and any(0 < share < 1 for share in absent), name
    assert any(not one.known.all() for one in drawn), "same day"


def test_the_target_is_the_input_where_it_is_clear_and_of_the_same_day(
    scenes: tuple[list, list], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples_module, "ODDS", (0.0, 0.4, 0.3, 0.3))
    drawing = Examples(*scenes, np.random.default_rng(4))
    for _ in range(20):
        one = drawing.draw(32)
        beside = (~one.clouded & one.known)[0]
        if beside.any():
            assert np.abs(one.optical - one.target)[:, beside].mean() < 0.03


def test_examples_repeat(scenes: tuple[list, list]) -> None:
    first, second = (Examples(*scenes, np.random.default_rng(5)) for _ in range(2))
    for _ in range(4):
        for x, y in zip(vars(first.draw(32)).values(), vars(second.draw(32)).values()):
            assert np.array_equal(x, y)


# Losses


def truth(rows: int = 8) -> Truth:
    torch.manual_seed(0)
    target, mask = 0.1 + 0.3 * torch.rand(2, 12, rows, rows), torch.zeros(2, 1, rows, rows)
    mask[..., : rows // 2] = 1
    optical = torch.where(mask > 0, torch.ones_like(target), target)
    return Truth(optical, target, torch.ones_like(mask), mask, mask)


def test_loss_is_least_at_the_target() -> None:
    wanted, sigma = truth(), torch.full((2, 12, 8, 8), 0.05)
    best = loss_of(Outcome(wanted.target, sigma), wanted)
    for change in (0.02, -0.02):
        assert loss_of(Outcome(wanted.target + change, sigma), wanted) > best


def test_loss_asks_for_the_stated_error() -> None:
    wanted = truth()
    off = wanted.target + 0.03
    losses = [float(loss_of(Outcome(off, torch.full_like(off, sigma)), wanted)) for sigma in (0.004, 0.0424, 0.4)]
    assert losses[1] < losses[0] and losses[1] < losses[2]


def test_unknown_targets_do_not_count() -> None:
    wanted = truth()
    known = replace(wanted, known=torch.zeros_like(wanted.known))
    weights = Weights(unchanged=0.0)
    sigma = torch.full_like(wanted.target, 0.05)
    assert float(loss_of(Outcome(wanted.target + 0.5, sigma), known, weights)) == 0


def test_small_clouds_count_as_much_as_large_ones() -> None:
    weight = torch.zeros(2, 1, 4, 4)
    weight[0], weight[1, 0, 0, 0] = 1, 1
    values = torch.stack([torch.full((3, 4, 4), 1.0), torch.full((3, 4, 4), 3.0)])
    assert float(mean_over(values, weight)) == pytest.approx(2.0, abs=1e-4)


# Training


def test_training_goes_on_where_it_was_interrupted(scenes: tuple[list, list], tmp_path: Path) -> None:
    whole = Run(*scenes, SHORT).go(tmp_path / "whole.pt")
    first = Run(*scenes, SHORT)
    for _ in range(2):
        first.step()
    checkpoints.write(tmp_path / "part.pt", first.state())
    resumed = Run(*scenes, SHORT).go(tmp_path / "part.pt")
    for x, y in zip(whole.parameters(), resumed.parameters()):
        assert torch.equal(x, y)
    again = trained(checkpoints.read(tmp_path / "whole.pt"))
    assert all(torch.equal(x, y) for x, y in zip(again.parameters(), whole.parameters()))
    with pytest.raises(ValueError, match="delete it to begin anew"):
        Run(*scenes, replace(SHORT, rate=1.0)).go(tmp_path / "part.pt")


@pytest.mark.parametrize("architecture", ["gated_fusion", "dsen2cr"])
def test_a_step_changes_every_weight(scenes: tuple[list, list], architecture: str) -> None:
    run = Run(*scenes, replace(SHORT, architecture=architecture))
    for _ in range(3):
        run.step()
    drawn = [run.examples.draw(32) for _ in range(6)]
    inputs, wanted = batch_of(drawn)
    run.optimiser.zero_grad()
    loss_of(run.network.outcome(*inputs), wanted).backward()
    for name, weight in run.network.named_parameters():
        assert weight.grad is not None and torch.isfinite(weight.grad).all() and weight.grad.any(), name


def test_typical_ground_is_that_of_the_scenes() -> None:
    spectra, decibels = typical_ground([clear("x", 64, 13), clear("without sar", 64, 14, False)], seed=1, count=4)
    order = np.argsort(decibels[:, 0])
    assert decibels[order[0], 0] < -15 < -9 < decibels[order[-1], 0], "lake and town"
    assert spectra[order[0], BANDS.index("B8A")] < 0.1 < 0.2 < spectra[order[-1], BANDS.index("B8A")]
    assert spectra.shape[1] == 12


def test_groups_of_scenes_are_drawn_equally_often() -> None:
    names = ["patch_4065", "patch_4287", "patch_4294", "patch_2729"]
    drawing = Examples([triplet(name, 32, 1)[0] for name in names], [], np.random.default_rng(6))
    drawn = [drawing._fairly(names) for _ in range(200)]
    assert 70 < drawn.count(3) < 130


# Prediction, calibration, export


def tiny(seed: int = 3) -> torch.nn.Module:
    torch.manual_seed(seed)
    network = build("gated_fusion", TINY)
    for parameter in network.parameters():
        if parameter.ndim == 4 and parameter.abs().max() < 0.02:
            torch.nn.init.normal_(parameter, 0, 0.05)
    return network.eval()


def test_prediction_bears_any_size_and_absent_inputs() -> None:
    _, optical, sar = ground(64, 14)
    optical, sar, mask = optical[:, :43, :50], sar[:, :43, :50].copy(), np.zeros((43, 50), bool)
    sar[:, :10] = np.nan
    for given in (sar, None):
        image, sigma = restored(tiny(), optical, mask, given)
        assert image.shape == sigma.shape == optical.shape
        assert np.isfinite(image).all() and sigma.min() > 0


def test_clear_pixels_stay_exactly_as_they_are() -> None:
    _, optical, _ = ground(32, 15)
    mask = np.zeros((32, 32), bool)
    mask[:16] = True
    made = composed(optical, np.zeros_like(optical), mask)
    assert np.array_equal(made[:, 16:], optical[:, 16:]) and not made[:, :16].any()


@pytest.mark.parametrize(("factor", "power"), [(1.0, 1.0), (2.5, 1.0), (0.4, 0.5)])
def test_calibration_finds_what_was_done_to_sigma(factor: float, power: float) -> None:
    draw = np.random.default_rng(16)
    true = np.exp(draw.normal(-3.5, 0.7, 40_000))
    error = np.abs(draw.normal(0, true))
    stated = (true / factor) ** (1 / power)
    scale = fitted_scale([Errors(error[:20_000], stated[:20_000]), Errors(error[20_000:], stated[20_000:])])
    assert scale.power == pytest.approx(power, abs=0.11)
    assert (error <= scale(stated)).mean() == pytest.approx(0.6827, abs=0.01)
    assert (error <= 2 * scale(stated)).mean() == pytest.approx(0.954, abs=0.02)


def test_scenes_count_alike_in_calibration() -> None:
    large, small = Errors(np.full(9000, 0.1), np.full(9000, 0.1)), Errors(np.full(10, 0.5), np.full(10, 0.1))
    assert fitted_scale([large, small])(np.array([0.1])) == pytest.approx(0.5)
    assert fitted_scale([]) == SigmaScale()


@pytest.mark.parametrize("members", [1, 2])
def test_exported_network_is_the_trained_one(tmp_path: Path, members: int) -> None:
    facts = {"name": "clouds test", "quality": (("MAE", 0.03),)}
    network = tiny() if members == 1 else Ensemble([tiny(), tiny(4)])
    card = write_network(Calibrated(network, SigmaScale(1.3, 0.8)), tmp_path / "clouds.onnx", facts)
    assert read_card(tmp_path / "clouds.onnx").quality == (("MAE", 0.03),)
    assert card.task == "cloud_removal" and card.multiple_of == 8
    assert [spec.role for spec in card.inputs if spec.required] == ["optical", "cloudmask"]
    assert (tmp_path / "clouds.json").is_file()
    assert len(card.input("optical").bands) == 12
