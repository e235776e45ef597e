"""Scenes for measuring cloud masks: pairs of a cloudy and a clear image with what the pair says, and clear scenes.

Nobody drew the clouds of these pairs by hand; the reference follows from how far the two images of a pair differ, after
a median over 3 x 3 pixels against noise:

- cloud: mean difference in B1, B2 and B3 above 0.04 of reflectance; undecided from 0.02 on.
- shadow, where that difference is below 0.02: B8A, B11 and B12 each below 0.8 of the clear image's and 0.7 in the mean;
  undecided below 0.85 in the mean.
- water, green above near infrared in both images, is undecided for shadows.

Undecided pixels are not counted. The days between the two images change fields and ponds, too, so that the reference
for shadows in particular is no truth to the last pixel. Axis order (rows, cols), reflectance 0..1 by band.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import ndimage

from models.common.rasters import read_all
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.sensors.clouds.scene import Scene, find_scene
from rsfusion_qgis.core.sensors.sentinel2 import L1C_BANDS, L2A_BANDS

PAIRS, MULTIRES, COVER, FLOOD = "s1s2_cloud", "s2_multires", "s1s2_landcover", "s1s2_flood/sen1floods11"
SPLIT_FILE = Path(__file__).with_name("split.json")
CHOOSE, REPORT = "choose", "report"
CLOUD, MAYBE_CLOUD = 0.04, 0.02
SHADOW_EACH, SHADOW_MEAN, MAYBE_SHADOW = 0.8, 0.7, 0.85
_AIR = {"B3": 0.033, "B8A": 0.005}
_SIZES = {10: ("B2", "B3", "B4", "B8"), 20: ("B5", "B6", "B7", "B8A", "B11", "B12"), 60: ("B1", "B9")}
_NO_DARKER = 0.005
_BANDS = {13: L1C_BANDS, 12: L2A_BANDS}

Bands = dict[str, np.ndarray]


@dataclass(frozen=True)
class Reference:
    """What a pair says of its cloudy image, each (rows, cols) bool: decided pixels are in one of them or in none."""

    cloud: np.ndarray
    shadow: np.ndarray
    no_cloud: np.ndarray
    neither: np.ndarray


@dataclass(frozen=True)
class Example:
    """One image.

    Attributes
    ----------
    name, half : half is `CHOOSE` or `REPORT`.
    bands : band -> (rows, cols) float32 reflectance.
    scene : what holds for all of it.
    reference : None = a clear image, in which everything found is a false alarm.
    of_pair : whether a clear image is that of a pair.
    """

    name: str
    half: str
    bands: Bands
    scene: Scene
    reference: Reference | None
    of_pair: bool = False


def read_examples(data: Path) -> list[Example]:
    """Every image of the split, pairs first.

    Raises
    ------
    InputError
        The folder lacks one of them.
    """
    split = json.loads(SPLIT_FILE.read_text(encoding="utf-8"))
    half_of = {name: half for half in (CHOOSE, REPORT) for name in split[half]}
    found: list[Example] = []
    for name, half in half_of.items():
        cloudy = data / PAIRS / f"{name}_s2_cloudy.tif"
        if cloudy.is_file():
            hazy, clear = _stack(cloudy), _stack(data / PAIRS / f"{name}_s2_clear.tif")
            found.append(Example(name, half, hazy, _scene(hazy), reference(hazy, clear)))
            found.append(Example(name, half, clear, _scene(clear), None, True))
    done = {example.name for example in found}
    for name, half in half_of.items():
        if name not in done:
            bands = _clear_scene(data, name)
            found.append(Example(name, half, bands, _scene(bands), None))
    return found


def reference(cloudy: Bands, clear: Bands) -> Reference:
    """The rule that the module's first lines state."""
    rise = sum(cloudy[name] - clear[name] for name in ("B1", "B2", "B3")) / 3
    rise = ndimage.median_filter(rise, 3)
    cloud, no_cloud = rise > CLOUD, rise <= MAYBE_CLOUD
    shares = [cloudy[name] / np.maximum(clear[name], _NO_DARKER) for name in ("B8A", "B11", "B12")]
    share = np.stack([ndimage.median_filter(one, 3) for one in shares])
    water = _green_over_infrared(cloudy) & _green_over_infrared(clear)
    dark = (share.max(axis=0) < SHADOW_EACH) & (share.mean(axis=0) < SHADOW_MEAN)
    undecided = (share.mean(axis=0) < MAYBE_SHADOW) | water
    return Reference(cloud, dark & no_cloud & ~water, no_cloud, no_cloud & ~undecided)


def _green_over_infrared(bands: Bands) -> np.ndarray:
    return bands["B3"] - _AIR["B3"] > bands["B8A"] - _AIR["B8A"]


def _scene(bands: Bands) -> Scene:
    return find_scene({name: band.ravel() for name, band in bands.items()})


def _stack(path: Path) -> Bands:
    values = (read_all(path) / 10_000).astype(np.float32)
    return dict(zip(_BANDS[len(values)], values))


def _clear_scene(data: Path, name: str) -> Bands:
    folder = data / MULTIRES / name
    if folder.is_dir():
        found: Bands = {}
        for size, names in _SIZES.items():
            values = (read_all(folder / f"s2_{size}m.tif") / 10_000).astype(np.float32)
            fine = np.repeat(np.repeat(values, size // 10, axis=1), size // 10, axis=2)
            found.update(zip(names, fine))
        return found
    path = next((p for p in (data / part / f"{name}_s2.tif" for part in (COVER, FLOOD)) if p.is_file()), None)
    if path is None:
        raise InputError(f"--data: '{data}' has no scene '{name}'; give the folder that holds it.")
    return _stack(path)
