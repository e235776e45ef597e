"""Options that several tasks with classes ask for in the same words: filtering a map, and drawing its polygons."""

from __future__ import annotations

from typing import Any

from ..engine.options import option

LARGEST_MAJORITY_PX = 50
MOST_SIMPLE_PX = 100.0


def majority_option(more: str = "", bounded: bool = True) -> Any:
    """Radius in pixels of the square in which the most frequent class is taken; 0 = none. `more` ends the help."""
    square = "Each pixel gets the most frequent class in the square of 2 radius + 1 pixels around it."
    return option(
        0, "Majority filter: radius (pixels; 0 = none)", " ".join(filter(None, (square, more))),
        low=0, high=LARGEST_MAJORITY_PX, bounded=bounded, advanced=True,
    )  # fmt: skip


def smallest_polygon_option(area: float, more: str = "", advanced: bool = True) -> Any:
    """Square metres, see `polygons.Shapes`; `more` ends the help."""
    text = " ".join(filter(None, ("Smaller polygons are left out of POLYGONS.", more)))
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
