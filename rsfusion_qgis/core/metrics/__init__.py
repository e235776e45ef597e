"""Quality metrics, one per file: arrays `(bands, rows, cols)` in, one number out. Needs numpy only.

A new metric is one file with a function and a `Metric`, and one entry in `METRICS`.
"""

from __future__ import annotations

from .d_lambda_k import D_LAMBDA_K
from .d_rho import D_RHO
from .ergas import ERGAS
from .metric import Metric
from .psnr import PSNR
from .q2n import Q2N
from .r_ergas import R_ERGAS
from .r_sam import R_SAM
from .rmse import RMSE
from .sam import SAM
from .scc import SCC

METRICS: tuple[Metric, ...] = (ERGAS, SAM, Q2N, SCC, PSNR, RMSE, D_LAMBDA_K, D_RHO, R_SAM, R_ERGAS)
"""Every metric, those with a reference first."""
