"""The aims by hand, in words, and the drawing of what a lower error costs."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree

import pytest

from models.pansharpening.benchmark import frontier, report, verdict
from models.pansharpening.benchmark.evaluate import Result

PAIRS = ("a", "b")
ERGAS = {"EXP": (8.0, 6.0), "GSA": (4.0, 5.0), "BT-H": (5.0, 6.0), "MTF-GLP-FS": (5.0, 4.0), "net": (3.0, 4.2)}
EYE = {
    "EXP": (1.0, 1.0, 0.1, 0.5), "GSA": (2.0, 1.5, 1.0, 0.05), "BT-H": (1.5, 1.2, 1.0, 0.07),
    "MTF-GLP-FS": (1.2, 1.1, 1.0, 0.10), "net": (1.8, 1.2, 1.02, 0.11),
}  # fmt: skip
"""CFLAT, CMF, SLOPE and D_ρ, on both pairs alike."""


def results(**more: str) -> list[Result]:
    """Of all methods; `more`: name to the method whose numbers it has."""
    found = []
    for method in (*ERGAS, *more):
        like = more.get(method, method)
        kind = "ours" if like == "net" else "classical"
        for pair, ergas in zip(PAIRS, ERGAS[like]):
            for test in ("coregistered", "noisy"):
                values = {"ergas": ergas, "sam": 1.0, "q2n": 0.9, "scc": 0.9, "d_rho": 0.1}
                found.append(Result(pair, "main", 4, 4, test, method, kind, values, 1.0))
            values = dict(zip(("cflat", "cmf", "slope", "d_rho"), EYE[like]))
            found.append(Result(pair, "main", 4, 4, "eye", method, kind, {**values, "chf": 0.2, "hqnr": 0.9}, 1.0))
    return found


def test_the_aims_by_hand() -> None:
    """ERGAS .75 and 1.05 of the best classical; CFLAT 1.2 and CMF 1.0 times BT-H's; D_ρ .01 above MTF-GLP-FS's."""
    found = verdict.aims(results(), "net")
    values = [aim.value for aim in found]
    mean = math.sqrt(0.75 * 1.05)
    assert values == pytest.approx([mean, 1.05, mean, 1.05, 1.2, 1.0, 1.02, 0.01])
    assert [aim.met for aim in found] == [True, False, True, False, False, True, True, True]


def test_the_aims_in_words() -> None:
    text = verdict.aims_in_words(results(), "net", "two pairs")
    assert "**net meets 5 of 8 aims**, two pairs:" in text
    assert "clean, geometric mean: 0.887, met (aim: at most 0.90)" in text
    assert "clean, worst pair: 1.050, not met (aim: at most 1.00; b)" in text
    assert "CFLAT over that of BT-H: 1.200, not met (aim: at most 1.05)" in text
    assert "SLOPE: 1.020, met (aim: 0.95 to 1.10)" in text
    assert "D_ρ minus that of MTF-GLP-FS: 0.010, met (aim: at most 0.02)" in text


def test_words_are_for_networks_and_the_table_for_their_settings_too() -> None:
    text = report.summary(results(**{"net, DETAIL=clean": "net"}), "main")
    assert text.count("meets 5 of 8 aims") == 1
    assert "| aim | limits | net | net, DETAIL=clean |" in text
    assert "| SLOPE | 0.95 to 1.10 | 1.020, met | 1.020, met |" in text


def test_what_was_not_measured_is_no_aim() -> None:
    only = [result for result in results() if result.test == "coregistered"]
    assert "meets 1 of 2 aims" in verdict.aims_in_words(only, "net", "two pairs")
    assert verdict.aims_in_words([], "net", "no pair") == ""
    assert "not measured" in verdict.aims([], "net")[0].words()


def points(drawing: str) -> dict[str, list[tuple[float, float]]]:
    """Name to its places in the drawings, from left to right."""
    found: dict[str, list[tuple[float, float]]] = {}
    for name, *place in re.findall(r"<title>(.*?): ([-.0-9]+), ([-.0-9]+)</title>", drawing):
        found.setdefault(name, []).append(tuple(map(float, place)))
    return found


def test_the_frontier_by_hand() -> None:
    settings = dict.fromkeys(("net, DETAIL=clean", "net, DETAIL=strong", "net, VIEWS=8"), "net")
    drawing = frontier.frontier(results(**settings))
    ElementTree.fromstring(drawing)
    found = points(drawing)
    assert list(found) == ["GSA", "BT-H", "MTF-GLP-FS", "clean", "balanced", "strong"]
    assert found["BT-H"] == [pytest.approx((math.sqrt(5 / 4 * 6 / 4), 1.0), abs=1e-3)] * 2
    assert found["balanced"] == [pytest.approx((0.887, 1.2), abs=1e-3), pytest.approx((0.887, 1.0), abs=1e-3)]
    assert drawing.count("<polyline") == 2


def test_a_network_without_settings_is_not_drawn() -> None:
    assert list(points(frontier.frontier(results()))) == ["GSA", "BT-H", "MTF-GLP-FS"]
