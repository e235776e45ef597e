"""What happens in the desktop after a result has been loaded as a layer."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsContrastEnhancement,
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsRaster,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRasterRenderer,
)
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor


class Style(QgsProcessingLayerPostProcessorInterface):
    """A look for a result; one object per run, kept alive until the layer is there."""

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

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return the renderer that the layer gets, None to leave it as it is."""
        raise NotImplementedError

    def stretch(self, layer: QgsMapLayer) -> None:
        """Fit the contrast to the values; a renderer that was copied has its own already."""


MOST_COLOURED = 16
"""A raster of more bands is hyperspectral."""
_WAITING: set[Style] = set()


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


class StyleColours(Style):
    """Show the bands that name themselves red, green and blue; one object per run.

    QGIS 3.22 shows the first three bands of any raster, which mean little in a hyperspectral one.
    """

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return a renderer of those bands, where there are all three."""
        renderer = layer.renderer() if isinstance(layer, QgsRasterLayer) else None
        if not isinstance(renderer, QgsMultiBandColorRenderer):
            return None
        provider, kinds = layer.dataProvider(), QgsRaster.ColorInterpretation
        told = {provider.colorInterpretation(band): band for band in range(1, layer.bandCount() + 1)}
        bands = [told.get(kind) for kind in (kinds.RedBand, kinds.GreenBand, kinds.BlueBand)]
        if None in bands:
            return None
        made = renderer.clone()
        made.setRedBand(bands[0])
        made.setGreenBand(bands[1])
        made.setBlueBand(bands[2])
        return made

    def stretch(self, layer: QgsMapLayer) -> None:
        """Leave out the darkest and brightest 2 %."""
        algorithm = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        layer.setContrastEnhancement(algorithm, QgsRasterMinMaxOrigin.Limits.CumulativeCut)


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


def style_like(layer: QgsRasterLayer | None) -> Style | None:
    """Return a post-processor that styles a result like `layer`, None where there is nothing to copy.

    Of very many bands the first three, with which QGIS shows a raster that names no colours, are nobody's choice: the
    result is then shown by the colours that its own bands name.
    """
    if layer is None or layer.renderer() is None:
        return None
    if layer.bandCount() > MOST_COLOURED and list(layer.renderer().usesBands()) == [1, 2, 3]:
        return StyleColours()
    return StyleLike(layer.renderer().clone(), layer.bandCount())
