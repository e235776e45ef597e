"""Data to try a classification of blocks on: blocks of a town of which some are known, an image, points, the truth."""

from __future__ import annotations

from ...core.engine.example import TRUTH, Example, Sheet
from ...core.rasters.generated import spot, square
from .town import PIXEL_M, SIDE_M, STREET_M, USES, town

KINDS = ("shop", "office", "stop")
BLOCKS, KNOWN = 12, 0.6
"""Along a side; share of those whose use is told."""


def draw(sheet: Sheet) -> None:
    """See `town`, which is as large as it is."""
    made = town(int(sheet.rng.integers(1, 10_000)), BLOCKS)
    told = sheet.rng.uniform(size=len(made.uses)) < KNOWN
    side = (SIDE_M - STREET_M) / PIXEL_M
    zones, truth = [], []
    for use, (east, north), known in zip(made.uses, made.corners, told):
        block = square(_row(north + SIDE_M - STREET_M), east / PIXEL_M, side, side, PIXEL_M)
        zones.append((block, {"use": USES[use] if known else None}))
        truth.append((block, {"use": USES[use]}))
    zones.sort(key=lambda one: one[1]["use"] is None)  # the first one tells the kind of the field
    sheet.shapes("zones.gpkg", zones)
    sheet.shapes("truth.gpkg", truth)
    sheet.raster("image.tif", made.image, PIXEL_M, ("green", "roofs"))
    sheet.shapes("points.gpkg", [(_spot(place), {"category": KINDS[code], "users": float(users)})
                                 for place, code, users in zip(made.places, made.codes, made.users)])  # fmt: skip
    sheet.shapes("street.gpkg", [(_spot(place), {"trees": float(one[0])})
                                 for place, one in zip(made.street_places, made.street)])  # fmt: skip


def _row(north: float) -> float:
    return (BLOCKS * SIDE_M - north) / PIXEL_M


def _spot(place: tuple[float, float]) -> str:
    return spot(_row(place[1]), place[0] / PIXEL_M, PIXEL_M)


EXAMPLE = Example(
    "Use of the blocks of a town",
    {"ZONES": ("zones.gpkg",), "RASTERS": ("image.tif",), "POINTS": ("points.gpkg",),
     "FEATURE_POINTS": ("street.gpkg",), TRUTH: ("truth.gpkg",)},
    BLOCKS * round(SIDE_M / PIXEL_M), draw,
)  # fmt: skip
