"""Networks that find water; `ARCHITECTURES` names them, the default first. See `base`."""

from __future__ import annotations

from typing import Any

from models.common.families import Family
from models.segmentation.networks.base import MISSING, ROLES, WaterNetwork
from models.segmentation.networks.decision_fusion import DecisionFusion
from models.segmentation.networks.joint import CrossAttention, EarlyFusion, GatedFusion
from models.segmentation.networks.single_sensor import SingleSensor
from rsfusion_qgis.core.sensors.sentinel2 import WAVELENGTHS_NM

__all__ = ["ARCHITECTURES", "FAMILY", "MISSING", "ROLES", "WaterNetwork", "build"]

ARCHITECTURES: tuple[type[WaterNetwork], ...] = (DecisionFusion, SingleSensor, EarlyFusion, GatedFusion, CrossAttention)
CLASSES = (
    {"name": "other", "code": 1, "colour": "#d9d0c1"},
    {"name": "water", "code": 2, "colour": "#1f61be"},
)


def specs(network: WaterNetwork) -> dict[str, Any]:
    """What a card says of inputs and outputs."""
    optical = [{"name": name, "wavelength_um": WAVELENGTHS_NM[name] / 1000} for name in ("B11", "B8", "B3")]
    absent = {"required": False, "stand_in": MISSING}
    inputs = [
        {"name": role, "role": role, "bands": optical if "optical" in role else ["VV"], **absent}
        for role in ROLES
    ]
    return {"inputs": inputs, "outputs": [{"name": "scores", "classes": list(CLASSES), "scores": "logits"}]}


FAMILY = Family("segmentation", ARCHITECTURES, specs)
build = FAMILY.build
