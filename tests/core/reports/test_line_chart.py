"""Curves as SVG: well formed, inside the frame, gaps where a value is missing."""

from __future__ import annotations

import math
from xml.etree import ElementTree

from rsfusion_qgis.core.reports.line_chart import ABOVE, BELOW, HEIGHT, LEFT, WIDTH, line_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(values, mark=math.nan):
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
    found = drawn([4.0, 2.0, math.nan, 1.0])
    assert len(found.findall(f"{SVG}polyline")) == 1
    assert len(found.findall(f"{SVG}circle")) == 1


def test_nothing_at_all():
    assert not drawn([math.nan] * 4).findall(f"{SVG}polyline")
