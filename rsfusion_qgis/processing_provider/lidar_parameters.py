"""The parameters of `rsfusion:lidarfeatures` and what their values mean to the engine.

Names and static strings are public: models, scripts and command lines hold them.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..core.alignment.checks import POLICIES
from ..core.sensors.lidar import FEATURES as ALL
from ..tasks.lidar_features.job import DSM, DTM, INTENSITY, LidarJob
from .parameters import (
    COREGISTRATION,
    EXTENT,
    advanced,
    choice,
    format_parameters,
    helped,
    output_parameter,
    tile_parameters,
)

FEATURES, RADIUS, PERCENTILES = "FEATURES", "RADIUS", "PERCENTILES"
GROUND_WINDOW, FLOOR_AT_ZERO = "GROUND_WINDOW", "FLOOR_AT_ZERO"
NUMBERS = (RADIUS, GROUND_WINDOW)


class FeaturesParameter(QgsProcessingParameterEnum):
    """A list of static strings of which several may be chosen, by name or by number.

    Any text is let through on purpose: where it names no feature, the engine says which there are, while QGIS would
    only say "incorrect".
    """

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        """Return whether the value is absent, a text, a number, or a list of these."""
        values = value if isinstance(value, (list, tuple)) else [value]
        return all(part is None or isinstance(part, (str, int)) for part in values) or bool(
            super().checkValueIsAcceptable(value, context)
        )


def chosen_features(given: Any) -> tuple[str, ...]:
    """Return the names of the features in a value of FEATURES, () for all that are possible."""
    if given in (None, "", []):
        return ()
    texts = given if isinstance(given, (list, tuple)) else str(given).replace(";", ",").split(",")
    ids = [feature.id for feature in ALL]
    names = (str(text).strip() for text in texts)
    found = (ids[int(name)] if name.isdecimal() and int(name) < len(ids) else name for name in names if name)
    return tuple(dict.fromkeys(found))


def lidar_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return the parameters in the order in which the dialog shows them."""
    return [*_raster_parameters(), *_feature_parameters(), *_where_parameters(), *tile_parameters(),
            *format_parameters(), output_parameter("LiDAR features")]  # fmt: skip


def _raster_parameters() -> list[QgsProcessingParameterDefinition]:
    dtm = QgsProcessingParameterRasterLayer(DTM, "Terrain model (DTM)", None, True)
    intensity = QgsProcessingParameterRasterLayer(INTENSITY, "Intensity", None, True)
    return [
        helped(QgsProcessingParameterRasterLayer(DSM, "Surface model (DSM)"),
               "Heights of the surface with buildings and trees, one band. The result has its pixels."),
        helped(dtm, "Heights of the bare ground, one band. Empty: estimated from DSM, see GROUND_WINDOW."),
        helped(intensity, "Strength of the LiDAR's echoes, one band. Empty: no bands of intensity."),
    ]  # fmt: skip


def _feature_parameters() -> list[QgsProcessingParameterDefinition]:
    features = FeaturesParameter(FEATURES, "Features", [f.id for f in ALL], True, None, True, True)
    percentiles = QgsProcessingParameterString(
        PERCENTILES, "Percentiles of height", ",".join(f"{p:g}" for p in LidarJob.percentiles)
    )
    floor = QgsProcessingParameterBoolean(FLOOR_AT_ZERO, "Heights below ground become 0", LidarJob.floor)
    return [
        helped(features, "Bands of the result; their order is always that of the list. None chosen: all that the "
               "rasters allow. On the command line names parted by commas."),
        _metres(RADIUS, "Radius of the window (metres; 0 = 3 pixels)", LidarJob.radius_m,
                "How far the square window of roughness, percentiles, range and mean reaches to every side; at least "
                "one pixel, at most 100. Percentiles of windows wider than 21 pixels look at every second (third, ...) "
                "row and column."),
        helped(percentiles, "Numbers from 0 to 100 parted by commas; one band each."),
        _metres(GROUND_WINDOW, "Window of the ground estimate (metres; 0 = none)", LidarJob.ground_window_m,
                "Where DTM is empty: side of the largest window that the ground is estimated with. Larger than the "
                "largest building, smaller than hills. 0: no height above ground, and percentiles and range are those "
                "of DSM."),
        advanced(helped(floor, "Heights above ground that are negative, by noise or small errors of DTM, become 0.")),
    ]  # fmt: skip


def _where_parameters() -> list[QgsProcessingParameterDefinition]:
    return [
        choice(COREGISTRATION, "If the rasters do not lie on each other", POLICIES, LidarJob.policy,
               "Headers of DTM and INTENSITY are compared with DSM. warn: other pixels or another CRS are followed by "
               "bilinear interpolation at true positions, with a warning where that matters. correct: the same, and a "
               "rotated grid is warped. fail: stop unless the grids nest. Rasters that share no pixel stop the run."),
        helped(QgsProcessingParameterExtent(EXTENT, "Extent", optional=True),
               "Only this part is computed, with the same values as in a full run. Any CRS; empty: all of DSM."),
    ]  # fmt: skip


def _metres(name: str, label: str, default: float, help_text: str) -> QgsProcessingParameterDefinition:
    real = QgsProcessingParameterNumber.Type.Double
    return helped(QgsProcessingParameterNumber(name, label, real, default, minValue=0.0), help_text)
