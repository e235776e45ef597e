"""What happens in the desktop after a result has been loaded as a layer."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsRasterLayer,
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
            layer.triggerRepaint()

    def renderer_for(self, layer: QgsMapLayer) -> Any:
        """Return the renderer that the layer gets, None to leave it as it is."""
        raise NotImplementedError


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


def style_like(layer: QgsRasterLayer | None) -> StyleLike | None:
    """Return a post-processor that styles a result like `layer`, None where there is nothing to copy."""
    if layer is None or layer.renderer() is None:
        return None
    return StyleLike(layer.renderer().clone(), layer.bandCount())
