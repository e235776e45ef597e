"""Indices of bands, such as NDVI: by name or by an expression, computed from physical values.

An expression has numbers, names of bands, + - * / ** and brackets; it is read as a tree and nothing in it is run. A
band is named by what its description or wavelength says (blue, green, red, nir, swir1, swir2), or by its number in FINE
(b1 is the first). Where an index has no value, as in 0 / 0, it is NaN.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ...core.basics.errors import InputError
from ...core.rasters.band_info import BandInfo

NAMED = {
    "NDVI": "(nir - red) / (nir + red)",
    "NDWI": "(green - nir) / (green + nir)",
    "MNDWI": "(green - swir1) / (green + swir1)",
    "EVI": "2.5 * (nir - red) / (nir + 6 * red - 7.5 * blue + 1)",
    "NBR": "(nir - swir2) / (nir + swir2)",
}
"""Rouse 1974; McFeeters 1996, doi:10.1080/01431169608948714; Xu 2006, doi:10.1080/01431160600589179; Huete 2002,
doi:10.1016/S0034-4257(02)00096-2; Key & Benson 2006."""
NEED_REFLECTANCE = ("EVI",)
"""Those that are no ratio, so that the unit matters."""
LARGEST = 1000
"""Characters of an expression at most."""
_WORDS = {
    "blue": ("blue",), "green": ("green",), "red": ("red",), "nir": ("nir", "nir08", "nir1", "near infrared"),
    "swir1": ("swir1", "swir 1", "swir16"), "swir2": ("swir2", "swir 2", "swir22"),
}  # fmt: skip
_WAVELENGTHS = {"blue": (0.45, 0.52), "green": (0.52, 0.60), "red": (0.62, 0.69), "nir": (0.76, 0.90),
                "swir1": (1.55, 1.75), "swir2": (2.08, 2.35)}  # fmt: skip
"""Micrometres."""
_BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
}  # fmt: skip


@dataclass(frozen=True)
class Index:
    """An index and the bands that it needs.

    Attributes
    ----------
    name : str
        What its band is called.
    tree : ast.expr
    places : dict
        Name of a band in the expression -> its place among the bands, from 0.
    """

    name: str
    tree: ast.expr
    places: Mapping[str, int]

    def of(self, bands: np.ndarray) -> np.ndarray:
        """(1, rows, cols) float32 of (bands, rows, cols) physical values; NaN where it has no value."""
        with np.errstate(all="ignore"):
            value = _value(self.tree, {name: bands[place] for name, place in self.places.items()})
            made = np.broadcast_to(np.asarray(value, np.float32), bands.shape[1:])
        return np.where(np.isfinite(made), made, np.float32(np.nan))[None]


def read_index(text: str) -> tuple[str, ast.expr]:
    """The name of an index and its expression.

    Raises
    ------
    InputError
        It is neither a known name nor an expression of bands.
    """
    text = text.strip()
    known = NAMED.get(text.upper())
    name = text.upper() if known else text
    try:
        tree = ast.parse(known or text[:LARGEST], mode="eval").body
        names = _names(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        names = set()
    if not names or len(text) > LARGEST or (names == {text} and not known):
        raise InputError(
            f"INDEX is '{text[:60]}'; expected one of {', '.join(NAMED)}, or an expression of bands with + - * / ** "
            "and brackets, such as (nir - red) / (nir + red) or (b3 - b1) / (b3 + b1)."
        )
    return name, tree


def index_of(text: str, bands: Sequence[BandInfo]) -> Index:
    """The index of a raster with such bands; raises InputError where a band is missing."""
    name, tree = read_index(text)
    places = {one: _place(one, bands, name) for one in sorted(_names(tree))}
    return Index(name, tree, places)


def _names(tree: ast.expr) -> set[str]:
    """The bands that an expression names; raises ValueError where it has anything but numbers, bands and sums."""
    if isinstance(tree, ast.Name):
        return {tree.id.lower()}
    if isinstance(tree, ast.Constant) and isinstance(tree.value, (int, float)) and abs(tree.value) < 1e9:
        return set()
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, (ast.USub, ast.UAdd)):
        return _names(tree.operand)
    if isinstance(tree, ast.BinOp) and type(tree.op) in _BINARY:
        return _names(tree.left) | _names(tree.right)
    raise ValueError


def _value(tree: ast.expr, bands: Mapping[str, np.ndarray]) -> Any:
    if isinstance(tree, ast.Name):
        return bands[tree.id.lower()]
    if isinstance(tree, ast.Constant):
        return np.float32(tree.value)
    if isinstance(tree, ast.UnaryOp):
        value = _value(tree.operand, bands)
        return -value if isinstance(tree.op, ast.USub) else value
    return _BINARY[type(tree.op)](_value(tree.left, bands), _value(tree.right, bands))


def _place(name: str, bands: Sequence[BandInfo], index: str) -> int:
    numbered = re.fullmatch(r"b(\d+)", name)
    if numbered:
        place = int(numbered[1])
        if 1 <= place <= len(bands):
            return place - 1
        raise InputError(f"INDEX '{index}' needs {name}, but FINE has {len(bands)} bands; choose a number from 1 to "
                         f"{len(bands)}.")  # fmt: skip
    words = _WORDS.get(name, (name,))
    for place, band in enumerate(bands):
        said = " ".join(re.findall(r"[a-z]+ ?\d*|\d+", band.description.lower().replace("_", " "))).split()
        pairs = [" ".join(two) for two in zip(said, said[1:])]
        if "edge" not in said and any(word in (*said, *pairs) for word in words):
            return place
    low, high = _WAVELENGTHS.get(name, (0.0, 0.0))
    near = [(abs(band.wavelength_um - (low + high) / 2), place) for place, band in enumerate(bands)
            if band.wavelength_um and low <= band.wavelength_um <= high]  # fmt: skip
    if near:
        return min(near)[1]
    shown = ", ".join(band.description or f"b{place}" for place, band in enumerate(bands, start=1))
    raise InputError(f"INDEX '{index}' needs {name}, but no band of FINE ({shown}) says that it is that; write an "
                     "expression with numbers instead, such as (b3 - b1) / (b3 + b1).")  # fmt: skip
