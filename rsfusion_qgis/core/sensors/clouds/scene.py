"""What holds for a whole Sentinel-2 scene and is decided once, before any tile: the light that the air itself sends up.

Level-1C holds reflectance at the top of the atmosphere, Level-2A at its bottom; the tests for clouds are written for
the latter. Of Level-1C the air's own light is taken off with constants: single scattering by molecules, optical
thickness as Bodhaine et al. 1999 (doi:10.1175/1520-0426(1999)016<1854:ORODC>2.0.CO;2), the Sun at 40 degrees from the
zenith, the view from above.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Optional

import numpy as np

from ...basics.errors import InputError

TOP, BOTTOM = "L1C", "L2A"
PATH_REFLECTANCE: Mapping[str, float] = MappingProxyType({
    "B1": 0.090, "B2": 0.060, "B3": 0.033, "B4": 0.017, "B5": 0.012, "B6": 0.010, "B7": 0.008, "B8": 0.006,
    "B8A": 0.005,
})  # fmt: skip
DARK_PERCENTILE = 1.0
DARK_AT_TOP, DARK_GROUND = 0.055, 0.13
"""A scene whose darkest pixels lie between these in blue has the air's light in it; brighter ones are snow, clouds."""


@dataclass(frozen=True)
class Scene:
    """The scene as a whole.

    Attributes
    ----------
    level : str
        `TOP` or `BOTTOM` of the atmosphere.
    why : str
        How that was found, as a sentence for the report.
    """

    level: str
    why: str = ""

    def without_air(self, bands: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The bands, float32, less the air's own reflectance."""
        return {name: np.asarray(band, np.float32) - np.float32(self.path(name)) for name, band in bands.items()}

    def path(self, band: str) -> float:
        """The air's own reflectance in a band, 0 at the bottom of the atmosphere."""
        return PATH_REFLECTANCE.get(band, 0.0) if self.level == TOP else 0.0


def find_scene(
    sample: Mapping[str, np.ndarray], told: Optional[str] = None, role: str = "The raster",
    metadata: Optional[Mapping[str, Mapping[str, str]]] = None,
) -> Scene:  # fmt: skip
    """Look at a sample of the whole scene.

    First what the user says, then the product's level in the metadata, then the cirrus band, then the darkest pixels.

    Parameters
    ----------
    sample : band -> (pixels,) reflectance of valid pixels from all over the scene.
    told : `TOP` or `BOTTOM` where the user says so, None = find out.
    metadata : domain -> {key: value} of the raster.

    Raises
    ------
    InputError
        `told` is neither.
    """
    if told is not None:
        if told not in (TOP, BOTTOM):
            raise InputError(f"LEVEL is '{told}'; expected {TOP} or {BOTTOM}, or none to have it found.")
        return Scene(told, f"{role} is {told}, as was told")
    stated = _stated_level(metadata or {})
    if stated:
        return Scene(stated, f"{role} is {stated}, as its metadata say")
    if "B10" in sample:
        return Scene(TOP, f"{role} is {TOP}, since it has a cirrus band (B10)")
    blue = next((sample[name] for name in ("B2", "B1", "B3") if name in sample and sample[name].size), None)
    if blue is None:
        return Scene(BOTTOM, f"{role} is taken for {BOTTOM}")
    darkest = float(np.percentile(blue, DARK_PERCENTILE))
    level = TOP if DARK_AT_TOP <= darkest <= DARK_GROUND else BOTTOM
    return Scene(level, f"{role} is taken for {level}: its darkest pixels have a reflectance of {darkest:.3f} in blue")


def _stated_level(metadata: Mapping[str, Mapping[str, str]]) -> str:
    """From entries such as PROCESSING_LEVEL = Level-2A or PRODUCT_TYPE = S2MSI1C; "" where there are none."""
    entries = {key.upper(): text.upper() for domain in metadata.values() for key, text in domain.items()}
    text = entries.get("PROCESSING_LEVEL", "") + entries.get("PRODUCT_TYPE", "")
    return TOP if "1C" in text else BOTTOM if "2A" in text else ""
