"""The jobs of `compare.py`: algorithm ids and parameters of the public interface, nothing else.

A value that begins with "<" is a file of the inputs, one that begins with ">" a file that the job writes, and one
that begins with "@" a layer of a file of the inputs to which the user gave a CRS. A series is a list of such values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

ONE = {"THREADS": 1}
"""One thread in every network: sums in another order would be other numbers."""
PAIR = {"PAN": "<pan.tif", "MS": "<ms.tif", "OUTPUT": ">fused.tif"}
WIDE = {"PAN": "<pan_wide.tif", "MS": "<ms_wide.tif"}
OFF_GRID = {"PAN": "<pan_off.tif", "MS": "<ms_off.tif", "OUTPUT": ">fused.tif"}
TINY = {**PAIR, "MODEL_FILE": "<detail.onnx", **ONE}
FAST = "pansharpening_fast_v5"
S2 = {"OPTICAL": "<s2.tif", "OUTPUT": ">restored.tif", **ONE}
MASKED = {**S2, "SAR": "<s1.tif", "CLOUDMASK": "<scl.tif", "CLOUD_VALUES": "3,8,9,10"}
TINY_CLOUDS = {**MASKED, "MODEL_FILE": "<clouds.onnx", "LEARN_FROM_SCENE": "off"}
FURTHER = {"UNCERTAINTY": ">sigma.tif", "MASK": ">mask.tif", "REPORT": ">page.html"}
HEIGHTS = {"HS": "<hs2.tif", "LIDAR": "<height2.tif"}
TINY_CLASSES = {**HEIGHTS, "MODEL_FILE": "<classes.onnx", "OUTPUT": ">classes.tif", **ONE}
CITY = {"HS": "<hs.tif", "LIDAR": "<height.tif", "OUTPUT": ">classes.tif", **ONE}
TRAIN = {"HS": "<hs.tif", "LIDAR": "<height.tif", "MINUTES": 0.05, "OUTPUT": ">net.onnx", **ONE}
SAMPLES = {"SAMPLES": "<samples.gpkg", "CLASS_FIELD": "class"}
DSM = {"DSM": "<dsm.tif", "OUTPUT": ">features.tif"}
SERIES = {"FINE": ["<fine_2016200.tif"], "COARSE": ["<coarse_2016200.tif", "<coarse_2016216.tif"],
          "TARGET_DATE": "2016-08-03", "OUTPUT": ">predicted.tif"}  # fmt: skip
FINER = {"HS": "<hs.tif", "GUIDE": "<guide.tif", "OUTPUT": ">sharp.tif"}
MOVED = {"REFERENCE": "<reference.tif", "OUTPUT": ">moved.tif", "TOLERANCE": 0.2}
QUALITY = {"REPORT": ">page.html", "CSV": ">table.csv"}
TRAINED = "trained.onnx"
"""Made by the first checkout that is recorded, by the job `FIRST_TRAINING`, and then kept among the inputs."""


@dataclass(frozen=True)
class Job:
    """One run; of a `loose` one, whose numbers depend on the clock, only the structure is compared."""

    name: str
    algorithm: str
    parameters: dict[str, Any] = field(default_factory=dict)
    loose: bool = False


def replaced(value: Any, change: Callable[[str], Any]) -> Any:
    """A value of a job, changed where it is a text that has a mark."""
    if isinstance(value, list):
        return [replaced(one, change) for one in value]
    return change(value) if isinstance(value, str) and value[:1] in ("<", ">", "@") else value


def files(value: Any, marks: str = "<@") -> Iterator[str]:
    """The names of the files that a value of a job says, without their marks."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one[:1] and one[0] in marks:
            yield one[1:]


FIRST_TRAINING = Job("first training", "trainclassifier", {**TRAIN, **SAMPLES})


def _named(algorithm: str, base: dict[str, Any], changes: dict[str, dict[str, Any]], loose: bool = False) -> list[Job]:
    return [Job(f"{algorithm}: {name}", algorithm, {**base, **more}, loose) for name, more in changes.items()]


def pansharpening() -> list[Job]:
    """By a network."""
    return [
        *_named("pansharpen", PAIR, {"default": {}}),
        *_named("pansharpen", {**PAIR, **ONE}, {
            "sensor, report": {"SENSOR": "quickbird", "REPORT": ">page.html"},
            "fast network, consistency on": {"MODEL": FAST, "CONSISTENCY": "on"},
            "fast network, consistency off": {"MODEL": FAST, "CONSISTENCY": "off"},
            "gains": {"MODEL": FAST, "GAINS": "0.35,0.3,0.3,0.2", "PAN_GAIN": 0.2},
            "two views": {"MODEL": FAST, "VIEWS": 2},
            "extent": {"MODEL": FAST, "EXTENT": "500301,500802,4999205,4999699 [EPSG:32632]"},
            "warped MS": {"MODEL": FAST, "MS": "<ms_lonlat.tif"},
            "eight bands, float": {"MODEL": FAST, "MS": "<ms8.tif"},
        }),
        *_named("pansharpen", {**OFF_GRID, **ONE}, {
            "off grid": {"MODEL": FAST, "REPORT": ">page.html"},
            "off grid, consistency off, two views": {"MODEL": FAST, "CONSISTENCY": "off", "VIEWS": 2, "TILE_SIZE": 128},
        }),
        *_named("pansharpen", {**TINY, "MS": "<ms_shifted.tif"}, {
            "shifted, correct": {"COREGISTRATION": "correct", "REPORT": ">page.html"},
            "shifted, warn": {"COREGISTRATION": "warn"},
            "shifted, fail": {"COREGISTRATION": "fail"},
            "moved by whole pixels, correct": {"MS": "<ms_moved.tif", "COREGISTRATION": "correct"},
            "moved by whole pixels, fail": {"MS": "<ms_moved.tif", "COREGISTRATION": "fail"},
        }),
        *_named("pansharpen", TINY, {
            "tiny network": {},
            "COG, float": {"FORMAT": "COG", "DATA_TYPE": "Float32", "NODATA": -1, "CREATION_OPTIONS": "COMPRESS=LZW"},
            "ENVI, byte": {"FORMAT": "ENVI", "DATA_TYPE": "Byte", "NODATA": 255, "OUTPUT": ">fused.img"},
            "small tiles": {"TILE_SIZE": 64, "MEMORY": 256},
            "masked MS": {"MS": "<ms_masked.tif"},
            "layer with a CRS by hand": {"MS": "@ms_bare.tif"},
        }),
        *_named("adaptpansharpening", {**PAIR, "OUTPUT": ">net.onnx", "MINUTES": 0.1, **ONE}, {
            "smallest": {"MODEL": FAST},
        }, loose=True),
    ]  # fmt: skip


def classical() -> list[Job]:
    """By the classical methods."""
    methods = {method: {"METHOD": method} for method in ("mtf_glp_fs", "gsa", "bt_h", "exp")}
    return [
        *_named("classicalpansharpen", PAIR, methods),
        *_named("classicalpansharpen", PAIR, {
            "consistent": {"METHOD": "gsa", "CONSISTENCY": "on", "SENSOR": "ikonos"},
            "consistency auto, small tiles": {"CONSISTENCY": "auto", "TILE_SIZE": 64, "GAINS": "0.3"},
            "report, float": {"METHOD": "bt_h", "DATA_TYPE": "Float32", "REPORT": ">page.html"},
            "eight bands": {"MS": "<ms8.tif", "METHOD": "gsa", "SENSOR": "worldview_2"},
            "warped MS": {"MS": "<ms_lonlat.tif", "METHOD": "exp"},
            "shifted, correct": {"MS": "<ms_shifted.tif", "COREGISTRATION": "correct"},
        }),
        *_named("classicalpansharpen", OFF_GRID, {f"off grid, {name}": more for name, more in methods.items()}),
    ]  # fmt: skip


def clouds() -> list[Job]:
    """Removal of clouds, by the network of the zoo and by a tiny one."""
    return [
        *_named("removeclouds", MASKED, {
            "mask given, no learning": {**FURTHER, "LEARN_FROM_SCENE": "off"},
            "learning": {"LEARN_FROM_SCENE": "on", "REPORT": ">page.html"},
            "older clear image": {"CLEARREFERENCE": "<s2_clear.tif"},
        }),
        *_named("removeclouds", S2, {
            "mask found": {"SAR": "<s1.tif", "MASK": ">mask.tif"},
            "without SAR": {"CLOUDMASK": "<scl.tif", "CLOUD_VALUES": "3,9"},
        }),
        *_named("removeclouds", TINY_CLOUDS, {
            "tiny network": FURTHER,
            "everywhere": {"EVERYWHERE": True, "BLEND": 0, "UNCERTAINTY": ">sigma.tif"},
            "bands of 20 m": {"OPTICAL": "<s2_10m.tif", "OPTICAL_20M": "<s2_20m.tif", "SCALE": 10000, "OFFSET": 0},
            "power, speckle, tiles": {"SAR": "<s1_power.tif", "SPECKLE_FILTER": True, "TILE_SIZE": 64},
            "SAR moved, correct": {"SAR": "<s1_moved.tif", "COREGISTRATION": "correct"},
            "learning, extent": {"LEARN_FROM_SCENE": "on", "EXTENT": "500105,500905,4999205,4999805 [EPSG:32632]"},
        }),
    ]  # fmt: skip


def classification() -> list[Job]:
    """Classification, its assessment, and training."""
    all_results = {"CONFIDENCE": ">sure.tif", "PROBABILITIES": ">all.tif", "REPORT": ">page.html", "MAJORITY": 1}
    assessed = {"MAP": "<map.tif", **QUALITY}
    return [
        *_named("classify", TINY_CLASSES, {
            "everything": all_results,
            "without lidar": {"LIDAR": None},
            "extent": {"EXTENT": "500021,500099,4999901,4999971 [EPSG:32632]", "CONFIDENCE": ">sure.tif"},
            "majority, small tiles": {"MAJORITY": 2, "TILE_SIZE": 32},
        }),
        *_named("classify", {**CITY, "MODEL_FILE": f"<{TRAINED}"}, {
            "trained network": {**all_results, "MAJORITY": 0},
            "trained network without lidar": {"LIDAR": None, "MAJORITY": 2},
            "lidar moved, correct": {"LIDAR": "<height_moved.tif", "COREGISTRATION": "correct"},
        }),
        *_named("trainclassifier", TRAIN, {"smallest": {**SAMPLES, "REPORT": ">page.html"}}, loose=True),
        *_named("trainclassifier", TRAIN, {
            "labels, one raster": {"LABELS": "<labels.tif", "LIDAR": None, "ARCHITECTURE": "two_branch_cnn"},
        }, loose=True),
        *_named("assessclassification", assessed, {
            "samples": {"REFERENCE": "<samples.gpkg", "CLASS_FIELD": "class"},
            "raster": {"REFERENCE_RASTER": "<labels.tif"},
        }),
    ]  # fmt: skip


def sharpening() -> list[Job]:
    """The coarse bands of Sentinel-2."""
    return _named("sharpensentinel2", {"B10": "<s2_10m.tif", "B20": "<s2_20m.tif", "OUTPUT": ">sharp.tif"}, {
        "regression": {"REPORT": ">page.html"},
        "cubic": {"METHOD": "cubic"},
    })  # fmt: skip


def finer() -> list[Job]:
    """Hyperspectral bands on a finer grid, and a fine image of a date that only the coarse sensor saw."""
    pairs = {"FINE": ["<fine_2016200.tif", "<fine_2016232.tif"],
             "COARSE": ["<coarse_2016200.tif", "<coarse_2016216.tif", "<coarse_2016232.tif"]}  # fmt: skip
    return [
        *_named("sharpenhyperspectral", FINER, {
            "hp1": {"REPORT": ">page.html"},
            "glp, bad bands": {"METHOD": "glp", "BAD_BANDS": "3-4"},
        }),
        *_named("predictfine", SERIES, {
            "one pair": {"TRUST": ">trust.tif", "REPORT": ">page.html"},
            "two pairs": {**pairs, "METHOD": "estarfm"},
            "fsdaf": {"METHOD": "fsdaf"},
        }),
    ]  # fmt: skip


def unmixing() -> list[Job]:
    """Shares of materials, and their spectra."""
    labelled = {"HS": "<hs.tif", "LABELS": "<labels.tif", "OUTPUT": ">shares.tif"}
    return [
        *_named("unmix", {"HS": "<hs.tif", "COUNT": 3, "OUTPUT": ">shares.tif"}, {
            "endmembers of the scene": {"CLASSES": ">classes.tif", "ERROR": ">error.tif", "SHADE": ">shade.tif"},
            "brightness free": {"METHOD": "sclsu"},
            "polygons": {**SAMPLES, "COUNT": None, "METHOD": "bundles"},
        }),
        *_named("unmix", labelled, {
            "labels and heights": {"GUIDE": "<height.tif", "REPORT": ">page.html"},
            "bundles": {"METHOD": "bundles"},
            "synthetic": {"METHOD": "synthetic"},
        }),
        *_named("extractendmembers", {"HS": "<hs.tif", "COUNT": 3}, {
            "CSV": {"OUTPUT": ">found.csv", "REPORT": ">page.html"},
            "ENVI": {"OUTPUT": ">found.sli", "COUNT": None, "LABELS": "<labels.tif"},
            "polygons": {"OUTPUT": ">found.csv", "COUNT": None, **SAMPLES},
        }),
    ]  # fmt: skip


def heights() -> list[Job]:
    """Features of LiDAR."""
    return _named("lidarfeatures", DSM, {
        "surface only": {},
        "terrain and intensity": {"DTM": "<dtm.tif", "INTENSITY": "<intensity.tif"},
        "coarser terrain": {"DTM": "<dtm_coarse.tif", "FLOOR_AT_ZERO": False},
        "terrain in another CRS": {"DTM": "<dtm_33.tif", "FEATURES": "height_above_ground"},
        "extent": {"DTM": "<dtm.tif", "EXTENT": "500010,500062,4999940,4999981 [EPSG:32632]"},
        "small tiles, COG": {"TILE_SIZE": 48, "FORMAT": "COG", "RADIUS": 2},
        "chosen features": {"FEATURES": "slope,range,percentiles", "PERCENTILES": "5,95", "GROUND_WINDOW": 0},
        "no ground found": {"GROUND_WINDOW": 0},
        "layer with a CRS by hand": {"DSM": "@dsm_bare.tif", "DTM": "<dtm.tif"},
        "intensity moved": {"INTENSITY": "<intensity_moved.tif", "COREGISTRATION": "correct", "FEATURES": [6]},
    })  # fmt: skip


def registration() -> list[Job]:
    """Rasters that lie elsewhere."""
    pair = {"REFERENCE": "<reference.tif", "SECONDARY": "<secondary_shift.tif", "TOLERANCE": 0.2}
    return [
        *_named("coregister", MOVED, {
            "shift": {"SECONDARY": "<secondary_shift.tif"},
            "similarity": {"SECONDARY": "<secondary_turned.tif", "METHOD": "similarity"},
            "polynomial": {"SECONDARY": "<secondary_bent.tif", "METHOD": "polynomial"},
            "tps": {"SECONDARY": "<secondary_bent.tif", "METHOD": "tps", "MESH": 7, "RESAMPLING": "bilinear"},
            "on the reference's grid": {"SECONDARY": "<secondary_10m.tif", "ON_REFERENCE_GRID": True, "FORMAT": "COG"},
            "within tolerance": {"SECONDARY": "<secondary_shift.tif", "TOLERANCE": 5},
        }),
        *_named("checkcoregistration", pair, {
            "report": {"REPORT": ">page.html"},
            "points": {"DISPLACEMENTS": ">points.gpkg", "SECONDARY_BANDS": [2], "MESH": 4},
            "turned": {"SECONDARY": "<secondary_turned.tif"},
        }),
    ]  # fmt: skip


def quality() -> list[Job]:
    """What fusions and networks are worth."""
    pair = {"PAN": "<pan.tif", "MS": "<ms.tif", **QUALITY}
    return [
        *_named("assessfusion", QUALITY, {
            "reference": {"FUSED": "<fused.tif", "REFERENCE": "<truth.tif", "MS": "<ms.tif"},
            "reference, peak": {"FUSED": "<fused.tif", "REFERENCE": "<truth.tif", "RATIO": 4, "PEAK": 2047},
        }),
        *_named("assessfusion", {**pair, "PROTOCOL": "full_resolution", "FUSED": "<fused.tif"}, {
            "full resolution": {"SENSOR": "ikonos"},
            "full resolution, gains": {"GAINS": "0.3,0.3,0.28,0.25", "PAN_GAIN": 0.2},
        }),
        *_named("assessfusion", {**pair, **WIDE, **ONE, "PROTOCOL": "wald"}, {
            "wald": {},
            "wald, pair too small": {"MS": "<ms.tif", "PAN": "<pan.tif"},
            "wald, own network": {"MODEL_FILE": "<detail.onnx", "GAINS": "0.3"},
        }),
        *_named("modelinfo", {"REPORT": ">page.html"}, {
            "default": {},
            "fast": {"MODEL": FAST},
            "clouds": {"MODEL": "sar_optical_cloud_removal_v1"},
            "own file": {"MODEL_FILE": "<classes.onnx"},
            "trained": {"MODEL_FILE": f"<{TRAINED}"},
        }),
        *_named("batch", {"JOBS": "<jobs.csv", "TABLE": ">table.csv"}, {"two cards": {}}, loose=True),
    ]  # fmt: skip


def _refused(algorithm: str, base: dict[str, Any], changes: dict[str, dict[str, Any]]) -> list[Job]:
    return _named(algorithm, base, {f"refused, {name}": more for name, more in changes.items()})


def refusals() -> list[Job]:
    """What must end with a sentence."""
    return [
        *_refused("pansharpen", TINY, {
            "missing raster": {"MS": "<nowhere.tif"},
            "pan with four bands": {"PAN": "<truth.tif"},
            "output is an input": {"OUTPUT": "<ms.tif"},
            "output is a layer's file": {"MS": "@ms_bare.tif", "OUTPUT": "<ms_bare.tif"},
            "no CRS": {"MS": "<ms_bare.tif"},
            "no overlap": {"MS": "<ms_far.tif"},
            "model of clouds": {"MODEL_FILE": "<clouds.onnx"},
            "unknown model": {"MODEL_FILE": None, "MODEL": "no_such_network"},
            "bad extent": {"EXTENT": "1,2,3,4"},
            "nodata does not fit": {"DATA_TYPE": "Byte", "NODATA": 300},
            "three views": {"VIEWS": 3},
            "gains of two bands": {"GAINS": "0.3,0.3"},
            "unknown sensor": {"SENSOR": "hubble"},
            "report's folder missing": {"REPORT": ">no/page.html"},
        }),
        *_refused("classicalpansharpen", PAIR, {"unknown method": {"METHOD": "ihs"}, "gain of 2": {"GAINS": "2"}}),
        *_refused("removeclouds", TINY_CLOUDS, {
            "cloud values are words": {"CLOUD_VALUES": "clouds"},
            "uncertainty is the output": {"UNCERTAINTY": ">restored.tif"},
            "learning without SAR": {"SAR": None, "LEARN_FROM_SCENE": "on"},
            "too few bands": {"OPTICAL": "<ms.tif"},
        }),
        *_refused("classify", TINY_CLASSES, {
            "no network": {"MODEL_FILE": None},
            "HS missing": {"HS": None},
            "SAR not taken": {"SAR": "<s1.tif"},
        }),
        *_refused("trainclassifier", TRAIN, {
            "no samples": {},
            "no such field": {**SAMPLES, "CLASS_FIELD": "species"},
            "too much held out": {**SAMPLES, "TEST_SHARE": 0.5, "VALIDATION_SHARE": 0.5},
        }),
        *_refused("lidarfeatures", DSM, {
            "two bands": {"DSM": "<two_bands.tif"},
            "intensity not given": {"FEATURES": "intensity"},
            "percentiles": {"PERCENTILES": "10,120"},
        }),
        *_refused("coregister", MOVED, {
            "another place": {"SECONDARY": "<intensity.tif"},
            "output is the reference": {"SECONDARY": "<secondary_shift.tif", "OUTPUT": "<reference.tif"},
            "unknown method": {"SECONDARY": "<secondary_shift.tif", "METHOD": "affine"},
        }),
        *_refused("checkcoregistration", {"REFERENCE": "<reference.tif"}, {"no secondary": {}}),
        *_refused("assessfusion", QUALITY, {
            "no reference": {"FUSED": "<fused.tif"},
            "other sizes": {"FUSED": "<ms.tif", "REFERENCE": "<truth.tif"},
        }),
        *_refused("assessclassification", {"MAP": "<map.tif"}, {
            "no reference": {},
            "no field": {"REFERENCE": "<samples.gpkg"},
        }),
        *_refused("modelinfo", {}, {"no network": {"MODEL_FILE": "<pan.tif"}}),
        *_refused("adaptpansharpening", {**PAIR, "OUTPUT": ">net.onnx", "MINUTES": 0.1}, {"bad gains": {"GAINS": "x"}}),
    ]  # fmt: skip


def all_jobs() -> list[Job]:
    """Every job, in the order of the run."""
    parts = (
        pansharpening, classical, clouds, classification, sharpening, finer, unmixing, heights, registration, quality,
        refusals,
    )  # fmt: skip
    return [job for part in parts for job in part()]
