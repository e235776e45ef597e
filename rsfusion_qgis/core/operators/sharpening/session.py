"""A classical method in the place of a network: what `pipeline` asks of an `InferenceSession`, without ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...basics.errors import CancelledError
from ...grid.grid import Window
from ...rasters.aligned_input import AlignedInput
from . import FUSED, MS, PAN, MethodChoice, method_by_id
from .low_pass import LowPassPan
from .method import Sample
from .readers import MsWithHoles, PanWithLowPass
from .survey import SampleReader, survey_windows


class ClassicalSession:
    """One method on one pair.

    The survey comes first: every window of `windows` through `read_sample` and `add_sample`, in this order, and
    `solve` at the end; then `run` on tiles that `inputs` deliver.

    Parameters
    ----------
    choice : MethodChoice
    pan, ms : AlignedInput
        On the pixels of the domain.
    ratio : float
        Pixel size of the MS as recorded over that of the pan.

    Attributes
    ----------
    inputs : dict
        Readers that stand in the place of those that were given, by their names.
    windows : list of Window
        Of the domain; empty where the method needs no statistics.
    provider, fallback : str
        As `InferenceSession`: what computes; "" or a sentence about what could not be done as wished.
    """

    provider = "NumPy"
    COST = 1.0
    """Of a pixel of the survey, that of a pixel of the run being 1."""

    def __init__(self, choice: MethodChoice, pan: AlignedInput, ms: AlignedInput, ratio: float) -> None:
        self._method = method_by_id(choice.method)(choice.gains_of(len(ms.source.bands)))
        self._stopped = False
        gains, low, level = self._method.low_gains, None, 0.0
        if gains:
            level = float(pan.statistics().offset[0])
            low_pass: Any = LowPassPan(pan, ms, gains, ratio, level)
            low = AlignedInput(low_pass, pan.target, 1, ms.kernel, ms.edge)
        both = PanWithLowPass(pan, low, level)
        self.inputs: dict[str, Any] = {PAN: both, MS: MsWithHoles(ms)}
        self.windows: list[Window] = []
        if self._method.needs_statistics and low is not None:
            self.windows = survey_windows(pan.target, len(ms.source.bands))
            self._reader = SampleReader(both, low, ms, self._method.needs_coarse)

    @property
    def fallback(self) -> str:
        return self._method.note

    def read_sample(self, window: Window) -> Sample:
        """What the statistics take from one window."""
        return self._reader.read(window)

    def add_sample(self, sample: Sample) -> None:
        """Take it in."""
        self._method.add(sample)

    def solve(self) -> None:
        """End the survey; raises InputError where nothing valid was found."""
        self._method.solve()

    def run(self, feeds: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Fuse one tile: tensors float32 (1, bands, rows, cols) by name, as the method's card names them.

        Raises
        ------
        CancelledError
            If `terminate` was called.
        """
        if self._stopped:
            raise CancelledError("The run was stopped by the user.")
        pan, ms = feeds[PAN][0], feeds[MS][0]
        return {FUSED: self._method.fuse(pan[:1], ms, pan[1:])[None]}

    def terminate(self) -> None:
        """Let every later run raise CancelledError."""
        self._stopped = True

    def close(self) -> None:
        """Nothing is held."""
