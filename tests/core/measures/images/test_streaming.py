"""Tiles: the same numbers for any tiling, nothing from invalid pixels, no more than a tile in hand at a time."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from rsfusion_qgis.core.basics.errors import CancelledError, InputError
from rsfusion_qgis.core.measures.images import CHF, D_RHO, ERGAS, METRICS, R_ERGAS, RMSE, SAM, Metric
from rsfusion_qgis.core.measures.images.contrast import contrast_of
from rsfusion_qgis.core.measures.images.streaming import Contrast, Measured, Scene, Source, array_source, cut, measure

GAINS, PAN_GAIN = (0.2, 0.3, 0.35), 0.15
SHIFTS = ((0.4, -0.3), (0.0, 0.2), (0.4, -0.3))
PLACES = {
    "nested": ((201, 274), (50, 68), 4.0, (0.0, 0.0)),
    "fractional ratio, MS beyond every side": ((203, 181), (100, 91), 2.37, (-3.3, -1.6)),
    "large ratio, MS inside": ((270, 311), (33, 37), 7.5, (9.1, 12.2)),
    "smaller than a block": ((28, 25), (13, 12), 2.0, (0.5, 0.5)),
    "incomplete last blocks": ((69, 333), (23, 111), 3.0, (0.0, 0.0)),
}
"""Rows and columns of the fine and of the coarse grid, ratio, offset."""


def make_scene(place: str, nonsense: float | None = None, holes: bool = True) -> Scene:
    """Random images with scattered invalid pixels and a large hole; `nonsense` stands in them, None is a mixture."""
    fine, coarse, ratio, offset = PLACES[place]
    rng = np.random.default_rng(11)
    truth = np.abs(ndimage.gaussian_filter(rng.normal(size=(3, *fine)), (0, 2, 2)) * 4000 + 1500)
    images = {"fused": truth + rng.normal(0, 30, truth.shape), "reference": truth}
    images.update(fine=truth.mean(axis=0, keepdims=True), coarse=rng.uniform(500, 1500, (3, *coarse)))
    images["expanded"] = ndimage.gaussian_filter(truth, (0, ratio, ratio))
    sources = {}
    for name, image in images.items():
        valid = rng.random(image.shape) > 2e-4
        valid[:, -image.shape[1] // 4 :, : image.shape[2] // 5] = False
        rubbish = rng.choice([np.nan, 1e9, -1e9], image.shape) if nonsense is None else nonsense
        valid = valid if holes else np.ones(image.shape, bool)
        sources[name] = array_source(np.where(valid, image, rubbish), valid)
    scene = Scene(sources, ratio, offset, GAINS, PAN_GAIN, SHIFTS, 10000.0)
    return replace(scene, contrast=contrast_of(scene))


def flat_values(found: dict[str, Measured]) -> list[float]:
    """Every number that was measured."""
    return [number for one in found.values() for number in (one.value, *one.per_band)]


class Recorder:
    """A reader that writes down its windows."""

    def __init__(self, source: Source) -> None:
        self.source, self.windows = source, []

    def __call__(self, row_off: int, col_off: int, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray]:
        assert 0 <= row_off < row_off + rows <= self.source.rows
        assert 0 <= col_off < col_off + cols <= self.source.cols
        self.windows.append((row_off, col_off, rows, cols))
        return self.source.read(row_off, col_off, rows, cols)


def recorded(scene: Scene) -> tuple[Scene, dict[str, Recorder]]:
    readers = {name: Recorder(source) for name, source in scene.sources.items()}
    sources = {name: replace(source, read=readers[name]) for name, source in scene.sources.items()}
    return replace(scene, sources=sources), readers


FOUND_EVERYWHERE = ("ergas", "sam", "q2n", "ssim", "d_rho", "r_sam", "qnr")


# --- laws of tiles


@pytest.mark.parametrize("place", PLACES)
def test_any_tiling_gives_the_same_numbers(place: str) -> None:
    scene = make_scene(place)
    whole = measure(METRICS, scene, tile=10**6)
    assert list(whole) == [metric.id for metric in METRICS]
    assert np.isfinite([whole[name].value for name in FOUND_EVERYWHERE]).all()
    for tile in (64, 96, 130, None):
        np.testing.assert_allclose(flat_values(measure(METRICS, scene, tile)), flat_values(whole), rtol=1e-9)


@pytest.mark.parametrize("place", PLACES)
def test_invalid_pixels_have_no_influence(place: str) -> None:
    with_nan, with_huge = (flat_values(measure(METRICS, make_scene(place, rubbish), 64)) for rubbish in (np.nan, 1e9))
    np.testing.assert_array_equal(with_nan, with_huge)


def test_a_large_mean_does_not_change_how_tiles_add_up() -> None:
    """Sums of raw squares would lose eight digits here."""
    rng = np.random.default_rng(3)
    wave = rng.normal(size=(2, 130, 140))
    scene = Scene({"fused": array_source(wave + 1e4), "reference": array_source(wave + rng.normal(size=wave.shape))})
    scene = replace(scene, sources={**scene.sources, "fine": array_source(wave[:1] - 1e4)}, ratio=4.0)
    metrics = [metric for metric in METRICS if metric.id in ("cc", "d_rho")]
    small = replace(scene, sources={**scene.sources, "fused": array_source(wave), "fine": array_source(wave[:1])})
    found, expected = measure(metrics, scene, 64), measure(metrics, small, 64)
    np.testing.assert_allclose(flat_values(found), flat_values(expected), rtol=1e-9)


@given(st.integers(1, 2000), st.floats(1, 700))
def test_tiles_cover_an_axis_once_and_cut_no_block(size: int, side: float) -> None:
    spans = cut(size, side)
    assert spans[0][0] == 0 and spans[-1][1] == size
    assert all(before[1] == after[0] for before, after in zip(spans, spans[1:]))
    assert all(first % 32 == 0 for first, _ in spans)
    assert all(end - first >= 32 for first, end in spans) or size < 32


# --- laws of values


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_of_a_band_is_the_measure_of_that_band_alone(metric: Metric) -> None:
    scene = make_scene("nested", holes=False)
    per_band = measure((metric,), scene)[metric.id].per_band
    for number, value in enumerate(per_band):
        alone = {}
        for name, source in scene.sources.items():
            values, valid = source.read(0, 0, source.rows, source.cols)
            cut_out = slice(None) if name == "fine" else slice(number, number + 1)
            alone[name] = array_source(values[cut_out], valid[cut_out])
        one = replace(scene, sources=alone, gains=GAINS[number : number + 1], shifts=SHIFTS[number : number + 1])
        one = replace(one, contrast=contrast_of(one))
        assert measure((metric,), one)[metric.id].value == pytest.approx(value, rel=1e-9)
    with_bands = {"rmse", "psnr", "ssim", "cc", "scc", "ergas", "r_ergas", "d_s", "d_rho", "chf"}
    assert len(per_band) == (3 if metric.id in with_bands else 0)


def test_whole_arrays_and_readers_agree() -> None:
    scene = make_scene("nested", holes=False)
    arrays = {name: source.read(0, 0, source.rows, source.cols)[0] for name, source in scene.sources.items()}
    known = {"ratio": 4.0, "gains": GAINS, "fine_gain": PAN_GAIN, "shifts": SHIFTS, "peak": 10000.0}
    known["contrast"] = scene.contrast
    found = measure(METRICS, scene, 64)
    for metric in METRICS:
        assert metric.compute(**arrays, **known) == pytest.approx(found[metric.id].value, rel=1e-9)


@pytest.mark.parametrize(
    ("ratio", "offset"), [(2.0, (0.0, 0.0)), (2.37, (-3.3, 1.7)), (4.0, (0.5, -0.5)), (6.6, (9.25, -20.0))]
)
@pytest.mark.parametrize("tile", [64, None])
def test_the_ms_lies_where_ratio_offset_and_shifts_say(ratio: float, offset: tuple[float, float], tile: int) -> None:
    """Waves whose blurred samples are known without any blur: a Gaussian scales a wave by exp(-(sigma w)^2 / 2)."""
    size, coarse = 220, int(200 / ratio)
    sigma = ratio / np.pi * np.sqrt(-2 * np.log(GAINS))
    fused = np.stack([_wave(np.arange(size), np.arange(size)) for _ in GAINS])
    centre = (np.arange(coarse) + 0.5) * ratio - 0.5
    places = [(centre + offset[0] + down, centre + offset[1] + right) for down, right in SHIFTS]
    ms = np.stack([_wave(*place, sigma=width) for place, width in zip(places, sigma)])
    inside = np.zeros(ms.shape, bool)  # away from the mirror at the edge, which a wave does not have
    for axis in (0, 1):
        places = (np.arange(coarse) + 0.5) * ratio + offset[axis]
        axis_ok = (places > 25) & (places < size - 25)
        inside = axis_ok[:, None] & np.ones(coarse, bool) if axis == 0 else inside & axis_ok
    valid = np.broadcast_to(inside, ms.shape)
    sources = {"fused": array_source(fused), "coarse": array_source(ms, valid)}
    scene = Scene(sources, ratio, offset, GAINS, shifts=SHIFTS)
    assert measure((R_ERGAS,), scene, tile)["r_ergas"].value < 100 / ratio * 1e-4
    moved = replace(scene, offset=(offset[0] + 0.25, offset[1]))
    assert measure((R_ERGAS,), moved, tile)["r_ergas"].value > 100 / ratio * 1e-3


def _wave(rows: np.ndarray, cols: np.ndarray, sigma: float = 0.0, frequency: float = 0.15) -> np.ndarray:
    """`10 + sin(row) cos(col)` as seen through a Gaussian of width `sigma`."""
    scale = np.exp(-((sigma * frequency) ** 2))
    return 10 + scale * np.outer(np.sin(frequency * rows), np.cos(frequency * cols))


def test_ms_pixels_partly_outside_the_fine_image_do_not_count() -> None:
    """Nonsense in the first row and column of the MS, which begin half a fine pixel before the fine image."""
    fused = np.random.default_rng(2).uniform(1, 2, (3, 64, 64))
    ms = np.random.default_rng(3).uniform(1, 2, (3, 16, 16))
    spoilt = ms.copy()
    spoilt[:, 0] = spoilt[:, :, 0] = 1e9
    found = []
    for image in (ms, spoilt):
        sources = {"fused": array_source(fused), "coarse": array_source(image), "fine": array_source(fused[:1])}
        sources["expanded"] = sources["fused"]
        scene = Scene(sources, 4.0, (-0.5, -0.5), GAINS, PAN_GAIN)
        scene = replace(scene, contrast=contrast_of(scene))
        found.append(flat_values(measure([m for m in METRICS if not m.needs_reference], scene)))
    np.testing.assert_array_equal(found[0], found[1])


# --- what is read


@pytest.mark.parametrize("place", PLACES)
def test_every_window_is_read_once_per_grid(place: str) -> None:
    scene, readers = recorded(make_scene(place))
    measure(METRICS, scene, 64)
    tiles = [len(cut(size, 64)) for size in PLACES[place][0]]
    assert len(readers["reference"].windows) == tiles[0] * tiles[1]
    assert all(max(Counter(reader.windows).values()) <= 2 for reader in readers.values())
    assert max(Counter(readers["coarse"].windows).values()) == 1
    assert max(Counter(readers["reference"].windows).values()) == 1


def test_a_large_scene_is_never_held() -> None:
    """6000 x 6000 pixels made while they are read: 288 MB per image in float64, of which windows are held."""
    side, ratio = 6000, 4

    def read(row_off: int, col_off: int, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray]:
        ramp = np.add.outer(np.arange(row_off, row_off + rows) % 61, np.arange(col_off, col_off + cols) % 67)
        return (ramp[None] + 100).astype(np.float32), np.ones((1, rows, cols), bool)

    fine, coarse = Source(read, side, side, 1), Source(read, side // ratio, side // ratio, 1)
    sources = {"fused": fine, "reference": fine, "fine": fine, "coarse": coarse}
    scene, readers = recorded(Scene(sources, ratio, gains=(0.3,)))
    tracemalloc.start()
    found = measure((RMSE, R_ERGAS), scene)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found["rmse"].value == 0.0
    assert max(rows * cols for reader in readers.values() for *_, rows, cols in reader.windows) < 600**2
    assert peak < 100e6


def test_detail_is_measured_tile_by_tile() -> None:
    """Three images of 55 MB."""
    values = array_source(np.broadcast_to(np.arange(61.0)[np.arange(2620) % 61], (1, 2620, 2620)))
    scene = Scene(dict.fromkeys(("fused", "fine", "expanded"), values), 4.0, contrast=Contrast((20.0,), (1.0,), 20.0))
    tracemalloc.start()
    found = measure((CHF,), scene)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found["chf"].value == pytest.approx(0.0, abs=1e-6)
    assert peak < 50e6


def test_many_bands_make_smaller_tiles() -> None:
    values = np.broadcast_to(np.arange(300.0)[:, None], (200, 300, 300))
    scene, readers = recorded(Scene({"fused": array_source(values), "reference": array_source(values)}))
    measure((SAM,), scene)
    assert max(rows * cols for *_, rows, cols in readers["fused"].windows) * 200 < 4e6


# --- watching and refusing


def test_watch_is_told_how_far_and_may_stop() -> None:
    shares: list[float] = []
    measure(METRICS, make_scene("nested"), 64, shares.append)
    assert shares == sorted(shares) and shares[0] == 0.0 and shares[-1] == 1.0 and len(shares) > 12
    scene, readers = recorded(make_scene("nested"))

    def stop(share: float) -> None:
        if share > 0.2:
            raise CancelledError("stopped")

    with pytest.raises(CancelledError, match="stopped"):
        measure((RMSE,), scene, 64, stop)
    assert 0 < len(readers["fused"].windows) < 8


def test_what_is_missing_is_named() -> None:
    image = array_source(np.ones((2, 40, 40)))
    with pytest.raises(InputError, match="ERGAS needs reference, ratio, which is missing"):
        measure((ERGAS,), Scene({"fused": image}))
    with pytest.raises(InputError, match="R-ERGAS needs gains"):
        measure((R_ERGAS,), Scene({"fused": image, "coarse": image}, 2.0))
    with pytest.raises(InputError, match="Found 1 gains and 2 shifts for 2 bands"):
        measure((R_ERGAS,), Scene({"fused": image, "coarse": image}, 2.0, gains=(0.3,)))


def test_another_grid_is_refused() -> None:
    image, other = array_source(np.ones((2, 40, 40))), array_source(np.ones((2, 40, 41)))
    with pytest.raises(InputError, match="on the same grid"):
        measure((RMSE,), Scene({"fused": image, "reference": other}))
    with pytest.raises(InputError, match="one band on the same grid"):
        measure((D_RHO,), Scene({"fused": image, "fine": image}, 2.0))
    with pytest.raises(InputError, match="1 bands, the fused image 2"):
        measure((R_ERGAS,), Scene({"fused": image, "coarse": array_source(np.ones((1, 20, 20)))}, 2.0, gains=GAINS[:2]))


def test_an_ms_beside_the_fine_image_is_refused() -> None:
    image = array_source(np.ones((1, 40, 40)))
    scene = Scene({"fused": image, "coarse": image}, 2.0, (100.0, 0.0), GAINS[:1])
    with pytest.raises(InputError, match=r"No pixel is valid.* the images overlap"):
        measure((R_ERGAS,), scene)


def test_an_image_smaller_than_the_windows_has_no_value() -> None:
    image = array_source(np.random.default_rng(1).uniform(1, 2, (1, 8, 40)))
    scene = Scene({"fused": image, "reference": image}, peak=1.0)
    found = measure([metric for metric in METRICS if metric.id in ("ssim", "rmse")], scene)
    assert np.isnan(found["ssim"].value) and found["rmse"].value == 0.0
