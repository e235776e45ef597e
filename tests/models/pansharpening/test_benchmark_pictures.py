"""Close-ups: which places are chosen, that nothing is interpolated, and that all panels are stretched alike."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.pansharpening.benchmark import pictures
from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.benchmark.pictures import CROP_PX, GAP_PX, STRIP_PX, ZOOM, Page
from models.pansharpening.benchmark.protocols import Seen
from rsfusion_qgis.core.measures.images.scene import Contrast
from rsfusion_qgis.core.sensors.catalogue import UNKNOWN


@pytest.fixture
def scene() -> tuple[Pair, Seen]:
    """Rough in the upper left, plants in the upper right, flat and lit in the lower right, dark in the lower left."""
    rng = np.random.default_rng(1)
    pan, expanded = np.full((1, 320, 320), 100.0), np.full((4, 320, 320), 100.0)
    pan += rng.normal(0, 2, pan.shape)
    pan[:, :160, :160] += rng.normal(0, 40, (160, 160))
    pan[:, 160:, 160:] = 120 + 0.5 * (pan[:, 160:, 160:] - 100)
    pan[:, 160:, :160] = 20 + 0.1 * (pan[:, 160:, :160] - 100)
    expanded += rng.normal(0, 2, expanded.shape)
    expanded[3, :160, 160:] += 200
    pair = Pair("made", expanded[:, ::4, ::4], pan, 4, UNKNOWN, bands=("blue", "green", "red", "nir"))
    return pair, Seen(pair.ms, pan, expanded, Contrast((1.0,) * 4, (0.25,) * 4, 1.0))


def test_the_places_are_those_that_tell_most(scene: tuple[Pair, Seen]) -> None:
    found = {what: (row, col) for what, row, col in pictures.places_of(*scene)}
    assert list(found) == ["most detail", "most plants", "flat and lit"]
    rough, plants, flat = found.values()
    assert max(rough) <= 160 - CROP_PX
    assert plants[0] <= 160 - CROP_PX and plants[1] >= 160
    assert min(flat) >= 160


def test_a_small_scene_is_shown_whole(scene: tuple[Pair, Seen]) -> None:
    pair, seen = scene
    small = Pair("small", pair.ms[:2, :15, :15], pair.pan[:, :60, :60], 4, UNKNOWN)
    view = Seen(small.ms, small.pan, seen.expanded[:2, :60, :60], seen.contrast)
    assert [place[1:] for place in pictures.places_of(small, view)] == [(0, 0)] * 2, "no plants without their bands"


@pytest.mark.parametrize(("bands", "names", "found"), [
    (4, ("red", "green", "blue", "nir"), (0, 1, 2, 3)), (4, (), (2, 1, 0, 3)), (7, ("B1",) * 7, (3, 2, 1, 4)),
    (8, ("coastal", "blue", "green", "yellow", "red", "red_edge", "nir1", "nir2"), (4, 2, 1, 6)),
    (4, ("B2 blue", "B3 green", "B4 red", "B5 nir"), (2, 1, 0, 3)), (3, (), (2, 1, 0)), (2, (), (0, 0, 0)),
])  # fmt: skip
def test_bands_are_known_by_name_or_number(bands: int, names: tuple[str, ...], found: tuple[int, ...]) -> None:
    pair = Pair("pair", np.zeros((bands, 1, 1)), np.zeros((1, 4, 4)), 4, UNKNOWN, bands=names)
    assert pictures.colours_of(pair) == found


def test_the_picture_repeats_pixels_and_stretches_all_alike(tmp_path: Path, scene: tuple[Pair, Seen]) -> None:
    pair, seen = scene
    page = Page(pair, seen, ("BT-H", "net"))
    page.show("BT-H", seen.expanded)
    page.show("net", seen.expanded + 10.0)
    page.show("GSA", seen.expanded)
    page.write(tmp_path / "pictures" / "made.png")
    picture = np.asarray(Image.open(io.BytesIO((tmp_path / "pictures" / "made.png").read_bytes()))).astype(int)
    step = CROP_PX * ZOOM + GAP_PX
    assert picture.shape == (2 * STRIP_PX + 3 * (CROP_PX * ZOOM + STRIP_PX), 4 * step - GAP_PX, 3)
    panels = [picture[2 * STRIP_PX :, step * n : step * n + CROP_PX * ZOOM][: CROP_PX * ZOOM] for n in range(4)]
    pan, plain, same, brighter = panels
    assert (pan[::ZOOM, ::ZOOM].repeat(ZOOM, 0).repeat(ZOOM, 1) == pan).all()
    assert (pan == pan[..., :1]).all()
    assert (same == plain).all()
    assert (brighter >= plain).all() and brighter.mean() > plain.mean() + 20
