"""Classical sharpening, tile by tile: one method per file, and the explicit tuple METHODS.

A method first gathers statistics over the whole domain (`survey`), then fuses pixel by pixel: everything that
needs neighbours is in the readers that deliver the interpolated MS and the low-pass pan (`low_pass`), which work
at absolute positions. So the result depends neither on the tiling nor on the extent. A new method is a file with
a subclass of `Method` and its place in METHODS.
"""

from __future__ import annotations

from ...basics.errors import InputError
from .bt_h import BtH
from .exp import Exp
from .gsa import Gsa
from .method import Method
from .mtf_glp_fs import MtfGlpFs

METHODS: tuple[type[Method], ...] = (MtfGlpFs, Gsa, BtH, Exp)
"""Every method, the one to begin with first."""


def method_by_id(wanted: str) -> type[Method]:
    """The method of that id.

    Raises
    ------
    InputError
        There is none.
    """
    for method in METHODS:
        if method.id == wanted:
            return method
    raise InputError(f"METHOD is '{wanted}'; expected one of {', '.join(method.id for method in METHODS)}.")
