"""`rsfusion:classifyzones`: a class for each polygon, from rasters and points in it and around it."""

from __future__ import annotations

import math
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..core.measures.classes.confusion import OVERALL
from ..tasks.zones.forest import Classified
from ..tasks.zones.job import (
    FEATURE_FIELDS,
    FEATURE_POINTS,
    OUTPUT,
    POINTS,
    RASTERS,
    REPORT,
    ZONES,
    ZoneJob,
    check,
    classify_zones,
)
from ..tasks.zones.reading import Zones
from ..tasks.zones.report import sentence
from .base_algorithm import BaseAlgorithm, raising_in_processing
from .feedback import FeedbackMonitor
from .layers import gdal_source, source_as_placed, vector_source
from .option_parameters import VectorParameter
from .parameters import SeriesParameter, advanced, helped, report_parameter

CLASS_FIELD, CATEGORY_FIELD, TAGS, BANDWIDTH = "CLASS_FIELD", "CATEGORY_FIELD", "TAGS", "BANDWIDTH"
WEIGHT_FIELD = "WEIGHT_FIELD"
_VECTORS = (ZONES, POINTS, FEATURE_POINTS)
NEIGHBOURS, FOLDS, SEED = "NEIGHBOURS", "FOLDS", "SEED"
Parameters = dict[str, Any]

_HELP = (
    "Gives each polygon (a block, a parish) a class, such as residential or commercial, and its probability. A random "
    "forest learns from the polygons whose class is known. It sees the mean and the standard deviation of each band of "
    "RASTERS, the points of each category in the polygon and around it (POINTS), the size and the compactness of the "
    "polygon, and with NEIGHBOURS what the polygons around are like.\n\n"
    "FEATURE_POINTS are one more source: the mean and the deviation of their numbers in each polygon. Polygons "
    "without such a point are classified by the rest; the forest learns that from copies of the others.\n\n"
    "The accuracy is measured on parts of the map that the forest has not seen: whole blocks of polygons are left out. "
    "Polygons whose class is known get a class from such a forest, too, and the field 'checked' is 1. The probability "
    "is calibrated on such polygons. With several sources, the report says what each of them gives alone.\n\n"
    "POINTS is any layer of points or polygons, or OpenStreetMap data (.osm.pbf). This needs the Python package "
    "scikit-learn."
)


class ClassifyZonesAlgorithm(BaseAlgorithm):
    """Classifies polygons."""

    ID, LABEL, GROUP, HELP = "classifyzones", "Classify zones", "Zones", _HELP
    TAGS = (
        "zones", "urban", "function zones", "land use", "blocks", "parcels", "points of interest", "openstreetmap",
        "random forest", "classifier", "big data",
    )  # fmt: skip
    NEEDS_RUNTIME = False

    def __init__(self) -> None:
        super().__init__()
        self._job: ZoneJob | None = None

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        for definition in _definitions():
            self.addParameter(definition)
        for name, label in OVERALL.items():
            self.addOutput(QgsProcessingOutputNumber(name.upper(), f"{label} in parts that the forest had not seen"))
        self.addOutput(QgsProcessingOutputNumber("CALIBRATION_ERROR", "Mean distance of the probability from the share "
                                                 "that is right"))  # fmt: skip
        self.addOutput(QgsProcessingOutputNumber("ZONES_KNOWN", "Polygons whose class is known"))
        self.addOutput(QgsProcessingOutputString("CLASSES", "Classes, separated by commas"))
        self.addOutput(QgsProcessingOutputString("SUMMARY", "The accuracy in words"))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        check(self._read(parameters, context, str(self.parameterAsFileOutput(parameters, OUTPUT, context))))

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Take everything from the layers, on the main thread where they live."""
        self._job = raising_in_processing(feedback, lambda: self._read(parameters, context, ""), self.words)
        return True

    def processAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Parameters:
        """Classify; in the background in the desktop."""
        if self._job is None:
            raise QgsProcessingException("The run was not prepared.")
        output = str(self.parameterAsOutputLayer(parameters, OUTPUT, context))
        job = ZoneJob(**{**vars(self._job), "output": output})
        monitor = FeedbackMonitor(feedback, self.words)
        with monitor.stop_signals():
            zones, found = raising_in_processing(
                feedback, lambda: classify_zones(job, self.displayName(), monitor), self.words
            )
        return {OUTPUT: output, **_results(zones, found), **({REPORT: job.report} if job.report else {})}

    def _read(self, parameters: Parameters, context: QgsProcessingContext, output: str) -> ZoneJob:
        """Return what is to be done; raises InputError."""
        layers = ((name, self.parameterAsVectorLayer(parameters, name, context)) for name in _VECTORS)
        vectors = {name: vector_source(name, layer, parameters.get(name), context) for name, layer in layers}
        text = {name: str(self.parameterAsString(parameters, name, context)).strip()
                for name in (CLASS_FIELD, CATEGORY_FIELD, TAGS, WEIGHT_FIELD, FEATURE_FIELDS)}  # fmt: skip
        layers = self.parameterAsLayerList(parameters, RASTERS, context) if parameters.get(RASTERS) else []
        given = parameters.get(RASTERS) or []
        given = given if isinstance(given, (list, tuple)) else str(given).split(";")
        rasters = [source_as_placed(layer, gdal_source(f"{RASTERS} #{number}", layer, layer.source()))
                   for number, layer in enumerate(layers, start=1)]  # fmt: skip
        if len(rasters) < len(given):
            known = {layer.source() for layer in layers}
            gdal_source(RASTERS, None, next((one for one in given if one not in known), given[0]))
        return ZoneJob(
            vectors[ZONES], text[CLASS_FIELD], tuple(rasters), vectors[POINTS], text[CATEGORY_FIELD], text[TAGS],
            text[WEIGHT_FIELD], vectors[FEATURE_POINTS],
            tuple(one.strip() for one in text[FEATURE_FIELDS].split(",") if one.strip()),
            self.parameterAsDouble(parameters, BANDWIDTH, context),
            *(self.parameterAsInt(parameters, name, context) for name in (NEIGHBOURS, FOLDS, SEED)),
            output, str(self.parameterAsFileOutput(parameters, REPORT, context)),
        )  # fmt: skip


def _definitions() -> list[QgsProcessingParameterDefinition]:
    number, text = QgsProcessingParameterNumber, QgsProcessingParameterString
    field = QgsProcessingParameterField(CLASS_FIELD, "Field with the class, where it is known", None, ZONES)
    kind = QgsProcessing.SourceType.TypeRaster
    return [
        helped(VectorParameter(ZONES, "Zones", [], None, False), "A layer of polygons."),
        helped(field, "Texts or whole numbers; empty where the class is to be found. Three zones or more of each "
               "class."),
        helped(SeriesParameter(RASTERS, "Rasters", kind, None, True), "Images, heights, densities: any number of "
               "rasters with any number of bands. They may have other CRS than ZONES."),
        helped(VectorParameter(POINTS, "Points of interest", [], None, True), "A layer of points or polygons, or "
               "OpenStreetMap data (.osm.pbf)."),
        helped(QgsProcessingParameterString(CATEGORY_FIELD, "Field of POINTS with the category", "", optional=True),
               "Empty: by TAGS; without these, all points are one category."),
        helped(QgsProcessingParameterString(TAGS, "Categories by tags", "", optional=True),
               "Such as 'food: amenity=cafe|restaurant; shops: shop=*', as in rsfusion:poidensity. Empty, for "
               "OpenStreetMap data: fifteen common categories."),
        helped(VectorParameter(FEATURE_POINTS, "Points with features", [], None, True), "A layer of points or polygons "
               "with fields of numbers, such as what a network saw in street-view images, or what people paid. A zone "
               "without such a point is classified by the rest."),
        advanced(helped(QgsProcessingParameterString(FEATURE_FIELDS, "Fields of FEATURE_POINTS", "", optional=True),
                        "Names with commas between them. Empty: all fields of numbers.")),
        advanced(helped(text(WEIGHT_FIELD, "Field of POINTS with the weight", "", optional=True),
                        "A number above zero that each point counts, such as its visitors. Empty: each counts 1.")),
        helped(number(BANDWIDTH, "Bandwidth, metres", number.Type.Double, 100.0, minValue=0.01),
               "How far around the middle of a zone points are felt: standard deviation of a Gaussian kernel."),
        advanced(helped(number(NEIGHBOURS, "Neighbours", number.Type.Integer, 0, minValue=0, maxValue=100),
                        "The features of so many nearest zones count as well; 0: none.")),
        advanced(helped(number(FOLDS, "Folds", number.Type.Integer, 5, minValue=2, maxValue=20),
                        "Into so many parts, of several blocks each, the map is dealt out; each is left out once.")),
        advanced(helped(number(SEED, "Seed", number.Type.Integer, 1, minValue=0), "Of the blocks and of the forest.")),
        helped(QgsProcessingParameterVectorDestination(OUTPUT, "Classified zones"),
               "The zones with all their fields, and: predicted, probability, checked."),
        report_parameter("Accuracy, confusion matrix, what each source gave, and what the forest looks at, as a page "
                         "for the browser."),
    ]  # fmt: skip


def _results(zones: Zones, found: Classified) -> Parameters:
    values = {name.upper(): float(value) for name, value in found.matrix.overall().items()}
    return {
        **{name: value if math.isfinite(value) else -1.0 for name, value in values.items()},
        "CALIBRATION_ERROR": found.reliability.error,
        "ZONES_KNOWN": int((zones.known >= 0).sum()),
        "CLASSES": ",".join(zones.classes),
        "SUMMARY": sentence(found),
    }
