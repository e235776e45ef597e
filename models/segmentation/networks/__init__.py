"""Networks that segment: `ARCHITECTURES` find water, see `base`; `OWN` learn a user's own classes, see `scene_base`.

Both name the default first.
"""

from __future__ import annotations

from typing import Any

from models.common.families import Family
from models.segmentation.networks.base import MISSING, ROLES, WaterNetwork
from models.segmentation.networks.decision_fusion import DecisionFusion
from models.segmentation.networks.gated_scene import CHGFNet, CMGFNet, GRRNet
from models.segmentation.networks.joint import CrossAttention, EarlyFusion, GatedFusion
from models.segmentation.networks.mcanet import MCANet
from models.segmentation.networks.pyramid_fusion import PyramidFusion
from models.segmentation.networks.scene_base import SceneNetwork
from models.segmentation.networks.single_sensor import SingleSensor
from rsfusion_qgis.core.sensors.sentinel2 import WAVELENGTHS_NM

__all__ = ["ARCHITECTURES", "FAMILY", "MISSING", "OWN", "ROLES", "SceneNetwork", "WaterNetwork", "build"]

ARCHITECTURES: tuple[type[WaterNetwork], ...] = (DecisionFusion, SingleSensor, EarlyFusion, GatedFusion, CrossAttention)
OWN: tuple[type[SceneNetwork], ...] = (PyramidFusion, CMGFNet, GRRNet, MCANet, CHGFNet)
CLASSES = (
    {"name": "other", "code": 1, "colour": "#d9d0c1"},
    {"name": "water", "code": 2, "colour": "#1f61be"},
)


def specs(network: WaterNetwork | SceneNetwork) -> dict[str, Any]:
    """What a card says of inputs and outputs; of a user's own network before its rasters and classes are known."""
    if isinstance(network, SceneNetwork):
        bands, count = network.config["bands"], network.config["classes"]
        own = [{"name": role, "role": role, "bands": number, "required": False, "stand_in": MISSING}
               for role, number in bands.items()]  # fmt: skip
        return {"inputs": own, "outputs": [{"name": "scores", "classes": [f"class {n + 1}" for n in range(count)]}]}
    optical = [{"name": name, "wavelength_um": WAVELENGTHS_NM[name] / 1000} for name in ("B11", "B8", "B3")]
    absent = {"required": False, "stand_in": MISSING}
    inputs = [
        {"name": role, "role": role, "bands": optical if "optical" in role else ["VV"], **absent}
        for role in ROLES
    ]
    return {"inputs": inputs, "outputs": [{"name": "scores", "classes": list(CLASSES), "scores": "logits"}]}


FAMILY = Family("segmentation", (*ARCHITECTURES, *OWN), specs)
build = FAMILY.build
