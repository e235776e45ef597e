"""The rasters that a segmentation may take, and the two classes of its own thresholds."""

from __future__ import annotations

from ...core.engine.contract import Role
from ...core.networks.card_fields import Band
from ...core.rasters.class_spec import ClassSpec
from ...core.sensors.sentinel2 import WAVELENGTHS_NM

OPTICAL, OPTICAL_BEFORE, SAR, SAR_BEFORE = "optical", "optical_before", "sar", "sar_before"
DEM, LIDAR, POI = "dem", "lidar", "poi"
ROLES = (
    Role(OPTICAL, "Optical raster", "Multispectral image to segment, for floods the one during or after the flood. "
         "The shipped network needs SWIR (1.6 µm), NIR and green, found by wavelength, by name, or as three bands in "
         "that order.", required=False),
    Role(OPTICAL_BEFORE, "Optical raster before", "The same bands of an earlier date. With it, water that was there "
         "before is not mapped.", required=False),
    Role(SAR, "SAR raster", "Radar backscatter of the date to segment, in decibels, power or amplitude. VV is taken "
         "where there are several bands.", required=False),
    Role(SAR_BEFORE, "SAR raster before", "The same of an earlier date, best from the same orbit. With it, water that "
         "was there before is not mapped.", required=False),
    Role(DEM, "Elevation raster (DEM)", "Heights of the ground, for networks that were trained with them "
         "(rsfusion:trainsegmenter).", required=False, heights=True, rare=True),
    Role(LIDAR, "LiDAR raster", "Heights above ground and further features of a point cloud, any bands, for networks "
         "that were trained with them (rsfusion:trainsegmenter).", required=False, heights=True, rare=True),
    Role(POI, "Points of interest", "Densities or distances of points, as rsfusion:poidensity makes them.",
         required=False, heights=True, rare=True),
)  # fmt: skip
SCORES = "scores"
SMOOTHING_PX = 2
"""Speckle: backscatter is averaged over the square of so many pixels around."""
CLASSES = (ClassSpec("other", 1, "#d9d0c1"), ClassSpec("water", 2, "#1f61be"))
OPTICAL_BANDS = tuple(Band(name, WAVELENGTHS_NM[name] / 1000) for name in ("B11", "B8", "B3"))
CHANGES = (ClassSpec("unchanged", 1, "#d9d0c1"), ClassSpec("changed", 2, "#d1495b"))
SAR_BANDS = (Band("VV"),)
MISSING = -1e6
"""Where an image is absent or has no data."""
