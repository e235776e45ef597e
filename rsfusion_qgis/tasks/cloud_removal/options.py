"""What the user can say about a cloud removal."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Optional, Union

import numpy as np

from ...core.basics.errors import InputError
from ...core.engine.options import option
from ...core.sensors.sentinel1 import UNITS

AUTO, ON, OFF = CHOICES = ("auto", "on", "off")
FOUND_OUT = "found out"
DEFAULT_VALUES = (1.0,)
LARGEST_BLEND_PX = 100


_NUMBER = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
_RANGE = re.compile(rf"{_NUMBER}\s*-\s*{_NUMBER}")
_LIMIT = re.compile(rf"(>=|<=|>|<|=)?\s*{_NUMBER}")
Rule = Union[float, tuple[float, float]]
"""A value that means cloud, or the lowest and the highest of many."""


def rules(text: str) -> tuple[Rule, ...]:
    """The rules of a list such as `3,8,9,10`, `>=60` or `60-100`; raises InputError where there is none."""
    found = [_rule(part.strip()) for part in text.split(",") if part.strip()]
    if not found or None in found:
        raise InputError(
            f"CLOUD_VALUES is '{text}'; expected numbers separated by commas, such as 3,8,9,10, or a limit or range "
            "such as >=60 or 60-100."
        )
    return tuple(rule for rule in found if rule is not None)


def _rule(part: str) -> Optional[Rule]:
    ends = _RANGE.fullmatch(part)
    if ends:
        low, high = float(ends[1]), float(ends[2])
        return (low, high) if low <= high else None
    limit = _LIMIT.fullmatch(part)
    if not limit:
        return None
    sign, value = limit[1] or "", float(limit[2])
    beside = {">": math.inf, "<": -math.inf}.get(sign, value)
    value = float(np.nextafter(np.float32(value), np.float32(beside)))  # masks are read in single precision
    return {">": (value, math.inf), ">=": (value, math.inf), "<": (-math.inf, value), "<=": (-math.inf, value)}.get(
        sign, value
    )


@dataclass(frozen=True)
class CloudOptions:
    """How clouds are removed.

    Attributes
    ----------
    cloud_values : tuple of float or (low, high)
        Values, and ranges of them, of the mask raster that mean cloud or shadow.
    learn_from_scene : str
        "auto", "on" or "off": whether the scene's own clear pixels teach, see `scene_teaching`.
    blend_px : int
        Pixels beside the mask over which both are blended.
    everywhere : bool
        Whether the estimate replaces clear pixels, too.
    replace_uncertain : bool
        Whether pixels that may be cloud or clear are replaced, too.
    scale, offset : float or None
        stored = reflectance x scale - offset, ESA's sign (offset -1000 since baseline 04.00); None = found out.
    sar_unit : str
        "db", "power", "amplitude" as in `sensors.sentinel1.UNITS`; "" = found out.
    speckle_filter : bool
    """

    cloud_values: tuple[Rule, ...] = option(
        DEFAULT_VALUES, "Values of the mask that mean cloud or shadow",
        "Separated by commas, such as 3,8,9,10. A limit or a range for a cloud probability: >=60 or 60-100. If 1 is "
        "left, masks of known products are read by what their values mean: Sentinel-2's SCL and QA60, "
        "s2cloudless, Fmask, Landsat's QA_PIXEL.",
        kind="text", shown="1", parse=rules, advanced=True,
    )  # fmt: skip
    learn_from_scene: str = option(
        AUTO, "Learn from this scene's clear pixels, too",
        "A forest learns from the clear pixels what lies under SAR and clear images like theirs. off: no forest is "
        "grown. Needs the Python package scikit-learn. With METHOD network, both estimates are averaged "
        "where SAR is given and CLEARREFERENCE is not, or where it is on. The log says what was done.",
        choices=CHOICES, advanced=True,
    )  # fmt: skip
    blend_px: int = option(
        4, "Blending (pixels)",
        "Clear pixels so near to the mask are blended with what replaces the clouds; all others stay exactly as they "
        "are.",
        low=0, high=LARGEST_BLEND_PX, advanced=True, called="BLEND",
    )  # fmt: skip
    everywhere: bool = option(
        False, "Replace clear pixels, too", "The estimate everywhere, not only under the mask.",
        advanced=True,
    )  # fmt: skip
    replace_uncertain: bool = option(
        False, "Replace uncertain pixels, too",
        "Pixels of which the mask does not say whether they are clear are left as they are, and nothing is learned "
        "from them. With this they are replaced.",
        advanced=True,
    )  # fmt: skip
    scale: Optional[float] = option(
        None, "Scale of the optical rasters",
        "Stored value of reflectance 1. Empty: from the metadata, or from the values.",
        kind="number", empty=True, advanced=True,
    )  # fmt: skip
    offset: Optional[float] = option(
        None, "Offset of the optical rasters",
        "Added to stored values before the division, -1000 since processing baseline 04.00. Empty: from the metadata, "
        "or from the values.",
        kind="number", empty=True, advanced=True,
    )  # fmt: skip
    sar_unit: str = option(
        "", "Unit of SAR", "db: decibels, power: linear power (sigma nought), amplitude: its root.",
        shown=FOUND_OUT, choices=(FOUND_OUT, *UNITS), advanced=True,
        parse=lambda text: "" if text == FOUND_OUT else text,
    )  # fmt: skip
    speckle_filter: bool = option(
        False, "Filter the speckle of SAR",
        "By the enhanced Lee filter, 7 x 7 pixels. The shipped networks were trained without it.", advanced=True,
    )  # fmt: skip
