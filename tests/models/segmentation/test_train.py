"""Training on generated chips: split by events, calibration, and the file in the end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from models.segmentation import fitting, train
from models.segmentation.chips import EVENTS, FOLDS, Chip, group_of, read_chips
from models.segmentation.fitting import Settings
from models.segmentation.samples import BOTH, ONE, pixels_of, read_pixels
from models.segmentation.scores import GROUPS, fused_score, nested, score
from models.segmentation.votes import Votes, calibrate
from rsfusion_qgis.core.basics.errors import InputError
from tests.rasters import write_raster
from tests.tasks.segmentation.scenes import flood


def write_chips(folder: Path) -> None:
    """Two chips for each group of OMBRIA, as that stretches them, and one of Sen1Floods11."""
    (folder / "ombria" / "train").mkdir(parents=True)
    for ranges in EVENTS["ombria"].values():
        for number in ranges[0]:
            made = flood(64, 64, seed=number)
            stem = folder / "ombria" / "train" / f"{number:04d}"
            sar = np.concatenate([made.images["sar_before"], made.images["sar"]])
            optical = np.concatenate([made.images["optical_before"], made.images["optical"]])
            write_raster(f"{stem}_s1.tif", np.clip((sar + 30) * 8, 1, 254), None, None, "Byte")
            write_raster(f"{stem}_s2.tif", np.clip(optical / 10000 * 255, 1, 254), None, None, "Byte")
            write_raster(f"{stem}_mask.tif", made.flood[None].astype(int), None, None, "Byte")
    (folder / "sen1floods11").mkdir()
    made = flood(64, 64, seed=999)
    bands = np.ones((13, 64, 64)) * 1000
    bands[[11, 7, 2]] = made.images["optical"]
    water = (made.flood | made.river)[None].astype(int)
    write_raster(folder / "sen1floods11" / "x_label.tif", water, None, None, "Byte")
    write_raster(folder / "sen1floods11" / "x_s1.tif", made.images["sar"].repeat(2, 0), None, None, "Float32")
    write_raster(folder / "sen1floods11" / "x_s2.tif", bands, None, None)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("chips")
    write_chips(folder)
    return folder


def test_every_group_is_in_one_fold() -> None:
    assert sorted(GROUPS) == sorted(EVENTS["ombria"])
    assert len(GROUPS) == len(set(GROUPS))
    assert group_of(320) == "desert"
    with pytest.raises(InputError, match="in no group of events"):
        group_of(9999)


def test_chips_are_read_with_their_dates(data: Path) -> None:
    chips = read_chips(data)
    assert len(chips) == 2 * len(GROUPS) + 1
    assert set(chips[0].images) == {"sar", "sar_before", "optical", "optical_before"}
    assert set(chips[-1].images) == {"sar", "optical"}
    assert chips[0].always.any()  # the river
    assert not (chips[0].always & (chips[0].label == 1)).any()
    with pytest.raises(InputError, match="holds no chips"):
        read_chips(data / "ombria" / "train")


def test_trained_members_find_the_flood_and_become_a_file(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(fitting, "BATCH", 256)
    common = ["--data", str(data), "--out", str(tmp_path), "--seeds", "1"]
    assert train.main([*common, "--steps", "60"]) == 0
    assert train.main([*common, "--export", str(tmp_path / "zoo" / "water_test.onnx")]) == 0
    told = capsys.readouterr().out
    value = float(told.split("IoU of water, SAR and optical, both dates: ")[1].split()[0])
    assert value > 0.8
    assert (tmp_path / "zoo" / "water_test.json").is_file()


def test_export_without_training_says_what_is_missing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert train.main(["--data", str(data), "--out", str(tmp_path), "--export", str(tmp_path / "a.onnx")]) == 1
    assert "train all folds and seeds first" in capsys.readouterr().err


def test_going_on_gives_the_same_network(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "BATCH", 64)
    pixels = read_pixels(data, tmp_path / "pixels.pt")
    settings = Settings("single_sensor", {"sensor": "sar"}, steps=12)
    whole = fitting.train(pixels, settings, tmp_path / "whole.pt")

    class Stop(Exception):
        pass

    def stop(*_: object) -> None:
        raise Stop

    monkeypatch.setattr(fitting, "SAVED_EVERY_S", -1.0)
    monkeypatch.setattr(fitting, "cosine_rate", _stopping(fitting.cosine_rate, 7, stop))
    with pytest.raises(Stop):
        fitting.train(pixels, settings, tmp_path / "part.pt")
    monkeypatch.undo()
    monkeypatch.setattr(fitting, "BATCH", 64)
    again = fitting.train(pixels, settings, tmp_path / "part.pt")
    for one, other in zip(whole.state_dict().values(), again.state_dict().values()):
        torch.testing.assert_close(one, other)


def _stopping(rate: object, after: int, stop: object) -> object:
    calls = []

    def limited(*told: float) -> float:
        calls.append(told)
        if len(calls) > after:
            stop()
        return rate(*told)

    return limited


# Calibration and scores


def chip_votes(group: str, fold: str, seed: int, quality: tuple[float, float]) -> Votes:
    """Votes that tell the truth with so much signal: optical, SAR."""
    made = flood(64, 64, seed)
    images = {"sar": made.images["sar"], "optical": made.images["optical"]}
    one = pixels_of(Chip("c", group, images, {}, made.flood.astype(np.uint8), np.zeros((64, 64), bool)))
    draw, sign = np.random.default_rng(seed), np.where(one.water, 1.0, -1.0)
    logits = {(sensor, state): (sign * q + draw.normal(0, 1, sign.shape)).astype(np.float32)
              for sensor, q in zip(("optical", "sar"), quality) for state in (ONE, BOTH)}  # fmt: skip
    return Votes(one, fold, logits)


def test_the_weight_makes_logits_as_sure_as_they_are_right() -> None:
    votes = [chip_votes(group, fold, seed, (2.0, 2.0)) for seed, (fold, groups) in enumerate(FOLDS.items())
             for group in groups]  # fmt: skip
    table = calibrate(votes)
    assert table[BOTH][0] == [pytest.approx(4.0, rel=0.35), 0.0, 0.0]  # logits ± 2 with noise of 1 say too little
    for one in votes:
        one.logits = {key: 10 * value for key, value in one.logits.items()}
    assert calibrate(votes)[BOTH][BOTH][0] == pytest.approx(table[BOTH][BOTH][0] / 10, rel=0.1)


def test_the_calibration_of_a_fold_has_not_seen_it() -> None:
    votes = [chip_votes(group, fold, seed, (1.0, 1.0)) for seed, (fold, groups) in enumerate(FOLDS.items())
             for group in groups]  # fmt: skip
    before = nested(votes)["a"]
    for one in votes:
        if one.fold == "a":
            one.logits = {key: -value for key, value in one.logits.items()}
    assert nested(votes)["a"] == before


def test_scores_are_means_over_groups() -> None:
    votes = [chip_votes(group, fold, seed, (9.0, 9.0)) for seed, (fold, groups) in enumerate(FOLDS.items())
             for group in groups]  # fmt: skip
    pixels = [one.pixels for one in votes]
    perfect = score(pixels, [one.water for one in pixels])
    assert (perfect.iou, perfect.mean_iou, perfect.f1) == (1.0, 1.0, 1.0)
    maps = [one.water if one.group != GROUPS[0] else ~one.water for one in pixels]
    assert score(pixels, maps).iou == pytest.approx(1 - 1 / len(GROUPS))
    assert fused_score(votes, nested(votes), BOTH, BOTH).iou > 0.99
