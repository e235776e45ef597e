"""What the page about a training says beyond that of land cover: outlines, missing sensors, costs."""

from __future__ import annotations

import math
import sys

from models.land_cover.fitting import Fitted
from models.segmentation.scene_training.measuring import Measured
from models.segmentation.scene_training.trees import TreeNetwork
from rsfusion_qgis.core.assessment.classes.accuracy_report import boundary_parts
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.reports import page as html_page

_TOLD = (("oa", "OA"), ("aa", "AA"), ("kappa", "κ"), ("f1", "F1"), ("miou", "mIoU"), ("fwiou", "FWIoU"))


def further_parts(found: Measured, card: ModelCard, fitted: Fitted, seconds: float) -> list[str]:
    """Markup."""
    names = found.accuracy.matrix.names
    return [*boundary_parts(found.boundary, names), *_missing(found), *_costs(card, fitted, seconds)]


def _missing(found: Measured) -> list[str]:
    if not found.missing:
        return []
    every = {"everything there": found.accuracy.matrix, **found.missing}
    rows = []
    for name, matrix in every.items():
        overall = matrix.overall()
        rows.append((name, *(_share(overall[key]) for key, _ in _TOLD)))
    return [
        html_page.heading("What if a raster is missing?"),
        html_page.paragraph("On the same test regions, with rasters taken away."),
        html_page.table(rows, ("given", *(label for _, label in _TOLD))),
    ]


def _costs(card: ModelCard, fitted: Fitted, seconds: float) -> list[str]:
    trees = isinstance(fitted.network, TreeNetwork)
    rows = [("Nodes of all trees" if trees else "Parameters", f"{card.total_parameters:,}")]
    rows += [("Floating-point operations per pixel", f"{number:,.0f}") for _, number in card.flop_per_pixel]
    rows += [("Seconds of training", f"{fitted.seconds:.0f}"), ("Seconds in all", f"{seconds:.0f}"),
             ("Most memory of the training (MiB)", f"{peak_mib():,.0f}")]  # fmt: skip
    return [html_page.heading("What does it cost?"), html_page.table(rows)]


def peak_mib() -> float:
    """Of this process so far; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def _share(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:.3f}"
