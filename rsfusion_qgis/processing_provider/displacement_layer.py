"""The displacements of a registration's chips as points, and the style that draws them as arrows in the desktop.

`DISPLACEMENTS` is the parameter of the algorithms that measure a registration.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsArrowSymbolLayer,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsGeometryGeneratorSymbolLayer,
    QgsLineSymbol,
    QgsMapLayer,
    QgsMarkerSymbol,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterFeatureSink,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..core.alignment.registration import Registration
from ..core.alignment.vector_field import AGREES, DIFFERS, chip_spacing, exaggeration
from ..core.basics.errors import OutputError
from ..core.basics.pending_file import set_aside
from ..core.grid.grid import in_the_map
from ..core.rasters.overwriting import files_behind
from .post_processors import Style

DISPLACEMENTS = "DISPLACEMENTS"
_SHARE, _LONGEST = 0.6, 1.2
"""Of the space between chips: what the common arrows fill, and where longer ones are cut."""
_REALS = ("cols", "rows", "dx", "dy", "length_px", "score")


def displacements_parameter() -> QgsProcessingParameterFeatureSink:
    """Return DISPLACEMENTS: a layer of points, written where one is wanted."""
    points = QgsProcessingParameterFeatureSink(
        DISPLACEMENTS, "Local displacements", QgsProcessing.SourceType.TypeVectorPoint, None, True, False
    )
    points.setHelp(
        "One point per chip, with what must be added to the secondary there: cols, rows and length_px in reference "
        "pixels, dx and dy in map units; score, 0 to 1; agrees, 1 where the chip fits the others."
    )
    return points


def write_displacements(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext, found: Registration
) -> str:
    """Write the layer that an algorithm was asked for; return its name.

    Raises
    ------
    QgsProcessingException, OutputError : it cannot be written.
    """
    crs, like = QgsCoordinateReferenceSystem.fromWkt(found.domain.crs_wkt), empty_layer()
    sink, name = algorithm.parameterAsSink(parameters, DISPLACEMENTS, context, like.fields(), like.wkbType(), crs)
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, DISPLACEMENTS))
    if not (all(sink.addFeature(feature) for feature in displacement_points(found)) and sink.flushBuffer()):
        raise OutputError(
            f"{DISPLACEMENTS}: '{name}' cannot be written; free some space or choose another name or format."
        )
    if context.willLoadLayerOnCompletion(name):
        style = style_for(found)
        context.layerToLoadOnCompletionDetails(name).setPostProcessor(style.keep_alive())
    return str(name)


def is_file(path: str) -> bool:
    """Whether a destination is neither a table of a data base nor a layer in memory."""
    return path != "" and "=" not in path and not path.startswith("memory:")


@contextmanager
def older_aside(path: str) -> Iterator[None]:
    """Keep an older layer of that name, so that it is back where the new one cannot be written."""
    older = [Path(file).absolute() for file in files_behind(path)] if is_file(path) else []
    with set_aside([file for file in older if file.parent == Path(path).absolute().parent]):
        yield


def empty_layer() -> QgsVectorLayer:
    """Return a layer in memory with the fields and the geometry type; spelled so that every QGIS understands.

    Length and precision 0 keep all digits, which matter in degrees.
    """
    reals = "&".join(f"field={name}:double(0,0)" for name in _REALS)
    return QgsVectorLayer(f"Point?{reals}&field=agrees:integer", "displacements", "memory")


def displacement_points(found: Registration) -> Iterator[QgsFeature]:
    """Yield one feature per chip, at its centre, in the reference's CRS.

    cols, rows and length_px in reference pixels, dx and dy in map units: what must be added to the secondary there;
    score 0 to 1; agrees 1 where the chip fits the others, else 0.
    """
    fields, grid = QgsFields(empty_layer().fields()), in_the_map(found.domain)
    for chip in found.estimate.chips:
        feature = QgsFeature(fields)
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*grid.to_map(chip.col, chip.row))))
        step = grid.vector_to_map(chip.cols, chip.rows)
        length = math.hypot(chip.cols, chip.rows)
        feature.setAttributes([chip.cols, chip.rows, *step, length, chip.score, int(chip.agrees)])
        yield feature


class ArrowStyle(Style):
    """Draw every displacement as an arrow; one object per run.

    Parameters
    ----------
    times : how many times longer than life arrows are.
    longest_px : displacement at which arrows are cut, reference pixels.
    """

    def __init__(self, times: float, longest_px: float) -> None:
        super().__init__()
        self._times, self._longest_px = times, longest_px

    def renderer_for(self, layer: QgsMapLayer) -> QgsCategorizedSymbolRenderer | None:
        """Return arrows for a layer of points."""
        return self.renderer() if isinstance(layer, QgsVectorLayer) else None

    def renderer(self) -> QgsCategorizedSymbolRenderer:
        """Return arrows in one colour for chips that agree and in another for those left out of the numbers."""
        times = f"arrows {self._times:.3g} times as long"
        categories = [
            QgsRendererCategory(1, self._symbol(AGREES, 255), f"agrees ({times})"),
            QgsRendererCategory(0, self._symbol(DIFFERS, 150), "left out"),
        ]
        return QgsCategorizedSymbolRenderer("agrees", categories)

    def _symbol(self, colour: str, opacity: int) -> QgsMarkerSymbol:
        symbol = QgsMarkerSymbol.createSimple(
            {"name": "circle", "color": colour, "size": "1.6", "outline_style": "no"}
        )  # fmt: skip
        fill = QColor(colour)
        fill.setAlpha(opacity)
        arrow = QgsArrowSymbolLayer.create({
            "arrow_width": "0.5", "arrow_start_width": "0.5", "head_length": "2.2", "head_thickness": "1.1",
            "is_curved": "0", "is_repeated": "0", "arrow_type": "0", "head_type": "0",
        })  # fmt: skip
        arrow.setSubSymbol(QgsFillSymbol.createSimple({"outline_style": "no"}))
        arrow.subSymbol().setColor(fill)
        line = QgsGeometryGeneratorSymbolLayer.create({"geometryModifier": self._expression(), "SymbolType": "Line"})
        stroke = QgsLineSymbol.createSimple({})
        stroke.changeSymbolLayer(0, arrow)
        line.setSubSymbol(stroke)
        symbol.appendSymbolLayer(line)
        return symbol

    def _expression(self) -> str:
        """Return the arrow's line as an expression of QGIS."""
        times = f'{self._times:.9g} * min(1, {self._longest_px:.9g} / max("length_px", 1e-9))'
        return f'make_line($geometry, translate($geometry, {times} * "dx", {times} * "dy"))'


def style_for(found: Registration) -> ArrowStyle:
    """Return the style in which the arrows of a registration fill a good part of the space between its chips."""
    times = exaggeration(found.estimate, found.domain, _SHARE)
    return ArrowStyle(times, _LONGEST * chip_spacing(found.estimate, found.domain) / times)
