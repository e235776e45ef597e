"""Zones: sums of pixels and points against counting by hand, blocks that keep apart, both sources better than one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.basics.errors import CancelledError, InputError
from rsfusion_qgis.core.basics.monitor import Monitor
from rsfusion_qgis.core.rasters.points import read_points
from rsfusion_qgis.tasks.zones import calibration, features, forest, relations
from rsfusion_qgis.tasks.zones.job import ZoneJob, classify_zones
from rsfusion_qgis.tasks.zones.reading import read_zones
from tests.rasters import grid_transform, write_raster
from tests.tasks.zones.town import USES, write_town
from tests.vectors import PIXEL_M, box, point, polygon, write_vector

pytest.importorskip("sklearn")


def quiet(_: float) -> None:
    return None


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return write_town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def job(town: dict[str, Any], tmp_path: Path) -> ZoneJob:
    return ZoneJob(town["zones"], "class", (town["image"],), town["points"], "class", bandwidth=60.0, folds=4,
                   output=str(tmp_path / "out.gpkg"), report=str(tmp_path / "page.html"))  # fmt: skip


def read(path: str) -> list[dict[str, Any]]:
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    layer = dataset.GetLayer(0)
    return [feature.items() for feature in layer]


def test_both_sources_are_better_than_one_and_unknown_zones_are_found(town: dict[str, Any], job: ZoneJob) -> None:
    _, found = classify_zones(job, "Zones", Monitor())
    kappa = {kinds: float(matrix.overall()["kappa"]) for kinds, matrix in found.without.items()}
    both = float(found.matrix.overall()["kappa"])
    assert set(kappa) == {("imagery",), ("points",)}
    assert both > max(kappa.values()) + 0.1 and both > 0.5
    rows = read(job.output)
    assert len(rows) == len(town["uses"]) and set(rows[0]) >= {"class", "predicted", "probability", "checked"}
    hidden = [rows[number] for number in town["hidden"]]
    assert all(row["class"] is None and row["checked"] == 0 for row in hidden)
    right = np.mean([row["predicted"] == town["uses"][number] for row, number in zip(hidden, town["hidden"])])
    assert right > 0.6
    page = Path(job.report).read_text(encoding="utf-8")
    assert "What did each source give?" in page and all(use in page for use in USES)


def test_point_features_help_where_they_are_and_harm_nowhere(town: dict[str, Any], job: ZoneJob) -> None:
    plain = classify_zones(replace(job, report=""), "Zones", Monitor())[1]
    zones, found = classify_zones(replace(job, features=town["street"]), "Zones", Monitor())
    kappa, before = (float(one.matrix.overall()["kappa"]) for one in (found, plain))
    assert kappa > before + 0.03
    ((kind, given, absent),) = found.partly
    assert kind == "point features" and int(given.counts.sum() + absent.counts.sum()) == (zones.known >= 0).sum()
    lacking = _without(zones, town["street"])
    assert int(absent.counts.sum()) == int((lacking & (zones.known >= 0)).sum()) > 10
    there = lacking & (zones.known >= 0)
    right = [float((one.places[there] == zones.known[there]).mean()) for one in (found, plain)]
    assert right[0] > right[1] - 0.1  # as good as a forest that has never heard of the features
    page = Path(job.report).read_text(encoding="utf-8")
    assert "Where a source is absent" in page and "How far to trust the probability" in page
    assert ("imagery", "point features") in found.without


def _without(zones: Any, street: str) -> np.ndarray:
    """(zones,) bool: those without a point, counted by OGR."""
    layer = gdal.OpenEx(street, gdal.OF_VECTOR)
    points = [feature.GetGeometryRef().Clone() for feature in layer.GetLayer(0)]
    return np.array([not any(one.Contains(point) for point in points) for one in zones.geometries])


def test_weights_count(town: dict[str, Any], tmp_path: Path) -> None:
    zones = read_zones(town["zones"], "ZONES", "class")
    shapes = [(point(5, 5), 3.0), (point(6, 6), 1.0)]
    path = write_vector(tmp_path / "w.gpkg", shapes, "real", field="users")
    points = read_points(path, "POINTS", zones.crs_wkt, weight="users")
    table = features.point_table(zones, points, 50.0, quiet)
    area = 100 * PIXEL_M**2 / 1e6
    assert np.expm1(table.values[0, 0]) == pytest.approx(4 / area)


def test_relations_of_neighbours() -> None:
    centres = np.array([[0, 0], [10, 0], [20, 0], [30, 0]], float)
    table = features.Table("points", ("n",), np.array([[1.0], [2.0], [np.nan], [8.0]]))
    near = relations.neighbour_table(table, centres, 2)
    np.testing.assert_allclose(near.values[:, 0], [2.0, 1.0, (2 / 10 + 8 / 10) / (2 / 10), 2.0])
    found = relations.relation_table(np.array([100.0, 100, 400, 100]), centres, 2)
    np.testing.assert_allclose(found.values[:, 3], [1, 0, 0, 1], atol=1e-12)  # the first and the last have one side
    np.testing.assert_allclose(np.expm1(found.values[:, 0]), [15, 10, 10, 15])
    assert relations.neighbour_table(table, centres, 0) is None


def test_probabilities_are_calibrated_on_other_folds() -> None:
    draw = np.random.default_rng(1)
    true = draw.dirichlet((1, 1, 1), 3000)
    classes = np.array([draw.choice(3, p=one) for one in true])
    timid = calibration.sharpened(true, 0.5)
    exponent = calibration.best_exponent(timid, classes)
    assert 1.7 < exponent < 2.3
    folds = np.arange(3000) % 5
    after = calibration.cross_calibrated(timid, classes, folds)
    found = calibration.reliability(timid, after, classes)
    assert found.error < 0.03 < 0.1 < found.error_before
    assert (after.argmax(axis=1) == timid.argmax(axis=1)).all()


def test_the_same_seed_gives_the_same(job: ZoneJob, tmp_path: Path) -> None:
    rows = []
    for name in ("a.geojson", "b.geojson"):
        one = replace(job, output=str(tmp_path / name), report="", rasters=())
        classify_zones(one, "Zones", Monitor())
        rows.append(read(one.output))
    assert rows[0] == rows[1]


def test_pixels_of_a_zone_as_counted_by_hand(tmp_path: Path) -> None:
    values = np.random.default_rng(1).normal(1000, 3, (2, 40, 50))
    raster = write_raster(tmp_path / "r.tif", values, grid_transform(PIXEL_M), dtype="Float32")
    shapes = [(box(2, 3, 10, 12), "a"), (box(20, 20, 5, 5), "b"), (box(90, 90, 5, 5), "a")] + [
        (box(30, n, 1, 1), "ab"[n % 2]) for n in range(4)]  # fmt: skip
    zones = read_zones(write_vector(tmp_path / "z.gpkg", shapes, stored_crs="EPSG:4326"), "ZONES", "class")
    table = features.raster_table(zones, raster, "R", quiet)
    inside = values[:, 2:12, 3:15].reshape(2, -1)
    np.testing.assert_allclose(table.values[0], [*inside.mean(1), *inside.std(1)], rtol=1e-4)
    assert np.isnan(table.values[2]).all()  # beyond the raster


def test_points_of_a_zone_as_counted_by_hand(tmp_path: Path) -> None:
    ring = [(0, 0), (0, 20), (20, 20), (20, 0)]
    l_shape = polygon([(0, 30), (0, 50), (10, 50), (10, 40), (20, 40), (20, 30)])
    shapes = [(polygon(ring), "a"), (l_shape, "b")] + [(box(40, 3 * n, 2, 2), "ab"[n % 2]) for n in range(4)]
    zones = read_zones(write_vector(tmp_path / "z.gpkg", shapes), "ZONES", "class")
    places = [((5, 5), "x"), ((19, 19), "x"), ((15, 45), "x"), ((5, 45), "y"), ((15, 35), "y"), ((30, 30), "y")]
    file = write_vector(tmp_path / "p.gpkg", [(point(*at), kind) for at, kind in places])
    points = read_points(file, "POINTS", zones.crs_wkt, "class")
    table = features.point_table(zones, points, 50.0, quiet)
    area = 400 * PIXEL_M**2 / 1e6
    np.testing.assert_allclose(np.expm1(table.values[0, :2]), [2 / area, 0], atol=1e-6)
    np.testing.assert_allclose(np.expm1(table.values[1, :2]), [0, 2 / (0.75 * area)], atol=1e-6)
    shape = features.shape_table(zones).values
    assert shape[0, 1] == pytest.approx(np.pi / 4) and np.exp(shape[1, 0]) == pytest.approx(0.75 * area * 1e6)


def test_blocks_stay_together_and_folds_have_all_classes() -> None:
    draw = np.random.default_rng(3)
    places, classes = draw.uniform(0, 1000, (120, 2)), draw.integers(0, 3, 120)
    blocks, folds = forest.blocked_folds(places, classes, 4, 1)
    for block in np.unique(blocks):
        assert len(np.unique(folds[blocks == block])) == 1
    held = np.stack([np.bincount(classes[folds == fold], minlength=3) for fold in range(4)])
    assert held.min() >= 4 and len(np.unique(blocks)) == 16
    with pytest.raises(InputError, match="FOLDS is 20"):
        forest.blocked_folds(places[:30], classes[:30], 20, 1)


@pytest.mark.parametrize("changes, words", [
    ({"field": "kind"}, "has no field 'kind'"),
    ({"features": "street", "feature_fields": ("age",)}, "no field of numbers 'age'; its fields of numbers are: green"),
    ({"rasters": (), "points": ""}, "RASTERS and POINTS are empty"),
    ({"output": "out.xyz"}, "expected one of .gpkg"),
    ({"field": ""}, "CLASS_FIELD is empty"),
])  # fmt: skip
def test_refusals(job: ZoneJob, changes: dict[str, Any], words: str) -> None:
    changes = {**changes, **({"features": job.points.replace("points", "street")} if "features" in changes else {})}
    with pytest.raises(InputError, match=words):
        classify_zones(replace(job, **changes), "Zones", Monitor())
    assert not Path(job.output).exists() and not Path(job.report).exists()


def test_points_are_no_zones(job: ZoneJob, tmp_path: Path) -> None:
    points = write_vector(tmp_path / "p.gpkg", [(point(1, 1), "a"), (point(2, 2), "b")])
    with pytest.raises(InputError, match="holds no polygons"):
        classify_zones(replace(job, zones=points), "Zones", Monitor())


def test_a_cancel_leaves_nothing(job: ZoneJob) -> None:
    class Cancelled(Monitor):
        def is_cancelled(self) -> bool:
            return True

    with pytest.raises(CancelledError):
        classify_zones(job, "Zones", Cancelled())
    assert not Path(job.output).exists() and not Path(job.report).exists()
