"""From file to file: scalings that look at the scene, components, dates, and windows, whatever the tiles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from onnx import helper

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, InputSpec, OutputSpec
from rsfusion_qgis.core.networks.tensor_form import TensorForm
from rsfusion_qgis.core.rasters.scaling import Scaling
from rsfusion_qgis.tasks.network_run.options import RunOptions
from rsfusion_qgis.tasks.network_run.task import TASK
from tests.core.networks.test_adapter import patches
from tests.exports import model_of, save_card
from tests.rasters import grid_transform, read_raster, scene, write_raster

pytest.importorskip("onnxruntime")
HERE = grid_transform(10.0)
BANDS = tuple(map(Band, "abc"))
FREE = (1, 3, "r", "c")


def values(bands: int = 3, rows: int = 70, cols: int = 80) -> np.ndarray:
    return 1000 * scene(bands, rows, cols, HERE, 10.0)


def same(bands: int = 3) -> Any:
    """The network that changes nothing."""
    free = (1, bands, "r", "c")
    return model_of([helper.make_node("Identity", ["x"], ["y"])], {"x": free}, {"y": free}, {})


def out(tmp_path: Path, model: Any, inputs: tuple[InputSpec, ...], outputs: tuple[OutputSpec, ...], rasters: list[str],
        halo: int = 0, tile: int = 0, **more: Any) -> np.ndarray:  # fmt: skip
    options = more.pop("options", None)
    card = ModelCard("small", TASK.card_task, inputs, outputs, halo, ratio_range=(0.01, 100.0), **more)
    path = save_card(tmp_path / "net.onnx", model, card)
    job = Job(TASK, {f"raster{n}": one for n, one in enumerate(rasters, start=1)}, str(tmp_path / f"out{tile}.tif"),
              str(path), tile_size=tile, device="cpu", threads=1, options=options)  # fmt: skip
    run(job)
    return read_raster(job.output)


def scaled(tmp_path: Path, scaling: Scaling, stored: np.ndarray, **written: Any) -> np.ndarray:
    raster = write_raster(tmp_path / "x.tif", stored, HERE, **written)
    spec = InputSpec("x", "raster1", BANDS[: len(stored)], scaling=scaling)
    return out(tmp_path, same(len(stored)), (spec,), (OutputSpec("y", bands=BANDS[: len(stored)]),), [raster])


def by(wanted: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    return lambda stored: np.stack([wanted(band) for band in np.rint(stored)])


SCALINGS = {
    "scene": (Scaling("scene"), by(lambda b: (b - b.mean()) / b.std()), {}),
    "percentiles": (Scaling("percentiles", low=1, high=99),
                    by(lambda b: (b - np.percentile(b, 1)) / (np.percentile(b, 99) - np.percentile(b, 1))), {}),
    "depth of the type": (Scaling("depth"), by(lambda b: b / 65535), {}),
    "depth that the file says": (Scaling("depth"), by(lambda b: b / 2047), {"options": ["NBITS=11"]}),
    "depth of the card": (Scaling("depth", bits=12), by(lambda b: b / 4095), {}),
    "linear": (Scaling("linear", 0.0, 10000.0), by(lambda b: b / 10000), {}),
    "reflectance": (Scaling("reflectance"), by(lambda b: b / 10000), {}),
    "bands": (Scaling("bands", offsets=(1, 2, 3), scales=(4, 5, 6)),
              lambda s: (np.rint(s) - np.array([1, 2, 3])[:, None, None]) / np.array([4, 5, 6])[:, None, None], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", SCALINGS)
def test_scalings_that_are_in_use(tmp_path: Path, case: str) -> None:
    scaling, wanted, written = SCALINGS[case]
    np.testing.assert_allclose(scaled(tmp_path, scaling, values(), **written), wanted(values()), atol=1e-4)


@pytest.mark.parametrize("unit", ["power", "decibels"])
def test_decibels_are_clipped_to_a_range_whatever_the_unit(tmp_path: Path, unit: str) -> None:
    decibels = -12 + 40 * (scene(2, 70, 80, HERE, 10.0) - 0.5)
    stored = 10 ** (decibels / 10) if unit == "power" else decibels
    found = scaled(tmp_path, Scaling("decibels", low=-20, high=-5), stored, dtype="Float32", descriptions=("VV", "VH"))
    np.testing.assert_allclose(found, np.clip((decibels + 20) / 15, 0, 1), atol=1e-4)


def test_components_are_those_of_the_whole_scene_in_every_tile(tmp_path: Path) -> None:
    stored = values(12, 90, 100)
    raster = write_raster(tmp_path / "hs.tif", stored, HERE, dtype="Float32")
    spec = InputSpec("x", "raster1", None, components=3, whiten=True, scaling=Scaling("linear", 0, 1000))
    told = (OutputSpec("y", bands=BANDS),)
    whole = out(tmp_path, same(), (spec,), told, [raster])
    small = out(tmp_path, same(), (spec,), told, [raster], tile=32)
    np.testing.assert_allclose(small, whole, atol=1e-5)
    flat = whole.reshape(3, -1)
    np.testing.assert_allclose(np.cov(flat), np.eye(3), atol=0.02)
    centred = stored.reshape(12, -1) - stored.reshape(12, -1).mean(axis=1, keepdims=True)
    first = np.linalg.svd(centred, full_matrices=False)[2][0]
    assert abs(np.corrcoef(first, flat[0])[0, 1]) > 0.9999


def test_fewer_bands_than_components_are_refused(tmp_path: Path) -> None:
    raster = write_raster(tmp_path / "x.tif", values(2), HERE)
    with pytest.raises(InputError, match="RASTER1 has 2 bands, but MODEL takes 3 principal components"):
        spec = InputSpec("x", "raster1", None, components=3)
        out(tmp_path, same(), (spec,), (OutputSpec("y", bands=BANDS),), [raster])


def with_number() -> Any:
    nodes = [helper.make_node("Reshape", ["k", "flat"], ["f"]), helper.make_node("Add", ["x", "f"], ["y"])]
    return model_of(nodes, {"x": FREE, "k": ("n", 1)}, {"y": FREE}, {"flat": np.array([1])})


FORMS = [("day_of_year", 220), ("days", 6063), ("year_fraction", 2016 + 219 / 366)]


@pytest.mark.parametrize(("form", "wanted"), FORMS)
def test_the_date_of_a_raster_from_its_name(tmp_path: Path, form: str, wanted: float) -> None:
    raster = write_raster(tmp_path / "scene_20160807.tif", values(), HERE)
    inputs = (InputSpec("x", "raster1", BANDS), InputSpec("k", "date", date_of="raster1", date_form=form))
    found = out(tmp_path, with_number(), inputs, (OutputSpec("y", bands=BANDS),), [raster])
    np.testing.assert_allclose(found - np.rint(values()), wanted, rtol=1e-4)


def test_a_raster_without_a_date_is_refused_before_the_run(tmp_path: Path) -> None:
    raster = write_raster(tmp_path / "scene.tif", values(), HERE)
    inputs = (InputSpec("x", "raster1", BANDS), InputSpec("k", "date", date_of="raster1"))
    with pytest.raises(InputError, match="RASTER1 says no date in its metadata or its name, but MODEL"):
        out(tmp_path, with_number(), inputs, (OutputSpec("y", bands=BANDS),), [raster])


@pytest.mark.parametrize("every", [1, 4])
def test_windows_do_not_depend_on_the_tiles(tmp_path: Path, every: int) -> None:
    raster = write_raster(tmp_path / "x.tif", values(), HERE)
    spec = InputSpec("x", "raster1", BANDS, scaling=Scaling("scene"))
    told = (OutputSpec("y", bands=tuple(map(Band, "pqrs")), tensor=TensorForm(layout="NC")),)
    more = {"halo": 3, "window": 7, "options": RunOptions(every)}
    whole = out(tmp_path, patches(3, 7, 4), (spec,), told, [raster], **dict(more))
    small = out(tmp_path, patches(3, 7, 4), (spec,), told, [raster], tile=32, **dict(more))
    np.testing.assert_allclose(small, whole, atol=1e-5)
    blocks = whole[:, :68, :80].reshape(4, 17, 4, 20, 4)
    assert (np.ptp(blocks, axis=(2, 4)).max() < 1e-6) == (every == 4)


def test_every_is_refused_where_whole_tiles_are_taken(tmp_path: Path) -> None:
    raster = write_raster(tmp_path / "x.tif", values(), HERE)
    with pytest.raises(InputError, match="EVERY is 4, but MODEL 'small' takes whole tiles"):
        out(tmp_path, same(), (InputSpec("x", "raster1", BANDS),), (OutputSpec("y", bands=BANDS),), [raster],
            options=RunOptions(4))  # fmt: skip
