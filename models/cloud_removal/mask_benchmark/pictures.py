"""Pictures of the cloud mask benchmark: image, infrared, reference and what was found, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from models.cloud_removal.mask_benchmark.scenes import Example
from rsfusion_qgis.core.reports.png import encode_png
from rsfusion_qgis.core.sensors.clouds.detection import detect
from rsfusion_qgis.tasks.cloud_removal.codes import CLASSES

BRIGHT, GAP_PX = 0.45, 6
WHITE, BLUE, GREY, DARK = (255, 255, 255), (60, 110, 255), (120, 120, 120), (20, 20, 20)


def write_pictures(examples: Sequence[Example], folder: Path) -> None:
    """One PNG per image; white = cloud, blue = shadow, grey = undecided in the reference, grown in the mask."""
    folder.mkdir(parents=True, exist_ok=True)
    for example in examples:
        kind = "cloudy" if example.reference is not None else "clear"
        (folder / f"{example.name}_{kind}.png").write_bytes(encode_png(_picture(example)))


def write_codes(examples: Sequence[Example], found: Mapping[str, Mapping[str, np.ndarray]], folder: Path) -> None:
    """One PNG per pair: image, reference, and the codes of every way in the colours of MASK."""
    folder.mkdir(parents=True, exist_ok=True)
    palette = np.zeros((256, 3), np.uint8)
    for one in CLASSES:
        palette[one.code] = [int(one.colour[at : at + 2], 16) for at in (1, 3, 5)]
    for example in (one for one in examples if one.reference is not None):
        b, reference = example.bands, example.reference
        undecided = ~(reference.cloud | reference.shadow | reference.neither)
        panels = [_colours(b["B4"], b["B3"], b["B2"]), _classes(reference.cloud, reference.shadow, undecided)]
        panels += [palette[codes] for codes in found[example.name].values()]
        gap = np.full((panels[0].shape[0], GAP_PX, 3), 255, np.uint8)
        row = np.concatenate([part for panel in panels for part in (panel, gap)][:-1], axis=1)
        (folder / f"{example.name}_codes.png").write_bytes(encode_png(row))


def _picture(example: Example) -> np.ndarray:
    b = example.bands
    panels = [_colours(b["B4"], b["B3"], b["B2"]), _colours(b["B11"], b["B8A"], b["B4"])]
    if example.reference is not None:
        reference = example.reference
        undecided = ~(reference.cloud | reference.shadow | reference.neither)
        panels.append(_classes(reference.cloud, reference.shadow, undecided))
    masks = detect(b, example.scene)
    panels.append(_classes(masks.cloud >= 0.5, masks.shadow >= 0.5, masks.mask))
    gap = np.full((panels[0].shape[0], GAP_PX, 3), 255, np.uint8)
    return np.concatenate([part for panel in panels for part in (panel, gap)][:-1], axis=1)


def _colours(*bands: np.ndarray) -> np.ndarray:
    return (np.clip(np.stack(bands, axis=-1) / BRIGHT, 0, 1) * 255).astype(np.uint8)


def _classes(cloud: np.ndarray, shadow: np.ndarray, other: np.ndarray) -> np.ndarray:
    picture = np.empty((*cloud.shape, 3), np.uint8)
    picture[:] = DARK
    for mask, colour in ((other, GREY), (shadow, BLUE), (cloud, WHITE)):
        picture[mask] = colour
    return picture
