"""A network in the benchmark: any ONNX file with a card, run by the real engine from file to file.

Arrays as in `classical`. The pair goes to temporary Float32 GeoTIFFs, the result comes back from one, so what is
measured is what a user gets, tiling, radiometry and all. The literature's networks are for the benchmark only: they lie
in a folder of their own (see `models.pansharpening.train_literature`), beside the zoo that users see.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from models.common.rasters import open_raster, read_all
from models.pansharpening.benchmark.contender import FULL, LITERATURE, OURS, REDUCED, Contender
from models.pansharpening.benchmark.pairs import Pair
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


def corrected_contender(path: Path, consistency: str = AUTO) -> Contender:
    """The network with `COREGISTRATION=correct`, which brings the MS onto the pan before the fusion."""
    made = _contender(path, " corrected", _fuse_corrected, consistency=consistency)
    return replace(made, tests=(REDUCED, FULL), moves_to_pan=True)


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
    model: Path, pan: Path, ms: Path, output: Path, options: NetworkOptions, policy: str = "warn"
) -> np.ndarray:
    """The result of the engine on a pair of files, `(bands, rows, cols)`."""
    return _run(pan, ms, output, model=str(model), options=options, policy=policy)


def options_for(
    pair: Pair, test: str, consistency: str = AUTO, said: bool = True, views: int = 1
) -> NetworkOptions:
    """What a user asks for; `said`: the sensor is told, as it is to MTF-GLP-FS.

    At reduced resolution the MTF gains of its bands are those that the protocol blurs with; at full resolution the pair
    may have others, so that it is the sensor's name alone that is told.
    """
    if not said:
        return NetworkOptions(GENERIC, consistency=consistency, views=views)
    gains = () if test == FULL else tuple(pair.gains)
    return NetworkOptions(_named(pair), gains, consistency=consistency, views=views)


def _named(pair: Pair) -> str:
    """The id of the pair's sensor, as users name it."""
    return GENERIC if pair.sensor == UNKNOWN else sensor_id(pair.sensor)


def _contender(path: Path, suffix: str = "", fuse: Callable[..., np.ndarray] | None = None, **asked: Any) -> Contender:
    card, fuse = read_card(path), fuse or _fuse
    return Contender(
        card.name + suffix, kind_of(path), lambda pair, test: partial(fuse, path, options_for(pair, test, **asked)),
        card=card,
    )  # fmt: skip


def _fuse(
    model: Path, options: NetworkOptions, ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]
) -> np.ndarray:
    with tempfile.TemporaryDirectory(prefix="rsfusion_ours_") as name:
        folder = Path(name)
        return fuse_files(model, *write_pair(folder, ms, pan, ratio), folder / "fused.tif", options)


def _fuse_classical(
    method: str, pair: Pair, sharpened: bool, ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]
) -> np.ndarray:
    if sharpened:
        pan = matched(pan, excess_for(_named(pair), tuple(gains), 0.0, len(ms), ratio))
    options = MethodOptions(GENERIC, tuple(gains), AUTO)
    with tempfile.TemporaryDirectory(prefix="rsfusion_ours_") as name:
        files = write_pair(Path(name), ms, pan, ratio)
        return _run(*files, Path(name) / "fused.tif", method=method, options=options)


def _fuse_corrected(
    model: Path, options: NetworkOptions, ms: np.ndarray, pan: np.ndarray, ratio: int, gains: Sequence[float]
) -> np.ndarray:
    """What the moved MS no longer covers at the edges repeats the nearest pixel."""
    with tempfile.TemporaryDirectory(prefix="rsfusion_ours_") as name:
        pan_path, ms_path = write_pair(Path(name), ms, pan, ratio)
        fused = fuse_files(model, pan_path, ms_path, Path(name) / "fused.tif", options, "correct")
        left, top = _offset(Path(name) / "fused.tif", pan_path)
    right, bottom = pan.shape[2] - left - fused.shape[2], pan.shape[1] - top - fused.shape[1]
    return np.pad(fused, ((0, 0), (top, bottom), (left, right)), mode="edge")


def _offset(path: Path, on: Path) -> tuple[int, int]:
    """Columns and rows of a raster's corner on another one of the same pixel size."""
    place, grid = (open_raster(one).GetGeoTransform() for one in (path, on))
    return round((place[0] - grid[0]) / grid[1]), round((place[3] - grid[3]) / grid[5])


def _run(pan: Path, ms: Path, output: Path, **settings: Any) -> np.ndarray:
    run(Job(TASK, {"pan": str(pan), "ms": str(ms)}, str(output), device="cpu", **settings))
    return read_all(output)
