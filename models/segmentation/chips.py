"""The flood chips of OMBRIA and Sen1Floods11 as examples: four images scaled by their own statistics, and labels.

Axis order (bands, rows, cols). OMBRIA (Drakonakis et al. 2022, IEEE JSTARS 15, 2341-2356): Sentinel-1 in one
channel, stretched to 8 bit chip by chip; Sentinel-2 B11, B8, B3 as reflectance x 255, where values above 1 wrapped
around. Sen1Floods11 (Bonafilia et al. 2020, CVPR Workshops): decibels and reflectance x 10000, one date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from osgeo import gdal

from models.segmentation.networks.base import MISSING, ROLES
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.tasks.segmentation.scaling import gain_scale, spread_scale

EVENTS = json.loads(Path(__file__).with_name("events.json").read_text(encoding="utf-8"))
FOLDS: dict[str, list[str]] = EVENTS["folds"]
UNLABELLED = 255
SINGLE_DATE = "sen1floods11"
"""Group of the chips without a date before."""
_EMPTY_SAR = (0, 255)
_S2_BANDS = (11, 7, 2)  # B11, B8, B3 among the 13 of Level-1C
_WET = 0.0  # MNDWI above which a pixel is wet


@dataclass(frozen=True)
class Chip:
    """One place.

    Attributes
    ----------
    name, group : str
    images : dict
        Role -> (bands, rows, cols) float32, scaled; MISSING where invalid; a role that is absent is not there.
    stored : dict
        Role -> the same as in the file, 0 where invalid.
    label : ndarray
        (rows, cols) uint8: 1 = water that was not there before (of SINGLE_DATE: water), 0 = other, UNLABELLED.
    always : ndarray
        (rows, cols) bool: wet before and after and not labelled, so for one date alone neither right nor wrong.
    """

    name: str
    group: str
    images: dict[str, np.ndarray]
    stored: dict[str, np.ndarray]
    label: np.ndarray
    always: np.ndarray


def read_chips(data: Path) -> list[Chip]:
    """All chips under `data`, which holds `ombria/*/NNNN_{s1,s2,mask}.tif` and `sen1floods11/*_{s1,label}.tif`.

    Raises
    ------
    InputError
        There are none.
    """
    masks = sorted(data.glob("ombria/*/*_mask.tif"), key=lambda path: path.name)
    chips = [_ombria(path) for path in masks]
    chips += [_sen1floods(path) for path in sorted(data.glob("sen1floods11/*_label.tif"))]
    if not chips:
        raise InputError(f"DATA: '{data}' holds no chips of OMBRIA or Sen1Floods11; name the folder that holds both.")
    return chips


def group_of(number: int) -> str:
    """The group of events that holds that chip of OMBRIA."""
    for name, ranges in EVENTS["ombria"].items():
        if any(low <= number <= high for low, high in ranges):
            return str(name)
    raise InputError(f"OMBRIA's chip {number:04d} is in no group of events.json; add it to one.")


def _ombria(mask: Path) -> Chip:
    stem = mask.name[:4]
    sar, optical = (_read(mask.with_name(f"{stem}_{what}.tif")).astype(np.float32) for what in ("s1", "s2"))
    label = _read(mask)[0].astype(np.uint8)
    stored, valid = {}, {}
    for role, image in zip(ROLES, (sar[1:], sar[:1], optical[3:], optical[:3])):
        there = (image.max(axis=0) > 0) if "optical" in role else ~np.isin(image[0], _EMPTY_SAR)
        stored[role], valid[role] = image, there
    wet = (_mndwi(stored["optical"]) > _WET) & (_mndwi(stored["optical_before"]) > _WET)
    return _chip(f"ombria {stem}", group_of(int(stem)), stored, valid, label, wet & (label == 0))


def _sen1floods(path: Path) -> Chip:
    stem = path.name[: -len("_label.tif")]
    label = _read(path)[0].astype(np.uint8)
    sar = _read(path.with_name(f"{stem}_s1.tif")).astype(np.float32)[:1]
    stored, valid = {"sar": np.nan_to_num(sar)}, {"sar": np.isfinite(sar[0])}
    optical = path.with_name(f"{stem}_s2.tif")
    if optical.exists():
        stored["optical"] = _read(optical).astype(np.float32)[list(_S2_BANDS)]
        valid["optical"] = stored["optical"].max(axis=0) > 0
    return _chip(f"{SINGLE_DATE} {stem}", SINGLE_DATE, stored, valid, label, np.zeros(label.shape, bool))


def _chip(
    name: str, group: str, stored: dict[str, np.ndarray], valid: dict[str, np.ndarray], label: np.ndarray,
    always: np.ndarray,
) -> Chip:  # fmt: skip
    images = {}
    for role, image in stored.items():
        if valid[role].any():
            flat = image.reshape(len(image), -1), np.broadcast_to(valid[role].ravel(), (len(image), label.size))
            scale = gain_scale(*flat) if "optical" in role else spread_scale(*flat)
            scaled = (image - scale.offset[:, None, None]) / scale.scale[:, None, None]
            images[role] = np.where(valid[role], scaled, MISSING).astype(np.float32)
    return Chip(name, group, images, stored, label, always)


def _mndwi(optical: np.ndarray) -> np.ndarray:
    swir, _, green = optical
    return (green - swir) / np.maximum(green + swir, 1.0)


def _read(path: Path) -> np.ndarray:
    dataset = gdal.Open(str(path))
    if dataset is None:
        raise InputError(f"DATA: '{path}' cannot be read, but OMBRIA's and Sen1Floods11's chips have it; copy it anew.")
    image = dataset.ReadAsArray()
    return image if image.ndim == 3 else image[None]
