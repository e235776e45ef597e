"""`rsfusion:lidarfeatures`: bands for classification from a LiDAR surface model."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from ..core.basics.errors import InputError, OutputError
from ..core.rasters.pending_output import same_file
from ..core.sensors.lidar.percentiles import parse_percentiles
from ..tasks.lidar_features.job import DSM, DTM, INTENSITY, LidarJob
from ..tasks.lidar_features.preparation import prepare
from ..tasks.lidar_features.run import LidarResult, run
from . import lidar_parameters as own
from . import parameters as names
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .feedback import FeedbackMonitor
from .layers import gdal_source, source_as_placed
from .registration_parameters import number_fault

Parameters = dict[str, Any]

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
    "not depend on the tiles. A DTM or INTENSITY on other pixels or in another CRS is interpolated onto those of DSM."
)


class LidarFeaturesAlgorithm(BaseAlgorithm):
    """The Processing algorithm around `core.lidar`."""

    ID, LABEL, HELP = "lidarfeatures", "LiDAR features", _HELP
    TAGS = (
        "lidar", "dsm", "dtm", "chm", "ndsm", "height above ground", "canopy height", "slope", "roughness",
        "percentiles", "intensity", "classification", "terrain", "elevation",
    )  # fmt: skip
    NEEDS_RUNTIME = False

    def __init__(self) -> None:
        super().__init__()
        self._job: LidarJob | None = None

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and the results that a model can branch on."""
        for definition in own.lidar_parameters():
            self.addParameter(definition)
        for name, label in _NUMBER_RESULTS.items():
            self.addOutput(QgsProcessingOutputNumber(name, label))
        for name, label in _TEXT_RESULTS.items():
            self.addOutput(QgsProcessingOutputString(name, label))

    def _check_given(self, parameters: Parameters, context: QgsProcessingContext) -> LidarJob:
        return self._read_job(parameters, context, self.parameterAsFileOutput(parameters, names.OUTPUT, context))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        prepare(self._check_given(parameters, context))

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        output = self.parameterAsFileOutput(parameters, names.OUTPUT, context)
        self._job = raising_in_processing(feedback, lambda: self._read_job(parameters, context, output))
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Compute and write, in the background in the desktop."""
        if self._job is None:
            raise QgsProcessingException("The run was not prepared.")
        # Only here: what this call notes about loading the result belongs to the context of this thread.
        job = replace(self._job, output=self.parameterAsOutputLayer(parameters, names.OUTPUT, context))
        monitor = FeedbackMonitor(feedback)
        with monitor.stop_signals():
            result = raising_in_processing(feedback, lambda: run(job, monitor))
        return _results(result)

    def _read_job(self, parameters: Parameters, context: QgsProcessingContext, output: str) -> LidarJob:
        """Return what the engine shall do.

        Raises
        ------
        InputError, OutputError : a value or a raster cannot be used, or a raster is also the output.
        """
        fault = number_fault(self, parameters, context, own.NUMBERS)
        if fault:
            raise InputError(fault)
        text = {name: names.text_value(self, parameters, name, context) for name in _TEXTS}
        return LidarJob(
            dsm=self._source(parameters, DSM, context, output),
            output=output,
            dtm=self._source(parameters, DTM, context, output),
            intensity=self._source(parameters, INTENSITY, context, output),
            features=own.chosen_features(parameters.get(own.FEATURES)),
            radius_m=self.parameterAsDouble(parameters, own.RADIUS, context),
            percentiles=parse_percentiles(text[own.PERCENTILES]),
            ground_window_m=self.parameterAsDouble(parameters, own.GROUND_WINDOW, context),
            floor=self.parameterAsBoolean(parameters, own.FLOOR_AT_ZERO, context),
            policy=text[names.COREGISTRATION],
            extent=self._extent(parameters, context),
            tile_size=self.parameterAsInt(parameters, names.TILE_SIZE, context),
            memory_mb=self.parameterAsInt(parameters, names.MEMORY, context),
            output_format=names.engine_format(text[names.FORMAT]),
            creation_options=names.split_options(text[names.CREATION_OPTIONS]),
        )

    def _source(self, parameters: Parameters, name: str, context: QgsProcessingContext, output: str) -> str:
        """Return the name under which GDAL opens a raster as the user sees it, "" for none."""
        given = parameters.get(name)
        if name != DSM and given in (None, ""):
            return ""
        layer = self.parameterAsRasterLayer(parameters, name, context)
        source = gdal_source(name, layer, given)
        if output and same_file(source, output):  # a layer that the user placed anew goes on under another name
            raise OutputError(f"OUTPUT: '{output}' is also {name}; choose another name for the result.")
        return source_as_placed(layer, source)

    def _extent(
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> tuple[float, float, float, float] | None:
        """Return the wished extent (xmin, ymin, xmax, ymax) in the CRS of the DSM, None for all."""
        if not parameters.get(names.EXTENT):
            return None
        layer = self.parameterAsRasterLayer(parameters, DSM, context)
        crs = layer.crs() if layer is not None else QgsCoordinateReferenceSystem()
        box = self.parameterAsExtent(parameters, names.EXTENT, context, crs)
        return None if box.isNull() else (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())


_TEXTS = (own.PERCENTILES, names.COREGISTRATION, names.FORMAT, names.CREATION_OPTIONS)
_NUMBER_RESULTS = {
    "BANDS": "Number of bands",
    "TILES": "Number of tiles",
    "SECONDS": "Seconds that the run took",
    "WARNINGS": "Number of warnings",
}
_TEXT_RESULTS = {
    "BAND_NAMES": "Names of the bands, one line each",
    "FINDINGS": "What was found about the rasters, one line each",
}


def _results(result: LidarResult) -> Parameters:
    return {
        names.OUTPUT: result.output,
        "BANDS": len(result.bands),
        "TILES": result.tiles,
        "SECONDS": result.seconds,
        "WARNINGS": result.warnings,
        "BAND_NAMES": "\n".join(result.bands),
        "FINDINGS": "\n".join(result.sentences),
    }
