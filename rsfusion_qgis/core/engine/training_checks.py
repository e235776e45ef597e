"""What every training refuses before it begins: rasters that cannot be opened, too little left to learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..basics.errors import InputError
from ..rasters.source import RasterSource
from .roles import Role

MOST_HELD_OUT = 0.8


def require_rasters(roles: Sequence[Role], inputs: Mapping[str, str], grid: str) -> None:
    """Raise InputError where a raster cannot be opened, or the one of the grid is not given ("" = the first)."""
    for role in roles:
        if role.name in inputs:
            RasterSource(inputs[role.name], role.parameter, kind=role.kind).close()
    if grid and grid not in inputs:
        raise InputError(f"GRID is {grid.upper()}, but no such raster is given; name one, or leave GRID as it is.")


def require_enough_left(validation_share: float, test_share: float) -> None:
    """Raise InputError where the shares that are held out leave too little to learn from."""
    if validation_share + test_share > MOST_HELD_OUT:
        raise InputError(
            f"VALIDATION_SHARE and TEST_SHARE are {validation_share:g} and {test_share:g}; expected "
            f"{MOST_HELD_OUT:g} at most together, so that enough is left to learn from."
        )
