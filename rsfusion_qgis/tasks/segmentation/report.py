"""What the report says of a segmentation: areas, polygons, and what the network costs and is worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...core.engine.job import Result
from ...core.networks.card import ModelCard
from ...core.operators.class_report import class_parts, polygon_parts
from ...core.reports import page as html_page


def parts(result: Result, watch: Any = None) -> Sequence[str]:
    """See `contract.Task`."""
    card = result.plan.card
    told = _network(result, card) if isinstance(card, ModelCard) else []
    return [*class_parts(result), *polygon_parts(result), *told]


def _network(result: Result, card: ModelCard) -> list[str]:
    """Costs, and the quality that the card states, which was measured on other scenes."""
    costs = [("Parameters", f"{card.total_parameters:,}" if card.total_parameters else "not stated")]
    costs += [("Floating-point operations per pixel", f"{number:,.0f}") for _, number in card.flop_per_pixel[:1]]
    seconds = max(result.computing_seconds, 1e-9)
    costs.append(("Megapixels per second in this run", f"{result.pixels / 1e6 / seconds:.2f}"))
    made = [html_page.heading("What does the network cost?"), html_page.table(costs)]
    if card.quality:
        rows = [(name, f"{value:.3g}") for name, value in card.quality]
        made += [html_page.heading("How good is it on scenes that it had not seen?"),
                 html_page.paragraph("As its card says. This scene has no truth here: measure it with "
                                     "rsfusion:assessclassification where you have some."),
                 html_page.table(rows, ("what", "value"))]  # fmt: skip
    return made
