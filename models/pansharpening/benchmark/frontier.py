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
from rsfusion_qgis.tasks.pansharpening.options import EFFORTS, NetworkOptions

NEUTRAL = NetworkOptions().detail


def frontier(results: Results) -> str:
    """SVG of two drawings side by side; `results` are those of one group."""
    kinds = {method: kind_of(results, method) for method in methods_of(results) if method != INTERPOLATION}
    settings = next((found for method in kinds if len(found := _settings(method, kinds)) > 1), {})
    shown = {method: method for method, kind in kinds.items() if kind == CLASSICAL} | settings
    panels = []
    for number, (metric, label) in enumerate((("cflat", "CFLAT"), ("cmf", "CMF"))):
        points = {name: _point(results, method, metric) for name, method in shown.items()}
        names = ("ERGAS over the best classical, clean", f"{label} over that of {BLEND}; line: DETAIL")
        drawing = point_chart(points, [list(settings)], names, (CLEAN_AIM, COLOUR_AIM))
        head, rest = drawing.split(">", 1)
        panels.append(f'<g transform="translate({number * SQUARE} 0)">{rest.removesuffix("</svg>")}</g>')
    size = f'viewBox="0 0 {SQUARE} {SQUARE}" width="{SQUARE}"'
    wide = head.replace(size, f'viewBox="0 0 {2 * SQUARE} {SQUARE}" width="{2 * SQUARE}"')
    return f"{wide}>{''.join(panels)}</svg>"


def _settings(method: str, kinds: dict[str, str]) -> dict[str, str]:
    """DETAIL, from clean to strong, to the row of a network of ours that has it."""
    rows = {detail: method + DETAIL.format(detail) for detail in EFFORTS}
    rows[NEUTRAL] = method
    return {detail: name for detail, name in rows.items() if kinds.get(name) == OURS}


def _point(results: Results, method: str, metric: str) -> tuple[float, float]:
    ratios = over_best(results, COREGISTERED, method)
    return geometric_mean(list(ratios.values())), over(results, EYE, method, BLEND, metric)
