"""What happens in the desktop after a result has been loaded as a layer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from qgis.core import (
    QgsContrastEnhancement,
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsRasterBandStats,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterRenderer,
    QgsSingleBandPseudoColorRenderer,
    QgsStyle,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor

from ..core.basics.errors import RsFusionError
from ..core.rasters.source import RasterSource
from ..core.rasters.spectral import natural_places

_RUN = "rsfusion_run"
"""Property of a group in the layer tree: which run it belongs to."""


class RunGroup:
    """The group in which the layers of one run stand together.

    Parameters
    ----------
    name : what the person reads.
    """

    def __init__(self, name: str) -> None:
        self._name, self._run = name, uuid4().hex

    def take(self, layer_id: str, beneath: bool) -> None:
        """Move a layer of the project into the group: to its end, or to its top."""
        root = QgsProject.instance().layerTreeRoot()
        node = root.findLayer(layer_id)
        if node is None:
            return
        group = next((one for one in root.findGroups() if one.customProperty(_RUN) == self._run), None)
        if group is None:
            group = root.insertGroup(0, self._name)
            group.setCustomProperty(_RUN, self._run)
        group.insertChildNode(-1 if beneath else 0, node.clone())
        node.parent().removeChildNode(node)


class Style(QgsProcessingLayerPostProcessorInterface):
    """A look for a result, and its place among the layers; one object per run, kept alive until the layer is there.

    group : RunGroup or None
        Where it stands with others; None = it is the only layer of the run.
    """

    beneath = False
    """Whether it stands under the others of its group."""
    group: RunGroup | None = None

    def keep_alive(self) -> Style:
        """Return itself and stay in memory until the layer has been loaded, even when the algorithm is gone."""
        _WAITING.add(self)
        return self

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Called by QGIS on the main thread."""
        QTimer.singleShot(0, lambda: _WAITING.discard(self))
        renderer = self.renderer_for(layer)
        if renderer is not None:
            layer.setRenderer(renderer)
            self.stretch(layer)
            layer.triggerRepaint()
        if self.group is not None:  # the layer's place in the tree is known a moment later
            group, layer_id, beneath = self.group, layer.id(), self.beneath
            QTimer.singleShot(0, lambda: group.take(layer_id, beneath))

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return the renderer that the layer gets, None to leave it as it is."""
        return None

    def stretch(self, layer: QgsMapLayer) -> None:
        """Fit the contrast to the values; a renderer that was copied has its own already."""


_WAITING: set[Style] = set()
_SAMPLE = 250_000
"""So many pixels, at most, are looked at for the range of a ramp."""


class StyleLike(Style):
    """Give the result the renderer of the layer whose bands it has; one object per run.

    Parameters
    ----------
    renderer : the copied renderer of that layer.
    bands : how many bands that layer has; another count leaves the result's own style.
    """

    def __init__(self, renderer: QgsRasterRenderer, bands: int) -> None:
        super().__init__()
        self._renderer = renderer
        self._bands = bands

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return a copy of the renderer where the bands are as many."""
        fits = isinstance(layer, QgsRasterLayer) and layer.bandCount() == self._bands
        return self._renderer.clone() if fits else None


class StyleColours(StyleLike):
    """Show the bands that say that they are red, green and blue, else as the layer that the result is like.

    QGIS shows the first three bands of a raster that names no colours. Of most satellites these are blue, green, red.
    """

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return a renderer of those bands, where there are all three."""
        renderer = layer.renderer() if isinstance(layer, QgsRasterLayer) else None
        self._natural = natural_bands(layer) if isinstance(renderer, QgsMultiBandColorRenderer) else None
        if self._natural is None:
            return super().renderer_for(layer)
        made = renderer.clone()
        made.setRedBand(self._natural[0])
        made.setGreenBand(self._natural[1])
        made.setBlueBand(self._natural[2])
        return made

    def stretch(self, layer: QgsMapLayer) -> None:
        """Leave out the darkest and brightest 2 %, where the bands are not those of the layer that was copied."""
        if self._natural is not None:
            algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
            layer.setContrastEnhancement(algorithm, QgsRasterMinMaxOrigin.Limits.CumulativeCut)


def natural_bands(layer: QgsRasterLayer) -> tuple[int, int, int] | None:
    """Return the numbers of the bands that say that they are red, green and blue, None where not all three do."""
    try:
        with RasterSource(layer.source(), layer.name()) as source:
            places = natural_places(source.bands)
    except RsFusionError:
        return None
    return None if places is None else (places[0] + 1, places[1] + 1, places[2] + 1)


class StyleClasses(Style):
    """Give a class raster the colours and names of its classes, and of nothing else; one object per run.

    Parameters
    ----------
    classes : (code, "#rrggbb", name) of each.
    """

    def __init__(self, classes: list[tuple[int, str, str]]) -> None:
        super().__init__()
        self._classes = classes

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return a renderer with one entry for each class."""
        if not isinstance(layer, QgsRasterLayer):
            return None
        entries = [QgsPalettedRasterRenderer.Class(code, QColor(colour), name) for code, colour, name in self._classes]
        return QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries)


class RampBeneath(Style):
    """Give a further raster of one band, such as an uncertainty, a ramp of colours, and switch it off; one per run."""

    beneath = True

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Called by QGIS on the main thread; the layer's place in the tree is known a moment later."""
        super().postProcessLayer(layer, context, feedback)
        layer_id = layer.id()
        QTimer.singleShot(0, lambda: _switch_off(layer_id))

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return a renderer over the range of the values; None for several bands, and for classes."""
        if not isinstance(layer, QgsRasterLayer) or layer.bandCount() != 1:
            return None
        if isinstance(layer.renderer(), QgsPalettedRasterRenderer):
            return None
        statistics = layer.dataProvider().bandStatistics(1, QgsRasterBandStats.Min | QgsRasterBandStats.Max,
                                                         layer.extent(), _SAMPLE)  # fmt: skip
        low, high = statistics.minimumValue, statistics.maximumValue
        ramp = QgsStyle.defaultStyle().colorRamp("Viridis")
        if ramp is None or not low < high:
            return None
        renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1)
        renderer.setClassificationMin(low)
        renderer.setClassificationMax(high)
        renderer.createShader(ramp)
        return renderer


def _switch_off(layer_id: str) -> None:
    node = QgsProject.instance().layerTreeRoot().findLayer(layer_id)
    if node is not None:
        node.setItemVisibilityChecked(False)


def style_like(layer: QgsRasterLayer | None) -> Style | None:
    """Return a post-processor that styles a result like `layer`, None where there is nothing to copy.

    The first three bands, with which QGIS shows a raster that names no colours, are nobody's choice: the result is then
    shown in the colours that its own bands name.
    """
    if layer is None or layer.renderer() is None:
        return None
    chosen = list(layer.renderer().usesBands()) != [1, 2, 3]
    return (StyleLike if chosen else StyleColours)(layer.renderer().clone(), layer.bandCount())
