"""A network in the benchmark: any ONNX file with a card, run by the real engine from file to file.

Arrays as in `classical`. The pair goes to temporary Float32 GeoTIFFs, the result comes back from one, so what is
measured is what a user gets, tiling, radiometry and all. A pair as it comes is fused with COREGISTRATION=correct, which
moves the MS onto the pan; one that was coregistered before, with COREGISTRATION=warn. The literature's networks are for
the benchmark only: they lie in a folder of their own (see `models.pansharpening.train_literature`), beside the zoo that
users see.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from models.common.rasters import open_raster, read_all
from models.pansharpening.benchmark.contender import DETAIL, EYE, FULL, LITERATURE, OURS, REDUCED, Contender
from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.classical import Method
from models.pansharpening.pair_files import write_pair
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.operators.consistency import AUTO, OFF
from rsfusion_qgis.core.operators.sharpening import method_by_id
from rsfusion_qgis.core.operators.sharpness import excess_for, matched
from rsfusion_qgis.core.sensors.catalogue import GENERIC, UNKNOWN, sensor_id
from rsfusion_qgis.tasks.pansharpening.options import MethodOptions, NetworkOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK

AS_THEY_COME, AS_DELIVERED = (REDUCED, FULL), (EYE, FULL)
"""Tests of pairs that were not coregistered before, and tests of pairs that were not reduced."""
CORRECT, WARN = "correct", "warn"
LITERATURE_FOLDER = Path(__file__).resolve().parents[1] / "literature"


def zoo_networks() -> tuple[Path, ...]:
    """The pansharpening networks of the zoo, by name."""
    return tuple(path for path in shipped_networks() if read_card(path).task == TASK.card_task)


def literature_networks() -> tuple[Path, ...]:
    """The literature's networks, by name."""
    return tuple(sorted(LITERATURE_FOLDER.glob("*.onnx")))


def kind_of(path: Path) -> str:
    """`Contender.kind` of a network, from its folder."""
    return LITERATURE if path.resolve().parent == LITERATURE_FOLDER else OURS


def network_contenders(paths: Iterable[Path]) -> tuple[Contender, ...]:
    """One contender per ONNX file, called by the name on its card; the literature's networks fuse as published."""
    return tuple(as_fused_contender(path) if kind_of(path) == LITERATURE else _contender(path) for path in paths)


def detail_contender(path: Path, detail: str) -> Contender:
    """The network with `DETAIL`, by default "balanced"."""
    return _contender(path, DETAIL.format(detail), detail=detail)


def unsaid_contender(path: Path) -> Contender:
    """The network where nobody says the sensor: how blurred the MS is, is measured, and the pan is taken for usual."""
    return _contender(path, ", sensor not said", said=False)


def views_contender(path: Path, views: int = 8) -> Contender:
    """The network with `VIEWS`, the average of its answers to turned and mirrored tiles."""
    return _contender(path, f", VIEWS={views}", views=views)


def as_fused_contender(path: Path, suffix: str = "") -> Contender:
    """The network with `CONSISTENCY=off`; suffix: what follows the name on its card."""
    return _contender(path, suffix, consistency=OFF)


def consistent_contender(method: str, sharpened: bool = False) -> Contender:
    """A classical method of the plugin, its result made consistent with the MS as that of our networks.

    sharpened: the pan is made as sharp as the MS before, too, as it is for our networks.
    """
    name = f"{method_by_id(method).label}, consistent" + ", pan sharpened" * sharpened
    return Contender(name, LITERATURE, lambda pair, test: partial(_fuse_classical, method, pair, sharpened))


def fuse_files(
    model: Path, pan: Path, ms: Path, output: Path, options: NetworkOptions, policy: str = CORRECT
) -> np.ndarray:
    """The result of the engine on a pair of files, `(bands, rows, cols)` on all the pixels of the pan.

    What MS, once it is moved, no longer covers at the edges repeats the nearest pixel.
    """
    fused = _run(pan, ms, output, model=str(model), options=options, policy=policy)
    grid, (left, top) = open_raster(pan), _offset(output, pan)
    right, bottom = grid.RasterXSize - left - fused.shape[2], grid.RasterYSize - top - fused.shape[1]
    return np.pad(fused, ((0, 0), (top, bottom), (left, right)), mode="edge")


def options_for(pair: Pair, test: str, said: bool = True, **asked: Any) -> NetworkOptions:
    """What a user asks for; `said`: the sensor is told, as it is to MTF-GLP-FS; `asked`: further options.

    At reduced resolution the MTF gains of its bands are those that the protocol blurs with; at full resolution the pair
    may have others, so that it is the sensor's name alone that is told.
    """
    if not said:
        return NetworkOptions(GENERIC, **asked)
    gains = () if test in AS_DELIVERED else tuple(pair.gains)
    return NetworkOptions(_named(pair), gains, **asked)


def _named(pair: Pair) -> str:
    """The id of the pair's sensor, as users name it."""
    return GENERIC if pair.sensor == UNKNOWN else sensor_id(pair.sensor)


def _contender(path: Path, suffix: str = "", **asked: Any) -> Contender:
    """Networks of the literature fuse as published, so nothing is moved for them."""
    card, kind = read_card(path), kind_of(path)

    def method_for(pair: Pair, test: str) -> Method:
        policy = CORRECT if kind == OURS and test in AS_THEY_COME else WARN
        return partial(_fuse, path, options_for(pair, test, **asked), policy)

    return Contender(card.name + suffix, kind, method_for, card=card)


def _fuse(
    model: Path, options: NetworkOptions, policy: str, ms: np.ndarray, pan: np.ndarray, ratio: int,
    gains: Sequence[float],
) -> np.ndarray:  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="rsfusion_ours_") as name:
        folder = Path(name)
        return fuse_files(model, *write_pair(folder, ms, pan, ratio), folder / "fused.tif", options, policy)


def _fuse_classical(
    method: str, pair: Pair, sharpened: bool, ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]
) -> np.ndarray:
    if sharpened:
        pan = matched(pan, excess_for(_named(pair), tuple(gains), 0.0, len(ms), ratio))
    options = MethodOptions(GENERIC, tuple(gains), AUTO)
    with tempfile.TemporaryDirectory(prefix="rsfusion_ours_") as name:
        files = write_pair(Path(name), ms, pan, ratio)
        return _run(*files, Path(name) / "fused.tif", method=method, options=options, policy=WARN)


def _offset(path: Path, on: Path) -> tuple[int, int]:
    """Columns and rows of a raster's corner on another one of the same pixel size."""
    place, grid = (open_raster(one).GetGeoTransform() for one in (path, on))
    return round((place[0] - grid[0]) / grid[1]), round((place[3] - grid[3]) / grid[5])


def _run(pan: Path, ms: Path, output: Path, **settings: Any) -> np.ndarray:
    run(Job(TASK, {"pan": str(pan), "ms": str(ms)}, str(output), device="cpu", **settings))
    return read_all(output)
