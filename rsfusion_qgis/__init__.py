"""rsfusion: deep fusion networks on raster layers, as a QGIS Processing provider.

QGIS calls `classFactory`. Nothing else is imported here, so that `rsfusion_qgis.core` stays usable
without QGIS.
"""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:
    """Return the plugin; `iface` is None under qgis_process."""
    from .plugin import RsFusionPlugin

    return RsFusionPlugin(iface)
