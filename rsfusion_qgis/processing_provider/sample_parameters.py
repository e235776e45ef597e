"""Parameters for samples: a vector layer with a field of classes or numbers, or else a raster of either.

The layer may be anything that QGIS shows (selected features, a layer in memory, any provider): its features are
written to a temporary GeoPackage, which the engine, and a child process, can open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsFeatureRequest,
    QgsFields,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingUtils,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from ..core.basics.errors import InputError
from ..core.rasters.fill import HEIGHTS
from ..core.rasters.samples.label_reader import LabelReader
from ..core.rasters.samples.samples import SampleSource
from ..core.rasters.source import RasterSource
from .layers import gdal_source, raster_layer, source_as_placed, vector_file
from .parameters import RasterParameter, advanced, helped

LAYER = "samples"


@dataclass(frozen=True)
class SampleNames:
    """The names of the three parameters.

    Attributes
    ----------
    features, field, raster : str
    what : str
        What the samples are, as it reads in labels: "Reference".
    numbers : bool
        Whether they hold numbers and no classes.
    """

    features: str
    field: str
    raster: str
    what: str
    numbers: bool = False

    @property
    def holds(self) -> str:
        """What the field holds, in words."""
        return "number" if self.numbers else "class"


TRAINING = SampleNames("SAMPLES", "CLASS_FIELD", "LABELS", "Training samples")
REFERENCE = SampleNames("REFERENCE", "CLASS_FIELD", "REFERENCE_RASTER", "Reference")
NUMBERS = SampleNames("SAMPLES", "VALUE_FIELD", "VALUES", "Training samples", numbers=True)
_FIELD = {
    "class": "Texts, or whole numbers. Features without a value are left out.",
    "number": "What is to be estimated. Features without a value are left out.",
}
_RASTER = {
    "class": "One band of class codes; 0 and nodata: unlabelled. Connected pixels of one code are a region.",
    "number": "One band of what is to be estimated, such as canopy heights from LiDAR over a part of the area.",
}


def sample_parameters(names: SampleNames) -> list[QgsProcessingParameterDefinition]:
    """Return the three parameters; none of them is required by itself, `read_samples` asks for one way."""
    source = QgsProcessing.SourceType
    kinds = [source.TypeVectorPoint, source.TypeVectorPolygon]
    features = QgsProcessingParameterFeatureSource(
        names.features, f"{names.what}: polygons or points", kinds, optional=True
    )
    field = QgsProcessingParameterField(
        names.field, f"Field of {names.features} with the {names.holds}", None, names.features, optional=True
    )
    raster = RasterParameter(
        names.raster, f"{names.what} as a raster (instead of {names.features})", optional=True
    )
    return [
        helped(features, "Any CRS. A polygon gives the pixels whose centres lie inside it, a point the pixel that it "
                         "falls in; each feature is kept together as one region."),
        helped(field, _FIELD[names.holds]),
        helped(raster, _RASTER[names.holds]) if names.numbers else advanced(helped(raster, _RASTER[names.holds])),
    ]  # fmt: skip


class GivenSamples:
    """What the user gave as samples: either features or a raster.

    Parameters
    ----------
    names : SampleNames
    raster : GDAL's name of the raster, "" where features are given.
    file : where they come from, so that no result takes its place; "" = nothing on disk.
    features : the features, None where a raster is given.
    field : the field of the features.
    context : QgsProcessingContext
    colours : of its values as texts.
    """

    def __init__(
        self, names: SampleNames, raster: str, file: str, features: QgsProcessingFeatureSource | None, field: str,
        context: QgsProcessingContext, colours: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        self._colours = tuple(colours)
        self.names, self.raster, self.file = names, raster, file
        self._features, self._field, self._transforms = features, field, context.transformContext()

    @property
    def parameter(self) -> str:
        """The name of the parameter that is used."""
        return self.names.features if self._features is not None else self.names.raster

    def planned(self) -> SampleSource:
        """Return what stands for the samples while a run is only checked: nothing is written, nothing can be read."""
        return SampleSource(self.file, self._field, parameter=self.parameter)

    def check(self) -> None:
        """Look at headers only.

        Raises
        ------
        InputError : no such field, no feature, or no raster of one band.
        """
        if self._features is None:
            self._check_raster()
            return
        wanted = (field for field in self._features.fields() if field.isNumeric() or not self.names.numbers)
        known = [field.name() for field in wanted]
        if not self._field:
            raise InputError(
                f"{self.names.field} is empty; name the field of {self.names.features} with the {self.names.holds}, "
                f"one of: {', '.join(known) or 'none'}."
            )
        if self._field not in known:
            raise InputError(
                f"{self.names.field}: {self.names.features} has no field '{self._field}'"
                f"{' of numbers' if self.names.numbers else ''}; its fields{' of numbers' * self.names.numbers} are: "
                f"{', '.join(known) or 'none'}."
            )
        if self._features.featureCount() == 0:
            raise InputError(
                f"{self.names.features} has no features; choose another layer, or select some where only selected "
                "ones are used."
            )

    def _check_raster(self) -> None:
        if not self.names.numbers:
            LabelReader(self.raster, self.names.raster).close()
            return
        with RasterSource(self.raster, self.names.raster, kind=HEIGHTS) as raster:
            if len(raster.bands) != 1:
                raise InputError(
                    f"{self.names.raster}: '{self.raster}' has {len(raster.bands)} bands; expected one of numbers, so "
                    "extract it first."
                )

    def source(self, raise_when_cancelled: Callable[[], None]) -> SampleSource:
        """Return what the engine opens; features are written to a file for it, in any thread.

        Parameters
        ----------
        raise_when_cancelled : called now and then; raises to stop.

        Raises
        ------
        InputError : as `check`, or the features cannot be read or written.
        """
        self.check()
        if self._features is None:
            return SampleSource(self.raster, parameter=self.names.raster)
        path = str(QgsProcessingUtils.generateTempFilename("samples.gpkg"))
        self._write(path, raise_when_cancelled)
        label = str(self._features.sourceName())
        return SampleSource(path, self._field, LAYER, self.names.features, label, self._colours)

    def _write(self, path: str, raise_when_cancelled: Callable[[], None]) -> None:
        features, fields = self._features, QgsFields()
        place = features.fields().indexOf(self._field)
        fields.append(features.fields().at(place))
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName, options.layerName = "GPKG", LAYER
        # A field called fid would else be taken for the feature's number, and building an index cannot be cancelled.
        options.layerOptions = ["FID=rsfusion_fid", "SPATIAL_INDEX=NO"]
        writer = QgsVectorFileWriter.create(
            path, fields, features.wkbType(), features.sourceCrs(), self._transforms, options
        )
        self._raise_where_failed(writer)
        skip = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
        for feature in features.getFeatures(QgsFeatureRequest().setSubsetOfAttributes([place]), skip):
            copy = QgsFeature(fields)
            copy.setGeometry(feature.geometry())
            copy.setAttribute(0, feature.attribute(place))
            writer.addFeature(copy)
            raise_when_cancelled()
        writer.flushBuffer()
        self._raise_where_failed(writer)

    def _raise_where_failed(self, writer: QgsVectorFileWriter) -> None:
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise InputError(
                f"{self.names.features} cannot be written to a temporary file ({writer.errorMessage()}); export the "
                "layer to a GeoPackage first."
            )


def read_optional_samples(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, names: SampleNames
) -> GivenSamples | None:
    """Return what was given, None where nothing was; raises as `read_samples`."""
    given = any(parameters.get(name) not in (None, "") for name in (names.features, names.raster))
    return read_samples(algorithm, parameters, context, names) if given else None


def read_samples(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, names: SampleNames
) -> GivenSamples:
    """Return what was given, on the main thread, where layers live.

    Raises
    ------
    InputError : neither or both ways were given, or QGIS cannot open what was.
    """
    given = [name for name in (names.features, names.raster) if parameters.get(name) not in (None, "")]
    if len(given) != 1:
        found = "both are given" if given else "neither is given"
        raise InputError(
            f"{names.features} and {names.raster}: {found}; expected one of them, so give either polygons or points "
            + ("with a field of numbers, or a raster of them." if names.numbers else
               "with a field of classes, or a raster of class codes.")
        )
    if given == [names.raster]:
        layer = raster_layer(algorithm, parameters, names.raster, context)
        path = source_as_placed(layer, gdal_source(names.raster, layer, parameters[names.raster]))
        return GivenSamples(names, path, path, None, "", context)
    features = algorithm.parameterAsSource(parameters, names.features, context)
    if features is None:
        raise InputError(
            f"{names.features} is '{parameters[names.features]}', which QGIS cannot open as a vector layer; give an "
            "existing layer or file of polygons or points."
        )
    field = str(algorithm.parameterAsString(parameters, names.field, context))
    layer = algorithm.parameterAsVectorLayer(parameters, names.features, context)
    return GivenSamples(names, "", vector_file(layer), features, field, context, colours_of(layer, field))


def colours_of(layer: QgsVectorLayer | None, field: str) -> list[tuple[str, str]]:
    """Return (value of the field as a text, "#rrggbb") of each category, where the layer is drawn by that field."""
    renderer = layer.renderer() if layer is not None else None
    if not isinstance(renderer, QgsCategorizedSymbolRenderer) or renderer.classAttribute().strip('"') != field:
        return []
    found = []
    for category in renderer.categories():
        value, symbol = category.value(), category.symbol()
        values = value if isinstance(value, list) else [value]
        if symbol is not None:
            found += [(str(one), symbol.color().name()) for one in values if one not in (None, "")]
    return found
