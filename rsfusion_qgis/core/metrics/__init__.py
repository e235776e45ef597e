"""Quality metrics, one per file: arrays `(bands, rows, cols)` in, one number out. Needs numpy only.

A new metric is one file with a function and a `Metric`, and one entry in `METRICS`.
"""

from __future__ import annotations

from rsfusion_qgis.core.metrics.d_lambda_k import D_LAMBDA_K
from rsfusion_qgis.core.metrics.d_rho import D_RHO
from rsfusion_qgis.core.metrics.ergas import ERGAS
from rsfusion_qgis.core.metrics.metric import Metric
from rsfusion_qgis.core.metrics.psnr import PSNR
from rsfusion_qgis.core.metrics.q2n import Q2N
from rsfusion_qgis.core.metrics.r_ergas import R_ERGAS
from rsfusion_qgis.core.metrics.r_sam import R_SAM
from rsfusion_qgis.core.metrics.rmse import RMSE
from rsfusion_qgis.core.metrics.sam import SAM
from rsfusion_qgis.core.metrics.scc import SCC

METRICS: tuple[Metric, ...] = (ERGAS, SAM, Q2N, SCC, PSNR, RMSE, D_LAMBDA_K, D_RHO, R_SAM, R_ERGAS)
"""Every metric, those with a reference first."""
