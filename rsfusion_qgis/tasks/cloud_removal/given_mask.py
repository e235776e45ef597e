"""The user's cloud mask: which of its values mean cloud, and whether they can mean that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.grid.grid import Window
from ...core.rasters.aligned_input import AlignedInput
from ...core.rasters.class_legend import class_legend
from ...core.rasters.fill import fill_of_codes, mosaic
from ...core.rasters.source import RasterSource
from .codes import CLEAR, CLOUD, NO_CODE, UNCERTAIN
from .options import DEFAULT_VALUES, Rule
from .products import Product, product_of

MOST_VALUES, MOST_UNASKED = 64, 12
"""A mask of more different values is a measure, such as a probability, of which single values mean nothing; the second
number, that of the classes of Sentinel-2's scene classification, holds where CLOUD_VALUES is left as it is."""
_LISTED = 8
_CURE = "set CLOUD_VALUES to the values that mean cloud, such as 3,8,9,10, or to a limit such as >=60 or 60-100"


def under(values: np.ndarray, rules: Sequence[Rule]) -> np.ndarray:
    """Where values of any shape mean cloud: bool."""
    singles = [rule for rule in rules if not isinstance(rule, tuple)]
    found = np.isin(values, np.array(singles, np.float32))
    for rule in rules:
        if isinstance(rule, tuple):
            found |= (values >= np.float32(rule[0])) & (values <= np.float32(rule[1]))
    return found


def look_at_mask(source: RasterSource, rules: Sequence[Rule]) -> tuple[tuple[float, ...], list[Finding]]:
    """Undeclared fill of a mask, and what to say of it.

    Raises
    ------
    InputError
        It holds too many values for rules that name single ones.
    """
    values, valid = mosaic(source)
    found, name = np.unique(values[valid]), source.role
    single = not any(isinstance(rule, tuple) for rule in rules)
    most = MOST_UNASKED if tuple(rules) == DEFAULT_VALUES else MOST_VALUES
    if single and (len(found) > most or (found != np.rint(found)).any()):
        raise InputError(
            f"{name} holds {len(found)} different values from {found[0]:.4g} to {found[-1]:.4g}, perhaps a "
            f"probability, and CLOUD_VALUES names {_listed(rules)}; {_CURE}."
        )
    named = {int(code) for code, entry in class_legend(source).items() if entry.name}
    named |= {int(rule) for rule in rules if not isinstance(rule, tuple)}
    fill = fill_of_codes(source, named)
    said = []
    if fill:
        told = f"{name} holds {_listed(fill)} and does not declare it as no data; it is taken for that"
        said.append((told, "declare it as the nodata value if that is right (gdal_edit.py -a_nodata)"))
    others = [float(one) for one in found if one != 0 and one not in fill]
    if others and not under(np.array(others, np.float32), rules).any():
        said.append((f"CLOUD_VALUES ({_listed(rules)}) means no value of {name}, which holds {_listed(others)}", _CURE))
    elif tuple(rules) == DEFAULT_VALUES and len(others) > 1:
        said.append((f"{name} holds the values {_listed(others)}, of which 1 alone is taken for cloud", _CURE))
    return fill, [Finding("clouds", "warning", name, *one, cure=cure) for *one, cure in said]


def _listed(values: Sequence[Rule]) -> str:
    shown = [f"{v[0]:g}-{v[1]:g}" if isinstance(v, tuple) else f"{v:.9g}" for v in values]
    more = f" and {len(shown) - _LISTED} more" if len(shown) > _LISTED else ""
    return ", ".join(shown[:_LISTED]) + more


def known_product(source: RasterSource, rules: Sequence[Rule]) -> Optional[Product]:
    """The product that a mask is of, where the user left CLOUD_VALUES as it is; None where that is not known."""
    if tuple(rules) != DEFAULT_VALUES:
        return None
    values, valid = mosaic(source)
    found = np.unique(values[valid])
    return product_of(source, found) if found.size else None


class GivenMask:
    """The user's mask as codes; a pixel without data counts as clear, in a known product as unknown.

    Parameters
    ----------
    mask : AlignedInput
    rules : what means cloud.
    fill : values that are no data though the raster does not say so.
    product : what the values mean, in the place of the rules.
    """

    def __init__(
        self, mask: AlignedInput, rules: Sequence[Rule], fill: Sequence[float] = (), product: Optional[Product] = None
    ) -> None:
        self.source, self._mask, self._rules, self._fill, self._product = mask.source, mask, rules, fill, product

    def codes(self, window: Window) -> np.ndarray:
        """(rows, cols) uint8, see `codes`."""
        values, valid = self._mask.read(window)
        if self._product is not None:
            found = np.where(valid[0], self._product.codes(values[0]), np.uint8(UNCERTAIN))
            return np.where(found == NO_CODE, np.uint8(UNCERTAIN), found)
        clouded = under(values, self._rules) & valid & ~np.isin(values, self._fill)
        return np.where(clouded[0], np.uint8(CLOUD), np.uint8(CLEAR))

    def close(self) -> None:
        """Give the handle back."""
        self._mask.close()
