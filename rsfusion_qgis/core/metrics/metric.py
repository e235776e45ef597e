"""What a metric is: a name, a function of arrays, and the names of the arrays that it needs.

Arrays are `(bands, rows, cols)` in any unit; `fused` and `reference` or `pan` lie on one grid, `ms` on the one
that is `ratio` times coarser. `valid` is boolean, `(bands, rows, cols)` or `(rows, cols)`, on the grid of `fused`;
a pixel counts when it is valid in every band, and None means that all of them are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ..errors import InputError


@dataclass(frozen=True)
class Metric:
    """One quality metric, as a table or a report shows it."""

    id: str
    """Short name in lower case; also the file's name."""
    label: str
    unit: str
    """`""` for a pure number."""
    best: float
    """The value of a perfect image."""
    needs: tuple[str, ...]
    """Keyword arguments that the function must have, among fused, reference, pan, ms, ratio, gains, peak."""
    function: Callable[..., float]
    takes: tuple[str, ...] = ("valid",)
    """Keyword arguments that it uses when they are there; `("valid",)` is the neutral value."""

    def compute(self, **available: Any) -> float:
        """The metric from whatever is at hand; what it has no use for is left aside.

        Raises
        ------
        InputError
            When something that it needs is not there.
        """
        missing = [name for name in self.needs if available.get(name) is None]
        if missing:
            raise InputError(
                f"{self.label} needs {', '.join(missing)}, which is missing; pass it by this name."
            )
        wanted = [*self.needs, *(name for name in self.takes if name in available)]
        return float(self.function(**{name: available[name] for name in wanted}))

    @property
    def needs_reference(self) -> bool:
        """Whether the true image must be known."""
        return "reference" in self.needs


def same_shape(first: np.ndarray, second: np.ndarray, names: str) -> None:
    """Refuse two images that do not have the same bands, rows and columns; `names` says what they are."""
    if first.ndim != 3 or first.shape != second.shape:
        raise InputError(
            f"The {names} have the shapes {first.shape} and {second.shape}; "
            "give both as (bands, rows, cols) on the same grid."
        )


def blank_invalid(image: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """`image` with zeros where `mask` `(rows, cols)` is False, so that a NaN there cannot spread."""
    return np.where(mask, image, 0.0)


def pixel_mask(valid: np.ndarray | None, image: np.ndarray) -> np.ndarray:
    """Pixels of `image` that count, `(rows, cols)` boolean.

    Raises
    ------
    InputError
        When the mask lies on another grid or leaves nothing over.
    """
    mask = np.ones(image.shape[1:], bool) if valid is None else np.asarray(valid, bool)
    mask = mask.all(axis=0) if mask.ndim == 3 else mask
    if mask.shape != image.shape[1:]:
        raise InputError(
            f"The valid mask is {mask.shape}, the image {image.shape[1:]}; give a mask on its grid."
        )
    if not mask.any():
        raise InputError(
            "No pixel is valid in every band, so there is nothing to measure; check the nodata value."
        )
    return mask
