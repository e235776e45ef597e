"""`rsfusion:assessclassification` in a real QGIS and by qgis_process: numbers, page, table, and what bad input gets."""

from __future__ import annotations

import csv
import json
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from rsfusion_qgis.core.measures.classes.confusion import OVERALL, ConfusionMatrix
from tests import qgis_child
from tests.rasters import grid_transform
from tests.vectors import PIXEL_M, box, point, write_labels, write_vector

ASSESS = "rsfusion:assessclassification"
NAMES = ("", "water", "grass", "tree")
ROWS, COLS = 30, 40
PLACE = grid_transform(PIXEL_M)
SHAPES = [(box(row, col, 3, 4), name) for row in range(1, 28, 6) for col, name in zip((2, 16, 30), NAMES[1:])]

pytestmark = pytest.mark.usefixtures("provider")


def map_codes() -> np.ndarray:
    """Codes 1, 2, 3 in vertical strips with some noise."""
    rng = np.random.default_rng(0)
    codes = np.broadcast_to(1 + np.arange(COLS) * 3 // COLS, (ROWS, COLS)).copy()
    return np.where(rng.random(codes.shape) < 0.2, rng.integers(1, 4, codes.shape), codes)


def truth() -> ConfusionMatrix:
    """The matrix of SHAPES, all of which lie on whole pixels."""
    picture = np.zeros((ROWS, COLS), int)
    for row in range(1, 28, 6):
        for code, col in enumerate((2, 16, 30), start=1):
            picture[row : row + 3, col : col + 4] = code
    return ConfusionMatrix.of(picture - 1, map_codes() - 1, NAMES[1:])


@pytest.fixture
def class_map(tmp_path: Path) -> str:
    colours = [(0, 0, 0), (0, 0, 255), (0, 255, 0), (0, 99, 0)]
    return write_labels(tmp_path / "map.tif", map_codes(), PLACE, names=NAMES, colours=colours, nodata=0)


@pytest.fixture
def reference(tmp_path: Path) -> str:
    return write_vector(tmp_path / "reference.gpkg", SHAPES)


def memory_layer(shapes: list[tuple[str, Any]] = SHAPES, crs: str = "EPSG:32632", kind: str = "string") -> Any:
    """A layer that has no file."""
    layer = QgsVectorLayer(f"Polygon?crs={crs}&field=note:date&field=kind:{kind}", "drawn by hand", "memory")
    for wkt, name in shapes:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        feature.setAttribute("kind", name)
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    return layer


def in_the_project() -> QgsProcessingContext:
    """Return a context that knows the project's layers, as every dialog has."""
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


def assessed(**values: Any) -> dict[str, Any]:
    """Return the results of a run in this QGIS, after the checks that every dialog makes."""
    import processing

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ASSESS)
    assert algorithm.checkParameterValues(values, in_the_project()) == (True, "")
    return dict(processing.run(ASSESS, values))


def refused(**values: Any) -> str:
    """Return the sentence with which the parameters are refused."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(ASSESS)
    accepted, message = algorithm.checkParameterValues(values, in_the_project())
    assert not accepted
    return str(message)


def test_by_a_child_with_page_and_table(class_map: str, reference: str, tmp_path: Path) -> None:
    report, table = tmp_path / "report.html", tmp_path / "table.csv"
    finished = qgis_child.run_algorithm(
        ASSESS, as_json=True, MAP=class_map, REFERENCE=reference, CLASS_FIELD="class", REPORT=report, CSV=table
    )
    assert finished.code == 0, finished.text
    found, expected = json.loads(finished.out)["results"], truth()
    for name, value in expected.overall().items():
        assert found[name.upper()] == pytest.approx(value)
        assert found[f"{name.upper()}_LOW"] < found[name.upper()] < found[f"{name.upper()}_HIGH"]
    assert found["SAMPLES"] == expected.total == 180
    assert found["REGIONS"] == 15
    assert found["WARNINGS"] == ""
    page = report.read_text(encoding="utf-8")
    assert ", field class" in page
    with table.open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert [row[1:4] for row in rows[1:4]] == [[str(n) for n in line] for line in expected.counts]


def test_a_layer_in_memory_and_its_selected_features(class_map: str) -> None:
    layer = memory_layer()
    found = assessed(MAP=QgsRasterLayer(class_map, "map"), REFERENCE=layer, CLASS_FIELD="kind")
    assert found["OA"] == pytest.approx(truth().overall()["oa"])
    layer.selectByExpression("kind != 'tree'")
    chosen = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    found = assessed(MAP=class_map, REFERENCE=chosen, CLASS_FIELD="kind")
    assert found["REGIONS"] == 10
    assert "REFERENCE has no sample of the class 'tree'" in found["WARNINGS"]
    layer.removeSelection()
    assert "REFERENCE has no features" in refused(MAP=class_map, REFERENCE=chosen, CLASS_FIELD="kind")


@pytest.mark.parametrize("kind", ["integer", "int8", "double"])
def test_numbers_in_a_layer_in_memory(class_map: str, kind: str) -> None:
    numbers = memory_layer([(wkt, NAMES.index(name)) for wkt, name in SHAPES], kind=kind)
    found = assessed(MAP=class_map, REFERENCE=numbers, CLASS_FIELD="kind")
    assert found["OA"] == pytest.approx(truth().overall()["oa"])


def test_a_reference_in_another_crs_also_one_that_the_user_gave_the_layer(class_map: str, tmp_path: Path) -> None:
    degrees = write_vector(tmp_path / "degrees.gpkg", SHAPES, stored_crs="EPSG:4326")
    found = assessed(MAP=class_map, REFERENCE=degrees, CLASS_FIELD="class")
    assert found["OA"] == pytest.approx(truth().overall()["oa"])
    layer = memory_layer(crs="EPSG:32631")
    assert "has no sample inside the raster" in str(failure(MAP=class_map, REFERENCE=layer, CLASS_FIELD="kind"))
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    assert assessed(MAP=class_map, REFERENCE=layer, CLASS_FIELD="kind")["OA"] == found["OA"]


def test_a_field_called_fid_and_a_layer_of_points(class_map: str, tmp_path: Path) -> None:
    shapes = [(point(i + 0.5, 13 * (i % 3) + 2.5), NAMES[1 + i % 3]) for i in range(30)]
    path = write_vector(tmp_path / "points.shp", shapes, field="fid", driver="ESRI Shapefile")
    found = assessed(MAP=class_map, REFERENCE=path, CLASS_FIELD="fid")
    assert found["SAMPLES"] == found["REGIONS"] == 30


def test_a_reference_raster(class_map: str, tmp_path: Path) -> None:
    codes = np.zeros((ROWS, COLS), int)
    codes[5:20, 3:36] = map_codes()[5:20, 3:36]
    found = assessed(MAP=class_map, REFERENCE_RASTER=write_labels(tmp_path / "r.tif", codes, PLACE))
    assert found["OA"] == found["KAPPA"] == found["MIOU"] == 1.0


def failure(**values: Any) -> Exception:
    """Return what a run ends with."""
    import processing
    from qgis.core import QgsProcessingException

    with pytest.raises(QgsProcessingException) as caught:
        processing.run(ASSESS, values)
    return caught.value


def test_what_the_samples_do_not_tell_is_minus_one(class_map: str, tmp_path: Path) -> None:
    path = write_vector(tmp_path / "one.gpkg", SHAPES[:1])
    found = assessed(MAP=class_map, REFERENCE=path, CLASS_FIELD="class")
    assert found["OA"] > 0
    assert found["OA_LOW"] == found["OA_HIGH"] == -1
    assert set(found) >= {f"{name.upper()}{ending}" for name in OVERALL for ending in ("", "_LOW", "_HIGH")}
    assert "No interval can be given for a class with a single region in REFERENCE: 'water'." in found["WARNINGS"]


@pytest.mark.parametrize(("driver", "ending"), [("ESRI Shapefile", "shp"), ("GPKG", "gpkg"), ("GeoJSON", "csv")])
def test_samples_without_a_crs_lie_in_the_maps(class_map: str, tmp_path: Path, driver: str, ending: str) -> None:
    """The copy that the engine opens says so, too, whatever the format of the user's own file."""
    import processing

    if ending == "csv":
        samples = str(tmp_path / "s.csv")
        Path(samples).write_text("WKT,class\n" + "".join(f'"{wkt}",{name}\n' for wkt, name in SHAPES))
    else:
        samples = write_vector(tmp_path / f"s.{ending}", SHAPES, crs=None, driver=driver, layer="s")
    found = processing.run(ASSESS, {"MAP": class_map, "REFERENCE": samples, "CLASS_FIELD": "class"})
    assert found["SAMPLES"] == truth().total
    assert "REFERENCE has no CRS: it is taken to be in EPSG:32632" in found["WARNINGS"]


def test_what_is_missing_or_wrong_is_said_before_anything_is_measured(
    class_map: str, reference: str, tmp_path: Path
) -> None:
    given = {"MAP": class_map, "REFERENCE": reference, "CLASS_FIELD": "class"}
    assert "REFERENCE and REFERENCE_RASTER: neither is given" in refused(MAP=class_map)
    assert "REFERENCE and REFERENCE_RASTER: both are given" in refused(**given, REFERENCE_RASTER=class_map)
    assert "CLASS_FIELD is empty; name the field of REFERENCE with the class, one of: fid, class." in refused(
        MAP=class_map, REFERENCE=reference
    )
    assert "CLASS_FIELD: REFERENCE has no field 'kind'; its fields are: fid, class." in refused(
        **{**given, "CLASS_FIELD": "kind"}
    )
    assert "REFERENCE is 'nowhere.gpkg', which QGIS cannot open as a vector layer" in refused(
        **{**given, "REFERENCE": "nowhere.gpkg"}
    )
    assert "MAP is 'nowhere.tif'" in refused(**{**given, "MAP": "nowhere.tif"})
    assert "CSV: the folder" in refused(**given, CSV=str(tmp_path / "no" / "t.csv"))
    assert "REPORT: " in refused(**given, REPORT=class_map)
    assert "is also MAP" in refused(**given, REPORT=class_map)


@pytest.mark.parametrize(("shapes", "kind", "text"), [
    ([(SHAPES[0][0], None)], "text", "REFERENCE: the field 'class' is null in every feature"),
    ([(point(500, 1), "water")], "text", "REFERENCE has no sample inside the raster"),
    ([(SHAPES[0][0], 1.5)], "real", "REFERENCE: the field 'class' holds 1.5; expected texts or whole numbers"),
    ([(SHAPES[0][0], "2020/01/01")], "date", "REFERENCE: the field 'class' holds neither texts nor numbers"),
    ([(SHAPES[0][0], "roof")], "text", "none of which is among those of MAP ('water', 'grass', 'tree')"),
])  # fmt: skip
def test_bad_input_gets_one_sentence_exit_code_1_and_no_file(
    class_map: str, tmp_path: Path, shapes: list[tuple[str, Any]], kind: str, text: str
) -> None:
    reference = write_vector(tmp_path / "bad.gpkg", shapes, kind)
    report, table = tmp_path / "report.html", tmp_path / "table.csv"
    finished = qgis_child.run_algorithm(
        ASSESS, MAP=class_map, REFERENCE=reference, CLASS_FIELD="class", REPORT=report, CSV=table
    )
    assert finished.code == 1, finished.text
    assert text in finished.text
    assert "Traceback" not in finished.text
    assert not report.exists()
    assert not table.exists()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_run_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    codes = np.random.default_rng(0).integers(1, 9, (4000, 4000))
    large = write_labels(tmp_path / "large.tif", codes, PLACE)
    folder = tmp_path / "out"
    folder.mkdir()
    arguments = qgis_child.command(ASSESS, MAP=large, REFERENCE_RASTER=large, REPORT=folder / "report.html")
    with qgis_child.start(*arguments) as child:
        while "Inputs" not in (line := child.stdout.readline()) and line:
            pass
        time.sleep(1.5)
        child.send_signal(getattr(signal, name))
        out, err = child.communicate(timeout=60)
    assert child.returncode == 1, f"{child.returncode}\n{out}\n{err}"
    assert "cancelled" in err
    assert "Traceback" not in err
    assert list(folder.iterdir()) == []
