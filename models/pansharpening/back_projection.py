"""The step of `core.operators.back_projection` in torch, through which networks learn and are adapted.

Tensors (chips, bands, rows, cols) float32, scaled.
"""

from __future__ import annotations

from torch import Tensor

from rsfusion_qgis.core.operators.back_projection import STEPS

CONSISTENT_SHARE = 0.7
"""How much of a loss is that of the result made consistent with the MS, as a run makes it where gains are known."""


def consistent(fused: Tensor, observed: tuple[Tensor, ...], counts: Tensor | float = 1.0) -> Tensor:
    """Fused brought nearer to the MS that was recorded.

    Parameters
    ----------
    observed : the MS in its own pixels (chips, bands, count, count); the sensor's blur and decimation of both axes
        (chips, bands, count, size); interpolation back (chips, size, count), likewise. Counts and sizes of rows and of
        columns may differ.
    counts : 1 where an MS pixel counts, 0 where not.
    """
    coarse, down, across, back_down, back_across = observed
    for _ in range(STEPS):
        lacking = (coarse - down @ fused @ across.transpose(-1, -2)) * counts
        fused = fused + back_down.unsqueeze(1) @ lacking @ back_across.unsqueeze(1).transpose(-1, -2)
    return fused
