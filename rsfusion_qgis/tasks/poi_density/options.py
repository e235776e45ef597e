"""What the user can say about densities of points."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from .kernels import KERNELS


@dataclass(frozen=True)
class DensityOptions:
    """See the help of each."""

    points: str = option(
        "", "Points", "A layer of points or polygons, or OpenStreetMap data (.osm.pbf). A polygon counts as a point "
        "inside it.",
        kind="vector",
    )  # fmt: skip
    category_field: str = option(
        "", "Field with the category", "One band for each value. Empty: by TAGS; without these, all points are one "
        "category.",
        kind="text", shown="", empty=True,
    )  # fmt: skip
    tags: str = option(
        "", "Categories by tags", "Such as 'food: amenity=cafe|restaurant; shops: shop=*'. Keys are the tags of "
        "OpenStreetMap, or fields of the layer; * stands for any value; a comma joins several keys. The first category "
        "that fits counts. Empty, for OpenStreetMap data: fifteen common categories.",
        kind="text", shown="", empty=True,
    )  # fmt: skip
    bandwidth: float = option(
        200.0, "Bandwidth, metres", "How far a point is felt: standard deviation of the Gaussian kernel, radius of the "
        "quartic one.",
        low=0.01, high=1e6,
    )  # fmt: skip
    kernel: str = option(
        KERNELS[0], "Kernel", "gaussian: smooth, felt up to four bandwidths. quartic: ends at one bandwidth, as in "
        "most heat maps.",
        choices=KERNELS, advanced=True,
    )  # fmt: skip
    edges: bool = option(
        True, "Make up for what lies beyond the edge", "Nobody knows which points lie beyond the raster, so the "
        "density is divided by the share of the kernel that lies on it, and points beyond it are left out. Off: points "
        "beyond the edge count, and nothing is made up for.",
        advanced=True,
    )  # fmt: skip
    distances: bool = option(
        False, "Also the distance to the nearest point", "A further band for each category, metres.",
    )  # fmt: skip
    value_fields: str = option(
        "", "Fields whose local mean is made instead", "Names of fields of numbers with commas between them, such as "
        "what a network saw in street-view images; * for all. Each band is the mean of one field over the points "
        "around, near ones counting more; a pixel without a point in reach has no data. Categories are not made then.",
        kind="text", shown="", empty=True, advanced=True,
    )  # fmt: skip
    weight_field: str = option(
        "", "Field with the weight of a point", "A number above zero, such as visitors or floors. Empty: each counts "
        "1. Points without such a number are left out.",
        kind="text", shown="", empty=True, advanced=True,
    )  # fmt: skip
