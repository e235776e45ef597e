"""The plugin object: it registers the Processing provider and takes it away again."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication

from .processing_provider.provider import RsFusionProvider


class RsFusionPlugin:
    """What QGIS loads: in the desktop through `initGui`, in qgis_process through `initProcessing`."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface
        self._provider: RsFusionProvider | None = None

    def initProcessing(self) -> None:
        """Register the provider; uses no part of the desktop, so qgis_process can call it."""
        self._provider = RsFusionProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Called in the desktop only."""
        self.initProcessing()

    def unload(self) -> None:
        """Remove the provider and with it its algorithms and settings."""
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
