"""Jobs of cloud removal on the scene of `cloud_files`, written as rasters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from rsfusion_qgis.core.engine.job import Job
from rsfusion_qgis.core.sensors.sentinel2 import L2A_BANDS
from rsfusion_qgis.tasks.cloud_removal.options import CloudOptions
from rsfusion_qgis.tasks.cloud_removal.task import TASK
from tests.rasters import grid_transform, write_raster
from tests.tasks.cloud_removal import cloud_files as files

PLACE = grid_transform(10.0)
BLEND = 4


def write_optical(path, values, names=L2A_BANDS, **how):
    place, dtype = how.pop("place", PLACE), how.pop("dtype", "UInt16")
    return write_raster(path, values, place, dtype=dtype, descriptions=names, **how)


def write_sar(path, values, place=PLACE, **how):
    return write_raster(path, values, place, dtype="Float32", descriptions=("VV", "VH"), **how)


def written_scene(folder: Path) -> dict[str, Any]:
    """What `cloud_files.fields` gives, `folder`, `model` and the paths of `inputs` by role."""
    made = files.fields()
    mask = np.where(made["mask"], 9, 4)[None]
    return {
        **made,
        "folder": folder,
        "model": str(files.save(folder / "tiny.onnx")),
        "inputs": {
            "optical": write_optical(folder / "optical.tif", made["optical"], nodata=0),
            "sar": write_sar(folder / "sar.tif", made["sar"]),
            "cloudmask": write_raster(folder / "scl.tif", mask, PLACE, dtype="Byte"),
        },
    }


def job(scene: dict[str, Any], without: tuple[str, ...] = (), **changes: Any) -> Job:
    """A job on a written scene; `inputs` and `wishes` are changes to the ones that stand here, `without` are roles."""
    inputs = {**{k: v for k, v in scene["inputs"].items() if k not in without}, **changes.pop("inputs", {})}
    folder = scene["folder"]
    further = {"UNCERTAINTY": str(folder / "sigma.tif"), "MASK": str(folder / "mask.tif")}
    wishes = {"cloud_values": (8.0, 9.0), "blend_px": BLEND, "scale": 10000.0, "offset": 0.0,
              "learn_from_scene": "off"}  # fmt: skip
    values = {"task": TASK, "inputs": inputs, "model": scene["model"], "device": "cpu", "threads": 1,
              "output": str(folder / "restored.tif"), "further": further,
              "options": CloudOptions(**{**wishes, **changes.pop("wishes", {})})}  # fmt: skip
    return Job(**{**values, **changes})
