"""LiDAR features: bands for classification from a surface model, a terrain model and an intensity raster."""

from __future__ import annotations

from ...core.engine.contract import Face, Role, Task, Text
from . import operators, preparation
from .encode import values
from .options import LidarOptions
from .words import LAYER_NAMES

_HELP = (
    "Computes the bands that a classification takes from LiDAR, from a surface model (DSM) and, where there is one, a "
    "terrain model (DTM) and an intensity raster. The result has the pixels of DSM, in metres and degrees, Float32 "
    "with NaN for no data. FEATURES are:\n\n"
    "height_above_ground: DSM - DTM. Without DTM it is an estimate, and the band says so: the surface is opened with "
    "windows up to GROUND_WINDOW, objects wider than that stay ground, steep narrow ridges become objects, and what "
    "is lower than 0.3 m (wide objects: up to 2 m) is ground. slope: degrees, after Horn, as gdaldem. roughness: "
    "standard deviation of the heights in the window about the plane that fits them, so that an even roof of any "
    "pitch is smooth (gdaldem's largest difference is not). percentiles and range: of the heights above ground in the "
    "window, or of DSM itself where no ground is known. intensity and intensity_mean: as it is, and its mean in the "
    "window.\n\n"
    "The window is a square that reaches RADIUS to every side. Neighbours without data are left out of it; every "
    "pixel where DSM has data gets all features of its shape, all others none. Heights are brought to metres by the "
    "unit that the band names (m, ft, ...); where it names none, they are in the unit of the CRS, or metres where "
    "that is in degrees. On a CRS in degrees lengths hold for the latitude of the raster's middle. The result does "
    "not depend on the tiles. Heights of DTM are converted to what those of DSM count from (a geoid, the ellipsoid), "
    "where the CRS of both say it; where one does not, they are taken to count from the same.\n\n"
    "A DTM or INTENSITY on other pixels or in another CRS is interpolated onto those of DSM."
)
_FEATURES = Text(
    "lidarfeatures",
    "LiDAR features",
    _HELP,
    ("lidar", "dsm", "dtm", "chm", "ndsm", "height above ground", "canopy height", "slope", "roughness", "percentiles",
     "intensity", "classification", "terrain", "elevation"),
)  # fmt: skip

TASK = Task(
    id="lidar_features",
    card_task="",
    mlm_task="",
    group="Classify",
    layer_names=LAYER_NAMES,
    roles=(
        Role("dsm", "Surface model (DSM)", "Heights of the surface with buildings and trees, one band. The result has "
             "its pixels.", bands=1, heights=True),
        Role("dtm", "Terrain model (DTM)", "Heights of the bare ground, one band. Empty: estimated from DSM, see "
             "GROUND_WINDOW.", bands=1, required=False, heights=True),
        Role("intensity", "Intensity", "Strength of the LiDAR's echoes, one band. Empty: no bands of intensity.",
             bands=1, required=False, heights=True),
    ),
    grid="dsm",
    like="",
    faces=(
        Face(
            _FEATURES,
            LidarOptions,
            networks=False,
            output="LiDAR features",
            policy="warn",
            report="",
            typed=False,
            alignment="Headers of DTM and INTENSITY are compared with DSM. warn: other pixels or another CRS are "
                      "followed by bilinear interpolation at true positions, with a warning where that matters. "
                      "correct: the same, and a rotated grid is warped. fail: stop unless the grids nest. Rasters that "
                      "share no pixel stop the run.",
            whole="all of DSM",
            results={"BANDS": "Number of bands", "BAND_NAMES": "Names of the bands, one line each"},
            numbers=("BANDS",),
        ),
    ),
    build=operators.build,
    method_card=preparation.method_card,
    findings=preparation.findings,
    values=values,
    registers=False,
)  # fmt: skip
