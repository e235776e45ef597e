"""Whether ONNX Runtime is there, and the exact line that installs it into this profile."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from qgis.core import QgsApplication


def missing_runtime() -> str:
    """Return "" where onnxruntime can be imported, else one sentence with the line that installs it."""
    if find_spec("onnxruntime") is not None:
        return ""
    target = Path(QgsApplication.qgisSettingsDirPath()) / "python"
    return (
        "The Python package onnxruntime, which runs the networks, was not found; install it with the line "
        f'python3 -m pip install --no-deps --target "{target}" onnxruntime flatbuffers protobuf '
        "and start QGIS again."
    )
