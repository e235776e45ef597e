"""The drawing of values with intervals: one mark each, in its place, whatever the names are."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

from rsfusion_qgis.core.reports.interval_plot import interval_plot

NAN = math.nan


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
