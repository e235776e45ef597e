"""What happens in a run: layers in, operators in a row, an encoder out.

Arrays have the axes (1, bands, rows, cols), float32, in the units of the network or method; validity is
(bands, rows, cols) bool; windows count pixels of the run's grid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Optional, Protocol

import numpy as np

from ..basics.findings import Finding
from ..grid.grid import Window
from ..grid.tiles import Tile
from ..rasters.aligned_input import Scale
from ..rasters.sink import OutputProfile


class Layer(Protocol):
    """An input on the run's grid."""

    source: Any  # whose `bands` there are, with `release_blocks`

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Values (bands, rows, cols) float32, stored units, and their validity, bool; the window may reach outside."""

    def close(self) -> None:
        """Give the handle back."""


@dataclass
class Block:
    """A tile on its way through the stages.

    Attributes
    ----------
    tile : Tile
    arrays : dict or None
        By name, what was given and what operators made; None where there is nothing to compute.
    everywhere : ndarray
        Validity of all that was read, (bands, rows, cols) bool.
    seen : Window
        What is written, and the encoder's margin around it.
    kept : dict
        Role -> stored values of `seen`, of the roles that the encoder wants.
    notes : dict
        What an operator's `look` found, for its `apply`; the operator is the key.
    """

    tile: Tile
    arrays: Optional[dict[str, np.ndarray]]
    everywhere: np.ndarray
    seen: Window
    kept: dict[str, np.ndarray] = field(default_factory=dict)
    notes: dict[Any, Any] = field(default_factory=dict)


class Pupil(Protocol):
    """What an operator learns of the whole domain before the first tile.

    A pupil may have a `stage`, which says in words what it does, for the log.
    """

    COST: float  # of a pixel of its windows, that of a pixel of the run being 1
    windows: Sequence[Window]

    def read_sample(self, window: Window) -> Any:
        """What it needs of a window; called in the reading thread."""

    def add_sample(self, sample: Any) -> None:
        """Take it in; called in the computing thread."""

    def solve(self) -> None:
        """End the survey."""


class Operator:
    """A network, a classical method, a forest, a back-projection: it turns arrays of a block into arrays of a block.

    Attributes
    ----------
    sees, widens : int
        Pixels around a tile that it needs of what was *given*, and of what operators before it *made*.
    provider : str
        What computes, where that is worth telling.
    align : int
        Read windows start at multiples of it.
    fallback : str
        "" or a sentence about what could not be done as wished; it may come up in mid-run.
    stage : str
        What it does tile by tile, in words, for the log; "" = nothing is said.
    numbers : mapping
        Name -> numbers that hold for the whole run, for reports.
    """

    sees = 0
    widens = 0
    align = 1
    provider = ""
    fallback = ""
    stage = ""
    numbers: Mapping[str, tuple[float, ...]] = MappingProxyType({})

    def survey(self, run: Any, place: int) -> Optional[Pupil]:
        """What must be learned first, None for nothing; `place` is that among the run's operators."""
        return None

    def learned(self, run: Any) -> Sequence[Finding]:
        """Called after the survey; what it showed."""
        return ()

    def look(self, block: Block) -> None:
        """Called in the reading thread, before any operator computes."""

    def apply(self, block: Block) -> None:
        """Called in the computing thread; of what it makes, it may give `block.seen` alone where it is the last."""

    def terminate(self) -> None:
        """Stop what goes on, from any thread."""

    def close(self) -> None:
        """Give memory and handles back."""


class Encoder:
    """What turns arrays into the values of files.

    Attributes
    ----------
    targets : tuple of (path, OutputProfile)
        The rasters to write, OUTPUT first.
    margin : int
        Pixels around a written part that `stored` sees.
    wants : tuple of str
        Roles whose stored values it sees.
    late : bool
        Whether `targets` are known only when the operators have learned.
    sparse : bool
        Whether there is nothing to do in many tiles, so that a look without their surroundings comes first.
    """

    late = False
    sparse = False
    targets: tuple[tuple[str, OutputProfile], ...] = ()
    margin = 0
    wants: tuple[str, ...] = ()

    def bytes_per_pixel(self, bands: int) -> float:
        """What computing a pixel needs, measured; `bands`: of all inputs."""
        return 300.0 + 120.0 * bands

    def tile_size(self, memory: int, bands: int, halo: int) -> Optional[int]:
        """Side of a tile that fits into so many bytes; None = by `bytes_per_pixel`."""
        return None

    def needs(self, kept: Mapping[str, np.ndarray]) -> bool:
        """Whether a tile with a valid pixel must be computed."""
        return True

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """The values to write, (bands, rows, cols) for each target.

        Parameters
        ----------
        arrays : what operators made, (bands, rows, cols) float32 by name, with the margin; empty where nothing is
            valid.
        valid : (bands, rows, cols) bool, with the margin.
        kept : as `Block.kept`.
        """
        raise NotImplementedError

    def written(self, valid: np.ndarray, stored: Sequence[np.ndarray]) -> np.ndarray:
        """Where the result is valid, (rows, cols) bool, given the validity of what is written."""
        return valid.all(axis=0)

    def findings(self) -> Sequence[Finding]:
        """What the run has shown, asked when all tiles are computed; may raise to refuse the result."""
        return ()

    def summary(self) -> Any:
        """What the task's report and values are made of."""
        return None


@dataclass
class Chain:
    """What a task makes of a plan.

    Attributes
    ----------
    operators : sequence of Operator
        In the order in which they compute.
    encoder : Encoder
    scales : mapping
        Name of an input -> Scale; network = (stored - offset) / scale.
    layers : mapping
        Name of an input -> what is read in place of the plain raster.
    findings : sequence of Finding
        What was found out while it was made.
    align : int
        Read windows start at multiples of it; the card's rules come on top.
    """

    operators: Sequence[Operator]
    encoder: Encoder
    scales: Mapping[str, Scale]
    layers: Mapping[str, Layer] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    align: int = 1
