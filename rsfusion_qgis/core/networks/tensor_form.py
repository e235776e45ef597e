"""How a tensor of a graph is laid out, and the numbers that are no raster: the parts of a card that exports differ in.

A layout is written with one letter for each axis: N images or windows, C channels, H rows, W columns, 1 an axis of
length one. "NCHW" is what torch exports, "NHWC" what Keras does, "N1CHW" what 3-D convolutions over the spectrum take,
"NC" one pixel's channels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..basics import field_checks as check

NCHW = "NCHW"
LONGEST_LAYOUT = 8
DTYPES = ("float32", "float16", "float64", "uint8", "int8", "uint16", "int16", "int32", "int64")

RATIO_ROLE, CONSTANT_ROLE, DATE_ROLE, GAINS_ROLE = "ratio", "constant", "date", "gains"
NUMBER_ROLES = (RATIO_ROLE, CONSTANT_ROLE, DATE_ROLE, GAINS_ROLE)
"""Roles of inputs that no raster feeds."""
DATE_FORMS = ("day_of_year", "year_fraction", "days", "sin_cos")
"""1 to 366; years with decimals; days since 2000-01-01; sine and cosine of the season."""
MOST_NUMBERS = 4096


@dataclass(frozen=True)
class TensorForm:
    """How a tensor lies in the graph.

    name: of the graph's tensor where several inputs of the card share it; they are joined along the channels, in the
        order of the card, and numbers become planes. "" = the name of the input itself (neutral).
    layout: one letter for each axis, see the module.
    dtype: what the graph computes with; whole numbers are rounded and clipped to their range.
    """

    name: str = ""
    layout: str = NCHW
    dtype: str = "float32"

    def __post_init__(self) -> None:
        check.require_text("name of a tensor", self.name, empty=True)
        check.require_choice("dtype of a tensor", self.dtype, DTYPES)
        check.require_text("layout of a tensor", self.layout)
        letters = self.layout.replace("1", "")
        fits = re.fullmatch("[NCHW1]+", self.layout) and len(set(letters)) == len(letters)
        if not fits or len(self.layout) > LONGEST_LAYOUT or ("H" in letters) != ("W" in letters):
            check.refuse(
                f"The layout of a tensor is {check.shown(self.layout)}",
                "one letter for each axis is expected, N, C, H and W at most once, H and W together, 1 for an axis of "
                "length one, such as NCHW or NHWC",
            )

    @property
    def is_spatial(self) -> bool:
        """Whether it has rows and columns."""
        return "H" in self.layout

    def sizes(self, images: int, channels: int, rows: int, cols: int) -> tuple[int, ...]:
        """The length of each axis."""
        known = {"N": images, "C": channels, "H": rows, "W": cols, "1": 1}
        return tuple(known[letter] for letter in self.layout)

    def laid_out(self, values: np.ndarray) -> np.ndarray:
        """From (images, channels, rows, cols), or (images, channels) without rows, to this layout, as a view."""
        axes = "NCHW"[: values.ndim]
        dropped = [place for place, letter in enumerate(axes) if letter not in self.layout]
        values = values.reshape([size for place, size in enumerate(values.shape) if place not in dropped])
        kept = [letter for letter in axes if letter in self.layout]
        values = values.transpose([kept.index(letter) for letter in self.layout if letter != "1"])
        return np.expand_dims(values, tuple(place for place, letter in enumerate(self.layout) if letter == "1"))

    def read(self, values: np.ndarray) -> np.ndarray:
        """From this layout to (images, channels, rows, cols), or (images, channels) without rows, as a view."""
        letters = [letter for letter in self.layout if letter != "1"]
        values = values.reshape([size for size, letter in zip(values.shape, self.layout) if letter != "1"])
        wanted = "NCHW" if self.is_spatial else "NC"
        values = values.transpose([letters.index(letter) for letter in wanted if letter in letters])
        return np.expand_dims(values, tuple(place for place, letter in enumerate(wanted) if letter not in letters))

    def cast(self, values: np.ndarray) -> np.ndarray:
        """In the graph's type."""
        kind = np.dtype(self.dtype)
        if kind.kind == "f":
            with np.errstate(over="ignore"):
                return values.astype(kind, copy=False)
        limits = np.iinfo(kind)
        wide = np.rint(values.astype(np.float64))
        return np.clip(wide, float(limits.min), np.nextafter(float(limits.max) + 1, 0)).astype(kind)


PLAIN = TensorForm()


def require_numbers(what: str, values: Sequence[object]) -> None:
    """Refuse what is no list of up to `MOST_NUMBERS` numbers; raises ModelError."""
    if len(values) > MOST_NUMBERS:
        check.refuse(f"The {what} has {len(values)} numbers", f"at most {MOST_NUMBERS} are expected")
    for value in values:
        check.require_number(what, value)
