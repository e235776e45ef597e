"""Sharp scenes to train on: generated ones, and the rasters of a data folder whose terms let weights be shipped.

Axis order: (bands, rows, cols) float32. Units: any (networks see scaled values), wavelengths in micrometres.
Layout of the data folder: Sentinel-2 scenes in `s2_multires/*/s2_{10,20}m.tif`, `s1s2_cloud/*_s2_clear.tif` and
`s1s2_landcover/*_s2.tif`; Landsat in `spatiotemporal/landsat_modis_2016`; airborne MS in `hs/berlin_urban_gradient`;
airborne RGB in `hs_lidar/idtrees_neon`. A part that is missing is refused.
Parts of the material are held out for choosing between networks: see `split`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from osgeo import gdal
from scipy import ndimage

from models.common.rasters import open_raster
from models.common.sampling import blur_and_decimate
from models.common.workers import mapping
from models.pansharpening.degradation import Source
from models.pansharpening.scenes import FOUR_BANDS_UM, generate_scene
from models.pansharpening.shift import measure_shift
from models.pansharpening.split import HELD_OUT, refuse_test_scene
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.operators.sharpness import excess_of

KIND_ODDS = {
    "generated": 0.40, "airborne": 0.12, "sentinel2": 0.15, "rgb": 0.07, "infrared": 0.08, "landsat": 0.08,
    "worldview": 0.10,
}  # fmt: skip
RGB_UM = (0.64, 0.55, 0.47)
LANDSAT_8_UM, LANDSAT_8_PAN_UM = (0.48, 0.56, 0.655, 0.865, 1.61, 2.2), (0.59,)
GENERATED_UM = (0.427, 0.478, 0.515, 0.546, 0.58, 0.608, 0.659, 0.69, 0.724, 0.78, 0.833, 0.949, 1.61, 2.2)
PAN_BANDS_OF_GENERATED = 12
_S2_UM = {"B1": 0.4427, "B2": 0.4924, "B3": 0.5598, "B4": 0.6646, "B5": 0.7041, "B6": 0.7405, "B7": 0.7828,
          "B8": 0.8328, "B8A": 0.8647, "B11": 1.6137, "B12": 2.2024}
LANDSAT_UM, BERLIN_UM = (0.561, 0.655, 0.865, 1.609), (0.484, 0.558, 0.647, 0.805)
VERY_HIGH = ("drone_brighton_beach/dji_0022.tif", "neon_rgb/jerc_049.tif", "oam_banepa/rgb.tif", "ucmerced_rgb/*.tif",
             "spacenet2_vegas_rgb/rgb_*.tif", "treesatai_tile/ms.tif")
_TEN_M, _TWENTY_M = ("B2", "B3", "B4", "B8"), ("B5", "B6", "B7", "B8A", "B11", "B12")


def read_raster(path: Path) -> tuple[np.ndarray, list[str]]:
    """All bands of a raster, (bands, rows, cols) float32, and their descriptions."""
    refuse_test_scene(path)
    try:
        dataset = open_raster(path)
    except InputError:
        raise FileNotFoundError(
            f"Found no readable raster at {path}, expected one; check the --data folder."
        ) from None
    shape = (dataset.RasterCount, dataset.RasterYSize, dataset.RasterXSize)
    values = np.empty(shape, np.float32)
    dataset.ReadRaster(0, 0, shape[2], shape[1], buf_type=gdal.GDT_Float32, buf_obj=values)
    return values, [dataset.GetRasterBand(band + 1).GetDescription() for band in range(shape[0])]


def make_source(name: str, kind: str, reference: np.ndarray, wavelengths_um: np.ndarray,
                pan_bands: np.ndarray | None = None, pan_wavelengths_um: np.ndarray | None = None,
                pan_excess: float = 0.0) -> Source:
    """A Source with its statistics' pixels: the reference as coarse as an MS sensor sees it, pan as it is."""
    reference = np.ascontiguousarray(reference, np.float32)
    sharp = pan_bands is not None
    pan_bands = reference if pan_bands is None else np.ascontiguousarray(pan_bands, np.float32)
    pan_um = wavelengths_um if pan_wavelengths_um is None else pan_wavelengths_um
    coarse = ndimage.gaussian_filter(reference, (0, 1.5, 1.5))
    at = np.random.default_rng(0).integers(0, reference[0].size, 4096)
    return Source(name, kind, reference, pan_bands, np.asarray(wavelengths_um), np.asarray(pan_um), sharp,
                  coarse.reshape(len(coarse), -1)[:, at], pan_bands.reshape(len(pan_bands), -1)[:, at], pan_excess)


def coarser(name: str, kind: str, fine: np.ndarray, wavelengths_um: np.ndarray, factor: int,
            rng: np.random.Generator, pan_bands: int = 0) -> Source:
    """The scene `factor` times coarser: reference through an MS sensor's MTF, pan bands through a pan sensor's."""
    gain = np.clip(rng.uniform(0.2, 0.45) + rng.normal(0, 0.03, len(fine)), 0.15, 0.6)
    reference = blur_and_decimate(fine, factor, gain)
    pan_bands = pan_bands or len(fine)
    pan_gain = rng.uniform(0.05, 0.4)
    pan = blur_and_decimate(fine[:pan_bands], factor, pan_gain)
    pan_um, excess = np.asarray(wavelengths_um)[:pan_bands], excess_of(pan_gain, gain)
    return make_source(f"{name} /{factor}", kind, reference, wavelengths_um, pan, pan_um, excess)


def generated_source(seed: int, size: int = 1024) -> Source:
    """A generated scene, 0.3 to 0.8 m fine pixels, brought to a pixel 2 to 5 times coarser."""
    rng = np.random.default_rng(1_000_000 + seed)
    pixel_m, factor = float(rng.uniform(0.3, 0.8)), int(rng.choice((2, 2, 3, 3, 4, 4, 5)))
    size = size if factor < 4 else size * 3 // 2
    fine = generate_scene(size, size, GENERATED_UM, seed, pixel_m)
    centres = np.array(GENERATED_UM)
    return coarser(f"generated scene {seed}", "generated", fine, centres, factor, rng, PAN_BANDS_OF_GENERATED)


def generated_sources(seeds: range, size: int = 1024, workers: int = 2) -> list[Source]:
    """Generated scenes of these seeds, made in parallel processes."""
    with mapping(workers) as mapped:
        return list(mapped(generated_source, seeds, [size] * len(seeds)))


def _halved(values: np.ndarray) -> np.ndarray:
    rows, cols = values.shape[1] // 2 * 2, values.shape[2] // 2 * 2
    return values[:, :rows, :cols].reshape(len(values), rows // 2, 2, cols // 2, 2).mean((2, 4))


def _sentinel2(name: str, bands: dict[str, np.ndarray], rng: np.random.Generator) -> Iterator[Source]:
    """A scene of named 10 m and 20 m bands as two sources: the 10 m bands, and ten bands at 20 m."""
    ten = np.stack([bands[band] for band in _TEN_M])
    yield make_source(f"{name} 10 m", "sentinel2", ten, np.array([_S2_UM[band] for band in _TEN_M]))
    order = sorted(_TEN_M + _TWENTY_M, key=lambda band: _S2_UM[band])
    twenty = [bands[band] for band in _TWENTY_M]
    if twenty[0].shape == ten[0].shape:
        twenty = list(_halved(np.stack(twenty)))
    stack = dict(zip(_TWENTY_M, twenty)) | dict(zip(_TEN_M, _halved(ten)))
    centres = np.array([_S2_UM[band] for band in order])
    yield make_source(f"{name} 20 m", "sentinel2", np.stack([stack[band] for band in order]), centres)
    if min(ten.shape[1:]) >= 400:
        yield coarser(f"{name} 10 m", "sentinel2", ten, np.array([_S2_UM[band] for band in _TEN_M]), 2, rng)


def _sentinel2_sources(folder: Path, rng: np.random.Generator) -> Iterator[Source]:
    for path in sorted((folder / "s2_multires").glob("*/s2_10m.tif")):
        ten, _ = read_raster(path)
        twenty, _ = read_raster(path.with_name("s2_20m.tif"))
        yield from _sentinel2(path.parent.name, dict(zip(_TEN_M + _TWENTY_M, [*ten, *twenty])), rng)
    stacks = [*(folder / "s1s2_cloud").glob("*_s2_clear.tif"), *(folder / "s1s2_landcover").glob("*_s2.tif")]
    for path in sorted(stacks):
        values, names = read_raster(path)
        yield from _sentinel2(path.stem, dict(zip(names, values)), rng)


def landsat_source(folder: Path, day: int, south: bool = False) -> Source:
    """One Landsat date, 4 bands: the northern rows, for training, or the southern ones."""
    values, _ = read_raster(folder / "spatiotemporal" / "landsat_modis_2016" / f"landsat_2016{day}.tif")
    values = values[[3, 0, 2, 1]]
    part = values[:, 350:] if south else values[:, :340]
    return make_source(f"landsat day {day} {'south' if south else 'north'}", "landsat", part, np.array(LANDSAT_UM))


def berlin_source(folder: Path, east: bool = False) -> Source:
    """Airborne urban MS at 3.6 m, 4 bands: the western columns, for training, or the eastern ones."""
    values = np.maximum(read_raster(folder / "hs" / "berlin_urban_gradient" / "ms_3m6.tif")[0], 0)
    part = values[:, :, 380:] if east else values[:, :, :370]
    return make_source(f"berlin {'east' if east else 'west'}", "airborne", part, np.array(BERLIN_UM))


def _airborne_sources(folder: Path, rng: np.random.Generator) -> Iterator[Source]:
    west = berlin_source(folder)
    yield west
    for _ in range(2):
        yield coarser(west.name, "airborne", west.reference, west.wavelengths_um, 2, rng)


def _rgb_sources(folder: Path, rng: np.random.Generator) -> Iterator[Source]:
    for path in sorted((folder / "hs_lidar" / "idtrees_neon").glob("*_rgb_10cm.tif")):
        values, _ = read_raster(path)
        for factor in (1, 2):
            yield (make_source(path.stem, "rgb", values, np.array(RGB_UM)) if factor == 1
                   else coarser(path.stem, "rgb", values, RGB_UM, factor, rng))
    for name in VERY_HIGH:
        for path in sorted((folder / "vhr").glob(name)):
            values, _ = read_raster(path)
            centres = RGB_UM if len(values) == 3 else FOUR_BANDS_UM
            for factor in (2, 3) if min(values.shape[1:]) > 500 else (1, 2):
                title = f"{path.parent.name} {path.stem}"
                yield (make_source(title, "rgb", values, np.array(centres)) if factor == 1
                       else coarser(title, "rgb", values, centres, factor, rng))
                if len(values) == 3:
                    yield coarser(f"{title} with infrared", "infrared", with_infrared(values, rng), FOUR_BANDS_UM,
                                  factor, rng)


def with_infrared(rgb: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blue, green, red and an infrared band made up from them, (3, rows, cols) -> (4, rows, cols): what is greener than
    it is red or blue, as plants are, becomes bright, water and shadow stay dark.
    """
    red, green, blue = rgb
    greenness = np.clip((2 * green - red - blue) / (green + 10), -0.1, 0.5)
    light = rng.dirichlet((2, 2, 2)) @ rgb.reshape(3, -1)
    infrared = rng.uniform(0.6, 1.1) * light.reshape(red.shape) * (1 + rng.uniform(3, 7) * greenness)
    return np.stack((blue, green, red, np.maximum(infrared, 0))).astype(np.float32)


def _worldview_sources(folder: Path) -> Iterator[Source]:
    """A real WorldView-2 pair: its MS, and its pan brought to the pixels of MS where MS shows the same."""
    parent = folder / "pan_ms" / "spacenet6_rotterdam_1"
    ms, pan = (read_raster(parent / f"{name}.tif")[0] for name in ("ms", "pan"))
    ratio = 4
    shift = measure_shift(ms, pan, ratio, [0.35] * len(ms))
    for gain in (0.11, 0.25):
        pan_coarse = degrade(pan.astype(np.float64), ratio, [gain], [shift])
        excess = excess_of(gain, [0.35] * len(ms))
        yield make_source(f"spacenet6_rotterdam_1 {gain}", "worldview", ms, np.array(FOUR_BANDS_UM), pan_coarse,
                          np.array([0.625]), excess)


def _landsat_pair_sources(folder: Path) -> Iterator[Source]:
    """Landsat 8 and 9 at 30 m: one with its own pan brought to 30 m, the others by their bands."""
    parent = folder / "pan_ms" / "landsat8_momotombo"
    ms, pan = (read_raster(parent / f"{name}.tif")[0] for name in ("ms", "pan"))
    rows, cols = (min(size, fine // 2) for size, fine in zip(ms.shape[1:], pan.shape[1:]))
    ms, pan = ms[:, :rows, :cols], pan[:, : 2 * rows, : 2 * cols]
    shift = measure_shift(ms, pan, 2, [0.55] * len(ms))
    pan_coarse = degrade(pan.astype(np.float64), 2, [0.4], [shift])
    um = np.array(LANDSAT_8_UM)
    yield make_source("landsat8_momotombo", "landsat", ms, um, pan_coarse, np.array(LANDSAT_8_PAN_UM),
                      excess_of(0.4, [0.55] * len(ms)))
    for name in ("ms/landsat9_manaus/ms.tif", "spatiotemporal/landsat8_corumba_fire/ms_20190809.tif",
                 "spatiotemporal/landsat8_brumadinho/ms_20190114.tif"):
        yield make_source(Path(name).parent.name, "landsat", read_raster(folder / name)[0], um)


def real_sources(folder: Path, held_out: bool = False) -> list[Source]:
    """Every source of the data folder that is for training, or (held_out) those kept apart."""
    rng = np.random.default_rng(7)
    every = [*_sentinel2_sources(folder, rng), *_airborne_sources(folder, rng),
             *(landsat_source(folder, day) for day in (220, 236)), *_rgb_sources(folder, rng),
             *_worldview_sources(folder), *_landsat_pair_sources(folder)]
    return [source for source in every if any(part in source.name for part in HELD_OUT) == held_out]
