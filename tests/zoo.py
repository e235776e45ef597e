"""Networks of the zoo that tests name, by role, so that a new version is told in one place."""

from __future__ import annotations

from rsfusion_qgis.core.basics.shipped_files import shipped_networks

FAST = "pansharpening_fast_v5"
FAST_PATH = next(path for path in shipped_networks() if path.stem == FAST)
