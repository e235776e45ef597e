"""Two rasters' grids brought into one frame, so that the checks can compare them; headers only."""

from __future__ import annotations

from ..basics.errors import CoregistrationError
from ..basics.findings import Finding
from ..grid.fit import Fit
from ..grid.grid import Grid, fit_without_georeferencing
from .checks import Pair, check_pair


def make_pair(
    names: tuple[str, str], reference: Grid, other: Grid, ratio_range: tuple[float, float], max_shift_px: float,
    policy: str, needed: bool = True,
) -> Pair:  # fmt: skip
    """The pair of a reference and another raster; `names` are the users' parameters, the rest as in `Pair`.

    The other one's rows and columns are counted as the reference's: from north to south, mostly.

    Raises
    ------
    CoregistrationError
        One of them is georeferenced only, or neither is and their sizes do not fit.
    InputError
        There is no transformation between their CRS.
    """
    if reference.crs_wkt and other.crs_wkt and Fit(reference, other).one_frame:
        other = other.counted_like(reference)
    elif not reference.crs_wkt and not other.crs_wkt:
        other = _same_frame(reference, other, names)
    return Pair(*names, Fit(reference, other), ratio_range, max_shift_px, policy, needed)


def _same_frame(reference: Grid, other: Grid, names: tuple[str, str]) -> Grid:
    if reference.is_georeferenced and other.is_georeferenced:
        return other.counted_like(reference)
    if reference.is_georeferenced or other.is_georeferenced:
        without, having = names if other.is_georeferenced else names[::-1]
        raise CoregistrationError(
            f"{without} is not georeferenced but {having} is; georeference {without}, or remove it from both."
        )
    stretched = fit_without_georeferencing(reference, other)
    if stretched is None:
        raise CoregistrationError(
            f"Neither {names[0]} ({reference.width} x {reference.height} pixels) nor {names[1]} ({other.width} x "
            f"{other.height}) is georeferenced; expected sizes with one whole ratio, so georeference or crop them."
        )
    return stretched


def checked(pair: Pair) -> list[Finding]:
    """What the checks find; raises CoregistrationError with the first error's sentence, InputError without a way."""
    findings = check_pair(pair)
    errors = [f for f in findings if f.severity == "error"]
    if errors:
        raise CoregistrationError(errors[0].sentence)
    return findings
