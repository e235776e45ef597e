"""The parameters that describe a network: tables of inputs and outputs, numbers, rasters to try it on."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterMatrix,
    QgsProcessingParameterNumber,
)

from ..core.basics.errors import InputError
from ..core.engine.contract import Task
from ..core.engine.described_rows import Row, Wishes
from ..tasks import all_tasks
from .parameters import SeriesParameter, advanced, choice, helped, text_value

TASK, INPUTS, OUTPUTS, RASTERS = "TASK", "INPUTS", "OUTPUTS", "RASTERS"
HALO, MULTIPLE_OF, MARGIN, WINDOW = "HALO", "MULTIPLE_OF", "MARGIN", "WINDOW"
FOUND = "found"
INPUT_COLUMNS = ("Tensor", "Role", "Bands", "Layout", "Pixel ratio", "Scaling")
OUTPUT_COLUMNS = ("Tensor", "Like", "Bands or classes", "Layout", "Scores", "Added input")
_NUMBERS = {
    HALO: ("Halo (pixels; empty = measured)", "How far around a pixel the network looks.", 4096),
    MULTIPLE_OF: ("Sides of tiles are a multiple of (empty = measured)", "As networks with strides want it.", 4096),
    MARGIN: ("Margin (pixels; empty = measured)", "What the outputs lack on each side, as unpadded convolutions leave "
                                                  "it.",
             4096),
    WINDOW: ("Window (pixels; empty = found)", "The side of the windows of which the network tells the centre; 0 = it "
                                               "takes "
             "whole tiles.", 255),
}  # fmt: skip


def tasks_with_networks() -> list[Task]:
    """The tasks that a network can be described for."""
    return [task for task in all_tasks() if task.card_task and any(face.networks for face in task.faces)]


def describing_parameters() -> list[QgsProcessingParameterDefinition]:
    """Return TASK, INPUTS, OUTPUTS, RASTERS and the numbers."""
    names = [FOUND, *(task.card_task for task in tasks_with_networks())]
    inputs = QgsProcessingParameterMatrix(INPUTS, "Inputs (empty = as found)", 1, False, list(INPUT_COLUMNS), [], True)
    outputs = QgsProcessingParameterMatrix(
        OUTPUTS, "Outputs (empty = as found)", 1, False, list(OUTPUT_COLUMNS), [], True
    )
    inputs.setMetadata({"widget_wrapper": {"class": "rsfusion_qgis.processing_provider.describe_table.TableWrapper"}})
    outputs.setMetadata({"widget_wrapper": {"class": "rsfusion_qgis.processing_provider.describe_table.TableWrapper"}})
    numbers = []
    for name, (label, text, most) in _NUMBERS.items():
        kind = QgsProcessingParameterNumber.Type.Integer
        number = QgsProcessingParameterNumber(name, label, kind, None, True, 0, most)
        numbers.append(advanced(helped(number, text)))
    rasters = SeriesParameter(RASTERS, "Rasters to try it on", QgsProcessing.SourceType.TypeRaster, None, True)
    return [
        choice(TASK, "Task", names, FOUND, "What the network is for. found: proposed from what it takes and gives."),
        helped(inputs, "One row for each input: the tensor of the graph, the role of its raster, its bands (a number, "
                       "names "
                       "separated by semicolons, or any), its layout (NCHW, NHWC, ...), how much coarser its pixels "
                       "are, and "
                       "its scaling (none, dataset, scene, percentiles, depth, reflectance, decibels, patch, or a JSON "
                       "object). Two rows of one tensor are joined along its channels. The first run prints the table "
                       "that "
                       "it proposes."),
        helped(outputs, "One row for each output that is kept: its tensor, the role of the input that it is like, its "
                        "bands "
                        "or the names of its classes, its layout, its scores (logits, probabilities, labels), and the "
                        "role "
                        "of an input that is added to it."),
        helped(rasters, "In the order of the inputs. Empty: a made-up scene."),
        *numbers,
    ]  # fmt: skip


def read_wishes(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, name: str
) -> Wishes:
    """Return what the user says of the network.

    Raises
    ------
    InputError
        A table has no whole rows, or a number in it is none.
    """
    task = text_value(algorithm, parameters, TASK, context)
    inputs = [_input(row) for row in _rows(algorithm, parameters, INPUTS, context, INPUT_COLUMNS)]
    outputs = [_output(row) for row in _rows(algorithm, parameters, OUTPUTS, context, OUTPUT_COLUMNS)]
    numbers = {one.lower(): algorithm.parameterAsInt(parameters, one, context)
               for one in _NUMBERS if parameters.get(one) not in (None, "")}  # fmt: skip
    return Wishes("" if task == FOUND else task, name, tuple(inputs), tuple(outputs), **numbers)


def _rows(
    algorithm: Any, parameters: dict[str, Any], name: str, context: Any, columns: tuple[str, ...]
) -> list[list[str]]:
    if parameters.get(name) in (None, "", []):
        return []
    given = algorithm.parameterAsMatrix(parameters, name, context)
    cells = ["" if cell is None else str(cell).strip() for cell in given]
    if not any(cells):
        return []
    width = len(columns)
    if len(cells) % width:
        raise InputError(f"{name} has {len(cells)} cells; expected whole rows of {width}: {', '.join(columns)}.")
    rows = [cells[start : start + width] for start in range(0, len(cells), width)]
    return [row for row in rows if any(row)]


def _input(row: list[str]) -> Row:
    tensor, role, bands, layout, ratio, scaling = row
    if ratio and not ratio.isdecimal():
        raise InputError(f"{INPUTS} gives '{tensor}' the pixel ratio '{ratio}'; expected a whole number such as 1 or "
                         "4.")
    return Row(tensor, role, bands, layout, int(ratio or 0), _scaling(scaling))


def _scaling(text: str) -> Any:
    if not text.startswith("{"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        raise InputError(f"{INPUTS} has the scaling '{text[:60]}', which is no JSON object; write it as in a "
                         "card.") from None


def _output(row: list[str]) -> Row:
    tensor, like, bands, layout, scores, add = row
    return Row(tensor, like, bands, layout, scores=scores, add=add)


def input_cells(rows: Any) -> list[list[str]]:
    """Rows as the table shows them."""
    return [[row.tensor, row.role, row.bands, row.layout, str(row.ratio or ""),
             row.scaling if isinstance(row.scaling, str) else json.dumps(row.scaling)] for row in rows]  # fmt: skip


def output_cells(rows: Any) -> list[list[str]]:
    """Rows as the table shows them."""
    return [[row.tensor, row.role, row.bands, row.layout, row.scores, row.add] for row in rows]
