"""The charts of reports: well formed, marks in their places, gaps where a value is missing, whatever the names are."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from rsfusion_qgis.core.reports.charts import (
    ABOVE,
    BELOW,
    HEIGHT,
    LEFT,
    MOST_GROUPS,
    WIDTH,
    bar_chart,
    interval_plot,
    line_chart,
    nice_top,
    point_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
NAN = math.nan


def bars(drawing):
    """(name of the value, height) of every bar."""
    found = ElementTree.fromstring(drawing).iter(f"{SVG}rect")
    return [(float(bar[0].text), float(bar.get("height"))) for bar in found if len(bar)]


def test_heights_are_proportional_to_values():
    drawn = dict(bars(bar_chart(["red", "nir"], {"EXP": [4.0, 2.0], "fused": [1.0, 0.0]}, "%")))
    assert drawn[4.0] == pytest.approx(2 * drawn[2.0], abs=0.2)
    assert drawn[4.0] == pytest.approx(4 * drawn[1.0], abs=0.2)
    assert drawn[0.0] == 0
    assert drawn[4.0] < HEIGHT


def test_a_value_that_is_none_has_no_bar_and_names_are_escaped():
    drawing = bar_chart(["<b>"], {"a&b": [NAN]}, "%")
    assert bars(drawing) == []
    assert "&lt;b&gt;" in drawing
    assert "a&amp;b" in drawing


def test_many_bands_are_thinned_out():
    drawing = bar_chart([f"b{i}" for i in range(177)], {"fused": [1.0] * 177}, "%")
    assert len(bars(drawing)) <= MOST_GROUPS
    assert re.search(r">b0<", drawing)


@pytest.mark.parametrize(
    ("largest", "top"), [(0.0, 1.0), (0.9, 1.0), (1.0, 1.0), (1.1, 2.0), (2.2, 2.5), (37, 50), (0.031, 0.05)]
)
def test_the_axis_ends_at_a_round_number(largest, top):
    assert nice_top(largest) == pytest.approx(top)


def drawn(values, mark=NAN):
    return ElementTree.fromstring(line_chart([1, 2, 3, 4], {"a < b": values}, "step", "loss", mark))


def test_curves_lie_inside_the_frame_and_names_are_escaped():
    found = drawn([4.0, 2.0, 1.0, 0.0], mark=2)
    (curve,) = found.findall(f"{SVG}polyline")
    places = [tuple(map(float, pair.split(","))) for pair in curve.get("points").split()]
    assert len(places) == 4
    assert all(LEFT <= x <= WIDTH and ABOVE <= y <= HEIGHT - BELOW for x, y in places)
    assert [y for _, y in places] == sorted(y for _, y in places)  # falling values: y grows downwards
    assert any(text.text == "a < b" for text in found.findall(f"{SVG}text"))


def test_a_missing_value_is_a_gap_and_a_single_one_a_dot():
    found = drawn([4.0, 2.0, NAN, 1.0])
    assert len(found.findall(f"{SVG}polyline")) == 1
    assert len(found.findall(f"{SVG}circle")) == 1


def test_nothing_at_all():
    assert not drawn([NAN] * 4).findall(f"{SVG}polyline")


def test_every_value_is_a_dot_and_every_interval_a_line() -> None:
    drawing = interval_plot(["a", "b <c>"], {
        "PA": [(0.5, 0.4, 0.6), (1.0, NAN, NAN)], "UA": [(0.2, 0.0, 0.9), (NAN, NAN, NAN)],
    })  # fmt: skip
    ElementTree.fromstring(drawing)
    assert len(re.findall("<g><title>", drawing)) == 3
    assert len(re.findall("stroke-opacity", drawing)) == 2
    assert "0.500 (0.400 to 0.600)" in drawing
    assert "b &lt;c&gt;" in drawing


def test_places_on_the_axis_grow_with_the_value() -> None:
    drawing = interval_plot(["x"] * 3, {"s": [(v, NAN, NAN) for v in (0.0, 0.5, 1.0)]})
    places = [float(x) for x in re.findall(r'</title><circle cx="([\d.]+)"', drawing)]
    assert abs(places[1] - (places[0] + places[2]) / 2) < 0.1
    assert places[2] <= 720


def test_long_names_are_cut() -> None:
    drawing = interval_plot(["n" * 80], {"s": [(0.5, NAN, NAN)]})
    assert "n" * 33 + "…" in drawing
    assert "n" * 34 not in drawing


# --- points


def circles(drawing):
    """Title -> (x, y) of every point."""
    groups = ElementTree.fromstring(drawing).iter(f"{SVG}g")
    return {group[0].text: (float(group[1].get("cx")), float(group[1].get("cy"))) for group in groups}


def test_points_lie_as_their_values_do():
    points = {"a": (1.0, 1.0), "b": (1.2, 1.0), "c": (1.4, 3.0)}
    drawn = circles(point_chart(points, [], ("error", "noise"), (0.9, 1.05)))
    a, b, c = (drawn[f"{name}: {x:.3f}, {y:.3f}"] for name, (x, y) in points.items())
    assert b[0] - a[0] == pytest.approx(c[0] - b[0], abs=0.2)
    assert a[1] == b[1] > c[1]


def test_a_path_connects_those_that_are_known_and_names_are_escaped():
    points = {"<a>": (1.0, 1.0), "b": (NAN, 1.0), "c": (1.4, 3.0)}
    drawing = point_chart(points, [["<a>", "b", "c"]], ("x", "y"), (1.0, 1.0))
    assert len(circles(drawing)) == 2
    (line,) = ElementTree.fromstring(drawing).iter(f"{SVG}polyline")
    assert len(line.get("points").split()) == 2


def test_points_that_are_all_alike_have_an_axis():
    assert len(circles(point_chart({"a": (1.0, 1.0)}, [], ("x", "y"), (1.0, 1.0)))) == 1
