"""Options that several tasks with classes ask for in the same words: filtering a map, and drawing its polygons."""

from __future__ import annotations

from typing import Any

from ..engine.options import option

LARGEST_MAJORITY_PX = 50
MOST_SIMPLE_PX = 100.0


def majority_option(
    text: str = "Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it.",
    bounded: bool = True,
) -> Any:
    """Radius in pixels of the square in which the most frequent class is taken; 0 = none."""
    return option(
        0, "Majority filter: radius (pixels; 0 = none)", text, low=0, high=LARGEST_MAJORITY_PX, bounded=bounded,
        advanced=True,
    )  # fmt: skip


def smallest_polygon_option(
    area: float, text: str = "Smaller polygons are left out of POLYGONS.", advanced: bool = True
) -> Any:
    """Square metres, see `polygons.Shapes`."""
    return option(
        area, "Smallest polygon (square metres; 0 = all)", text, low=0.0, bounded=True, advanced=advanced,
    )  # fmt: skip


def smallest_hole_option(area: float) -> Any:
    """Square metres, see `polygons.Shapes`."""
    return option(
        area, "Smallest hole (square metres; 0 = all)", "Smaller holes in POLYGONS are filled.", low=0.0, bounded=True,
        advanced=True,
    )  # fmt: skip


def simplify_option(pixels: float) -> Any:
    """Pixels, see `polygons.Shapes`."""
    return option(
        pixels, "Simplify polygons by (pixels; 0 = not)",
        "How far the outline of a polygon may be moved to save vertices. 0: it follows the edges of the pixels.",
        low=0.0, high=MOST_SIMPLE_PX, bounded=True, advanced=True,
    )  # fmt: skip
