"""A drawing of values over dates: dots where the values are, gaps where there are none, names escaped."""

from __future__ import annotations

import math
import re
from datetime import date
from xml.etree import ElementTree

from rsfusion_qgis.core.reports.series_chart import Line, series_chart

FIRST, MIDDLE, LAST = date(2020, 1, 1), date(2020, 1, 11), date(2020, 1, 21)


def test_dots_lie_where_the_values_are() -> None:
    text = series_chart({"a<b": Line({FIRST: -1.0, MIDDLE: 0.0, LAST: 1.0})}, "K")
    ElementTree.fromstring(text)
    dots = [tuple(map(float, found)) for found in re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="3.5"', text)]
    assert len(dots) == 3 and "a&lt;b" in text
    (x0, y0), (x1, y1), (x2, y2) = dots
    assert x1 - x0 == x2 - x1 > 0 and abs((y0 - y1) - (y1 - y2)) < 0.2 and y0 > y1


def test_gaps_one_date_and_equal_values() -> None:
    text = series_chart({"a": Line({FIRST: math.nan, MIDDLE: 5.0}), "b": Line({LAST: 5.0}, "#000000", False)}, "")
    assert text.count('r="3.5"') == 2 and "<polyline" not in text and "nan" not in text
    assert series_chart({"a": Line({FIRST: 0.0})}, "").count('r="3.5"') == 1


def test_many_dates_are_thinned_out_below_the_axis() -> None:
    days = {date.fromordinal(FIRST.toordinal() + number): float(number) for number in range(50)}
    text = series_chart({"a": Line(days)}, "")
    assert 2 <= len(re.findall(r">2020-\d\d-\d\d<", text)) <= 7
