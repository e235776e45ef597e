"""Networks for Sentinel-2 sharpening, one per file; `ARCHITECTURES` names them, `FAMILY` what they have in common.

Every class has `slug` (its name in files and cards), `multiple_of` and `halo` in pixels of 10 m, `config` (the
arguments that build it again) and `forward(fine, coarse, sharp) -> corrected`: the 10 m bands, the 20 m bands
interpolated, and the 20 m bands as the regression sharpened them, each (N, bands, H, W) float32 and scaled.
"""

from __future__ import annotations

from typing import Any

from models.common.families import Family
from models.sentinel2_sharpening.networks.detail_correction import DetailCorrection
from rsfusion_qgis.core.sensors.sentinel2 import BANDS_M, WAVELENGTHS_NM

ARCHITECTURES = (DetailCorrection,)


def specs(network: Any) -> dict[str, Any]:
    """What a card says of inputs and outputs."""

    def scaled(metres: int) -> dict[str, Any]:
        bands = [{"name": name, "wavelength_um": WAVELENGTHS_NM[name] / 1000} for name in BANDS_M[metres]]
        return {"bands": bands, "scaling": "dataset"}

    inputs = [
        {"name": "fine", "role": "b10", **scaled(10)},
        {"name": "coarse", "role": "b20", **scaled(20)},
        {"name": "sharp", "role": "b20", **scaled(20)},
    ]
    return {"inputs": inputs, "outputs": [{"name": "corrected", "like": "b20"}]}


FAMILY = Family("sentinel2_sharpening", ARCHITECTURES, specs)
build = FAMILY.build
