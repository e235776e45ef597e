"""Spatiotemporal fusion measured: fine images predicted for dates whose fine image is known.

Every method runs through the engine, from files to a file. A score is the root of the mean squared error over that of
the fine image of the (first) pair left unchanged, band by band, and the mean over bands: 1 = no better than doing
nothing. Usage:

    python -m models.spatiotemporal_fusion.benchmark DATA [--methods regression starfm ...] [--index NDVI]
        [--only alignment | mean-change]

With --index an index is predicted by the default, once from the predicted bands and once from the index of all rasters.
With --only one of the questions of `questions` is answered instead.

DATA holds folders of rasters with dates in their names, see `CASES`: real coarse images (MODIS), and real fine images
whose coarse images are means over squares of `RATIO` pixels. Arrays are (bands, rows, cols), stored units.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Optional

import numpy as np

from models.common.rasters import Frame, frame_of, open_raster, read_all, read_values, write_raster
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.rasters.source import RasterSource
from rsfusion_qgis.tasks.spatiotemporal_fusion.index import NAMED, Index, index_of
from rsfusion_qgis.tasks.spatiotemporal_fusion.methods import ESTARFM, METHODS, REGRESSION
from rsfusion_qgis.tasks.spatiotemporal_fusion.options import BANDS_FIRST, INDEX_FIRST, FusionOptions
from rsfusion_qgis.tasks.spatiotemporal_fusion.task import TASK

RATIO = 16
_TASK = replace(TASK, registers=False)
"""The shift between the images is not measured: without COREGISTRATION=correct that only tells."""


@dataclass(frozen=True)
class Series:
    """A folder of rasters.

    Attributes
    ----------
    name, folder : str
    fine, coarse : str
        Names of the rasters, {} = the date; "" = the coarse images are made.
    trials : tuple of (dates of the pairs, wanted date)
    wishes : dict
        Options of the runs.
    """

    name: str
    folder: str
    fine: str
    coarse: str
    trials: tuple[tuple[tuple[str, ...], str], ...]
    wishes: dict[str, Any] = field(default_factory=dict)


def both_ways(*dates: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Every date from every other one."""
    return tuple(((one,), other) for one in dates for other in dates if one != other)


_UNITS = {"fine_scale": 2e-5, "fine_offset": -0.1, "coarse_scale": 1e-4, "coarse_offset": 0.0}
_MODIS = ("landsat_modis_2016", "landsat_{}.tif", "modis_{}_nearest.tif")
SERIES = (
    Series("MODIS", *_MODIS, both_ways("2016220", "2016236"), _UNITS),
    Series("MODIS, a date contaminated", *_MODIS, tuple(
        one for one in both_ways("2016220", "2016236", "2016243") if "2016243" in (*one[0], one[1])
    ), _UNITS),
    Series("MODIS, two pairs", *_MODIS, ((("2016220", "2016243"), "2016236"),), _UNITS),
    Series("Land surface temperature", "lst_yanco", "landsat_lst_{}.tif", "mod11a1_lst_{}.tif",
           both_ways("20160205", "20160308")),
    Series("Kranj", "kranj_2020", "landsat_{}.tif", "modis_{}.tif",
           (*both_ways("2020068", "2020077", "2020093"), (("2020068", "2020093"), "2020077")),
           {"fine_scale": 1e-4, "coarse_scale": 1.0, "coarse_pixel": 15.4}),
    Series("Coarse by averaging: fields", "landsat_modis_2016", "landsat_{}.tif", "", both_ways("2016220", "2016236")),
    Series("Coarse by averaging: fields, two pairs", "landsat_modis_2016", "landsat_{}.tif", "",
           ((("2016220", "2016243"), "2016236"),)),
    Series("Coarse by averaging: fire", "landsat8_corumba_fire", "ms_{}.tif", "", both_ways("20190809", "20190825")),
    Series("Coarse by averaging: dam break", "landsat8_brumadinho", "ms_{}.tif", "",
           both_ways("20190114", "20190130")),
)  # fmt: skip


def averaged(path: Path, folder: Path) -> Path:
    """The coarse image of a fine one: means over squares of `RATIO` pixels, written under the same name."""
    dataset = open_raster(path)
    values, frame = read_values(dataset), frame_of(dataset)
    bands, rows, cols = values.shape
    rows, cols = rows // RATIO * RATIO, cols // RATIO * RATIO
    means = values[:, :rows, :cols].reshape(bands, rows // RATIO, RATIO, cols // RATIO, RATIO).mean(axis=(2, 4))
    x, a, b, y, d, e = frame.geotransform
    coarser = Frame(frame.crs_wkt, (x, a * RATIO, b * RATIO, y, d * RATIO, e * RATIO)) if frame.crs_wkt else frame
    return write_raster(folder / f"coarse_{path.name}", means, coarser, data_type="Float32")


def whole_cells(path: Path, folder: Path) -> Path:
    """A fine raster cut to whole coarse pixels, written under the same name."""
    dataset = open_raster(path)
    values = read_values(dataset)
    rows, cols = (size // RATIO * RATIO for size in values.shape[1:])
    return write_raster(folder / path.name, values[:, :rows, :cols], frame_of(dataset), data_type="Float32")


def files(data: Path, series: Series, folder: Path) -> tuple[dict[str, Path], dict[str, Path]]:
    """Fine and coarse rasters by date."""
    dates = dict.fromkeys(one for pairs, wanted in series.trials for one in (*pairs, wanted))
    fine = {one: data / series.folder / series.fine.format(one) for one in dates}
    if series.coarse:
        return fine, {one: data / series.folder / series.coarse.format(one) for one in dates}
    coarse = {one: averaged(path, folder) for one, path in fine.items()}
    return {one: whole_cells(path, folder) for one, path in fine.items()}, coarse


@dataclass(frozen=True)
class Outcome:
    """What one method made of one trial: score, seconds of processor per million pixels and band, and the fallback."""

    score: float
    pace: float
    fallback: str = ""


def predicted(
    fine: dict[str, Path], coarse: dict[str, Path], pairs: Sequence[str], wanted: str, method: str,
    wishes: dict[str, Any], index: Optional[Index] = None,
) -> Optional[Outcome]:  # fmt: skip
    """The outcome of one run; None where the method needs more pairs."""
    if method == ESTARFM and len(pairs) < 2:
        return None
    inputs = {}
    for role, rasters, dates in (("fine", fine, pairs), ("coarse", coarse, (*pairs, wanted))):
        for number, one in enumerate(dates, start=1):
            inputs[role if number == 1 else f"{role}:{number}"] = str(rasters[one])
    guard = {} if method == REGRESSION else {"guard": "warn"}
    options = FusionOptions(target_date=wanted, **guard, **wishes)
    with tempfile.TemporaryDirectory() as folder:
        output, started = str(Path(folder) / "predicted.tif"), time.process_time()
        result = run(Job(_TASK, inputs, output=output, method=method, options=options, data_type="Float32"))
        seconds = time.process_time() - started
        found = read_all(output)
    truth, before = (physical(read_all(fine[one]), index, wishes) for one in (wanted, pairs[0]))
    rows, cols = found.shape[1:]
    score = float(np.mean(errors(found, truth[:, :rows, :cols]) / errors(before, truth)))
    return Outcome(score, seconds / found.size * 1e6, result.summary.decision.fallback)


def physical(values: np.ndarray, index: Optional[Index], wishes: dict[str, Any]) -> np.ndarray:
    """A fine image, or the index of its physical values."""
    if index is None:
        return values
    return index.of((values * wishes.get("fine_scale", 1.0) + wishes.get("fine_offset", 0.0)).astype(np.float32))


def errors(image: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(bands,) root of the mean squared error."""
    return np.sqrt(np.nanmean((image - truth) ** 2, axis=(1, 2)))


def mean(values: Sequence[float]) -> float:
    """The geometric mean."""
    return float(np.exp(np.mean(np.log(values))))


def measure(data: Path, series: Series, methods: Sequence[str]) -> dict[str, list[Outcome]]:
    """Print the table of a series."""
    print(f"\n{series.name}\n{'from':<18}{'to':<10}" + "".join(f"{method:>12}" for method in methods))
    found: dict[str, list[Outcome]] = {method: [] for method in methods}
    with tempfile.TemporaryDirectory() as folder:
        fine, coarse = files(data, series, Path(folder))
        for pairs, wanted in series.trials:
            cells, said = [], ""
            for method in methods:
                try:
                    outcome = predicted(fine, coarse, pairs, wanted, method, series.wishes)
                except InputError as error:
                    cells, said = [*cells, "refused"], str(error)
                    continue
                if outcome is not None:
                    found[method].append(outcome)
                    said = said or outcome.fallback
                cells.append("" if outcome is None else f"{outcome.score:.3f}")
            note = f"  {said}" if said else ""
            print(f"{' '.join(pairs):<18}{wanted:<10}" + "".join(f"{cell:>12}" for cell in cells) + note, flush=True)
    count = len(series.trials)
    if count > 1:
        means = (f"{mean([one.score for one in found[method]]):.3f}" if len(found[method]) == count else ""
                 for method in methods)  # fmt: skip
        print(f"{'geometric mean':<28}" + "".join(f"{cell:>12}" for cell in means))
    return found


def measure_index(data: Path, name: str) -> None:
    """Print the table of an index, of every series whose bands it can be computed from."""
    print(f"{'':<34}{'from':<18}{'to':<10}{'bands first':>14}{'index first':>14}")
    found: list[list[float]] = []
    for series in SERIES:
        with tempfile.TemporaryDirectory() as folder:
            try:
                fine, coarse = files(data, series, Path(folder))
                with RasterSource(str(data / series.folder / series.fine.format(series.trials[0][1])), "FINE") as one:
                    index = index_of(name, one.bands)
            except InputError:
                continue
            for pairs, wanted in series.trials:
                row = []
                for order in (BANDS_FIRST, INDEX_FIRST):
                    wishes = {**series.wishes, "index": _numbered(index), "index_order": order}
                    row.append(predicted(fine, coarse, pairs, wanted, REGRESSION, wishes, index).score)
                found.append(row)
                cells = "".join(f"{one:>14.3f}" for one in row)
                print(f"{series.name:<34}{' '.join(pairs):<18}{wanted:<10}{cells}", flush=True)
    if found:
        cells = "".join(f"{mean(one):>14.3f}" for one in zip(*found))
        print(f"{'geometric mean':<62}{cells}")


def _numbered(index: Index) -> str:
    """The expression of an index with numbers of bands, since what is written anew has no names."""
    text = NAMED.get(index.name, index.name)
    for name, place in index.places.items():
        text = re.sub(rf"\b{name}\b", f"b{place + 1}", text)
    return text


def main(arguments: Sequence[str]) -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path, help="folder with one folder per series")
    parser.add_argument("--methods", nargs="+", default=list(METHODS), choices=METHODS)
    parser.add_argument("--index", default="", help="predict this index in both orders, and nothing else")
    parser.add_argument("--only", default="", choices=("alignment", "mean-change"), help="answer this, nothing else")
    told = parser.parse_args(arguments)
    if told.index:
        measure_index(told.data, told.index)
        return
    if told.only:
        from models.spatiotemporal_fusion import questions  # which needs what is here

        {"alignment": questions.alignment, "mean-change": questions.mean_change}[told.only](told.data)
        return
    paces: dict[str, list[float]] = {method: [] for method in told.methods}
    for series in SERIES:
        if (told.data / series.folder).is_dir():
            for method, outcomes in measure(told.data, series, told.methods).items():
                paces[method] += [one.pace for one in outcomes]
    print(f"\n{'s per Mpx and band':<28}" + "".join(
        f"{np.median(paces[method]):>12.2f}" if paces[method] else f"{'':>12}" for method in told.methods
    ))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
