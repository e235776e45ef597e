"""How much colour noise a lower error costs: ERGAS on clean pairs against colours at full resolution, as a drawing.

Across: ERGAS on the coregistered reduced pairs over the best classical. Upwards: CFLAT (left) and CMF (right) at full
resolution over those of BT-H. Geometric means over the pairs; the dashed lines are the aims. The settings of DETAIL of
one network are connected. Interpolation lies far to the right and is left out.
"""

from __future__ import annotations

from models.pansharpening.benchmark.contender import CLASSICAL, COREGISTERED, DETAIL, EYE, OURS
from models.pansharpening.benchmark.means import Results, geometric_mean, kind_of, methods_of, over, over_best
from models.pansharpening.benchmark.verdict import BLEND, CLEAN_AIM, COLOUR_AIM
from models.pansharpening.classical import INTERPOLATION
from rsfusion_qgis.core.reports.charts import SQUARE, point_chart


def frontier(results: Results) -> str:
    """SVG of two drawings side by side; `results` are those of one group."""
    kinds = {method: kind_of(results, method) for method in methods_of(results) if method != INTERPOLATION}
    settings = [path for method in kinds if len(path := _settings(method, kinds)) > 1]
    shown = [method for method, kind in kinds.items() if kind == CLASSICAL or any(method in path for path in settings)]
    panels = []
    for metric, label in (("cflat", "CFLAT"), ("cmf", "CMF")):
        points = {method: _point(results, method, metric) for method in shown}
        names = ("ERGAS over the best classical, clean", f"{label} over that of {BLEND}")
        panels.append(point_chart(points, settings, names, (CLEAN_AIM, COLOUR_AIM)))
    second = panels[1].replace("<svg ", f'<svg x="{SQUARE}" ', 1)
    size = f'viewBox="0 0 {2 * SQUARE} {SQUARE}" width="{2 * SQUARE}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{panels[0]}{second}</svg>'


def _settings(method: str, kinds: dict[str, str]) -> list[str]:
    """The network and its other settings of DETAIL, from clean to strong."""
    order = [method + DETAIL.format("clean"), method, method + DETAIL.format("strong")]
    return [name for name in order if kinds.get(name) == OURS]


def _point(results: Results, method: str, metric: str) -> tuple[float, float]:
    ratios = over_best(results, COREGISTERED, method)
    return geometric_mean(list(ratios.values())), over(results, EYE, method, BLEND, metric)
