"""Rasters, samples and small networks for `compare.py`, drawn from seeds; nothing of the project is imported.

The ground is a sum of plane waves in metres, so that every grid, shifted, turned or coarser, shows the same place.
Arrays are (bands, rows, cols). All files go into one folder, which both checkouts then use.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from osgeo import gdal, ogr, osr
from scipy import ndimage

X0, Y0, CRS = 500000.0, 5000000.0, "EPSG:32632"
DTYPES = {"Byte": "u1", "UInt16": "u2", "Float32": "f4"}
S2 = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B8A", "B9", "B11", "B12")
S2_UM = (0.443, 0.49, 0.56, 0.665, 0.705, 0.74, 0.783, 0.842, 0.865, 0.945, 1.61, 2.19)
CLASSES = ("street", "roof", "lawn", "water", "soil")
MISSING = -1e6
Geo = tuple[float, ...]


def place(pixel: float, east: float = 0.0, south: float = 0.0) -> Geo:
    """The geotransform of square pixels; the corner lies so many metres off (X0, Y0)."""
    return X0 + east, pixel, 0.0, Y0 - south, 0.0, -pixel


def ground(bands: int, rows: int, cols: int, geo: Geo, moved: Callable[..., Any] = lambda x, y: (x, y),
           gain: float = 0.3) -> np.ndarray:  # fmt: skip
    """The ground around 1000 at the centres of a grid, blurred as a sensor with that gain at Nyquist would.

    `moved` says at which metres (x, y) the ground lies that a place shows.
    """
    draw = np.random.default_rng(11)
    row, col = np.mgrid[0:rows, 0:cols] + 0.5
    x, y = moved(geo[0] - X0 + col * geo[1], geo[3] - Y0 + row * geo[5])
    values = np.zeros((bands, rows, cols))
    for length in np.geomspace(13, 900, 120):
        angle, phase = draw.uniform(0, np.pi), draw.uniform(0, 2 * np.pi)
        shares = 0.6 + draw.uniform(0, 0.8, 16)[:bands, None, None]
        seen = gain ** ((2 * geo[1] / length) ** 2)
        wave = np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / length + phase)
        values += shares * seen * (length / 60) ** 0.35 * wave
    level = 1000 + 60 * np.arange(bands)[:, None, None]
    return np.clip(level + 38 * values, 1, None)


def write(path: Path, values: np.ndarray, geo: Geo, dtype: str = "UInt16", nodata: float | None = None,
          names: Sequence[str] = (), crs: str = CRS, metadata: dict[str, str] | None = None) -> Path:  # fmt: skip
    """Write a GeoTIFF."""
    bands, rows, cols = values.shape
    made = gdal.GetDriverByName("GTiff").Create(str(path), cols, rows, bands, gdal.GetDataTypeByName(dtype))
    made.SetGeoTransform(geo)
    made.SetProjection(reference(crs).ExportToWkt() if crs else "")
    made.SetMetadata(metadata or {})
    for number, layer in enumerate(values, start=1):
        band = made.GetRasterBand(number)
        stored = np.rint(layer) if dtype != "Float32" else layer
        band.WriteRaster(0, 0, cols, rows, np.ascontiguousarray(stored.astype(DTYPES[dtype])).tobytes())
        if nodata is not None:
            band.SetNoDataValue(nodata)
        if number <= len(names):
            band.SetDescription(names[number - 1])
    made.FlushCache()
    return path


def reference(crs: str) -> osr.SpatialReference:
    """A CRS with coordinates x, y."""
    found = osr.SpatialReference()
    found.SetFromUserInput(crs)
    found.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return found


def warped(source: Path, target: Path, crs: str) -> None:
    """Bring a raster into another CRS."""
    gdal.Warp(str(target), str(source), dstSRS=crs, resampleAlg="cubic")


def make_inputs(folder: Path) -> None:
    """Write everything."""
    for make in (pairs, clouds, city, series, lidar, coregistration, maps, networks):
        make(folder)
    (folder / "jobs.csv").write_text("ALGORITHM,MODEL\nmodelinfo,\nmodelinfo,pansharpening_fast_v5\n", encoding="utf-8")
    # Where the attacks start QGIS, a copy of the inputs lies in the folder `in`, and the results go into `out`.
    rows = ("ALGORITHM,PAN,MS,DSM,DTM,OUTPUT", "classicalpansharpen,in/pan.tif,in/ms.tif,,,out/one.tif",
            "lidarfeatures,,,in/dsm.tif,in/dtm.tif,out/two.tif", "")  # fmt: skip
    (folder / "runs.csv").write_text("\n".join(rows), encoding="utf-8")


def pairs(folder: Path) -> None:
    """Pan and MS rasters of one ground."""
    names = ("blue", "green", "red", "nir")
    ms = ground(4, 64, 64, place(20))
    write(folder / "pan.tif", ground(8, 256, 256, place(5)).mean(0, keepdims=True), place(5))
    write(folder / "ms.tif", ms, place(20), names=names, metadata={"SCENE": "generated", "AREA_OR_POINT": "Area"})
    write(folder / "ms8.tif", ground(8, 64, 64, place(20)), place(20), "Float32", nodata=-9999.0)
    write(folder / "ms_shifted.tif", ms, place(20, 30, -18), names=names)
    write(folder / "ms_moved.tif", ms, place(20, 20, -20), names=names)
    write(folder / "ms_bare.tif", ms, place(20), names=names, crs="")
    write(folder / "ms_far.tif", ms, place(20, 90000), names=names)
    warped(folder / "ms.tif", folder / "ms_lonlat.tif", "EPSG:4326")
    off = place(16.5, 7, 3)
    ms_off = ground(3, 60, 66, off)
    ms_off[:, 20:24, 30:37] = 0
    pan_off = ground(8, 210, 230, place(5)).mean(0, keepdims=True)
    pan_off[:, 150:160, 40:90] = 0
    write(folder / "ms_off.tif", ms_off, off, nodata=0, names=("b", "g", "r"))
    write(folder / "pan_off.tif", pan_off, place(5), nodata=0)
    truth = ground(4, 256, 256, place(5), gain=0.9)
    noise = np.random.default_rng(1).normal(0, 12, truth.shape)
    write(folder / "truth.tif", truth, place(5), names=names)
    write(folder / "fused.tif", np.clip(truth + noise, 1, None), place(5), names=names)
    wide = ground(8, 208, 208, place(5), gain=0.9).mean(0, keepdims=True)
    write(folder / "pan_wide.tif", wide, place(5))
    write(folder / "ms_wide.tif", ground(3, 104, 104, place(10)), place(10), names=names[:3])
    masked = gdal.GetDriverByName("GTiff").CreateCopy(str(folder / "ms_masked.tif"), gdal.Open(str(folder / "ms.tif")))
    masked.CreateMaskBand(gdal.GMF_PER_DATASET)
    seen = np.full((64, 64), 255, "u1")
    seen[:9, 40:] = 0
    masked.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, 64, 64, seen.tobytes())
    masked.FlushCache()


def clouds(folder: Path) -> None:
    """A Sentinel-2 scene with two clouds and their shadows, an older clear one, SAR, and a mask."""
    draw = np.random.default_rng(5)
    rows, cols, geo = 112, 128, place(10)
    levels = np.array([700, 800, 1000, 1100, 1500, 2300, 2600, 2700, 2800, 2900, 2200, 1500.0])[:, None, None]
    shape = ground(12, rows, cols, geo) / 1000 - 1
    optical = levels * (1 + 0.25 * shape) + 8 * draw.standard_normal((12, rows, cols))
    lake = np.array([350, 300, 250, 180, 150, 120, 110, 100, 90, 80, 50, 30.0])[:, None, None]
    optical[:, 90:, :50] = lake + 4 * draw.standard_normal((12, rows - 90, 50))
    mask = np.zeros((rows, cols), bool)
    mask[20:50, 25:60] = mask[66:82, 90:115] = True
    shade = np.roll(mask, (12, -14), (0, 1)) & ~mask
    white = np.array([6500, 6600, 6400, 6500, 6600, 6700, 6800, 6800, 6800, 4000, 4500, 3500.0])[:, None, None]
    white = white + 60 * draw.standard_normal((12, rows, cols))
    cloudy = np.where(mask, white, np.where(shade, 0.4 * optical, optical))
    db = np.stack([-12 + 6 * shape[3], -19 + 4 * shape[7]]) + 0.4 * draw.standard_normal((2, rows, cols))
    write(folder / "s2.tif", np.clip(cloudy, 1, None), geo, nodata=0, names=S2)
    write(folder / "s2_clear.tif", np.clip(1.05 * optical + 30, 1, None), geo, nodata=0, names=S2)
    write(folder / "s1.tif", db, geo, "Float32", names=("VV", "VH"))
    write(folder / "s1_moved.tif", db, place(10, -12, 15), "Float32", names=("VV", "VH"))
    write(folder / "s1_power.tif", 10 ** (db / 10), geo, "Float32", names=("VV", "VH"))
    scl = np.where(mask, 9, np.where(shade, 3, 4))
    write(folder / "scl.tif", scl[None], geo, "Byte")
    for metres, picked in ((10, (1, 2, 3, 7)), (20, (0, 4, 5, 6, 8, 9, 10, 11))):
        step = metres // 10
        part = np.clip(cloudy, 1, None)[list(picked), ::step, ::step]
        write(folder / f"s2_{metres}m.tif", part, place(metres), names=[S2[k] for k in picked])


def city(folder: Path) -> None:
    """HS, LiDAR and samples of blocks; roofs have the street's spectrum."""
    draw = np.random.default_rng(3)
    use = draw.permutation(np.arange(36) % 5).reshape(6, 6)
    truth = np.kron(use, np.ones((22, 22), int))
    spectra = draw.uniform(0.1, 0.6, (5, 20))
    spectra[1] = spectra[0]
    hs = np.moveaxis(spectra[truth], -1, 0) * (1 + 0.0001 * ground(1, 132, 132, place(10)))
    hs = hs + 0.02 * draw.standard_normal(hs.shape)
    height = np.array([0, 9.0, 0.3, 0, 0])[truth] + 0.2 * draw.standard_normal(truth.shape)
    wavelengths = {k: {"wavelength": f"{420 + 90 * k}", "wavelength_units": "Nanometers"} for k in range(20)}
    write(folder / "hs.tif", hs, place(10), "Float32")
    for name, geo in (("height", place(10)), ("height_moved", place(10, 15, -10))):
        write(folder / f"{name}.tif", height[None], geo, "Float32", names=("height",))
    dataset = gdal.Open(str(folder / "hs.tif"), gdal.GA_Update)
    for k, told in wavelengths.items():
        dataset.GetRasterBand(k + 1).SetMetadata(told)
    dataset.FlushCache()
    fine = np.kron(hs[2::7], np.ones((2, 2))) + 0.02 * draw.standard_normal((3, 264, 264))
    write(folder / "guide.tif", fine, place(5), "Float32")
    boxes = [(22 * r + 6, 22 * c + 6, 6, 6, CLASSES[use[r, c]]) for r in range(6) for c in range(6)]
    vector(folder / "samples.gpkg", boxes)
    labels = np.zeros_like(truth)
    for row, col, rows, cols, name in boxes:
        labels[row : row + rows, col : col + cols] = CLASSES.index(name) + 1
    coded(folder / "labels.tif", labels)
    draw = np.random.default_rng(8)
    wrong = draw.random(truth.shape) < 0.15
    coded(folder / "map.tif", np.where(wrong, draw.integers(0, 5, truth.shape), truth) + 1)


def series(folder: Path) -> None:
    """Fine and coarse rasters of three dates; fields change, each with a pace of its own."""
    draw = np.random.default_rng(12)
    classes = draw.integers(0, 5, (18, 15)).repeat(9, 0).repeat(11, 1)[:160, :160]
    base, pace = draw.uniform(800, 3200, (2, 5)), draw.uniform(-8, 12, (2, 5))
    texture = 60 * draw.standard_normal((2, 160, 160))
    for day in (200, 216, 232):
        fine = (base + pace * (day - 200))[:, classes] + texture
        coarse = fine.reshape(2, 20, 8, 20, 8).mean(axis=(2, 4)) + 5 * draw.standard_normal((2, 20, 20))
        for name, values, pixel in (("fine", fine, 30), ("coarse", coarse, 240)):
            how = {"nodata": 0, "names": ("red", "nir"), "metadata": {"ACQUISITION_DATE": f"2016{day:03d}"}}
            write(folder / f"{name}_2016{day:03d}.tif", values, place(pixel), **how)


def coded(path: Path, codes: np.ndarray) -> None:
    """A raster of class codes with names and colours."""
    write(path, codes[None], place(10), "Byte", nodata=0)
    band = (dataset := gdal.Open(str(path), gdal.GA_Update)).GetRasterBand(1)
    palette = gdal.ColorTable()
    for code in range(6):
        palette.SetColorEntry(code, (40 * code, 200 - 30 * code, 90, 255))
    band.SetColorTable(palette)
    band.SetCategoryNames(["", *CLASSES])
    dataset.FlushCache()


def vector(path: Path, boxes: Sequence[tuple[int, int, int, int, str]]) -> None:
    """Rectangles in pixels of 10 m, each with its class."""
    made = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = made.CreateLayer("samples", reference(CRS), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class", ogr.OFTString))
    for row, col, rows, cols, name in boxes:
        corners = ((row, col), (row, col + cols), (row + rows, col + cols), (row + rows, col), (row, col))
        text = ",".join(f"{X0 + 10 * c} {Y0 - 10 * r}" for r, c in corners)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("class", name)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({text}))"))
        layer.CreateFeature(feature)
    layer = made = None


def lidar(folder: Path) -> None:
    """A small town on a hill: surface with holes, terrain on three grids, intensity."""
    draw, shape = np.random.default_rng(0), (150, 170)

    def terrain(rows: int, cols: int, pixel: float) -> np.ndarray:
        y, x = (np.mgrid[0:rows, 0:cols] + 0.5) * pixel
        return 300 + 0.05 * x + 1.5 * np.sin(y / 20) + 0.2 * np.sin(x / 3)

    z = terrain(*shape, 0.5) + draw.normal(0, 0.02, shape)
    for row, col, height in ((20, 30, 4.0), (70, 90, 9.0), (110, 20, 6.0)):
        z[row : row + 24, col : col + 30] += height
    z[30:60, 120:150] += draw.uniform(2, 9, (30, 30))
    z[draw.random(shape) < 0.01] = -9999
    z[90:104, 60:75] = -9999
    bright = ndimage.gaussian_filter(draw.normal(120, 60, shape), 1.2) + 40 * (z > 305)
    write(folder / "dsm.tif", z[None], place(0.5), "Float32", nodata=-9999)
    write(folder / "dsm_bare.tif", z[None], place(0.5), "Float32", nodata=-9999, crs="")
    write(folder / "dtm.tif", terrain(*shape, 0.5)[None], place(0.5), "Float32", nodata=-9999)
    write(folder / "dtm_coarse.tif", terrain(80, 90, 1.0)[None], place(1.0, -0.7, -0.4), "Float32", nodata=-9999)
    write(folder / "intensity.tif", bright[None], place(0.5), "Float32")
    write(folder / "intensity_moved.tif", bright[None], place(0.5, 0.8, -0.5), "Float32")
    warped(folder / "dtm.tif", folder / "dtm_33.tif", "EPSG:32633")
    write(folder / "two_bands.tif", np.stack([z, z]), place(0.5), "Float32", nodata=-9999)


def coregistration(folder: Path) -> None:
    """A reference, and secondaries whose content lies elsewhere: shifted, turned, bent; distances in metres."""
    geo, size = place(5), (300, 320)
    turn = np.radians(0.25)
    ways = {
        "shift": lambda x, y: (x + 10.0, y + 7.5),
        "turned": lambda x, y: (x * np.cos(turn) - y * np.sin(turn) + 6, x * np.sin(turn) + y * np.cos(turn) - 4),
        "bent": lambda x, y: (x + 8 * np.sin(y / 700), y + 6e-6 * x * x + 3),
    }
    write(folder / "reference.tif", ground(1, *size, geo), geo)
    for name, way in ways.items():
        values = ground(3, *size, geo, way)
        values[:, :12, :15] = 0
        write(folder / f"secondary_{name}.tif", values, geo, nodata=0, names=("one", "two", "three"))
    write(folder / "secondary_10m.tif", ground(1, 150, 160, place(10), ways["shift"]), place(10))


def maps(folder: Path) -> None:
    """Small HS and height rasters for the tiny classifier."""
    values = ground(2, 70, 90, place(2))
    write(folder / "hs2.tif", values / 10, place(2), "Float32")
    write(folder / "height2.tif", (ground(1, 70, 80, place(2)) - 900) / 60, place(2, 20), "Float32")


def networks(folder: Path) -> None:
    """Networks of a few operators, each with its card in the short form."""
    node = helper.make_node
    pads, pool = {"pads": np.array([0, 0, 1, 1, 0, 0, 1, 1])}, {"kernel_shape": [3, 3], "strides": [1, 1]}
    save(
        folder / "detail.onnx",
        [node("Pad", ["pan", "pads"], ["padded"], mode="edge"), node("AveragePool", ["padded"], ["blurred"], **pool),
         node("Sub", ["pan", "blurred"], ["detail"]), node("Mul", ["detail", "ratio"], ["much"]),
         node("Mul", ["much", "weight"], ["share"]), node("Add", ["ms", "share"], ["fused"])],
        {"ms": "bands", "pan": 1, "ratio": 0}, {"fused": "bands"}, {**pads, "weight": 0.15},
        {"name": "tiny detail", "task": "pansharpening", "halo": 1, "outputs": [{"name": "fused", "like": "ms"}],
         "inputs": [{"name": "ms", "role": "ms", "scaling": "dataset"}, {"name": "ratio", "role": "ratio"},
                    {"name": "pan", "role": "pan", "bands": 1, "scaling": "dataset"}]},
    )  # fmt: skip
    optical = {"bands": [{"name": n, "wavelength_um": um} for n, um in zip(S2, S2_UM)],
               "scaling": {"kind": "linear", "offset": 0, "scale": 10000}}  # fmt: skip
    save(
        folder / "clouds.onnx",
        [node("Slice", ["sar", "first", "second", "axis"], ["vv"]), node("Greater", ["vv", "limit"], ["there"]),
         node("Mul", ["vv", "slope"], ["change"]), node("Where", ["there", "change", "nought"], ["signal"]),
         node("Where", ["there", "sure", "unsure"], ["spread"]), node("Mul", ["optical", "nought"], ["none"]),
         node("Mul", ["clear", "nought"], ["none2"]), node("Mul", ["cloudmask", "nought"], ["none3"]),
         node("Sum", ["none", "none2", "none3", "signal", "level"], ["restored"]),
         node("Add", ["none", "spread"], ["sigma"])],
        {"optical": 12, "sar": 2, "clear": 12, "cloudmask": 1}, {"restored": 12, "sigma": 12},
        {"first": np.array([0]), "second": np.array([1]), "axis": np.array([1]), "limit": MISSING / 2, "slope": -0.01,
         "nought": 0.0, "level": 0.1, "sure": 0.02, "unsure": 0.1},
        {"name": "tiny clouds", "task": "cloud_removal", "halo": 0, "ratio_range": [0.5, 8.0], "max_shift_px": 2.0,
         "outputs": [{"name": "restored", "like": "optical"},
                     {"name": "sigma", "bands": optical["bands"]}],
         "inputs": [{"name": "optical", "role": "optical", **optical},
                    {"name": "sar", "role": "sar", "bands": ["VV", "VH"], "required": False, "stand_in": MISSING},
                    {"name": "clear", "role": "clear", "required": False, "stand_in": MISSING, **optical},
                    {"name": "cloudmask", "role": "cloudmask", "bands": ["cloud"], "resampling": "nearest"}]},
    )  # fmt: skip
    hs = {"bands": [{"name": "one", "wavelength_um": 0.5}, {"name": "two", "wavelength_um": 0.7}],
          "scaling": {"kind": "bands", "offsets": [0, 0], "scales": [100, 100]}}  # fmt: skip
    save(
        folder / "classes.onnx",
        [node("Pad", ["hs", "pads"], ["padded"], mode="edge"), node("AveragePool", ["padded"], ["spectrum"], **pool),
         node("Greater", ["lidar", "limit"], ["there"]), node("Mul", ["lidar", "weight"], ["weighed"]),
         node("Where", ["there", "weighed", "low"], ["high"]), node("Concat", ["spectrum", "high"], ["s"], axis=1)],
        {"hs": 2, "lidar": 1}, {"s": 3}, {**pads, "limit": MISSING / 2, "weight": 0.4, "low": -1.0},
        {"name": "tiny classes", "task": "classification", "halo": 1, "ratio_range": [0.1, 10.0],
         "outputs": [{"name": "s", "classes": [{"name": "grass", "colour": "#00ff00"}, {"name": "bare soil", "code": 4},
                                               {"name": "building", "code": 9, "colour": "#ff0000"}]}],
         "inputs": [{"name": "hs", "role": "hs", **hs},
                    {"name": "lidar", "role": "lidar", "bands": ["height"], "required": False, "stand_in": MISSING,
                     "resampling": "bilinear"}]},
    )  # fmt: skip


def save(path: Path, nodes: list[Any], inputs: dict[str, Any], outputs: dict[str, Any], numbers: dict[str, Any],
         card: dict[str, Any]) -> None:  # fmt: skip
    """Write a network; inputs and outputs are the bands by name, 0 for the single number of the ratio."""

    def tensor(name: str, bands: int | str) -> onnx.ValueInfoProto:
        shape = [1, bands, "rows", "cols"] if bands else [1]
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    weights = [
        numpy_helper.from_array(n if isinstance(n, np.ndarray) else np.array([n], np.float32), name)
        for name, n in numbers.items()
    ]
    ends = [[tensor(*one) for one in group.items()] for group in (inputs, outputs)]
    graph = helper.make_graph(nodes, path.stem, *ends, initializer=weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    entry = model.metadata_props.add()
    entry.key, entry.value = "rsfusion:card", json.dumps(card)
    path.write_bytes(model.SerializeToString())
