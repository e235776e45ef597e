"""How well buildings, trees and roads are found by rules: on a lake shore, crowns drawn in the field, generated cities.

    python -m models.target_extraction.benchmark [--town FOLDER] [--crowns FOLDER] [--cities 1 2 3]

`--town` holds `lidar_1m.tif` (height above ground first), `rgb.tif` and `classes_1m.tif` (1 ground, 2 vegetation, 3
building, 0 unknown); its roads were drawn, see `truth`. `--crowns` holds plots `*_lidar_1m.tif`, `*_rgb_10cm.tif` and
`*_group_1m.tif` (above 0: a crown). `--cities` are seeds of generated cities. Every result is made from file to file by
the plugin's own engine, with the defaults, next to the plain rule that what is high is a target. Pixels without a
class, or without heights, are not judged. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.land_cover import generated_city
from models.target_extraction.truth import DOUBTFUL, RAILWAY, drawn_roads, write_city
from models.target_extraction.truth import ROAD as DRAWN_ROAD
from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.engine.run import run
from rsfusion_qgis.core.measures.classes.boundary import BoundaryTally
from rsfusion_qgis.tasks.target_extraction.options import TargetOptions
from rsfusion_qgis.tasks.target_extraction.roles import BUILDING, CLASSES, METHOD, ROAD, TREE
from rsfusion_qgis.tasks.target_extraction.task import TASK

NAMES = {"building": BUILDING, "tree": TREE}
CITY = {BUILDING: generated_city.ROOF, TREE: generated_city.TREE, ROAD: generated_city.STREET}
LOW_M = 0.5


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--town", type=Path)
    parser.add_argument("--crowns", type=Path)
    parser.add_argument("--cities", type=int, nargs="*", default=())
    options = parser.parse_args(arguments)
    gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")
    gdal.UseExceptions()
    print("| scene | given | target | IoU | precision | recall | boundary F1 |\n|" + "---|" * 7)
    for folder, cases in ((options.town, _town), (options.crowns, _crowns)):
        if folder is not None:
            for row in cases(folder):
                print("| " + " | ".join(row) + " |", flush=True)
    for row in _cities(options.cities) if options.cities else ():
        print("| " + " | ".join(row) + " |", flush=True)
    return 0


def extracted(inputs: dict[str, str]) -> np.ndarray:
    """(rows, cols) place of the class, -1 without data."""
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "targets.tif")
        run(Job(TASK, inputs, output, method=METHOD, options=TargetOptions()))
        codes = gdal.Open(output).ReadAsArray().astype(int)
    return np.where(codes > 0, codes - CLASSES[0].code, -1)


class Tally:
    """Pixels of a target over several scenes."""

    def __init__(self) -> None:
        self.both = self.found = self.true = 0
        self.outlines = BoundaryTally(2)

    def add(self, found: np.ndarray, true: np.ndarray, known: np.ndarray) -> None:
        """Count (rows, cols) bool where `known`."""
        self.both += int((found & true & known).sum())
        self.found += int((found & known).sum())
        self.true += int((true & known).sum())
        self.outlines.add(np.where(known, true, -1).astype(int), np.where(known, found, -1).astype(int))

    def row(self, *words: str) -> tuple[str, ...]:
        """Cells."""
        union = self.found + self.true - self.both
        shares = (self.both / max(whole, 1) for whole in (union, self.found, self.true))
        return (*words, *(f"{one:.3f}" for one in shares), f"{self.outlines.per_class()[1]:.3f}")


def _town(folder: Path) -> Iterator[tuple[str, ...]]:
    lidar, rgb = str(folder / "lidar_1m.tif"), str(folder / "rgb.tif")
    truth = gdal.Open(str(folder / "classes_1m.tif")).ReadAsArray()
    height = gdal.Open(lidar).ReadAsArray()[0]
    true = {"building": truth == 3, "tree": truth == 2}
    maps = {"LIDAR": extracted({"lidar": lidar}), "LIDAR, OPTICAL (RGB)": extracted({"lidar": lidar, "optical": rgb})}
    for target, place in NAMES.items():
        known = (truth > 0) & (height > -1000)
        plain = Tally()
        plain.add(height > 2.5, true[target], known)
        yield plain.row("lake shore", "height > 2.5 m", target)
        for given, found in maps.items():
            tally = Tally()
            tally.add(found == place, true[target], known)
            yield tally.row("lake shore", given, target)
    yield from _roads(drawn_roads(lidar), (truth > 0) & (height > -1000), np.abs(height) < LOW_M, maps)


def _roads(
    drawn: np.ndarray, known: np.ndarray, low: np.ndarray, maps: dict[str, np.ndarray]
) -> Iterator[tuple[str, ...]]:
    """Without the railway, which the rules cannot tell from a road, then with it as a road."""
    known = known & (drawn != DOUBTFUL)
    found = {f"height within {LOW_M:g} m": low, **{given: one == ROAD for given, one in maps.items()}}
    for target, true, judged in (
        ("road (railway not judged)", drawn == DRAWN_ROAD, known & (drawn != RAILWAY)),
        ("road or railway", np.isin(drawn, (DRAWN_ROAD, RAILWAY)), known),
    ):
        for given, one in found.items():
            tally = Tally()
            tally.add(one, true, judged)
            yield tally.row("lake shore", given, target)


def _cities(seeds: Sequence[int]) -> Iterator[tuple[str, ...]]:
    given = {"LIDAR": "", "LIDAR, OPTICAL (RGB)": "rgb", "LIDAR, OPTICAL (RGB, NIR)": "rgbn"}
    tallies = {(place, words): Tally() for place in CITY for words in given}
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            files, truth = write_city(Path(folder), seed)
            for words, taken in given.items():
                optical = {"optical": files[taken]} if taken else {}
                found = extracted({"lidar": files["lidar"], **optical})
                for place, true in CITY.items():
                    tallies[place, words].add(found == place, truth == true, np.ones(truth.shape, bool))
    for (place, words), tally in tallies.items():
        yield tally.row(f"{len(seeds)} generated cities", words, CLASSES[place].name)


def _crowns(folder: Path) -> Iterator[tuple[str, ...]]:
    plots = sorted(folder.glob("*_lidar_1m.tif"))
    tallies = {name: Tally() for name in ("height > 2 m", "LIDAR", "LIDAR, OPTICAL (RGB)")}
    for path in plots:
        height = gdal.Open(str(path)).ReadAsArray()[0]
        crown = gdal.Open(str(path).replace("_lidar_1m", "_group_1m")).ReadAsArray() > 0
        known = height > -1000
        rgb = str(path).replace("_lidar_1m", "_rgb_10cm")
        tallies["height > 2 m"].add(height > 2, crown, known)
        tallies["LIDAR"].add(extracted({"lidar": str(path)}) == TREE, crown, known)
        tallies["LIDAR, OPTICAL (RGB)"].add(extracted({"lidar": str(path), "optical": rgb}) == TREE, crown, known)
    for name, tally in tallies.items():
        yield tally.row(f"{len(plots)} plots of crowns", name, "tree")


if __name__ == "__main__":
    sys.exit(main())
