"""Training material: generated scenes, random degradation, and one short training from end to end."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from osgeo import gdal

from models.common.sampling import (
    blur_and_decimate,
    interpolate,
)
from models.pansharpening.back_projection import consistent
from models.pansharpening.degradation import BAND_COUNTS, RATIOS, Source, draw_ratio, make_batch, pan_response
from models.pansharpening.scenes import WORLDVIEW_UM, generate_scene, pan_ms_pair
from models.pansharpening.train import middle
from rsfusion_qgis.core.measures.images.ergas import ergas
from rsfusion_qgis.core.rasters.radiometry import sample_scaling

REPOSITORY = Path(__file__).parents[3]


def test_scene_depends_on_its_seed_alone() -> None:
    first, again, other = (generate_scene(96, 80, WORLDVIEW_UM, seed) for seed in (3, 3, 4))
    assert first.shape == (8, 96, 80)
    assert first.dtype == np.float32
    assert np.array_equal(first, again)
    assert not np.allclose(first, other)
    assert first.min() > 0


def test_scene_has_edges_and_several_spectral_directions() -> None:
    """Real towns: strong pixel-to-pixel steps, and more than brightness alone varies."""
    scene = generate_scene(256, 256, WORLDVIEW_UM, 5)
    steps = np.abs(np.diff(scene, axis=1))
    assert np.quantile(steps, 0.99) > 10 * np.median(steps)
    values = np.sort(np.linalg.eigvalsh(np.cov(scene.reshape(8, -1))))[::-1]
    assert values[0] / values.sum() < 0.97
    assert values[2] / values.sum() > 0.002


@pytest.mark.parametrize("offset", [0.0, 0.5])
def test_pair_lies_where_it_says(offset: float) -> None:
    """Interpolated with its offset MS fits the reference better than with any other."""
    pair = pan_ms_pair(128, 128, seed=2, ms_offset_px=offset)
    assert (pair.pan.shape, pair.ms.shape, pair.reference.shape) == ((1, 128, 128), (4, 32, 32), (4, 128, 128))

    def error(shift: float) -> float:
        up = interpolate(pair.ms, 4, 128, 128, (shift, shift))
        return ergas(up[:, 8:-8, 8:-8], pair.reference[:, 8:-8, 8:-8], 4)

    assert min((-0.5, 0.0, 0.5, 1.0), key=error) == offset


def flat_source(size: int = 96, bands: int = 6) -> Source:
    """A generated scene as a source, with narrow pan bands."""
    scene = generate_scene(size, size, np.linspace(0.45, 0.85, bands), 1)
    um = np.linspace(0.45, 0.85, bands)
    flat = scene.reshape(bands, -1)[:, :4096]
    return Source("scene", "generated", scene, scene, um, um, False, flat, flat)


@pytest.mark.parametrize("ratio", [1.7, 2.0, 4.0, 8.0])
def test_batch_is_a_pair_of_its_target(ratio: float) -> None:
    """MS is a blurred target, pan follows the target's detail, and the scaled values lie near a deviation of 1."""
    source = flat_source()
    batch = make_batch([source], {"generated": 1.0}, 6, 48, np.random.default_rng(2), 4, ratio)
    assert batch.ms.shape == batch.target.shape == (6, 4, 48, 48)
    assert batch.pan.shape == (6, 1, 48, 48)
    assert all(array.dtype == np.float32 for array in (batch.ms, batch.pan, batch.target, batch.dark, batch.weight))
    assert 0.3 < batch.target.std() < 3
    assert np.abs(np.diff(batch.ms)).mean() < np.abs(np.diff(batch.target)).mean()
    detail, sharp = batch.target - batch.ms, np.diff(batch.pan[:, 0], axis=2).ravel()
    assert np.corrcoef(np.diff(detail.mean(1), axis=2).ravel(), sharp)[0, 1] > 0.3


def test_scaled_values_and_dark_level_give_back_what_is_stored() -> None:
    """scaled + dark is proportional to the stored value plus a haze that is not negative."""
    source = flat_source()
    batch = make_batch([source], {"generated": 1.0}, 4, 32, np.random.default_rng(3), 6, 4.0)
    offset, scale = sample_scaling(source.reference_pixels, np.ones(source.reference_pixels.shape, bool))
    assert (batch.dark > 0).all()
    assert batch.dark.mean() == pytest.approx((offset / scale).mean() + 0.25, abs=0.6)


@pytest.mark.parametrize("ratio", [2.0, 4.0, 3.3])
def test_what_ms_records_is_what_the_target_gives(ratio: float) -> None:
    """Seen through the batch's own blur the target is nearly the recorded MS; the step made of it goes towards it."""
    batch = make_batch([flat_source()], {"generated": 1.0}, 6, 96, np.random.default_rng(4), 3, ratio)
    observed = batch.observed
    seen = observed.down @ batch.target @ observed.across.swapaxes(-1, -2)
    there = observed.coarse != 0
    assert there.mean() > 0.4
    error = [np.abs(image - observed.coarse)[there].mean() for image in (seen, seen.mean((2, 3), keepdims=True))]
    assert error[0] < 0.1 * error[1]
    parts = tuple(torch.from_numpy(part) for part in vars(observed).values())
    held = consistent(torch.from_numpy(batch.ms), parts).numpy()
    inner = np.s_[:, :, 32:-32, 32:-32]
    before, after = (np.square(image[inner] - batch.target[inner]).mean() for image in (batch.ms, held))
    assert after < 0.9 * before


def test_sources_smaller_than_a_chip_are_mirrored() -> None:
    batch = make_batch([flat_source(40)], {"generated": 1.0}, 2, 96, np.random.default_rng(1), 3, 4.0)
    assert np.isfinite(batch.target).all()


def test_draws_cover_their_tables() -> None:
    rng = np.random.default_rng(0)
    ratios = {draw_ratio(rng) for _ in range(400)}
    assert {ratio for ratio in RATIOS if ratio} <= ratios
    assert all(1.5 <= ratio <= 8 for ratio in ratios)
    assert max(BAND_COUNTS) >= 8


def test_pan_sees_little_beyond_its_range() -> None:
    """Short-wave infrared never counts, green always does."""
    um = np.array((0.48, 0.55, 0.66, 0.83, 1.61, 2.2))
    weights = np.array([pan_response(um, np.random.default_rng(seed)) for seed in range(100)])
    assert weights.sum(1) == pytest.approx(np.ones(100), abs=1e-5)
    assert weights[:, 4:].mean() < 0.05
    assert weights[:, 1].min() > 0.05


def test_blur_and_decimate_keeps_the_mean() -> None:
    scene = generate_scene(64, 96, (0.48, 0.55, 0.66), 2)
    coarse = blur_and_decimate(scene, 4, np.array((0.3, 0.25, 0.2)))
    assert coarse.shape == (3, 16, 24)
    assert coarse.mean((1, 2)) == pytest.approx(scene.mean((1, 2)), rel=0.05)


def write_raster(path: Path, values: np.ndarray, names: tuple[str, ...] = ()) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), *values.shape[:0:-1], len(values), gdal.GDT_UInt16)
    for number, band in enumerate(values, start=1):
        data = np.ascontiguousarray(band, np.uint16)
        dataset.GetRasterBand(number).WriteRaster(0, 0, *band.shape[::-1], data.tobytes())
        if names:
            dataset.GetRasterBand(number).SetDescription(names[number - 1])


S2_NAMES = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B8A", "B11", "B12")


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny data folder of the layout that the sources expect, training and held-out parts."""
    folder = tmp_path_factory.mktemp("data")
    um = (0.443, 0.49, 0.56, 0.665, 0.705, 0.74, 0.783, 0.83, 0.865, 1.61, 2.2)
    scene = generate_scene(448, 400, um, 9, 2.0) * 5000
    for name in ("s2s_usa", "s2s_other"):
        write_raster(folder / "s2_multires" / name / "s2_10m.tif", scene[[1, 2, 3, 7], :128, :128])
        write_raster(folder / "s2_multires" / name / "s2_20m.tif", scene[[4, 5, 6, 8, 9, 10], :64, :64])
    write_raster(folder / "s1s2_cloud" / "patch_2729_s2_clear.tif", scene[:, :128, :128], S2_NAMES)
    for day in (220, 236):
        path = folder / "spatiotemporal" / "landsat_modis_2016" / f"landsat_2016{day}.tif"
        write_raster(path, scene[[3, 9, 7, 2], :, :128])
    wide = scene[[1, 2, 3, 7], :128].repeat(2, 2)[..., :494]
    write_raster(folder / "hs" / "berlin_urban_gradient" / "ms_3m6.tif", wide)
    for name in ("mlbs_10", "osbs_1", "osbs_5"):
        path = folder / "hs_lidar" / "idtrees_neon" / f"{name}_rgb_10cm.tif"
        write_raster(path, scene[[3, 2, 1], :200, :200] / 20)
    for name, ratio, bands in (("spacenet6_rotterdam_1", 4, 4), ("landsat8_momotombo", 2, 6)):
        pan = scene[2:6].mean(0, keepdims=True)[:, :256, :256]
        write_raster(folder / "pan_ms" / name / "pan.tif", pan)
        ms = scene[1 : 1 + bands, :256, :256].reshape(bands, 256 // ratio, ratio, 256 // ratio, ratio).mean((2, 4))
        write_raster(folder / "pan_ms" / name / "ms.tif", ms)
    for name in ("ms/landsat9_manaus/ms.tif", "spatiotemporal/landsat8_corumba_fire/ms_20190809.tif",
                 "spatiotemporal/landsat8_brumadinho/ms_20190114.tif"):
        write_raster(folder / name, scene[1:7, :128, :128])
    write_raster(folder / "vhr" / "ucmerced_rgb" / "harbor92.tif", scene[[3, 2, 1], :128, :128] / 20)
    return folder


def test_held_out_material_is_not_trained_on(data_folder: Path) -> None:
    from models.pansharpening.sources import KIND_ODDS, real_sources
    from models.pansharpening.split import HELD_OUT

    training, held_out = real_sources(data_folder), real_sources(data_folder, held_out=True)
    assert {source.kind for source in training} == set(KIND_ODDS) - {"generated"}
    assert not {source.name for source in training} & {source.name for source in held_out}
    assert not any(part in source.name for source in training for part in HELD_OUT)


def test_missing_raster_is_named(tmp_path: Path) -> None:
    from models.pansharpening.sources import landsat_source

    with pytest.raises(FileNotFoundError, match=r"landsat_2016220\.tif, expected one; check the --data folder"):
        landsat_source(tmp_path, 220)


def test_of_a_kernel_that_becomes_smaller_the_middle_stays() -> None:
    kernels = torch.arange(2 * 3 * 9.0).reshape(2, 3, 3, 3)
    assert torch.equal(middle(kernels, (3, 3)), kernels)
    assert torch.equal(middle(kernels, (1, 1)), kernels[:, :, 1:2, 1:2])


@pytest.mark.timeout(280)
def test_a_short_training_writes_a_checkpoint_that_resumes(data_folder: Path, tmp_path: Path) -> None:
    """The command of the docstring, for seconds: weights move, the record says from what, --resume goes on."""
    torch = pytest.importorskip("torch")
    from models.pansharpening.networks import build

    def train(minutes: float, *more: str) -> dict:
        out = tmp_path / "run"
        command = [sys.executable, "-m", "models.pansharpening.train", "--data", data_folder, "--out", out,
                   "--seed", "3", "--minutes", minutes, "--scenes", "1", "--quick",
                   "--set", "trunk=16", "band=16", *more]
        subprocess.run([str(part) for part in command], check=True, cwd=REPOSITORY, capture_output=True)
        return torch.load(out / "checkpoint.pt", weights_only=True)

    first = train(0.02)
    assert (first["architecture"], first["config"]["trunk"]) == ("pan_basis_fusion", 16)
    assert first["state"]["head.weight"].abs().max() > 0
    assert first["training"]["seed"] == 3
    assert any("s2s_other" in name for name in first["training"]["data"])
    build(first["architecture"], first["config"]).load_state_dict(first["state"])
    second = train(first["training"]["minutes"] + 0.02, "--resume")  # a busy machine overruns the first
    assert second["training"]["step"] > first["training"]["step"]
    curve = list(csv.DictReader((tmp_path / "run" / "curve.csv").open()))
    assert [int(row["step"]) for row in curve] == [first["training"]["step"], second["training"]["step"]]
