"""A map against its reference: what is counted as what, across grids and CRS, and what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from rsfusion_qgis.core.assessment.classes.map_assessment import MapAssessment, MapJob, assess_map
from rsfusion_qgis.core.basics.errors import CancelledError, InputError
from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix
from rsfusion_qgis.core.rasters.samples import samples as samples_module
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from tests.rasters import grid_transform
from tests.vectors import PIXEL_M, box, point, write_labels, write_vector

PLACE = grid_transform(PIXEL_M)
NAMES = ("", "water", "grass", "tree")
ROWS, COLS = 30, 40


def map_codes(seed: int = 0) -> np.ndarray:
    """Codes 1, 2, 3 in vertical strips with some noise."""
    rng = np.random.default_rng(seed)
    codes = np.broadcast_to(1 + np.arange(COLS) * 3 // COLS, (ROWS, COLS)).copy()
    return np.where(rng.random(codes.shape) < 0.2, rng.integers(1, 4, codes.shape), codes)


@pytest.fixture
def codes() -> np.ndarray:
    return map_codes()


@pytest.fixture
def class_map(tmp_path: Path, codes: np.ndarray) -> str:
    return write_labels(tmp_path / "map.tif", codes, PLACE, names=NAMES, nodata=0)


def polygons() -> tuple[list[tuple[str, Any]], np.ndarray]:
    """Reference polygons of the three classes, and their codes as a picture."""
    shapes, picture = [], np.zeros((ROWS, COLS), int)
    for row in range(1, 28, 6):
        for col, name in ((2, "Water"), (16, "grass "), (30, "TREE")):
            shapes.append((box(row, col, 3, 4), name))
            picture[row : row + 3, col : col + 4] = [n.casefold() for n in NAMES].index(name.strip().casefold())
    return shapes, picture


def assessed(class_map: str, path: str, field: str = "class", **more: Any) -> MapAssessment:
    """The assessment of a map."""
    return assess_map(MapJob(class_map, SampleSource(path, field, parameter="REFERENCE")), **more)


def expected(codes: np.ndarray, picture: np.ndarray) -> np.ndarray:
    """The matrix of classes 1 to 3 by the plainest way there is."""
    matrix = np.zeros((3, 3), int)
    for true, predicted in zip(picture.ravel(), codes.ravel()):
        if true and predicted:
            matrix[true - 1, predicted - 1] += 1
    return matrix


@pytest.mark.parametrize("block", [8, 512])
def test_polygons_with_names(
    tmp_path: Path, class_map: str, codes: np.ndarray, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples_module, "BLOCK_PX", block)
    shapes, picture = polygons()
    found = assessed(class_map, write_vector(tmp_path / "r.gpkg", shapes))
    np.testing.assert_array_equal(found.matrix.counts, expected(codes, picture))
    assert found.matrix.names == NAMES[1:]
    assert [item.value for item in found.classes] == [1, 2, 3]
    assert found.regions == 15
    assert found.intervals.regions.tolist() == [5, 5, 5]
    assert not found.single_pixels
    assert found.warnings == ()
    low, high = found.intervals.overall["oa"]
    assert low < found.matrix.overall()["oa"] < high
    assert found.hectares == pytest.approx(ROWS * COLS * PIXEL_M**2 / 10_000)
    np.testing.assert_allclose(found.areas.mapped, np.bincount(codes.ravel())[1:] / codes.size)
    assert found.areas.estimated.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("kind", ["integer", "real", "text"])
def test_numbers_match_by_value_also_as_texts_where_the_map_has_no_names(
    tmp_path: Path, codes: np.ndarray, kind: str
) -> None:
    shapes, picture = polygons()
    numbers = {"Water": 1, "grass ": 2, "TREE": 3}
    shapes = [(wkt, str(numbers[name]) if kind == "text" else numbers[name]) for wkt, name in shapes]
    plain = write_labels(tmp_path / "map.tif", codes, PLACE, nodata=0)
    found = assessed(plain, write_vector(tmp_path / "r.gpkg", shapes, kind))
    np.testing.assert_array_equal(found.matrix.counts, expected(codes, picture))
    assert found.matrix.names == ("1", "2", "3")


def test_a_reference_in_another_crs(tmp_path: Path, class_map: str, codes: np.ndarray) -> None:
    shapes, picture = polygons()
    found = assessed(class_map, write_vector(tmp_path / "r.gpkg", shapes, stored_crs="EPSG:4326"))
    np.testing.assert_array_equal(found.matrix.counts, expected(codes, picture))


def test_a_reference_raster_of_finer_pixels_over_a_part(tmp_path: Path, class_map: str, codes: np.ndarray) -> None:
    picture = polygons()[1]
    fine = np.kron(picture[3:25, 5:38], np.ones((4, 4), int))
    path = write_labels(tmp_path / "r.tif", fine, grid_transform(PIXEL_M / 4, (50.0, 30.0)), names=NAMES)
    clipped = np.zeros_like(picture)
    clipped[3:25, 5:38] = picture[3:25, 5:38]
    found = assessed(class_map, path, "")
    np.testing.assert_array_equal(found.matrix.counts, expected(codes, clipped))


def test_points_are_single_pixels_and_get_the_papers_errors(tmp_path: Path, class_map: str) -> None:
    rng = np.random.default_rng(1)
    places = rng.choice(ROWS * COLS, 200, replace=False)
    shapes = [(point(p // COLS + 0.5, p % COLS + 0.5), NAMES[1 + p % COLS * 3 // COLS]) for p in places]
    found = assessed(class_map, write_vector(tmp_path / "r.gpkg", shapes))
    assert found.single_pixels
    assert found.matrix.total == found.regions == 200
    assert (found.areas.error > 0).all()


def test_nodata_of_the_map_is_counted_apart(tmp_path: Path, codes: np.ndarray) -> None:
    shapes, picture = polygons()
    codes[:, 30:32] = 0
    path = write_labels(tmp_path / "map.tif", codes, PLACE, names=NAMES, nodata=0)
    found = assessed(path, write_vector(tmp_path / "r.gpkg", shapes))
    np.testing.assert_array_equal(found.matrix.counts, expected(codes, picture))
    assert found.unmapped == 30
    assert "30 pixels of REFERENCE where MAP has no class took no part." in found.warnings
    assert found.map_pixels == (codes > 0).sum()


def test_classes_that_only_one_of_both_has(tmp_path: Path, class_map: str, codes: np.ndarray) -> None:
    shapes, picture = polygons()
    shapes = [(wkt, "shadow" if name == "TREE" else name) for wkt, name in shapes]
    found = assessed(class_map, write_vector(tmp_path / "r.gpkg", shapes))
    assert found.matrix.names == ("water", "grass", "tree", "shadow")
    counts = np.zeros((4, 4), int)
    counts[:2, :3], counts[3, :3] = expected(codes, picture)[:2], expected(codes, picture)[2]
    np.testing.assert_array_equal(found.matrix.counts, counts)
    assert found.classes[3].value is None
    assert "MAP lacks the class 'shadow', which REFERENCE has: its samples count as errors." in found.warnings
    assert any(text.startswith("REFERENCE has no sample of the class 'tree', which covers") for text in found.warnings)
    assert found.matrix.per_class()["pa"][3] == 0.0
    assert np.isnan(found.matrix.per_class()["pa"][2])


def test_a_class_of_the_map_that_no_sample_touches_is_in_the_areas_only(tmp_path: Path, codes: np.ndarray) -> None:
    codes[0] = 9
    path = write_labels(tmp_path / "map.tif", codes, PLACE, names=NAMES)
    found = assessed(path, write_vector(tmp_path / "r.gpkg", polygons()[0]))
    assert len(found.classes) == 3
    assert [item.name for item in found.area_classes] == ["water", "grass", "tree", "9"]
    assert found.areas.covered == pytest.approx(1 - 1 / ROWS)
    assert np.isnan(found.areas.estimated[3])
    assert "REFERENCE has no sample of the class '9', which covers 3.33 % of MAP." in found.warnings


def test_numbers_whose_names_differ_are_said(tmp_path: Path, class_map: str) -> None:
    path = write_labels(tmp_path / "r.tif", polygons()[1], PLACE, names=("", "Water", "tree", "grass"))
    found = assessed(class_map, path, "")
    assert any("2 is 'tree' in REFERENCE and 'grass' in MAP; 3 is" in text for text in found.warnings)
    assert not any("'Water'" in text for text in found.warnings)


def test_a_class_with_one_region_is_said(tmp_path: Path, class_map: str) -> None:
    shapes = [*polygons()[0][:2], (box(20, 1, 2, 2), "water")]
    found = assessed(class_map, write_vector(tmp_path / "r.gpkg", shapes))
    assert "No interval can be given for a class with a single region in REFERENCE: 'grass'." in found.warnings
    assert np.isnan(found.intervals.per_class["pa"][1]).all()


def test_a_map_with_a_colour_table_and_another_with_an_attribute_table(tmp_path: Path, codes: np.ndarray) -> None:
    colours = [(0, 0, 0), (0, 0, 255), (0, 255, 0), (0, 99, 0)]
    reference = write_vector(tmp_path / "r.gpkg", polygons()[0])
    path = write_labels(tmp_path / "a.tif", codes, PLACE, names=NAMES, colours=colours, nodata=0)
    assert [item.colour for item in assessed(path, reference).classes] == ["#0000ff", "#00ff00", "#006300"]
    table = [(code, NAMES[code // 100], colours[code // 100]) for code in (100, 200, 300)]
    path = write_labels(tmp_path / "b.tif", 100 * codes, PLACE, table=table, dtype=gdal.GDT_UInt16)
    found = assessed(path, reference)
    assert [(item.name, item.value) for item in found.classes] == [("water", 100), ("grass", 200), ("tree", 300)]


def test_what_cannot_be_assessed_is_refused_in_one_sentence(tmp_path: Path, class_map: str, codes: np.ndarray) -> None:
    def refusal(path: str, reference: str, field: str = "class") -> str:
        with pytest.raises(InputError) as caught:
            assessed(path, reference, field)
        return str(caught.value)

    reference = write_vector(tmp_path / "r.gpkg", polygons()[0])
    plain = write_labels(tmp_path / "plain.tif", codes, PLACE)
    assert "but MAP names none of its values; choose a field with the numbers of MAP" in refusal(plain, reference)
    other = write_vector(tmp_path / "o.gpkg", [(box(1, 1, 2, 2), "roof"), (box(5, 5, 2, 2), "road")])
    assert refusal(class_map, other) == (
        "REFERENCE has the classes 'road', 'roof', none of which is among those of MAP ('water', 'grass', 'tree'); "
        "choose a field or raster with the classes of MAP."
    )
    numbers = write_vector(tmp_path / "n.gpkg", [(box(1, 1, 2, 2), 77)], "integer")
    assert "none of which is among those of MAP ('1', '2', '3')" in refusal(class_map, numbers)
    assert "REFERENCE has no field 'kind'" in refusal(class_map, reference, "kind")
    image = write_labels(tmp_path / "i.tif", np.arange(ROWS * COLS).reshape(ROWS, COLS), PLACE, dtype=gdal.GDT_UInt16)
    assert "holds more than 256 different values" in refusal(image, numbers)
    holes = codes.copy()
    holes[:, :20] = 0
    path = write_labels(tmp_path / "h.tif", holes, PLACE, names=NAMES, nodata=0)
    water = write_vector(tmp_path / "w.gpkg", [(box(1, 1, 2, 2), "water")])
    assert "REFERENCE has samples only where MAP has no class" in refusal(path, water)
    nothing = write_labels(tmp_path / "z.tif", 0 * codes, PLACE, nodata=0)
    assert "has no class anywhere, only nodata" in refusal(nothing, numbers)


def test_a_watcher_sees_progress_and_can_stop(tmp_path: Path, class_map: str) -> None:
    seen: list[float] = []
    path = write_vector(tmp_path / "r.gpkg", polygons()[0])
    assessed(class_map, path, watch=seen.append)
    assert seen == sorted(seen)
    assert 0 <= seen[0] < seen[-1] <= 1

    def stop(share: float) -> None:
        if share > 0.3:
            raise CancelledError("The run was cancelled.")

    with pytest.raises(CancelledError):
        assessed(class_map, path, watch=stop)


def test_matrix_of_one_is_confusion_matrix_of(tmp_path: Path, class_map: str, codes: np.ndarray) -> None:
    path = write_labels(tmp_path / "r.tif", polygons()[1], PLACE)
    direct = ConfusionMatrix.of(polygons()[1] - 1, codes - 1, NAMES[1:])
    np.testing.assert_array_equal(assessed(class_map, path, "").matrix.counts, direct.counts)
