"""Which devices ONNX Runtime can use here, by the short names that users choose.

ONNX Runtime is imported on first use, so that everything else works without it.
"""

from __future__ import annotations

import os
import re
from types import ModuleType
from typing import Any

from ..basics.errors import DeviceError
from ..basics.interruption import uninterrupted
from ..basics.packages import HOW_TO_INSTALL

OLDEST = (1, 15)
"""The first version of ONNX Runtime that runs what the plugin brings and what it asks for."""

PROVIDERS = {
    "cpu": "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "tensorrt": "TensorrtExecutionProvider",
    "rocm": "ROCMExecutionProvider",
    "migraphx": "MIGraphXExecutionProvider",
    "directml": "DmlExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
}
# Best first. TensorRT compiles for minutes, CoreML rounds to 16 bits: these only on demand.
AUTO_ORDER = ("cuda", "rocm", "migraphx", "directml")


def import_onnxruntime() -> ModuleType:
    """Return the onnxruntime module; raises DeviceError with the install line where it is missing or too old."""
    try:
        with uninterrupted():  # half a package would stay
            import onnxruntime
    except Exception as error:  # a broken wheel raises more than ImportError
        raise DeviceError(
            f"ONNX Runtime cannot be imported ({_first_line(error)}), but it runs the networks; "
            f"{HOW_TO_INSTALL}"
        ) from error
    require_version(str(onnxruntime.__version__))
    return onnxruntime


def require_version(version: str) -> None:
    """Refuse a version of ONNX Runtime that is older than `OLDEST`; raises DeviceError."""
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:2])
    if numbers < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise DeviceError(
            f"ONNX Runtime {version} is installed, but {oldest} or newer is needed; update it for QGIS' Python with "
            "the line python3 -m pip install --upgrade onnxruntime"
        )


def available_devices() -> tuple[str, ...]:
    """Return the devices that ONNX Runtime was built for, "cpu" first; () where it is not installed.

    A device in this list may still be absent: only opening a session tells.
    """
    try:
        built = import_onnxruntime().get_available_providers()
    except DeviceError:
        return ()
    return tuple(device for device, provider in PROVIDERS.items() if provider in built)


def candidates(device: str) -> tuple[str, ...]:
    """Return the devices to try, in order; raises DeviceError where the chosen one cannot be used at all."""
    import_onnxruntime()
    available = available_devices()
    if device == "auto":
        return (*(name for name in AUTO_ORDER if name in available), "cpu")
    if device not in PROVIDERS:
        raise DeviceError(
            f"DEVICE is '{device}', but only {', '.join(('auto', *PROVIDERS))} exist; choose one of them."
        )
    if device not in available:
        raise absent(device, available)
    return (device,)


def absent(device: str, available: tuple[str, ...], reason: str = "") -> DeviceError:
    """Return the error for a chosen device that is not there."""
    why = f" ({reason})" if reason else ""
    others = [name for name in available if name != device] or ["cpu"]
    return DeviceError(
        f"DEVICE is '{device}', which ONNX Runtime cannot use here{why}, but it was built for {', '.join(others)}; "
        "choose one of these or 'auto'."
    )


def provider_options(device: str) -> dict[str, Any]:
    """Return ONNX Runtime's options for a device.

    CUDA: full float32, since TF32 rounds differently in tiles of different sizes; memory grows only by
    what is asked for, and algorithms are not benchmarked anew for every shape of a tile.
    """
    if device != "cuda":
        return {}
    return {
        "use_tf32": "0",
        "arena_extend_strategy": "kSameAsRequested",
        "cudnn_conv_algo_search": "HEURISTIC",
    }


def cpu_threads(wanted: int) -> int:
    """Return the number of threads for 0 = all the cores that this process may use."""
    if wanted > 0:
        return wanted
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Windows and macOS
        return os.cpu_count() or 1


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
