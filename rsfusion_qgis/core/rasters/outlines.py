"""Outlines of buildings made regular: all edges along two directions at right angles, short steps taken out.

Rings are (n, 2) float64 of map coordinates, closed in themselves (the first point is not repeated). The main direction
is the length-weighted mean of the edges' directions modulo 90°; neighbouring edges of one direction become one line at
their weighted mean place, and lines cross in the new corners. Lines at right angles: as in Dutter 2007, Generalization
of building footprints derived from high resolution remote sensing data, TU Wien; the angle fourfold: Fisher 1993,
Statistical Analysis of Circular Data, doi:10.1017/CBO9780511564345.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

FEWEST = 4
"""Edges of an outline."""


def main_direction(ring: np.ndarray) -> float:
    """Radians, from -45° to 45°."""
    edges = np.roll(ring, -1, axis=0) - ring
    length, angle = np.hypot(*edges.T), np.arctan2(edges[:, 1], edges[:, 0])
    total = (length**2 * np.exp(4j * angle)).sum()
    return float(np.angle(total) / 4)


def box_around(ring: np.ndarray) -> np.ndarray:
    """The smallest rectangle along the main direction that holds the ring, (4, 2)."""
    turn = main_direction(ring)
    turned = ring @ _rotation(turn)
    (left, low), (right, high) = turned.min(axis=0), turned.max(axis=0)
    return np.array([(left, low), (right, low), (right, high), (left, high)]) @ _rotation(turn).T


def regular(ring: np.ndarray, shortest: float) -> Optional[np.ndarray]:
    """The ring with right angles, (m, 2); None where too few edges are left.

    Parameters
    ----------
    ring : of four points or more, simplified, so that slanting edges are no stairs of pixels.
    shortest : edges shorter than this are taken out, map units.
    """
    turn = main_direction(ring)
    turned = ring @ _rotation(turn)
    lines = _merged(_lines(turned))
    while len(lines) >= FEWEST:
        lengths = _lengths(lines)
        at = int(np.argmin(lengths))
        if lengths[at] >= shortest:
            return _corners(lines) @ _rotation(turn).T
        lines = _merged(lines[:at] + lines[at + 1 :])
    return None


def area(ring: np.ndarray) -> float:
    """Of a ring, positive."""
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


_Line = tuple[int, float, float]
"""Axis that the edge lies along (0 = x, 1 = y), its place on the other axis, and its weight."""


def _lines(ring: np.ndarray) -> list[_Line]:
    made = []
    for start, end in zip(ring, np.roll(ring, -1, axis=0)):
        step = end - start
        length = float(np.hypot(*step))
        if length > 0:
            along = 0 if abs(step[0]) >= abs(step[1]) else 1
            made.append((along, float(start[1 - along] + end[1 - along]) / 2, length))
    return made


def _merged(lines: list[_Line]) -> list[_Line]:
    """Neighbours along one axis as one; the last and the first are neighbours."""
    made: list[_Line] = []
    for line in lines:
        if made and made[-1][0] == line[0]:
            made[-1] = _joined(made[-1], line)
        else:
            made.append(line)
    while len(made) > 1 and made[0][0] == made[-1][0]:
        made[0] = _joined(made.pop(), made[0])
    return made


def _joined(one: _Line, other: _Line) -> _Line:
    weight = one[2] + other[2]
    return one[0], (one[1] * one[2] + other[1] * other[2]) / weight, weight


def _corners(lines: list[_Line]) -> np.ndarray:
    """Where each line meets the next one."""
    found = []
    for one, following in zip(lines, lines[1:] + lines[:1]):
        found.append((following[1], one[1]) if one[0] == 0 else (one[1], following[1]))
    return np.array(found)


def _lengths(lines: list[_Line]) -> np.ndarray:
    corners = _corners(lines)
    return np.hypot(*(corners - np.roll(corners, 1, axis=0)).T)


def _rotation(angle: float) -> np.ndarray:
    """A matrix that turns rows of points by minus the angle."""
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.array([[cosine, -sine], [sine, cosine]])
