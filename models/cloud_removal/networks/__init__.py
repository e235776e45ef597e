"""Networks for cloud removal; `ARCHITECTURES` names them, the default first.

Every class is a `base.CloudNetwork`: `slug`, `halo`, `multiple_of`, `config`, `forward(optical, sar, clear, cloudmask)
-> restored, sigma`.
"""

from __future__ import annotations

from typing import Any

from models.cloud_removal.networks.base import MISSING, ROLES, CloudNetwork, Outcome
from models.cloud_removal.networks.dsen2cr import DSen2CR
from models.cloud_removal.networks.gated_fusion import GatedFusion
from models.common.families import Family
from rsfusion_qgis.core.sensors.reflectance import SCALE
from rsfusion_qgis.core.sensors.sentinel2 import L2A_BANDS, WAVELENGTHS_NM

__all__ = ["ARCHITECTURES", "FAMILY", "MISSING", "ROLES", "CloudNetwork", "Outcome", "build"]

ARCHITECTURES: tuple[type[CloudNetwork], ...] = (GatedFusion, DSen2CR)


def specs(network: CloudNetwork) -> dict[str, Any]:
    """What a card says of inputs and outputs."""
    bands = [{"name": name, "wavelength_um": WAVELENGTHS_NM[name] / 1000} for name in L2A_BANDS]
    reflectance = {"bands": bands, "scaling": {"kind": "linear", "offset": 0.0, "scale": SCALE}}
    may_be_absent = {"required": False, "stand_in": MISSING}
    inputs = [
        {"name": "optical", "role": "optical", **reflectance},
        {"name": "sar", "role": "sar", "bands": ["VV", "VH"], **may_be_absent},
        {"name": "clear", "role": "clear", **reflectance, **may_be_absent},
        {"name": "cloudmask", "role": "cloudmask", "bands": ["cloud"], "resampling": "nearest"},
    ]
    outputs = [{"name": "restored", "like": "optical"}, {"name": "sigma", "bands": bands}]
    return {"inputs": inputs, "outputs": outputs}


FAMILY = Family("cloud_removal", ARCHITECTURES, specs)
build = FAMILY.build
