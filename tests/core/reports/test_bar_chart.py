"""The plot of errors band by band."""

import math
import re
from xml.etree import ElementTree

import pytest

from rsfusion_qgis.core.reports.bar_chart import HEIGHT, MOST_GROUPS, bar_chart, nice_top

SVG = "{http://www.w3.org/2000/svg}"


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
    drawing = bar_chart(["<b>"], {"a&b": [math.nan]}, "%")
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
