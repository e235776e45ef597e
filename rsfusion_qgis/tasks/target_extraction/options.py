"""What the user can say about an extraction of targets. Lengths are metres, areas square metres."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from ...core.operators.class_options import (
    majority_option,
    simplify_option,
    smallest_hole_option,
    smallest_polygon_option,
)


@dataclass(frozen=True)
class TargetOptions:
    """Rules and outlines.

    Attributes
    ----------
    building_height, tree_height : float
        Least heights above ground.
    roughness : float
        Of the best plane through a pixel; rougher is no roof.
    ndvi, greenness : float
        From there on it is a plant.
    building_width, road_width : float
        Narrower parts are taken off.
    minimum_area, minimum_hole : float
        Of polygons.
    rectangularity : float
        Least share of the rectangle around a building that it covers; 0 = all.
    regular : bool
        Whether outlines of buildings get right angles.
    simplify : float
        Pixels.
    polygon_classes : str
        Names or codes, separated by commas; "" = all but the first class.
    majority : int
        See `ClassEncoder`.
    """

    building_height: float = option(
        2.5, "Least height of a building (m)", "Lower roofs are not found.", low=0.1, high=100.0, bounded=True,
    )  # fmt: skip
    tree_height: float = option(
        2.0, "Least height of a tree (m)", "Lower plants are other.", low=0.1, high=100.0, bounded=True,
    )  # fmt: skip
    building_width: float = option(
        3.0, "Least width of a building (m)", "Narrower parts, such as walls and cars, are taken off buildings.",
        low=0.0, high=50.0, bounded=True, advanced=True,
    )  # fmt: skip
    minimum_area: float = smallest_polygon_option(10.0, advanced=False)
    roughness: float = option(
        0.4, "Largest roughness of a roof (m)",
        "Standard deviation of the heights about the plane that fits best through a pixel, in a window of some 4 m. "
        "Crowns are rougher than roofs of any pitch. Half of it holds where OPTICAL does not tell plants.",
        low=0.01, high=10.0, bounded=True, advanced=True,
    )  # fmt: skip
    ndvi: float = option(
        0.3, "NDVI of plants, from", "Where OPTICAL has red and near infrared.", low=-1.0, high=1.0, bounded=True,
        advanced=True, called="LEAST_NDVI",
    )  # fmt: skip
    greenness: float = option(
        0.06, "Greenness of plants, from",
        "(2 green - red - blue) / (red + green + blue), where OPTICAL has no near infrared.", low=-1.0, high=2.0,
        bounded=True, advanced=True,
    )  # fmt: skip
    road_width: float = option(
        3.0, "Least width of a road (m)", "Narrower parts are taken off roads.", low=0.0, high=50.0, bounded=True,
        advanced=True,
    )  # fmt: skip
    rectangularity: float = option(
        0.35, "Least rectangularity of a building (0 = all)",
        "Share of the rectangle around a building that it covers. What covers less is left out of POLYGONS.",
        low=0.0, high=1.0, bounded=True, advanced=True,
    )  # fmt: skip
    regular: bool = option(
        True, "Outlines of buildings with right angles",
        "Edges follow the main direction of the building. An outline that would differ too much from the pixels is "
        "simplified only.",
        advanced=True,
    )  # fmt: skip
    simplify: float = simplify_option(1.5)
    minimum_hole: float = smallest_hole_option(10.0)
    polygon_classes: str = option(
        "", "Classes of POLYGONS", "Names or codes, separated by commas. Empty: building, tree and road.",
        kind="text", empty=True, advanced=True,
    )  # fmt: skip
    majority: int = majority_option()
