"""The rasters that an extraction of targets takes, and its classes."""

from __future__ import annotations

from ...core.engine.contract import Role
from ...core.rasters.class_spec import ClassSpec

LIDAR, DTM, OPTICAL = "lidar", "dtm", "optical"
ROLES = (
    Role(LIDAR, "LiDAR raster", "Heights above ground (nDSM, CHM) in metres, or heights of the surface (DSM) where DTM "
         "is given. The band that is called height, CHM, nDSM or DSM is taken, else the first; a band that is called "
         "intensity helps to find roads. The results have its pixels.", heights=True),
    Role(DTM, "Terrain model (DTM)", "Heights of the ground, in the same unit and from the same zero as LIDAR, which "
         "are taken off it. Empty: LIDAR holds heights above ground.", bands=1, required=False, heights=True),
    Role(OPTICAL, "Optical raster", "Tells plants from roofs and roads: by NDVI where it has red and near infrared, "
         "else by how green it is.", required=False),
)  # fmt: skip
OTHER, BUILDING, TREE, ROAD = range(4)
CLASSES = (
    ClassSpec("other", 1, "#d9d0c1"), ClassSpec("building", 2, "#c0392b"), ClassSpec("tree", 3, "#2e7d32"),
    ClassSpec("road", 4, "#555555"),
)  # fmt: skip
SCORES, METHOD = "scores", "extracttargets"
MISSING = -1e6
"""Where a raster is absent or has no data."""
