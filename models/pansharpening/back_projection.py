"""The step of `core.operators.back_projection` in torch, through which networks learn and are adapted.

Tensors (chips, bands, rows, cols) float32, scaled.
"""

from __future__ import annotations

from torch import Tensor
from torch.nn import functional as F

from rsfusion_qgis.core.operators.back_projection import STEPS

WINDOW_PX = 5
CONSISTENT_SHARE = 0.35
"""How much of a loss is that of the result made consistent with the MS, as a run makes it where gains are known."""


def consistent(fused: Tensor, observed: tuple[Tensor, ...], counts: Tensor | float = 1.0) -> Tensor:
    """Fused brought nearer to the MS that was recorded.

    Parameters
    ----------
    observed : the MS in its own pixels (chips, bands, count, count); the sensor's blur and decimation of both axes
        (chips, bands, count, size); interpolation back (chips, size, count), likewise; and the noise of the MS (chips,
        bands, 1, 1), by which less is added: the share of what is lacking that is not noise. Counts and sizes of rows
        and of columns may differ.
    counts : 1 where an MS pixel counts, 0 where not.
    """
    coarse, down, across, back_down, back_across, noise = observed
    known = ((down.abs().sum(-1) > 0).unsqueeze(-1) & (across.abs().sum(-1) > 0).unsqueeze(-2)) * counts
    around = local_mean(known.to(fused.dtype)).clamp_min(1e-3)
    for _ in range(STEPS):
        lacking = (coarse - down @ fused @ across.transpose(-1, -2)) * known
        power = local_mean(lacking * lacking) / around
        lacking = lacking * (1 - noise * noise / power.clamp_min(1e-9)).clamp(0, 1).detach()
        fused = fused + back_down.unsqueeze(1) @ lacking @ back_across.unsqueeze(1).transpose(-1, -2)
    return fused


def local_mean(image: Tensor) -> Tensor:
    """Mean over windows of `WINDOW_PX`; beyond the edges all is 0."""
    return F.avg_pool2d(image, WINDOW_PX, 1, WINDOW_PX // 2)
