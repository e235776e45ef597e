"""Networks of the zoo that tests name, by role, so that a new version is told in one place."""

from __future__ import annotations

from rsfusion_qgis.core.paths import zoo_folder

FAST = "pansharpening_fast_v3"
FAST_PATH = zoo_folder() / f"{FAST}.onnx"
