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
        self._settings: Any = None

    def initProcessing(self) -> None:
        """Register the provider; uses no part of the desktop, so qgis_process can call it."""
        self._provider = RsFusionProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Called in the desktop only: the provider, and the page of settings."""
        from .processing_provider.settings_page import SettingsFactory  # needs the desktop's part of QGIS

        self.initProcessing()
        self._settings = SettingsFactory()
        self._iface.registerOptionsWidgetFactory(self._settings)

    def unload(self) -> None:
        """Remove the provider and with it its algorithms, and the page of settings."""
        if self._settings is not None:
            self._iface.unregisterOptionsWidgetFactory(self._settings)
            self._settings = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
