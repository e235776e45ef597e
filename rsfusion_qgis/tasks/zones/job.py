"""From polygons, rasters and points to classified polygons on disk."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.monitor import Monitor
from ...core.basics.pending_file import pending_files
from ...core.rasters.background import in_background
from ...core.rasters.osm_categories import OSM_RULES
from ...core.rasters.overwriting import Read, Written, check_names
from ...core.rasters.point_values import read_point_values
from ...core.rasters.points import LAYER, PointTable, is_osm, parse_rules, read_points
from ...core.rasters.vector_copy import require_driver
from . import features, forest
from .point_features import feature_table
from .reading import Zones, read_zones
from .relations import neighbour_table, relation_table
from .report import sentence, zones_page
from .writing import write_zones

FEATURE_POINTS, FEATURE_FIELDS = "FEATURE_POINTS", "FEATURE_FIELDS"
ZONES, RASTERS, POINTS, OUTPUT, REPORT = "ZONES", "RASTERS", "POINTS", "OUTPUT", "REPORT"
READ = 0.3
"""Share of the progress at which all is read."""


@dataclass(frozen=True)
class ZoneJob:
    """What the user asked for.

    Attributes
    ----------
    zones, field : a layer of polygons, and its field with the known classes.
    rasters : files.
    points, category_field, tags, weight_field : as of `rsfusion:poidensity`; "" = none.
    features, feature_fields : a layer of points with numbers, and which of them; "" = none, () = all.
    bandwidth : metres around the middle of a zone.
    neighbours : zones whose features count as well; 0 = none.
    folds, seed : of the validation.
    output, report : files; report "" = none.
    """

    zones: str
    field: str
    rasters: tuple[str, ...] = ()
    points: str = ""
    category_field: str = ""
    tags: str = ""
    weight_field: str = ""
    features: str = ""
    feature_fields: tuple[str, ...] = ()
    bandwidth: float = 100.0
    neighbours: int = 0
    folds: int = 5
    seed: int = 1
    output: str = ""
    report: str = ""


def check(job: ZoneJob) -> None:
    """Refuse what needs no file to be read; raises InputError or OutputError."""
    if not job.zones:
        raise InputError("ZONES is missing; name a layer of polygons.")
    if not job.field:
        raise InputError("CLASS_FIELD is empty; name the field of ZONES with the classes that are known.")
    if not job.rasters and not job.points and not job.features:
        raise InputError(
            "RASTERS and POINTS are empty, and FEATURE_POINTS, too; expected one of them or several, so give rasters "
            "or points."
        )
    rules_of(job)
    require_driver(job.output, OUTPUT)
    reads = [Read(ZONES, job.zones.partition(LAYER)[0])]
    reads += [Read(POINTS, job.points.partition(LAYER)[0])] if job.points else []
    reads += [Read(FEATURE_POINTS, job.features.partition(LAYER)[0])] if job.features else []
    reads += [Read(f"{RASTERS} #{number}", path) for number, path in enumerate(job.rasters, start=1)]
    writes = [Written(OUTPUT, job.output), *([Written(REPORT, job.report)] if job.report else [])]
    check_names(writes, reads)


def rules_of(job: ZoneJob) -> dict[str, dict[str, frozenset[str]]] | None:
    """The rules that make categories, None where there are none; raises InputError."""
    if job.tags:
        return parse_rules(job.tags, "TAGS")
    return parse_rules(OSM_RULES, "TAGS") if job.points and is_osm(job.points) and not job.category_field else None


def classify_zones(job: ZoneJob, title: str, monitor: Monitor) -> tuple[Zones, forest.Classified]:
    """Do it; raises RsFusionError, and writes nothing then."""
    check(job)
    return in_background(lambda relay: _classify(job, title, relay), monitor)


def _classify(job: ZoneJob, title: str, monitor: Monitor) -> tuple[Zones, forest.Classified]:
    def going(_: float) -> None:
        monitor.raise_when_cancelled()

    def share(done: float) -> None:
        monitor.raise_when_cancelled()
        monitor.progress(READ + (1 - READ) * done)

    zones = read_zones(job.zones, ZONES, job.field, going)
    areas, _, centres = features.geometry_of(zones)
    tables = [features.shape_table(zones)]
    for number, path in enumerate(job.rasters, start=1):
        monitor.info(f"Reading raster {number} of {len(job.rasters)}.")
        tables.append(features.raster_table(zones, path, f"{RASTERS} #{number}", going))
    notes = [f"{zones.left_out} features of ZONES have no polygon and were left out."] if zones.left_out else []
    if job.points:
        points = read_points(job.points, POINTS, zones.crs_wkt, job.category_field, rules_of(job),
                             job.weight_field, going)  # fmt: skip
        notes += _told(points)
        tables.append(features.point_table(zones, points, job.bandwidth, going))
    if job.features:
        given = read_point_values(
            job.features, FEATURE_POINTS, zones.crs_wkt, job.feature_fields, FEATURE_FIELDS, going
        )
        tables.append(feature_table(zones, given, centres, going))
        lacking = int((~np.isfinite(tables[-1].values).any(axis=1)).sum())
        notes += [f"{len(given.places)} points with {len(given.names)} features; {lacking} zones have none.",
                  *given.warnings]  # fmt: skip
    for text in notes:
        monitor.info(text)
    around = [neighbour_table(one, centres, job.neighbours) for one in tables]
    tables += [one for one in (*around, relation_table(areas, centres, job.neighbours)) if one is not None]
    found = forest.classify(zones, tables, centres, job.folds, job.seed, share)
    files = {OUTPUT: job.output, **({REPORT: job.report} if job.report else {})}
    with pending_files(files) as names:
        write_zones(job.zones, names[OUTPUT], require_driver(job.output, OUTPUT), zones, found, OUTPUT)
        if job.report:
            text = zones_page(title, zones, found, _rows(job, zones), notes)
            names[REPORT].write_text(text, encoding="utf-8")
    monitor.info(sentence(found))
    return zones, found


def _told(points: PointTable) -> list[str]:
    told = [f"{len(points.codes)} points of the categories {', '.join(points.categories)}."]
    told += [f"{number} features of POINTS {words} were left out." for words, number in points.left_out.items()]
    return [*told, *points.warnings]


def _rows(job: ZoneJob, zones: Zones) -> list[tuple[str, str]]:
    return [
        (ZONES, job.zones), ("CLASS_FIELD", job.field),
        *((f"{RASTERS} #{number}", path) for number, path in enumerate(job.rasters, start=1)),
        *([(POINTS, job.points), ("BANDWIDTH", f"{job.bandwidth:g} m")] if job.points else []),
        *([("WEIGHT_FIELD", job.weight_field)] if job.weight_field else []),
        *([(FEATURE_POINTS, job.features), (FEATURE_FIELDS, ", ".join(job.feature_fields) or "all")]
          if job.features else []),
        ("NEIGHBOURS", str(job.neighbours)), ("FOLDS", str(job.folds)), ("SEED", str(job.seed)),
        ("Zones", f"{len(zones)}, of which {int((zones.known >= 0).sum())} of known class"),
    ]  # fmt: skip
