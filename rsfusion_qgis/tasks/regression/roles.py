"""The rasters that an estimate may come from, any of them."""

from __future__ import annotations

from ...core.engine.contract import Role

ROLES = (
    Role("hs", "Hyperspectral raster", "Any number of bands.", required=False),
    Role("lidar", "LiDAR raster", "Heights (CHM, DSM) and features of them, any bands.", required=False,
         heights=True),
    Role("intensity", "LiDAR intensity raster", "Or any further raster of LiDAR features.", required=False,
         heights=True, rare=True),
    Role("ms", "Multispectral raster", "Any number of bands; also an aerial image.", required=False),
    Role("sar", "SAR raster", "Backscatter, any number of bands.", required=False),
    Role("poi", "Points of interest", "Densities, distances or local means of points, as rsfusion:poidensity makes "
         "them.", required=False, heights=True, rare=True),
    Role("street", "Features of points", "Local means of what points tell, such as street-view images, as "
         "rsfusion:poidensity makes them with VALUE_FIELDS; no data where there are no points.", required=False,
         heights=True, rare=True),
)  # fmt: skip
