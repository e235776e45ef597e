"""What the user can say about an unmixing, and about the extraction of endmembers."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.engine.options import option
from .extraction import MOST_ENDMEMBERS

ESTIMATED = 0
_COUNT = (
    "How many endmembers are looked for in HS itself, where neither LIBRARY nor samples are given. 0: estimated from "
    "the "
    "noise and the signal of HS (HySime), which is often more than the materials that have a name."
)
_SCALE = (
    "Stored value of HS that means 1 in the library, such as 10000 for reflectance x 10000. 0: the scale that the "
    "bands "
    "state is applied, and a factor of 100 or 10000 between HS and a library is found by itself."
)


def _count(default: int) -> int:
    return option(
        default,
        "Number of endmembers (0 = estimated)",
        _COUNT,
        low=0,
        high=MOST_ENDMEMBERS,
        bounded=True,
        called="COUNT",
    )


def _purity() -> float:
    return option(
        0.9, "Purity of samples (0.5 to 1)",
        "Share of a pixel of HS that samples of one class must cover, so that its spectrum stands for the class. A "
        "class "
        "without such a pixel gets the spectrum that fits its shares in the mixed ones.",
        low=0.5, high=1.0, bounded=True, advanced=True, called="PURITY",
    )  # fmt: skip


def _scale() -> float:
    return option(0.0, "Stored value of 1 (0 = found)", _SCALE, low=0.0, bounded=True, advanced=True, called="SCALE")


@dataclass(frozen=True)
class UnmixOptions:
    """How shares are found.

    Attributes
    ----------
    library : str
        File of spectra; "" = from samples, or from the scene.
    count : int
        Endmembers of the scene; ESTIMATED = as many as it holds.
    guide_weight : float
        How much the guide counts; 0 = not at all.
    penalty : float
        Of "sparse".
    purity : float
    scale : float
        0 = found.
    """

    library: str = option(
        "", "Library of spectra",
        "Endmembers from a file: CSV (first column wavelength, one column per spectrum), ENVI spectral library (.sli "
        "with "
        ".hdr), or the EnMAP-Box's GeoJSON or JSON. Spectra of one class have the same name, or 'tree #1', 'tree #2'. "
        "They "
        "are brought to the bands of HS by wavelength and band width.",
        kind="file", choices=("",), empty=True,
    )  # fmt: skip
    count: int = _count(ESTIMATED)
    guide_weight: float = option(
        1.0, "Weight of GUIDE (0 = none)",
        "How far the shares are drawn to those that GUIDE tells. 1: as much as HS itself counts.",
        low=0.0, high=1000.0, bounded=True, called="GUIDE_WEIGHT", advanced=True,
    )  # fmt: skip
    penalty: float = option(
        0.0001, "Penalty of METHOD sparse",
        "The larger, the fewer spectra of the library take part in a pixel.",
        low=0.0, high=1.0, bounded=True, advanced=True, called="PENALTY",
    )  # fmt: skip
    purity: float = _purity()
    scale: float = _scale()


@dataclass(frozen=True)
class ExtractionOptions:
    """How endmembers are found; fields as of `UnmixOptions`."""

    count: int = _count(ESTIMATED)
    purity: float = _purity()
    scale: float = _scale()
