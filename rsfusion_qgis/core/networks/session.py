"""Runs a network with ONNX Runtime: checked before it is opened, while it runs, and in what it returns.

What it is given and gives is float32 (1, bands, rows, cols), in network units, and float32 (n,) for numbers; what the
graph wants instead, the `adapter` makes of it. A session may be run from one thread and stopped from any other.
"""

from __future__ import annotations

import contextlib
import io
import math
import re
import time
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..basics.errors import CancelledError, DeviceError, ModelError
from . import devices
from .adapter import Adapter
from .card import ModelCard
from .card_fields import InputSpec
from .devices import available_devices
from .first_load import require_bearable
from .graph_check import GraphTensor, output_channels, require_known_operators, require_match, tensors
from .onnx_file import inspect, require_inside
from .tensor_form import RATIO_ROLE

__all__ = ["InferenceSession", "available_devices"]

TIMED_SIDE = 16
_FATAL, _WARNING = 4, 2  # ONNX Runtime's severities
# Parts of its messages that tell a user nothing.
_PREFIX = re.compile(r"^\[ONNXRuntimeError\] : \d+ : \w+ : ")
_LOADING = re.compile(r"^Load model from .*? failed: ?")
_PLACE_IN_CODE = re.compile(r"^\S+\.(?:cc|cpp|h):\d+ .*?\) ")


class InferenceSession:
    """An opened network.

    Parameters
    ----------
    path : str or Path
        The ONNX file.
    card : ModelCard
        Its card, see `card_files.read_card`.
    device : str
        "auto" (the best that works, at last the CPU), "cpu", "cuda", ...
    threads : int
        Threads on the CPU; 0 = all the cores that this process may use.
    frugal : bool
        Whether memory is given back after every run, which takes some time; for networks that see large windows now
        and then.

    Attributes
    ----------
    provider : str
        ONNX Runtime's name of what really runs the network, such as "CPUExecutionProvider".
    device : str
        The same in our words, "cpu", "cuda", ...
    fallback : str
        "" or one sentence that says which device was tried in vain with "auto".
    adapter : Adapter
        Between the card and the graph.

    Raises
    ------
    ModelError
        If the file is truncated, reaches outside its folder, needs custom operators, takes too long or too much
        memory, does not load, or does not fit its card.
    DeviceError
        If ONNX Runtime is missing or a device that was chosen is not there.
    """

    def __init__(
        self, path: str | Path, card: ModelCard, device: str = "auto", threads: int = 0, frugal: bool = False
    ) -> None:
        self.path = Path(path)
        self.card = card
        self.fallback = ""
        self._threads = devices.cpu_threads(threads)
        self._chosen = device
        self._terminated = False
        file = inspect(self.path)
        require_inside(self.path, file.external)
        require_known_operators(self.path.name, file.domains)
        require_bearable(self.path, file.external, card)
        self._open(devices.candidates(device))
        self._run_options = devices.import_onnxruntime().RunOptions()
        self._run_options.log_severity_level = _FATAL
        if frugal and self.device == "cpu":
            self._run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        self._fit()

    def run(self, feeds: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Run the network once.

        Parameters
        ----------
        feeds : mapping of str to np.ndarray
            One float32 tensor for each input of the card, by its name in the graph.

        Returns
        -------
        dict of str to np.ndarray
            Outputs of the card by name, float32 (1, bands, rows, cols), finite everywhere.

        Raises
        ------
        ModelError
            If a tensor does not fit the card, if the network fails, or if it returns NaN or infinity.
        DeviceError
            If the memory does not suffice.
        CancelledError
            If `terminate` was called.
        """
        size = self._check_feeds(feeds)
        if self.adapter.is_plain:
            names = [spec.name for spec in self.card.outputs]
            outputs = dict(zip(names, self._run(names, dict(feeds))))
        else:
            outputs = self.adapter.run(feeds, self._run)
        for name, values in outputs.items():
            self._check_output(name, values, feeds, size)
        return outputs

    def seconds_per_window(self, bands: Mapping[str, int]) -> float:
        """How long the network takes for one window of its card, cutting included, measured on zeros.

        Parameters
        ----------
        bands : how many each raster input has, by name.
        """
        side = self.card.window + TIMED_SIDE - 1
        every, self.adapter.every = self.adapter.every, 1
        feeds = {}
        for spec in self.card.inputs:
            count = max(1, len(spec.value), 2 * (spec.date_form == "sin_cos"))
            shape = (1, len(spec.bands or range(bands[spec.name])), side, side) if spec.is_raster else (count,)
            feeds[spec.name] = np.zeros(shape, np.float32)
        try:
            self.adapter.run(feeds, self._run)
            started = time.perf_counter()
            self.adapter.run(feeds, self._run)
            return (time.perf_counter() - started) / TIMED_SIDE**2
        finally:
            self.adapter.every = every

    def _fit(self) -> None:
        """Hold the graph against its card, and make what lies between both."""
        inputs, outputs = self._tensors()
        require_match(self.path.name, self.card, inputs, outputs)
        self.adapter = Adapter(self.path.name, self.card, inputs, outputs)

    def terminate(self) -> None:
        """Stop a run that is going on, from any thread; every later run raises CancelledError."""
        self._terminated = True
        self._run_options.terminate = True

    def close(self) -> None:
        """Give the network's memory back; the session cannot be run afterwards."""
        self._session = None

    def __enter__(self) -> InferenceSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _open(self, order: tuple[str, ...]) -> None:
        """Open the network on the first device of the order that really takes it."""
        reason = ""
        for device in order:
            session, reason = self._try(device)
            if session is not None:
                self._session: Any = session
                self.provider: str = session.get_providers()[0]
                self.device = device
                return
            self.fallback = self.fallback or (
                f"The device '{device}' cannot be used ({reason}): the network runs on the CPU instead."
            )
        raise devices.absent(order[-1], available_devices(), reason)

    def _tensors(self) -> tuple[tuple[GraphTensor, ...], tuple[GraphTensor, ...]]:
        try:
            return tensors(self._session.get_inputs()), tensors(self._session.get_outputs())
        except ValueError as error:  # a name that is no UTF-8
            raise self._load_error(error) from error

    def _try(self, device: str) -> tuple[Any, str]:
        """Return (session, "") or (None, why the device did not take the network)."""
        provider = devices.PROVIDERS[device]
        try:
            session = _create(self.path, device, self._threads)
        except Exception as error:
            if device == "cpu":
                raise self._load_error(error) from error
            return None, _reason(error)
        used = session.get_providers()
        if used[:1] != [provider]:
            return None, "ONNX Runtime lists it but found no such device or libraries"
        return session, ""

    def _load_error(self, error: Exception) -> Exception:
        return ModelError(
            f"ONNX Runtime cannot load the model '{self.path.name}' ({_reason(error)}), but a network that it knows "
            "is expected; export it again, with ONNX operator set 17 or lower."
        )

    def _run(self, names: list[str], feeds: dict[str, np.ndarray]) -> list[np.ndarray]:
        if self._terminated:
            raise CancelledError("The run was stopped by the user.")
        try:
            return list(self._session.run(names, feeds, self._run_options))
        except Exception as error:
            if self._terminated:
                raise CancelledError("The run was stopped by the user.") from None
            if self._chosen == "auto" and self.device != "cpu":
                self.fallback = f"The device '{self.device}' failed ({_reason(error)}): the CPU goes on instead."
                self._open(("cpu",))
                return self._run(names, feeds)
            raise self._run_error(error) from error

    def _run_error(self, error: Exception) -> Exception:
        reason = _reason(error)
        if any(word in reason.lower() for word in ("alloc", "out of memory", "oom")):
            return DeviceError(
                f"The memory does not suffice for one tile on the device '{self.device}' ({reason}), but a tile must "
                "fit into it; choose a smaller TILE_SIZE."
            )
        return ModelError(
            f"The model '{self.path.name}' failed on a tile ({reason}), but its card says that it takes it; "
            "correct halo, multiple_of or bands in the card, or export it again."
        )

    def _check_feeds(self, feeds: Mapping[str, np.ndarray]) -> tuple[int, int]:
        """Refuse tensors that the card does not allow; return the (rows, cols) of the output grid."""
        sizes = set()
        for spec in self.card.inputs:
            values = feeds.get(spec.name)
            if values is None or values.dtype != np.float32:
                raise self._feed_error(spec, values, "a float32 tensor is expected")
            if not spec.is_raster:
                if values.ndim != 1 or (spec.role == RATIO_ROLE and values.shape != (1,)):
                    one = "one number is" if spec.role == RATIO_ROLE else "numbers in a row are"
                    raise self._feed_error(spec, values, f"{one} expected")
                continue
            bands = len(spec.bands) if spec.bands is not None else None
            if values.ndim != 4 or values.shape[0] != 1 or bands not in (None, values.shape[1]):
                wanted = "any number of" if bands is None else str(bands)
                raise self._feed_error(spec, values, f"(1, bands, rows, cols) with {wanted} bands is expected")
            sizes.add((values.shape[2] * spec.ratio, values.shape[3] * spec.ratio))
        if len(sizes) != 1:
            raise ModelError(
                f"The rasters for '{self.path.name}' cover {sorted(sizes)} output pixels, but all must cover the same; "
                "correct 'ratio' in the card."
            )
        return sizes.pop()

    def _feed_error(self, spec: InputSpec, values: np.ndarray | None, expected: str) -> ModelError:
        found = "nothing" if values is None else f"{values.dtype} {values.shape}"
        return ModelError(
            f"The input '{spec.name}' of the model '{self.path.name}' was given {found}, but {expected}; "
            f"give a {spec.role.upper()} raster with these bands or choose another model."
        )

    def _check_output(
        self, name: str, values: np.ndarray, feeds: Mapping[str, np.ndarray], size: tuple[int, int]
    ) -> None:
        spec = next(one for one in self.card.outputs if one.name == name)
        like = self.card.input(spec.like or "")
        channels = output_channels(spec, self.card)
        if channels is None and like is not None:
            channels = feeds[like.name].shape[1]
        if values.shape != (1, channels, *size):
            raise ModelError(
                f"The model '{self.path.name}' returned '{name}' as {values.shape}, but its card promises "
                f"{(1, channels, *size)}; correct the card or export the network again."
            )
        # Least and greatest need no memory of their own, and NaN passes through both.
        if values.size and not (math.isfinite(values.min()) and math.isfinite(values.max())):
            raise ModelError(
                f"The model '{self.path.name}' returned NaN or infinity in '{name}', but finite numbers are expected; "
                "check its training and the scaling in its card."
            )


def _create(path: Path, device: str, threads: int) -> Any:
    """Return ONNX Runtime's session on one device, with no other to fall back on but the CPU.

    Memory patterns would keep one block for every shape of a tile besides the arena, twice the memory for the
    same speed. Waiting threads sleep instead of spinning, so that tiles are read and written meanwhile.
    """
    runtime = devices.import_onnxruntime()
    options = runtime.SessionOptions()
    options.log_severity_level = _FATAL
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    chain = [(devices.PROVIDERS[device], devices.provider_options(device))]
    if device != "cpu":
        chain.append((devices.PROVIDERS["cpu"], {}))
    with _quiet(runtime, device):
        return runtime.InferenceSession(str(path), options, providers=chain, enable_fallback=0)


@contextlib.contextmanager
def _quiet(runtime: Any, device: str) -> Iterator[None]:
    """Keep what ONNX Runtime says about absent devices off stdout and stderr: we say it in one sentence."""
    if device == "cpu":
        yield
        return
    runtime.set_default_logger_severity(_FATAL)
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        runtime.set_default_logger_severity(_WARNING)


def _reason(error: BaseException) -> str:
    """Return the gist of ONNX Runtime's message in one line: no prefix, no places on its or our disk."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    text = _PREFIX.sub("", lines[0])
    text = _LOADING.sub("", text.split("Status Message: ")[-1])
    text = _PLACE_IN_CODE.sub("", text)
    return text[:200].rstrip(". ")
