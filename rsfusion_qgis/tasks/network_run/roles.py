"""The rasters that a network may take, whatever they are."""

from __future__ import annotations

from ...core.engine.contract import Role

ROLES = tuple(
    Role(f"raster{number}", f"Raster {number}", "What the card of the network names so; any number of bands.",
         required=False)
    for number in range(1, 5)
)  # fmt: skip
