"""The parameters of the fusion algorithms and what their values mean to the engine.

Names and static strings are public: models, scripts and command lines hold them. A golden file in the
tests freezes them; a list may grow at its end and never shrinks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..core.alignment.checks import POLICIES
from ..core.engine.contract import Face, Role, Task
from ..core.engine.job import Job
from ..core.networks.devices import PROVIDERS
from .layers import is_name_of_gdal, parts_of
from .settings import PLACE, SMALLEST_MEMORY_MB, default_device, default_memory
from .zoo import networks, ships_networks

MODEL, MODEL_FILE, COREGISTRATION, EXTENT, OUTPUT = (
    "MODEL",
    "MODEL_FILE",
    "COREGISTRATION",
    "EXTENT",
    "OUTPUT",
)
TILE_SIZE, MEMORY, DEVICE, THREADS = "TILE_SIZE", "MEMORY", "DEVICE", "THREADS"
DATA_TYPE, NODATA, FORMAT, CREATION_OPTIONS = "DATA_TYPE", "NODATA", "FORMAT", "CREATION_OPTIONS"
REPORT = "REPORT"

DEVICES = ("auto", *PROVIDERS)
DATA_TYPES = ("Byte", "UInt16", "Int16", "UInt32", "Int32", "Float32", "Float64")
BY_FILE_NAME = "by file name"
FORMATS = (
    BY_FILE_NAME,
    "GTiff",
    "COG",
    "HFA",
    "ENVI",
    "JP2OpenJPEG",
    "KEA",
    "netCDF",
    "PCIDSK",
    "RST",
    "SAGA",
)
PRODUCT_FILES = "Products (*.zip *.xml *.ZIP *.XML);;All files (*)"


class ChoiceParameter(QgsProcessingParameterEnum):
    """A list of static strings that also takes an option's number, as the help of older qgis_process says.

    lacking : the sentence that says why what was given may be missing from the list; None = nothing can be missing.
    """

    lacking: Callable[[], str] | None = None

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        """Return whether the value is one of the options or the number of one."""
        return super().checkValueIsAcceptable(value, context) or _option_number(self, value) is not None


class ModelParameter(QgsProcessingParameterEnum):
    """A list of networks that also takes the path of an .onnx file, for scripts and command lines.

    A name that is not in the list, or none at all beside MODEL_FILE, is let through on purpose: where it
    leads nowhere, `zoo.find_network` says which networks there are, while QGIS would only say "incorrect".
    """

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        """Return whether the value is one text, the number of an option, or absent."""
        return value is None or isinstance(value, (str, int)) or super().checkValueIsAcceptable(value, context)


class RasterParameter(QgsProcessingParameterRasterLayer):
    """A raster; what only GDAL knows is let through: `layers.raster_layer` opens it, or a sentence says what it is."""

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        """Return whether the value is a layer, a name of GDAL's own, or a file of several rasters."""
        return is_name_of_gdal(value) or super().checkValueIsAcceptable(value, context) or bool(parts_of(value))


class SeriesParameter(QgsProcessingParameterMultipleLayers):
    """A list of rasters; one that QGIS cannot open is let through on purpose, so that a sentence names it."""

    def checkValueIsAcceptable(self, value: Any, context: QgsProcessingContext | None = None) -> bool:
        """Return whether a value is given, or none is needed."""
        optional = bool(self.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        return optional or value not in (None, "", [])


def choice_fault(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any]) -> str:
    """Return a sentence about the first value that is none of its parameter's options, "" where all are."""
    for definition in algorithm.parameterDefinitions():
        value = parameters.get(definition.name())
        if isinstance(definition, ChoiceParameter) and not definition.checkValueIsAcceptable(value):
            reason = definition.lacking() if definition.lacking else ""
            if reason:
                return reason
            options = ", ".join(definition.options())
            return f"{definition.name()} is '{value}', but one of these is expected: {options}."
    return ""


def text_value(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], name: str, context: QgsProcessingContext
) -> str:
    """Return a text as given, and of a list of options the one that the text names or numbers."""
    definition = algorithm.parameterDefinition(name)
    text = str(algorithm.parameterAsString(parameters, name, context))
    if not isinstance(definition, QgsProcessingParameterEnum) or text in definition.options():
        return text
    number = _option_number(definition, text)
    return text if number is None else str(definition.options()[number])


def _option_number(definition: QgsProcessingParameterEnum, value: Any) -> int | None:
    text = str(value)
    fits = text.isdecimal() and int(text) < len(definition.options())
    return int(text) if fits else None


def alignment_parameter(help_text: str = "", default: str = Face.policy) -> QgsProcessingParameterDefinition:
    """Return COREGISTRATION."""
    return choice(
        COREGISTRATION,
        "If the rasters are not aligned",
        POLICIES,
        default,
        help_text
        or "The headers are compared and the shift between the images is measured. warn: follow the georeferencing, by "
        "interpolation at true positions or by reprojection from another CRS, and warn of what is off. correct: the "
        "same, and also undo a measured shift that is sure and more than the method bears, and warp a rotated grid. "
        "fail: stop unless the grids nest and the "
        "images are as well aligned as the fusion needs. Rasters that cannot be brought together at all always stop "
        "the run.",
    )


def where_parameters(face: Face) -> list[QgsProcessingParameterDefinition]:
    """Return COREGISTRATION and EXTENT."""
    return [
        alignment_parameter(face.alignment, face.policy),
        helped(
            QgsProcessingParameterExtent(EXTENT, "Extent", optional=True),
            f"Only this part is computed, with the same values as in a full run. Any CRS; empty: {face.whole}.",
        ),
    ]


def result_parameters(task: Task, face: Face) -> list[QgsProcessingParameterDefinition]:
    """Return what the result looks like, and where it, further rasters and the report go."""
    return [
        *(_typed_parameters(task) if face.typed else []),
        *format_parameters(),
        output_parameter(face.output),
        *(further_raster(one.parameter, one.label, one.help) for one in face.outputs),
        *(_vector(one.parameter, one.label, one.help) for one in face.layers),
        *([report_parameter(face.report)] if face.report else []),
    ]


def role_parameter(role: Role) -> QgsProcessingParameterDefinition:
    """Return the raster parameter of one role, a list of rasters for a series; advanced where few need it."""
    definition = _role_parameter(role)
    return advanced(definition) if is_rare(role) else definition


def is_rare(role: Role) -> bool:
    """Return whether few users have a raster for the role."""
    return role.rare or bool(role.joins) or (role.codes and role.series)


def _role_parameter(role: Role) -> QgsProcessingParameterDefinition:
    optional = not role.required
    if role.product:  # no layer: QGIS opens none of a folder or an archive
        file = QgsProcessingParameterFile(role.parameter, role.label, optional=optional, fileFilter=PRODUCT_FILES)
        return helped(file, role.help)
    if role.series:
        kind = QgsProcessing.SourceType.TypeRaster
        return helped(SeriesParameter(role.parameter, role.label, kind, None, optional), role.help)
    definition = RasterParameter(role.parameter, role.label, optional=optional)
    return helped(definition, role.help)


def model_parameter(card_task: str) -> QgsProcessingParameterDefinition:
    """Return MODEL: the networks for a task, shipped ones and the user's own; optional where none is shipped."""
    names = list(networks(card_task))
    default = names[0] if names else None
    definition = ModelParameter(MODEL, "Network", names, False, default, not ships_networks(card_task), True)
    return helped(
        definition,
        f"A network shipped with the plugin or from your own folder of networks ({PLACE}). In scripts "
        "and on the command line also the path of an .onnx file.",
    )


def model_file_parameter(usual: bool = False) -> QgsProcessingParameterDefinition:
    """Return MODEL_FILE: an own network anywhere on disk, which wins over MODEL; advanced unless `usual`."""
    definition = QgsProcessingParameterFile(
        MODEL_FILE, "Own network file (instead of the network above)", extension="onnx", optional=True
    )
    helped(definition, "An .onnx file with a model card inside, or with its card as .json beside.")
    return definition if usual else advanced(definition)


def report_parameter(help_text: str) -> QgsProcessingParameterDefinition:
    """Return REPORT: an HTML page, written where one is wanted."""
    definition = QgsProcessingParameterFileDestination(
        REPORT, "Report", "HTML files (*.html)", None, optional=True, createByDefault=False
    )
    return helped(definition, help_text)


def tile_parameters(memory_mb: int = Job.memory_mb) -> list[QgsProcessingParameterDefinition]:
    """Return TILE_SIZE and MEMORY."""
    return [
        _number(TILE_SIZE, "Tile size (pixels; 0 = from the memory)", 0, 0,
                "Edge of one tile of the output. The result does not depend on it."),
        _number(MEMORY, "Memory for one tile (MB)", default_memory(memory_mb), SMALLEST_MEMORY_MB,
                "Decides how large the tiles are. The run as a whole takes two to three times as much, whatever the "
                "size of the rasters."),
    ]  # fmt: skip


def device_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return DEVICE and THREADS, on which a network runs."""
    return [
        advanced(choice(DEVICE, "Device", DEVICES, default_device(DEVICES),
                        "auto: the best one that works here, and the log says which. Any other: that one or an "
                        "error.")),
        threads_parameter("Processor threads that the network may use."),
    ]  # fmt: skip


def threads_parameter(help_text: str) -> QgsProcessingParameterDefinition:
    """Return THREADS."""
    return _number(THREADS, "Threads (0 = all cores)", 0, 0, help_text)


def _typed_parameters(task: Task) -> list[QgsProcessingParameterDefinition]:
    types = (like_text(task), *DATA_TYPES)
    nodata = QgsProcessingParameterNumber(
        NODATA, "Nodata value", QgsProcessingParameterNumber.Type.Double, None, optional=True
    )
    return [
        advanced(choice(DATA_TYPE, "Data type", types, types[0],
                        "Whole-number types are rounded to the nearest value and clipped to what the type can hold. A "
                        "warning says how many values were clipped.")),
        advanced(helped(nodata, "Value of pixels without data. Empty: that of the input whose bands the "
                                "output has. A valid pixel never gets this value.")),
    ]  # fmt: skip


def format_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return FORMAT and CREATION_OPTIONS."""
    options = QgsProcessingParameterString(CREATION_OPTIONS, "Creation options", "", optional=True)
    return [
        advanced(choice(FORMAT, "Format", FORMATS, FORMATS[0], "GTiff is tiled and compressed; COG is made for the "
                 "cloud; by file name: GDAL's format for the ending.")),
        advanced(helped(options, "Options of the GDAL driver, separated by | or blanks, for example "
                        "COMPRESS=ZSTD|PREDICTOR=2. An option that the driver does not have is refused.")),
    ]  # fmt: skip


def output_parameter(label: str) -> QgsProcessingParameterDefinition:
    """Return OUTPUT."""
    return helped(
        QgsProcessingParameterRasterDestination(OUTPUT, label),
        "Any raster format that GDAL can write and that holds the values, by the file name's ending. All results "
        "appear together when they are complete.",
    )


def further_raster(name: str, label: str, help_text: str) -> QgsProcessingParameterDefinition:
    """Return a raster that is written beside OUTPUT where it is wished."""
    definition = QgsProcessingParameterRasterDestination(name, label, None, optional=True, createByDefault=False)
    return helped(definition, help_text)


def _vector(name: str, label: str, help_text: str) -> QgsProcessingParameterDefinition:
    kind = QgsProcessing.SourceType.TypeVectorPolygon
    definition = QgsProcessingParameterVectorDestination(name, label, kind, None, optional=True, createByDefault=False)
    return helped(definition, help_text)


def like_text(task: Task) -> str:
    """Return the static string for "the data type of the input whose bands the output has", or of the computation."""
    return f"like {task.parameter(task.like)}" if task.like else "as computed"


def engine_data_type(task: Task, text: str) -> str:
    """Return the engine's name of a DATA_TYPE, "" for the input's own."""
    return "" if not text or text == like_text(task) else text


def engine_format(text: str) -> str:
    """Return the GDAL driver for a FORMAT, "" for the one of the file name."""
    return "" if text == BY_FILE_NAME else text


def helped(definition: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """Return the definition with a help text."""
    definition.setHelp(text)
    return definition


def advanced(definition: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Return the definition in the dialog's advanced part."""
    definition.setFlags(definition.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return definition


def choice(name: str, label: str, texts: Sequence[str], default: str, help_text: str) -> Any:
    """Return a list of static strings."""
    return helped(ChoiceParameter(name, label, list(texts), False, default, False, True), help_text)


def _number(name: str, label: str, default: int, smallest: int, help_text: str) -> Any:
    integer = QgsProcessingParameterNumber.Type.Integer
    definition = QgsProcessingParameterNumber(name, label, integer, default, minValue=smallest)
    return advanced(helped(definition, help_text))
