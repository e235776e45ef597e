"""Adaptation: the network comes back from its file, learns from a pair, and is left alone where that does not help."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from models.common.export import export_checkpoint
from models.common.rebuild import KEY, rebuilt
from models.pansharpening.adaptation import fitting as adaptation
from models.pansharpening.adaptation.data import AREA_PX, WHOLE_PX, Material, blur_matrix, places, read_material
from models.pansharpening.adaptation.losses import (
    BORDER_PX,
    CHIP_PX,
    chip_at,
    coarse_mask,
    cut,
    full_parts,
    fuse,
    local_correlation,
    made_consistent,
    wald_parts,
    window_means,
)
from models.pansharpening.adaptation.run import work
from models.pansharpening.adaptation.scores import Scores, scores
from models.pansharpening.classical import exp
from models.pansharpening.networks import build
from rsfusion_qgis.core.basics.errors import ModelError
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.grid.degradation import degrade, mtf_sigma
from rsfusion_qgis.core.measures.images.d_rho import d_rho
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.networks.card_files import read_card
from tests.core.alignment.checks.textures import moved, texture
from tests.models.pansharpening.made_scenes import write_textured_pair
from tests.onnx_files import save
from tests.rasters import PAN_PIXEL_M, grid_transform, write_raster

RATIO, GAIN = 2, 0.3
SMALL = {"trunk": 8, "band": 8}


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """PAN and MS of one scene, ratio 2."""
    return write_textured_pair(tmp_path_factory.mktemp("pair"), 192, RATIO, GAIN)


@pytest.fixture(scope="module")
def untrained(tmp_path_factory):
    """A small network that has learned nothing and only interpolates, as an exported file; it wants PAN matched."""
    torch.manual_seed(0)
    network = build("pan_basis_fusion", SMALL)
    torch.nn.init.zeros_(network.inject)
    torch.set_num_threads(1)  # two busy threads on two busy cores wait for each other
    return exported(network, tmp_path_factory.mktemp("model") / "untrained.onnx")


def exported(network, path):
    checkpoint = path.with_suffix(".pt")
    torch.save({"architecture": network.slug, "config": network.config, "state": network.state_dict()}, checkpoint)
    inputs = [
        {"name": "ms", "role": "ms", "bands": None, "scaling": "dataset"},
        {"name": "pan", "role": "pan", "bands": 1, "scaling": "dataset", "matched": True},
        {"name": "ratio", "role": "ratio"},
    ]
    export_checkpoint(checkpoint, path, {"license": "MIT", "training_data": ["nothing"], "inputs": inputs})
    return path


def job_of(pair, model, output, **more):
    """A job that ends after so many steps, however busy the machine is."""
    values = {"pan": pair[0], "ms": pair[1], "model": str(model), "output": str(output), "name": "mine"}
    values.update({"sensor": "generic", "gains": [GAIN], "pan_gain": 0.0, "minutes": 10, "seed": 1, "threads": 1})
    return {**values, "steps": 24, **more}


@pytest.fixture(scope="module")
def material(pair):
    return read_material(*pair, (GAIN,) * 3, 0.15)


NETWORKS = [path for path in shipped_networks() if path.name.startswith("pansharpening")]


@pytest.mark.parametrize("path", NETWORKS, ids=lambda path: path.stem)
def test_every_shipped_network_comes_back_from_its_file(path):
    network = rebuilt(path, read_card(path))  # refuses one that differs from the file
    assert sum(weight.numel() for weight in network.parameters()) == read_card(path).total_parameters


def test_a_network_that_does_not_say_how_to_build_it_is_refused(tmp_path):
    path = save(tmp_path / "other.onnx")
    with pytest.raises(ModelError, match=r"MODEL: 'other\.onnx' does not say how to build it again"):
        rebuilt(path, read_card(path))


def test_weights_that_are_not_those_of_the_file_are_noticed(untrained, tmp_path):
    model = onnx.load(str(untrained))
    entry = next(entry for entry in model.metadata_props if entry.key == KEY)
    noted = json.loads(entry.value)
    noted["weights"] = {name: (np.array(value) + 1).tolist() for name, value in noted["weights"].items()}
    entry.value = json.dumps(noted)
    path = tmp_path / "spoiled.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(ModelError, match="differs from the file by"):
        rebuilt(path, read_card(untrained))


def test_it_learns_and_writes_a_network_that_names_its_parent(pair, untrained, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(adaptation, "PEAK_RATE", 1e-2)  # the network has everything to learn, in seconds
    monkeypatch.setitem(adaptation.WEIGHTS, "distance", 0.0)
    output = tmp_path / "mine.onnx"
    result = work(job_of(pair, untrained, output))
    assert result["IMPROVED"] == 1
    assert result["ERGAS_AFTER"] < 0.97 * result["ERGAS_BEFORE"]
    assert result["STEPS"] == 24
    card = read_card(output)
    assert card.name == "mine" and card.input("pan").matched
    assert "untrained (SHA-256 " in card.description
    assert "adapted to pan.tif and ms.tif" in card.training_data
    assert str(tmp_path) not in json.dumps([card.description, *card.training_data])
    assert dict(card.quality)["ergas after, held-out blocks"] == pytest.approx(result["ERGAS_AFTER"], abs=1e-4)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    progress = [line["progress"] for line in lines if "progress" in line]
    assert progress == sorted(progress)
    assert progress[-1] == 1.0
    rebuilt(output, card)


def test_pan_is_made_as_sharp_as_the_parent_expects(pair, untrained, material, tmp_path):
    """At full resolution as the sensor says, one scale coarser as it was blurred there; or not at all."""
    equal = read_material(*pair, (GAIN,) * 3, 0.15, excess=0.14)
    levels = [(*area.reduced, area.full) for area in (material.areas[0], equal.areas[0])]
    shares = [float((sharp.pan**2).mean() / (plain.pan**2).mean()) for plain, sharp in zip(*levels)]
    assert shares[0] > 1.001 and shares[-1] > 1.001
    assert all((sharp.pan != plain.pan).any() and (sharp.ms == plain.ms).all() for plain, sharp in zip(*levels))
    card = read_card(untrained)
    spec = replace(card.input("pan"), matched=False)
    as_recorded = replace(card, inputs=tuple(spec if one.role == "pan" else one for one in card.inputs))
    assert rebuilt(untrained, card).matched_pan and not rebuilt(untrained, as_recorded).matched_pan


def test_where_it_does_not_help_the_parent_is_returned(pair, untrained, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(adaptation, "PEAK_RATE", 0.0)
    monkeypatch.setattr(adaptation, "mixtures", lambda network, material: [])
    output = tmp_path / "same.onnx"
    result = work(job_of(pair, untrained, output, steps=3))
    assert result["IMPROVED"] == 0
    assert result["ERGAS_AFTER"] == result["ERGAS_BEFORE"]
    assert output.read_bytes() == untrained.read_bytes()
    assert "did not get better on held-out blocks" in capsys.readouterr().out


def test_a_pair_too_small_to_be_reduced_gives_the_parent_back(tmp_path, untrained, capsys):
    image = texture(40)
    pan = write_raster(tmp_path / "pan.tif", image[None], grid_transform(PAN_PIXEL_M), dtype="Float32")
    coarse = np.stack([image[::2, ::2]] * 3)
    ms = write_raster(tmp_path / "ms.tif", coarse, grid_transform(PAN_PIXEL_M * 2), dtype="Float32")
    output = tmp_path / "out.onnx"
    result = work(job_of((pan, ms), untrained, output))
    assert output.read_bytes() == untrained.read_bytes()
    assert (result["IMPROVED"], result["STEPS"], result["ERGAS_AFTER"]) == (0, 0, -1.0)
    assert "too small to be made coarser" in capsys.readouterr().out


def test_held_out_blocks_are_never_learned_from(material):
    """Whatever stands in the held-out blocks and around them, the losses are the same."""
    area = material.areas[0]
    for level in (area.full, *area.reduced):
        held = np.zeros(level.shape, bool)
        for block in level.blocks:
            held[block] = True
        assert 0.2 < held.mean() < 0.3
        assert not (level.learned() & held).any()
        assert level.learned().mean() > 0.5
    level = area.reduced[0]
    spoiled = level.reference.copy()
    spoiled[:, ~level.learned()] = 99
    chip = chip_at(level, slice(0, 96), slice(0, 96), 4, level.learned())
    network = build("pan_basis_fusion", SMALL)
    with torch.no_grad():
        fused = fuse(network, chip, level)
        assert wald_parts(fused, chip, level) == wald_parts(fused, chip, replace(level, reference=spoiled))
        level = area.full
        chip = chip_at(level, slice(0, 128), slice(64, 192), 4, level.learned())
        fused = fuse(network, chip, level)
        moved = torch.where(chip.weight > 0, fused, fused + torch.rand_like(fused))
        lacking = [float(full_parts(image, chip, level, level.coarse_valid)[1]) for image in (fused, moved)]
    assert lacking[0] == pytest.approx(lacking[1], abs=1e-5)


def test_a_pair_is_read_as_it_lies(material):
    assert np.abs(material.shift).max() < 0.05
    assert material.areas[0].full.coarse.shape == (3, 96, 96)
    assert material.has_reduced


def test_ms_is_moved_onto_the_pan_as_in_a_run(tmp_path):
    """The pan stays as it was recorded, and the bands show the same there as those of a pair that is aligned."""
    scene, likeness = texture(192), []
    for name, shift in (("aligned", (0.0, 0.0)), ("shifted", (1.0, -0.6))):
        (tmp_path / name).mkdir()
        seen = moved(scene, *shift)
        pan = write_raster(tmp_path / name / "pan.tif", scene[None], grid_transform(PAN_PIXEL_M), dtype="Float32")
        coarse = degrade(np.stack([seen, 2 * seen, -seen]), RATIO, [GAIN] * 3)
        ms = write_raster(tmp_path / name / "ms.tif", coarse, grid_transform(PAN_PIXEL_M * RATIO), dtype="Float32")
        found = read_material(pan, ms, (GAIN,) * 3, 0.15)
        assert found.shift == pytest.approx(shift[::-1], abs=0.05)
        for level in (found.areas[0].full, found.areas[0].reduced[0]):
            likeness.append(np.corrcoef(level.ms[0].ravel(), level.pan[0].ravel())[0, 1])
        assert (found.areas[0].full.recorded_pan == found.areas[0].full.pan).all()
    assert likeness[2:] == pytest.approx(likeness[:2], abs=0.01)


def test_of_a_large_pair_areas_spread_over_it_are_read():
    assert places((900, WHOLE_PX)) == [(0.5, 0.5)]
    assert len(places((20000, 30000))) == 9
    assert places((AREA_PX, 9000)) == [(0.5, 0.0), (0.5, 0.5), (0.5, 1.0)]


@pytest.mark.parametrize("size", [WHOLE_PX + 1, 1663, 1664, 2495, 2496, 9000])
def test_areas_never_overlap_so_that_none_learns_from_what_another_holds_out(size):
    starts = sorted({int(row * (size - AREA_PX)) for row, _ in places((size, size))})
    assert all(second - first > AREA_PX for first, second in zip(starts, starts[1:]))


def test_where_little_is_valid_nothing_is_measured_instead_of_failing(material):
    """One valid pixel in the held-out block: no MS pixel, and no window of D_rho."""
    level = material.areas[0].full
    valid = level.learned()
    valid[level.blocks[0][0].start, level.blocks[0][1].start] = True
    poor = Material((replace(material.areas[0], full=replace(level, valid=valid)),), None)
    found = scores(build("pan_basis_fusion", SMALL).eval(), poor)
    assert np.isnan(found.d_lambda_k)
    assert np.isnan(found.d_rho)
    assert found.ergas > 0


def test_losses_of_the_truth_are_those_of_the_metrics(material):
    level = material.areas[0].reduced[0]
    chip = chip_at(level, slice(0, level.shape[0]), slice(0, level.shape[1]), 4, level.valid)
    perfect = torch.from_numpy(level.reference)[None]
    error, angle = wald_parts(perfect, chip, level)
    assert float(error) < 1e-4
    assert float(angle) < 1e-3
    error, _ = wald_parts(chip.ms, chip, level)
    stored = [image * level.ms_scale.scale + level.ms_scale.offset for image in (level.ms, level.reference)]
    assert 100 / RATIO * float(error) == pytest.approx(ergas(*stored, RATIO), rel=0.02)


def test_scores_are_those_of_the_metrics_on_the_held_out_block(material):
    """A network that interpolates: what it gives is known without running it."""
    network = build("pan_basis_fusion", SMALL).eval()
    torch.nn.init.zeros_(network.inject)
    level = material.areas[0].full
    rows, cols = level.blocks[0]
    image = level.ms[:, rows, cols].astype(np.float64) * level.ms_scale.scale + level.ms_scale.offset
    assert scores(network, material).d_rho == pytest.approx(d_rho(image, level.pan[:, rows, cols], RATIO), abs=1e-3)


def test_consistent_results_are_those_of_the_whole_image(material):
    """Two steps of what the metrics see and cubic interpolation, away from the image's edge."""
    level = material.areas[0].reduced[0]
    chip = chip_at(level, slice(0, level.shape[0]), slice(0, level.shape[1]), 4, level.valid)
    expected = chip.ms[0].numpy().astype(np.float64)
    for _ in range(2):
        lacking = level.coarse - degrade(expected, RATIO, level.gains)
        expected = expected + exp(lacking, expected[:1], RATIO, level.gains)
    found = made_consistent(chip.ms, chip, level)[0].numpy()
    assert np.abs(found - expected)[:, 16:-16, 16:-16].max() < 1e-3
    assert np.abs(chip.ms[0].numpy() - expected)[:, 16:-16, 16:-16].max() > 0.05


def test_what_is_measured_is_what_a_run_gives(material):
    """ERGAS of the held-out block is that of the consistent result, here of a network that interpolates."""
    network = build("pan_basis_fusion", SMALL).eval()
    torch.nn.init.zeros_(network.inject)
    level = material.areas[0].reduced[0]
    chip = chip_at(level, slice(0, level.shape[0]), slice(0, level.shape[1]), 4, level.valid)
    image, (rows, cols) = made_consistent(chip.ms, chip, level)[0].numpy(), level.blocks[0]
    stored = [part[:, rows, cols] * level.ms_scale.scale + level.ms_scale.offset for part in (image, level.reference)]
    assert scores(network, material).ergas == pytest.approx(ergas(*stored, RATIO), rel=0.02)


def test_a_chip_too_small_for_the_blur_is_left_as_it_is(material):
    level = material.areas[0].reduced[0]
    chip = chip_at(level, slice(40, 44), slice(40, 44), 4, level.valid)
    assert made_consistent(chip.ms, chip, level) is chip.ms


def test_where_a_chip_ends_and_the_image_goes_on_nothing_counts(material):
    """There the network sees little around."""
    level, everywhere = material.areas[0].full, np.ones(material.areas[0].full.shape, bool)
    rng = np.random.default_rng(0)
    for _ in range(20):
        chip = cut(level, CHIP_PX, 4, everywhere, rng)
        counts = chip.weight[0, 0].numpy() > 0
        for axis, part in enumerate((chip.rows, chip.cols)):
            lines = counts.any(1 - axis)
            assert lines[:BORDER_PX].all() == (part.start == 0)
            assert lines[-BORDER_PX:].all() == (part.stop == level.shape[axis])
            assert lines[BORDER_PX:-BORDER_PX].all()


def test_window_means_are_those_of_whole_windows():
    image = torch.rand(1, 2, 12, 9)
    assert torch.allclose(window_means(image, 4), torch.nn.functional.avg_pool2d(image, 4, 1), atol=1e-6)


def test_less_error_is_a_lower_score():
    parent = Scores(2.0, 3.0, 0.5, 0.1, 0.01, 0.3)
    assert parent.over(parent) == 0
    assert replace(parent, ergas=1.9).over(parent) < 0
    assert replace(parent, consistency=0.6).over(parent) > 0
    assert replace(parent, lacking=float("nan")).over(parent) == 0


def test_the_blur_of_the_full_level_is_that_of_the_metrics():
    image = texture(64)[None]
    matrix = blur_matrix(0, 16, 4, 0.0, mtf_sigma(GAIN, 4), 0, 64, 64)
    assert matrix @ image[0] @ matrix.T == pytest.approx(degrade(image, 4, [GAIN])[0], abs=1e-5)


def test_a_sharper_image_lacks_less_correlation(material):
    level = material.areas[0].full
    chip = chip_at(level, slice(0, 128), slice(0, 128), 4, level.valid)
    sharp = chip.ms + 0.5 * (chip.pan - torch.nn.functional.avg_pool2d(chip.pan, 5, 1, 2))
    keep = coarse_mask(level, level.valid)
    assert full_parts(sharp, chip, level, keep)[1] < full_parts(chip.ms, chip, level, keep)[1]


def test_local_correlation_of_a_gain_is_one():
    image = torch.rand(1, 2, 20, 20)
    assert float(local_correlation(3 * image + 1, image, 4).min()) > 0.999
    assert float(local_correlation(-image, image, 4).max()) < -0.999


def test_the_child_says_one_sentence_and_ends_with_1(tmp_path, pair):
    path = save(tmp_path / "other.onnx")
    (tmp_path / "job.json").write_text(json.dumps(job_of(pair, path, tmp_path / "out.onnx")), encoding="utf-8")
    command = [sys.executable, "-m", "models.pansharpening.adaptation", str(tmp_path / "job.json")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3])
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [done.stderr.strip()]
    assert "does not say how to build it again" in done.stderr
    assert not (tmp_path / "out.onnx").exists()


def test_it_runs_as_the_installed_plugin_has_it(tmp_path, pair, untrained):
    """The plugin's folder holds `models`; its parent holds the package: no checkout is on the path."""
    plugin = tmp_path / "plugins" / "rsfusion_qgis"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, '{root}/.ci'); import assemble; "
                           f"from pathlib import Path; assemble.assemble(Path('{plugin}'))"])  # fmt: skip
    assert done.returncode == 0
    (tmp_path / "job.json").write_text(json.dumps(job_of(pair, untrained, tmp_path / "out.onnx", steps=2)))
    command = [sys.executable, "-m", "models.pansharpening.adaptation", str(tmp_path / "job.json")]
    environment = {"PYTHONPATH": f"{plugin}:{plugin.parent}", "PATH": "/usr/bin"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.returncode == 0, done.stderr
    assert "result" in json.loads(done.stdout.splitlines()[-1])
    shutil.rmtree(plugin)
