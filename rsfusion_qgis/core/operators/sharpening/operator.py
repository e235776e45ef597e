"""A classical method as an operator: statistics of the whole domain first, then one formula for every pixel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from ...basics.errors import CancelledError
from ...engine.chain import Block, Layer, Operator
from ...grid.grid import Window
from ...rasters.aligned_input import AlignedInput
from . import method_by_id
from .low_pass import LowPassPan
from .method import Sample
from .readers import MsWithHoles, PanWithLowPass
from .survey import SampleReader, survey_windows


class ClassicalMethod(Operator):
    """One method on one pair of a fine and a coarse image.

    Parameters
    ----------
    method : str
        Id of one of `METHODS`.
    gains : sequence of float
        MTF gain at Nyquist of each coarse band.
    fine, coarse : (name of the array, AlignedInput)
        On the pixels of the domain.
    ratio : float
        Pixel size of the coarse image as recorded over that of the fine one.
    output : str
        Name of the array that it makes.

    Attributes
    ----------
    layers : dict
        Readers that take the place of the two images, by the names of the arrays.
    """

    provider = "NumPy"

    def __init__(
        self, method: str, gains: Sequence[float], fine: tuple[str, AlignedInput], coarse: tuple[str, AlignedInput],
        ratio: float, output: str,
    ) -> None:  # fmt: skip
        (self._fine, pan), (self._coarse, ms), self._output = fine, coarse, output
        self._method, self._stopped = method_by_id(method)(gains), False
        wanted, low, level = self._method.low_gains, None, 0.0
        if wanted:
            level = float(pan.statistics().offset[0])
            low_pass: Any = LowPassPan(pan, ms, wanted, ratio, level)
            low = AlignedInput(low_pass, pan.target, 1, ms.kernel, ms.edge)
        both = PanWithLowPass(pan, low, level)
        self.layers: dict[str, Layer] = {self._fine: both, self._coarse: MsWithHoles(ms)}
        self._pupil: Optional[Statistics] = None
        if self._method.needs_statistics and low is not None:
            reader = SampleReader(both, low, ms, self._method.needs_coarse)
            self._pupil = Statistics(self._method, reader, survey_windows(pan.target, len(ms.source.bands)))

    @property
    def fallback(self) -> str:  # type: ignore[override]
        """What the statistics did not allow."""
        return self._method.note

    def survey(self, run: Any, place: int) -> Optional[Statistics]:
        """See `Operator`."""
        return self._pupil

    def apply(self, block: Block) -> None:
        """See `Operator`; raises CancelledError after `terminate`."""
        if self._stopped:
            raise CancelledError("The run was stopped by the user.")
        pan, ms = block.arrays[self._fine][0], block.arrays[self._coarse][0]
        block.arrays[self._output] = self._method.fuse(pan[:1], ms, pan[1:])[None]

    def terminate(self) -> None:
        """See `Operator`."""
        self._stopped = True


class Statistics:
    """What a method gathers of the whole domain, see `chain.Pupil`."""

    COST = 1.0

    def __init__(self, method: Any, reader: SampleReader, windows: list[Window]) -> None:
        self._method, self._reader, self.windows = method, reader, windows

    def read_sample(self, window: Window) -> Sample:
        """What the statistics take from one window."""
        return self._reader.read(window)

    def add_sample(self, sample: Sample) -> None:
        """Take it in."""
        self._method.add(sample)

    def solve(self) -> None:
        """End the survey; raises InputError where nothing valid was found."""
        self._method.solve()
