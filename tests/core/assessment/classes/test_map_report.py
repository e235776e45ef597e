"""The report of an assessment: page and table say what was measured, whatever the names are."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from rsfusion_qgis.core.assessment.classes.accuracy_report import accuracy_parts, accuracy_sentence, confusion_table
from rsfusion_qgis.core.assessment.classes.map_assessment import MapAssessment, MapJob, assess_map
from rsfusion_qgis.core.assessment.classes.map_report import map_csv, map_page
from rsfusion_qgis.core.measures.classes.confusion import OVERALL, PER_CLASS, ConfusionMatrix
from rsfusion_qgis.core.measures.classes.intervals import intervals
from rsfusion_qgis.core.rasters.samples.samples import SampleSource
from tests.rasters import grid_transform
from tests.vectors import PIXEL_M, box, write_labels, write_vector

NAMES = ("", "water", "a <b> & c", "tree")
COLOURS = [(0, 0, 0), (0, 0, 255), (0, 255, 0), (0, 99, 0)]


class Cells(HTMLParser):
    """The texts of a page's table cells, row by row."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


@pytest.fixture
def found(tmp_path: Path) -> MapAssessment:
    """A map with three classes, a reference with one more, another unsampled, holes."""
    codes = np.repeat(np.repeat(np.array([[1, 2], [3, 0]]), 20, 0), 20, 1)
    codes[0], codes[25:28, 3:9] = 7, 1
    path = write_labels(tmp_path / "map.tif", codes, grid_transform(PIXEL_M), names=NAMES, colours=COLOURS, nodata=0)
    shapes = [(box(5, 5, 4, 4), "water"), (box(12, 3, 4, 4), "water"), (box(5, 25, 4, 4), NAMES[2]),
              (box(12, 33, 4, 4), NAMES[2]), (box(24, 3, 8, 8), "tree"), (box(14, 14, 3, 3), "shadow"),
              (box(36, 16, 2, 8), "tree")]  # fmt: skip
    reference = write_vector(tmp_path / "reference.gpkg", shapes)
    return assess_map(MapJob(path, SampleSource(reference, "class", parameter="REFERENCE")))


def test_the_page_shows_matrix_measures_areas_and_warnings(found: MapAssessment) -> None:
    page = map_page("Accuracy", found)
    rows = Cells(page).rows
    start = next(i for i, row in enumerate(rows) if row[0].startswith("reference ↓"))
    assert rows[start][1:] == ["water", "a <b> & c", "tree", "shadow", "sum", "PA"]
    assert rows[start + 3][:5] == ["tree", "18", "0", "54", "0"]
    assert rows[start + 1][-1] == "1.000"
    for label in OVERALL.values():
        assert any(row[0] == label for row in rows)
    for text in found.warnings:
        assert text.replace("'", "&#x27;") in page
    assert "<b> & c" not in page
    assert "8 pixels of REFERENCE where MAP has no class took no part." in page
    assert page.count("<svg") == 2
    assert "#0000ff" in page
    assert "estimated, ha" in page
    assert found.job.path not in page  # names of files only, so that a page can be passed on


def test_the_table_holds_every_number(found: MapAssessment) -> None:
    blocks = [list(csv.reader(io.StringIO(part))) for part in map_csv(found).split("\n\n")]
    matrix, measures, areas = blocks
    assert matrix[0] == ["reference (rows) \\ map (columns)", *found.matrix.names, "sum"]
    np.testing.assert_array_equal(np.array([row[1:-1] for row in matrix[1:-1]], int), found.matrix.counts)
    assert [row[0] for row in matrix[1:]] == [*found.matrix.names, "sum"]
    values = {(row[0], row[1]): row[2:] for row in measures[1:]}
    assert len(values) == len(OVERALL) + len(PER_CLASS) * len(found.matrix.names)
    assert float(values["oa", "all"][0]) == found.matrix.overall()["oa"]
    assert values["pa", "shadow"] == ["0.0", "", ""]
    assert values["ua", "shadow"] == ["", "", ""]
    assert areas[0][-1] == "standard_error_ha"
    assert float(areas[1][4]) == pytest.approx(found.areas.mapped[0] * found.hectares)
    assert areas[-1][:1] + areas[-1][2:4] == ["7", "", ""]


def test_a_matrix_shades_what_is_right_and_what_is_wrong() -> None:
    matrix = ConfusionMatrix(np.array([[10, 0], [5, 5]]), ("a", "b"))
    table = confusion_table(matrix, ("", "#ff0000"), ("truth", "prediction"))
    assert 'style="background:#ff0000"' in table
    assert table.count('<td style="background:#') == 3  # a zero has no ground
    assert "truth ↓" in table


def test_parts_stand_for_a_matrix_of_one_class_and_one_without_intervals() -> None:
    matrix = ConfusionMatrix(np.array([[4]]), ("only",))
    alone = intervals(np.array([0]), np.array([[4]]))
    assert "—" in accuracy_parts(matrix, alone)[0]
    assert accuracy_sentence(matrix, alone, "It").startswith("It is right for 100.0 % of 4 reference pixels")


def test_the_sentence_names_the_weakest_class() -> None:
    matrix = ConfusionMatrix(np.array([[8, 2, 0], [0, 9, 1], [3, 4, 3]]), ("a", "b", "c"))
    text = accuracy_sentence(matrix, intervals(np.array([0]), np.array([[8, 2, 0]])), "The map")
    assert text.endswith("'c' is found least (30.0 %), most often it is taken for 'b'.")
