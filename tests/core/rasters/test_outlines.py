"""Regular outlines: what is right-angled already stays, noise on it goes, and the direction does not matter."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.rasters import outlines

SHAPES = {
    "box": np.array([(0, 0), (20, 0), (20, 10), (0, 10)], float),
    "L": np.array([(0, 0), (30, 0), (30, 10), (12, 10), (12, 25), (0, 25)], float),
}


def turned(ring: np.ndarray, degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    return ring @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


@pytest.mark.parametrize("degrees", [0, 7, 30, 44, -20])
@pytest.mark.parametrize("name", SHAPES)
def test_right_angles_stay(name: str, degrees: float) -> None:
    ring = turned(SHAPES[name], degrees)
    made = outlines.regular(ring, 3.0)
    assert len(made) == len(ring)
    away = [np.hypot(*(made - point).T).min() for point in ring]
    assert max(away) < 1e-9


@pytest.mark.parametrize("name", SHAPES)
def test_small_steps_go_and_the_area_stays(name: str) -> None:
    draw, ring = np.random.default_rng(1), turned(SHAPES[name], 25)
    points = []
    for start, end in zip(ring, np.roll(ring, -1, axis=0)):
        count = max(2, int(np.hypot(*(end - start)) / 4))
        points += [start + (end - start) * k / count + draw.normal(0, 0.3, 2) for k in range(count)]
    made = outlines.regular(np.array(points), 3.0)
    assert len(made) == len(ring)
    assert outlines.area(made) == pytest.approx(outlines.area(ring), rel=0.06)


def test_what_has_no_four_edges_is_none() -> None:
    assert outlines.regular(np.array([(0, 0), (2, 0), (2, 2), (0, 2)], float), 3.0) is None


def test_the_box_around_lies_along_the_main_direction() -> None:
    box = outlines.box_around(turned(SHAPES["L"], 30))
    assert outlines.area(box) == pytest.approx(30 * 25)
