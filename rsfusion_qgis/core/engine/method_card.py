"""What a method that is no network takes and gives: of a model card, what a plan and a run look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..networks.card_fields import InputSpec, OutputSpec


@dataclass(frozen=True)
class MethodCard:
    """Stands where a network's card would; the fields mean the same, see `networks.card.ModelCard`.

    Rasters of roles that are not among `inputs` are not looked at beyond their headers.
    """

    name: str
    inputs: tuple[InputSpec, ...]
    outputs: tuple[OutputSpec, ...]
    max_shift_px: float = 0.5
    ratio_range: tuple[float, float] = (1.5, 8.0)
    multiple_of: int = 1

    def input(self, role: str) -> Optional[InputSpec]:
        """The input that `role` feeds, None where the method takes no such raster."""
        return next((spec for spec in self.inputs if spec.role == role), None)
