"""Quality metrics, one per file: images `(bands, rows, cols)` in, numbers out. Needs numpy and scipy only.

`streaming.measure` measures images that are read by windows; `Metric.compute` and the functions take whole arrays.
A new metric is one file with a function and a `Metric`, and one entry in `METRICS`.
"""

from __future__ import annotations

from .cc import CC
from .cflat import CFLAT
from .chf import CHF
from .cmf import CMF
from .d_lambda import D_LAMBDA
from .d_lambda_k import D_LAMBDA_K
from .d_rho import D_RHO
from .d_s import D_S
from .ergas import ERGAS
from .hqnr import HQNR
from .metric import Metric
from .psnr import PSNR
from .q2n import Q2N
from .qnr import QNR
from .r_ergas import R_ERGAS
from .r_sam import R_SAM
from .rmse import RMSE
from .sam import SAM
from .scc import SCC
from .slope import SLOPE
from .ssim import SSIM

WITH_REFERENCE: tuple[Metric, ...] = (ERGAS, SAM, Q2N, SCC, PSNR, SSIM, RMSE, CC)
WITHOUT_REFERENCE: tuple[Metric, ...] = (
    D_LAMBDA_K, D_S, HQNR, D_LAMBDA, QNR, D_RHO, R_SAM, R_ERGAS, CHF, CFLAT, CMF, SLOPE,
)  # fmt: skip
METRICS: tuple[Metric, ...] = (*WITH_REFERENCE, *WITHOUT_REFERENCE)
"""Every metric, those with a reference first."""
